"""What the agency's messages do to a story."""

from itertools import permutations

import pytest

from copytaster.item import CorrectionText
from copytaster.item import EditorialType
from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import Headline
from copytaster.item import Partial
from copytaster.item import PubStatus
from copytaster.item import Remark
from copytaster.item import Signal
from copytaster.item import Target
from copytaster.moment import Moment
from copytaster.story import Cause
from copytaster.story import State
from tests.verdict.making import GUID
from tests.verdict.making import PROFILE
from tests.verdict.making import at
from tests.verdict.making import clock
from tests.verdict.making import codes
from tests.verdict.making import copy
from tests.verdict.making import kinds
from tests.verdict.making import message
from tests.verdict.making import moment
from tests.verdict.making import notice
from tests.verdict.making import until

CANCELED = {"pub_status": PubStatus.canceled}
WITHHELD = {"pub_status": PubStatus.withheld}
UNKNOWN = {"pub_status": PubStatus.hold, "hold_reason": ("status-unknown",)}


# --- versions -----------------------------------------------------------------------------------


def test_a_usable_story_is_live_without_a_reason() -> None:
    first = message()
    verdict = at("09:00", first)
    assert verdict.state is State.live
    assert verdict.current == first.item
    assert (verdict.reasons, verdict.labels, verdict.look_again) == ((), (), None)


def test_the_highest_version_number_is_current_whatever_the_dates_say() -> None:
    older, newer = message("A", version=9, made="11:00"), message("B", version=10, made="09:00")
    assert at("12:00", [newer, older]).current == newer.item


def test_without_numbers_the_newest_date_is_current() -> None:
    older, newer = message("A", version=None), message("B", version=None, made="09:30")
    assert at("12:00", [newer, older]).current == newer.item


def test_an_unnumbered_version_never_replaces_a_numbered_one() -> None:
    numbered, unnumbered = message("A", version=1), message("B", version=None, made="11:00")
    assert at("12:00", [numbered, unnumbered]).current == numbered.item


def test_an_unnumbered_restriction_binds_a_numbered_story() -> None:
    numbered = message("A", version=5, made="11:00")
    withheld = message("B", version=None, made="09:00", **WITHHELD)
    assert at("12:00", [numbered, withheld]).state is State.withheld


def test_an_undated_restriction_binds_a_dated_story() -> None:
    dated = message("A", version=None, made="11:00")
    held = message("B", version=None, made=None, **UNKNOWN)
    assert codes(at("12:00", [dated, held])) == ["status-unknown"]


def test_the_status_of_an_older_version_is_void() -> None:
    for status in (WITHHELD, UNKNOWN):
        messages = [message("A", version=1, **status), message("B", version=2)]
        assert at("12:00", messages).state is State.live


def test_the_same_content_twice_is_no_dispute() -> None:
    first = message("A")
    again = message("A", received="11:00")
    assert at("12:00", [first, again]).state is State.live


def test_the_same_version_with_a_newer_date_is_taken_and_flagged() -> None:
    messages = [message("A", version=4, made="09:00"), message("B", version=4, made="09:10")]
    verdict = at("12:00", messages)
    assert verdict.current == messages[1].item
    assert verdict.state is State.live
    assert verdict.labels == ("update", "same-version")


def test_the_same_version_and_date_with_other_words_is_held() -> None:
    messages = [message("A", version=4), message("B", version=4)]
    verdict = at("12:00", messages)
    assert verdict.state is State.held
    assert codes(verdict) == ["same-version-changed-text"]
    assert at("12:00", messages[::-1]) == verdict


def test_the_same_words_under_a_stricter_embargo_are_no_dispute() -> None:
    # NewsML 1 may re-issue management data under the same version (formats §1.2).
    messages = [message("A"), message("A", embargo=until("11:00"))]
    assert at("10:59", messages).state is State.embargoed
    assert at("11:00", messages).state is State.live


def test_inside_one_version_the_strictest_status_binds() -> None:
    messages = [message("A", made="09:10"), message("A", made="09:00", **WITHHELD)]
    assert at("12:00", messages).state is State.withheld


