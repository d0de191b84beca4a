"""What every store promises of the wire: a part of the contract."""

from typing import Any

from msgspec.structs import replace

from copytaster.item import PubStatus
from copytaster.item import Target
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import Store
from copytaster.story import State
from tests.store.making import at
from tests.store.making import change
from tests.store.making import event
from tests.store.making import judged
from tests.store.making import live
from tests.store.making import message
from tests.store.making import story


def arrive(store: Store, n: int, seconds: float, content: str = "first", **facts: Any) -> None:
    """A message of the n-th story comes."""
    known = store.story(story(n).id)
    sent = message(content, received=at(seconds))
    store.commit([change(known or story(n, **facts), sent)])


def order(store: Store, **asked: Any) -> list[int]:
    return [int(one.story.id) for one in store.wire.newest(**asked)]


class WireContract:
    """Every story, by what happened to it last."""

    def test_what_happened_last_is_first(self, store: Store) -> None:
        assert store.wire.last == 0
        for n in (1, 2, 3):
            arrive(store, n, n)
        assert order(store) == [3, 2, 1]
        arrive(store, 1, 9, "second")
        assert order(store) == [1, 3, 2]
        newest = store.wire.newest(limit=1)[0]
        assert (newest.at, newest.versions) == (at(9), 2)
        assert newest.item is not None
        assert newest.item.slugline == "second"
        assert newest.number == store.wire.last

    def test_pages_go_on_where_they_ended(self, store: Store) -> None:
        for n in range(1, 6):
            arrive(store, n, n)
        first = store.wire.newest(limit=2)
        assert [int(one.story.id) for one in first] == [5, 4]
        assert order(store, before=first[-1].number, limit=2) == [3, 2]

    def test_whoever_knows_a_place_is_told_what_came_since_once(self, store: Store) -> None:
        arrive(store, 1, 1)
        arrive(store, 2, 2)
        known = store.wire.last
        assert store.wire.since(known) == []
        arrive(store, 1, 3, "second")
        arrive(store, 3, 4)
        arrive(store, 1, 5, "third")
        assert [int(one.story.id) for one in store.wire.since(known)] == [3, 1]
        assert [int(one.story.id) for one in store.wire.since(known, limit=1)] == [3]

    def test_a_verdict_or_an_event_is_something_that_happened(self, store: Store) -> None:
        arrive(store, 1, 1)
        arrive(store, 2, 2)
        known = store.story(story(1).id)
        assert known is not None
        shown = replace(known, state=State.live, face=Face.live, edition=1)
        shown = replace(shown, first_public=at(3), face_changed=at(3))
        store.commit([change(shown, judged=judged(1, State.live, 4))])
        assert order(store) == [1, 2]
        assert store.wire.newest(limit=1)[0].at == at(4)
        known = store.story(story(2).id)
        assert known is not None
        store.commit([change(known, events=(event(2, EventKind.held, at=at(5)),))])
        assert order(store) == [2, 1]
        known = store.story(story(1).id)
        assert known is not None
        store.commit([change(replace(known, look_again=at(6)))])
        assert order(store) == [2, 1], "nothing happened that anybody would see"

    def test_stories_in_some_states(self, store: Store) -> None:
        for n, state in enumerate((State.held, State.live, State.held, State.killed), start=1):
            arrive(store, n, n, state=state)
        assert order(store, states=[State.held]) == [3, 1]
        assert order(store, states=[State.held, State.killed]) == [4, 3, 1]
        assert order(store, states=[]) == []
        held = store.wire.newest(states=[State.held], limit=1)
        assert order(store, states=[State.held], before=held[0].number) == [1]
        assert store.wire.counted([State.held, State.live], most=9) == 3
        assert store.wire.counted([State.held, State.live], most=2) == 2

    def test_a_story_of_which_only_notices_came_shows_one(self, store: Store) -> None:
        notice = message("notice", target=Target(new_status=PubStatus.canceled))
        store.commit([change(story(1), notice)])
        (one,) = store.wire.newest()
        assert one.versions == 0
        assert one.item == notice.item
        arrive(store, 1, 2, "version")
        (one,) = store.wire.newest()
        assert one.versions == 1
        assert one.item is not None
        assert one.item.slugline == "version"

    def test_drills_are_not_on_the_wire(self, store: Store) -> None:
        store.commit([change(live(1, drill=True), message("drill"), events=(event(1),))])
        assert order(store) == []
        assert store.wire.last == 0
