"""Generated lives as bytes through a real desk: split over deliveries and restarts, in any order.

What the desk makes of them is what the second telling says, and what readers get are the words
of one message. COPYTASTER_EXAMPLES / 20 lives (50 in ``make ci``); 6 in ``make test``.
"""

import os
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from copytaster.demo.script import WireFormat
from copytaster.demo.writers import Version
from copytaster.demo.writers import write
from copytaster.story import State
from tests.lives.oracle import ENDLESS
from tests.lives.oracle import Life
from tests.lives.oracle import Notice
from tests.lives.oracle import Row
from tests.lives.oracle import expected
from tests.newsroom.making import AGENCY
from tests.newsroom.making import GUID
from tests.newsroom.making import MORNING
from tests.newsroom.making import House
from tests.newsroom.making import house
from tests.newsroom.making import ninjs

EXAMPLES = max(6, int(os.environ.get("COPYTASTER_EXAMPLES", "0")) // 20)
_UNKNOWN = "commissioned"
"""a status word that nobody here knows: the item is held"""

_ROWS = st.builds(
    Row,
    content=st.just(""),
    words=st.sampled_from("AB"),
    number=st.sampled_from([9, 10, 10, 11]),
    made=st.sampled_from([1, 2, 3]),
    received=st.just(4),
    seen=st.none(),
    status=st.sampled_from(["usable"] * 8 + ["hold", "withheld", "canceled"]),
    embargo=st.sampled_from([None, None, None, 20, 30, ENDLESS]),
    part=st.just(value=False),
    kind=st.just(""),
)
_KILLS = st.lists(st.just(Notice(status="canceled", made=5)), max_size=1)
LIVES = st.builds(
    lambda rows, kills, few: Life(
        rows=tuple(_with_content(row) for row in rows), notices=tuple(kills if few else ())
    ),
    st.lists(_ROWS, min_size=1, max_size=5),
    _KILLS,
    st.sampled_from([False, False, False, True]),
)


def _with_content(row: Row) -> Row:
    return row._replace(content=repr((row.words, row.status, row.embargo)))


def _at(minute: int) -> str:
    return (MORNING + timedelta(minutes=minute)).isoformat()


def _bytes(said: Row | Notice) -> bytes:
    if isinstance(said, Notice):
        fields = (("kills", GUID), ("status", "usable"), ("headline", "A word to editors"))
        stamp = (MORNING + timedelta(minutes=said.made or 0)).strftime("%Y%m%dT%H%M%S%z")
        notice = Version(guid=f"{GUID}:kill", published="", updated=stamp, fields=fields)
        return write(WireFormat.nitf, [notice], AGENCY)
    embargo = None if said.embargo is None else _at(said.embargo)
    return ninjs(
        version=str(said.number),
        versioncreated=_at(said.made or 0),
        pubstatus=_UNKNOWN if said.status == "hold" else said.status,
        embargoed="" if said.embargo == ENDLESS else embargo,
        text=f"The words of {said.words}.",
    )


def _hand_in(house: House, sent: Sequence[bytes], cuts: Sequence[int]) -> None:
    """All of it, in several batches, with a restart after some."""
    edges = [0, *sorted({cut % (len(sent) + 1) for cut in cuts}), len(sent)]
    for turn, (first, last) in enumerate(pairwise(edges)):
        house.receive(*sent[first:last])
        house.now += timedelta(minutes=1)
        if turn % 2:
            house.restart()


@settings(max_examples=EXAMPLES)
@given(LIVES, st.randoms(use_true_random=False), st.lists(st.integers(0, 9), max_size=3))
def test_a_life_through_the_desk_is_what_the_handbook_says(
    life: Life, chance: Random, cuts: list[int]
) -> None:
    sent = [_bytes(said) for said in (*life.rows, *life.notices)]
    sent += sent[: len(sent) // 2]  # some come twice
    chance.shuffle(sent)
    with tempfile.TemporaryDirectory() as folder, house(Path(folder) / "data") as opened:
        opened.now = MORNING + timedelta(minutes=6)
        _hand_in(opened, sent, cuts)
        for minute in (19, 20, 30, 40):
            opened.now = MORNING + timedelta(minutes=minute)
            opened.desk.settle()
            _is_as_told(opened, expected(life, minute))


def _is_as_told(house: House, told: tuple[str, str | None]) -> None:
    story = house.story()
    state, words = told
    assert story.state.value == state
    page = house.desk.pressroom.folder.read(story.id, f"v{story.edition}.txt")
    if story.state is State.live:
        assert page == f"The words of {words}.\n".encode()
    else:
        assert page is None
