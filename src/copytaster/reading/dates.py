"""Days by date: what a machine wrote, what stands in words, what stands in figures."""

import re
from collections.abc import Iterator
from datetime import date
from datetime import timedelta

from copytaster import almanac
from copytaster.moment import ZoneRules
from copytaster.moment import rfc3339
from copytaster.reading.dated_text import DatedText
from copytaster.reading.dated_text import Taken
from copytaster.reading.dated_text import begins_with
from copytaster.reading.dated_text import noted
from copytaster.reading.dated_text import weekday
from copytaster.reading.notes import Day
from copytaster.reading.tense import Direction
from copytaster.reading.tense import direction
from copytaster.reading.zones import REPAIRS

PAST = timedelta(days=60)
COMING = timedelta(days=120)
"""Of a day whose year is left out that one is meant which is nearest to the sending. If it is
farther back or ahead than this, its sentence says whether it was or is to come."""
FAR = timedelta(days=731)
"""as far off as a day without a year may be that has its weekday beside it"""

_ZONED = re.compile(r"Z\Z|[+-]\d{1,2}:\d{2}\Z")
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


def _dated(known: DatedText, read: almanac.Parts, start: int, end: int) -> Day:
    if read.year is not None:
        return noted(start, end, _date(read.year, read), "calendar", "date")
    return noted(start, end, _nearest(known, read, start, end), "calendar", "date-near")


def _nearest(known: DatedText, read: almanac.Parts, start: int, end: int) -> date | None:
    """One that is the weekday beside it, where there is one; else nearest to the sending."""
    if known.day is None:
        return None
    years = range(known.day.year - 2, known.day.year + 3)
    some = [one for year in years if (one := _date(year, read)) is not None]
    beside = weekday(known.language).match(known.text, start, end)
    if beside is not None:
        number = known.calendar.weekday[beside["name"].lower()]
        some = [one for one in some if one.weekday() == number]
    apart = sorted((abs(one - known.day), one) for one in some)
    if not apart or apart[0][0] > FAR:
        return None
    if beside is None and not -PAST <= apart[0][1] - known.day <= COMING:
        return _told(known, known.day, [one for _, one in apart], start, end)
    return apart[0][1]


def _told(known: DatedText, today: date, nearest_first: list[date], start: int, end: int) -> date:
    """The nearest in the direction of which the sentence speaks."""
    told = direction(known.text, start, end, known.words.tense)
    for one in nearest_first:
        if told is None or (one > today) == (told is Direction.ahead):
            return one
    return nearest_first[0]


def _date(year: int, read: almanac.Parts) -> date | None:
    try:
        return date(year, read.month or 0, read.day)
    except ValueError:
        return None
