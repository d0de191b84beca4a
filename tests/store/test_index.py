"""Any words, asked of the index and of the twin, which reads every text again."""

from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from msgspec.structs import replace

from copytaster.store import SearchQuery
from copytaster.text import fold
from tests import blank
from tests.store.contract_search import filing
from tests.store.contract_search import numbers
from tests.store.making import publishing
from tests.store.twin import Twin

ALPHABET = "abB ß-éÉ\u0301.,'\"कि\u094dह\u093eر\u0650و京東*0٣ﬁ\u00ad\u200c\n"
texts = st.text(st.sampled_from(ALPHABET), max_size=24)
phrases = st.lists(st.text(st.sampled_from(ALPHABET), max_size=5), max_size=3).map(tuple)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(told=st.lists(st.tuples(texts, texts, texts), max_size=4), asked=phrases, without=phrases)
def test_in_the_index_a_query_means_what_it_means_in_memory(
    told: list[tuple[str, str, str]], asked: tuple[str, ...], without: tuple[str, ...]
) -> None:
    engine, twin = blank.in_memory(), Twin()
    changes = [
        replace(publishing(n), filing=filing(n, text, headline=headline, byline=byline))
        for n, (headline, byline, text) in enumerate(told, start=1)
    ]
    query = SearchQuery(phrases=asked, without=without)
    for one in (engine, twin):
        one.commit(changes)
    assert numbers(engine.search(query)) == numbers(twin.search(query))
    assert engine.count_found(query, 3) == twin.count_found(query, 3)
    for text in (part for parts in told for part in parts if fold(part).strip()):
        assert numbers(engine.search(SearchQuery(phrases=(text,)))), text
    engine.close()
