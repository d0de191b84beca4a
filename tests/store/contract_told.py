"""What any store must keep of the desk's search."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from copytaster import query
from copytaster.item import Association
from copytaster.item import Block
from copytaster.item import BlockKind
from copytaster.item import Concept
from copytaster.item import Copy
from copytaster.item import Headline
from copytaster.item import Line
from copytaster.item import Run
from copytaster.item import Target
from copytaster.query import Query
from copytaster.store import Erasure
from copytaster.store import Face
from copytaster.store import Store
from copytaster.store import StoryChange
from copytaster.store import Taken
from copytaster.story import Message
from copytaster.story import State
from tests.store.making import NOON
from tests.store.making import at
from tests.store.making import change
from tests.store.making import delivery
from tests.store.making import live
from tests.store.making import message
from tests.store.making import publishing
from tests.store.making import story

NOW = at(3600)


def copy(*paragraphs: str) -> Copy:
    lines = [(Line(cells=((Run(text=text),),)),) for text in paragraphs]
    return Copy(blocks=tuple(Block(kind=BlockKind.paragraph, lines=one) for one in lines))


def said(n: int = 1, headline: str = "Ferry runs again", **facts: Any) -> Message:
    """What the n-th story says, received n seconds after noon."""
    given = {
        "guid": f"urn:harbour:{n}",
        "headlines": (Headline(value=headline),),
        "received": at(n),
    }
    return message(f"{n} {headline}", **(given | facts))


def held(n: int = 1, headline: str = "Ferry runs again", **facts: Any) -> StoryChange:
    """The n-th story is held with this headline."""
    return change(story(n), said(n, headline, **facts))


def again(store: Store, n: int, *messages: Message, **facts: Any) -> StoryChange:
    """The n-th story as it was read, with these facts and what comes now."""
    read = store.story(story(n).id)
    assert read is not None
    return change(replace(read, **facts), *messages)


def ask(store: Store, asked: str | Query, **facts: Any) -> list[int]:
    """The numbers of the stories that answer."""
    tree = query.read(asked) if isinstance(asked, str) else asked
    return [told.story.number for told in store.told.find(tree, NOW, **facts)]


class ToldContract:
    def test_what_is_said_twice_at_once_came_when_it_was_first_said(self, store: Store) -> None:
        twice = (message("same", received=at(0)), message("same", received=at(5)))
        store.commit([change(story(1), *twice)])
        store.commit([change(story(2), message("other", received=at(0)))])
        found = store.told.find(query.Every(of=()), at(9))
        assert [one.story.id for one in found] == [story(2).id, story(1).id]
        assert [one.came for one in found] == [at(0), at(0)]

    def test_every_story_is_found_whatever_its_state(self, store: Store) -> None:
        states = [state for state in State if state is not State.live]
        changes = [change(story(n, state=s), said(n)) for n, s in enumerate(states, start=1)]
        shown = replace(publishing(len(State)), messages=(said(len(State)),))
        store.commit([*changes, shown])
        assert ask(store, "ferry") == list(range(len(State), 0, -1))
        for n, state in enumerate([*states, State.live], start=1):
            assert ask(store, f"ferry state:{state}") == [n]

    def test_what_is_found_comes_with_what_it_says(self, store: Store) -> None:
        store.commit([held(1), held(2, "Fog")])
        (told,) = store.told.find(query.read("fog"), NOW)
        assert (told.story, told.messages) == (store.story(story(2).id), (said(2, "Fog"),))
        assert query.matches(query.read("headline:fog state:held"), told.facts, NOW)
        assert store.told.of(story(2).id) == told
        assert store.told.of("nobody") is None

    def test_a_drill_and_a_story_without_a_message_are_not_found(self, store: Store) -> None:
        store.commit([change(story(1, drill=True), said(1)), change(story(2)), held(3)])
        assert ask(store, "agency:harbour") == [3]
        store.commit([again(store, 2, said(2))])
        assert ask(store, "agency:harbour") == [3, 2]

    def test_a_new_state_is_found_from_the_same_commit_on(self, store: Store) -> None:
        store.commit([held(1), held(2)])
        store.commit([again(store, 1, state=State.killed)])
        assert ask(store, "ferry state:killed") == [1]
        assert ask(store, "ferry -state:killed") == ask(store, "state:held") == [2]

    def test_a_section_it_is_filed_under_is_found_from_the_same_commit_on(
        self, store: Store
    ) -> None:
        store.commit([held(1), held(2)])
        assert ask(store, "section:crime") == []
        store.commit([again(store, 1, shelves=("section/crime", "topic/20000217"))])
        assert ask(store, "section:crime") == [1]
        store.commit([again(store, 1, shelves=())])
        assert ask(store, "section:crime") == []

    def test_a_new_version_is_found_by_its_own_words_and_comes_first(self, store: Store) -> None:
        store.commit([held(1), held(2)])
        newer = said(1, "Tram stops", received=at(9))
        store.commit([replace(again(store, 1, newer), current=(newer,))])
        assert ask(store, "agency:harbour") == [1, 2]
        assert ask(store, "tram") == [1]
        assert ask(store, "ferry") == [2]

    def test_a_version_that_is_not_meant_changes_nothing(self, store: Store) -> None:
        store.commit([held(1), held(2)])
        late = said(1, "Tram stops", received=at(9))
        store.commit([replace(again(store, 1, late), current=(said(1),))])
        store.commit([again(store, 2, said(2, "Tram stops", received=at(10)))])
        assert ask(store, "ferry") == [2, 1]
        assert ask(store, "tram") == []

    @pytest.mark.parametrize(
        ("asked", "numbers"),
        [
            ("headline:storm", [1]),
            ("headline:ferry", []),
            ("storm ferry", [1]),
            ('"storm ferry"', []),
            ("stor* -tram", [1]),
            ('"the fer*"', [1]),
            ("by:quay", [1]),
            ("slug:weather", [1]),
            ("weather", []),
            ("subject:20000217", [1]),
            ("subject:harbours", [1]),
            ("person:shoreline", [1]),
            ("person:ferry", [1]),
            ("person:20000217", []),
            ("section:sport", [2]),
            ("source:wire", [2, 1]),
            ("source:other", []),
            ("agency:harbour -lang:en", [2]),
            ("lang:de", [2]),
            ("urgency:<=2", [1]),
            ("-urgency:<=2", [2]),
            ("has:picture", [1]),
            ("has:text", [1]),
            ("has:note", [2]),
            ("guid:urn:harbour:2", [2]),
            ("guid:urn:harbour", []),
            ("(storm lang:en) OR (tram lang:de)", [2, 1]),
            ("-(storm OR tram)", []),
        ],
    )
    def test_each_field_is_looked_for_where_it_is_told(
        self, asked: str, numbers: list[int], store: Store
    ) -> None:
        one = said(
            1,
            "Storm nears",
            copy=copy("The ferry waits."),
            by="Ada Quay",
            slugline="WEATHER-Storm",
            subjects=(Concept(uri="medtop:20000217", name="harbours"),),
            organisations=(Concept(name="Shoreline Institute"),),
            language="en",
            urgency=2,
            associations=(Association(type="picture"),),
        )
        two = said(2, "Tram stops", keywords=("Sport",), language="de-AT", ed_note="Adds")
        store.commit([change(story(1), one), change(story(2), two)])
        assert ask(store, asked) == numbers

    def test_parts_are_one_story_that_came_with_the_last(self, store: Store) -> None:
        store.commit([held(1), held(2)])
        add = said(1, "Add", received=at(9), copy=copy("The mayor waits."))
        store.commit([replace(again(store, 1, add), current=(said(1), add))])
        assert ask(store, '"runs again" "mayor waits"') == [1]
        assert ask(store, "ferry after:2026-03-01T12:00:09Z") == [1]
        assert ask(store, "ferry before:2026-03-01T12:00:09Z") == [2]
        assert store.told.find(query.read("mayor"), NOW)[0].messages == (said(1), add)

    def test_of_a_story_that_only_a_notice_names_the_notice_is_found(self, store: Store) -> None:
        notice = message("kill", target=Target(), headlines=(Headline(value="Kill the ferry"),))
        store.commit([change(story(1), notice)])
        assert ask(store, "headline:kill") == [1]
        store.commit([again(store, 1, said(1))])
        assert ask(store, "headline:kill") == [1]

    def test_pages_go_on_where_the_last_ended(self, store: Store) -> None:
        store.commit([held(n, received=at(n // 3)) for n in range(1, 12)])
        tree, seen, before = query.read("ferry"), list[int](), None
        while page := store.told.find(tree, NOW, limit=4, before=before):
            seen += [told.story.number for told in page]
            before = page[-1].place
        assert seen == list(range(11, 0, -1))

    def test_more_stories_of_one_instant_than_it_has_places(self, store: Store) -> None:
        store.commit([held(n, received=NOON) for n in range(1, 1028)])
        assert ask(store, "ferry", limit=3) == [1027, 1026, 1025]
        assert len(ask(store, "ferry", limit=2000)) == 1027

    def test_each_stretch_of_time_is_asked_for_itself(self, store: Store) -> None:
        store.commit([held(n, "Fog" if n % 2 else "Ferry") for n in range(1, 9)])
        asked = (
            "(fog after:2026-03-01T12:00:06Z) OR (ferry before:2026-03-01T12:00:04Z)"
            " OR (-before:3595s after:2026-03-01T12:00:05Z before:2026-03-01T12:00:06Z)"
        )
        assert ask(store, asked) == [7, 5, 2]
        assert ask(store, asked, limit=2) == [7, 5]
        assert ask(store, "after:3594s") == [8, 7, 6]
        assert ask(store, "before:3594s") == [5, 4, 3, 2, 1]
        assert ask(store, "after:9999w -before:1970-01-01 fog", limit=1) == [7]
        assert ask(store, "before:0001-01-01") == ask(store, "after:9999-12-31") == []

    def test_what_reads_like_the_engines_grammar_is_words(self, store: Store) -> None:
        store.commit([held(1, "This AND that OR NOT a NEAR miss"), held(2, 'marks : x "|"')])
        odd = ('x" OR "y', "marks:x", "a* b", "^this", "NEAR(this that)", "{", "|", "\x00x", "-x")
        for words in odd:
            for kind in (query.Phrase, query.Title, query.Subject, query.Person):
                assert ask(store, query.Not(kind(words))) == [
                    n for n in (2, 1) if n not in ask(store, kind(words))
                ], words
            for named in (query.Agency, query.Source, query.Guid):
                assert ask(store, named(words)) == [], words
        assert ask(store, '"NOT a NEAR miss"') == [1]
        assert ask(store, query.Phrase("|")) == ask(store, query.Phrase("…")) == []

    def test_the_deepest_and_the_longest_query_can_be_asked(self, store: Store) -> None:
        store.commit([held(1), held(2, "Fog")])
        deep = "-(ferry (fog OR " * 6 + "-(ferry OR fog)" + "))" * 6
        assert ask(store, deep) == ask(store, query.write(query.read(deep)))
        many = " OR ".join([f"w{n}" for n in range(query.MOST - 1)] + ["fog"])
        assert ask(store, many) == [2]
        assert ask(store, " ".join(f"-w{n}" for n in range(query.MOST))) == [2, 1]
        long = '"' + "ferry " * query.MOST_WORDS + '"'
        assert ask(store, long) == []

    def test_what_a_story_says_now_was_kept(self, store: Store) -> None:
        with pytest.raises(ValueError, match="never kept"):
            store.commit([replace(change(story(1)), current=(said(1),))])

    def test_an_erased_story_is_found_by_no_word(self, store: Store) -> None:
        store.commit([held(1), held(2)])
        store.commit([again(store, 1, state=State.killed)])
        store.erasures.erase(Erasure(story=story(1).id, at=NOW, deliveries=()))
        assert ask(store, "ferry") == ask(store, "-state:killed") == [2]
        assert ask(store, "state:killed") == [1]
        assert ask(store, "guid:urn:harbour:1") == []
        (told,) = store.told.find(query.read("state:killed"), NOW)
        assert ask(store, query.Guid(told.story.guid)) == [1]
        store.erasures.sweep()
        assert ask(store, "ferry") == [2]
        assert ask(store, "state:killed") == [1]

    def test_a_notice_that_is_erased_with_its_story_is_found_by_no_word(self, store: Store) -> None:
        kill = message("kill", headlines=(Headline(value="Kill the ferry"),), guid="urn:harbour:9")
        kill = replace(kill, arrival=replace(kill.arrival, delivery="d"))
        about = replace(kill, target=Target())
        store.keep([delivery("d")])
        store.commit(
            [
                change(story(1, state=State.killed), said(1), about),
                change(story(9, state=State.never), kill),
            ],
            [Taken(delivery="d", stories=(story(1).id, story(9).id))],
        )
        assert ask(store, "headline:kill") == [2]
        store.erasures.erase(Erasure(story=story(1).id, at=NOW, deliveries=()))
        assert ask(store, "headline:kill") == []
        assert ask(store, "agency:harbour") == [1, 2]

    def test_of_an_erased_version_no_word_is_found(self, store: Store) -> None:
        first, second = said(1), said(1, "Tram stops", received=at(9))
        store.commit([replace(change(live(1), first, second), current=(second,))])
        gone = Erasure(
            story=story(1).id,
            at=NOW + timedelta(1),
            deliveries=(),
            contents=(second.item.content_hash,),
            editions=(),
        )
        store.erasures.erase(gone)
        assert ask(store, "tram") == ask(store, "ferry") == []
        assert ask(store, "agency:harbour") == [1]
        read = store.story(story(1).id)
        assert read is not None
        assert read.face is Face.live
