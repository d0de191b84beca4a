"""What every store promises of calls: a part of the contract."""

import pytest

from copytaster.store import Call
from copytaster.store import Moved
from copytaster.store import Store
from copytaster.store import Taken
from tests.store.making import change
from tests.store.making import delivery
from tests.store.making import picture_kill
from tests.store.making import story


def call(about: str = "urn:1", code: str = "notice-waits") -> Call:
    return Call(code=code, text=f"look at {about}", about=about)


def owed(store: Store) -> list[Call]:
    return [one.call for one in store.calls.owed()]


class CallContract:
    """Whom a person is to be called for."""

    def test_calls_are_owed_in_the_order_of_their_commits(self, store: Store) -> None:
        store.commit([], [], [call("b"), call("a")])
        store.commit([], [], [call("a")])
        assert owed(store) == [call("b"), call("a"), call("a")]
        assert [one.call for one in store.calls.owed(limit=1)] == [call("b")]

    def test_a_call_that_was_made_is_owed_no_more(self, store: Store) -> None:
        store.commit([], [], [call("a"), call("b")])
        first = store.calls.owed(limit=1)
        store.calls.made(first)
        store.calls.made(first)
        assert owed(store) == [call("b")]
        store.calls.made(store.calls.owed())
        store.commit([], [], [call("c")])
        store.calls.made(first)
        assert owed(store) == [call("c")], "its number is not that of another one"

    def test_a_commit_that_keeps_nothing_owes_no_call(self, store: Store) -> None:
        store.commit([change(story(1))])
        with pytest.raises(Moved):
            store.commit([change(story(1))], [], [call()])
        with pytest.raises(ValueError, match="no delivery"):
            store.commit([], [Taken(delivery="unknown")], [call()])
        assert owed(store) == []

    def test_a_call_is_owed_with_the_pictures_that_are_taken_down(self, store: Store) -> None:
        store.pictures.strike([picture_kill()], [], [call("k1", "picture-kill-waits")])
        assert owed(store) == [call("k1", "picture-kill-waits")]

    def test_a_call_is_owed_with_the_delivery_it_tells_of(self, store: Store) -> None:
        store.keep([delivery("a")])
        store.commit([], [Taken(delivery="a", error="not XML")], [call("a", "dead-letter")])
        assert owed(store) == [call("a", "dead-letter")]
        assert store.waiting(9) == []
