"""What the desk's decisions do to a story, and what they cannot do."""

from itertools import permutations

import msgspec
import pytest
from hypothesis import given

from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import Partial
from copytaster.item import PubStatus
from copytaster.story import Cause
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import State
from tests.verdict.making import DAY
from tests.verdict.making import PROFILE
from tests.verdict.making import at
from tests.verdict.making import codes
from tests.verdict.making import copy
from tests.verdict.making import decision
from tests.verdict.making import message
from tests.verdict.making import notice
from tests.verdict.making import release
from tests.verdict.making import sighting
from tests.verdict.making import until
from tests.verdict.strategies import told

UNKNOWN = {"pub_status": PubStatus.hold, "hold_reason": ("status-unknown",)}


# --- kill ---------------------------------------------------------------------------------------


def test_a_desk_kill_stands_against_every_later_word() -> None:
    story = message()
    decisions = [decision(DecisionKind.kill, "10:00"), release(story, "11:00", id="2")]
    newer = message("B", version=2, made="11:30")
    for order in permutations(decisions):
        verdict = at("12:00", [story, newer], order)
        assert verdict.state is State.killed
        assert codes(verdict) == ["desk-kill"]


@pytest.mark.parametrize(
    ("reason", "cause"),
    [
        ("legal", Cause.legal),
        ("rights", Cause.rights),
        ("agency", Cause.agency),
        ("desk", Cause.desk),
        ("a reader rang", Cause.desk),
    ],
)
def test_a_desk_kill_says_who_brought_it_about(reason: str, cause: Cause) -> None:
    killed = decision(DecisionKind.kill, reason=reason)
    assert at("12:00", message(), [killed]).cause is cause


def test_a_legal_order_says_so_beside_the_agencys_own_kill() -> None:
    legal = decision(DecisionKind.kill, reason="legal")
    verdict = at("12:00", message(pub_status=PubStatus.canceled), [legal])
    assert verdict.cause is Cause.legal
    assert codes(verdict) == ["canceled", "desk-kill"]


def test_the_agencys_kill_says_so_beside_the_desks() -> None:
    verdict = at("12:00", [message(), notice()], [decision(DecisionKind.kill)])
    assert verdict.cause is Cause.agency


def test_an_erased_story_is_killed() -> None:
    verdict = at("12:00", message(), [decision(DecisionKind.erase)])
    assert (verdict.state, codes(verdict)) == (State.killed, ["erased"])


@pytest.mark.parametrize(
    ("reason", "cause"),
    [("court", Cause.legal), ("request", Cause.desk), ("retention", Cause.desk)],
)
def test_a_court_that_has_a_story_erased_is_a_legal_order(reason: str, cause: Cause) -> None:
    told = [decision(DecisionKind.kill), decision(DecisionKind.erase, reason=reason)]
    assert at("12:00", message(), told).cause is cause


def test_a_kill_before_any_version_is_kept() -> None:
    assert at("12:00", [], [decision(DecisionKind.kill)]).state is State.killed


# --- hold and release ---------------------------------------------------------------------------


def test_a_desk_hold_holds_until_it_is_released() -> None:
    story = message()
    hold = decision(DecisionKind.hold, "10:00", reason="the name is in doubt")
    verdict = at("12:00", story, [hold])
    assert (verdict.state, verdict.cause) == (State.held, Cause.desk)
    assert verdict.reasons[0].detail == "the name is in doubt"
    assert at("12:00", story, [hold, release(story, "11:00", id="2")]).state is State.live


def test_the_newest_of_hold_and_release_counts() -> None:
    story = message()
    decisions = [
        decision(DecisionKind.hold, "10:00", id="1"),
        release(story, "10:30", id="2"),
        decision(DecisionKind.hold, "11:00", id="3"),
    ]
    for order in permutations(decisions):
        assert codes(at("12:00", story, order)) == ["desk-hold"]


