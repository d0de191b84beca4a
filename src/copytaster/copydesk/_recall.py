"""Recalls: look for stories, see which they are, take them all back with one order, and watch."""

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

import msgspec

from copytaster.copydesk._frame import Frame
from copytaster.copydesk._state import sign
from copytaster.copydesk._times import shown

FIELDS = (
    ("agency:ani", "of this agency"),
    ("storm “night ferry” -tram", "with this word and this phrase, without that word"),
    ("headline:storm*", "with a word in a headline that begins so"),
    ("person:“Ana Reyes”", "that name this person or body"),
    ("section:sport", "in this section"),
    ("source:inbox", "that came by this source"),
    ("after:2026-03-01 until:2026-03-05", "of which a version came in this time"),
    ("state:live", "in this state now"),
)
"""what can be asked for, with an example each (docs/reference/query.md tells the rest)"""


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """A story that answers."""

    story: str
    agency: str
    state: str
    came: str
    headline: str


class Look(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A look through everything, and what it has found so far."""

    id: str
    query: str
    looked: int
    total: int
    is_done: bool
    failed: str | None
    count: int
    counts: Mapping[str, Sequence[tuple[str, int]]]
    sample: tuple[Sample, ...]
    """the newest of them"""


def recalls(
    frame: Frame,
    batches: Sequence[Mapping[str, Any]],
    zone: str | None,
    asked: str = "",
    refused: str | None = None,
) -> bytes:
    """Where a recall begins, and those that there were. ``batches``: as ``copytaster recall --list
    --json`` tells them."""
    return frame.page(
        "recalls.html",
        title="Recall",
        batches=[{**one, "at": shown(one["at"], zone)} for one in batches],
        asked=asked,
        refused=refused,
        fields=FIELDS,
    )


def look(frame: Frame, found: Look, zone: str | None, refused: str | None = None) -> bytes:
    """What a look has found; and the order, once it has ended."""
    return frame.page(
        "look.html",
        title="Recall",
        look=found,
        sample=[
            {
                "story": one.story,
                "agency": one.agency,
                "sign": sign(one.state),
                "came": shown(one.came, zone),
                "headline": one.headline,
            }
            for one in found.sample
        ],
        refused=refused,
    )


def batch(
    frame: Frame, told: Mapping[str, Any], zone: str | None, refused: str | None = None
) -> bytes:
    """A recall, how far it has come, and its undoing."""
    undone = told["undone"]
    return frame.page(
        "batch.html",
        title="Recall",
        batch={**told, "at": shown(told["at"], zone)},
        undone=None if undone is None else {**undone, "at": shown(undone["at"], zone)},
        is_over=told["owed"] <= told["failed"] and not told["pressing"],
        refused=refused,
    )
