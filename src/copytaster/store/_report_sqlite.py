"""Readers' reports in SQLite: the store's part that :class:`ReportStore` describes."""

from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from datetime import datetime

import apsw

from copytaster.store._part import Part
from copytaster.store._report_port import Report
from copytaster.store._report_port import ReportCall
from copytaster.store._report_port import ReportFate
from copytaster.store._report_port import ReportKind
from copytaster.store._rows import Bindings
from copytaster.store._rows import Row
from copytaster.store._rows import instant
from copytaster.store._rows import instant_or_none
from copytaster.store._rows import micros
from copytaster.store._rows import micros_or_none
from copytaster.store._statements import sql


class ReportsInSqlite(Part):
    """:class:`ReportStore` on one engine."""

    def keep(self, report: Report) -> None:
        self._engine.refuse_when_tight()  # readers' words must not take the room that kills need
        promised = {
            "kind": report.kind.value,
            "received": micros(report.received),
            "acknowledge_by": micros_or_none(report.acknowledge_by),
            "decide_by": micros_or_none(report.decide_by),
        }
        said = {
            "story": report.story,
            "words": report.text,
            "name": report.name,
            "email": report.email,
            "called": int(report.called),
        }
        self._write("keep_report", **promised, **said, **_became(report))

    def find(self, ticket: str) -> Report | None:
        row = self._first("report", ticket=ticket)
        return None if row is None else _report(row)

    def amend(self, report: Report) -> None:
        self._write("amend_report", **_became(report))

    def called(self, tickets: Sequence[str], called: ReportCall) -> None:
        bindings = [{"ticket": ticket, "called": int(called)} for ticket in tickets]
        with self._engine.writing() as db:
            db.executemany(sql("report_called"), bindings)

    def unsettled(self, limit: int = 1000) -> list[Report]:
        return [_report(row) for row in self._all("unsettled_reports", limit=limit)]

    def newest(self, limit: int = 1000) -> list[Report]:
        return [_report(row) for row in self._all("newest_reports", limit=limit)]

    def fresh(self, limit: int = 1000) -> list[Report]:
        return [_report(row) for row in self._all("fresh_reports", limit=limit)]

    def late(self, now: datetime, limit: int = 100) -> list[Report]:
        return [_report(row) for row in self._all("late_reports", now=micros(now), limit=limit)]

    def fates(self, since: datetime, until: datetime) -> list[ReportFate]:
        found = self._all("report_fates", since=micros(since), until=micros(until))
        return [ReportFate(**_fate(row)) for row in found]

    def count(self, since: datetime) -> int:
        row = self._first("reports_since", since=micros(since))
        return 0 if row is None else int(row[0])

    def forget(self, before: datetime) -> list[str]:
        old = {"before": micros(before)}
        if not self._all("old_reports", **old):
            return []  # as nearly always: nothing to write
        with self._engine.writing() as db, _wiping(db):
            forgotten = [str(ticket) for (ticket,) in db.execute(sql("old_reports"), old)]
            db.execute(sql("forget_reports"), old)
        return forgotten


@contextmanager
def _wiping(db: apsw.Connection) -> Iterator[None]:
    """What is let go of is written over, not only unlinked: else a reader's words stay in free
    places of the file until chance needs them."""
    db.pragma("secure_delete", True)  # noqa: FBT003 - the pragma's own value
    try:
        yield
    finally:
        db.pragma("secure_delete", False)  # noqa: FBT003 - the pragma's own value


def _became(report: Report) -> Bindings:
    return {
        "ticket": report.ticket,
        "acknowledged": micros_or_none(report.acknowledged),
        "answered": micros_or_none(report.answered),
        "closed": micros_or_none(report.closed),
        "answer": report.answer,
    }


def _fate(row: Row) -> Bindings:
    kind, received, acknowledge_by, decide_by, acknowledged, answered, closed, *_ = row
    return {
        "kind": ReportKind(kind),
        "received": instant(received),
        "acknowledge_by": instant_or_none(acknowledge_by),
        "decide_by": instant_or_none(decide_by),
        "acknowledged": instant_or_none(acknowledged),
        "answered": instant_or_none(answered),
        "closed": instant_or_none(closed),
    }


def _report(row: Row) -> Report:
    ticket, called, story, words, name, email, answer = row[7:]
    return Report(
        **_fate(row),
        ticket=ticket,
        called=ReportCall(called),
        story=story,
        text=words,
        name=name,
        email=email,
        answer=answer,
    )
