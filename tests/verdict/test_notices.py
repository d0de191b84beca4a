"""What notices do to a story: kill, hold, suspend where they may mean it, let go again."""

from datetime import timedelta
from itertools import permutations

import pytest
from msgspec.structs import replace

from copytaster.item import PubStatus
from copytaster.item import Target
from copytaster.moment import Precision
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import State
from copytaster.verdict.notices import void
from tests.verdict.making import GUID
from tests.verdict.making import at
from tests.verdict.making import clock
from tests.verdict.making import codes
from tests.verdict.making import decision
from tests.verdict.making import message
from tests.verdict.making import notice
from tests.verdict.making import release

HOLD, KILL, FREE = PubStatus.withheld, PubStatus.canceled, PubStatus.usable


def may_mean(status: PubStatus, made: str = "10:00", substitute: str | None = None) -> Message:
    """A notice that may mean this story as well as another."""
    told = notice(status, made=made, received=made)
    target = Target(idref=GUID, new_status=status, suspected=True, substitute=substitute)
    return Message(item=told.item, arrival=told.arrival, target=target)


def declaring(substitute: str, made: str = "10:00") -> Message:
    told = notice(KILL, made=made, received=made)
    target = Target(idref=GUID, new_status=KILL, substitute=substitute)
    return Message(item=told.item, arrival=told.arrival, target=target)


def freeing(turn: int, made: str = "10:00") -> Message:
    """What the same notice says of this story once it is known to mean another."""
    told = notice(KILL, made=made, received=made)
    return Message(item=told.item, arrival=told.arrival, target=void(GUID, turn))


def suspecting(turn: int) -> Message:
    told = may_mean(KILL)
    assert told.target is not None
    target = replace(told.target, turn=turn)
    return Message(item=told.item, arrival=told.arrival, target=target)


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ([suspecting(0), freeing(0)], State.live),
        ([suspecting(0), freeing(0), suspecting(1)], State.held),
        ([suspecting(0), freeing(0), suspecting(1), freeing(1)], State.live),
    ],
)
def test_the_latest_word_of_one_notice_about_a_story_counts(
    said: list[Message], state: State
) -> None:
    for order in permutations([message(), *said]):
        assert at("11:00", list(order)).state is state


def test_one_notice_s_word_frees_nothing_from_another_s() -> None:
    other = may_mean(KILL, made="10:30")
    assert other.item.content_hash == freeing(0).item.content_hash
    assert at("11:00", [message(), other, freeing(0)]).state is State.held


@pytest.mark.parametrize("status", [KILL, HOLD])
def test_a_notice_that_may_mean_it_suspends_it_for_a_person(status: PubStatus) -> None:
    verdict = at("11:00", [message(), may_mean(status)])
    assert verdict.state is State.held
    assert codes(verdict) == ["kill-unresolved"]


def test_a_person_who_knows_of_the_notice_releases_it() -> None:
    story = message()
    assert at("13:00", [story, may_mean(KILL)], [release(story)]).state is State.live


def test_a_release_made_before_the_notice_came_does_not_cover_it() -> None:
    story = message()
    late = may_mean(KILL, made="12:30")
    assert at("13:00", [story, late], [release(story)]).state is State.held


def test_a_person_kills_what_was_meant() -> None:
    killed = at("13:00", [message(), may_mean(KILL)], [decision(DecisionKind.kill)])
    assert killed.state is State.killed


def test_a_sure_kill_outweighs_a_suspicion() -> None:
    assert at("11:00", [message(), may_mean(KILL), notice(KILL)]).state is State.killed


def test_an_all_clear_lifts_the_hold_before_it() -> None:
    held = [message(), notice(HOLD, made="10:00")]
    assert at("11:00", held).state is State.withheld
    assert at("11:00", [*held, notice(FREE, made="10:30")]).state is State.live


def test_an_all_clear_lifts_the_suspicion_of_a_hold() -> None:
    story = [message(), may_mean(HOLD), notice(FREE, made="10:30")]
    assert at("11:00", story).state is State.live


