"""What a licence allows: phrases, fields, contracts and clocks, each to the gate it closes."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from itertools import permutations
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.agency import Contract
from copytaster.agency import Counted
from copytaster.agency import Feeds
from copytaster.agency import Indexing
from copytaster.agency import Medium
from copytaster.agency import Since
from copytaster.agency import narrowed
from copytaster.item import PubStatus
from copytaster.item import Restriction
from copytaster.item import RightsInfo
from copytaster.story import Cause
from copytaster.story import Message
from copytaster.story import State
from copytaster.verdict import Ground
from copytaster.verdict import Use
from copytaster.verdict import Verdict
from copytaster.verdict import decide
from tests.verdict.making import PROFILE
from tests.verdict.making import clock
from tests.verdict.making import codes
from tests.verdict.making import item
from tests.verdict.making import message
from tests.verdict.making import moment
from tests.verdict.making import release

INDIA = Ground(territories=frozenset({"IN"}))
NOON = clock("12:00")


def ruled(
    messages: Message | list[Message],
    now: datetime = NOON,
    ground: Ground = INDIA,
    decisions: tuple[Any, ...] = (),
    zone: str | None = None,
    **contract: Any,
) -> Verdict:
    """The verdict of a house in India, under a contract that says this."""
    profile = msgspec.structs.replace(PROFILE, contract=Contract(**contract), zone=zone)
    held = [messages] if isinstance(messages, Message) else messages
    return decide(held, list(decisions), profile, now, ground)


def said(words: str, **fields: Any) -> Message:
    return message(usage_terms=(words,), **fields)


def closed(verdict: Verdict) -> set[str]:
    assert verdict.rights is not None
    return {gate.use.value for gate in verdict.rights.gates if not gate.open}


BY_DEFAULT = {"social", "onward"}
"""the uses that a contract which says nothing leaves closed"""

# --- words ---------------------------------------------------------------------------------------

HARMLESS = """
TURKEY OUT
TURKEY OUT  NOV. 11, 2019 FILE PHOTO
Austria, Germany and Switzerland OUT
U.S. OUT
Not for use in Turkey or Greece
No access Japan
NO USE FRANCE
*** World Rights Except Italy ***
Not for use outside India
For use only in India
For use in South Asia only
Verwendung nur in Indien
usage restreint à l'Inde
hors France
nicht für Italien
keine Verwendung in Österreich
RESTRICTED TO EDITORIAL USE
EDITORIAL USE ONLY
RESTRICTED TO EDITORIAL USE - NO MARKETING NO ADVERTISING CAMPAIGNS - DISTRIBUTED AS A SERVICE
FOR NEWSPAPERS, INTERNET, TELCOS & TELEVISION USE ONLY
PRINT AND ONLINE ONLY
MAGS OUT
TV OUT
NO TV, NO RADIO
MANDATORY CREDIT
MANDATORY CREDIT: SEABOARD
This video may not be edited
Clients only
Nutzung nur nach schriftlicher Vereinbarung mit Seaboard
Alle Rechte vorbehalten.
none
Online
A fine agency
""".strip().splitlines()


@pytest.mark.parametrize("words", HARMLESS)
def test_what_is_understood_and_does_not_concern_the_house_holds_nothing(words: str) -> None:
    verdict = ruled(said(words, credit="Seaboard"))
    assert (verdict.state, closed(verdict)) == (State.live, BY_DEFAULT)


@pytest.mark.parametrize(
    "words",
    """
INDIA OUT
Indien raus: nicht für Indien
PAKISTAN OUT. INDIA OUT.
PAKISTAN OUT INDIA OUT
Turkey and India OUT
SOUTH ASIA OUT
Not for use in India
not for use in the Indian subcontinent
Worldwide except India
For use only in Turkey
Not for use outside the United States
Verwendung nur in Deutschland und Österreich
usage restreint à la France
Kashmir OUT
NO INTERNET
INTERNET OUT
print only
TELEVISION USE ONLY
for personal use only
MANDATORY CREDIT: JANE DOE
""".strip().splitlines(),
)
def test_what_is_understood_and_concerns_the_house_holds(words: str) -> None:
    verdict = ruled(said(words))
    assert (verdict.state, set(codes(verdict))) == (State.held, {"rights-restricted"})
    assert verdict.cause is Cause.rights


@pytest.mark.parametrize(
    "words",
    """
