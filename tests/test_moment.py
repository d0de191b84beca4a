"""A moment is read in the grammar it was declared in, or not at all; nothing is guessed."""

from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from datetime import timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.moment import STRICT
from copytaster.moment import Moment
from copytaster.moment import Precision
from copytaster.moment import ZoneRules
from copytaster.moment import ZoneSource
from copytaster.moment import feed
from copytaster.moment import iso_basic
from copytaster.moment import rfc822
from copytaster.moment import rfc3339
from copytaster.moment import w3cdtf
from copytaster.moment import xs_datetime

INDIA = ZoneRules(named={"IST": "Asia/Kolkata", "BST": "Europe/London"})
MENDING = ZoneRules(repairs=frozenset({"short-offset"}))
HOME = ZoneRules(default="Europe/Berlin")
READERS = (rfc3339, xs_datetime, w3cdtf, iso_basic, rfc822, feed)

NIGHT = "2025-12-04T23:05:03"
POSTED = "Thu, 04 Dec 2025 23:05:03"


def written(moment: Moment) -> str | None:
    """The instant as it is written, offset and all."""
    return moment.instant.isoformat() if moment.instant else None


# --- the table of formats §3.6, row by row -----------------------------------------------------


@pytest.mark.parametrize("reader", READERS)
def test_a_short_offset_gives_no_instant_unless_the_profile_mends_it(reader: Callable) -> None:
    raw = f"{POSTED} +5:30" if reader is rfc822 else f"{NIGHT}+5:30"
    assert reader(raw).instant is None
    mended = reader(raw, MENDING)
    if reader is iso_basic:
        assert mended.instant is None
    else:
        assert written(mended) == f"{NIGHT}+05:30"
        assert (mended.repair, mended.zone_source) == ("short-offset", ZoneSource.explicit)


@pytest.mark.parametrize("name", ["IST", "BST", "AEST", "CET", "AST", "A", "X"])
def test_a_name_that_no_grammar_fixes_gives_no_instant(name: str) -> None:
    found = rfc822(f"{POSTED} {name}", HOME)
    assert (found.instant, found.zone_source) == (None, ZoneSource.none)


def test_a_name_that_the_profile_fixes_is_resolved_for_its_date() -> None:
    assert written(rfc822(f"{POSTED} IST", INDIA)) == f"{NIGHT}+05:30"
    winter, summer = rfc822(f"{POSTED} BST", INDIA), rfc822("4 Jul 2025 23:05 bst", INDIA)
    assert written(winter) == f"{NIGHT}+00:00"
    assert written(summer) == "2025-07-04T23:05:00+01:00"
    assert winter.zone_source is ZoneSource.named


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        *(("GMT", 0), ("UT", 0), ("Z", 0), ("gmt", 0), ("EST", -5), ("EDT", -4), ("CST", -6)),
        *(("CDT", -5), ("MST", -7), ("MDT", -6), ("PST", -8), ("PDT", -7)),
    ],
)
def test_the_names_of_rfc_822_are_read(name: str, hours: int) -> None:
    found = rfc822(f"{POSTED} {name}")
    assert found.instant == datetime(2025, 12, 4, 23, 5, 3, tzinfo=UTC) - timedelta(hours=hours)
    assert found.zone_source is ZoneSource.named


@pytest.mark.parametrize(
    "raw",
    [
        f"{POSTED} GMT+0530",
        "04/12/2025 23:05",
        f"{NIGHT} 05:30",
        f"{NIGHT}+05:30{NIGHT}+05:30",
        f"{POSTED} GMT, {POSTED} GMT",
        "2025-02-30T00:00:00Z",
        "Sun, 30 Feb 2025 00:00:00 GMT",
        "2025-12-04T23:05:60Z",
        "Thu, 04 Dec 2025 23:05:60 GMT",
        "Thu, 04 Dec 2025 24:00:00 GMT",
        "2025-12-04T24:00:01Z",
        "20251204T240001Z",
        "1764889503",
        "Fri, 04 Dec 2025 23:05:03 GMT",
        "Thu, 4 déc. 2025 23:05:03 GMT",
        "Thu, 04 Dek 2025 23:05:03 GMT",
        "YYYYMMDD000000-HHMM",
        "1970-01-01T00:00:00Z",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "1989-12-31T23:59:59Z",
        "2025-12-04T23:05:03+15:00",
        "2025-12-04T23:05:03+05:60",
        "2025-13-04T23:05:03Z",
        "2025-12-04T25:05:03Z",
        "٢٠٢٥-12-04T23:05:03Z",
        "today",
        "",
        " ",
        "9" * 100_000,
    ],
)
def test_no_reader_makes_an_instant_of(raw: str) -> None:
    rules = ZoneRules(default="Europe/Berlin", repairs=frozenset({"short-offset"}))
    for reader in READERS:
        found = reader(raw, rules)
        assert (found.instant, found.precision) == (None, Precision.none)
        assert raw.startswith(found.raw)


def test_basic_notation_keeps_its_time() -> None:
    assert written(iso_basic("20251204T230503Z")) == f"{NIGHT}+00:00"
    assert written(iso_basic("20251204T230503+0530")) == f"{NIGHT}+05:30"
    assert written(iso_basic("20251204T2305-0800")) == "2025-12-04T23:05:00-08:00"


def test_midnight_at_the_days_end_is_the_next_days_beginning_where_the_grammar_has_it() -> None:
    assert written(xs_datetime("2025-12-31T24:00:00Z")) == "2026-01-01T00:00:00+00:00"
    assert written(iso_basic("20251231T240000Z")) == "2026-01-01T00:00:00+00:00"
    assert rfc3339("2025-12-31T24:00:00Z").instant is None


