"""Whole days as rights state them, and the careful instant at which one begins or ends.

A day needs its year. Digits alone are read only where one reading is possible.
"""

import re
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from datetime import timezone
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale

_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "nb", "da")
_ISO = re.compile(r"(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)\b", re.ASCII)
_DOTTED = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})", re.ASCII)
_SLASHED = re.compile(r"(?P<one>\d{1,2})[/-](?P<two>\d{1,2})[/-](?P<year>\d{4})", re.ASCII)
_NAMED = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?(?: de| of)? (?P<name>[^\W\d_]{3,12})\.?"
    r"(?: de|,)? (?P<year>\d{4})"
)
_AMERICAN = re.compile(
    r"(?P<name>[^\W\d_]{3,12})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})"
)
_EAST, _WEST = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))
"""where a day ends first, and where it begins last"""


def day(said: str) -> date | None:
    """The day that is meant; None when that cannot be told."""
    words = " ".join(said.split()).strip(" .,")
    for grammar in (_ISO, _DOTTED, _NAMED, _AMERICAN):
        if found := grammar.fullmatch(words):
            parts = found.groupdict()
            month = parts.get("month") or _months().get(parts["name"].casefold())
            return _date(int(parts["year"]), int(month or 0), int(parts["day"]))
    if found := _SLASHED.fullmatch(words):
        return _slashed(int(found["one"]), int(found["two"]), int(found["year"]))
    return None


def _slashed(one: int, two: int, year: int) -> date | None:
    """``31/12/2026`` and ``12/31/2026`` are one day; ``04/12/2026`` is two."""
    readings = {_date(year, two, one), _date(year, one, two)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """Names of months, whole and short; one that means two months in two languages is left out."""
    names: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in Locale(language).months["format"][width].items():
                names.setdefault(str(name).casefold().rstrip("."), set()).add(number)
    return {name: numbers.pop() for name, numbers in names.items() if len(numbers) == 1}


def beginning(of: date, zone: str | None) -> datetime | None:
    """When the day has begun for certain: in the agency's zone, else everywhere."""
    return _midnight(of, zone, _WEST)


def end(of: date, zone: str | None) -> datetime | None:
    """When the day ends: in the agency's zone, else where it ends first."""
    try:
        return _midnight(of + timedelta(days=1), zone, _EAST)
    except OverflowError:
        return None


def _midnight(of: date, zone: str | None, unknown: timezone) -> datetime | None:
    try:
        return datetime.combine(of, time(), ZoneInfo(zone) if zone else unknown).astimezone(UTC)
    except OverflowError:
        return None
