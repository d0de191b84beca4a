"""The port's part for readers' reports: what somebody says is wrong, and what the desk answered."""

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum
from enum import StrEnum
from typing import Protocol

import msgspec


class ReportKind(StrEnum):
    """What a reader says is wrong."""

    fact = "fact"
    person = "person"
    """a wrong person, or a wrong picture"""
    rights = "rights"
    privacy = "privacy"
    language = "language"
    other = "other"


class ReportState(StrEnum):
    open = "open"
    answered = "answered"
    closed = "closed"


class ReportCall(IntEnum):
    """How far a person was called for a report: once for each."""

    nothing = 0
    received = 1
    unacknowledged = 2
    """it was not acknowledged in time"""
    undecided = 3
    """it was not decided in time"""


class ReportFate(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a report, and by when it should have: nothing of whoever sent it."""

    kind: ReportKind
    received: datetime
    acknowledge_by: datetime | None = None
    """what its sender was promised; None where nothing was"""
    decide_by: datetime | None = None
    acknowledged: datetime | None = None
    answered: datetime | None = None
    closed: datetime | None = None

    @property
    def state(self) -> ReportState:
        if self.closed is not None:
            return ReportState.closed
        return ReportState.open if self.answered is None else ReportState.answered

    @property
    def decided(self) -> datetime | None:
        """When the desk had first done with it, by an answer or without one."""
        return min(filter(None, (self.answered, self.closed)), default=None)


class Report(ReportFate, frozen=True, kw_only=True):
    """One report from a reader."""

    ticket: str
    """random; whoever has it may read its fate and the answer"""
    story: str | None = None
    text: str
    name: str | None = None
    email: str | None = None
    answer: str | None = None
    called: ReportCall = ReportCall.nothing


class ReportStore(Protocol):
    """What the store keeps of reports."""

    def keep(self, report: Report) -> None:
        """A new one. Raises ValueError for a ticket that was given already, and
        :class:`Full` when less than the reserve is left of the disk."""

    def find(self, ticket: str) -> Report | None: ...

    def amend(self, report: Report) -> None:
        """Keep what became of one: when it was acknowledged, answered and closed, the answer.
        What the reader said, and what was promised, stays as it came."""

    def called(self, tickets: Sequence[str], called: ReportCall) -> None:
        """A person was called so far for these; never less far than before."""

    def unsettled(self, limit: int = 1000) -> list[Report]:
        """Those neither answered nor closed, the oldest first."""

    def newest(self, limit: int = 1000) -> list[Report]:
        """All whose words are still kept, the newest first."""

    def fresh(self, limit: int = 1000) -> list[Report]:
        """Of the unsettled those for which nobody was called yet."""

    def late(self, now: datetime, limit: int = 100) -> list[Report]:
        """Those whose terms have passed, and nobody was called for that; the oldest first."""

    def fates(self, since: datetime, until: datetime) -> list[ReportFate]:
        """Of all received from ``since`` to before ``until``, those too whose words are gone."""

    def count(self, since: datetime) -> int:
        """How many were received from then on."""

    def forget(self, before: datetime) -> list[str]:
        """Destroy ticket, story, words, name, address and answer of all received before this;
        of each stays its :class:`ReportFate`. Returns their tickets."""
