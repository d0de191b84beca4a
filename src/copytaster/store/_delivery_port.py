"""The port's part for deliveries: the bytes as they came, and what became of them."""

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import msgspec

from copytaster.delivery import Delivery
from copytaster.store._figure_port import Count


class FateState(StrEnum):
    waiting = "waiting"
    taken = "taken"
    dead = "dead"


class Dismissal(msgspec.Struct, frozen=True, kw_only=True):
    """That a person has read a dead letter and wants no more of it."""

    at: datetime
    by: str
    why: str


class Fate(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a delivery."""

    id: str
    state: FateState
    received: datetime
    stories: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    """items set aside, with the reason"""
    error: str | None = None
    """a dead letter's reason, one line; it stays when the letter is dismissed"""
    attempts: int = 0
    """how often it became a dead letter"""
    dismissed: Dismissal | None = None
    erased: datetime | None = None
    """when its bytes were destroyed, because a story that they carried was erased"""


class DeadLetter(msgspec.Struct, frozen=True, kw_only=True):
    delivery: str
    source: str
    agency: str
    received: datetime
    error: str
    attempts: int


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """The end of a delivery's way through intake."""

    delivery: str
    stories: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    error: str | None = None
    """set: keep it as a dead letter with this reason"""
    counts: tuple[Count, ...] = ()
    """what is counted of its source with it"""


class Came(msgspec.Struct, frozen=True, kw_only=True):
    """What a source has brought."""

    first: datetime | None
    """when its first delivery came that is kept"""
    last: datetime | None
    hours: Mapping[datetime, int]
    """how many came in each whole hour (of UTC) of the time asked for; only hours with any"""


class DeliveryStore(Protocol):
    """The part of the store that keeps what came."""

    def keep(self, deliveries: Sequence[Delivery]) -> None:
        """Make deliveries durable, in one transaction, and note the work of reading them."""

    def delivery(self, id: str) -> Delivery | None:
        """None for one that never came, and for one whose bytes were erased."""

    def waiting(self, limit: int) -> list[Delivery]:
        """Deliveries not yet taken: urgent ones first, then in order of arrival."""

    def fate(self, id: str) -> Fate | None: ...

    def dead_letters(self, limit: int = 100) -> list[DeadLetter]: ...

    def dead_sources(self) -> list[str]:
        """Sources of which there is a dead letter."""

    def came(self, source: str, since: datetime) -> Came:
        """What this source has brought; ``hours`` from ``since`` on."""

    def retry(self, delivery: str) -> bool:
        """Put a dead letter, dismissed or not, back to the waiting ones; False when there is
        none."""

    def dismiss(self, delivery: str, dismissal: Dismissal) -> bool:
        """Have done with a dead letter: it is none any more, its bytes and its reason stay.
        False when there is none."""
