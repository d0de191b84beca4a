"""What every store promises of chains of stories, and of looking again at an agency's copy."""

from datetime import timedelta

from msgspec.structs import replace

from copytaster.store import Link
from copytaster.store import Store
from copytaster.store import WorkKind
from copytaster.story import State
from tests.store.making import at
from tests.store.making import change
from tests.store.making import live
from tests.store.making import publishing
from tests.store.making import story
from tests.store.making import work


def linked(store: Store, n: int, seconds: float, **facts: object) -> None:
    """The n-th story joins the chain of the quay, its first version so many seconds after noon."""
    kept = story(n, **({"look_again": at(10_000)} | facts))
    link = Link(story=kept.id, chain="quay", began=at(seconds))
    store.commit([change(kept, links=(link,))])


class ChainContract:
    """Tests of a store; ``store`` is the fixture of the class below."""

    def test_a_chain_tells_its_stories_by_their_beginnings(self, store: Store) -> None:
        linked(store, 1, 20)
        linked(store, 2, 10)
        assert [(link.story, link.began) for link in store.chain("harbour", "quay")] == [
            (story(2).id, at(10)),
            (story(1).id, at(20)),
        ]
        assert store.chain("harbour", "other") == store.chain("elsewhere", "quay") == []

    def test_a_link_tells_when_its_story_was_first_public(self, store: Store) -> None:
        there = live(1, 30)
        store.commit([change(there, links=(Link(story=there.id, chain="quay", began=at(1)),))])
        assert [link.first_public for link in store.chain("harbour", "quay")] == [at(30)]

    def test_a_beginning_only_ever_becomes_earlier(self, store: Store) -> None:
        linked(store, 1, 20)
        for seconds in (30, 10, 15):
            kept = store.story(story(1).id)
            link = Link(story=kept.id, chain="quay", began=at(seconds))
            store.commit([change(kept, links=(link,))])
        assert [link.began for link in store.chain("harbour", "quay")] == [at(10)]

    def test_a_story_alone_in_its_chain_wakes_nobody(self, store: Store) -> None:
        linked(store, 1, 20)
        assert store.due(at(0)) == []

    def test_a_chain_that_grows_wakes_all_its_stories(self, store: Store) -> None:
        linked(store, 1, 20)
        linked(store, 2, 10)
        assert store.due(at(0)) == [story(1).id, story(2).id]

    def test_stories_that_join_in_one_commit_wake_each_other(self, store: Store) -> None:
        both = [replace(story(n), look_again=at(10_000)) for n in (1, 2)]
        changes = [
            change(one, links=(Link(story=one.id, chain="quay", began=at(n)),))
            for n, one in enumerate(both)
        ]
        store.commit(changes)
        assert store.due(at(0)) == [one.id for one in both]

    def test_a_story_that_waits_for_nothing_is_not_woken(self, store: Store) -> None:
        linked(store, 1, 20, look_again=None)
        linked(store, 2, 10)
        assert store.due(at(0)) == [story(2).id]

    def test_a_woken_agency_is_due_and_owes_its_pages(self, store: Store) -> None:
        store.commit([publishing(1), change(story(2)), change(story(3, state=State.killed))])
        store.commit([change(story(4, agency="elsewhere", guid="urn:4"))])
        store.wake("harbour", at(50))
        assert store.due(at(50)) == [story(1).id, story(2).id]
        assert store.due(at(50) - timedelta.resolution) == []
        assert store.work(at(50), 10) == [work(1, WorkKind.publish, 50)]

    def test_waking_replaces_no_work_that_is_owed(self, store: Store) -> None:
        owed = work(1, WorkKind.withdraw, 5)
        store.commit([replace(publishing(1), work=owed)])
        store.wake("harbour", at(50))
        assert store.work(at(50), 10) == [owed]

    def test_every_agency_with_a_story_is_told(self, store: Store) -> None:
        assert store.kept_agencies() == []
        store.commit([change(story(1)), change(story(2, agency="elsewhere"))])
        assert store.kept_agencies() == ["elsewhere", "harbour"]
