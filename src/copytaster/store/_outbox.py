"""What agencies are owed: that a withdrawal they asked for was seen clean, and when."""

import hashlib
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from typing import Protocol

import msgspec

from copytaster.store._press_port import PressWork
from copytaster.story import State


class Acknowledgement(msgspec.Struct, frozen=True, kw_only=True):
    """One withdrawal, to be told to its agency by one way."""

    story: str
    agency: str
    guid: str
    route: str
    """``email`` or ``webhook``"""
    state: State
    """what the agency's word made of the story"""
    notices: tuple[str, ...] = ()
    """guids of the notices that name the story"""
    received: datetime
    """arrival of what caused it"""
    suspended: datetime
    """when the public face changed; no other withdrawal of the story has the same"""
    clean: datetime
    """when the last address was seen clean"""
    addresses: int
    """how many were seen"""
    attempts: int = 0
    due: datetime | None = None
    """when to try (again); None once it was sent or given up"""
    ended: datetime | None = None
    """when it was sent or given up"""
    sent_to: str | None = None
    """whom it reached; None while it is owed, and when it was given up"""
    detail: str | None = None
    """why the last attempt failed"""

    @property
    def id(self) -> str:
        """The same for the same withdrawal, by whichever way and however often it is sent."""
        named = f"{self.story}\0{self.suspended.astimezone(UTC).isoformat()}"
        return f"ack_{hashlib.sha256(named.encode()).hexdigest()[:32]}"


class Outbox(Protocol):
    """What the store keeps of acknowledgements."""

    def owe(self, work: PressWork, owed: Sequence[Acknowledgement]) -> None:
        """Keep what is owed for this withdrawal, unless newer work has replaced it; what is kept
        of it already, by the same way, stays as it is."""

    def first(self, agency: str, route: str) -> Acknowledgement | None:
        """Of what this way owes the agency, what is due first, however long until then."""

    def ways(self) -> list[tuple[str, str]]:
        """(agency, route) by which anything is owed."""

    def keep(self, acknowledgement: Acknowledgement) -> None:
        """Keep what became of it: attempts, due, end. One that has ended stays as it is."""

    def of(self, story: str) -> list[Acknowledgement]:
        """Of all withdrawals of a story, the oldest first."""
