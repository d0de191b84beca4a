"""How days are written: the grammar that a page's date lines and the reading share."""

import pytest

from copytaster import almanac
from copytaster.moment import ZoneRules

INDIA = ZoneRules(named={"IST": "Asia/Kolkata"}, repairs=frozenset({"short-offset"}))


def _parts(text: str, language: str, *, year: bool) -> tuple[int, int | None, int | None] | None:
    found = almanac.dates(language, year=year).search(text)
    if found is None:
        return None
    read = almanac.parts(found, almanac.calendar(language))
    return read.day, read.month, read.year


@pytest.mark.parametrize("language", almanac.languages())
def test_each_language_has_twelve_months_and_seven_days(language: str) -> None:
    known = almanac.calendar(language)
    assert len(known.months) == 12
    assert len(known.weekdays) == 7
    assert len(known.month) == sum(map(len, known.months))
    assert len(known.numbers) in (0, 31)


@pytest.mark.parametrize("language", almanac.languages())
def test_every_name_of_a_month_is_read_as_it(language: str) -> None:
    for number, forms in enumerate(almanac.calendar(language).months, start=1):
        for form in forms:
            assert _parts(f"({5} {form} 2026)", language, year=True) == (5, number, 2026)
            assert _parts(f"{5} {form.upper()}", language, year=False) == (5, number, None)


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("May 2026", "en", None),
        ("Marching 4", "en", None),
        ("1 Mayor", "en", None),
        ("December 4, 20255", "en", None),
        ("14 December 20", "en", None),
        ("3/14 December", "en", None),
        ("एक दिसंबरी 2026", "hi", None),
        ("04/12/2025", "en", (4, None, 2025)),
        ("04.12.2025", "en", (4, None, 2025)),
        ("04.12.2025", "de", (4, 12, 2025)),
        ("04/12/2025", "de", (4, None, 2025)),
        ("31/12/2025", "en", (31, 12, 2025)),
        ("12/31/2025", "en", (31, 12, 2025)),
        ("99/99/2025", "en", (99, None, 2025)),
        ("2025-12-04", "fr", (4, 12, 2025)),
        ("4 de diciembre del 2025", "es", (4, 12, 2025)),
        ("1er janvier 2026", "fr", (1, 1, 2026)),
        ("इकतीस दिसंबर 2026", "hi", (31, 12, 2026)),
    ],
)
def test_a_whole_date(
    text: str, language: str, told: tuple[int, int | None, int | None] | None
) -> None:
    assert _parts(text, language, year=True) == told


def test_a_full_stop_belongs_to_a_short_name_only() -> None:
    short = almanac.dates("en", year=False, clock=False).search("on 5 Dec. 2026")
    whole = almanac.dates("de", year=False, clock=False).search("am 5. Dezember. Danach")
    assert short is not None
    assert short.group() == "5 Dec. 2026"
    assert whole is not None
    assert whole.group() == "5. Dezember"


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("December 4, 2025 23:10 IST", "2025-12-04T23:10:00+05:30"),
        ("Dec 4, 2025, 11:10 PM (IST)", "2025-12-04T23:10:00+05:30"),
        ("4 December 2025 at 23:10 +5:30", "2025-12-04T23:10:00+05:30"),
        ("4 December 2025 23:10 +0530", "2025-12-04T23:10:00+05:30"),
        ("4 December 2025 12:05 am GMT", "2025-12-04T00:05:00+00:00"),
        ("4 December 2025 13:05 pm GMT", None),
        ("04/12/2025 23:10 IST", None),
        ("4 December 2025 23:10 XKT", None),
        ("4 December 2025 23:10", None),
        ("31 February 2025 23:10 GMT", None),
    ],
)
def test_a_time_with_a_zone_is_an_instant(text: str, instant: str | None) -> None:
    found = almanac.dates("en").search(text)
    assert found is not None
    read = almanac.moment(found, almanac.calendar("en"), INDIA)
    assert (read.instant and read.instant.isoformat()) == instant
    assert read.raw == found.group()


def test_a_zone_that_the_rules_do_not_name_is_no_instant() -> None:
    found = almanac.dates("en").search("December 4, 2025 23:10 IST")
    assert found is not None
    assert almanac.moment(found, almanac.calendar("en"), ZoneRules()).instant is None
