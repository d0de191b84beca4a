"""The port's part for recalls: orders about many stories, and looking through everything."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from copytaster.store._story_port import Story
from copytaster.story import DecisionKind
from copytaster.story import Message


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """Which stories to look through, so many at a time, by their number."""

    agencies: frozenset[str] | None = None
    sources: frozenset[str] | None = None
    """some message of the story came by one of these"""
    since: datetime | None = None
    """some message came at this instant or later"""
    until: datetime | None = None
    """some message came before this instant"""
    after: int = 0
    """continue after the story of this number"""
    limit: int = 200


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """A story with everything that was said in it, and what of that readers saw."""

    story: Story
    messages: tuple[Message, ...]
    shown: frozenset[str]
    """content hashes of its editions"""


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """One order about many stories."""

    id: str
    kind: DecisionKind
    """hold or kill"""
    reason: str
    by: str
    at: datetime
    query: str
    """what was asked for, as text"""
    stories: int
    """how many were found, and shown to whoever gave the order"""
    undone_at: datetime | None = None
    undone_by: str | None = None
    undone_reason: str | None = None


class BatchProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a batch has come, in stories."""

    stories: int
    decided: int
    """on which its decision stands"""
    owed: int
    """on which its next decision is still to be made"""
    pressing: int
    """whose public copies are not yet seen to be as they should"""


class RecallStore(Protocol):
    """The part of the store that bulk recalls use."""

    def keep_batch(self, batch: Batch, stories: Sequence[str]) -> None:
        """Keep an order and the stories it is about. Its decisions are then committed with
        the stories' other changes, each with ``batch`` set, in as many commits as it takes."""

    def undo_batch(self, id: str, *, at: datetime, by: str, reason: str) -> bool:
        """Owe an undo to each story the batch has decided on, and nothing to the rest; False
        when there is no such batch, or it was undone before."""

    def batch(self, id: str) -> Batch | None: ...

    def batches(self, limit: int = 100) -> list[Batch]:
        """Newest first."""

    def batches_owed(self) -> list[Batch]:
        """Those that still owe a decision, oldest first."""

    def batch_owed(self, id: str, limit: int, after: int = 0) -> list[tuple[str, int]]:
        """(id, number) of stories to which the batch owes a decision, by number."""

    def batch_stories(self, id: str, limit: int, after: int = 0) -> list[tuple[str, int]]:
        """(id, number) of all stories that a batch is about, by number."""

    def batch_progress(self, id: str) -> BatchProgress: ...

    def past_of(self, story: str) -> Past | None: ...

    def past(self, reach: Reach) -> list[Past]:
        """Stories by their number; the next page continues after the last one's."""
