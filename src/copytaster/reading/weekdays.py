"""Weekdays, by what the sentence means."""

import re
from collections.abc import Iterator
from datetime import date
from datetime import timedelta

import msgspec

from copytaster.reading.dated_text import DatedText
from copytaster.reading.dated_text import Taken
from copytaster.reading.dated_text import begins_with
from copytaster.reading.dated_text import ends_in
from copytaster.reading.dated_text import noted
from copytaster.reading.dated_text import weekday
from copytaster.reading.notes import Day
from copytaster.reading.tense import Direction
from copytaster.reading.tense import direction

_AND = re.compile(r"\s(?:and|or|und|oder|et|ou|y|o|और|या)\s(?:on\s|am\s|le\s|el\s)?")
_OWN = ("'s", "’s")
"""``Saturday's fixtures`` may be of either, where no verb stands beside it"""
_NEXT_WORD_IS_CAPITAL = re.compile(r"\s[^\W\d_a-z]")


class _Weekday(msgspec.Struct, frozen=True, kw_only=True):
    """A weekday in a text, with what stands right around it."""

    start: int
    end: int
    number: int
    before: str
    behind: str


def weekdays(known: DatedText, taken: Taken) -> Iterator[Day]:
    """Each weekday that is a day: no name, and none that comes again and again."""
    previous: tuple[_Weekday, date | None] | None = None
    for found in weekday(known.language).finditer(known.text):
        day = _Weekday(
            start=found.start(),
            end=found.end(),
            number=known.calendar.weekday[found["name"].lower()],
            before=known.before(found.start()),
            behind=known.behind(found.end()),
        )
        if not _is_a_day(known, day, found.group()) or not taken.takes(*found.span()):
            continue
        meant = _joined(known, day, previous) or _meant(known, day)
        previous = day, meant
        yield noted(day.start, day.end, meant, "relative", "weekday")


def _is_a_day(known: DatedText, day: _Weekday, said: str) -> bool:
    words = known.words
    if words.as_names and not said[:1].isupper():
        return False
    if ends_in(day.before, (*words.recurring, *words.named_before)):
        return False
    if words.led_by and _NEXT_WORD_IS_CAPITAL.match(day.behind):
        return ends_in(day.before, words.led_by)
    return not begins_with(day.behind, words.named_behind)


def _joined(
    known: DatedText, day: _Weekday, previous: tuple[_Weekday, date | None] | None
) -> date | None:
    """``Friday and Saturday``: the second is the next after the first."""
    if previous is None or previous[1] is None:
        return None
    if not _AND.fullmatch(known.text[previous[0].end : day.start]):
        return None
    return previous[1] + timedelta(days=(day.number - previous[0].number) % 7)


def _meant(known: DatedText, day: _Weekday) -> date | None:
    """The last or next such day; today where it is today, unless another one is asked for."""
    words = known.words
    if known.day is None:
        return None
    if ends_in(day.before, words.unsettled) or begins_with(day.behind, words.unsettled_behind):
        return None
    apart = (day.number - known.day.weekday()) % 7
    if ends_in(day.before, words.next) or begins_with(day.behind, words.next_behind):
        return known.day + timedelta(days=apart or 7)
    if ends_in(day.before, words.last) or begins_with(day.behind, words.last_behind):
        return known.day + timedelta(days=apart - 7)
    told = direction(known.text, day.start, day.end, words.tense)
    if told is None and not day.behind.startswith(_OWN):
        told = Direction(words.tense.otherwise)
    if apart == 0 or told is Direction.ahead:
        return known.day + timedelta(days=apart)
    return known.day + timedelta(days=apart - 7) if told is Direction.back else None
