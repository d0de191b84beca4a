"""Lives, generated: re-issues around one version, every status, embargoes that move.

Rows are drawn before anybody knows the item; ``reissuing.settled`` says what their content is.
"""

from hypothesis import strategies as st

from tests.lives.oracle import ENDLESS
from tests.lives.oracle import Life
from tests.lives.oracle import Notice
from tests.lives.oracle import Row
from tests.lives.oracle import Word

MINUTES = st.integers(0, 12)
_MADE = st.sampled_from([None, 1, 2, 2, 3])
_RECEIVED = st.integers(1, 8)

_WIRE = st.builds(
    Row,
    content=st.just(""),
    words=st.sampled_from("AB"),
    number=st.sampled_from([None, 9, 10, 10, 11]),
    made=_MADE,
    received=_RECEIVED,
    seen=st.none(),
    status=st.sampled_from(["usable"] * 7 + ["hold", "withheld", "canceled"]),
    embargo=st.sampled_from([None, None, None, None, 5, 6, 7, ENDLESS]),
    part=st.sampled_from([False] * 7 + [True]),
    kind=st.sampled_from([""] * 8 + ["test", "advisory"]),
)
_FEED = st.builds(
    lambda words, made, seen, status: Row(
        content="", words=words, made=made, received=seen, seen=seen, status=status
    ),
    st.sampled_from("ABC"),
    _MADE,
    _RECEIVED,
    st.sampled_from(["usable"] * 9 + ["withheld"]),
)
_NOTICES = st.builds(
    Notice,
    status=st.sampled_from(["canceled", "withheld", "withheld", "hold", "hold", "usable"]),
    made=_MADE,
    when=st.sampled_from([None, None, 1, 2, 3]),
    received=_RECEIVED,
)
_WORDS = st.lists(
    st.tuples(
        _RECEIVED,
        st.sampled_from(["release", "release", "release", "hold", "kill", "erase"]),
        st.integers(0, 4),
    ),
    max_size=2,
)


def _versions(most: int) -> st.SearchStrategy[tuple[Row, ...]]:
    """Two of three are a wire's."""
    wire = st.lists(_WIRE, min_size=1, max_size=most)
    feed = st.lists(_FEED, min_size=1, max_size=most)
    return st.one_of(wire, wire, feed).map(tuple)


@st.composite
def lives(draw: st.DrawFn, most: int = 5) -> Life:
    """A life of at most so many messages; in half of them nobody speaks but the versions.

    A release names the content of a row by the row's place.
    """
    if draw(st.booleans()):
        return Life(rows=draw(_versions(most)))
    rows = draw(st.one_of(_versions(most - 1), _versions(most - 1), st.just(())))
    room = max(1, most - len(rows))
    notices = tuple(draw(st.lists(_NOTICES, min_size=0 if rows else 1, max_size=room)))
    words = tuple(
        Word(at=at, turn=turn, kind=kind, content=str(of % len(rows)) if rows else None)
        for turn, (at, kind, of) in enumerate(draw(_WORDS))
    )
    return Life(rows=rows, notices=notices, words=words)