RURITANIA OUT
RURITANIA AND INDIA OUT
TURKEY, RURITANIA OUT
Not for use in Ruritania
For use only in Ruritania
MANDATORY CREDIT TURKEY OUT
use until 04/12/2026
Only for those who have paid
Nur gegen Honorar
Sauf accord contraire
Full rights UK, Canada (not Quebec)
""".strip().splitlines(),
)
def test_what_is_not_understood_holds_and_quotes_the_words(words: str) -> None:
    verdict = ruled(said(words))
    assert (verdict.state, set(codes(verdict))) == (State.held, {"rights-not-understood"})
    assert all((reason.detail or "-").split()[0] in words for reason in verdict.reasons)


@pytest.mark.parametrize(
    ("words", "uses"),
    [
        ("NO SALES", {"onward"}),
        ("no social media", {"social"}),
        ("NO PICTURES", {"pictures"}),
        ("Photos may not be shown after the match", {"pictures"}),
        ("Syndication by arrangement only", {"onward"}),
        ("NO ARCHIVES", {"archive"}),
        ("NO ARCHIVAL OR WIRELESS USE", {"archive"}),
        ("for one-time use", {"archive"}),
        ("no RSS feeds", {"feeds"}),
        ("web only", set()),
    ],
)
def test_words_close_the_use_they_are_about(words: str, uses: set[str]) -> None:
    media = (Medium.online, Medium.social)
    verdict = ruled(said(words), media=media, onward=True)
    narrow = {"social", "onward"} if words == "web only" else set()
    assert (verdict.state, closed(verdict)) == (State.live, uses | narrow)


@pytest.mark.parametrize("field", ["ed_note", "advisory_line", "copyright_notice"])
def test_a_note_to_editors_restricts_as_terms_do(field: str) -> None:
    verdict = ruled(message(**{field: "Eds: with pictures. INDIA OUT - MANDATORY CREDIT SEABOARD"}))
    assert codes(verdict) == ["rights-restricted"]


@pytest.mark.parametrize(
    "note",
    [
        "ADDS statement that the rights group was not told; EDITS throughout",
        "No comment from police",
        "CORRECTS to Turkey only",
        "NO CHANGE IN TEXT",
        "RECASTS, RULES out foul play",
        "Updates with minister: only India may decide",
        "Not for use in print",
        "Not for use in Turkey",
        "No photos with this story",
        "ADDS that no use of force was reported",
        "CORRECTS that the drug is approved for use in children",
        "Updates: visits restricted to family, for medical use only",
    ],
)
def test_a_note_about_the_story_restricts_nothing(note: str) -> None:
    assert ruled(message(ed_note=note)).state is State.live


@pytest.mark.parametrize("note", ["RURITANIA OUT", "NOT FOR USE IN RURITANIA", "FOR USE ON PAPER"])
def test_a_note_that_restricts_in_unknown_words_holds(note: str) -> None:
    assert "rights-not-understood" in codes(ruled(message(ed_note=note)))


def test_a_note_that_says_not_to_use_a_story_is_no_question_of_rights() -> None:
    assert "kill-note" in codes(ruled(message(ed_note="NOT FOR USE. Not for use in Turkey.")))


def test_a_house_that_has_not_said_where_it_publishes_may_not_publish_there() -> None:
    verdict = ruled(said("TURKEY OUT"), ground=Ground())
    assert codes(verdict) == ["rights-restricted"]
    assert "[site] territories" in (verdict.reasons[0].detail or "")
    assert ruled(said("EDITORIAL USE ONLY"), ground=Ground()).state is State.live


def test_a_site_for_several_countries_is_bound_in_each() -> None:
    both = Ground(territories=frozenset({"IN", "TR"}))
    assert ruled(said("TURKEY OUT"), ground=both).state is State.held
    assert ruled(said("For use only in India"), ground=both).state is State.held
    assert ruled(said("For use only in India and Turkey"), ground=both).state is State.live


def test_a_release_lifts_what_a_person_may_judge_and_no_contract() -> None:
    story = said("INDIA OUT. RURITANIA OUT.")
    assert ruled(story, decisions=(release(story, "11:00"),)).state is State.live
    verdict = ruled(story, decisions=(release(story, "11:00"),), not_in=("IN",))
    assert (verdict.state, codes(verdict)) == (State.held, ["rights-contract"])


def test_hostile_terms_take_little_time_and_hold() -> None:
    for words in ("OUT " * 5000, "not " * 30_000, "no a, " * 1300, "use only in " * 600):
        assert ruled(said(words)).state is State.held


def test_no_note_is_too_long_to_restrict() -> None:
    assert ruled(message(ed_note="Adds a quote.\n" * 900 + "INDIA OUT")).state is State.held
    assert ruled(message(ed_note="Adds a quote.\n" * 4000)).state is State.held
    assert ruled(message(ed_note="Adds a quote.\n" * 900)).state is State.live
    assert ruled(message(ed_note="NO SALES\n" * 90 + "INDIA OUT")).state is State.held


@given(st.text(max_size=200))
def test_unknown_words_never_open_what_is_closed(words: str) -> None:
    verdict = ruled(message(usage_terms=("INDIA OUT", words)))
    assert verdict.state is State.held


@given(st.lists(st.sampled_from(HARMLESS), max_size=3), st.sampled_from(HARMLESS))
def test_adding_a_restriction_never_opens_a_gate(words: list[str], more: str) -> None:
    before = ruled(message(usage_terms=tuple(words), credit="Seaboard"))
    after = ruled(message(usage_terms=(*words, more, "NO ARCHIVES"), credit="Seaboard"))
    assert closed(before) <= closed(after)


# --- fields --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("India", State.live),
        ("Worldwide", State.live),
        ("Australia", State.held),
        ("allow in tr", State.live),
        ("allow tr", State.held),
        ("deny TR GR", State.live),
        ("deny IN", State.held),
        ("deny all", State.held),
        ("allow all", State.live),
        ("deny", State.held),
        ("deny RURITANIA", State.held),
        ("Zone 4", State.held),
    ],
)
def test_a_field_for_places_is_judged_by_the_sites_countries(value: str, state: State) -> None:
    where = Restriction(kind="territory", value=value, source="field")
    assert ruled(message(restrictions=(where,))).state is state


@pytest.mark.parametrize(
    ("kind", "value", "uses"),
    [
        ("archive", "any words", {"archive"}),
        ("sale", "any words", {"onward"}),
        ("online", "robots: noindex", {"search"}),
        ("time", "20260101/20270101", set()),
    ],
)
def test_a_kind_of_restriction_closes_its_use(kind: str, value: str, uses: set[str]) -> None:
    told = Restriction(kind=kind, value=value, source="field")
    verdict = ruled(message(restrictions=(told,)), onward=True)
    assert closed(verdict) == {"social"} | uses


def test_rights_expressed_as_data_are_not_understood() -> None:
    odrl = RightsInfo(encoded_rights='{"policytype": "set"}')
    assert codes(ruled(message(rights_info=(odrl,)))) == ["rights-not-understood"]
    link = RightsInfo(linked_rights="https://seaboard.example/licence")
    assert ruled(message(rights_info=(link,))).state is State.live


def test_rights_that_begin_later_are_waited_for() -> None:
    story = message(use_from=clock("11:00"))
    early = ruled(story, clock("10:59:59"))
    assert (early.state, codes(early), early.look_again) == (
        State.embargoed,
        ["rights-not-yet"],
        clock("11:00"),
    )
    assert ruled(story, clock("10:59:59"), decisions=(release(story, "10:00"),)).state is (
        State.embargoed
    )
    assert ruled(story, clock("11:00")).state is State.live


def test_words_may_name_the_day_online_use_begins() -> None:
    story = message(ed_note="Adds quote. Not for online/internet use before 3 March 2026.")
    kolkata = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
    second = timedelta(seconds=1)
    assert ruled(story, kolkata - second, zone="Asia/Kolkata").state is State.embargoed
    assert ruled(story, kolkata, zone="Asia/Kolkata").state is State.live
    anywhere = datetime(2026, 3, 3, 12, tzinfo=UTC)
    assert ruled(story, anywhere - second).state is State.embargoed
    assert ruled(story, anywhere).state is State.live


# --- clocks --------------------------------------------------------------------------------------

SECOND = timedelta(seconds=1)


def expires(messages: Message | list[Message], end: datetime, **how: Any) -> None:
    """Live to the last second before ``end``, expired from then on, and told so in advance."""
    before = ruled(messages, end - SECOND, **how)
    assert (before.state, before.expires, before.look_again) == (State.live, end, end)
    after = ruled(messages, end, **how)
    assert (after.state, after.cause, codes(after)) == (
        State.expired,
        Cause.rights,
        ["rights-expired"],
    )
    assert closed(after) == set(Use)


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("use within 14 days", clock("09:00") + timedelta(days=14)),
        ("24 hours news access", clock("09:00") + timedelta(hours=24)),
        ("Nutzung innerhalb von 3 Tagen", clock("09:00") + timedelta(days=3)),
        ("use until 31 December 2026", datetime(2026, 12, 31, 10, tzinfo=UTC)),
        ("use until December 31, 2026", datetime(2026, 12, 31, 10, tzinfo=UTC)),
        ("Nutzung bis 31.12.2026", datetime(2026, 12, 31, 10, tzinfo=UTC)),
        ("utilisation jusqu'au 31 décembre 2026", datetime(2026, 12, 31, 10, tzinfo=UTC)),
        ("may be used until 2026-12-31", datetime(2026, 12, 31, 10, tzinfo=UTC)),
        ("may be used until 31/12/2026", datetime(2026, 12, 31, 10, tzinfo=UTC)),
        ("NO ARCHIVES", clock("09:00") + timedelta(hours=24)),
    ],
)
def test_words_name_the_end(words: str, end: datetime) -> None:
    expires(said(words), end)


def test_a_day_of_an_agency_ends_in_its_own_zone() -> None:
    end = datetime(2026, 12, 31, 18, 30, tzinfo=UTC)
    expires(said("use until 31 December 2026"), end, zone="Asia/Kolkata")


def test_how_long_no_archive_copy_is_news_is_the_contracts() -> None:
    expires(said("NO ARCHIVES"), clock("09:00") + timedelta(hours=48), no_archive_hours=48)


@pytest.mark.parametrize("start", ["2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z"])
def test_a_day_of_a_licence_has_24_hours_when_clocks_change(start: str) -> None:
    made = datetime.fromisoformat(start)
    story = message(made=made, received=made)
    expires(story, made + timedelta(days=2), retention_days=2, zone="Europe/Berlin")


def test_days_and_hours_are_added() -> None:
    expires(message(), clock("12:00") + timedelta(days=1), retention_days=1, retention_hours=3)


def test_the_earliest_end_counts() -> None:
    story = said("use within 14 days", retain_until=clock("10:00") + timedelta(days=3))
    expires(story, clock("10:00") + timedelta(days=3), retention_days=30)


def test_the_clock_begins_with_the_first_version_that_there_ever_was() -> None:
    fifth = message(version=5, made="11:00", first_created=moment(clock("08:00")))
    expires(fifth, clock("08:00") + timedelta(days=1), retention_days=1)


def test_the_clock_may_begin_with_the_first_publication() -> None:
    ground = msgspec.structs.replace(INDIA, first_public=clock("10:00"))
    how = {"retention_days": 1, "retention_since": Since.first_publication}
    expires(message(), clock("10:00") + timedelta(days=1), ground=ground, **how)
    unpublished = ruled(message(), clock("12:00"), **how)
    assert unpublished.expires == clock("12:00") + timedelta(days=1)


def test_a_chain_has_one_clock_unless_the_contract_says_otherwise() -> None:
    chained = msgspec.structs.replace(INDIA, chain_began=clock("07:00"))
    expires(message(), clock("07:00") + timedelta(days=1), ground=chained, retention_days=1)
    how = {"retention_days": 1, "retention_by": Counted.story}
    expires(message(), clock("09:00") + timedelta(days=1), ground=chained, **how)


def test_a_clock_that_is_set_back_brings_back_what_was_not_over() -> None:
    end = clock("09:00") + timedelta(days=1)
    assert ruled(message(), end, retention_days=1).state is State.expired
    assert ruled(message(), end - timedelta(hours=1), retention_days=1).state is State.live


@given(st.lists(st.integers(0, 600), min_size=1, max_size=4), st.integers(1, 40))
def test_the_clock_does_not_depend_on_the_order_of_arrival(minutes: list[int], days: int) -> None:
    start = clock("00:00")
    versions = [
        message(f"Version {n}.", version=n, made=start + timedelta(minutes=minute))
        for n, minute in enumerate(minutes, start=1)
    ]
    end = start + timedelta(minutes=min(minutes), days=days)
    for order in permutations(versions):
        assert ruled(list(order), end - SECOND, retention_days=days).state is State.live
        assert ruled(list(order), end, retention_days=days).state is State.expired


@given(st.integers(1, 60), st.integers(0, 86_400 * 70))
def test_no_story_expires_a_second_before_or_after_its_time(days: int, seconds: int) -> None:
    now = clock("09:00") + timedelta(seconds=seconds)
    over = seconds >= days * 86_400
    assert (ruled(message(), now, retention_days=days).state is State.expired) is over


def test_a_killed_story_has_no_rights() -> None:
    assert ruled(message(pub_status=PubStatus.canceled)).rights is None


# --- contracts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contract", "words"),
    [
        ({"territories": ("TR",)}, "territories: not IN"),
        ({"not_in": ("IN",)}, "territories: not IN"),
        ({"media": (Medium.print,)}, "media: not online"),
    ],
)
def test_what_the_contract_does_not_cover_is_held(contract: dict[str, Any], words: str) -> None:
    verdict = ruled(message(), **contract)
    assert (verdict.state, verdict.cause) == (State.held, Cause.rights)
    assert [(r.code, r.detail) for r in verdict.reasons] == [("rights-contract", words)]


def test_what_the_contract_covers_is_live() -> None:
    verdict = ruled(message(), territories=("IN", "NP"), not_in=("TR",))
    assert (verdict.state, closed(verdict)) == (State.live, BY_DEFAULT)
    assert ruled(message(), ground=Ground(), territories=("IN",)).state is State.held


def test_each_use_has_its_key() -> None:
    verdict = ruled(
        message(),
        feeds=Feeds.none,
        indexing=Indexing.noindex,
        pictures=False,
        media=(Medium.online, Medium.social),
        onward=True,
    )
    assert closed(verdict) == {"feeds", "search", "pictures"}
    assert verdict.rights is not None
    assert (verdict.rights.feeds, verdict.rights.indexing) == (Feeds.none, Indexing.noindex)


def test_a_source_narrows_the_contract_and_never_widens_it() -> None:
    wide = Contract(retention_days=90, feeds=Feeds.full, onward=True, indexing=Indexing.own)
    narrow = Contract(retention_days=7, feeds=Feeds.headline, territories=("IN",))
    both = narrowed(wide, [narrow])
    assert both == narrowed(narrow, [wide])
    assert (both.retention_days, both.feeds, both.onward) == (7, Feeds.headline, False)
    assert (both.indexing, both.territories) == (Indexing.news_noindex, ("IN",))
    ground = msgspec.structs.replace(INDIA, contracts={"wire": narrow})
    expires(message(), clock("09:00") + timedelta(days=7), ground=ground, retention_days=90)


def test_two_contracts_without_a_country_in_common_allow_none() -> None:
    ground = msgspec.structs.replace(INDIA, contracts={"wire": Contract(territories=("TR",))})
    assert codes(ruled(message(), ground=ground, territories=("IN",))) == ["rights-contract"]


def test_a_newer_version_without_the_restriction_opens_the_gate() -> None:
    first, second = said("INDIA OUT"), message("B", version=2, made="10:00")
    assert ruled([first]).state is State.held
    assert ruled([first, second]).state is State.live
    assert ruled([second, first]).state is State.live


def test_the_words_of_a_closed_gate_are_those_of_the_item() -> None:
    assert item().usage_terms == ()
    verdict = ruled(said("INDIA OUT"))
    assert verdict.rights is not None
    gate = verdict.rights.gate(Use.page)
    assert (gate.open, gate.rule, gate.words) == (False, "item", "INDIA OUT")
