"""Generated lives: real items sent again and again, against a second telling of formats §2.3.

Twice COPYTASTER_EXAMPLES lives (2,000 in ``make ci``), 20,000 at most; 60 in ``make test``.
"""

import os
from collections import Counter
from itertools import permutations

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from copytaster import formats
from copytaster.item import Item
from copytaster.story import Message
from copytaster.story import State
from copytaster.verdict import decide
from tests.lives.generating import MINUTES
from tests.lives.generating import lives
from tests.lives.oracle import Life
from tests.lives.oracle import Row
from tests.lives.oracle import expected
from tests.lives.reissuing import PROFILE
from tests.lives.reissuing import at
from tests.lives.reissuing import decision
from tests.lives.reissuing import items
from tests.lives.reissuing import messages
from tests.lives.reissuing import settled

pytestmark = pytest.mark.examples

_ASKED = int(os.environ.get("COPYTASTER_EXAMPLES", "30"))
EXAMPLES = min(2 * _ASKED, 20_000)
ITEMS = items()
PLACES = st.integers(0, len(ITEMS) - 1)


@settings(max_examples=EXAMPLES)
@given(PLACES, lives(), MINUTES)
def test_every_order_of_a_life_is_what_the_handbook_says(
    place: int, drawn: Life, minute: int
) -> None:
    item = ITEMS[place]
    life = settled(item, drawn)
    sent, decisions = messages(item, life), [decision(word) for word in life.words]
    first = decide(sent, decisions, PROFILE, at(minute))
    state, words = expected(life, minute)
    assert first.state.value == state
    if first.state is State.live:
        assert first.current is not None
        assert (words == "A") == (first.current.headline == item.headline)
        assert formats.text_of(first.current) == formats.text_of(item)
    for order in permutations(sent):
        assert decide(order, decisions[::-1], PROFILE, at(minute)) == first


@settings(max_examples=EXAMPLES)
@given(PLACES, lives(), MINUTES, st.lists(st.integers(0, 4), max_size=4))
def test_a_life_that_is_sent_twice_and_in_pieces_is_the_same_life(
    place: int, drawn: Life, minute: int, again: list[int]
) -> None:
    """Repeats come later and by another source. Not of a feed, whose every sighting counts, nor
    of an undated notice, which counts as made when it came."""
    item = ITEMS[place]
    life = settled(item, drawn)
    sent = messages(item, life)
    decisions = [decision(word) for word in life.words]
    calm = [message for message in sent if _says_when(message)]
    repeats = [_later(calm[number % len(calm)]) for number in again if calm]
    whole = decide(sent, decisions, PROFILE, at(minute))
    assert decide([*repeats, *sent], decisions, PROFILE, at(minute)) == whole


def _says_when(message: Message) -> bool:
    if message.target is None:
        return message.arrival.seen is None
    return message.target.when is not None or message.item.version_created is not None


def _later(message: Message) -> Message:
    arrival = msgspec.structs.replace(message.arrival, source="other", received=at(9))
    return msgspec.structs.replace(message, arrival=arrival)


def test_the_lives_reach_every_state_but_the_end_of_a_licence() -> None:
    reached: Counter[str] = Counter()

    @settings(max_examples=150, derandomize=True, database=None)
    @given(lives(), MINUTES)
    def tell(life: Life, minute: int) -> None:
        rows = tuple(row._replace(content=_unlike_others(row)) for row in life.rows)
        reached[expected(life._replace(rows=rows), minute)[0]] += 1

    tell()
    assert set(reached) == set(State) - {State.expired}
    assert min(reached.values()) >= 3


def _unlike_others(row: Row) -> str:
    return repr(row._replace(number=None, made=None, received=0, seen=None))


@pytest.mark.parametrize("item", ITEMS[:12], ids=lambda item: item.format.name)
def test_items_of_our_own_in_every_format_can_be_reissued(item: Item) -> None:
    assert item.headline
    assert formats.text_of(item)