def test_a_gap_in_the_versions_is_normal() -> None:
    assert at("12:00", message(version=24)).state is State.live


def test_a_ten_digit_version_is_a_number() -> None:
    messages = [message("A", version=1_412_345_678), message("B", version=1_412_345_679)]
    assert at("12:00", messages).current == messages[1].item


def test_a_version_nought_is_a_number() -> None:
    messages = [message("A", version=0), message("B", version=None, made="11:00")]
    assert at("12:00", messages).current == messages[0].item


# --- labels -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        (kinds(EditorialType.correction), "correction"),
        (kinds(EditorialType.clarification), "correction"),
        ({"correction_text": CorrectionText(public="The name was wrong.")}, "correction"),
        (kinds(EditorialType.refile), "refile"),
        (kinds(EditorialType.repeat), "repeat"),
        (kinds(EditorialType.writethru), "update"),
        ({}, "update"),
        (kinds(EditorialType.refile, EditorialType.correction), "correction"),
    ],
)
def test_a_version_says_why_it_replaced_the_last(fields: dict[str, object], label: str) -> None:
    messages = [message("A", version=1), message("B", version=2, made="09:30", **fields)]
    assert at("12:00", messages).labels == (label,)


def test_a_resend_of_the_same_content_is_no_update() -> None:
    messages = [message("A", version=1), message("A", version=2, made="09:30")]
    assert at("12:00", messages).labels == ()


# --- kills --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields", [CANCELED, kinds(EditorialType.kill), kinds(EditorialType.elimination)]
)
def test_a_kill_in_any_version_kills_for_good(fields: dict[str, object]) -> None:
    kill = message("B", version=2, made="09:10", **fields)
    messages = [message("A", version=1), kill, message("C", version=3, made="09:20")]
    for order in permutations(messages):
        verdict = at("12:00", order)
        assert (verdict.state, verdict.cause) == (State.killed, Cause.agency)
        assert codes(verdict) == ["canceled"]
        assert verdict.current == kill.item
        assert verdict.look_again is None


def test_a_kill_that_comes_before_its_story_waits_for_it() -> None:
    kill = notice()
    alone = at("10:00", kill)
    assert (alone.state, alone.current) == (State.killed, None)
    later = message(made="11:00", received="11:00")
    assert codes(at("12:00", [kill, later])) == ["kill-notice"]


def test_a_kill_notice_kills_a_version_that_is_newer() -> None:
    # The notice has no promise to expire; a substitute needs a guid of its own or an editor.
    assert at("12:00", [notice(made="08:00"), message(made="11:00")]).state is State.killed


def test_a_document_that_cancels_itself_is_a_kill_of_its_own_story() -> None:
    target = Target(idref=GUID, new_status=PubStatus.canceled)
    assert codes(at("12:00", message(targets=(target,)))) == ["kill-notice"]


def test_a_document_that_calls_itself_usable_is_a_version_like_any_other() -> None:
    target = Target(idref=GUID, new_status=PubStatus.usable)
    assert at("12:00", message(targets=(target,))).state is State.live


# --- withheld -----------------------------------------------------------------------------------


def test_a_withheld_story_comes_back_with_a_newer_usable_version() -> None:
    withheld = message("A", version=2, **WITHHELD)
    assert codes(at("12:00", [message("A"), withheld])) == ["withheld"]
    back = message("A", version=3, made="09:30")
    assert at("12:00", [message("A"), withheld, back]).state is State.live


def test_withhold_as_a_kind_of_message_withholds() -> None:
    # AP warns not to rely on pubstatus alone.
    verdict = at("12:00", message(**kinds(EditorialType.withhold)))
    assert (verdict.state, verdict.cause) == (State.withheld, Cause.agency)


def test_a_withhold_notice_binds_until_a_newer_usable_version() -> None:
    withheld = notice(PubStatus.withheld, made="10:00")
    assert codes(at("12:00", [message(made="09:00"), withheld])) == ["withhold-notice"]
    assert at("12:00", [message(made="10:00"), withheld]).state is State.withheld
    assert at("12:00", [message(made="10:01"), withheld]).state is State.live


