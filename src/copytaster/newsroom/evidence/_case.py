"""What is known of a story, gathered for a pack; and what can be checked of it."""

import json
from collections import deque
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from copytaster.delivery import Delivery
from copytaster.newsroom._intake import open_delivery
from copytaster.newsroom.desk import Desk
from copytaster.newsroom.evidence._editions import EditionFacts
from copytaster.store import Acknowledgement
from copytaster.store import Event
from copytaster.store import History
from copytaster.store import Judged
from copytaster.store import Receipt
from copytaster.store import Story
from copytaster.story import Message

_KEPT = ("alerts.1.jsonl", "alerts.jsonl")
_ALERTS = 1000
"""alerts about one story that a pack holds; the newest ones"""
_LONGEST = 64 * 1024
"""bytes of a line of the alerts that are read"""


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked into while the pack was made."""

    what: str
    holds: bool


class ItemFacts(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One message of the story: where it came from, and whether its bytes still say it."""

    member: str | None
    """the item as ``copytaster parse`` prints it"""
    delivery: str | None
    raw: str | None
    """the member with the bytes it came in"""
    source: str
    received: datetime
    content_hash: str
    version: str | None
    status: str
    notice: bool
    """an item about the story, rather than a version of it"""
    evidence: str | None = None
    """by what a notice found the story, in words"""
    read_again: str
    """``same``: the bytes, read now, give this content; ``other``, ``unreadable``, ``lost``"""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """Everything small of a story; the bytes are read one delivery at a time."""

    history: History
    story: Story
    events: tuple[Event, ...]
    verdicts: tuple[Judged, ...]
    receipts: tuple[Receipt, ...]
    acknowledgements: tuple[Acknowledgement, ...]
    alerts: tuple[str, ...]
    """lines of ``alerts.jsonl`` that name the story"""
    items: tuple[ItemFacts, ...] = ()
    editions: tuple[EditionFacts, ...] = ()
    checks: tuple[Check, ...] = ()


def gathered(desk: Desk, data: Path, history: History, story: Story) -> Case:
    """What the store and the alerts say of the story."""
    return Case(
        history=history,
        story=story,
        events=tuple(desk.store.events(story=story.id, limit=1_000_000)),
        verdicts=tuple(desk.store.verdicts(story.id)),
        receipts=tuple(desk.store.receipts(story.id)),
        acknowledgements=tuple(desk.store.outbox.of(story.id)),
        alerts=tuple(_alerts(data, story.id)),
    )


def _alerts(data: Path, story: str) -> list[str]:
    """Lines that name the story, as they were kept; the older of the two files first."""
    lines = (line for name in _KEPT for line in _lines(data / name))
    found = deque((line for line in lines if story.encode() in line), maxlen=_ALERTS)
    return [line.decode(errors="replace").rstrip("\n") for line in found]


def _lines(file: Path) -> Iterator[bytes]:
    if not file.exists():
        return
    with file.open("rb") as lines:
        while line := lines.readline(_LONGEST):
            yield line


def read_again(desk: Desk, delivery: Delivery | None, message: Message) -> str:
    """Whether the bytes still give the content that was kept of them."""
    if delivery is None:
        return "lost"
    opened = open_delivery(delivery, desk.house.profile(delivery.agency))
    if opened.parsed is None:
        return "unreadable"
    hashes = {item.content_hash for item in opened.parsed.items}
    return "same" if message.item.content_hash in hashes else "other"


def checks(case: Case, whole: bool) -> Iterator[Check]:
    """What a reader of the pack may rely on, each stated so that it can be looked into."""
    yield Check(what="every delivery's bytes have the SHA-256 noted at arrival", holds=whole)
    again = all(item.read_again == "same" for item in case.items)
    yield Check(what="every item can be read out of those bytes again, the same", holds=again)
    for edition in case.editions:
        name = f"edition {edition.number}"
        yield Check(
            what=f"{name}: the published text is the agency's, character by character",
            holds=edition.text_is_the_items,
        )
        for file in edition.files:
            what = f"{name}: {file.member} ({file.origin}) is byte for byte what was published"
            yield Check(what=what, holds=file.same)


def said_at(line: str) -> datetime | None:
    """When an alert was raised; None for a line that does not say so."""
    try:
        return datetime.fromisoformat(json.loads(line)["at"])
    except (ValueError, KeyError, TypeError):
        return None
