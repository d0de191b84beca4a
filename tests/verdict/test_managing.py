"""Updates of an item's status: applied to the very revision they name, and to no other."""

from itertools import permutations
from typing import Any

import pytest
from msgspec.structs import replace

from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import Headline
from copytaster.item import Partial
from copytaster.item import PubStatus
from copytaster.story import Message
from copytaster.story import State
from tests.verdict.making import at
from tests.verdict.making import clock
from tests.verdict.making import codes
from tests.verdict.making import message
from tests.verdict.making import release
from tests.verdict.making import until

HELD = Embargo(state=EmbargoState.indefinite)


def update(
    number: int = 2, previous: str | None = "1", made: str = "09:30", **fields: Any
) -> Message:
    """A revision of management alone."""
    given = {"headlines": (), "partial": Partial.management_only} | fields
    sent = message("", version=number, made=made, received=made, **given)
    return replace(sent, item=replace(sent.item, previous_version=previous))


def story(**fields: Any) -> Message:
    return message("The ferry runs again.", **fields)


def test_an_embargo_is_lifted_for_the_revision_that_is_named() -> None:
    for order in permutations([story(embargo=HELD), update()]):
        verdict = at("10:00", order)
        assert verdict.state is State.live
        assert verdict.current is not None
        assert verdict.current.copy == story().item.copy
        assert verdict.parts == (story(embargo=HELD).item.content_hash,)


@pytest.mark.parametrize(
    "sent",
    [
        update(previous="2"),
        update(previous=None),
        update(number=3, previous="2"),
        update(number=1, previous=None, made="09:00"),
        update(headlines=(Headline(value="Another story"),)),
        update(hold_reason=("body-unreadable",)),
    ],
    ids=["another", "none", "one that never came", "no newer", "another headline", "unread"],
)
def test_an_update_of_what_is_not_held_lifts_nothing(sent: Message) -> None:
    assert at("10:00", [story(embargo=HELD), sent]).state is not State.live


def test_the_same_revision_again_is_told_by_its_date() -> None:
    again = update(number=1, previous=None)
    assert at("10:00", [story(embargo=HELD), again]).state is State.live


def test_an_update_of_a_revision_that_two_texts_share_lifts_nothing() -> None:
    other = message("Other words.", embargo=HELD)
    assert at("10:00", [story(embargo=HELD), other, update()]).state is not State.live


def test_updates_follow_one_another_without_a_gap() -> None:
    second = update(number=3, previous="2", made="09:40", embargo=until("11:00"))
    sent = [story(), update(embargo=HELD), second]
    for order in permutations(sent):
        assert at("10:00", order).state is State.embargoed
        assert at("11:00", order).state is State.live
    gap = update(number=5, previous="4", made="09:50")
    assert at("11:00", [*sent, gap]).state is State.held


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"pub_status": PubStatus.withheld}, State.withheld),
        ({"pub_status": PubStatus.canceled}, State.killed),
        ({"pub_status": PubStatus.hold}, State.held),
        ({"embargo": until("12:00")}, State.embargoed),
    ],
)
@pytest.mark.parametrize("previous", ["1", "7"])
def test_what_an_update_forbids_binds_whether_it_is_proven_or_not(
    fields: dict[str, Any], state: State, previous: str
) -> None:
    found = at("10:00", [story(), update(previous=previous, **fields)])
    unproven = State.held if state is State.embargoed and previous == "7" else state
    assert found.state is unproven


def test_withheld_is_taken_back_by_the_next_update() -> None:
    held = update(pub_status=PubStatus.withheld)
    free = update(number=3, previous="2", made="09:40")
    assert at("10:00", [story(), held]).state is State.withheld
    assert at("10:00", [story(), held, free]).state is State.live


def test_a_cancel_by_an_update_stays() -> None:
    gone = update(pub_status=PubStatus.canceled)
    free = update(number=3, previous="2", made="09:40")
    assert at("10:00", [story(), gone, free]).state is State.killed


def test_a_whole_version_after_an_update_is_judged_by_itself() -> None:
    whole = message("Newer words.", version=3, made="09:40")
    verdict = at("10:00", [story(), update(embargo=HELD), whole])
    assert (verdict.state, verdict.parts) == (State.live, ())


def test_what_is_wrong_with_the_words_stays_wrong() -> None:
    doubtful = story(hold_reason=("words-unaccounted",), embargo=HELD)
    assert codes(at("10:00", [doubtful, update()])) == ["words-unaccounted"]


def test_a_release_of_the_words_does_not_cover_a_status_that_came_later() -> None:
    sent = [story(), update(pub_status=PubStatus.hold)]
    assert at("13:00", sent, [release(story(), at="09:10")]).state is State.held


def test_a_version_without_content_that_names_the_one_before_is_an_update() -> None:
    sent = [story(embargo=HELD), update(partial=Partial.none)]
    assert at("10:00", sent).state is State.live
    unnamed = [story(embargo=HELD), update(partial=Partial.none, previous=None)]
    assert at("10:00", unnamed).state is State.held


def test_the_page_keeps_the_date_of_its_words() -> None:
    current = at("10:00", [story(embargo=HELD), update()]).current
    assert current is not None
    assert current.version_created is not None
    assert current.version_created.instant == clock("09:00")
