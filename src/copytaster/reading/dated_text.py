"""A text whose days are read, the words around a place in it, and places that are read already."""

import re
from datetime import date
from functools import cache

import msgspec

from copytaster import almanac
from copytaster.moment import ZoneRules
from copytaster.reading.notes import Day
from copytaster.reading.wording import DayWords
from copytaster.reading.wording import wording

_AROUND = 24
"""characters before and behind a word that are looked at for what belongs to it"""


class DatedText(msgspec.Struct, frozen=True, kw_only=True):
    """What all days of one text are read with."""

    text: str
    language: str
    """a primary tag"""
    words: DayWords
    calendar: almanac.Calendar
    day: date | None
    """on which it was sent, where that is known"""
    rules: ZoneRules

    def before(self, start: int) -> str:
        return self.text[max(start - _AROUND, 0) : start].rstrip()

    def behind(self, end: int) -> str:
        return self.text[end : end + _AROUND]


class Taken:
    """Places that a surer grammar has read already."""

    def __init__(self) -> None:
        self._places: set[int] = set()

    def takes(self, start: int, end: int) -> bool:
        """False where some of it is taken."""
        if not self._places.isdisjoint(range(start, end)):
            return False
        self._places.update(range(start, end))
        return True


@cache
def weekday(language: str) -> re.Pattern[str]:
    """Names of weekdays, where they are grown together with it with the part of the day."""
    parts = wording(language).days.grown
    known = almanac.either(almanac.calendar(language).weekday)
    grown = f"(?:{almanac.either(parts)})?" if parts else ""
    return re.compile(rf"{almanac.START}(?P<name>(?i:{known})){grown}{almanac.EDGE}")


def ends_in(before: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands right before."""
    return bool(words) and _ending(words).search(before) is not None


@cache
def _ending(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"{almanac.START}(?:{almanac.either(words)})\Z", re.IGNORECASE)


def begins_with(behind: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands right behind."""
    return bool(words) and _beginning(words).match(behind) is not None


@cache
def _beginning(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{almanac.either(words)}){almanac.EDGE}")


def noted(start: int, end: int, value: date | str | None, kind: str, rule: str) -> Day:
    """A note; a day is written as ISO 8601 has it."""
    said = value.isoformat() if isinstance(value, date) else value
    return Day(start=start, end=end, value=said, kind=kind, rule=rule)
