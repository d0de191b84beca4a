"""Queries of every kind, made up: each strategy says what it is about."""

from collections.abc import Collection
from datetime import UTC
from datetime import datetime
from datetime import timedelta

from hypothesis import strategies as st

from copytaster import query
from copytaster import section
from copytaster.query import Either
from copytaster.query import Every
from copytaster.query import Not
from copytaster.query import Query
from copytaster.story import State

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

ids = st.sampled_from(["seaboard", "p", "q"]) | st.text(min_size=1, max_size=4)
instants = st.integers(0, 2**52).map(lambda micros: EPOCH + timedelta(microseconds=micros))
spans = st.integers(0, 9999 * 7 * 86400).map(lambda seconds: timedelta(seconds=seconds % 9999))
words = st.text(max_size=8).map(lambda text: f"a{text}bc*" if "*" in text else f"a{text}")
"""as somebody may type them: a beginning of two letters at least"""
urgencies = st.tuples(st.integers(1, 9), st.integers(1, 9)).map(
    lambda ends: query.Urgency(min(ends), max(ends))
)


def terms(
    words: st.SearchStrategy[str] = words,
    ids: st.SearchStrategy[str] = ids,
    instants: st.SearchStrategy[datetime] = instants,
    spans: st.SearchStrategy[timedelta] = spans,
    sections: Collection[str] = section.NAMES,
) -> st.SearchStrategy[Query]:
    kinds = (query.Phrase, query.Title, query.Byline, query.Slug, query.Subject, query.Person)
    said = [st.builds(kind, words) for kind in kinds]
    named = [st.builds(kind, ids) for kind in (query.Agency, query.Source, query.Guid)]
    came = [st.builds(kind, instants) for kind in (query.Since, query.Until)]
    ago = [st.builds(kind, spans) for kind in (query.Newer, query.Older)]
    return st.one_of(
        *said,
        *named,
        *came,
        *ago,
        urgencies,
        st.builds(query.InState, st.sampled_from(State)),
        st.builds(query.InSection, st.sampled_from(sorted(sections))),
        st.builds(query.Language, st.sampled_from(["de", "de-at", "en", "pt-br"])),
        st.builds(query.Has, st.sampled_from(query.Thing)),
    )


def queries(terms: st.SearchStrategy[Query], most: int = 6) -> st.SearchStrategy[Query]:
    return st.recursive(terms, _grown, max_leaves=most)


def _grown(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    parts = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.builds(Every, parts) | st.builds(Either, parts) | st.builds(Not, inner)
