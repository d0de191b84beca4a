"""What the drill and the patrol ask of the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from copytaster.finding import Fault
from copytaster.finding import Finding
from copytaster.finding import Severity
from copytaster.store._story_port import Story


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """What one look at an address changed."""

    opened: tuple[Finding, ...] = ()
    resolved: tuple[Finding, ...] = ()
    """as they were before"""


class PatrolStore(Protocol):
    """The part of the store that only the drill and the patrol use."""

    def story_after(self, number: int) -> Story | None:
        """The story with the next higher number; the patrol's way round."""

    def story_before(self, number: int) -> Story | None:
        """The story with the next lower number: from the newest to the first."""

    def withdrawn(
        self, since: datetime, *, before: tuple[datetime, int] | None = None, limit: int = 100
    ) -> list[Story]:
        """Stories whose face became a hold, a kill or a legal order since then, newest first,
        continued after (face_changed, number); drills not among them."""

    def drills(self, limit: int = 100) -> list[Story]:
        """Stories of drills, newest first."""

    def forget_drills(self, keep: int) -> list[Story]:
        """Remove all that is known of drills but the newest ``keep`` (at least 1, so that no
        story number is given twice); those not yet proved gone stay. Returns what was removed.
        The bytes that came stay as they came."""

    def note_findings(
        self, address: str, found: Sequence[Fault], at: datetime, *, story: str | None = None
    ) -> Noted:
        """What one look at ``address`` found, each code once: new faults are opened, known ones
        are seen again, and open ones that were not found are resolved."""

    def findings(self, *, resolved: int = 0, limit: int = 1000) -> list[Finding]:
        """Open findings, gravest first, then up to ``resolved`` of the others, latest first."""

    def findings_at(self, address: str) -> list[Finding]:
        """Open findings of one address."""

    def open_findings(self) -> dict[Severity, int]:
        """How many findings are open, for every severity."""

    def forget_findings(self, before: datetime) -> None:
        """Remove findings that were resolved before this instant."""
