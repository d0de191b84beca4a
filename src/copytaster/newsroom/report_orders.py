"""What a shell may ask about readers' reports: show them, answer them, disclose a month.

The same functions work on a running desk and on a data folder alone.
"""

import re
from datetime import datetime
from typing import Any

import msgspec

from copytaster.newsroom._ruler import Unresolved
from copytaster.newsroom.desk import Desk
from copytaster.newsroom.reporting import disclosure
from copytaster.newsroom.reporting import span
from copytaster.store import Report
from copytaster.store import ReportState

_MOST = 10_000
_LONGEST_ANSWER = 10_000
_TICKET = re.compile(r"[0-9a-hjkmnp-tv-z]{10}")
_LIKE = str.maketrans("oil", "011", "- ")
"""Crockford's base32 is read so: a ticket may have been told on the telephone"""


def reports_told(desk: Desk, *, settled: bool) -> list[dict[str, Any]]:
    """The open reports, the oldest first; with ``settled`` all that are kept, the newest first."""
    reports = desk.store.reports
    return [
        report_told(desk, one)
        for one in (reports.newest(_MOST) if settled else reports.unsettled(_MOST))
    ]


def named(desk: Desk, ticket: str) -> Report:
    """The report of a ticket, however it is spelled. Raises :class:`Unresolved` for none."""
    spelled = ticket.strip().lower().translate(_LIKE)
    report = desk.reports.find(spelled) if _TICKET.fullmatch(spelled) else None
    if report is None:
        raise Unresolved(
            f"no report has the ticket {ticket}; `copytaster reports --all` lists those kept"
        )
    return report


def settle(desk: Desk, ticket: str, *, answer: str | None, close: bool) -> dict[str, Any]:
    """Acknowledge a report, and answer or close it. Raises :class:`Unresolved` for no report,
    ValueError for an answer that cannot be given."""
    report = named(desk, ticket)
    if answer is not None:
        if report.state is ReportState.closed:
            raise ValueError(f"report {report.ticket} is closed: what was answered stands")
        if not answer.strip() or len(answer) > _LONGEST_ANSWER:
            raise ValueError(f"an answer has 1 to {_LONGEST_ANSWER:,} characters; write another")
    return report_told(desk, desk.reports.settle(report, answer=answer, close=close))


def report_told(desk: Desk, report: Report) -> dict[str, Any]:
    """A report as shells see it: who sent it is in it."""
    return {
        "ticket": report.ticket,
        "state": report.state.value,
        "kind": report.kind.value,
        "story": report.story,
        "text": report.text,
        "name": report.name,
        "email": report.email,
        "received": report.received.isoformat(),
        "acknowledgeBy": _iso(report.acknowledge_by),
        "acknowledged": _iso(report.acknowledged),
        "decideBy": _iso(report.decide_by),
        "answered": _iso(report.answered),
        "closed": _iso(report.closed),
        "answer": report.answer,
        "keptUntil": desk.reports.kept_until(report).isoformat(),
        "next": _next(report),
        "secondsLeft": _seconds_left(report, desk.clock()),
    }


def _next(report: Report) -> str | None:
    """What is promised next: ``acknowledge``, ``decide``, or nothing."""
    if report.state is not ReportState.open:
        return None
    if report.acknowledged is None and report.acknowledge_by is not None:
        return "acknowledge"
    return "decide" if report.decide_by is not None else None


def _seconds_left(report: Report, now: datetime) -> int | None:
    """Until what is promised next; below zero when that time has passed."""
    due = {"acknowledge": report.acknowledge_by, "decide": report.decide_by}
    by = due.get(_next(report) or "")
    return None if by is None else round((by - now).total_seconds())


def month_told(desk: Desk, month: str) -> dict[str, Any]:
    """The disclosure of a month of the site's zone, of UTC without one. Raises ValueError for
    no month."""
    zone = desk.house.site.zone or "UTC"
    since, until = span(month, zone)
    officer = desk.house.config.reports.grievance
    return {
        "month": month,
        "zone": zone,
        "terms": officer
        and {"acknowledgeHours": officer.acknowledge_hours, "decideDays": officer.decide_days},
        "reports": msgspec.to_builtins(disclosure(desk.store.reports.fates(since, until))),
    }


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None
