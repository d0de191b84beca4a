"""Readers' reports at the desk: who is called when, what is promised, what is forgotten."""

import asyncio
import itertools
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.newsroom import Unresolved
from copytaster.newsroom import report_orders
from copytaster.newsroom.reporting import disclosure
from copytaster.newsroom.reporting import span
from copytaster.newsroom.reporting import watch
from copytaster.store import Report
from copytaster.store import ReportFate
from copytaster.store import ReportKind
from copytaster.store import ReportState
from copytaster.store import StoreError
from tests.newsroom.calls import Calls
from tests.newsroom.live import live
from tests.newsroom.live import until
from tests.newsroom.making import House
from tests.newsroom.making import config

OFFICER = {"name": "Asha Rao", "address": "12 Dockyard Road", "email": "officer@desk.example"}
TERMS: dict[str, Any] = {"grievance": OFFICER}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path / "data", config(reports=TERMS))
    yield house
    house.desk.close()


@pytest.fixture
def calls(house: House) -> Calls:
    house.desk.alert = calls = Calls()
    return calls


def take(house: House, kind: ReportKind = ReportKind.fact, **facts: Any) -> Report:
    report = house.desk.reports.take(kind, "It was Tuesday.", **facts)
    assert report is not None
    return report


def later(house: House, **span: float) -> None:
    house.now += timedelta(**span)
    house.desk.reports.look()


def settle(house: House, report: Report, *, answer: str | None = None, close: bool = False) -> None:
    report_orders.settle(house.desk, report.ticket, answer=answer, close=close)


# --- calling a person ---------------------------------------------------------------------------


def test_a_person_is_called_for_a_report_and_told_when_it_was_read(
    house: House, calls: Calls
) -> None:
    report = take(house, story="0123456789abcdef")
    later(house)
    assert calls.open == [("report-received", "reports")]
    text = calls.text("report-received")
    assert report.ticket in text
    assert "/s/0123456789abcdef" in text
    settle(house, report)
    assert calls.open == []


def test_what_comes_within_a_minute_is_called_for_after_it(house: House, calls: Calls) -> None:
    take(house)
    later(house)
    take(house)
    newest = take(house)
    later(house, seconds=30)
    assert len(calls.all) == 1
    later(house, seconds=30)
    assert len(calls.all) == 2
    assert "3 reports" in calls.text("report-received")
    assert newest.ticket in calls.text("report-received")
    later(house, hours=1)
    assert len(calls.all) == 2, "of one that was told nobody is called again"


def test_the_all_clear_waits_until_every_report_was_read(house: House, calls: Calls) -> None:
    first, second = take(house), take(house)
    later(house)
    settle(house, first)
    assert calls.open == [("report-received", "reports")]
    settle(house, second, close=True)
    assert calls.open == []


def test_a_desk_that_has_nobody_to_call_keeps_it_for_one_that_has(house: House) -> None:
    take(house)
    later(house)
    house.restart()
    house.desk.alert = calls = Calls()
    later(house)
    assert calls.open == [("report-received", "reports")]


def test_what_is_late_calls_a_person_once_for_each_term(house: House, calls: Calls) -> None:
    report = take(house)
    later(house)
    later(house, hours=24)
    assert len(calls.all) == 1
    later(house, seconds=1)
    assert ("report-overdue", report.ticket) in calls.open
    assert "acknowledged by 2026-03-03 09:00 UTC" in calls.text("report-overdue")
    later(house, hours=5)
    assert len(calls.all) == 2
    settle(house, report)
    assert calls.open == []
    later(house, days=14)
    assert calls.open == [("report-overdue", report.ticket)]
    assert "decided by 2026-03-17 09:00 UTC" in calls.text("report-overdue")
    settle(house, report)
    assert calls.open == [("report-overdue", report.ticket)], "read is not decided"
    settle(house, report, answer="It is mended.")
    assert calls.open == []


def test_a_restart_calls_nobody_for_the_same_again(house: House, calls: Calls) -> None:
    take(house)
    later(house)
    later(house, hours=25)
    house.restart()
    house.desk.alert = again = Calls()
    later(house)
    assert (len(calls.all), again.all) == (2, [])


def test_what_is_answered_in_time_calls_nobody(house: House, calls: Calls) -> None:
    settle(house, take(house), answer="Thank you.")
    later(house, days=20)
    assert calls.all == []


