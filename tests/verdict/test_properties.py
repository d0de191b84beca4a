"""What holds for every history (design §4)."""

from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from itertools import permutations

import msgspec
import pytest
from hypothesis import Phase
from hypothesis import find
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import PubStatus
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import State
from copytaster.verdict import REASONS
from copytaster.verdict import Verdict
from tests.verdict.making import DAY
from tests.verdict.making import at
from tests.verdict.making import decision
from tests.verdict.making import message
from tests.verdict.making import notice
from tests.verdict.strategies import INSTANTS
from tests.verdict.strategies import histories
from tests.verdict.strategies import stricter
from tests.verdict.strategies import told
from tests.verdict.strategies import versions

Told = tuple[list[Message], list[Decision]]


def _ever(messages: Sequence[Message], decisions: Sequence[Decision] = ()) -> list[State]:
    """The states over the day, each half minute in which anything generated can happen."""
    start = DAY + timedelta(hours=8, minutes=59)
    return [
        at(start + timedelta(seconds=30 * half), messages, decisions).state for half in range(16)
    ]


@given(histories(), INSTANTS)
def test_the_order_of_messages_never_matters(messages: list[Message], now: datetime) -> None:
    first = at(now, messages)
    assert all(at(now, order) == first for order in permutations(messages))


@given(told(max_size=4), INSTANTS)
def test_the_order_of_decisions_never_matters(story: Told, now: datetime) -> None:
    messages, decisions = story
    first = at(now, messages, decisions)
    assert all(at(now, messages[::-1], order) == first for order in permutations(decisions))


@given(told(), INSTANTS, st.data())
def test_saying_the_same_again_changes_nothing(
    story: Told, now: datetime, data: st.DataObject
) -> None:
    messages, decisions = story
    again = data.draw(st.lists(st.sampled_from(messages), max_size=3))
    first = at(now, messages, decisions)
    assert at(now, [*messages, *again], [*decisions, *decisions]) == first


@given(told(max_size=4), st.integers(0, 4), st.sampled_from(range(4)))
def test_a_kill_at_any_position_is_never_live_again(story: Told, place: int, which: int) -> None:
    messages, decisions = story
    kills = [message("K", pub_status=PubStatus.canceled), notice(), notice(made=None)]
    if which < len(kills):
        messages = [*messages[:place], kills[which], *messages[place:]]
    else:
        decisions = [*decisions, decision(DecisionKind.kill, "09:00", id="k")]
    assert set(_ever(messages, decisions)) == {State.killed}


@given(histories(4), st.sampled_from(["09:00", "09:05", "12:00"]))
def test_a_deleted_entry_is_never_live_again_by_itself(messages: list[Message], when: str) -> None:
    assert State.live not in _ever([*messages, notice(when=when)])


@given(told(), INSTANTS)
def test_live_words_are_byte_for_byte_those_of_one_message(story: Told, now: datetime) -> None:
    messages, decisions = story
    verdict = at(now, messages, decisions)
    own = [held.item for held in messages if held.target is None]
    if verdict.current is None:
        assert verdict.state is not State.live
        assert own == []
    else:
        assert any(verdict.current is held for held in own)


@given(
    st.lists(st.integers(1, 3), min_size=1, max_size=4),
    st.integers(0, 23 * 60),
    st.integers(-14 * 4, 14 * 4),
    st.booleans(),
)
def test_nothing_is_live_before_its_embargo(
    numbers: list[int], minute: int, quarters: int, numbered: bool
) -> None:
    end = DAY + timedelta(minutes=minute)
    zone = timezone(timedelta(minutes=15 * quarters))
    embargo = Embargo(state=EmbargoState.until, until=end.astimezone(zone), raw="as written")
    messages = [
        message("A", version=number if numbered else None, made=f"08:0{number}", embargo=embargo)
        for number in numbers
    ]
    before = at(end - timedelta(seconds=1), messages)
    assert (before.state, before.look_again) == (State.embargoed, end)
    assert at(end, messages).state is State.live
    assert at(end + timedelta(seconds=1), messages).state is State.live


@given(told(max_size=4), stricter(), INSTANTS)
def test_a_stricter_message_never_makes_a_story_live(
    story: Told, more: Message, now: datetime
) -> None:
    messages, decisions = story
    if at(now, messages, decisions).state is not State.live:
        assert at(now, [*messages, more], decisions).state is not State.live


@given(histories(4), versions(), INSTANTS)
def test_what_was_killed_is_never_brought_back_by_a_message(
    messages: list[Message], more: Message, now: datetime
) -> None:
    """A tombstone alone may turn into a question, and only to a person."""
    if at(now, messages).state is not State.killed:
        return
    after = at(now, [*messages, more]).state
    assert after is not State.live
    if all(held.target is None or held.target.when is None for held in messages):
        assert after is State.killed


@given(told(), INSTANTS, st.lists(st.integers(0, 999_999), max_size=5))
def test_nothing_changes_before_the_time_to_look_again(
    story: Told, now: datetime, parts: list[int]
) -> None:
    messages, decisions = story
    verdict = at(now, messages, decisions)
    until = verdict.look_again or now + timedelta(days=400)
    assert until > now
    between = [now + (until - now) * part // 1_000_000 for part in parts]
    for instant in [*between, until - timedelta.resolution]:
        assert _seen(at(instant, messages, decisions)) == _seen(verdict)


def _seen(verdict: Verdict) -> Verdict:
    """All of a verdict but how long it stands."""
    return msgspec.structs.replace(verdict, look_again=None)


@given(told(), INSTANTS)
def test_every_state_but_live_has_a_reason_that_people_can_read(story: Told, now: datetime) -> None:
    messages, decisions = story
    verdict = at(now, messages, decisions)
    assert (verdict.state is State.live) == (verdict.reasons == ())
    assert {reason.code for reason in verdict.reasons} <= set(REASONS)


@pytest.mark.parametrize("state", State)
def test_the_histories_above_reach_every_state(state: State) -> None:
    """A property over histories that are never live would hold of anything."""
    reached = find(
        told(),
        lambda story: state in _ever(*story),
        settings=settings(
            derandomize=True, database=None, max_examples=2000, phases=[Phase.generate]
        ),
    )
    assert state in _ever(*reached)
