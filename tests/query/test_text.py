"""Queries as a line of text, and the bounds a store may use."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster import query
from copytaster import section
from copytaster.query import Agency
from copytaster.query import Either
from copytaster.query import Every
from copytaster.query import Not
from copytaster.query import Phrase
from copytaster.query import Query
from copytaster.query import QueryError
from copytaster.query import Source
from copytaster.query import bounds
from copytaster.query import read
from copytaster.query import write
from copytaster.story import State
from tests.query.test_meaning import story
from tests.query.test_meaning import version

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ids = st.sampled_from(["seaboard", "p", "q"]) | st.text(min_size=1, max_size=4)
instants = st.integers(0, 2**52).map(lambda micros: EPOCH + timedelta(microseconds=micros))
words = st.text(max_size=8).map(lambda text: f"a{text}")
terms = (
    st.builds(Agency, ids)
    | st.builds(Source, ids)
    | st.builds(query.Person, words)
    | st.builds(Phrase, words)
    | st.builds(query.InSection, st.sampled_from(sorted(section.NAMES)))
    | st.builds(query.Since, instants)
    | st.builds(query.Until, instants)
    | st.builds(query.InState, st.sampled_from(State))
)


def _grown(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    parts = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.builds(Every, parts) | st.builds(Either, parts) | st.builds(Not, inner)


queries = st.recursive(terms, _grown, max_leaves=5)


@given(queries)
def test_what_is_written_reads_back_as_the_same_query(given: Query) -> None:
    assert read(write(given)) == given


@given(
    queries,
    st.lists(st.tuples(st.sampled_from(["p", "q"]), instants), min_size=1, max_size=2),
)
def test_no_answer_lies_outside_the_bounds(asked: Query, came: list[tuple[str, datetime]]) -> None:
    told = story(*(version(source=source, received=at) for source, at in came))
    if not query.matches(asked, told):
        return
    given = bounds(asked)
    assert given.agencies is None or told.agency in given.agencies
    assert given.sources is None or any(source in given.sources for source, _ in came)
    assert given.since is None or any(at >= given.since for _, at in came)
    assert given.until is None or any(at < given.until for _, at in came)


def test_bounds_narrow_what_all_must_hold_and_not_what_one_may() -> None:
    asked = read("agency:a (source:p or source:q) since:2026-03-02 not agency:b phrase:x")
    assert bounds(asked) == query.Bounds(
        agencies=frozenset({"a"}),
        sources=frozenset({"p", "q"}),
        since=datetime(2026, 3, 2, tzinfo=UTC),
    )
    assert bounds(read("agency:a or phrase:x")) == query.Bounds()
    assert bounds(read("agency:a agency:b")).agencies == frozenset()


def test_days_are_of_the_house_and_the_last_is_still_in() -> None:
    asked = read("since:2026-03-02 until:2026-03-02", ZoneInfo("Asia/Kolkata"))
    assert write(asked) == "since:2026-03-01T18:30:00Z until:2026-03-02T18:30:00Z"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "expected a term at 'the end'"),
        ("storm", "cannot read 'storm'"),
        ("headline:storm", "expected a term at 'headline:storm'"),
        ("(phrase:storm", "a bracket is not closed before 'the end'"),
        ("phrase:storm)", "unexpected ')'"),
        ("phrase:storm or", "expected a term"),
        ('phrase:"storm', "cannot read"),
        ('phrase:"!"', "has no letter to look for"),
        ("section:yachts", "no section 'yachts'; known: culture"),
        ("state:dead", "no state 'dead'; known: live, held"),
        ("since:monday", "is no day or instant; give 2026-03-02"),
        ("since:2026-13-02", "is no day or instant"),
        ("until:9999-12-31", "beyond the calendar"),
        ("since:2026-03-02T09:00", "is no day or instant"),
        ("not " * 30 + "phrase:x", "more than 20 brackets"),
        ("phrase:x " * 1000, "more than 4000 characters"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(text: str, told: str) -> None:
    with pytest.raises(QueryError) as refused:
        read(text)
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)