def test_decisions_of_the_same_instant_are_ranked_by_their_id() -> None:
    story = message()
    hold, lift = decision(DecisionKind.hold, "10:00", id="1"), release(story, "10:00", id="2")
    assert at("12:00", story, [lift, hold]).state is State.live


def test_a_desk_hold_stays_on_newer_versions() -> None:
    messages = [message("A"), message("B", version=2, made="11:00")]
    assert at("12:00", messages, [decision(DecisionKind.hold, "10:00")]).state is State.held


def test_a_release_without_content_lifts_the_desks_hold_and_nothing_else() -> None:
    lift = decision(DecisionKind.release)
    assert at("12:00", message(), [lift]).state is State.live
    assert at("12:00", message(**UNKNOWN), [lift]).state is State.held


@pytest.mark.parametrize(
    "fields",
    [
        UNKNOWN,
        {"pub_status": PubStatus.hold, "hold_reason": ("status-missing",)},
        {"hold_reason": ("signal-unknown",)},
        {"hold_reason": ("editorial-type-unknown", "double-escaped")},
        {"repairs": ("xml", "charset")},
        {"partial": Partial.add},
        {"archive": True},
        {"publish_after": DAY.replace(hour=10)},
        {"made": DAY.replace(month=12)},
    ],
)
def test_a_release_lets_exactly_the_content_it_names_go(fields: dict[str, object]) -> None:
    story = message(**fields)
    assert at("12:00", story).state is State.held
    assert at("12:00", story, [release(story)]).state is State.live
    assert at("12:00", story, [release(message("other words"))]).state is State.held


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"pub_status": PubStatus.canceled}, State.killed),
        ({"pub_status": PubStatus.withheld}, State.withheld),
        ({"embargo": until("18:00")}, State.embargoed),
        ({"embargo": Embargo(state=EmbargoState.indefinite)}, State.embargoed),
        ({"hold_reason": ("words-unaccounted",)}, State.held),
        ({"hold_reason": ("nobody-described-this",)}, State.held),
        ({"headlines": ()}, State.held),
        ({"copy": copy()}, State.held),
        ({"retain_until": DAY.replace(hour=11)}, State.expired),
        ({"type": "picture"}, State.never),
    ],
)
def test_a_release_never_overrides_what_is_not_the_desks_to_decide(
    fields: dict[str, object], state: State
) -> None:
    story = message(**fields)
    assert at("12:30", story, [release(story)]).state is state


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (PubStatus.canceled, State.killed),
        (PubStatus.withheld, State.withheld),
        (PubStatus.hold, State.held),
    ],
)
def test_a_release_never_overrides_a_notice(status: PubStatus, state: State) -> None:
    story = message()
    assert at("12:30", [story, notice(status)], [release(story)]).state is state


def test_a_released_story_still_waits_for_its_embargo() -> None:
    story = message(embargo=until("14:00"), **UNKNOWN)
    assert at("13:00", story).state is State.held
    assert at("13:00", story, [release(story)]).state is State.embargoed
    assert at("14:00", story, [release(story)]).state is State.live


def test_a_new_version_needs_a_release_of_its_own() -> None:
    first, second = message("A", **UNKNOWN), message("B", version=2, made="12:30", **UNKNOWN)
    assert at("13:00", [first, second], [release(first)]).state is State.held


def test_a_resend_of_released_content_stays_released() -> None:
    story = message("A", **UNKNOWN)
    resent = message("A", version=2, made="12:30", received="12:30", **UNKNOWN)
    assert at("13:00", [story, resent], [release(story)]).state is State.live


# --- a disputed version -------------------------------------------------------------------------


def test_a_release_chooses_between_two_texts_of_one_version() -> None:
    texts = [message("A"), message("B")]
    for chosen in texts:
        verdict = at("13:00", texts, [release(chosen)])
        assert verdict.state is State.live
        assert verdict.current == chosen.item


