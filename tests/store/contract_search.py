"""What any store must keep of readers' search."""

from typing import Any

import pytest
from msgspec.structs import replace

from copytaster.store import Edition
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import Filing
from copytaster.store import Listed
from copytaster.store import SearchQuery
from copytaster.store import Store
from copytaster.store import StoryChange
from copytaster.story import State
from tests.store.making import at
from tests.store.making import change
from tests.store.making import edition
from tests.store.making import event
from tests.store.making import publishing
from tests.store.making import story

FERRY = "The ferry to Vester left the north quay at seven on Monday."


def filing(n: int = 1, text: str = FERRY, **facts: Any) -> Filing:
    given = {"entry": f"entry {n}/1".encode(), "headline": "Ferry runs again", "byline": "Ada Quay"}
    return Filing(story=story(n).id, text=text, **(given | facts))


def filed(n: int = 1, text: str = FERRY, **facts: Any) -> StoryChange:
    """The n-th story goes live, to be found by this text."""
    return replace(publishing(n, **facts), filing=filing(n, text))


def taken_down(store: Store, n: int, face: Face = Face.gone) -> StoryChange:
    read = store.story(story(n).id)
    assert read is not None
    state = State.killed if face is Face.gone else State.held
    down = replace(read, face=face, state=state, face_changed=at(100))
    return change(down, events=(event(n, EventKind.killed),))


def numbers(listed: list[Listed]) -> list[int]:
    return [one.story.number for one in listed]


def found(store: Store, *phrases: str, **facts: Any) -> list[int]:
    return numbers(store.search(SearchQuery(phrases=phrases, **facts)))


