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
from copytaster.moment import anpa_trailer
from copytaster.moment import dtg
from copytaster.moment import feed
from copytaster.moment import iso_basic
from copytaster.moment import rfc822
from copytaster.moment import rfc3339
from copytaster.moment import w3cdtf
from copytaster.moment import xs_datetime

INDIA = ZoneRules(named={"IST": "Asia/Kolkata", "BST": "Europe/London"})
MENDING = ZoneRules(repairs=frozenset({"short-offset"}))
HOME = ZoneRules(default="Europe/Berlin")
FIELDS = (rfc3339, xs_datetime, w3cdtf, iso_basic, rfc822, feed)
READERS = (*FIELDS, dtg, anpa_trailer)

NIGHT = "2025-12-04T23:05:03"
POSTED = "Thu, 04 Dec 2025 23:05:03"


def written(moment: Moment) -> str | None:
    """The instant as it is written, offset and all."""
    return moment.instant.isoformat() if moment.instant else None


# --- the table of formats §3.6, row by row -----------------------------------------------------


@pytest.mark.parametrize("reader", FIELDS)
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
        "4 déc 2025 23:05 GMT",
        f"{NIGHT}Z, {NIGHT}Z",
        f"{NIGHT}Z{NIGHT}Z",
        "2068-02-30T00:00:00Z",
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


@given(
    st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    st.sampled_from(["Mon", "tue", "Wed", "Thu", "FRI", "Sat", "Sun", "Xyz"]),
    st.sampled_from(["GMT", "+0000", "-0000", "+0530", "-1400", "+1430", "+1500", "+0060", "EST"]),
    st.sampled_from([STRICT, ZoneRules(named={"GMT": "Asia/Kolkata"})]),
)
def test_a_date_of_rfc_822_means_the_same_however_its_blanks_are_written(
    when: datetime, weekday: str, zone: str, rules: ZoneRules
) -> None:
    for day in (weekday, when.strftime("%a")):
        written = f"{day}, {when:%d %b %Y %H:%M:%S} {zone}"
        found, other = rfc822(written, rules), rfc822(written.replace(" ", "  "), rules)
        assert (found.instant, found.precision, found.zone_source) == (
            other.instant,
            other.precision,
            other.zone_source,
        )


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
        (iso_basic, "20141126T152703"),
        (xs_datetime, "2014-11-26T15:27:03"),
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


def test_a_zone_word_behind_an_iso_time_gives_no_instant_unless_the_profile_fixes_it() -> None:
    assert feed(f"{NIGHT} IST", HOME).instant is None
    for reader in (rfc3339, xs_datetime, w3cdtf, iso_basic, rfc822, dtg, anpa_trailer):
        assert reader(f"{NIGHT} IST", INDIA).instant is None


def test_a_name_of_a_zone_is_never_read_as_an_offset_of_the_other_sign() -> None:
    assert rfc822(f"{POSTED} GMT+0530").instant is None
    assert rfc822(f"{POSTED} GMT-0530", HOME).instant is None


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("20251204T240000+0100", "2025-12-05T00:00:00+01:00"),
        ("20251204T2400Z", "2025-12-05T00:00:00+00:00"),
        ("20251204T230503.5Z", "2025-12-04T23:05:03.500000+00:00"),
    ],
)
def test_the_times_of_newsml_1(raw: str, meant: str) -> None:
    assert written(iso_basic(raw)) == meant


def test_a_date_of_newsml_1_may_come_without_a_time_or_without_a_zone() -> None:
    assert (iso_basic("20251204").precision, iso_basic("20251204").instant) == (Precision.day, None)
    found = iso_basic("20251204T240000")
    assert (found.instant, found.precision) == (None, Precision.second)


# --- the wires' own: formats §1.2 ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("131137 GMT Nov 13", "2013-11-13T11:37:00+00:00"),
        ("212101 GMT NOV 18", "2018-11-21T21:01:00+00:00"),
        ("131137Z Nov 2013", "2013-11-13T11:37:00+00:00"),
        ("010000 +0100 jan 26 ", "2026-01-01T00:00:00+01:00"),
        ("131137 EST Nov. 13", "2013-11-13T11:37:00-05:00"),
        ("290830 UTC Feb 24", "2024-02-29T08:30:00+00:00"),
    ],
)
def test_a_date_time_group_is_day_hour_and_minute_then_month_and_year(raw: str, meant: str) -> None:
    found = dtg(raw)
    assert (written(found), found.precision, found.raw) == (meant, Precision.minute, raw)