def test_a_third_text_that_comes_after_the_choice_is_held_again() -> None:
    texts = [message("A"), message("B")]
    late = message("C", received="12:30")
    verdict = at("13:00", [*texts, late], [release(texts[0])])
    assert codes(verdict) == ["same-version-changed-text"]


def test_a_release_does_not_bring_back_what_a_feed_no_longer_says() -> None:
    first, second = sighting("A", "09:00"), sighting("B", "09:10")
    assert at("13:00", [first, second], [release(first)]).current == second.item


# --- what came after the release ----------------------------------------------------------------


def test_a_doubt_that_comes_after_the_release_is_not_covered_by_it() -> None:
    story = message("A", version=2)
    doubt = message("B", version=None, received="12:30", **UNKNOWN)
    assert at("13:00", [story, doubt], [release(story)]).state is State.held
    known = msgspec.structs.replace(
        doubt, arrival=msgspec.structs.replace(doubt.arrival, received=story.arrival.received)
    )
    assert at("13:00", [story, known], [release(story)]).state is State.live
    assert at("13:00", [story, known, doubt], [release(story)]).state is State.live


def test_a_restored_entry_is_live_again_only_when_a_person_says_so() -> None:
    entry = sighting("A", "11:00", made="11:00", format="atom")
    tombstone = notice(when="10:00", made=None)
    assert codes(at("13:00", [entry, tombstone])) == ["restored-after-deletion"]
    assert at("13:00", [entry, tombstone], [release(entry)]).state is State.live
    later = notice(when="10:30", made=None, received="12:30")
    assert at("13:00", [entry, tombstone, later], [release(entry)]).state is State.held


def test_a_repair_that_the_profile_allows_needs_no_release() -> None:
    story = message(repairs=("xml",))
    lenient = msgspec.structs.replace(PROFILE, repairs=frozenset({"xml"}))
    assert at("13:00", story, profile=lenient).state is State.live


# --- recalls ------------------------------------------------------------------------------------


def of_batch(kind: DecisionKind, at: str, id: str, batch: str = "b") -> Decision:
    return msgspec.structs.replace(decision(kind, at, id=id), batch=batch)


@pytest.mark.parametrize("kind", [DecisionKind.kill, DecisionKind.hold])
def test_an_undo_leaves_the_story_as_if_the_batch_had_never_been(kind: DecisionKind) -> None:
    story = message(**UNKNOWN)
    before = [release(story, "10:00", id="1")]
    recalled = [*before, of_batch(kind, "11:00", "2")]
    assert at("12:00", story, recalled).state is not State.live
    for order in permutations([*recalled, of_batch(DecisionKind.undo, "11:30", "3")]):
        assert at("12:00", story, order) == at("12:00", story, before)


def test_an_undo_reaches_neither_the_agencys_kill_nor_another_of_the_desk() -> None:
    undone = [of_batch(DecisionKind.kill, "11:00", "2"), of_batch(DecisionKind.undo, "12:00", "3")]
    canceled = message(pub_status=PubStatus.canceled)
    assert at("13:00", canceled, undone).state is State.killed
    alone = decision(DecisionKind.kill, "10:00", id="1")
    assert at("13:00", message(), [alone, *undone]).state is State.killed
    other = of_batch(DecisionKind.kill, "10:00", "1", batch="other")
    assert at("13:00", message(), [other, *undone]).state is State.killed


def test_an_editor_may_release_one_story_of_a_batch_that_holds_and_none_of_one_that_kills() -> None:
    story = message()
    for kind, state in ((DecisionKind.hold, State.live), (DecisionKind.kill, State.killed)):
        decisions = [of_batch(kind, "11:00", "1"), release(story, "12:00", id="2")]
        assert at("13:00", story, decisions).state is state


def test_a_recalled_story_says_which_recall_it_was() -> None:
    (reason,) = at("12:00", message(), [of_batch(DecisionKind.hold, "11:00", "1")]).reasons
    assert (reason.code, reason.detail) == ("desk-hold", "desk, recall b")


