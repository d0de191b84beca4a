"""Ordinary stories in words of our own, in which words of the wire stand: ``copy/<language>``.

One file holds many. A line that begins with ``# `` is a headline; under it may stand ``slug:``,
``note:`` (to editors, and harmless) and ``near:`` (the headline of another story, which this
one speaks of); each further line is a paragraph.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

COPY = Path(__file__).parent / "copy"
_FIELDS = ("slug", "note", "near")


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """One story as it stands in a file."""

    language: str
    headline: str
    paragraphs: tuple[str, ...]
    slug: str = ""
    note: str = ""
    near: str = ""
    """the headline of another story that the text quotes"""


def stories() -> list[Story]:
    """All of them, in an order that does not change."""
    return [one for path in sorted(COPY.glob("*/*.txt")) for one in _read(path)]


def _read(path: Path) -> Iterator[Story]:
    _, *told = ("\n" + path.read_text("utf-8")).split("\n# ")
    for one in told:
        headline, *lines = one.strip().splitlines()
        fields = {}
        while lines and lines[0].partition(": ")[0] in _FIELDS:
            name, _, fields[name] = lines.pop(0).partition(": ")
        yield Story(
            language=path.parent.name,
            headline=headline,
            paragraphs=tuple(filter(None, lines)),
            **fields,
        )
