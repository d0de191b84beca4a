"""Days in words, with the value that the author of a mark wrote; what cannot be is refused.

This neither finds nor resolves anything: it only sees to it that "on Thursday" was not given a
Friday, that "December 4" is some fourth, and that a day told of by its name is near.
"""

import re
from datetime import date
from datetime import datetime
from datetime import timedelta

from bench.reading.marks import Malformed
from bench.reading.marks import Mark
from bench.reading.notes import Day

_WEEKDAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "hi": "सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार",
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
}
_NEAR: dict[str, dict[str, tuple[int, ...]]] = {
    "en": {"today": (0,), "yesterday": (-1,), "tomorrow": (1,)},
    "hi": {"आज": (0,), "कल": (-1, 1), "परसों": (-2, 2)},
    "de": {
        "heute": (0,),
        "gestern": (-1,),
        "morgen": (1,),
        "vorgestern": (-2,),
        "übermorgen": (2,),
    },
    "fr": {"aujourd'hui": (0,), "aujourd’hui": (0,), "hier": (-1,), "demain": (1,)},
    "es": {"hoy": (0,), "ayer": (-1,), "mañana": (1,), "anteayer": (-2,)},
}
_WORDS = re.compile(r"[^\s,()]+")


def day(words: str, mark: Mark, sent: datetime, language: str) -> Day:
    """The noted day. Value ``?``: a careful reader cannot tell."""
    if mark.value is None:
        raise Malformed(f"{words!r} has no value; write {{t=2026-03-05 …}}, or {{t=? …}}")
    value = None if mark.value == "?" else mark.value
    kind = "relative" if _nearby(words, language) else "calendar"
    if value and "T" in value:
        kind = "moment"
        plausible(words, _moment(value).date(), sent, language)
    elif value:
        plausible(words, _date(value), sent, language)
    return Day(start=mark.start, end=mark.end, value=value, kind=kind)


def plausible(words: str, value: date, sent: datetime, language: str) -> None:
    """Raises ``Malformed`` where the words cannot mean that day."""
    apart = (value - sent.date()).days
    weekdays = _WEEKDAYS[language].split()
    for word in _words(words):
        if word in weekdays and weekdays.index(word) != value.weekday():
            raise Malformed(f"{words!r}: {value} is no {word}")
        if word in _NEAR[language] and apart not in _NEAR[language][word]:
            raise Malformed(f"{words!r}: {value} is not, seen from {sent.date()}")
    numbers = {int(number) for number in re.findall(r"\d+", words)}
    if numbers and value.day not in numbers:
        raise Malformed(f"{words!r}: {value} is another day of the month")
    if _nearby(words, language) and abs(apart) > 7:
        raise Malformed(f"{words!r}: {value} is {apart} days from {sent.date()}")


def _words(words: str) -> list[str]:
    return [word.rstrip(".").casefold() for word in _WORDS.findall(words)]


def _nearby(words: str, language: str) -> bool:
    """Whether a day is told of by its name, without a date."""
    known = {*_WEEKDAYS[language].split(), *_NEAR[language]}
    return not re.search(r"\d", words) and any(
        word.startswith(tuple(known)) for word in _words(words)
    )


def dateline(words: str, value: str, sent: datetime, language: str) -> str:
    """The day of a dateline: within a week before the story was sent, or the day after (zones)."""
    plausible(words, _date(value), sent, language)
    if not timedelta(-7) <= _date(value) - sent.date() <= timedelta(1):
        raise Malformed(f"a dateline of {value} in a story sent on {sent.date()}")
    return value


def _date(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise Malformed(f"{value!r} is no day such as 2026-03-05") from error


def _moment(value: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise Malformed(f"{value!r} is no instant such as 2026-03-05T23:10+05:30") from error
    if moment.tzinfo is None:
        raise Malformed(f"{value!r} has no offset; where none is known the value is a day")
    return moment