def test_an_undo_without_a_batch_takes_nothing_back() -> None:
    decisions = [decision(DecisionKind.kill, "10:00"), decision(DecisionKind.undo, "11:00", id="2")]
    assert at("12:00", message(), decisions).state is State.killed


# --- what the desk holds by itself --------------------------------------------------------------


def own(kind: DecisionKind, at: str, reason: str = "first", code: str = "copy-of-held") -> Decision:
    held = decision(kind, at, reason=reason, id=f"{kind}-{at}-{reason}")
    return msgspec.structs.replace(held, code=code, by="copytaster")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([own(DecisionKind.hold, "10:00")], ["copy-of-held"]),
        ([own(DecisionKind.hold, "10:00"), own(DecisionKind.undo, "10:05")], []),
        (
            [
                own(DecisionKind.hold, "10:00"),
                own(DecisionKind.undo, "10:05"),
                own(DecisionKind.hold, "10:10"),
            ],
            ["copy-of-held"],
        ),
        (
            [
                own(DecisionKind.hold, "10:00"),
                own(DecisionKind.hold, "10:01", reason="second"),
                own(DecisionKind.undo, "10:05", reason="second"),
            ],
            ["copy-of-held"],
        ),
        (
            [
                own(DecisionKind.hold, "10:00", code="copy-of-killed"),
                own(DecisionKind.undo, "10:05"),
            ],
            ["copy-of-killed"],
        ),
        (
            [
                decision(DecisionKind.hold, "09:50"),
                own(DecisionKind.hold, "10:00"),
                own(DecisionKind.undo, "10:05"),
            ],
            ["desk-hold"],
        ),
    ],
    ids=["held", "freed", "held anew", "one of two", "of another code", "an editor's stays"],
)
def test_the_desk_takes_back_its_own_hold_and_no_other(
    said: list[Decision], expected: list[str]
) -> None:
    for order in permutations(said):
        assert codes(at("12:00", message(), order)) == expected


# --- review ---------------------------------------------------------------------------------------

REVIEWS = (DecisionKind.review, DecisionKind.unreview)


def review(
    of: Message, time: str, kind: DecisionKind = DecisionKind.review, id: str = "r"
) -> Decision:
    return decision(kind, time, of=of, id=id)


def test_a_review_is_of_the_content_that_was_read_and_of_no_other() -> None:
    first, second = message(), message("B", version=2, made="11:00")
    read = review(first, "10:30")
    assert at("10:40", [first], [read]).reviewed == read.at
    assert at("12:00", [first, second], [read]).reviewed is None
    again = review(second, "11:30", id="s")
    assert at("12:00", [first, second], [read, again]).reviewed == again.at


def test_the_newest_word_on_a_review_counts() -> None:
    story = message()
    words = [review(story, "10:30"), review(story, "10:40", DecisionKind.unreview, id="s")]
    for order in permutations(words):
        assert at("12:00", [story], order).reviewed is None
    words.append(review(story, "10:50", id="t"))
    for order in permutations(words):
        assert at("12:00", [story], order).reviewed == words[-1].at


def test_only_what_readers_see_is_reviewed() -> None:
    story = message()
    decisions = [review(story, "10:30"), decision(DecisionKind.hold, "10:40")]
    assert at("12:00", [story], decisions).reviewed is None
    decisions.append(release(story, "10:50", id="3"))
    assert at("12:00", [story], decisions).reviewed is not None


@given(told())
def test_a_review_changes_nothing_but_what_is_said_of_it(
    said: tuple[list[Message], list[Decision]],
) -> None:
    messages, decisions = said
    others = [one for one in decisions if one.kind not in REVIEWS]
    with_, without = at("12:00", messages, decisions), at("12:00", messages, others)
    assert msgspec.structs.replace(with_, reviewed=None) == without
    assert with_.reviewed is None or with_.state is State.live
