"""When a notice says that a story moved: ``at 1756 hours``, ``vom 10.09., 09.38 Uhr``, ``12h45``.

A time counts where the words say that something moved then, or where it stands beside a day or
behind a comma as wires write it. A time at which something is *withdrawn* is the notice's own.
A date that may be read in two ways is not read.
"""

import re
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from functools import lru_cache

import msgspec

from copytaster import agency
from copytaster.agency import Words
from copytaster.verdict.notices._types import Moved

_UNIVERSAL = frozenset({"GMT", "UTC", "UT"})
_TIME = re.compile(
    r"(?<![\w.:/+-])(?:(?P<hour>[01]?\d|2[0-3]) ?(?P<by>[:hH.]) ?(?P<minute>[0-5]\d)"
    r"|(?P<whole>[01]?\d|2[0-3])(?= ?(?:h|Uhr|[ap]\.?m)\b)"
    r"|(?P<four>(?:[01]\d|2[0-3])[0-5]\d))(?![\d:])"
    r"(?: ?(?P<half>[ap])\.?m\b\.?)?(?: ?(?P<unit>hours|hrs|hr|h|uhr|heures|horas)\b\.?)?"
    r"(?: ?(?P<zone>(?-i:[A-Z]{2,5}))(?!\w))?",
    re.IGNORECASE,
)
_UNITS = frozenset({"HOURS", "HRS", "UHR", "ON", "OF", "AND", "AT"})
_AT = re.compile(r"(?:\bat|\bum|\ba|\blas|\bgegen|\bvers) $", re.IGNORECASE)
_BESIDE = re.compile(r"(?:[,(/]|[-–—]) ?(?:at |um |a |a las )?$", re.IGNORECASE)
_ENDED = re.compile(
    r"\b(?:kill|withdr|retract|annul|anul|zuruckge|zurueckge|gestrichen|retir|held|spiked)\w*"
    r"(?:\W{1,3}\w{1,12}){0,2}\W{1,3}$",
    re.IGNORECASE,
)
_BEFORE = 60
_ISO = re.compile(r"(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?![\w-])")
_FIGURES = re.compile(
    r"(?<![\w.:/])(\d{1,2})([./])(\d{1,2})(?:(?:\2)(\d{4}|\d\d)(?!\d)|(?:\2)(?!\d))"
)


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """The words for days and months in the languages of the notice."""

    months: dict[str, int]
    weekdays: dict[str, int]
    near: dict[str, int]
    """today, yesterday: days back"""
    day: re.Pattern[str]
    moved: re.Pattern[str]
    at: re.Pattern[str]
    """right before a time"""


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """What is needed to read the times of one notice."""

    calendar: Calendar
    said: datetime
    """when the notice was made, in the agency's zone"""
    zone: str | None
    zones: dict[str, str]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A time or a day, and where it stands."""

    start: int
    end: int
    moved: Moved | None = None
    day: date | None = None


@lru_cache(maxsize=32)
def calendar(words: tuple[Words, ...]) -> Calendar:
    """The calendar of these languages."""
    months = {
        form: number
        for one in words
        for number, names in enumerate(one.months, start=1)
        for form in agency.plain(names).lower().split()
    }
    weekdays = {
        agency.plain(name).lower(): number
        for one in words
        for number, name in enumerate(one.weekdays)
    }
    near = {agency.plain(name).lower(): 0 for one in words for name in one.today}
    near |= {agency.plain(name).lower(): 1 for one in words for name in one.yesterday}
    month = agency.either(months)
    return Calendar(
        months=months,
        weekdays=weekdays,
        near=near,
        day=re.compile(
            rf"(?<![\w.:])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)? (?:de |of )?(?P<month>{month})"
            rf"\.?(?:,? (?:de |del )?(?P<year>\d{{4}}))?(?!\d)"
            rf"|(?P<month2>{month})\.? (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.h])"
            rf"(?:,? (?P<year2>\d{{4}}))?(?!\d)"
            rf"|(?P<weekday>{agency.either(weekdays)})|(?P<near>{agency.either(near)})",
            re.IGNORECASE,
        ),
        moved=re.compile(agency.either(word for one in words for word in one.moved), re.IGNORECASE),
        at=re.compile(
            rf"{agency.either(word for one in words for word in one.at)}\W\Z", re.IGNORECASE
        ),
    )


def times(folded: str, clock: Clock) -> list[Found]:
    """The times and days that a sentence gives, in order."""
    days = list(_days(folded, clock))
    moved = list(_moved(folded, days, clock))
    taken = [(found.start, found.end) for found in moved]
    days = [day for day in days if not any(s <= day.start < e for s, e in taken)]
    return sorted((*moved, *days), key=lambda found: found.start)


# --- times --------------------------------------------------------------------------------------


def _moved(folded: str, days: list[Found], clock: Clock) -> Iterator[Found]:
    for found in _TIME.finditer(folded):
        before = folded[max(0, found.start() - _BEFORE) : found.start()]
        if not _is_time(found, before) or _ENDED.search(before) is not None:
            continue
        beside_day = any(0 <= found.start() - day.end <= 6 for day in days)
        words = clock.calendar
        told = words.moved.search(before) or words.at.search(before) or _BESIDE.search(before)
        if beside_day or told is not None:
            at = _clock_time(found)
            if at is not None:
                moved = Moved(at=at, zone=_zone(found, clock), raw=found.group().strip(" ."))
                yield Found(start=found.start(), end=found.end(), moved=moved)


def _is_time(found: re.Match[str], before: str) -> bool:
    """``09.38`` may be a date and ``1756`` a number: something must say that it is an hour."""
    sure = found["half"] or found["unit"] or (found["zone"] or "") in _UNIVERSAL
    if found["four"] is None and found["by"] != ".":
        return True
    return bool(sure) or _AT.search(before) is not None


def _clock_time(found: re.Match[str]) -> time | None:
    if found["four"] is not None:
        hour, minute = int(found["four"][:2]), int(found["four"][2:])
    else:
        hour, minute = int(found["hour"] or found["whole"]), int(found["minute"] or 0)
    if found["half"] is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    return time(hour, minute)


def _zone(found: re.Match[str], clock: Clock) -> str | None:
    """The zone the words give, else the agency's; a word nobody has explained is no zone."""
    word = found["zone"]
    if word is None or word in _UNITS:
        return clock.zone
    return "UTC" if word in _UNIVERSAL else clock.zones.get(word)


