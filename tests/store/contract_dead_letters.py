"""What every store promises of deliveries that could not be read: a part of the contract."""

from datetime import timedelta

from copytaster.store import Came
from copytaster.store import DeadLetter
from copytaster.store import Dismissal
from copytaster.store import Fate
from copytaster.store import FateState
from copytaster.store import Store
from copytaster.store import Taken
from tests.store.making import NOON
from tests.store.making import at
from tests.store.making import delivery

MINUTE = timedelta(minutes=1)
READ = Dismissal(at=at(9), by="ada", why="a test of theirs")


class CameContract:
    """What a source has brought, hour by hour."""

    def test_a_source_that_brought_nothing(self, store: Store) -> None:
        store.keep([delivery("a", source="other")])
        assert store.came("wire", NOON) == Came(first=None, last=None, hours={})

    def test_each_hour_counts_what_came_in_it(self, store: Store) -> None:
        instants = [NOON, NOON + 59 * MINUTE, NOON + 60 * MINUTE, NOON + 200 * MINUTE]
        store.keep([delivery(f"d{n}", received=at) for n, at in enumerate(instants)])
        store.keep([delivery("other", source="other", received=NOON + 300 * MINUTE)])
        came = store.came("wire", NOON + MINUTE)
        assert (came.first, came.last) == (NOON, NOON + 200 * MINUTE)
        assert came.hours == {
            NOON: 1,
            NOON + 60 * MINUTE: 1,
            NOON + 180 * MINUTE: 1,
        }


class DeadLetterContract:
    """Dead letters: kept with their reason until they are read, or a person dismisses them."""

    def test_a_failed_delivery_is_a_dead_letter_with_its_reason(self, store: Store) -> None:
        store.keep([delivery("a", received=at(1)), delivery("b"), delivery("c")])
        for id in ("a", "c"):
            store.commit([], [Taken(delivery=id, error=f"{id}: not XML")])
        assert store.dead_letters() == [
            DeadLetter(
                delivery="c",
                source="wire",
                agency="harbour",
                received=NOON,
                error="c: not XML",
                attempts=1,
            ),
            DeadLetter(
                delivery="a",
                source="wire",
                agency="harbour",
                received=at(1),
                error="a: not XML",
                attempts=1,
            ),
        ]
        assert len(store.dead_letters(limit=1)) == 1
        fate = store.fate("a")
        assert fate is not None
        assert (fate.state, fate.error) == (FateState.dead, "a: not XML")

    def test_a_dead_letter_is_read_again_when_it_is_retried(self, store: Store) -> None:
        store.keep([delivery("a")])
        store.commit([], [Taken(delivery="a", error="not XML")])
        assert store.retry("a")
        assert store.dead_letters() == []
        assert [one.id for one in store.waiting(10)] == ["a"]
        assert store.fate("a") == Fate(id="a", state=FateState.waiting, received=NOON, attempts=1)
        store.commit([], [Taken(delivery="a", error="still not XML")])
        assert [letter.attempts for letter in store.dead_letters()] == [2]

    def test_only_a_dead_letter_can_be_retried(self, store: Store) -> None:
        store.keep([delivery("a"), delivery("b")])
        store.commit([], [Taken(delivery="b")])
        assert not store.retry("a")
        assert not store.retry("b")
        assert not store.retry("unknown")

    def test_the_sources_of_dead_letters_are_known(self, store: Store) -> None:
        store.keep([delivery("a", source="b"), delivery("b"), delivery("c"), delivery("d")])
        store.commit([], [Taken(delivery=id, error="not XML") for id in "abc"])
        assert store.dead_sources() == ["b", "wire"]
        store.retry("a")
        assert store.dead_sources() == ["wire"]

    def test_a_dismissed_letter_is_none_any_more_and_nothing_of_it_is_lost(
        self, store: Store
    ) -> None:
        store.keep([delivery("a")])
        store.commit([], [Taken(delivery="a", error="not XML")])
        assert store.dismiss("a", READ)
        assert store.dead_letters() == []
        assert store.dead_sources() == []
        assert store.counts()["dead"] == 0
        fate = store.fate("a")
        assert fate is not None
        assert (fate.state, fate.error, fate.dismissed) == (FateState.taken, "not XML", READ)
        assert store.delivery("a") == delivery("a")
        assert not store.dismiss("a", READ)

    def test_a_dismissed_letter_can_be_read_again(self, store: Store) -> None:
        store.keep([delivery("a")])
        store.commit([], [Taken(delivery="a", error="not XML")])
        store.dismiss("a", READ)
        assert store.retry("a")
        fate = store.fate("a")
        assert fate is not None
        assert (fate.state, fate.error, fate.dismissed) == (FateState.waiting, None, None)
        assert store.waiting(9) == [delivery("a")]

    def test_only_a_dead_letter_can_be_dismissed(self, store: Store) -> None:
        store.keep([delivery("a"), delivery("b")])
        store.commit([], [Taken(delivery="b")])
        assert not store.dismiss("a", READ)
        assert not store.dismiss("b", READ)
        assert not store.dismiss("unknown", READ)
