"""Feeds: sightings, tombstones, expiry, first polls, and dates that have not come yet."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from itertools import permutations

import msgspec
import pytest

from copytaster.agency import Contract
from copytaster.story import Cause
from copytaster.story import State
from tests.verdict.making import DAY
from tests.verdict.making import GUID
from tests.verdict.making import PROFILE
from tests.verdict.making import at
from tests.verdict.making import clock
from tests.verdict.making import codes
from tests.verdict.making import item
from tests.verdict.making import message
from tests.verdict.making import moment
from tests.verdict.making import notice
from tests.verdict.making import sighting
from tests.verdict.making import until

# --- sightings (docs/decisions/0003) ------------------------------------------------------------


def test_a_feed_that_says_a_then_b_then_a_shows_a() -> None:
    sightings = [sighting("A", "09:00"), sighting("B", "09:10"), sighting("A", "09:20")]
    for order in permutations(sightings):
        verdict = at("12:00", order)
        assert verdict.state is State.live
        assert verdict.current == sightings[0].item
        assert verdict.labels == ("update", "silent-edit")


def test_a_feed_without_any_date_is_ranked_by_its_sightings() -> None:
    sightings = [sighting("A", "09:00", made=None), sighting("B", "09:10", made=None)]
    assert at("12:00", sightings).current == sightings[1].item


def test_an_older_date_seen_later_is_a_stale_copy() -> None:
    fresh = sighting("B", "09:10", made="09:05")
    stale = sighting("A", "09:20", made="09:00")
    verdict = at("12:00", [fresh, stale])
    assert verdict.current == fresh.item
    assert verdict.labels == ("update",)


def test_two_texts_seen_at_the_same_moment_are_held() -> None:
    # One document may carry an id twice (formats §2.4).
    verdict = at("12:00", [sighting("A", "09:00"), sighting("B", "09:00")])
    assert codes(verdict) == ["same-version-changed-text"]


def test_a_text_without_a_sighting_cannot_be_ordered_by_one() -> None:
    pushed = message("B", version=None)
    verdict = at("12:00", [sighting("A", "09:00"), pushed])
    assert codes(verdict) == ["same-version-changed-text"]


def test_a_numbered_version_is_not_ranked_by_sighting() -> None:
    texts = [sighting("A", "09:00", version=1), sighting("B", "09:10", version=1)]
    assert codes(at("12:00", texts)) == ["same-version-changed-text"]


def test_a_replay_is_no_sighting() -> None:
    live = sighting("B", "09:10")
    replay = sighting("A", "11:00", archive=True)
    verdict = at("12:00", [live, replay])
    assert (verdict.state, verdict.current) == (State.live, live.item)


def test_the_strictest_of_a_feeds_sightings_binds() -> None:
    first, second = sighting("A", "09:00", embargo=until("18:00")), sighting("A", "09:10")
    assert at("12:00", [first, second]).state is State.embargoed


def test_a_sighting_with_the_same_words_is_no_silent_edit() -> None:
    terms = [sighting("A", "09:00", embargo=until("08:00")), sighting("A", "09:10")]
    verdict = at("12:00", terms)
    assert (verdict.state, verdict.current) == (State.live, terms[1].item)
    assert "silent-edit" not in verdict.labels


# --- tombstones (RFC 6721) ----------------------------------------------------------------------


@pytest.mark.parametrize("when", ["10:00", "10:01"])
def test_a_tombstone_not_older_than_the_entry_kills_it(when: str) -> None:
    entry = sighting("A", "10:00", made="10:00")
    verdict = at("12:00", [entry, notice(when=when)])
    assert (verdict.state, codes(verdict)) == (State.killed, ["deleted"])


def test_an_entry_restored_by_its_publisher_waits_for_a_person() -> None:
    entry = sighting("A", "10:30", made="10:30")
    verdict = at("12:00", [entry, notice(when="10:00")])
    assert (verdict.state, codes(verdict)) == (State.held, ["restored-after-deletion"])


def test_an_entry_that_is_itself_restricted_has_not_been_restored() -> None:
    entry = sighting("A", "10:30", made="10:30", hold_reason=("signal-unknown",))
    assert at("12:00", [entry, notice(when="10:00")]).state is State.killed


def test_an_undated_entry_is_not_newer_than_its_tombstone() -> None:
    entry = sighting("A", "10:30", made=None)
    assert at("12:00", [entry, notice(when="10:00")]).state is State.killed


def test_a_tombstone_whose_date_cannot_be_read_kills() -> None:
    tombstone = notice(when="10:00")
    assert tombstone.target is not None
    undated = msgspec.structs.replace(
        tombstone, target=msgspec.structs.replace(tombstone.target, when=moment(None))
    )
    assert at("12:00", [sighting("A", "10:30", made="10:30"), undated]).state is State.killed


def test_a_tombstone_before_its_entry_kills_it() -> None:
    assert at("12:00", notice(when="10:00")).state is State.killed


def test_a_tombstone_under_the_entrys_own_id_is_a_notice_and_not_a_version() -> None:
    named = notice(when="10:00", guid=GUID)
    itself = msgspec.structs.replace(named, target=None)
    restored = sighting("A", "10:30", made="10:30")
    assert at("12:00", itself).state is State.killed
    assert codes(at("12:00", [itself, restored])) == ["restored-after-deletion"]


# --- expiry -------------------------------------------------------------------------------------


def test_a_feeds_own_expiry_takes_the_story_down() -> None:
    story = sighting("A", "09:00", expires=moment(clock("11:00")))
    assert at("10:59:59", story).state is State.live
    assert at("10:59:59", story).look_again == clock("11:00")
    verdict = at("11:00", story)
    assert (verdict.state, codes(verdict)) == (State.withheld, ["expired-by-agency"])


def test_an_atom_entrys_expiry_takes_the_story_down_too() -> None:
    story = sighting("A", "09:00", format="atom", expires=moment(clock("11:00")))
    assert at("10:59:59", story).look_again == clock("11:00")
    assert codes(at("11:00", story)) == ["expired-by-agency"]


def test_expiry_in_newsml_is_editorial_relevance_only() -> None:
    story = message(expires=moment(clock("11:00")), format="newsml-g2")
    assert at("12:00", story).state is State.live


def test_a_newer_version_without_the_expiry_brings_the_story_back() -> None:
    gone = sighting("A", "09:00", expires=moment(clock("11:00")))
    back = sighting("A", "11:30", made="11:30")
    assert at("12:00", [gone, back]).state is State.live


def test_a_licence_ends_so_many_days_after_the_first_version() -> None:
    profile = msgspec.structs.replace(PROFILE, contract=Contract(retention_days=30))
    messages = [message("A"), message("B", version=2, made="15:00")]
    end = clock("09:00") + timedelta(days=30)
    before = at(end - timedelta(seconds=1), messages, profile=profile)
    assert (before.state, before.look_again) == (State.live, end)
    after = at(end, messages, profile=profile)
    assert (after.state, after.cause) == (State.expired, Cause.rights)
    assert codes(after) == ["rights-expired"]


def test_an_undated_story_counts_its_licence_from_its_receipt() -> None:
    profile = msgspec.structs.replace(PROFILE, contract=Contract(retention_days=1))
    story = message(made=None, received="09:00")
    assert at(clock("09:00") + timedelta(days=1), story, profile=profile).state is State.expired


def test_an_item_may_name_an_earlier_end_than_the_contract() -> None:
    story = message(retain_until=clock("10:00"))
    assert at("09:59:59", story).state is State.live
    assert at("10:00", story).state is State.expired


def test_a_held_story_whose_licence_is_over_is_expired() -> None:
    story = message(headlines=(), retain_until=clock("10:00"))
    assert at("10:00", story).state is State.expired


# --- back-fill ----------------------------------------------------------------------------------


def test_a_first_poll_publishes_only_what_is_newer() -> None:
    limit = clock("06:00")
    assert at("09:00", message(made="06:00", publish_after=limit)).state is State.live
    old = at("09:00", message(made="05:59", publish_after=limit))
    assert (old.state, codes(old)) == (State.held, ["backfill"])


def test_an_undated_entry_of_a_first_poll_counts_as_old() -> None:
    assert codes(at("09:00", message(made=None, publish_after=clock("06:00")))) == ["backfill"]


def test_a_first_date_stands_in_for_a_missing_version_date() -> None:
    dated = message(made=None, first_created=moment(clock("07:00")), publish_after=clock("06:00"))
    assert at("09:00", dated).state is State.live


def test_an_archive_is_never_published_unattended() -> None:
    assert codes(at("09:00", message(archive=True))) == ["backfill"]


def test_an_update_of_archived_copy_is_news() -> None:
    messages = [message("A", archive=True), message("B", version=2, made="09:30")]
    assert at("10:00", messages).state is State.live


def test_a_replay_of_live_copy_does_not_take_it_down() -> None:
    messages = [message("A"), message("A", archive=True, received="11:00")]
    assert at("12:00", messages).state is State.live


def test_copy_that_came_as_archive_first_stays_held() -> None:
    messages = [message("A", received="11:00"), message("A", archive=True)]
    assert codes(at("12:00", messages)) == ["backfill"]


# --- dates that have not come yet ---------------------------------------------------------------


def test_a_future_publication_date_is_waited_for() -> None:
    story = message(first_created=moment(clock("11:00")))
    verdict = at("10:59:59", story)
    assert (verdict.state, codes(verdict)) == (State.held, ["date-in-future"])
    assert verdict.look_again == clock("11:00")
    assert at("11:00", story).state is State.live


def test_a_clock_that_is_a_little_fast_holds_nothing() -> None:
    assert at("09:00", message(first_created=moment(clock("09:05")))).state is State.live


def test_a_version_dated_in_a_mistaken_zone_holds_nothing() -> None:
    assert at("09:00", message(made="14:30")).state is State.live


def test_a_version_dated_more_than_a_day_ahead_is_held() -> None:
    verdict = at("09:00", message(made=clock("09:01") + timedelta(days=1)))
    assert codes(verdict) == ["date-in-future"]


# --- hostile dates ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "instant",
    [
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))),
        datetime.max.replace(tzinfo=UTC),
        datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
        datetime.min.replace(tzinfo=UTC),
    ],
)
def test_a_date_at_the_end_of_the_calendar_stops_nothing(instant: datetime) -> None:
    profile = msgspec.structs.replace(PROFILE, contract=Contract(retention_days=3000))
    strange = message(
        version=None,
        made=instant,
        format="rss",
        first_created=moment(instant),
        expires=moment(instant),
        retain_until=instant,
        embargo=msgspec.structs.replace(until("10:00"), until=instant),
    )
    verdict = at("12:00", [strange, notice(when="10:00")], profile=profile)
    assert verdict.state is not State.live
    alone = at("12:00", strange, profile=profile)
    # A date years ahead is no date to count a licence from: its receipt is.
    ahead = instant.year > 2100
    counted = strange.arrival.received + timedelta(days=3000) if ahead else None
    assert alone.look_again == counted
    assert alone.state is not State.live


def test_the_time_to_look_again_is_told_in_utc() -> None:
    embargo = msgspec.structs.replace(
        until("10:00"), until=datetime(2026, 3, 2, 15, 30, tzinfo=timezone(timedelta(hours=5.5)))
    )
    verdict = at(DAY, message(embargo=embargo))
    assert verdict.look_again == clock("10:00")
    assert verdict.look_again.tzinfo is UTC
    assert verdict.reasons[0].detail == "2026-03-02T10:00:00+00:00"


def test_content_received_twice_is_shown_in_the_copy_that_needed_no_repair() -> None:
    clean, mended = message(), message()
    mended = msgspec.structs.replace(
        mended, item=msgspec.structs.replace(mended.item, repairs=("xml",))
    )
    assert item().content_hash == mended.item.content_hash
    for order in permutations([clean, mended]):
        assert at("12:00", order).state is State.live
