"""Queries as a line of text, and the bounds a store may use."""

from datetime import UTC
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster import query
from copytaster.query import Query
from copytaster.query import QueryError
from copytaster.query import bounds
from copytaster.query import read
from copytaster.query import term
from copytaster.query import write
from tests.query import asking
from tests.query.test_meaning import story
from tests.query.test_meaning import version

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
queries = asking.queries(asking.terms())


@given(queries)
def test_what_is_written_reads_back_as_the_same_query(given: Query) -> None:
    assert read(write(given)) == given


@given(
    queries,
    st.lists(st.tuples(st.sampled_from(["p", "q"]), asking.instants), min_size=1, max_size=2),
)
def test_no_answer_lies_outside_the_bounds(asked: Query, came: list[tuple[str, datetime]]) -> None:
    told = story(*(version(source=source, received=at) for source, at in came))
    if not query.matches(asked, told, NOW):
        return
    given = bounds(asked, NOW)
    assert given.agencies is None or told.agency in given.agencies
    assert given.sources is None or any(source in given.sources for source, _ in came)
    assert given.since is None or any(at >= given.since for _, at in came)
    assert given.until is None or any(at < given.until for _, at in came)


def test_bounds_narrow_what_all_must_hold_and_not_what_one_may() -> None:
    asked = read("agency:a (source:p or source:q) since:2026-03-02 not agency:b phrase:x")
    assert bounds(asked, NOW) == query.Bounds(
        agencies=frozenset({"a"}),
        sources=frozenset({"p", "q"}),
        since=datetime(2026, 3, 2, tzinfo=UTC),
    )
    assert bounds(read("agency:a or phrase:x"), NOW) == query.Bounds()
    assert bounds(read("agency:a agency:b"), NOW).agencies == frozenset()


def test_days_are_of_the_house_and_the_last_is_still_in() -> None:
    asked = read("since:2026-03-02 until:2026-03-02", ZoneInfo("Asia/Kolkata"))
    assert write(asked) == "after:2026-03-01T18:30:00Z before:2026-03-02T18:30:00Z"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("storm  AND\tcalm", "storm calm"),
        ("storm and calm or fog", "(storm calm) OR fog"),
        ('phrase:storm NOT phrase:"dry day"', 'storm -"dry day"'),
        ("not (storm or fog)", "-(storm OR fog)"),
        ("not not storm", "--storm"),
        ("((storm))", "storm"),
        ("„Groß Gerau“ «mot» “said”", '"Groß Gerau" mot said'),
        ("AGENCY:ani Lang:pt-BR", "agency:ani lang:pt-br"),
        ("'or' \"or\" think-tank O'Brien 10:30 C++", "'or' \"or\" think-tank O'Brien 10:30 C++"),
        ("हिन्दी दिवस* 京*", "हिन्दी दिवस* 京*"),
        ("urgency:1-3 urgency:4-9 urgency:2-2", "urgency:<=3 urgency:>=4 urgency:2"),
        ("after:120m before:7d since:90s", "after:2h before:1w after:90s"),
        ("after:2026-03-02", "after:2026-03-02T00:00:00Z"),
        ("before:2026-03-02", "before:2026-03-02T00:00:00Z"),
        ("until:2026-03-02", "before:2026-03-03T00:00:00Z"),
        ("guid:tag:x,2026:(a)", "guid:tag:x,2026: a"),
        ('guid:"tag:x,2026:(a)"', 'guid:"tag:x,2026:(a)"'),
        (
            "(agency:ani headline:storm*) or (agency:pti -sport)",
            "(agency:ani headline:storm*) OR (agency:pti -sport)",
        ),
    ],
)
def test_what_is_typed_is_understood(text: str, written: str) -> None:
    assert write(read(text)) == written


@pytest.mark.parametrize(
    ("text", "pointed", "told"),
    [
        ("", "^", "expected a word, a phrase in quotes, or field:value, and here is the end"),
        ("storm or", "        ^", "and here is the end"),
        (
            "storm or ) fog",
            "         ^",
            "expected a word, a phrase in quotes, or field:value before ')'",
        ),
        ("or storm", "^", "before 'or'"),
        ("(storm (fog)", "^", "this bracket is not closed"),
        ("storm) fog", "     ^", "this bracket closes nothing"),
        ('storm "fog', "      ^", "this quotation mark is not closed"),
        ('headline:"fog', "         ^", "this quotation mark is not closed"),
        ("storm “fog", "      ^", "this quotation mark is not closed"),
        (':"', " ^", "this quotation mark is not closed"),
        ("storm & fog", "      ^", "'&' has no letter or digit to look for; give a word"),
        ("storm a*", "      ^", "'a*' is how too many words begin; give two letters or more"),
        ('"the a*"', "^", "is how too many words begin"),
        ("storm - fog", "      ^", "'-' has no letter"),
        ('slug:"!"', "     ^", "has no letter or digit"),
        ("storm https://x", "      ^", "no field 'https'; known: phrase, headline, by"),
        ("agency: ani", "       ^", "expected what agency is"),
        ('-agency:""', "        ^", "expected what agency is"),
        ("section:yachts", "        ^", "no section 'yachts'; known: culture"),
        ("x state:dead", "        ^", "no state 'dead'; known: live, held"),
        ("has:twin", "    ^", "no thing 'twin'; known: picture, correction"),
        ("lang:d", "     ^", "'d' is no language tag; give one such as de or pt-BR"),
        ("urgency:0", "        ^", "'0' is no urgency; give one of 1 to 9, <=3 or 2-4"),
        ("urgency:<1", "        ^", "no urgency is <1; the most urgent is 1, the least 9"),
        ("urgency:4-2", "        ^", "no urgency is 4-2"),
        (
            "since:monday",
            "      ^",
            "is no day, instant or span; give 2026-03-02, 2026-03-02T09:00Z",
        ),
        ("after:2026-13-02", "      ^", "is no day, instant or span"),
        ("after:2026-03-02T09:00", "      ^", "is no day, instant or span"),
        ("before:99999d", "       ^", "is no day, instant or span"),
        ("until:9999-12-31", "      ^", "is beyond the calendar"),
        ("-" * 21 + "x", " " * 21 + "^", "more than 20 brackets and nots"),
        ("(" * 500, " " * 21 + "^", "more than 20 brackets and nots"),
        ("x " * 101, " " * 200 + "^", "more than 100 terms"),
        ('x "' + "a " * 300 + '"', "  ^", "more than 300 words"),
        ("x" * 4001, " " * 4000 + "^", "more than 4000 characters"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_character(text: str, pointed: str, told: str) -> None:
    with pytest.raises(QueryError) as refused:
        read(text)
    assert told in str(refused.value)
    assert refused.value.at == pointed.index("^")
    assert f"query, character {len(pointed)}: " in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_term_by_itself_is_refused_with_its_field() -> None:
    with pytest.raises(QueryError, match=r"^query: state: no state 'dead'; known: live") as refused:
        term("state", "dead")
    assert refused.value.at is None


@given(st.text(st.sampled_from('ab:-()"\\“”«» *\nOR') | st.characters(), max_size=30))
def test_any_text_is_a_query_or_refused_within_it(text: str) -> None:
    found: Query | int | None
    try:
        found = read(text)
    except QueryError as error:
        found = error.at
    if isinstance(found, int):
        assert 0 <= found <= len(text)
    else:
        assert found is not None
        assert read(write(found)) == found
