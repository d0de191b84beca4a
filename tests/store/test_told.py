"""Any stories, asked anything: the index answers what memory does.

The twin asks every story in memory, so what holds of both holds of the language.
"""

from contextlib import closing
from pathlib import Path
from typing import Any

import apsw
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from msgspec.structs import replace

from copytaster.item import Association
from copytaster.item import Byline
from copytaster.item import Concept
from copytaster.item import Description
from copytaster.item import Headline
from copytaster.query import Query
from copytaster.store import STORE_FILE
from copytaster.store import Store
from copytaster.store import StoryChange
from copytaster.store import open_sqlite
from copytaster.story import Arrival
from copytaster.story import Message
from copytaster.story import State
from tests import blank
from tests.query import asking
from tests.store.contract_told import NOW
from tests.store.contract_told import ask
from tests.store.contract_told import copy
from tests.store.contract_told import held
from tests.store.making import at
from tests.store.making import change
from tests.store.making import item
from tests.store.making import story
from tests.store.twin import Twin

LETTERS = 'aab bß-éÉ\u0301|"कि\u094dर京東*0ﬁ\u00ad\n'
WORDS = ("ab", "ab ba", "ba ab", "b", "a|b", "ß", "京東", "東", "कि", "0", "a*", "b a*", "ba ab*")
words = st.sampled_from(WORDS) | st.text(st.sampled_from(LETTERS), max_size=6)
some = st.lists(words, max_size=2).map(tuple)
seconds = st.integers(0, 4)
asked = asking.queries(
    asking.terms(
        words=words,
        ids=st.sampled_from(["harbour", "hill", "wire", "urn:1", "urn:2"]),
        instants=seconds.map(at),
        spans=seconds.map(lambda n: NOW - at(n)),
        sections=("sport", "crime", "people"),
    ),
    most=8,
)


@st.composite
def messages(draw: st.DrawFn, n: int, serial: int) -> Message:
    facts: dict[str, Any] = {
        "guid": f"urn:{n}",
        "headlines": tuple(Headline(value=one) for one in draw(some)),
        "descriptions": tuple(Description(value=one) for one in draw(some)),
        "copy": copy(*draw(some)),
        "by": draw(st.none() | words),
        "bylines": tuple(Byline(name=one) for one in draw(some)),
        "slugline": draw(st.none() | words),
        "keywords": (*draw(some), *draw(st.sampled_from([(), ("Sport",)]))),
        "people": tuple(Concept(name=one) for one in draw(some)),
        "subjects": tuple(Concept(uri=one, name="ab") for one in draw(some)),
        "language": draw(st.sampled_from([None, "de", "de-AT", "en"])),
        "urgency": draw(st.none() | st.integers(0, 10)),
        "ed_note": draw(st.sampled_from([None, "ab"])),
        "associations": draw(st.sampled_from([(), (Association(type="picture", caption="ab"),)])),
        "content_hash": f"{n}/{serial}",
    }
    arrival = Arrival(source=draw(st.sampled_from(["wire", "hill"])), received=at(draw(seconds)))
    return Message(item=item(**facts), arrival=arrival)


@st.composite
def changes(draw: st.DrawFn) -> list[list[StoryChange]]:
    """Commits: stories that come, then some of them again with other words or another state."""
    states = st.sampled_from(State).filter(lambda state: state is not State.live)
    shelves = st.sampled_from([(), ("section/sport",), ("section/crime", "topic/1")])
    known: dict[int, list[Message]] = {}
    commits: list[list[StoryChange]] = []
    for n in draw(st.lists(st.integers(1, 3), min_size=1, max_size=5)):
        serials = range(len(commits) * 2, len(commits) * 2 + draw(st.integers(n not in known, 2)))
        fresh = [draw(messages(n, serial)) for serial in serials]
        revision = sum(one.story.id == story(n).id for commit in commits for one in commit)
        before = known.setdefault(n, [])
        before += fresh
        meant = draw(st.lists(st.sampled_from(before), max_size=2, unique_by=id))
        agency = "harbour" if n == 1 else "hill"
        record = story(
            n,
            agency=agency,
            guid=f"urn:{n}",
            state=draw(states),
            shelves=draw(shelves),
            revision=revision,
        )
        commits.append([replace(change(record, *fresh), current=tuple(meant))])
    return commits


def both(commits: list[list[StoryChange]]) -> tuple[Store, Twin]:
    engine, twin = blank.in_memory(), Twin()
    for commit in commits:
        engine.commit(commit)
        twin.commit(commit)
    return engine, twin


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=30)
@given(commits=changes(), queries=st.lists(asked, min_size=4, max_size=12))
def test_a_query_means_the_same_in_the_index_and_in_memory(
    commits: list[list[StoryChange]], queries: list[Query]
) -> None:
    engine, twin = both(commits)
    for one in queries:
        assert ask(engine, one) == ask(twin, one), one
        assert ask(engine, one, limit=1) == ask(twin, one, limit=1), one
    engine.close()


def test_the_index_is_as_large_as_the_stories_however_often_they_change(tmp_path: Path) -> None:
    blank.lay(tmp_path)
    engine = open_sqlite(tmp_path / STORE_FILE)
    engine.commit([held(1)])
    for turn in range(50):
        read = engine.story(story(1).id)
        assert read is not None
        engine.commit([change(replace(read, state=(State.held, State.killed)[turn % 2]))])
    engine.close()
    with closing(apsw.Connection(str(tmp_path / STORE_FILE))) as file:
        assert file.execute("SELECT count(*) FROM told_words").get == 1