# --- days ---------------------------------------------------------------------------------------


def _days(folded: str, clock: Clock) -> Iterator[Found]:
    for pattern, read in ((_ISO, _iso), (_FIGURES, _figures), (clock.calendar.day, _named)):
        for found in pattern.finditer(folded):
            day = read(found, clock)
            if day is not None:
                yield Found(start=found.start(), end=found.end(), day=day)


def label_day(value: str, said: datetime) -> date | None:
    """The day behind a label whose figures stand day before month: ``15/11/2022``."""
    found = _FIGURES.search(value)
    return None if found is None else _dated(found[1], found[3], found[4], said)


def _iso(found: re.Match[str], clock: Clock) -> date | None:
    return _dated(found[3], found[2], found[1], clock.said)


def _figures(found: re.Match[str], clock: Clock) -> date | None:
    """``10.09.`` has the day first; with slashes only where the other reading is no date."""
    first, second, year = int(found[1]), int(found[3]), found[4]
    if found[2] == "." or first > 12 or first == second:
        return _dated(found[1], found[3], year, clock.said)
    if second > 12 and year is not None:
        return _dated(found[3], found[1], year, clock.said)
    return None


def _named(found: re.Match[str], clock: Clock) -> date | None:
    today = clock.said.date()
    if found["weekday"] is not None:
        back = (today.weekday() - clock.calendar.weekdays[found["weekday"].lower()]) % 7
        return today - timedelta(days=back)
    if found["near"] is not None:
        return today - timedelta(days=clock.calendar.near[found["near"].lower()])
    month = clock.calendar.months[(found["month"] or found["month2"]).lower()]
    day, year = found["day"] or found["day2"], found["year"] or found["year2"]
    return _dated(day, str(month), year, clock.said)


def _dated(day: str, month: str, year: str | None, said: datetime) -> date | None:
    """A day; without a year the last such day that is not after the notice."""
    try:
        if year is not None:
            return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
        found = date(said.year, int(month), int(day))
        ahead = found > said.date() + timedelta(days=1)
        return found.replace(year=said.year - 1) if ahead else found
    except ValueError:  # no such day: 31.02., or 29 February of a year without one
        return None
