"""Every time is an instant with its zone in words, in every season."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from pathlib import Path
from zoneinfo import ZoneInfo
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.press._times import shown
from copytaster.press._words import shipped_files

NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
WINTER = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


def _words(at: datetime, zone: str | None, language: str = "en", house: str = "UTC") -> str:
    return shown(at, zone=zone, house_zone=house, language=language).words


@pytest.mark.parametrize(
    ("at", "zone", "words"),
    [
        (NOON, "Asia/Kolkata", "1 July 2026, 5:30 pm India Standard Time"),
        (NOON, "Asia/Calcutta", "1 July 2026, 5:30 pm India Standard Time"),
        (NOON, "Europe/Berlin", "1 July 2026, 2:00 pm Central European Summer Time"),
        (WINTER, "Europe/Berlin", "5 January 2026, 1:00 pm Central European Standard Time"),
        (NOON, "Europe/London", "1 July 2026, 1:00 pm British Summer Time"),
        (WINTER, "Europe/London", "5 January 2026, 12:00 pm Greenwich Mean Time"),
        (NOON, "Europe/Dublin", "1 July 2026, 1:00 pm Irish Standard Time"),
        (WINTER, "Europe/Dublin", "5 January 2026, 12:00 pm Greenwich Mean Time"),
        (WINTER, "Australia/Sydney", "5 January 2026, 11:00 pm Australian Eastern Daylight Time"),
        (NOON, "Australia/Sydney", "1 July 2026, 10:00 pm Australian Eastern Standard Time"),
        (NOON, "America/New_York", "1 July 2026, 8:00 am Eastern Daylight Time"),
        (NOON, "Europe/Kyiv", "1 July 2026, 3:00 pm Eastern European Summer Time"),
        (NOON, "Asia/Kathmandu", "1 July 2026, 5:45 pm Nepal Time"),
        (NOON, "Africa/Casablanca", "1 July 2026, 1:00 pm UTC+1"),
        (NOON, "UTC", "1 July 2026, 12:00 pm Coordinated Universal Time"),
    ],
)
def test_a_time_names_its_zone_in_words(at: datetime, zone: str, words: str) -> None:
    assert _words(at, zone) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en-IN", "1 July 2026, 5:30 pm India Standard Time"),
        ("en-US", "July 1, 2026, 5:30 PM India Standard Time"),
        ("de", "1. Juli 2026, 17:30_Uhr, Indische Normalzeit"),
        ("fr", "1 juillet 2026, 17h30, heure de l’Inde"),
        ("es", "1 de julio de 2026, 17:30, hora estándar de la India"),
        ("hi", "1 जुलाई 2026, शाम_5:30_बजे, भारतीय मानक समय"),
        ("ur", "1 جولائی 2026، سہ پہر_5:30_بجے، ہندوستان کا معیاری وقت"),
        ("ur-IN", "1 جولائی 2026، سہ پہر_5:30_بجے، انڈیا سٹینڈرڈ ٹائم"),
        ("xx", "1 July 2026, 5:30 pm India Standard Time"),
    ],
)
def test_a_time_is_told_in_the_readers_language(language: str, words: str) -> None:
    assert _words(NOON, "Asia/Kolkata", language) == words.replace("_", "\N{NO-BREAK SPACE}")


PAGES = Path(__file__).parents[2] / "docs" / "reference" / "pages.md"


@pytest.mark.parametrize("language", sorted(shipped_files()))
def test_the_reference_shows_a_time_in_every_language(language: str) -> None:
    noon = _words(NOON, "Asia/Kolkata", language)
    night = _words(WINTER.replace(hour=22, minute=5), "Europe/Berlin", language)
    assert f"| `{language}` | {noon} | {night} |" in PAGES.read_text("utf-8")


@pytest.mark.parametrize("language", sorted(shipped_files()))
@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Asia/Karachi", "Europe/Berlin", "UTC"])
def test_zones_have_names_in_every_language_that_ships(zone: str, language: str) -> None:
    assert not _words(NOON, zone, language).endswith(("UTC", "+5", "+5:30", "+2"))


@pytest.mark.parametrize(
    ("hour", "hindi", "urdu"),
    [
        (0, "रात_12:05_बजे", "رات_12:05_بجے"),
        (5, "सुबह_5:05_बजे", "صبح_5:05_بجے"),
        (12, "दोपहर_12:05_बजे", "دوپہر_12:05_بجے"),
        (18, "शाम_6:05_बजे", "شام_6:05_بجے"),
        (23, "रात_11:05_बजे", "رات_11:05_بجے"),
    ],
)
def test_hindi_and_urdu_name_the_part_of_the_day(hour: int, hindi: str, urdu: str) -> None:
    at = NOON.replace(hour=hour, minute=5)
    for language, clock in (("hi", hindi), ("ur", urdu)):
        assert clock.replace("_", "\N{NO-BREAK SPACE}") in _words(at, "UTC", language)


@pytest.mark.parametrize(
    ("hours", "minutes", "words"),
    [
        (2, 0, "1 July 2026, 2:00 pm UTC+2"),
        (5, 30, "1 July 2026, 5:30 pm UTC+5:30"),
        (-3, 0, "1 July 2026, 9:00 am UTC−3"),
        (-9, -30, "1 July 2026, 2:30 am UTC−9:30"),
        (0, 0, "1 July 2026, 2:00 pm Central European Summer Time"),
    ],
)
def test_without_an_agency_zone_the_offset_it_wrote_counts_and_zero_is_the_house(
    hours: int, minutes: int, words: str
) -> None:
    zone = timezone(timedelta(hours=hours, minutes=minutes))
    assert _words(NOON.astimezone(zone), None, house="Europe/Berlin") == words


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = first + timedelta(hours=1)
    assert _words(first, "Europe/Berlin").endswith("2:30 am Central European Summer Time")
    assert _words(second, "Europe/Berlin").endswith("2:30 am Central European Standard Time")


@given(
    at=st.integers(800_000_000, 2_800_000_000).map(
        lambda second: datetime.fromtimestamp(second, UTC)
    ),
    zone=st.sampled_from(sorted(available_timezones() - {"localtime"})),
    language=st.sampled_from(["en", "en-US", "de", "fr", "es", "hi", "ur"]),
)
def test_words_and_machine_value_tell_the_same_instant(
    at: datetime, zone: str, language: str
) -> None:
    told = shown(at, zone=zone, house_zone="UTC", language=language)
    back = datetime.fromisoformat(told.machine)
    assert back == at.replace(microsecond=0)
    assert back.utcoffset() == at.astimezone(ZoneInfo(zone)).utcoffset()
    assert str(back.year) in told.words
    assert f"{back.minute:02d}" in told.words


def test_a_moment_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="has no offset"):
        _words(datetime(2026, 7, 1), None)  # noqa: DTZ001