def test_a_date_time_group_without_a_zone_has_the_profiles_or_none() -> None:
    found = dtg("091223 dec 18")
    assert (found.instant, found.precision) == (None, Precision.minute)
    swiss = dtg("091223 dec 18", ZoneRules(default="Europe/Zurich"))
    assert written(swiss) == "2018-12-09T12:23:00+01:00"
    assert swiss.zone_source is ZoneSource.provider_default


@pytest.mark.parametrize("raw", ["071341 GMT Okt 15", "071341 GMT déc 15", "071341 GMT März 15"])
def test_a_month_in_another_language_is_read_only_by_the_profile(raw: str) -> None:
    assert dtg(raw, HOME).precision is Precision.none
    known = ZoneRules(months={"okt": 10, "déc": 12, "märz": 3})
    assert dtg(raw, known).instant is not None


@pytest.mark.parametrize(
    "raw",
    [
        "320000 GMT Nov 13",
        "302400 GMT Nov 13",
        "301160 GMT Nov 13",
        "300000 GMT Feb 13",
        "131137 GMT Nov",
        "131137 GMT 13",
        "1137 GMT Nov 13",
        "131137 GMT Nov 13 extra",
        "131137 GMT Nov 131",
        "131137 Nov",
        "١٣١١٣٧ GMT Nov 13",
    ],
)
def test_what_is_no_date_time_group_is_not_read_as_one(raw: str) -> None:
    assert dtg(raw, HOME).precision is Precision.none


def test_a_zone_word_nobody_fixed_leaves_a_date_time_group_without_an_instant() -> None:
    assert dtg("131137 IST Nov 13", HOME).instant is None
    assert written(dtg("131137 IST Nov 13", INDIA)) == "2013-11-13T11:37:00+05:30"


@pytest.mark.parametrize(
    "raw",
    ["AP-WF-11-13-13 1509GMT", "AP-WF-11-13-13 1509GMT<", "11-13-13 1509GMT", "11-13-13 1509 GMT"],
)
def test_the_trailer_of_anpa_is_month_day_year_and_the_time(raw: str) -> None:
    found = anpa_trailer(raw)
    assert (written(found), found.precision) == ("2013-11-13T15:09:00+00:00", Precision.minute)


def test_the_trailer_of_anpa_knows_the_zones_of_its_country_and_no_others() -> None:
    assert written(anpa_trailer("AP-NY-09-04-19 1029EDT")) == "2019-09-04T10:29:00-04:00"
    assert anpa_trailer("11-13-13 1509IST", HOME).instant is None
    assert anpa_trailer("11-13-13 1509").instant is None
    assert written(anpa_trailer("11-13-13 1509", HOME)) == "2013-11-13T15:09:00+01:00"


@pytest.mark.parametrize(
    "raw",
    [
        "11-13",
        "11-13 1509GMT",
        "13-11-13 1509GMT",
        "02-30-13 1509GMT",
        "11-13-13",
        "11-13-13 2409GMT",
    ],
)
def test_a_date_without_its_year_or_out_of_order_never_becomes_an_instant(raw: str) -> None:
    found = anpa_trailer(raw, HOME)
    assert (found.instant, found.precision) == (None, Precision.none)


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


@given(instants, offsets)
def test_the_wires_own_dates_come_back_to_the_minute(wall: datetime, zone: timezone) -> None:
    instant = wall.replace(tzinfo=zone, second=0, microsecond=0)
    told = [
        dtg(f"{instant:%d%H%M %z %b %Y}"),
        dtg(f"{instant.astimezone(UTC):%d%H%M} GMT {instant.astimezone(UTC):%b %Y}"),
        anpa_trailer(f"XX-{instant:%m-%d-%Y %H%M%z}"),
    ]
    assert [moment.instant for moment in told] == [instant] * 3


@given(st.text(st.sampled_from("0123456789-+:.TZ ,ThuDecGMISt\n"), max_size=40))
def test_any_text_is_a_moment_and_an_instant_always_has_a_zone(raw: str) -> None:
    for reader in READERS:
        for rules in (STRICT, INDIA, MENDING, HOME):
            found = reader(raw, rules)
            assert found.raw == raw
            assert found.instant is None or found.instant.tzinfo is not None
            assert (found.instant is None) or found.zone_source is not ZoneSource.none
