"""A story as tests write it: a writer per format puts it into bytes, the reader must give it back.

The writers stand beside the tests of their format and are for tests only.
"""

from datetime import datetime
from datetime import timedelta
from datetime import timezone

import msgspec
from hypothesis import strategies as st

from copytaster import agency
from tests.formats.reading import PROFILE

# Characters that XML 1.0 allows, without CR (a line end) and without layout at the edges.
_letters = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff\u2028\u2029\x85"
)
_BOOK = agency.phrasebook(PROFILE)


def _is_story(line: str) -> bool:
    """Whether a line can be part of a story only: one that says WITHHOLD may be a notice."""
    return not (_BOOK.may_open(line) or _BOOK.may_ask(line))


_inner = st.text(st.one_of(_letters, st.sampled_from(" \u00a0<>&\"']]>&amp;«é́")), max_size=30)


@st.composite
def _between_edges(draw: st.DrawFn) -> str:
    edges = st.sampled_from("aZ9«»<&>\"'\u00a0é水🙂")
    return draw(edges) + draw(_inner) + draw(edges)


def line() -> st.SearchStrategy[str]:
    """A line of text that begins and ends with something to see, and is no notice."""
    return _between_edges().filter(_is_story)


def words() -> st.SearchStrategy[str]:
    """Words of any script without control characters, with nothing to strip, and no notice."""
    characters = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
    return (
        st.text(characters, min_size=1, max_size=40).map(str.strip).filter(bool).filter(_is_story)
    )


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """What a writer below writes, and a reader must give back."""

    guid: str
    version: int
    created: str
    embargo: str | None
    status: str
    headline: str
    by: str | None
    note: str | None
    language: str
    paragraphs: tuple[str, ...]


_zones = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_moments = st.builds(
    datetime.fromtimestamp,
    st.integers(946_684_800, 4_000_000_000),
    _zones,
)
stories = st.builds(
    Story,
    guid=st.from_regex(r"urn:[a-z]{1,5}:[A-Za-z0-9._:-]{1,20}", fullmatch=True),
    version=st.integers(1, 10**15),
    created=_moments.map(datetime.isoformat),
    embargo=st.none() | _moments.map(datetime.isoformat),
    status=st.sampled_from(["usable", "withheld", "canceled"]),
    headline=line(),
    by=st.none() | line(),
    note=st.none() | line(),
    language=st.sampled_from(["en", "de-AT", "pt-BR"]),
    paragraphs=st.lists(line(), min_size=1, max_size=5).map(tuple),
)
