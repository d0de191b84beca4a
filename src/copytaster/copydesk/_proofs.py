"""Whether kills work, over time: drills, real kills, and what was held, as plots and as figures."""

from collections import Counter
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import tzinfo
from zoneinfo import ZoneInfo

import msgspec

from copytaster.copydesk import _plot as plots
from copytaster.copydesk._frame import Frame
from copytaster.copydesk._plot import Dot
from copytaster.copydesk._plot import Plot
from copytaster.copydesk._times import shown

_STRIPS = 8
"""reasons that have a plot of their own; the others stand in the table"""


class Drilled(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One drill."""

    at: datetime
    outcome: str
    to_publish: float | None
    """seconds; None: it never happened"""
    to_clean: float | None
    kinds: tuple[tuple[str, float], ...]
    """of each kind of address the slowest"""


class Killed(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One kill of a story that readers saw."""

    story: str
    at: datetime
    by: str
    to_clean: float | None
    """None: not every address was seen clean"""


class DayCount(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """So many stories on a day."""

    day: date
    words: str
    n: int


class Proofs(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What there is to tell, from one day to another."""

    since: date
    until: date
    drills: tuple[Drilled, ...]
    kills: tuple[Killed, ...]
    slow_seconds: float
    """a drill that takes longer calls a person"""
    alarm_seconds: float
    """a kill that takes longer does"""
    held: tuple[DayCount, ...]
    taken: tuple[DayCount, ...]
    """corrected, and taken back"""

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1


class Strip(msgspec.Struct, frozen=True, kw_only=True):
    """The days of one thing that is counted."""

    words: str
    total: int
    plot: Plot


def proofs(frame: Frame, found: Proofs, zone: str | None) -> bytes:
    """The page."""
    house = ZoneInfo(zone) if zone else UTC
    slow = {f"too slow: {found.slow_seconds:g} s": found.slow_seconds}
    alarm = {f"calls a person: {found.alarm_seconds:g} s": found.alarm_seconds}
    clean = [*_kill_dots(found, house), *_drill_dots(found, house)]
    page = [dot for drill in found.drills for dot in _page_dots(drill, found.since, house)]
    held, kinds = list(_strips(found, found.held)), _kinds(found)
    return frame.page(
        "proofs.html",
        title="Proofs",
        proofs=found,
        to_clean=plots.times(found.since, found.days, clean, alarm | slow) if clean else None,
        to_page=plots.times(found.since, found.days, page, slow) if page else None,
        drills=[
            {
                **msgspec.structs.asdict(one),
                "at": shown(one.at, zone, year=True),
                "published": _seconds(one.to_publish),
                "clean": _seconds(one.to_clean),
                "cells": {kind: _cell(one, kind) for kind in kinds},
            }
            for one in found.drills
        ],
        kills=[
            {
                **msgspec.structs.asdict(one),
                "at": shown(one.at, zone, year=True),
                "clean": _seconds(one.to_clean),
            }
            for one in found.kills
        ],
        kinds=kinds,
        held=held[:_STRIPS],
        held_more=len(held[_STRIPS:]),
        held_rows=_rows(found.held),
        taken=list(_strips(found, found.taken)),
        taken_rows=_rows(found.taken),
    )


def _kinds(found: Proofs) -> list[str]:
    return sorted({kind for one in found.drills for kind, _ in one.kinds})


def _cell(one: Drilled, kind: str) -> str:
    took = dict(one.kinds).get(kind)
    return "–" if took is None else _seconds(took)


def _seconds(seconds: float | None) -> str:
    return "never seen" if seconds is None else f"{seconds:.3f} s"


def _drill_dots(found: Proofs, house: tzinfo) -> Iterator[Dot]:
    for one in found.drills:
        took = _took(one.to_clean, "gone")
        yield Dot(
            day=_day(one.at, found.since, house),
            seconds=one.to_clean,
            mark="circle",
            words=f"Drill of {_when(one.at, house)}: {took} ({one.outcome})",
        )


def _kill_dots(found: Proofs, house: tzinfo) -> Iterator[Dot]:
    for one in found.kills:
        took = _took(one.to_clean, "gone")
        yield Dot(
            day=_day(one.at, found.since, house),
            seconds=one.to_clean,
            mark="diamond",
            words=f"Kill of {_when(one.at, house)}: {took} ({one.by})",
        )


def _page_dots(one: Drilled, since: date, house: tzinfo) -> Iterator[Dot]:
    yield Dot(
        day=_day(one.at, since, house),
        seconds=one.to_publish,
        mark="circle",
        words=f"Drill of {_when(one.at, house)}: {_took(one.to_publish, 'public')}",
    )


def _took(seconds: float | None, what: str) -> str:
    return f"never seen {what}" if seconds is None else f"{what} after {seconds:.3f} s"


def _day(at: datetime, since: date, house: tzinfo) -> float:
    local = at.astimezone(house)
    part = (local.hour + local.minute / 60) / 24
    return max(0.0, (local.date() - since).days + part)


def _when(at: datetime, house: tzinfo) -> str:
    return f"{at.astimezone(house):%Y-%m-%d %H:%M}"


def _strips(found: Proofs, counted: Sequence[DayCount]) -> Iterator[Strip]:
    """One for each thing that is counted, the most frequent first."""
    totals: Counter[str] = Counter()
    for one in counted:
        totals[one.words] += one.n
    for words, total in sorted(totals.items(), key=lambda one: (-one[1], one[0])):
        days: Counter[date] = Counter()
        for one in counted:
            if one.words == words:
                days[one.day] += one.n
        plot = plots.counts(found.since, found.days, days)
        yield Strip(words=words, total=total, plot=plot)


def _rows(counted: Sequence[DayCount]) -> list[DayCount]:
    return sorted(counted, key=lambda one: (-one.day.toordinal(), -one.n, one.words))
