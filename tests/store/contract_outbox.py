"""What every store promises of acknowledgements: a part of the contract."""

from typing import Any

from msgspec.structs import replace

from copytaster.store import Acknowledgement
from copytaster.store import Store
from copytaster.store import WorkKind
from copytaster.story import State
from tests.store.making import at
from tests.store.making import change
from tests.store.making import live
from tests.store.making import story
from tests.store.making import work


def withdrawn(store: Store, *numbers: int, agency: str = "harbour") -> None:
    """Stories whose withdrawal, of the second of their number, is still to be proved."""
    store.commit(
        [change(live(n, agency=agency), work=work(n, WorkKind.withdraw, n)) for n in numbers]
    )


def acknowledgement(
    n: int = 1, *, route: str = "email", due: float | None = 20, **facts: Any
) -> Acknowledgement:
    given = {
        "story": story(n).id,
        "agency": "harbour",
        "guid": f"urn:harbour:{n}",
        "state": State.killed,
        "notices": ("urn:harbour:kill",),
        "received": at(n),
        "suspended": at(n + 0.25),
        "clean": at(n + 0.5),
        "addresses": 27,
    }
    return Acknowledgement(route=route, due=None if due is None else at(due), **(given | facts))


def owe(store: Store, *owing: Acknowledgement, n: int = 1) -> None:
    store.outbox.owe(work(n, WorkKind.withdraw, n), owing)


class OutboxContract:
    """What agencies are owed."""

    def test_what_is_owed_comes_back_whole(self, store: Store) -> None:
        withdrawn(store, 1)
        both = acknowledgement(route="email"), acknowledgement(route="webhook")
        owe(store, *both)
        assert store.outbox.of(story(1).id) == list(both)
        assert store.outbox.first("harbour", "webhook") == both[1]
        assert store.outbox.ways() == [("harbour", "email"), ("harbour", "webhook")]
        assert store.outbox.of(story(2).id) == []

    def test_one_withdrawal_is_owed_once_by_each_way(self, store: Store) -> None:
        withdrawn(store, 1)
        owe(store, acknowledgement())
        owe(store, acknowledgement(clean=at(90), due=90))
        assert store.outbox.of(story(1).id) == [acknowledgement()]
        store.outbox.keep(acknowledgement(due=None, ended=at(21), sent_to="desk@harbour.example"))
        owe(store, acknowledgement())
        assert store.outbox.first("harbour", "email") is None

    def test_a_story_taken_back_twice_is_owed_twice(self, store: Store) -> None:
        withdrawn(store, 1)
        owe(store, acknowledgement(suspended=at(7)))
        owe(store, acknowledgement(suspended=at(5)))
        found = store.outbox.of(story(1).id)
        assert [one.suspended for one in found] == [at(5), at(7)]
        assert found[0].id != found[1].id

    def test_nothing_is_owed_for_work_that_was_replaced_or_is_none(self, store: Store) -> None:
        withdrawn(store, 1)
        kept = store.story(story(1).id)
        assert kept is not None
        store.commit([change(kept, work=work(1, WorkKind.withdraw, 9))])
        owe(store, acknowledgement())
        store.outbox.owe(work(1, WorkKind.publish, 9), [acknowledgement()])
        store.outbox.owe(work(2, WorkKind.withdraw, 2), [acknowledgement(2)])
        assert store.outbox.of(story(1).id) == store.outbox.of(story(2).id) == []
        assert store.outbox.ways() == []

    def test_what_is_due_first_is_told_first_and_each_way_by_itself(self, store: Store) -> None:
        withdrawn(store, 1, 2, 3)
        withdrawn(store, 4, agency="hill")
        for n, due in ((1, 30), (2, 20), (3, 20)):
            owe(
                store,
                acknowledgement(n, due=due),
                acknowledgement(n, route="webhook", due=40 - n),
                n=n,
            )
        owe(store, acknowledgement(4, due=1, agency="hill", guid="urn:harbour:4"), n=4)
        assert store.outbox.first("harbour", "email") == acknowledgement(2, due=20)
        assert store.outbox.first("harbour", "webhook") == acknowledgement(
            3, route="webhook", due=37
        )
        hill = store.outbox.first("hill", "email")
        assert hill is not None
        assert hill.story == story(4).id
        assert store.outbox.first("hill", "webhook") is None

    def test_an_attempt_in_vain_is_kept_and_comes_again_later(self, store: Store) -> None:
        withdrawn(store, 1, 2)
        owe(store, acknowledgement(1, due=20), n=1)
        owe(store, acknowledgement(2, due=25), n=2)
        later = acknowledgement(1, due=30, attempts=1, detail="no connection")
        store.outbox.keep(later)
        assert store.outbox.of(story(1).id) == [later]
        assert store.outbox.first("harbour", "email") == acknowledgement(2, due=25)

    def test_what_has_ended_stays_as_it_ended(self, store: Store) -> None:
        withdrawn(store, 1)
        owe(store, acknowledgement())
        sent = acknowledgement(due=None, attempts=1, ended=at(21), sent_to="desk@harbour.example")
        store.outbox.keep(sent)
        store.outbox.keep(acknowledgement(due=50, attempts=2, detail="no answer"))
        assert store.outbox.of(story(1).id) == [sent]
        assert store.outbox.ways() == []

    def test_what_became_of_it_changes_nothing_else_of_it(self, store: Store) -> None:
        withdrawn(store, 1)
        owe(store, acknowledgement())
        store.outbox.keep(acknowledgement(addresses=1, notices=(), clean=at(99), due=30))
        assert store.outbox.of(story(1).id) == [acknowledgement(due=30)]

    def test_the_id_is_that_of_the_withdrawal(self, store: Store) -> None:
        withdrawn(store, 1)
        owe(store, acknowledgement(), acknowledgement(route="webhook"))
        first, second = store.outbox.of(story(1).id)
        assert first.id == second.id == replace(first, attempts=7).id
        assert first.id != acknowledgement(2).id
