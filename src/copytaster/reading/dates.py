"""Days by date: what a machine wrote, what stands in words, what stands in figures."""

import re
from collections.abc import Iterator
from datetime import date
from datetime import timedelta

from msgspec import structs

from copytaster import almanac
from copytaster.moment import ZoneRules
from copytaster.moment import rfc3339
from copytaster.reading.dated_text import DatedText
from copytaster.reading.dated_text import Taken
from copytaster.reading.dated_text import begins_with
from copytaster.reading.dated_text import noted
from copytaster.reading.dated_text import weekday
from copytaster.reading.notes import Day

NEAR = timedelta(days=184)
"""from the sending to a day whose year is left out: half a year, for the nearest is meant"""
FAR = timedelta(days=731)
"""the same with a weekday beside it: the nearest such day that is one"""
REPAIRS = frozenset({"short-offset"})
"""``+5:30`` is read: a note publishes nothing"""

_ZONED = re.compile(r"Z\Z|[+-]\d{1,2}:\d{2}\Z")
_ANOTHER_DAY = re.compile(
    r"(?<!\d)(\d{1,2})\.?\s?(?:-|–|and|und|et|y|to|bis|au|al|और|से)\s?\Z", re.IGNORECASE
)
"""before a date: "between 7 and" 10 January"""
_BESIDE = re.compile(r",?\s\(?(?:(?:den|dem|le|the|el)\s)?")
"""between a weekday and its date"""


def stamps(known: DatedText, taken: Taken) -> Iterator[Day]:
    """What a machine wrote: an instant with its offset, one of one digit too."""
    for found in almanac.STAMP.finditer(known.text):
        if _ZONED.search(found.group()) and taken.takes(*found.span()):
            read = rfc3339(found.group(), ZoneRules(repairs=REPAIRS)).instant
            value = None if read is None else read.isoformat()
            yield noted(*found.span(), value, "moment", "moment-stamp")


def written(known: DatedText, taken: Taken) -> Iterator[Day]:
    """A date in words or figures, with a time and a zone where they stand behind it."""
    for found in almanac.dates(known.language, year=False, clock=False).finditer(known.text):
        timed = almanac.dates(known.language).match(known.text, found.start())
        if timed is not None and timed["zone"]:
            if taken.takes(*timed.span()):
                yield _moment(known, timed)
            continue
        start, end = _with_weekday(known, found)
        if begins_with(known.behind(end), known.words.named_behind):
            continue  # the September 11 attacks
        if taken.takes(start, end):
            read = almanac.parts(found, known.calendar)
            yield from _one_before(known, taken, read, start)
            yield _dated(known, read, start, end)


def _moment(known: DatedText, found: re.Match[str]) -> Day:
    """The instant; of a zone that nobody explains, only the day that is written."""
    read = almanac.moment(found, known.calendar, known.rules)
    if read.instant is not None:
        value = read.instant.isoformat(timespec="minutes")
        return noted(*found.span(), value, "moment", "moment-zone")
    day = almanac.parts(found, known.calendar)
    value_of_day = None if day.year is None else _date(day.year, day)
    return noted(*found.span(), value_of_day, "moment", "moment-unknown-zone")


def _with_weekday(known: DatedText, found: re.Match[str]) -> tuple[int, int]:
    """The weekday in front of a date is of it."""
    begins = max(found.start() - 24, 0)
    for day in weekday(known.language).finditer(known.text, begins, found.start()):
        between = known.text[day.end() : found.start()]
        if _BESIDE.fullmatch(between):
            closes = "(" in between and known.text[found.end() : found.end() + 1] == ")"
            return day.start(), found.end() + closes
    return found.span()


def _one_before(known: DatedText, taken: Taken, read: almanac.Parts, start: int) -> Iterator[Day]:
    """The 7 of "7 and 10 January"."""
    more = _ANOTHER_DAY.search(known.text[max(start - 12, 0) : start])
    if more is None or read.month is None or not known.text[start].isdigit():
        return
    first = start - len(more.group())
    if taken.takes(first, first + len(more[1])):
        day = structs.replace(read, day=int(more[1]))
        yield _dated(known, day, first, first + len(more[1]))


def _dated(known: DatedText, read: almanac.Parts, start: int, end: int) -> Day:
    if read.year is not None:
        return noted(start, end, _date(read.year, read), "calendar", "date")
    return noted(start, end, _nearest(known, read, start, end), "calendar", "date-near")


def _nearest(known: DatedText, read: almanac.Parts, start: int, end: int) -> date | None:
    """The day nearest to the sending; one that is the weekday beside it, where there is one."""
    if known.day is None:
        return None
    beside = weekday(known.language).match(known.text, start, end)
    number = None if beside is None else known.calendar.weekday[beside["name"].lower()]
    apart = sorted(
        (abs(one - known.day), one)
        for year in range(known.day.year - 2, known.day.year + 3)
        if (one := _date(year, read)) is not None and number in (None, one.weekday())
    )
    if not apart or apart[0][0] > (NEAR if number is None else FAR):
        return None
    return apart[0][1]


def _date(year: int, read: almanac.Parts) -> date | None:
    try:
        return date(year, read.month or 0, read.day)
    except ValueError:
        return None
