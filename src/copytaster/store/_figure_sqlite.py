"""Figures in SQLite: the store's part that :class:`FigureStore` describes."""

from datetime import date
from datetime import datetime
from datetime import timedelta

import apsw
import msgspec

from copytaster.store import _rows as rows
from copytaster.store._delivery_port import Taken
from copytaster.store._figure_port import HOURS_KEPT
from copytaster.store._figure_port import Count
from copytaster.store._figure_port import Dated
from copytaster.store._figure_port import DrillFigures
from copytaster.store._figure_port import KillFigures
from copytaster.store._part import Part
from copytaster.store._statements import sql

_HOUR = 3_600_000_000
"""microseconds"""
_EPOCH = date(1970, 1, 1)
_MICROSECOND = timedelta(microseconds=1)
_SECOND = 1e6


class FiguresInSqlite(Part):
    """:class:`FigureStore` on one engine."""

    def counted(self, source: str, since: datetime) -> list[Count]:
        hour = rows.micros(since) // _HOUR
        found = self._all("counted_of_source", source=source, since=hour)
        return [Count(what=what, kind=kind, n=n) for what, kind, n in found]

    def keep_drill(self, figures: DrillFigures, keep: timedelta) -> None:
        with self._engine.writing() as db:
            db.execute(sql("keep_drill_figures"), _bindings(figures))
            before = rows.micros(figures.began - keep)
            db.execute(sql("forget_drill_figures"), {"before": before})

    def drills(self, since: datetime, limit: int = 500) -> list[DrillFigures]:
        found = self._all("drill_figures", since=rows.micros(since), limit=limit)
        return [_drill(row) for row in found]

    def kills(self, since: datetime, limit: int = 500) -> list[KillFigures]:
        found = self._all("kill_figures", since=rows.micros(since), limit=limit)
        return [_kill(row) for row in found]

    def held_by_day(self, since: datetime, offset: timedelta) -> list[Dated]:
        return self._by_day("held_by_day", since, offset)

    def killed_by_day(self, since: datetime, offset: timedelta) -> list[Dated]:
        return self._by_day("killed_by_day", since, offset)

    def corrected_by_day(self, since: datetime, offset: timedelta) -> list[Dated]:
        return self._by_day("corrected_by_day", since, offset)

    def _by_day(self, statement: str, since: datetime, offset: timedelta) -> list[Dated]:
        shift = offset // _MICROSECOND
        found = self._all(statement, since=rows.micros(since), offset=shift)
        return [Dated(day=_EPOCH + timedelta(days=day), kind=kind, n=n) for day, kind, n in found]


def _bindings(figures: DrillFigures) -> rows.Bindings:
    return {
        "began": rows.micros(figures.began),
        "outcome": figures.outcome,
        "slow": figures.slow,
        "to_publish": figures.to_publish,
        "to_clean": figures.to_clean,
        "kinds": rows.json(figures.kinds),
    }


def _drill(row: rows.Row) -> DrillFigures:
    began, outcome, slow, to_publish, to_clean, kinds = row
    return DrillFigures(
        began=rows.instant(began),
        outcome=outcome,
        slow=slow,
        to_publish=to_publish,
        to_clean=to_clean,
        kinds=msgspec.json.decode(kinds, type=dict[str, float]),
    )


def _kill(row: rows.Row) -> KillFigures:
    story, at, reason, since, clean, seen = row
    return KillFigures(
        story=story,
        at=rows.instant(at),
        reason=reason,
        to_clean=(seen - since) / _SECOND if clean else None,
    )


def write_counts(db: apsw.Connection, taken: Taken) -> None:
    """Count these for the source of their delivery, in the transaction that ends its way."""
    for one in taken.counts:
        counted = {"delivery": taken.delivery, "what": one.what, "kind": one.kind, "n": one.n}
        db.execute(sql("count_of_source"), counted)
    if taken.counts:
        kept = {"delivery": taken.delivery, "hours": HOURS_KEPT}
        db.execute(sql("forget_source_hours"), kept)
