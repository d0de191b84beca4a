"""The lifecycle against a second telling of formats §2.3."""

import os
from datetime import timedelta

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import Partial
from copytaster.item import PubStatus
from copytaster.story import Message
from copytaster.story import State
from tests.verdict.making import DAY
from tests.verdict.making import at
from tests.verdict.making import copy
from tests.verdict.making import message
from tests.verdict.oracle import OPEN_ENDED
from tests.verdict.oracle import Row
from tests.verdict.oracle import expected

EXAMPLES = int(os.environ.get("COPYTASTER_EXAMPLES", "300"))

ROWS = st.builds(
    Row,
    number=st.sampled_from([None, 0, 1, 9, 10]),
    minute=st.sampled_from([None, 541, 542, 543]),
    text=st.sampled_from("AB"),
    status=st.sampled_from(["usable"] * 6 + ["hold", "withheld", "canceled"]),
    embargo=st.sampled_from([0, 0, 0, 545, 546, OPEN_ENDED]),
    part=st.sampled_from([False] * 5 + [True]),
)


def _message(row: Row) -> Message:
    """The row as it would arrive."""
    made = None if row.minute is None else DAY + timedelta(minutes=row.minute)
    return message(
        row.text,
        version=row.number,
        made=made,
        pub_status=PubStatus(row.status),
        embargo=_embargo(row.embargo),
        partial=Partial.add if row.part else Partial.none,
    )


def _embargo(minute: int) -> Embargo:
    if minute == 0:
        return Embargo()
    if minute == OPEN_ENDED:
        return Embargo(state=EmbargoState.indefinite)
    return Embargo(state=EmbargoState.until, until=DAY + timedelta(minutes=minute))


@settings(max_examples=EXAMPLES)
@given(st.sets(ROWS, min_size=1, max_size=5), st.sampled_from([544, 545, 546, 547]))
def test_both_tellings_agree(rows: set[Row], minute: int) -> None:
    verdict = at(DAY + timedelta(minutes=minute), [_message(row) for row in rows])
    state, text = expected(rows, minute)
    assert verdict.state.value == state
    if verdict.state is State.live:
        assert text is not None
        assert verdict.current is not None
        assert verdict.current.copy == copy(text)