@pytest.mark.parametrize("made", ["09:30", "10:00"])
def test_an_all_clear_that_is_not_later_lifts_nothing(made: str) -> None:
    story = [message(), notice(HOLD, made="10:00"), notice(FREE, made=made, guid="urn:clear")]
    assert at("11:00", story).state is State.withheld


def test_an_all_clear_that_may_mean_another_story_lifts_nothing() -> None:
    held = [message(), notice(HOLD, made="10:00"), may_mean(FREE, made="10:30")]
    assert at("11:00", held).state is State.withheld


def test_a_hold_of_the_minute_in_which_its_story_moved_holds_it() -> None:
    """A wire gives no seconds: 09:00 may be a moment after the story of 09:00:30."""
    moved = clock("09:00") + timedelta(seconds=30)
    told = notice(HOLD, made="09:00")
    minute = replace(told.item.version_created, precision=Precision.minute)
    held = replace(told, item=replace(told.item, version_created=minute))
    assert at("11:00", [message(made=moved), held]).state is State.withheld
    later = message("Checked words.", version=2, made=clock("09:01"))
    assert at("11:00", [message(made=moved), held, later]).state is State.live


def test_a_hold_after_the_all_clear_holds_again() -> None:
    story = [
        message(),
        notice(HOLD, made="10:00"),
        notice(FREE, made="10:30"),
        notice(HOLD, made="10:45", guid="urn:newsml:seaboard.example:again"),
    ]
    assert at("11:00", story).state is State.withheld


@pytest.mark.parametrize("killed", [notice(KILL), may_mean(KILL)])
def test_no_all_clear_lifts_a_kill_or_the_suspicion_of_one(killed: Message) -> None:
    state = at("11:00", [message(), killed, notice(FREE, made="10:30")]).state
    assert state in {State.killed, State.held}


def test_an_all_clear_alone_opens_nothing() -> None:
    assert at("11:00", [notice(FREE)]).state is State.never
    assert at("11:00", [message(pub_status=HOLD), notice(FREE)]).state is State.withheld


def test_the_substitute_is_the_one_declared_last() -> None:
    story = [message(), declaring("b", "10:00"), declaring("c", "10:30")]
    assert at("11:00", story).substitute == "c"
    assert at("11:00", story[::-1]).substitute == "c"


def test_a_suspicion_declares_no_substitute() -> None:
    assert at("11:00", [message(), may_mean(KILL, substitute="b")]).substitute is None


def sparing(good: Message, made: str = "10:00") -> Message:
    told = notice(KILL, made=made, received=made)
    target = Target(idref=GUID, new_status=KILL, spares=(good.item.content_hash,))
    return Message(item=told.item, arrival=told.arrival, target=target)


BAD = message("Bad words.", made="09:00")
GOOD = message("Good words.", version=2, made="09:48", received="09:48")


def test_a_kill_that_spares_a_version_takes_those_before_it() -> None:
    for sent in permutations([BAD, GOOD, sparing(GOOD), declaring("b")]):
        verdict = at("11:00", sent)
        assert (verdict.state, verdict.current) == (State.live, GOOD.item)
        assert verdict.withdrawn == (BAD.item.content_hash,)


def test_while_the_good_version_is_not_here_nothing_is_spared() -> None:
    verdict = at("11:00", [BAD, sparing(GOOD)])
    assert (verdict.state, verdict.withdrawn) == (State.killed, ())


def test_what_is_ranked_beside_the_good_version_is_gone_and_what_is_above_stands() -> None:
    beside = message("Other words.", version=2, made="09:48")
    after = message("Newer words.", version=3, made="09:55")
    verdict = at("11:00", [BAD, beside, GOOD, after, sparing(GOOD)])
    assert verdict.current == after.item
    assert set(verdict.withdrawn) == {BAD.item.content_hash, beside.item.content_hash}


def test_another_kill_ends_what_one_spared() -> None:
    other = notice(KILL, guid="urn:newsml:seaboard.example:second")
    assert at("11:00", [BAD, GOOD, sparing(GOOD), other]).state is State.killed


def test_the_desk_s_own_hold_says_why() -> None:
    held = replace(decision(DecisionKind.hold), code="copy-of-killed")
    assert codes(at("13:00", message(), [held])) == ["copy-of-killed"]
