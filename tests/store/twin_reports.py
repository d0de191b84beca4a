"""Readers' reports, in a plain list."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from copytaster.store import Report
from copytaster.store import ReportCall
from copytaster.store import ReportFate
from copytaster.store import ReportState

if TYPE_CHECKING:
    from tests.store.twin import Twin


class TwinReports:
    """:class:`copytaster.store.ReportStore`, without a file."""

    def __init__(self, twin: "Twin") -> None:
        self._twin = twin

    def keep(self, report: Report) -> None:
        with self._twin.turn:
            if self.find(report.ticket) is not None:
                raise ValueError(f"ticket {report.ticket} was given already")
            self._twin.kept.reports.append(report)

    def find(self, ticket: str) -> Report | None:
        return next((one for one in self._named() if one.ticket == ticket), None)

    def _named(self) -> list[Report]:
        named = [one for one in self._twin.kept.reports if isinstance(one, Report)]
        return sorted(named, key=lambda one: one.received)

    def amend(self, report: Report) -> None:
        became = ("acknowledged", "answered", "closed", "answer")
        self._change(report.ticket, **{name: getattr(report, name) for name in became})

    def _change(self, ticket: str, **facts: object) -> None:
        with self._twin.turn:
            kept = self._twin.kept.reports
            for place, one in enumerate(kept):
                if isinstance(one, Report) and one.ticket == ticket:
                    kept[place] = replace(one, **facts)

    def called(self, tickets: Sequence[str], called: ReportCall) -> None:
        for ticket in tickets:
            known = self.find(ticket)
            if known is not None:
                self._change(ticket, called=max(known.called, called))

    def unsettled(self, limit: int = 1000) -> list[Report]:
        return [one for one in self._named() if one.state is ReportState.open][:limit]

    def newest(self, limit: int = 1000) -> list[Report]:
        return self._named()[::-1][:limit]

    def fresh(self, limit: int = 1000) -> list[Report]:
        return [one for one in self.unsettled() if one.called is ReportCall.nothing][:limit]

    def late(self, now: datetime, limit: int = 100) -> list[Report]:
        return [one for one in self.unsettled() if _is_late(one, now)][:limit]

    def fates(self, since: datetime, until: datetime) -> list[ReportFate]:
        found = [one for one in self._twin.kept.reports if since <= one.received < until]
        return [_fate(one) for one in sorted(found, key=lambda one: one.received)]

    def count(self, since: datetime) -> int:
        return sum(one.received >= since for one in self._twin.kept.reports)

    def forget(self, before: datetime) -> list[str]:
        with self._twin.turn:
            old = [one for one in self._named() if one.received < before]
            kept = self._twin.kept.reports
            kept[:] = [_fate(one) if one in old else one for one in kept]
        return [one.ticket for one in old]


def _is_late(report: Report, now: datetime) -> bool:
    unseen = report.acknowledged is None and report.called < ReportCall.unacknowledged
    if unseen and report.acknowledge_by is not None and report.acknowledge_by < now:
        return True
    undecided = report.called < ReportCall.undecided
    return undecided and report.decide_by is not None and report.decide_by < now


def _fate(report: ReportFate) -> ReportFate:
    return ReportFate(**{name: getattr(report, name) for name in ReportFate.__struct_fields__})
