"""What every store promises of twins: a part of the contract."""

from typing import Any

import pytest
from msgspec.structs import replace

from copytaster.store import Erasure
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import PressWork
from copytaster.store import Store
from copytaster.store import Story
from copytaster.store import Twin
from copytaster.store import WorkKind
from copytaster.story import State
from tests.store.making import NOON
from tests.store.making import at
from tests.store.making import change
from tests.store.making import event
from tests.store.making import message
from tests.store.making import publishing
from tests.store.making import story


def twin(one: int, other: int, **facts: Any) -> Twin:
    given = {"in_other": 1.0, "of_other": 0.5, "is_top": True, "scheme": "w5"}
    return Twin(story=story(one).id, other=story(other).id, **(given | facts))


def kept(store: Store, n: int) -> Story:
    found = store.story(story(n).id)
    assert found is not None
    return found


def tell(store: Store, n: int, *others: int, **facts: Any) -> None:
    """Story n is a twin of these from now on, and of no other."""
    twins = tuple(twin(n, other, **facts) for other in others)
    store.commit([change(kept(store, n), twins=twins)])


def filled(store: Store) -> None:
    """Five live stories; 2 is a twin of 1, and 3 of 2."""
    store.commit([publishing(n) for n in range(1, 6)])
    tell(store, 2, 1)
    tell(store, 3, 2)
    store.work_done(store.work(at(99), 99))


def take(store: Store, n: int, face: Face = Face.gone) -> None:
    state = State.killed if face is Face.gone else State.live
    record = replace(kept(store, n), state=state, face=face, face_changed=at(50))
    kind = EventKind.killed if face is Face.gone else EventKind.released
    store.commit([change(record, events=(event(n, kind),))])


def of(store: Store, n: int) -> list[int]:
    return [int(one.other) for one in store.twins.of(story(n).id)]


def seen(store: Store, n: int) -> list[int]:
    return [int(one.story.id) for one in store.twins.live(story(n).id)]


def families(store: Store, *stories: int) -> list[list[int]]:
    found = store.twins.families([story(n).id for n in stories])
    return [[int(one.story.id) for one in family] for family in found]


class TwinsContract:
    """Stories whose texts are versions of one."""

    def test_a_pair_is_known_from_both_sides(self, store: Store) -> None:
        filled(store)
        tell(store, 5, 4, link="replacement")
        there = Twin(
            story=story(5).id,
            other=story(4).id,
            in_other=1.0,
            of_other=0.5,
            is_top=True,
            link="replacement",
            scheme="w5",
        )
        back = replace(there, story=there.other, other=there.story, in_other=0.5, of_other=1.0)
        assert store.twins.of(story(5).id) == [there]
        assert store.twins.of(story(4).id) == [back]
        assert of(store, 2) == [1, 3]

    def test_what_is_said_anew_takes_the_place_of_all_that_was(self, store: Store) -> None:
        filled(store)
        tell(store, 2, 4, is_top=False)
        assert (of(store, 1), of(store, 2), of(store, 3)) == ([], [4], [])
        tell(store, 4, 2)
        assert [one.is_top for one in store.twins.of(story(2).id)] == [True], "kept once"
        store.commit([change(kept(store, 2))])
        assert of(store, 2) == [4], "nothing said: as it was"
        tell(store, 2)
        assert of(store, 4) == []

    def test_readers_are_led_to_live_stories_alone(self, store: Store) -> None:
        filled(store)
        assert seen(store, 2) == [1, 3]
        assert [one.entry for one in store.twins.live(story(2).id)] == [b"entry 1/1", b"entry 3/1"]
        take(store, 3)
        assert seen(store, 2) == [1]
        assert of(store, 2) == [1, 3], "the desk still knows"
        take(store, 3, Face.live)
        assert seen(store, 2) == [1, 3]

    def test_families_are_what_is_connected_the_newest_first(self, store: Store) -> None:
        filled(store)
        tell(store, 5, 4)
        assert families(store, 1) == families(store, 2, 3) == [[3, 2, 1]]
        assert families(store, 4, 1) == [[5, 4], [3, 2, 1]]
        assert families(store) == families(store, 9) == []

    def test_what_is_gone_connects_nothing(self, store: Store) -> None:
        filled(store)
        take(store, 2)
        assert families(store, 1, 2, 3) == []
        take(store, 2, Face.live)
        assert families(store, 1) == [[3, 2, 1]]

    def test_nothing_is_a_twin_of_itself_of_a_drill_or_of_nothing(self, store: Store) -> None:
        filled(store)
        store.commit([publishing(7, drill=True)])
        tell(store, 4, 4, 7, 9)
        tell(store, 7, 4, 5)
        assert of(store, 4) == of(store, 7) == of(store, 5) == []

    def test_two_may_come_together(self, store: Store) -> None:
        one, other = publishing(1), publishing(2)
        store.commit([replace(one, twins=(twin(1, 2),)), other])
        assert of(store, 2) == [1]

    def test_it_says_nothing_of_another_story(self, store: Store) -> None:
        filled(store)
        with pytest.raises(ValueError, match=story(2).id):
            store.commit([change(kept(store, 2), twins=(twin(3, 1),))])

    def test_the_pages_of_live_twins_are_owed(self, store: Store) -> None:
        filled(store)
        page = PressWork(story=story(1).id, kind=WorkKind.publish, since=at(2))
        tell(store, 2, 1, 3)
        assert [one for one in store.work(at(99), 9) if one.story == page.story] == [page]
        store.work_done(store.work(at(99), 9))
        take(store, 2)
        owed = [(int(one.story), one.kind, one.since) for one in store.work(at(99), 9)]
        assert owed == [(1, WorkKind.publish, at(50)), (3, WorkKind.publish, at(50))]

    def test_a_page_that_is_owed_more_is_owed_that(self, store: Store) -> None:
        filled(store)
        more = PressWork(story=story(1).id, kind=WorkKind.withdraw, since=NOON)
        store.commit([change(kept(store, 1), work=more)])
        tell(store, 2, 1)
        assert [one for one in store.work(at(99), 9) if one.story == more.story] == [more]

    def test_lists_are_made_anew(self, store: Store) -> None:
        filled(store)
        before = store.sequence
        tell(store, 5, 4)
        assert store.sequence > before
        assert store.amended > before
        store.commit([change(kept(store, 5))])
        assert store.sequence == before + 1

    def test_who_is_erased_is_nobody_s_twin(self, store: Store) -> None:
        filled(store)
        take(store, 2)
        store.commit([change(kept(store, 2), message("first"))])
        store.erasures.erase(Erasure(story=story(2).id, at=at(60), deliveries=()))
        assert of(store, 1) == of(store, 2) == of(store, 3) == []