def test_a_withhold_notice_is_not_lifted_by_a_version_that_is_itself_held() -> None:
    messages = [notice(PubStatus.withheld, made="10:00"), message(made="11:00", **UNKNOWN)]
    assert at("12:00", messages).state is State.withheld


def test_an_undated_withhold_notice_counts_as_made_when_it_came() -> None:
    withheld = notice(PubStatus.withheld, made=None, received="10:00")
    assert at("12:00", [message(made="09:59"), withheld]).state is State.withheld
    assert at("12:00", [message(made="10:01"), withheld]).state is State.live


def test_a_tombstones_own_date_counts_before_that_of_the_message() -> None:
    withheld = notice(PubStatus.withheld, made="08:00", when="10:00")
    assert at("12:00", [message(made="09:00"), withheld]).state is State.withheld


def test_a_withhold_notice_before_its_story_is_withheld_with_no_version() -> None:
    verdict = at("12:00", notice(PubStatus.withheld))
    assert (verdict.state, verdict.current) == (State.withheld, None)


def test_a_notice_with_a_status_nobody_knows_holds() -> None:
    strange = notice(PubStatus.hold, made="10:00")
    verdict = at("12:00", [message(), strange])
    assert (verdict.state, verdict.cause) == (State.held, Cause.desk)
    assert codes(verdict) == ["hold-notice"]
    assert at("12:00", strange).state is State.held
    assert at("12:00", [message(made="11:00"), strange]).state is State.live


def test_a_notice_that_says_usable_opens_nothing() -> None:
    fine = notice(PubStatus.usable, made="11:00")
    assert at("12:00", [message(**WITHHELD), fine]).state is State.withheld
    assert codes(at("12:00", fine)) == ["no-version"]


# --- never --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (kinds(EditorialType.test), "test"),
        ({"signals": (Signal(literal="Test", known=True),)}, "test"),
        (kinds(EditorialType.advisory), "advisory"),
        (kinds(EditorialType.schedule), "schedule"),
        (kinds(EditorialType.disregard), "disregard"),
        ({"type": "picture"}, "not-a-story"),
        ({"type": "video"}, "not-a-story"),
        ({"type": "event"}, "not-a-story"),
        ({"type": "composite", "copy": copy()}, "not-a-story"),
        ({"targets": (Target(idref="urn:other"),), "copy": copy()}, "notice"),
    ],
)
def test_what_is_not_for_readers_is_never_published(fields: dict[str, object], code: str) -> None:
    verdict = at("12:00", message(**fields))
    assert verdict.state is State.never
    assert codes(verdict) == [code]


def test_a_composite_with_its_own_text_is_a_story() -> None:
    assert at("12:00", message(type="composite")).state is State.live


def test_a_story_of_which_nothing_has_come_is_never() -> None:
    assert codes(at("12:00", [])) == ["no-version"]


# --- held ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (UNKNOWN, ["status-unknown"]),
        ({"pub_status": PubStatus.hold}, ["status-unknown"]),
        ({"hold_reason": ("signal-unknown",)}, ["signal-unknown"]),
        ({"hold_reason": ("words-unaccounted",)}, ["words-unaccounted"]),
        ({"hold_reason": ("nobody-described-this",)}, ["nobody-described-this"]),
        ({"headlines": ()}, ["no-headline"]),
        ({"headlines": (Headline(value="  "),)}, ["no-headline"]),
        ({"copy": copy()}, ["no-text"]),
        ({"copy": copy("\u00a0\n")}, ["no-text"]),
        ({"partial": Partial.add}, ["partial"]),
        ({"partial": Partial.patch}, ["partial"]),
        (kinds(EditorialType.insert), ["partial"]),
        ({"repairs": ("xml",)}, ["repair-not-allowed"]),
        ({"type": "hologram", "hold_reason": ("type-unknown",)}, ["type-unknown"]),
        ({"targets": (Target(idref="urn:other"),)}, ["names-another"]),
    ],
)
def test_what_is_unknown_or_unwhole_is_held(fields: dict[str, object], expected: list[str]) -> None:
    verdict = at("12:00", message(**fields))
    assert (verdict.state, verdict.cause) == (State.held, Cause.desk)
    assert codes(verdict) == expected


