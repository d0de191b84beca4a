"""What every store promises of the public log: a part of the contract."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from copytaster.store import ControlDraft
from copytaster.store import DayCount
from copytaster.store import Erasure
from copytaster.store import LeafDraft
from copytaster.store import Moved
from copytaster.store import Opening
from copytaster.store import Store
from copytaster.store import Taken
from tests.store.making import NOON
from tests.store.making import at
from tests.store.making import change
from tests.store.making import delivery
from tests.store.making import live
from tests.store.making import story

ID = f"{1:016d}"
SALT = bytes(range(32))
DAY = (NOON - timedelta(hours=12), NOON + timedelta(hours=12))


def leaf(n: int = 1, event: str = "published", seconds: float = 0, **facts: Any) -> LeafDraft:
    given = {"before": b"prev ", "after": f"\n{event} {n}\n".encode()}
    return LeafDraft(story=f"{n:016d}", event=event, at=at(seconds), **(given | facts))


def control(event: str = "transform 1", **facts: Any) -> ControlDraft:
    return ControlDraft(event=event, at=NOON, bytes=event.encode(), **facts)


def logged(store: Store, n: int, *leaves: LeafDraft) -> None:
    """The n-th story is kept, new or once more, with these entries."""
    known = store.story(f"{n:016d}")
    store.commit([change(known or live(n), leaves=leaves)])


class LogContract:
    """The public log: entries in their order, and what opens them."""

    def test_entries_stand_in_the_order_of_their_commits_from_nought(self, store: Store) -> None:
        assert store.log.count() == 0
        logged(store, 1, leaf(1))
        store.commit([change(live(2), leaves=(leaf(2),)), change(live(3), leaves=(leaf(3),))])
        assert store.log.count() == 3
        ends = [data.split()[-1] for data in store.log.entries(0, 9)]
        assert ends == [b"1", b"2", b"3"]
        assert store.log.entries(1, 1) == [b"prev -\npublished 2\n"]
        assert store.log.entries(3, 9) == []

    def test_an_entry_names_the_one_before_of_its_story(self, store: Store) -> None:
        logged(store, 1, leaf(1))
        logged(store, 2, leaf(2))
        logged(store, 1, leaf(1, "killed", edition=1), leaf(1, "updated", edition=2))
        logged(store, 1, leaf(1, "held", seconds=9))
        assert [one.bytes.split(b"\n")[0] for one in store.log.of(f"{1:016d}")] == [
            b"prev -",
            b"prev 0",
            b"prev 2",
            b"prev 3",
        ]

    def test_the_entries_of_a_story_come_back_as_they_were_kept(self, store: Store) -> None:
        logged(store, 1, leaf(1, edition=1, seconds=2))
        logged(store, 2, leaf(2))
        logged(store, 1, leaf(1, "killed"))
        first, last = store.log.of(f"{1:016d}")
        assert (first.position, first.event, first.edition, first.at) == (0, "published", 1, at(2))
        assert (last.position, last.event, last.edition) == (2, "killed", None)
        assert store.log.of("0" * 16) == []

    def test_a_commit_that_keeps_nothing_logs_nothing(self, store: Store) -> None:
        logged(store, 1, leaf(1))
        with pytest.raises(Moved):
            store.commit([change(live(2), leaves=(leaf(2),)), change(live(1), leaves=(leaf(1),))])
        with pytest.raises(ValueError, match="no delivery"):
            store.commit([change(live(2), leaves=(leaf(2),))], [Taken(delivery="unknown")])
        assert store.log.count() == 1
        logged(store, 3, leaf(3))
        assert store.log.of(f"{3:016d}")[0].position == 1, "no place is left out"

    def test_an_entry_of_another_story_is_refused(self, store: Store) -> None:
        with pytest.raises(ValueError, match=f"{1:016d}"):
            store.commit([change(live(1), leaves=(leaf(2),))])
        assert store.log.count() == 0

    def test_what_opens_an_entry_is_kept_beside_it(self, store: Store) -> None:
        opening = Opening(raw=SALT, text=bytes(32), meta=b"\xff" * 32, told=b"agency 1\nx\n")
        logged(store, 1, leaf(1, edition=1, opening=opening), leaf(1, "held"))
        assert store.log.opening(0) == opening
        assert store.log.opening(1) is None

    def test_a_salt_is_not_told_where_an_opening_is_printed(self, store: Store) -> None:
        logged(store, 1, leaf(1, edition=1, opening=Opening(text=b"salt")))
        assert "salt" not in repr(store.log.opening(0))

    def test_what_is_destroyed_opens_nothing_and_every_entry_stays(self, store: Store) -> None:
        opening = Opening(text=SALT)
        logged(store, 1, leaf(1, edition=1, opening=opening))
        logged(store, 1, leaf(1, "updated", edition=2, opening=opening))
        logged(store, 2, leaf(2, edition=1, opening=opening))
        editions = Erasure(story=ID, at=NOON, deliveries=(), contents=(), editions=(1,))
        store.erasures.erase(editions)
        assert [store.log.opening(n) for n in range(3)] == [None, opening, opening]
        store.erasures.erase(Erasure(story=ID, at=NOON, deliveries=(), leaves=(leaf(1, "erased"),)))
        assert [store.log.opening(n) for n in range(3)] == [None, None, opening]
        assert store.log.entries(0, 9)[3:] == [b"prev 1\nerased 1\n"]

    def test_nothing_is_told_twice_by_control_entries(self, store: Store) -> None:
        assert store.log.add(control())
        assert not store.log.add(replace(control(), bytes=b"other"))
        assert store.log.add(control("tally f01 2026-03-01", opening=Opening(ids=SALT)))
        assert store.log.is_told("transform 1")
        assert not store.log.is_told("transform 2")
        assert store.log.entries(0, 9) == [b"transform 1", b"tally f01 2026-03-01"]
        assert store.log.opening(1) == Opening(ids=SALT)

    def test_a_control_entry_is_of_no_story(self, store: Store) -> None:
        store.log.add(control("published"))
        logged(store, 1, leaf(1))
        assert [one.position for one in store.log.of(f"{1:016d}")] == [1]
        assert store.log.entries(1, 1) == [b"prev -\npublished 1\n"]

    def test_an_agency_gets_one_number_and_one_entry(self, store: Store) -> None:
        def entry(number: int) -> ControlDraft:
            return control(f"feed {number}")

        assert store.log.register("harbour", entry) == 1
        assert store.log.register("seaboard", entry) == 2
        assert store.log.register("harbour", entry) == 1
        assert store.log.feeds() == {"harbour": 1, "seaboard": 2}
        assert store.log.entries(0, 9) == [b"feed 1", b"feed 2"]

    def test_a_number_whose_entry_fails_is_not_given(self, store: Store) -> None:
        def fails(number: int) -> ControlDraft:
            raise ValueError(number)

        with pytest.raises(ValueError, match="1"):
            store.log.register("harbour", fails)
        assert store.log.feeds() == {}

    def test_a_day_is_counted_from_its_first_instant_to_its_last(self, store: Store) -> None:
        since, until = DAY
        store.keep(
            [
                delivery("a", received=since),
                delivery("b", received=until - timedelta(microseconds=1)),
                delivery("c", received=until),
                delivery("d", agency="seaboard"),
            ]
        )
        logged(store, 1, leaf(1, seconds=-12 * 3600), leaf(1, "updated"), leaf(1, "updated"))
        logged(store, 1, leaf(1, "killed", seconds=12 * 3600))
        store.commit([change(story(3))])
        store.commit([change(live(2, agency="seaboard"), leaves=(leaf(2),))])
        ids = (f"{1:016d}", f"{3:016d}")
        store.commit([], [Taken(delivery="a", stories=ids), Taken(delivery="b", stories=ids[:1])])
        assert store.log.day("harbour", *DAY) == DayCount(
            deliveries=2,
            events={"published": 1, "updated": 2},
            guids=("urn:harbour:1", "urn:harbour:3"),
        )
        assert store.log.day("nobody", *DAY) == DayCount(deliveries=0, events={}, guids=())