def test_without_terms_nothing_is_ever_late(tmp_path: Path) -> None:
    house = House(tmp_path / "plain")
    house.desk.alert = calls = Calls()
    report = take(house)
    assert (report.acknowledge_by, report.decide_by) == (None, None)
    later(house, days=59)
    assert [code for code, _ in calls.all] == ["report-received"]
    house.desk.close()


def test_what_was_promised_holds_when_the_terms_change(tmp_path: Path) -> None:
    house = House(tmp_path / "terms", config(reports=TERMS))
    report = take(house)
    house.settings = config()
    house.restart()
    assert house.desk.reports.find(report.ticket) == report
    house.desk.close()


# --- forgetting ---------------------------------------------------------------------------------


def test_a_report_is_forgotten_in_time_and_its_call_ends(house: House, calls: Calls) -> None:
    report = take(house, name="Asa", email="asa@a.example")
    later(house)
    later(house, days=16)
    assert ("report-overdue", report.ticket) in calls.open
    later(house, days=44, seconds=1)
    assert house.desk.reports.find(report.ticket) is None
    assert house.desk.store.reports.newest() == []
    assert ("report-overdue", report.ticket) not in calls.open
    (all_kinds,) = [
        one
        for one in report_orders.month_told(house.desk, "2026-03")["reports"]
        if one["kind"] == "all"
    ]
    assert (all_kinds["received"], all_kinds["pending"]) == (1, 1)


def test_reports_are_forgotten_by_a_house_that_asks_no_more(tmp_path: Path) -> None:
    house = House(tmp_path / "closed")
    take(house)
    house.settings = config(reports={"enabled": False, "keep_days": 10})
    house.restart()
    later(house, days=10, seconds=1)
    assert house.desk.store.reports.newest() == []
    house.desk.close()


# --- what a person decides ----------------------------------------------------------------------


def test_the_first_time_of_each_step_stands(house: House, calls: Calls) -> None:
    report = take(house)
    times = []
    for answer, close in ((None, False), ("First.", False), ("Second.", False), (None, True)):
        house.now += timedelta(hours=1)
        settle(house, report, answer=answer, close=close)
        times.append(house.now)
    settled = report_orders.named(house.desk, report.ticket)
    assert settled.state is ReportState.closed
    assert (settled.acknowledged, settled.answered, settled.closed) == (
        times[0],
        times[1],
        times[3],
    )
    assert (settled.answer, settled.decided) == ("Second.", times[1])


def test_a_closed_report_is_answered_no_more(house: House) -> None:
    report = take(house)
    settle(house, report, close=True)
    with pytest.raises(ValueError, match=f"{report.ticket} is closed"):
        settle(house, report, answer="Too late.")
    settle(house, report, close=True)


@pytest.mark.parametrize("answer", ["", " \n", "x" * 10_001])
def test_an_answer_says_something_and_not_too_much(answer: str, house: House) -> None:
    report = take(house)
    with pytest.raises(ValueError, match="10,000 characters"):
        settle(house, report, answer=answer)
    assert report_orders.named(house.desk, report.ticket) == report


def test_a_ticket_is_known_however_it_was_told(house: House, monkeypatch: Any) -> None:
    monkeypatch.setattr("copytaster.newsroom.reporting._desk.new_ticket", lambda: "01hb0kx1tv")
    report = take(house)
    for spelled in ("01hb0kx1tv", "01HB0-KX1TV", " oIhb0 kxLtv "):
        assert report_orders.named(house.desk, spelled).ticket == report.ticket
    for other in ("01hb0kx1t", "11hb0kx1tv", "../../etc", ""):
        with pytest.raises(Unresolved, match="no report has the ticket"):
            report_orders.named(house.desk, other)


def test_how_long_there_is_goes_from_one_promise_to_the_next(house: House) -> None:
    report = take(house)
    house.now += timedelta(hours=1)
    (told,) = report_orders.reports_told(house.desk, settled=False)
    assert (told["next"], told["secondsLeft"]) == ("acknowledge", 23 * 3600)
    settle(house, report)
    house.now += timedelta(days=15)
    (told,) = report_orders.reports_told(house.desk, settled=False)
    assert (told["next"], told["secondsLeft"]) == ("decide", -3600)
    settle(house, report, answer="Yes.")
    assert report_orders.reports_told(house.desk, settled=False) == []
    (told,) = report_orders.reports_told(house.desk, settled=True)
    assert (told["next"], told["secondsLeft"]) == (None, None)