def test_what_nothing_can_lift_is_named_before_what_an_editor_can() -> None:
    verdict = at("12:00", message(headlines=(), **UNKNOWN))
    assert codes(verdict) == ["no-headline", "status-unknown"]


def test_a_hold_for_the_words_of_an_older_version_does_not_bind() -> None:
    doubtful = message("A", version=4, made="09:00", hold_reason=("double-escaped",))
    assert at("12:00", [doubtful, message("B", version=4, made="09:10")]).state is State.live


def test_a_reason_says_what_the_format_noted_beside_it() -> None:
    noted = Remark(code="signal-unknown", detail="sig:\x0bnewthing\n" + "x" * 500)
    verdict = at("12:00", message(hold_reason=("signal-unknown",), warnings=(noted,)))
    detail = verdict.reasons[0].detail
    assert detail is not None
    assert detail.startswith("sig: newthing x")
    assert len(detail) <= 160


def test_an_unknown_status_is_named_as_the_agency_wrote_it() -> None:
    verdict = at("12:00", message(status_raw="imext:draft", **UNKNOWN))
    assert verdict.reasons[0].detail == "imext:draft"


def test_a_part_never_replaces_a_whole_story() -> None:
    messages = [message("A"), message("B", version=2, partial=Partial.add)]
    assert codes(at("12:00", messages)) == ["partial-of-whole"]


@pytest.mark.parametrize("field", ["version_created", "first_created"])
def test_a_repaired_date_needs_the_profiles_leave(field: str) -> None:
    repaired: Moment = moment(clock("09:00"), repair="short-offset")
    story = message(**{field: repaired})
    assert codes(at("12:00", story)) == ["repair-not-allowed"]
    lenient = type(PROFILE)(id="ani", name="ANI", repairs=frozenset({"short-offset"}))
    assert at("12:00", story, profile=lenient).state is State.live


# --- embargo ------------------------------------------------------------------------------------


def test_a_story_held_for_release_opens_when_its_embargo_ends() -> None:
    story = message(embargo=until("11:00"), **kinds(EditorialType.hold_for_release))
    assert codes(at("10:59", story)) == ["embargo-until"]
    assert at("11:00", story).state is State.live


def test_the_latest_embargo_inside_one_version_binds() -> None:
    messages = [
        message("A", made="09:00", embargo=until("11:00")),
        message("A", made="09:10", embargo=until("10:00")),
    ]
    verdict = at("10:30", messages)
    assert verdict.state is State.embargoed
    assert verdict.look_again == clock("11:00")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"embargo": Embargo(state=EmbargoState.indefinite)}, "embargo-indefinite"),
        ({"embargo": Embargo(state=EmbargoState.unparseable, raw="noon")}, "embargo-unparseable"),
        ({"embargo": Embargo(state=EmbargoState.until)}, "embargo-unparseable"),
        (kinds(EditorialType.hold_for_release), "hold-for-release"),
    ],
)
def test_an_embargo_without_a_date_does_not_end(fields: dict[str, object], code: str) -> None:
    verdict = at("23:59", message(**fields))
    assert verdict.state is State.embargoed
    assert codes(verdict) == [code]
    assert verdict.look_again is None


def test_an_endless_embargo_outlasts_a_dated_one() -> None:
    messages = [
        message("A", embargo=until("10:00")),
        message("A", embargo=Embargo(state=EmbargoState.indefinite)),
    ]
    for now in ("09:30", "12:00"):
        assert codes(at(now, messages)) == ["embargo-indefinite"]


def test_a_newer_version_without_an_embargo_lifts_it() -> None:
    messages = [message("A", embargo=until("18:00")), message("B", version=2, made="09:30")]
    assert at("10:00", messages).state is State.live


def test_a_newer_version_may_set_an_embargo_on_a_live_story() -> None:
    messages = [message("A"), message("A", version=2, made="09:30", embargo=until("18:00"))]
    assert at("10:00", messages).state is State.embargoed
