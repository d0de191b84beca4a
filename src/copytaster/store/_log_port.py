"""The port's part for the public log: its entries in their order, and what opens them.

The store knows nothing of what an entry says but what it needs to find it again. It gives each
its place, in the transaction that keeps what the entry tells of, and never changes one.
"""

from collections.abc import Callable
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

import msgspec


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """The salts of one entry's commitments. Erasure destroys them; nothing else does."""

    raw: bytes | None = None
    text: bytes | None = None
    meta: bytes | None = None
    ids: bytes | None = None
    told: bytes | None = None
    """what the ``meta`` commitment is over"""

    def __repr__(self) -> str:
        return "Opening(…)"  # a salt in a log or a traceback could never be destroyed


class LeafDraft(msgspec.Struct, frozen=True, kw_only=True):
    """The entry of one event, but for the index of its story's entry before, which is known in
    the commit only: the bytes before and after it."""

    story: str
    event: str
    """published, updated, held, released, killed, expired or erased"""
    edition: int | None = None
    """None: all of them, or none in particular"""
    at: datetime
    before: bytes
    after: bytes
    opening: Opening | None = None

    def completed(self, previous: int | None) -> bytes:
        """The entry's bytes; ``-`` stands for no index."""
        index = b"-" if previous is None else b"%d" % previous
        return self.before + index + self.after


class ControlDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that tells of no story."""

    event: str
    """what it tells of: nothing is told twice"""
    at: datetime
    bytes: bytes
    opening: Opening | None = None


class Leaf(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a story, as it stands in the log."""

    position: int
    """its index, from 0"""
    event: str
    edition: int | None
    at: datetime
    bytes: bytes


class DayCount(msgspec.Struct, frozen=True, kw_only=True):
    """What one agency sent on one day, and what became public of it."""

    deliveries: int
    events: Mapping[str, int]
    """entries of each kind"""
    guids: tuple[str, ...]
    """the stories that these deliveries bear on, by the agency's ids"""


class LogStore(Protocol):
    """What the store keeps of the log. A commit writes the entries of its events
    (``StoryChange.leaves``)."""

    def count(self) -> int:
        """How many entries there are: the index of the next."""

    def entries(self, first: int, limit: int) -> list[bytes]:
        """In their order, from this index on."""

    def of(self, story: str) -> list[Leaf]:
        """Of one story, oldest first."""

    def opening(self, position: int) -> Opening | None:
        """None where there is nothing to open, or no more."""

    def add(self, draft: ControlDraft) -> bool:
        """Keep this control entry, unless the same was told before; whether it was kept."""

    def is_told(self, event: str) -> bool:
        """Whether there is a control entry of this."""

    def feeds(self) -> Mapping[str, int]:
        """The numbers of agencies."""

    def register(self, agency: str, entry: Callable[[int], ControlDraft]) -> int:
        """The agency's number. A new one is kept with the entry that tells it, in one
        transaction."""

    def day(self, agency: str, since: datetime, until: datetime) -> DayCount:
        """What came and what was logged from ``since`` until before ``until``."""