# --- the disclosure -----------------------------------------------------------------------------


def test_a_month_counts_what_came_in_it_and_what_became_of_that(house: House) -> None:
    in_time, late, closed = (take(house), take(house, ReportKind.rights), take(house))
    settle(house, in_time, answer="Yes.")
    settle(house, closed, close=True)
    house.now += timedelta(days=16)
    settle(house, late, answer="No.")
    take(house, ReportKind.privacy)
    house.now += timedelta(days=20)
    take(house)
    told = report_orders.month_told(house.desk, "2026-03")
    assert (told["month"], told["zone"]) == ("2026-03", "UTC")
    assert told["terms"] == {"acknowledgeHours": 24, "decideDays": 15}
    counted = {one.pop("kind"): list(one.values()) for one in told["reports"]}
    assert list(counted) == [*ReportKind, "all"]
    assert counted["fact"] == [2, 2, 2, 2, 2, 0]
    assert counted["rights"] == [1, 1, 0, 1, 0, 0]
    assert counted["privacy"] == [1, 0, 0, 0, 0, 1]
    assert counted["all"] == [4, 3, 2, 3, 2, 1]


def test_a_month_is_one_of_the_sites_zone() -> None:
    since, until = span("2026-12", "Asia/Kolkata")
    assert since.astimezone(UTC) == datetime(2026, 11, 30, 18, 30, tzinfo=UTC)
    assert until.astimezone(UTC) == datetime(2026, 12, 31, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "2026", "26-01", "0000-01", "9999-12", ""])
def test_what_is_no_month_is_refused(month: str) -> None:
    with pytest.raises(ValueError, match="is no month; give e"):
        span(month, "UTC")


_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
_instants = st.one_of(st.none(), st.integers(0, 365).map(lambda days: _YEAR + timedelta(days=days)))
_fates = st.builds(
    ReportFate,
    kind=st.sampled_from(ReportKind),
    received=st.just(_YEAR),
    **dict.fromkeys(
        ("acknowledge_by", "decide_by", "acknowledged", "answered", "closed"), _instants
    ),
)


@given(st.lists(_fates, max_size=8))
def test_the_kinds_always_add_up_and_in_time_is_never_more_than_done(
    fates: list[ReportFate],
) -> None:
    *kinds, whole = disclosure(fates)
    for name in whole.__struct_fields__[1:]:
        assert sum(getattr(one, name) for one in kinds) == getattr(whole, name)
    assert whole.received == len(fates)
    assert whole.acknowledged_in_time <= whole.acknowledged <= whole.received
    assert whole.decided_in_time <= whole.decided == whole.received - whole.pending


# --- a running desk -----------------------------------------------------------------------------


@pytest.mark.anyio
async def test_a_fault_of_one_look_does_not_end_the_next(house: House, calls: Calls) -> None:
    take(house)
    looks = itertools.count()
    look = house.desk.reports.look

    def faulty() -> None:
        if next(looks) == 0:
            raise StoreError("the disk failed")
        look()

    async def turn(_seconds: float) -> None:
        if calls.all:
            raise asyncio.CancelledError

    house.desk.reports.look = faulty  # type: ignore[method-assign]
    with pytest.raises(asyncio.CancelledError):
        await watch(house.desk.reports, turn)
    assert calls.open == [("report-received", "reports")]


@pytest.mark.anyio
async def test_a_shell_answers_on_the_running_desk(tmp_path: Path) -> None:
    async with live(tmp_path / "data") as running:
        form = {"kind": "fact", "text": "It was Tuesday.", "asked": "1"}
        sent = await running.client.post("/report", data=form)
        where = sent.headers["location"]
        ticket = where.rpartition("/")[2]

        async def rings() -> bool:
            return any(bell.code == "report-received" for bell in running.running.alerts.opened)

        await until(rings)
        (told,) = await running.ask("report", ticket=ticket, answer="It was.", close=False)
        assert (told["state"], told["answer"]) == ("answered", "It was.")
        assert "It was." in (await running.client.get(where)).text
        assert not await rings()
        with pytest.raises(ValueError, match="no report has the ticket"):
            await running.ask("report", ticket="0" * 10, answer=None, close=True)
