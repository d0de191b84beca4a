"""The port's part for press and proof: what is owed to a story's pages, and what was seen."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import msgspec


class WorkKind(StrEnum):
    publish = "publish"
    withdraw = "withdraw"


class PressWork(msgspec.Struct, frozen=True, kw_only=True):
    """What the press and the channels still owe a story: one thing, and newer work replaces older.
    Only the withdrawal of an edition stays owed beside a publication, under its own kind."""

    story: str
    kind: WorkKind
    since: datetime
    """arrival of the message that caused it: time to clean counts from here"""
    attempts: int = 0
    due: datetime | None = None
    """not before this instant, after a failure"""
    bulk: bool = False
    """part of a batch: done beside everything else, so that a single kill overtakes it"""

    @property
    def key(self) -> tuple[str, WorkKind, datetime]:
        """What makes it this work, whatever became of it meanwhile."""
        return self.story, self.kind, self.since


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What a channel was seen to serve at one public address, and when."""

    story: str
    channel: str
    address: str
    kind: WorkKind
    since: datetime
    seen: datetime
    clean: bool
    status: int | None = None
    detail: str | None = None
    looks: int = 1
    """given by the store: how often the address was seen for this work"""
    dirty_seen: datetime | None = None
    """given by the store: when it was last seen not clean, and what was wrong then"""
    dirty_detail: str | None = None


class PressStore(Protocol):
    """The part of the store that press and channels work from."""

    def work(self, now: datetime, limit: int) -> list[PressWork]:
        """Work that is due and not of a batch: withdrawals first, then oldest first."""

    def work_in_bulk(self, now: datetime, limit: int) -> list[PressWork]:
        """Work of batches that is due: what was never tried first, then oldest first."""

    def unpressed(self, story: str) -> bool:
        """Whether it is owed something that was never tried yet."""

    def work_done(self, done: Sequence[PressWork]) -> None:
        """Remove work, unless newer work (a later ``since``) replaced it."""

    def work_failed(self, work: PressWork, due: datetime) -> None:
        """Put it off, by no more than ten minutes: longer is taken for a clock set back."""

    def work_put_off(self, work: Sequence[PressWork], due: datetime) -> None:
        """``work_failed`` for many, in one transaction."""

    def note_receipts(self, receipts: Sequence[Receipt]) -> None:
        """Keep the newest receipt for each (story, address, kind, since), how many there were,
        and the newest that was not clean."""

    def receipts(self, story: str) -> list[Receipt]: ...
