"""What a publisher discloses of a month: how many reports, and how they were dealt with.

India's IT Rules 2021 ask for it of every publisher each month (Part III, rule 19). Nothing of
whoever sent a report, or of what it said, is in it.
"""

import re
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from copytaster.store import ReportFate
from copytaster.store import ReportKind

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


class Disclosed(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Of the reports received in a month, all or those of one kind, what became of them by now."""

    kind: str
    """``all`` for the sum"""
    received: int
    acknowledged: int
    acknowledged_in_time: int
    """of those for which a time was promised"""
    decided: int
    """answered, or closed without an answer"""
    decided_in_time: int
    pending: int
    """neither answered nor closed"""


def span(month: str, zone: str) -> tuple[datetime, datetime]:
    """The instants between which ``2026-11`` lies in a zone. Raises ValueError for no month."""
    match = _MONTH.fullmatch(month)
    if match is None or match[1] == "0000" or month == "9999-12":
        raise ValueError(f"{month!r} is no month; give e.g. 2026-11")
    year, number = int(match[1]), int(match[2])
    place = ZoneInfo(zone)
    return (
        datetime(year, number, 1, tzinfo=place),
        datetime(year + number // 12, number % 12 + 1, 1, tzinfo=place),
    )


def disclosure(fates: Sequence[ReportFate]) -> list[Disclosed]:
    """The lines of a month: one for each kind, in their order, and the sum."""
    lines = [
        _counted(kind.value, [one for one in fates if one.kind is kind]) for kind in ReportKind
    ]
    return [*lines, _counted("all", fates)]


def _counted(kind: str, fates: Sequence[ReportFate]) -> Disclosed:
    decided = sum(one.decided is not None for one in fates)
    return Disclosed(
        kind=kind,
        received=len(fates),
        acknowledged=sum(one.acknowledged is not None for one in fates),
        acknowledged_in_time=_in_time((one.acknowledged, one.acknowledge_by) for one in fates),
        decided=decided,
        decided_in_time=_in_time((one.decided, one.decide_by) for one in fates),
        pending=len(fates) - decided,
    )


def _in_time(times: Iterable[tuple[datetime | None, datetime | None]]) -> int:
    return sum(at is not None and by is not None and at <= by for at, by in times)
