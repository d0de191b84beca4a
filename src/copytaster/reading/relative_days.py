"""Yesterday, today and tomorrow, where a day is meant and not these times."""

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache

from copytaster import almanac
from copytaster.reading.dated_text import DatedText
from copytaster.reading.dated_text import Taken
from copytaster.reading.dated_text import begins_with
from copytaster.reading.dated_text import ends_in
from copytaster.reading.dated_text import noted
from copytaster.reading.dated_text import weekday
from copytaster.reading.notes import Day
from copytaster.reading.tense import Direction
from copytaster.reading.tense import direction
from copytaster.reading.wording import DayWords
from copytaster.reading.wording import wording

_BEGINS = (".", "!", "?", ":", '"', "“", "«", "„", "‘", "'", "—", "-", "–", ")", "¿", "¡")
"""before a sentence: a capital anywhere else is a name's ("India Today")"""
_CLAUSE = re.compile(r"[,;.!?\"“”«»:\n]")
_CLAUSE_REACH = 120
_MARKS = re.compile(r"[„“”»«]|\n\n")
_OPENING = ("„", "»")
_QUOTE_REACH = 500


@cache
def _counts(words: DayWords) -> dict[str, int | None]:
    """How many days from that of the text each word is; None for one that the verb tells."""
    found: dict[str, int | None] = {}
    for forms, count in (
        (words.day_before_yesterday, -2),
        (words.yesterday, -1),
        (words.today, 0),
        (words.tomorrow, 1),
        (words.day_after_tomorrow, 2),
        (words.yesterday_or_tomorrow, None),
        (words.two_days, None),
    ):
        found |= dict.fromkeys(forms, count)
    return found


@cache
def _near(language: str) -> re.Pattern[str]:
    words = almanac.either(_counts(wording(language).days))
    return re.compile(rf"{almanac.START}(?:{words}){almanac.EDGE}", re.IGNORECASE)


def relative_days(known: DatedText, taken: Taken) -> Iterator[Day]:
    """Days that are counted from that of the text."""
    for found in _near(known.language).finditer(known.text):
        if _means_times(known, found) or not taken.takes(*found.span()):
            continue
        count = _count(known, found)
        value = None
        if known.day is not None and count is not None:
            value = known.day + timedelta(days=count)
        yield noted(*found.span(), value, "relative", "counted")


def _means_times(known: DatedText, found: re.Match[str]) -> bool:
    before, behind = known.before(found.start()), known.behind(found.end())
    words, said = known.words, found.group()
    if said[:1].isupper() and before and not before.endswith(_BEGINS):
        return True
    if words.as_written and said[:1].isupper():
        return said.lower() in words.tomorrow or _is_quoted(known, found.start())
    if said.lower() not in (*words.today, *words.tomorrow):
        return False
    if words.possessive and behind.replace("’", "'").startswith(words.possessive):
        return True
    return ends_in(before, words.not_before) or begins_with(behind, words.not_behind)


def _is_quoted(known: DatedText, start: int) -> bool:
    marks = _MARKS.findall(known.text[max(start - _QUOTE_REACH, 0) : start])
    return bool(marks) and marks[-1] in _OPENING


def _count(known: DatedText, found: re.Match[str]) -> int | None:
    """None where nothing tells, and for a "tomorrow" that somebody told on another day."""
    word = found.group().lower()
    count = _counts(known.words)[word]
    if count is None:
        told = direction(known.text, *found.span(), known.words.tense)
        size = 2 if word in known.words.two_days else 1
        return None if told is None else size if told is Direction.ahead else -size
    if count > 0 and _tells_another_day(known, found.start()):
        return None
    return count


def _tells_another_day(known: DatedText, start: int) -> bool:
    clause = _CLAUSE.split(known.text[max(start - _CLAUSE_REACH, 0) : start])[-1]
    counts = _counts(known.words)
    told = [counts[one.group().lower()] or 0 for one in _near(known.language).finditer(clause)]
    return min(told, default=0) < 0 or weekday(known.language).search(clause) is not None
