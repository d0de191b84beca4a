"""Notes to editors: what restricts in words where no field does, and what only sounds so."""

import time

import pytest

from copytaster.item import EditorialType
from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import Headline
from copytaster.story import State
from tests.verdict.making import at
from tests.verdict.making import codes
from tests.verdict.making import item
from tests.verdict.making import kinds
from tests.verdict.making import message
from tests.verdict.making import notice
from tests.verdict.making import release
from tests.verdict.making import until

EMBARGOES = [
    "EMBARGO: not for publication before 6 pm",
    "Embargoed until Friday",
    "EMBARGOED TO 0001 FRIDAY MARCH 6",
    "STRICT EMBARGO 0001 Friday",
    "Embargo",
    "Eds:\nembargo\nthe report is out on Friday",
    "This story is under embargo.",
    "Embargo will be lifted at noon",
    "Embargo lifted at 6 pm",
    "Embargo lifted on part one. Part two is embargoed until Friday.",
    "Please respect the embargo",
    "Embargo: Friday 6 pm",
    "Embargo tomorrow 6 am",
    "Not for publication, broadcast or use on social media before 00.01 on Friday",
    "Do not publish until the minister has spoken",
    "For release at 6 pm",
    "FOR RELEASE SUNDAY, MARCH 8",
    "Hold until Friday",
    "Sperrfrist: 18 Uhr",
    "Sperrfrist\xa018 Uhr",
    "Nicht vor 22.10., 11:30 Uhr verwenden",
    "sous embargo jusqu'à 18h",
    "Embargo jusqu’à 18h",
    "embargado hasta las 18",
    "bajo embargo hasta el viernes",
    "Sotto embargo fino alle 18",
    "Onder embargo tot 18 uur",
    "Embargo til fredag",
]
KILLS = [
    "KILL. Kill this story. Do not use.",
    "KILL",
    "Eds:\nKILL\nlibel",
    "HOLD: waiting for the lawyers",
    "HOLD FOR RELEASE",
    "HOLD-FOR-RELEASE",
    "Hold for\nrelease",
    "ADVISORY TO EDITORS ONLY, NOT FOR PUBLICATION",
    "STORY WITHDRAWN",
    "The story has been withdrawn.",
    "MANDATORY KILL",
    "BULLETIN KILL - BULLETIN KILL",
    "KILL KILL KILL",
    "Kill the ferry story sent at 9",
    "Please withhold this story",
    "Disregard this item",
    "Don’t use",
    "Must not be published",
    "Do not use until further notice",
    "Not for publication",
    "Not for public release",
    "Bitte nicht verwenden",
    "Die Meldung wird zurückgezogen",
    "Ne pas publier",
    "NO PUBLICAR",
]
HARMLESS = [
    "Updates with quotes from the minister",
    "Oil embargo details in paragraph 4",
    "Adds reaction to the embargo on steel",
    "EU arms embargo until 2030 explained in para 6",
    "Photo of kill site available",
    "NO ARCHIVAL USE",
    "Hold the line quote added",
    # What was taken out of the text, told in the third person, restricts nothing that is left.
    "Kills reference to second suspect in para 3",
    "Adds detail of police who kill three",
    "Adds Kill Bill director",
    "Embargo lifted",
    "EMBARGO LIFTED: may be used now",
    "The embargo has been lifted.",
    "No longer embargoed",
    "No longer under embargo",
    "Not embargoed",
    "Embargo levé",
    "Sperrfrist aufgehoben",
    "Keine Sperrfrist",
    "El ministro, sin embargo, hasta ahora calla",
    "Troops withdrawn from the pass, para 2",
    "Withdraws the claim of a second fire",
    "For immediate release",
    "For editorial use only",
    "Do not use the file photo",
    "Contact details not for publication",
    "Die folgenden Informationen sind nicht zur Veröffentlichung bestimmt",
    "Picture will be Robinson at today's news conference",
    "Eds: adds full-year results; will be updated",
    "Background on the embargoed goods in para 8",
    "Company put plant on hold, para 7",
    "Holds for the second day, adds prices",
    "Story is developing; next version before 6 pm",
    "Zu diesem Text finden Sie Bilder",
]


@pytest.mark.parametrize("field", ["ed_note", "advisory_line"])
@pytest.mark.parametrize("note", EMBARGOES)
def test_an_embargo_told_in_a_note_holds_the_story(note: str, field: str) -> None:
    verdict = at("12:00", message(**{field: note}))
    assert (verdict.state, codes(verdict)) == (State.held, ["embargo-note"])


@pytest.mark.parametrize("field", ["ed_note", "advisory_line"])
@pytest.mark.parametrize("note", KILLS)
def test_a_kill_told_in_a_note_holds_the_story(note: str, field: str) -> None:
    verdict = at("12:00", message(**{field: note}))
    assert (verdict.state, codes(verdict)) == (State.held, ["kill-note"])


