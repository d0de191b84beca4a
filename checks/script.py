"""The script of the checks, its times and long texts written out."""

import random
import re
from collections.abc import Callable
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.stories import paragraph
from copytaster.demo import Script
from copytaster.demo import load

HERE = Path(__file__).parent
PROFILES = HERE / "profiles"
HOUSE = HERE / "house"
"""pages that the house writes about itself"""
BEFORE = timedelta(minutes=59, seconds=40)
"""The script begins so long ago: twenty seconds are left of a licence of an hour."""
_PROSE_ZONE = ZoneInfo("Asia/Kolkata")
"""where the agency sits whose notices name a minute"""
_TOKEN = re.compile(r"\{(at|now|words|pictures)(?: \+?([0-9:]+))?\}")


def written(folder: Path, start: datetime, pictures: str) -> Script:
    """The script and the files it sends, written into ``folder`` for a ``start``, and read."""
    write = _writer(start, pictures)
    for name in ("site.wire", "canary.json"):
        (folder / name).write_text(_TOKEN.sub(write, (HERE / name).read_text("utf-8")), "utf-8")
    return load(folder / "site.wire")


def _writer(start: datetime, pictures: str) -> Callable[[re.Match[str]], str]:
    def write(token: re.Match[str]) -> str:
        kind, value = token.groups()
        match kind:
            case "pictures":
                return pictures
            case "words":
                return "\n    text      ".join(_paragraphs(int(value)))
        minutes, _, seconds = value.partition(":")
        at = start + timedelta(minutes=int(minutes), seconds=int(seconds))
        if kind == "at":
            return at.astimezone(_PROSE_ZONE).strftime("%H%M")
        return at.isoformat(timespec="seconds")

    return write


def _paragraphs(words: int) -> list[str]:
    """At least so many words, always the same."""
    chance = random.Random(words)  # noqa: S311  always the same
    told: list[str] = []
    while sum(len(one.split()) for one in told) < words:
        told.append(paragraph(chance))
    return told