class SearchContract:
    def test_a_live_story_is_found_by_its_words(self, store: Store) -> None:
        store.commit([filed(1), filed(2, "Rain.")])
        assert found(store, "ferry to vester") == found(store, "quay", "Monday") == [1]
        assert found(store, "ada quay") == found(store, "runs again") == [2, 1]
        (listed,) = store.search(SearchQuery(phrases=("vester",)))
        assert listed.entry == b"entry 1/1"

    def test_a_phrase_reaches_from_no_field_into_another(self, store: Store) -> None:
        store.commit([filed(1)])
        assert found(store, "again Ada") == found(store, "Quay The ferry") == []
        assert found(store, "again", "Ada", "The ferry") == [1]

    @pytest.mark.parametrize(
        ("text", "phrase"),
        [
            ("Groß-Gerau öffnet die Straße", "GROSS GERAU"),
            ("Æther über São Tomé", "aether uber sao tome"),
            ("मुंबई में हिन्दी दिवस", "हिन्दी"),
            ("وزیرِ اعظم نے کہا", "وزیر اعظم"),
            ("東京都の雨", "京都"),
            ("a think\u00adtank’s view", "thinktank s"),
            ("ﬁnal score 3\N{EN DASH}1", "final score 3 1"),
            ("\N{MATHEMATICAL BOLD CAPITAL N}ews", "news"),
        ],
    )
    def test_words_are_compared_folded(self, text: str, phrase: str, store: Store) -> None:
        store.commit([filed(1, text)])
        assert found(store, phrase) == [1]

    def test_a_part_of_a_word_is_not_the_word(self, store: Store) -> None:
        store.commit([filed(1, "हिन्दी दिवस, ferryman")])
        assert found(store, "हिन") == found(store, "ferr") == found(store, "ferry man") == []

    def test_what_is_withdrawn_is_found_by_nothing_in_the_same_transaction(
        self, store: Store
    ) -> None:
        store.commit([filed(1), filed(2)])
        store.commit([taken_down(store, 1)])
        assert found(store, "ferry") == [2]
        assert store.count_found(SearchQuery(phrases=("ferry",)), 10) == 1
        store.commit([taken_down(store, 2, Face.hold)])
        assert found(store, "ferry") == found(store, "vester") == []

    def test_what_comes_back_is_found_again_in_its_place(self, store: Store) -> None:
        store.commit([filed(1), filed(2), filed(3)])
        store.commit([taken_down(store, 2, Face.hold)])
        held = store.story(story(2).id)
        assert held is not None
        back = replace(held, face=Face.live, state=State.live, face_changed=at(200))
        store.commit([replace(change(back), filing=filing(2, entry=b"as pressed today"))])
        assert found(store, "ferry") == [3, 2, 1]
        assert store.search(SearchQuery(phrases=("ferry",)))[1].entry == b"as pressed today"

    def test_a_new_edition_is_found_by_its_own_words_only(self, store: Store) -> None:
        store.commit([filed(1)])
        read = store.story(story(1).id)
        assert read is not None
        second: Edition = edition(1, 2, "second")
        newer = replace(read, edition=2, face_changed=at(9))
        amended = change(newer, edition=second, events=(event(1, EventKind.updated),))
        store.commit([replace(amended, filing=filing(1, "The tram is back.", entry=second.entry))])
        assert found(store, "tram is back") == [1]
        assert found(store, "vester") == []

    def test_a_change_without_a_filing_leaves_what_is_found(self, store: Store) -> None:
        store.commit([filed(1)])
        read = store.story(story(1).id)
        assert read is not None
        store.commit([change(replace(read, look_again=at(5)))])
        assert found(store, "ferry") == [1]

    def test_a_drill_and_what_was_never_live_are_not_found(self, store: Store) -> None:
        held = replace(change(story(2)), filing=filing(2))
        store.commit([filed(1, drill=True), held])
        assert found(store, "ferry") == []

    def test_without_takes_away_and_nothing_finds_nothing(self, store: Store) -> None:
        store.commit([filed(1), filed(2, "The ferry sank.")])
        assert found(store, "ferry", without=("sank",)) == [1]
        assert found(store, "ferry", without=("sank", "north quay")) == []
        assert found(store, "ferry", without=("...",)) == [2, 1]
        for phrases in ((), ("",), ("…",)):
            assert found(store, *phrases, without=("ferry",)) == []
            assert store.count_found(SearchQuery(phrases=phrases), 5) == 0

    def test_what_reads_like_the_engines_grammar_is_words(self, store: Store) -> None:
        store.commit([filed(1), filed(2, "This AND that OR NOT a NEAR miss")])
        for phrase in ('"', "body:ferry", "fer*", "^ferry", "ferry) OR (x", "'; --", "{", "\x00"):
            store.search(SearchQuery(phrases=(phrase, "AND"), without=(phrase,)))
        assert found(store, "AND", "NOT", "NEAR") == [2]
        assert found(store, "s" + b"section/sport".hex()) == []

    def test_filters_narrow(self, store: Store) -> None:
        store.commit(
            [
                filed(1, shelves=("section/sport", "topic/20000002"), language="de-AT"),
                filed(2, agency="hill", shelves=("section/sport",), language="en"),
                filed(3, agency="hi", shelves=("section/sportive",)),
            ]
        )
        assert found(store, "ferry", agency="hill") == [2]
        assert found(store, "ferry", agency="hi") == [3]
        assert found(store, "ferry", shelf="section/sport") == [2, 1]
        assert found(store, "ferry", shelf="section/sport", agency="harbour") == [1]
        assert found(store, "ferry", shelf="topic/20000002", language="de") == [1]
        assert found(store, "ferry", language="d") == found(store, "ferry", agency="nobody") == []

    def test_days_narrow_from_one_instant_to_before_another(self, store: Store) -> None:
        store.commit([filed(n) for n in range(1, 6)])
        assert found(store, "ferry", since=at(2), until=at(4)) == [3, 2]
        query = SearchQuery(phrases=("ferry",), since=at(2), until=at(4))
        assert store.count_found(query, 10) == 2

    @pytest.mark.parametrize("apart", [1, 0], ids=["each at its instant", "all at one"])
    def test_pages_leave_nothing_out(self, apart: int, store: Store) -> None:
        store.commit([filed(n, seconds=n * apart) for n in range(1, 12)])
        query = SearchQuery(phrases=("ferry",), limit=4)
        seen: list[int] = []
        while page := store.search(query):
            seen += numbers(page)
            last = page[-1].story
            assert last.first_public is not None
            query = replace(query, before=(last.first_public, last.number))
        assert seen == list(range(11, 0, -1))

    def test_a_page_can_begin_at_any_story(self, store: Store) -> None:
        store.commit([filed(n, seconds=n // 3) for n in range(1, 9)])
        for n in range(1, 9):
            assert found(store, "ferry", before=(at(n // 3), n + 1), limit=1) == [n]
        assert found(store, "ferry", before=(at(-1), 3)) == []
        assert found(store, "ferry", before=(at(99), 10**12), limit=1) == [8]

    def test_more_stories_of_one_instant_than_it_has_places(self, store: Store) -> None:
        store.commit([filed(n, "x", seconds=0) for n in range(1, 1028)])
        assert found(store, "x", limit=3) == [1027, 1026, 1025]
        store.commit([filed(2000, "x", seconds=1)])
        assert store.count_found(SearchQuery(phrases=("x",)), 5000) == 1028

    def test_the_count_goes_no_further_than_it_is_asked(self, store: Store) -> None:
        store.commit([filed(n) for n in range(1, 8)])
        query = SearchQuery(phrases=("ferry",), limit=2, before=(at(3), 3))
        assert store.count_found(query, 5) == 5
        assert store.count_found(query, 50) == 7

    def test_a_filing_of_another_story_is_refused(self, store: Store) -> None:
        with pytest.raises(ValueError, match=story(1).id):
            store.commit([replace(publishing(1), filing=filing(2))])

    # --- what words stories share --------------------------------------------------------------

    def test_how_many_live_stories_say_a_word_is_known(self, store: Store) -> None:
        store.commit([filed(1), filed(2, "The quay is dry."), filed(3, "東京に雨が降る")])
        store.commit([taken_down(store, 2)])
        asked = ["vester", "ferry", "quay", "snow", "東 京", "東 雪", "ferry snow"]
        assert store.spoken(asked) == dict(zip(asked, (1, 2, 2, 0, 1, 0, 0), strict=True))
        assert store.spoken([]) == {}

    def test_stories_that_say_any_of_some_words_are_handed_out_as_they_are_compared(
        self, store: Store
    ) -> None:
        store.commit([filed(1), filed(2, "Snow on the quay."), filed(3, "Rain."), filed(4, "東京")])
        asked = ("vester", "snow on", "quay snow", "東 京")
        said = store.saying(asked, at(0), at(9), besides=story(1).id)
        assert [(int(one.story), one.text.split()) for one in said] == [
            (4, ["東", "京"]),
            (2, ["snow", "on", "the", "quay"]),
        ]
        assert said[0].headline.split() == ["ferry", "runs", "again"]
        assert [int(one.story) for one in store.saying(asked, at(1), at(2), besides="")] == [1]
        assert [int(o.story) for o in store.saying(asked, at(0), at(9), besides="", limit=1)] == [4]
        assert store.saying((), at(0), at(9), besides="") == []

    def test_what_was_taken_back_is_handed_out_no_more(self, store: Store) -> None:
        store.commit([filed(1)])
        store.commit([taken_down(store, 1)])
        assert store.saying(["vester"], at(0), at(9), besides="") == []
