"""What every store promises of readers' reports: a part of the contract."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from copytaster.store import Report
from copytaster.store import ReportCall
from copytaster.store import ReportKind
from copytaster.store import ReportState
from copytaster.store import Store
from tests.store.making import NOON
from tests.store.making import at

DAY = timedelta(days=1)


def report(ticket: str = "7k2m9qx4e0", **facts: Any) -> Report:
    given: dict[str, Any] = {"kind": ReportKind.fact, "received": NOON, "text": "It was Tuesday."}
    return Report(ticket=ticket, **(given | facts))


def promised(ticket: str, **facts: Any) -> Report:
    return report(ticket, **({"acknowledge_by": NOON + DAY, "decide_by": NOON + 15 * DAY} | facts))


def tickets(reports: list[Report]) -> list[str]:
    return [one.ticket for one in reports]


class ReportsContract:
    """What readers say is wrong."""

    def test_a_report_comes_back_as_it_was_kept(self, store: Store) -> None:
        whole = promised(
            "a",
            story="0123456789abcdef",
            text="Zeile\nनाम ग़लत है\U0001f600",
            name="Åsa",
            email="asa@example.org",
        )
        bare = report("b", kind=ReportKind.privacy)
        store.reports.keep(whole)
        store.reports.keep(bare)
        assert store.reports.find("a") == whole
        assert store.reports.find("b") == bare
        assert store.reports.find("c") is None

    def test_a_ticket_is_given_once(self, store: Store) -> None:
        store.reports.keep(report("a"))
        with pytest.raises(ValueError, match=r"a|reports"):
            store.reports.keep(report("a", text="another"))
        assert store.reports.find("a") == report("a")
        assert store.reports.count(NOON) == 1

    def test_what_became_of_it_is_kept_and_what_was_said_stays(self, store: Store) -> None:
        store.reports.keep(promised("a", name="Asa"))
        known = store.reports.find("a")
        assert known is not None
        assert (known.state, known.decided) == (ReportState.open, None)
        answered = replace(known, acknowledged=at(1), answered=at(2), answer="It is mended.")
        store.reports.amend(replace(answered, text="other words", name=None, decide_by=None))
        assert store.reports.find("a") == answered
        assert (answered.state, answered.decided) == (ReportState.answered, at(2))
        closed = replace(answered, closed=at(3))
        store.reports.amend(closed)
        assert store.reports.find("a") == closed
        assert (closed.state, closed.decided) == (ReportState.closed, at(2))

    def test_the_open_ones_are_listed_oldest_first_and_all_newest_first(self, store: Store) -> None:
        for ticket, received in (("b", at(2)), ("a", at(1)), ("c", at(3)), ("d", at(4))):
            store.reports.keep(report(ticket, received=received))
        store.reports.amend(report("c", received=at(3), closed=at(9)))
        store.reports.amend(report("d", received=at(4), answered=at(9), answer="No."))
        assert tickets(store.reports.unsettled()) == ["a", "b"]
        assert tickets(store.reports.unsettled(limit=1)) == ["a"]
        assert tickets(store.reports.newest()) == ["d", "c", "b", "a"]
        assert tickets(store.reports.newest(limit=2)) == ["d", "c"]

    def test_a_report_is_fresh_until_a_person_was_called_or_it_is_done(self, store: Store) -> None:
        for number, ticket in enumerate("abc"):
            store.reports.keep(report(ticket, received=at(number)))
        assert tickets(store.reports.fresh()) == ["a", "b", "c"]
        assert tickets(store.reports.fresh(limit=1)) == ["a"]
        store.reports.called(["a"], ReportCall.received)
        store.reports.amend(report("b", received=at(1), closed=at(9)))
        assert tickets(store.reports.fresh()) == ["c"]
        found = store.reports.find("a")
        assert found is not None
        assert found.called is ReportCall.received

    def test_what_was_not_acknowledged_in_time_is_late_until_a_person_was_called(
        self, store: Store
    ) -> None:
        store.reports.keep(promised("a"))
        store.reports.keep(promised("b", acknowledged=at(5)))
        store.reports.keep(report("c"))
        assert tickets(store.reports.late(NOON + DAY)) == []
        late = NOON + DAY + timedelta(seconds=1)
        assert tickets(store.reports.late(late)) == ["a"]
        store.reports.called(["a"], ReportCall.received)
        assert tickets(store.reports.late(late)) == ["a"]
        store.reports.called(["a"], ReportCall.unacknowledged)
        assert tickets(store.reports.late(late)) == []

    def test_what_was_not_decided_in_time_is_late_until_a_person_was_called(
        self, store: Store
    ) -> None:
        for ticket in "abc":
            store.reports.keep(promised(ticket))
        store.reports.called(["a", "b", "c"], ReportCall.unacknowledged)
        store.reports.amend(promised("b", answered=at(7), answer="Yes."))
        late = NOON + 16 * DAY
        assert tickets(store.reports.late(late)) == ["a", "c"]
        assert tickets(store.reports.late(late, limit=1)) == ["a"]
        store.reports.called(["a"], ReportCall.undecided)
        store.reports.called(["a"], ReportCall.received)
        assert tickets(store.reports.late(late)) == ["c"], "never less far than before"

    def test_the_fates_of_a_span_hold_nothing_of_the_sender(self, store: Store) -> None:
        store.reports.keep(promised("a", received=at(0), acknowledged=at(5)))
        store.reports.keep(report("b", received=at(10), kind=ReportKind.rights))
        found = store.reports.fates(at(0), at(10))
        assert [(one.kind, one.acknowledged) for one in found] == [(ReportKind.fact, at(5))]
        assert [one.kind for one in store.reports.fates(at(10), at(11))] == [ReportKind.rights]
        assert not any(isinstance(one, Report) for one in found)

    def test_those_of_a_time_are_counted(self, store: Store) -> None:
        assert store.reports.count(NOON) == 0
        for number in range(3):
            store.reports.keep(report(str(number), received=at(number)))
        assert store.reports.count(at(1)) == 2

    def test_what_is_forgotten_leaves_its_fate_and_nothing_else(self, store: Store) -> None:
        old = promised("a", name="Asa", email="a@b.example", answered=at(5), answer="We mended it.")
        store.reports.keep(old)
        store.reports.keep(report("b", received=at(60)))
        before = store.reports.fates(at(0), at(99))
        assert store.reports.forget(at(0)) == []
        assert store.reports.forget(at(60)) == ["a"]
        assert store.reports.forget(at(60)) == []
        assert store.reports.find("a") is None
        assert tickets(store.reports.newest()) == tickets(store.reports.unsettled()) == ["b"]
        assert store.reports.fates(at(0), at(99)) == before
        assert store.reports.count(at(0)) == 2

    def test_what_is_forgotten_is_never_late(self, store: Store) -> None:
        store.reports.keep(promised("a"))
        store.reports.forget(NOON + DAY)
        assert store.reports.late(NOON + 99 * DAY) == []