@pytest.mark.parametrize(
    ("year", "meant"), [("25", 2025), ("00", 2000), ("49", 2049), ("99", 1999), ("90", 1990)]
)
def test_years_of_two_digits_are_read_by_rfc_5322(year: str, meant: int) -> None:
    found = rfc822(f"4 Dec {year} 23:05 GMT").instant
    assert found is not None
    assert found.year == meant


def test_minus_zero_says_that_the_zone_is_not_known() -> None:
    found = rfc822(f"{POSTED} -0000", HOME)
    assert (found.instant, found.precision, found.zone_source) == (
        None,
        Precision.second,
        ZoneSource.none,
    )


@pytest.mark.parametrize(
    ("reader", "raw"),
    [
        (xs_datetime, "2018-01-30T17:32:18.397"),
        (w3cdtf, "2018-01-30T17:32"),
        (iso_basic, "20190121T102721"),
        (rfc822, POSTED),
        (feed, POSTED),
    ],
)
def test_without_a_zone_only_the_profile_can_give_an_instant(reader: Callable, raw: str) -> None:
    bare = reader(raw)
    assert (bare.instant, bare.zone_source) == (None, ZoneSource.none)
    assert bare.precision is not Precision.none
    given_by_profile = reader(raw, HOME)
    assert given_by_profile.zone_source is ZoneSource.provider_default
    assert given_by_profile.instant is not None
    assert given_by_profile.instant.utcoffset() == timedelta(hours=1)


def test_rfc_3339_without_an_offset_is_not_rfc_3339() -> None:
    assert rfc3339(NIGHT, HOME).precision is Precision.none


# --- precision, offsets, clocks that change ----------------------------------------------------


@pytest.mark.parametrize(
    ("reader", "raw", "precision"),
    [
        (w3cdtf, "2025", Precision.year),
        (w3cdtf, "2025-12", Precision.month),
        (w3cdtf, "2025-12-04", Precision.day),
        (w3cdtf, "2025-12-04T23:05Z", Precision.minute),
        (rfc3339, f"{NIGHT}Z", Precision.second),
        (rfc3339, f"{NIGHT}.25Z", Precision.fraction),
        (iso_basic, "20251204", Precision.day),
        (iso_basic, "20251204T2305Z", Precision.minute),
        (rfc822, "Thu, 04 Dec 2025 23:05 GMT", Precision.minute),
    ],
)
def test_a_moment_says_how_much_it_was_told(
    reader: Callable, raw: str, precision: Precision
) -> None:
    found = reader(raw, HOME)
    assert found.precision is precision
    coarse = precision in (Precision.year, Precision.month, Precision.day)
    assert (found.instant is None) is coarse


def test_a_fraction_is_kept_to_the_microsecond() -> None:
    found = rfc3339("2025-12-04T23:05:03.123456789+05:30").instant
    assert found is not None
    assert found.microsecond == 123456


def test_a_time_that_was_skipped_never_was() -> None:
    assert xs_datetime("2025-03-30T02:30:00", HOME).instant is None


def test_of_a_time_that_came_twice_a_default_takes_the_later() -> None:
    found = xs_datetime("2025-10-26T02:30:00", HOME)
    assert written(found) == "2025-10-26T02:30:00+01:00"


def test_a_zone_nobody_knows_gives_no_instant() -> None:
    assert xs_datetime(NIGHT, ZoneRules(default="Nowhere/Atall")).instant is None
    assert xs_datetime(NIGHT, ZoneRules(default="../etc/passwd")).instant is None


@pytest.mark.parametrize("raw", [f"{NIGHT}Z", f"{NIGHT}+05:30", "2025-12-04T23:05Z", "2025"])
def test_a_pub_date_in_the_other_grammar_is_read_as_that(raw: str) -> None:
    assert feed(raw) == w3cdtf(raw)
    assert rfc822(raw).precision is Precision.none


@pytest.mark.parametrize("raw", [f"  {NIGHT}Z\n", f"{NIGHT}z", "2025-12-04t23:05:03Z"])
def test_layout_and_small_letters_do_not_matter_where_rfc_3339_says_so(raw: str) -> None:
    found = rfc3339(raw)
    assert written(found) == f"{NIGHT}+00:00"
    assert found.raw == raw


# --- always ------------------------------------------------------------------------------------

instants = st.integers(0, 57 * 365 * 86_400).map(
    lambda seconds: datetime(1991, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
offsets = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(instants, offsets)
def test_every_instant_comes_back_with_the_offset_it_was_written_in(
    wall: datetime, zone: timezone
) -> None:
    instant = wall.replace(tzinfo=zone)
    basic = f"{wall:%Y%m%dT%H%M%S}{instant:%z}"
    mail = f"{instant:%a, %d %b %Y %H:%M:%S %z}"
    found = [
        rfc3339(instant.isoformat()),
        xs_datetime(instant.isoformat()),
        w3cdtf(instant.isoformat()),
        iso_basic(basic),
        rfc822(mail),
        feed(mail),
    ]
    for moment in found:
        assert moment.instant == instant
        assert moment.instant is not None
        assert moment.instant.utcoffset() == instant.utcoffset()
        assert moment.zone_source is ZoneSource.explicit
        assert moment.repair is None


@given(st.text(st.sampled_from("0123456789-+:.TZ ,ThuDecGMISt\n"), max_size=40))
def test_any_text_is_a_moment_and_an_instant_always_has_a_zone(raw: str) -> None:
    for reader in READERS:
        for rules in (STRICT, INDIA, MENDING, HOME):
            found = reader(raw, rules)
            assert found.raw == raw
            assert found.instant is None or found.instant.tzinfo is not None
            assert (found.instant is None) or found.zone_source is not ZoneSource.none
