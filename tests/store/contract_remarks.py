"""What every store promises of what editors say to each other: a part of the contract."""

from typing import Any

from copytaster.store import Margin
from copytaster.store import Remark
from copytaster.store import RemarkKind
from copytaster.store import Store
from copytaster.story import State
from tests.store.contract_wire import arrive
from tests.store.making import at
from tests.store.making import story


def remark(n: int, seconds: float = 1, **facts: Any) -> Remark:
    given: dict[str, Any] = {"by": "ada", "kind": RemarkKind.note, "words": "Ask the mill."}
    return Remark(story=story(n).id, at=at(seconds), **(given | facts))


def given(n: int, person: str | None) -> Remark:
    return remark(n, kind=RemarkKind.given, words="", person=person)


class RemarksContract:
    """Notes, whose a story is, and what was asked."""

    def test_what_was_said_comes_back_the_newest_first(self, store: Store) -> None:
        arrive(store, 1, 1)
        said = [
            remark(1, 1, words="Zeile\nनाम"),
            given(1, "bo"),
            remark(1, 3, kind=RemarkKind.asked, content_hash="c0"),
        ]
        for one in said:
            store.remarks.keep(one)
        assert store.remarks.of(story(1).id) == said[::-1]
        assert store.remarks.of(story(1).id, limit=1) == said[2:]
        assert store.remarks.of(story(2).id) == []

    def test_of_no_story_nothing_is_kept(self, store: Store) -> None:
        store.remarks.keep(remark(1))
        store.remarks.keep(given(1, "bo"))
        arrive(store, 1, 1)
        assert store.remarks.of(story(1).id) == []
        assert store.remarks.margins([story(1).id]) == {}

    def test_a_list_has_whose_a_story_is_and_how_many_notes_it_has(self, store: Store) -> None:
        for n in (1, 2, 3, 4):
            arrive(store, n, n)
        for one in (remark(1), remark(1, 2), given(1, "bo"), given(2, "ada"), given(2, "bo")):
            store.remarks.keep(one)
        for one in (given(3, "bo"), given(3, None), remark(4, kind=RemarkKind.asked)):
            store.remarks.keep(one)
        ids = [story(n).id for n in (1, 2, 3, 4, 9)]
        assert store.remarks.margins(ids) == {
            ids[0]: Margin(person="bo", notes=2),
            ids[1]: Margin(person="bo"),
            ids[2]: Margin(),
            ids[3]: Margin(asked_by="ada"),
        }

    def test_somebody_finds_what_is_theirs(self, store: Store) -> None:
        states = (State.held, State.live, State.held, State.withheld)
        for n, state in enumerate(states, start=1):
            arrive(store, n, n, state=state)
            store.remarks.keep(given(n, "bo"))
        store.remarks.keep(given(3, "ada"))
        waits = [State.held, State.withheld]

        def found(person: str, **asked: Any) -> list[int]:
            return [int(one.story.id) for one in store.wire.seen_to_by(person, waits, **asked)]

        assert found("bo") == [4, 1]
        assert found("bo", limit=1) == [4]
        assert found("bo", before=store.wire.newest(limit=1)[0].number) == [1]
        assert found("ada") == [3]
        assert found("eve") == []
        assert store.wire.counted_of("bo", waits, most=9) == 2
        assert store.wire.counted_of("bo", waits, most=1) == 1

    def test_stories_by_their_ids_are_those_of_the_wire(self, store: Store) -> None:
        for n in (1, 2, 3):
            arrive(store, n, n)
        asked = [story(n).id for n in (1, 3, 7)]
        among = store.wire.among(asked)
        assert among == [one for one in store.wire.newest() if one.story.id in asked]
        assert len(among) == 2
