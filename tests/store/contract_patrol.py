"""What every store promises to the drill and the patrol."""

import pytest
from msgspec.structs import replace

from copytaster.finding import Fault
from copytaster.finding import Finding
from copytaster.finding import Severity
from copytaster.store import Called
from copytaster.store import Face
from copytaster.store import Judged
from copytaster.store import ListQuery
from copytaster.store import Noted
from copytaster.store import Receipt
from copytaster.store import Sought
from copytaster.store import Store
from copytaster.store import WorkKind
from copytaster.story import State
from tests.store.making import NOON
from tests.store.making import at
from tests.store.making import change
from tests.store.making import decision
from tests.store.making import live
from tests.store.making import message
from tests.store.making import publishing
from tests.store.making import story
from tests.store.making import work


def fault(code: str = "words-differ", **facts: object) -> Fault:
    given = {"severity": Severity.critical, "detail": "body: differs at character 3"}
    return Fault(code=code, **(given | facts))


def withdraw(store: Store, n: int, face: Face = Face.gone, seconds: float = 9) -> None:
    kept = store.story(f"{n:016d}")
    assert kept is not None
    store.commit([change(replace(kept, face=face, face_changed=at(seconds)))])


class PatrolContract:
    """The way round all stories, drills, findings."""

    # --- the way round ---------------------------------------------------------------------

    def test_the_way_round_meets_every_story_once_in_order(self, store: Store) -> None:
        store.commit([publishing(1), change(story(2)), publishing(3, drill=True)])
        met, number = [], 0
        while (found := store.story_after(number)) is not None:
            met.append(found.id)
            number = found.number
        assert met == [story(1).id, story(2).id, story(3).id]

    def test_the_way_back_meets_every_story_once_newest_first(self, store: Store) -> None:
        store.commit([publishing(1), change(story(2)), publishing(3, drill=True)])
        met, number = [], 2**62
        while (found := store.story_before(number)) is not None:
            met.append(found.id)
            number = found.number
        assert met == [story(3).id, story(2).id, story(1).id]

    def test_what_was_withdrawn_lately_comes_newest_first(self, store: Store) -> None:
        store.commit([publishing(n) for n in range(1, 7)])
        store.commit([publishing(7, drill=True)])
        for n, face, seconds in (
            (1, Face.gone, 20),
            (2, Face.hold, 40),
            (3, Face.legal, 30),
            (4, Face.gone, 5),
            (5, Face.expired, 35),
            (7, Face.gone, 36),
        ):
            withdraw(store, n, face, seconds)
        found = store.withdrawn(at(10))
        assert [one.number for one in found] == [2, 3, 1]
        last = found[0]
        assert last.face_changed is not None
        after = store.withdrawn(at(10), before=(last.face_changed, last.number), limit=1)
        assert [one.number for one in after] == [3]

    def test_those_withdrawn_in_one_instant_are_all_met(self, store: Store) -> None:
        store.commit([publishing(n) for n in (1, 2, 3)])
        for n in (1, 2, 3):
            withdraw(store, n)
        assert [one.number for one in store.withdrawn(at(0))] == [3, 2, 1]
        assert [one.number for one in store.withdrawn(at(0), before=(at(9), 3))] == [2, 1]

    # --- drills ----------------------------------------------------------------------------

    def drilled(self, store: Store, *numbers: int) -> None:
        """Drills that were published, killed, and seen to be gone."""
        store.commit([publishing(n, drill=True) for n in numbers])
        for n in numbers:
            withdraw(store, n)

    def test_drills_are_told_newest_first(self, store: Store) -> None:
        store.commit([publishing(1, drill=True), publishing(2), publishing(3, drill=True)])
        assert [one.number for one in store.drills()] == [3, 1]
        assert [one.number for one in store.drills(limit=1)] == [3]

    def test_old_drills_are_forgotten_with_all_that_was_known_of_them(self, store: Store) -> None:
        name = Called(name=7, first=at(0), last=at(0))
        first = change(
            live(1, drill=True),
            message(),
            decisions=(decision("d"),),
            events=publishing(1).events,
            names=(name,),
            judged=Judged(story=story(1).id, at=NOON, state=State.live),
        )
        store.commit([first, publishing(2)])
        withdraw(store, 1)
        self.drilled(store, 3, 4)
        receipt = Receipt(
            story=story(1).id,
            channel="site",
            address="/s/1",
            kind=WorkKind.withdraw,
            since=NOON,
            seen=NOON,
            clean=True,
        )
        store.note_receipts([receipt])
        assert [one.id for one in store.forget_drills(2)] == [story(1).id]
        assert store.story(story(1).id) is None
        assert store.history_of(story(1).id).messages == ()
        assert store.editions(story(1).id) == store.receipts(story(1).id) == []
        assert {one.story for one in store.events()} == {story(n).id for n in (2, 3, 4)}
        assert [one.number for one in store.drills()] == [4, 3]
        assert store.verdicts(story(1).id) == []
        assert store.named([Sought(name=7, since=at(0), until=at(0))]) == []
        assert len(store.front(ListQuery())) == 1
        assert store.check() == []

    def test_a_number_or_a_sequence_is_never_given_twice(self, store: Store) -> None:
        self.drilled(store, 1, 2, 3)
        before = store.events()[-1].sequence
        store.forget_drills(1)
        store.commit([publishing(4)])
        kept = store.story(story(4).id)
        assert kept is not None
        assert kept.number == 4
        assert store.events()[-1].sequence == before + 1

    def test_the_newest_drill_always_stays(self, store: Store) -> None:
        self.drilled(store, 1)
        with pytest.raises(ValueError, match="newest"):
            store.forget_drills(0)
        assert store.forget_drills(1) == []
        assert [one.number for one in store.drills()] == [1]

    def test_a_drill_that_is_not_proved_gone_stays(self, store: Store) -> None:
        self.drilled(store, 1)
        store.commit([publishing(2, drill=True), publishing(3, drill=True), publishing(4)])
        kept = store.story(story(1).id)
        assert kept is not None
        store.commit([change(kept, work=work(1, WorkKind.withdraw))])
        self.drilled(store, 5)
        assert store.forget_drills(1) == [], "1 owes its proof, 2 and 3 are still public"
        store.work_done(store.work(at(100), 10))
        assert [one.number for one in store.forget_drills(1)] == [1]

    # --- findings --------------------------------------------------------------------------

    def test_a_finding_is_open_from_its_first_sight_until_it_is_gone(self, store: Store) -> None:
        opened = Finding(
            address="/s/1",
            code="words-differ",
            severity=Severity.critical,
            detail="body: differs at character 3",
            story=story().id,
            first_seen=at(0),
            last_seen=at(0),
        )
        noted = store.note_findings("/s/1", [fault()], at(0), story=story().id)
        assert noted == Noted(opened=(opened,))
        again = fault(detail="body: empty", severity=Severity.major)
        assert store.note_findings("/s/1", [again], at(7), story=story().id) == Noted()
        (kept,) = store.findings()
        assert kept == replace(
            opened, detail="body: empty", severity=Severity.major, last_seen=at(7)
        )
        assert store.findings_at("/s/1") == [kept]
        assert store.note_findings("/s/1", [], at(9)) == Noted(resolved=(kept,))
        assert store.findings() == store.findings_at("/s/1") == []
        assert store.findings(resolved=5) == [replace(kept, resolved=at(9))]

    def test_a_look_at_one_address_says_nothing_of_another(self, store: Store) -> None:
        store.note_findings("/s/1", [fault()], at(0))
        assert store.note_findings("/s/2", [], at(1)) == Noted()
        assert len(store.findings()) == 1

    def test_findings_of_one_address_come_and_go_by_their_code(self, store: Store) -> None:
        store.note_findings("/s/1", [fault("a"), fault("b")], at(0))
        noted = store.note_findings("/s/1", [fault("b"), fault("c")], at(1))
        assert [one.code for one in noted.opened] == ["c"]
        assert [one.code for one in noted.resolved] == ["a"]
        assert [one.code for one in store.findings()] == ["b", "c"]

    def test_what_comes_back_is_a_new_finding(self, store: Store) -> None:
        for seconds, found in ((0, [fault()]), (1, []), (2, [fault()])):
            store.note_findings("/s/1", found, at(seconds))
        still, ended = store.findings(resolved=10)
        assert (still.first_seen, still.resolved) == (at(2), None)
        assert (ended.first_seen, ended.resolved) == (at(0), at(1))

    def test_a_clock_set_back_does_not_turn_a_finding_round(self, store: Store) -> None:
        store.note_findings("/s/1", [fault()], at(3600))
        store.note_findings("/s/1", [fault()], at(10))
        (kept,) = store.findings()
        assert (kept.first_seen, kept.last_seen) == (at(3600), at(3600))
        store.note_findings("/s/1", [], at(20))
        (ended,) = store.findings(resolved=1)
        assert ended.resolved == at(3600)

    def test_open_findings_come_first_and_the_gravest_first_of_all(self, store: Store) -> None:
        for seconds, (address, severity) in enumerate(
            [("/a", "minor"), ("/b", "critical"), ("/c", "major"), ("/d", "critical")]
        ):
            found = fault(severity=Severity(severity))
            store.note_findings(address, [found], at(seconds))
        store.note_findings("/d", [], at(9))
        told = [(one.address, one.resolved is None) for one in store.findings(resolved=9)]
        assert told == [("/b", True), ("/c", True), ("/a", True), ("/d", False)]
        assert [one.address for one in store.findings(limit=2)] == ["/b", "/c"]
        assert store.open_findings() == dict.fromkeys(Severity, 1)

    def test_old_findings_are_forgotten_but_never_an_open_one(self, store: Store) -> None:
        store.note_findings("/a", [fault()], at(0))
        store.note_findings("/b", [fault()], at(0))
        store.note_findings("/b", [], at(5))
        store.forget_findings(at(5))
        assert len(store.findings(resolved=9)) == 2
        store.forget_findings(at(6))
        assert [one.address for one in store.findings(resolved=9)] == ["/a"]
