"""What every store promises of the window: a part of the contract."""

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from copytaster.item import PubStatus
from copytaster.item import Target
from copytaster.store import Alike
from copytaster.store import Erasure
from copytaster.store import Face
from copytaster.store import Shingled
from copytaster.store import Store
from copytaster.story import State
from tests.store.making import NOON
from tests.store.making import at
from tests.store.making import change
from tests.store.making import digest
from tests.store.making import edition
from tests.store.making import live
from tests.store.making import message
from tests.store.making import story

WEEK = timedelta(days=7)
ALL = frozenset({0, 1, 7, 1 << 31, (1 << 32) - 1})


def shingled(n: int = 1, content: str = "first", seconds: float = 0, **facts: Any) -> Shingled:
    given = {"scheme": "w5", "shingles": ALL}
    return Shingled(
        story=f"{n:016d}", content_hash=digest(content.encode()), at=at(seconds), **(given | facts)
    )


def filled(store: Store, *texts: Shingled) -> None:
    """Three live stories, each with a version that begins as the others do."""
    versions = [message("first"), message("second")]
    store.commit([change(live(n), *versions) for n in (1, 2, 3)])
    store.window.keep(texts or [shingled(n, seconds=n) for n in (1, 2, 3)])


def found(store: Store, shingles: frozenset[int] = ALL, **asked: Any) -> list[str]:
    alike = store.window.alike("w5", shingles, **({"at_least": 1} | asked))
    return [one.story.lstrip("0") for one in alike]


class WindowContract:
    """The texts of the last days, by what they have in common."""

    def test_texts_are_found_by_what_they_share(self, store: Store) -> None:
        some = shingled(2, shingles=frozenset({7, 1 << 31, 99}))
        filled(
            store, shingled(1, seconds=5), some, shingled(3, seconds=3, shingles=frozenset({99}))
        )
        assert store.window.alike("w5", ALL, at_least=1) == [
            Alike(story=f"{1:016d}", content_hash=digest(b"first"), at=at(5), shared=5, of=5),
            Alike(story=f"{2:016d}", content_hash=digest(b"first"), at=at(0), shared=2, of=3),
        ]
        assert found(store, at_least=3) == ["1"]
        assert found(store, frozenset({99, 1})) == ["1", "3", "2"], "the last that came first"
        assert found(store, limit=1) == ["1"]
        assert found(store, frozenset({3})) == found(store, frozenset()) == []

    def test_each_version_is_kept_once(self, store: Store) -> None:
        filled(store)
        other = shingled(1, "second", shingles=frozenset({7}))
        store.window.keep([other, other, shingled(1, shingles=frozenset({55}))])
        store.window.keep([])
        assert found(store, frozenset({55})) == []
        assert found(store, frozenset({7})) == ["3", "2", "1", "1"]

    def test_another_scheme_finds_nothing_and_takes_the_place_of_the_old(
        self, store: Store
    ) -> None:
        filled(store)
        assert store.window.alike("w6", ALL, at_least=1) == []
        store.window.keep([shingled(2, scheme="w6", shingles=frozenset({7}))])
        assert [one.shared for one in store.window.alike("w6", ALL, at_least=1)] == [1]
        assert found(store) == ["3", "1"]

    def test_only_a_version_that_is_kept_is_found(self, store: Store) -> None:
        filled(store, shingled(7), shingled(1, "unknown"))
        notice = message("notice", target=Target(new_status=PubStatus.canceled))
        store.commit([change(live(4, drill=True), message("drill")), change(live(5), notice)])
        store.window.keep([shingled(4, "drill"), shingled(5, "notice")])
        assert found(store) == []

    def test_readers_are_led_to_no_story_that_is_not_live(self, store: Store) -> None:
        filled(store)
        store.commit([change(story(4), message("first"))])
        store.window.keep([shingled(4)])
        kept = store.story(f"{2:016d}")
        assert kept is not None
        store.commit([change(replace(kept, state=State.killed, face=Face.gone))])
        assert found(store, live=True) == ["3", "1"]
        assert found(store) == ["3", "2", "1", "4"], "the desk looks for copies of what was killed"

    def test_what_is_old_is_let_go_of_the_oldest_first(self, store: Store) -> None:
        filled(store)
        assert store.window.forget(at(1)) == 0
        assert store.window.forget(at(2.5), limit=1) == 1
        assert found(store) == ["3", "2"]
        assert store.window.forget(at(2.5), limit=1) == 1
        assert store.window.forget(at(2.5), limit=1) == 0
        assert found(store) == ["3"]

    def test_no_more_are_kept_than_the_newest(self, store: Store) -> None:
        filled(store)
        assert store.window.forget(NOON, most=3) == 0
        assert store.window.forget(NOON, most=2) == 1
        assert found(store) == ["3", "2"]
        assert store.window.forget(NOON, most=0) == 2
        assert found(store) == []

    def test_what_is_not_in_the_window_is_known(self, store: Store) -> None:
        editions = [edition(n) for n in (1, 2, 3)]
        changes = [change(live(n), message("first"), edition=editions[n - 1]) for n in (1, 2, 3)]
        store.commit([*changes, change(story(4), message("first"))])

        def missing(since: float = 0, **asked: Any) -> list[int]:
            found = store.window.missing("w5", at(since), **asked)
            return [story.number for story in found]

        assert missing() == [3, 2, 1]
        assert missing(limit=2) == missing(since=2) == [3, 2]
        assert missing(before=(at(3), 3)) == [2, 1]
        store.window.keep([shingled(2)])
        assert missing() == [3, 1]
        store.window.keep([shingled(3, scheme="w6")])
        assert missing() == [3, 1], "what another scheme made is not there"

    def test_what_was_let_go_of_can_come_again(self, store: Store) -> None:
        filled(store)
        store.window.forget(NOON + WEEK)
        store.window.keep([shingled(1)])
        assert found(store) == ["1"]

    def test_erasing_a_story_destroys_its_shingles_for_good(self, store: Store) -> None:
        filled(store)
        store.window.keep([shingled(1, "second"), shingled(2, "second")])
        store.erasures.erase(Erasure(story=f"{1:016d}", at=at(60), deliveries=()))
        assert found(store) == ["3", "2", "2"]
        store.window.keep([shingled(1), shingled(1, "second")])
        assert found(store) == ["3", "2", "2"], "what was on its way comes too late"

    def test_erasing_one_edition_leaves_the_others_shingles(self, store: Store) -> None:
        filled(store)
        store.window.keep([shingled(1, "second", shingles=frozenset({77}))])
        gone = (digest(b"second"),)
        store.erasures.erase(
            Erasure(story=f"{1:016d}", at=at(60), deliveries=(), editions=(1,), contents=gone)
        )
        assert found(store, frozenset({77})) == []
        assert found(store) == ["3", "2", "1"]
