"""The port's part for figures: what is counted of sources and drills, and what a day brought."""

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import Protocol

import msgspec

HOURS_KEPT = 8 * 24
"""of what is counted of a source; a week is what is asked for"""


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """So many of a kind."""

    what: str
    kind: str = ""
    n: int = 1


class DrillFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What one drill took, in seconds; None where something never happened."""

    began: datetime
    outcome: str
    slow: float
    """more than this was too slow then"""
    to_publish: float | None = None
    to_clean: float | None = None
    kinds: Mapping[str, float] = {}
    """of each kind of address the one that was seen clean last"""


class KillFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen of one kill."""

    story: str
    at: datetime
    reason: str | None
    """who wanted it: agency, desk, legal …"""
    to_clean: float | None
    """seconds from the arrival of what caused it until its last address was seen clean; None: not
    every one was, or none was looked at"""


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """So many on one day."""

    day: date
    kind: str
    n: int


class FigureStore(Protocol):
    """What the store keeps of figures. Those of sources are kept by ``commit``, with the end of
    a delivery's way. No drills among stories."""

    def counted(self, source: str, since: datetime) -> list[Count]:
        """What was counted of this source from the whole hour of ``since`` on, summed."""

    def keep_drill(self, figures: DrillFigures, keep: timedelta) -> None:
        """Keep a drill's figures, and forget those that began ``keep`` before it."""

    def drills(self, since: datetime, limit: int = 500) -> list[DrillFigures]:
        """Newest first."""

    def kills(self, since: datetime, limit: int = 500) -> list[KillFigures]:
        """Kills of public stories, newest first."""

    def held_by_day(self, since: datetime, offset: timedelta) -> Sequence[Dated]:
        """On each day how many stories were held for each reason. ``offset``: by how much the
        days begin before those of UTC."""

    def killed_by_day(self, since: datetime, offset: timedelta) -> Sequence[Dated]:
        """On each day how many stories were killed, by who wanted it."""

    def corrected_by_day(self, since: datetime, offset: timedelta) -> Sequence[Dated]:
        """On each day how many corrections of agencies readers were shown."""