@pytest.mark.parametrize("note", HARMLESS)
def test_a_note_that_restricts_nothing_holds_nothing(note: str) -> None:
    assert at("12:00", message(ed_note=note, advisory_line=note.upper())).state is State.live


@pytest.mark.parametrize("words", ["Police kill three", "Embargoed until Friday", "Do not use."])
def test_only_notes_are_read_for_what_they_forbid(words: str) -> None:
    story = message(words, headlines=(Headline(value=words),), public_note=words)
    assert at("12:00", story).state is State.live


def test_a_release_of_the_noted_words_lets_them_go() -> None:
    story = message(ed_note="KILL this story. Embargoed until Friday.")
    assert codes(at("11:00", story)) == ["embargo-note", "kill-note"]
    assert at("13:00", story, [release(story)]).state is State.live


def test_a_note_of_any_message_of_the_same_version_binds() -> None:
    noted, plain = message("A", ed_note="Do not use."), message("B", made="09:30")
    for order in ([noted, plain], [plain, noted]):
        assert codes(at("12:00", order)) == ["kill-note"]


def test_a_newer_version_without_the_note_is_free_of_it() -> None:
    noted, newer = message("A", ed_note="Do not use."), message("B", version=2, made="09:30")
    assert at("12:00", [noted, newer]).state is State.live


def test_an_embargo_that_the_clock_judges_is_not_told_twice() -> None:
    note = "EMBARGOED TO 1000 TODAY - NOT FOR PUBLICATION OR BROADCAST BEFORE THIS TIME"
    story = message(embargo=until("10:00"), ed_note=note)
    assert codes(at("09:59:59", story)) == ["embargo-until"]
    assert at("10:00", story).state is State.live


def test_an_embargo_that_has_ended_does_not_silence_a_kill_in_a_note() -> None:
    story = message(embargo=until("10:00"), ed_note="Embargoed to 1000. KILL this story.")
    assert codes(at("10:00", story)) == ["kill-note"]


def test_an_embargo_without_an_end_needs_no_note() -> None:
    story = message(embargo=Embargo(state=EmbargoState.indefinite), ed_note="EMBARGO")
    assert codes(at("12:00", story)) == ["embargo-indefinite"]


def test_a_hold_for_release_that_a_field_tells_is_not_told_twice() -> None:
    story = message(ed_note="HOLD FOR RELEASE", **kinds(EditorialType.hold_for_release))
    assert codes(at("12:00", story)) == ["hold-for-release"]


def test_a_note_that_the_format_has_read_is_told_once() -> None:
    story = message(hold_reason=("embargo-note",), ed_note="Embargoed until Friday")
    assert codes(at("12:00", story)) == ["embargo-note"]


def test_an_entry_noted_as_killed_has_not_been_restored() -> None:
    story = message(version=None, made="11:00", ed_note="KILL this story")
    assert at("12:00", [story, notice(when="10:00")]).state is State.killed


@pytest.mark.parametrize(
    "unit",
    ["not for use x ", "embargo ", "kill this x ", "nicht vor x ", "- ", ": ", "\n", "sperr ", "a"],
)
def test_a_note_of_any_length_is_read_in_little_time(unit: str) -> None:
    story = item(ed_note=unit * (400_000 // len(unit)))
    started = time.process_time()
    at("12:00", message(ed_note=story.ed_note))
    assert time.process_time() - started < 5


# --- headlines and profiles ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "headline",
    [
        "KILL KILL KILL: FERRY",
        "***HOLD HOLD HOLD*** FERRY",
        "MANDATORY KILL - FERRY",
        "STORY WITHDRAWN",
        "STORY KILL: FERRY",
        "NEWS ADVISORY: STORY KILL",
        "TEST TEST TEST",
    ],
)
def test_a_headline_that_reads_like_a_notice_is_held(headline: str) -> None:
    story = message(headlines=(Headline(value=headline),))
    verdict = at("12:00", story)
    assert (verdict.state, codes(verdict)) == (State.held, ["notice-wording"])
    assert at("13:00", story, [release(story)]).state is State.live


@pytest.mark.parametrize(
    "headline",
    [
        "Kill Bill returns",
        "KILL BILL RETURNS",
        "Police kill three",
        "POLICE KILL THREE",
        "Story withdrawn after protest",
        "HOLD THE LINE, SAYS MINISTER",
        "TEST MATCH ENDS IN A DRAW",
        "HOW A STORY KILL WORKS",
    ],
)
def test_a_headline_about_killing_is_a_story(headline: str) -> None:
    assert at("12:00", message(headlines=(Headline(value=headline),))).state is State.live


@pytest.mark.parametrize("profile", ["advisory", "Advisory", " ADVISORY "])
def test_an_advisory_by_profile_is_never_public(profile: str) -> None:
    verdict = at("12:00", message(profile=profile))
    assert (verdict.state, codes(verdict)) == (State.never, ["advisory"])


def test_any_other_profile_is_a_story() -> None:
    assert at("12:00", message(profile="text-only")).state is State.live
