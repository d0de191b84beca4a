"""The desk's side of readers' reports: each is kept, a person is called, the terms are watched."""

import threading
from collections.abc import Callable
from datetime import datetime
from datetime import timedelta

from msgspec.structs import replace

from copytaster.config import ReportsTable
from copytaster.newsroom.alerts import Nobody
from copytaster.newsroom.house import new_ticket
from copytaster.store import Report
from copytaster.store import ReportCall
from copytaster.store import ReportKind
from copytaster.store import ReportState
from copytaster.store import ReportStore
from copytaster.wire import Alert

_RECEIVED = "report-received"
_OVERDUE = "report-overdue"
_ABOUT = "reports"
_DAY = timedelta(days=1)
_RINGS = timedelta(minutes=1)
"""between two rings for what came: the alerts make one call an hour of them, and a flood of
reports must not become a flood of rings"""


class ReportDesk:
    """Safe from any thread. ``whom`` gives the way by which people are called now."""

    def __init__(
        self,
        table: ReportsTable,
        store: ReportStore,
        clock: Callable[[], datetime],
        whom: Callable[[], Alert],
    ) -> None:
        self._table = table
        self._store = store
        self._clock = clock
        self._whom = whom
        self._turn = threading.Lock()
        self._rang: datetime | None = None

    def take(
        self,
        kind: ReportKind,
        text: str,
        *,
        name: str | None = None,
        email: str | None = None,
        story: str | None = None,
    ) -> Report | None:
        """Keep a report; it is durable when this returns. None, and nothing kept, when a day has
        brought as many as are taken. Raises ``store.Full``."""
        with self._turn:
            now = self._clock()
            if self._store.count(now - _DAY) >= self._table.per_day:
                return None
            report = Report(
                ticket=new_ticket(),
                kind=kind,
                received=now,
                acknowledge_by=self._by(now, acknowledge=True),
                decide_by=self._by(now, acknowledge=False),
                story=story,
                text=text,
                name=name,
                email=email,
            )
            self._store.keep(report)
            return report

    def _by(self, now: datetime, *, acknowledge: bool) -> datetime | None:
        """What the sender is promised: it holds, however the configuration changes later."""
        terms = self._table.grievance
        if terms is None:
            return None
        if acknowledge:
            return now + timedelta(hours=terms.acknowledge_hours)
        return now + timedelta(days=terms.decide_days)

    def find(self, ticket: str) -> Report | None:
        """The report of this ticket; None once it is to be forgotten, be it forgotten or not."""
        found = self._store.find(ticket)
        return found if found and self.kept_until(found) > self._clock() else None

    def kept_until(self, report: Report) -> datetime:
        """When its words and its sender are destroyed."""
        return report.received + timedelta(days=self._table.keep_days)

    def settle(self, report: Report, *, answer: str | None = None, close: bool = False) -> Report:
        """A person has seen it, and perhaps answered or closed it; the first time of each
        stands."""
        now = self._clock()
        settled = replace(report, acknowledged=report.acknowledged or now)
        if answer is not None:
            settled = replace(settled, answer=answer, answered=report.answered or now)
        if close:
            settled = replace(settled, closed=report.closed or now)
        self._store.amend(settled)
        self._be_over(settled)
        return settled

    def _be_over(self, settled: Report) -> None:
        alert, now = self._whom(), self._clock()
        overdue = settled.decide_by is not None and settled.decide_by < now
        if settled.state is not ReportState.open or not overdue:
            alert.over(_OVERDUE, settled.ticket)
        if all(one.acknowledged is not None for one in self._store.unsettled()):
            alert.over(_RECEIVED, _ABOUT)

    # --- what time brings ------------------------------------------------------------------

    def look(self) -> None:
        """Call a person for what came and for what is late, and forget what is old."""
        self._forget()
        alert = self._whom()
        if isinstance(alert, Nobody):
            return  # it waits for a desk that has somebody to call
        self._call_for_new(alert)
        self._call_for_late(alert)

    def _call_for_new(self, alert: Alert) -> None:
        now = self._clock()
        if self._rang is not None and timedelta(0) <= now - self._rang < _RINGS:
            return
        fresh = self._store.fresh()
        if not fresh:
            return
        waiting = sum(one.acknowledged is None for one in self._store.unsettled())
        # Never the reader's own words: an alert goes to logs, mails and pagers.
        text = (
            f"{waiting} {'report' if waiting == 1 else 'reports'} from readers waiting to be "
            f"read, the newest {fresh[-1].ticket} ({_about(fresh[-1])}); see `copytaster reports`"
        )
        alert(_RECEIVED, text, about=_ABOUT)
        self._rang = now
        self._store.called([one.ticket for one in fresh], ReportCall.received)

    def _call_for_late(self, alert: Alert) -> None:
        now = self._clock()
        for one in self._store.late(now):
            undecided = one.decide_by is not None and one.decide_by < now
            by, what = (
                (one.decide_by, "decided") if undecided else (one.acknowledge_by, "acknowledged")
            )
            text = (
                f"report {one.ticket} ({_about(one)}) was promised to be {what} by "
                f"{by:%Y-%m-%d %H:%M} UTC and is not; see `copytaster reports {one.ticket}`"
            )
            alert(_OVERDUE, text, about=one.ticket)
            called = ReportCall.undecided if undecided else ReportCall.unacknowledged
            self._store.called([one.ticket], called)

    def _forget(self) -> None:
        alert = self._whom()
        for ticket in self._store.forget(self._clock() - timedelta(days=self._table.keep_days)):
            alert.over(_OVERDUE, ticket)


def _about(report: Report) -> str:
    return f"{report.kind}, /s/{report.story}" if report.story else report.kind.value
