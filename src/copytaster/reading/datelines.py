"""Where a story comes from: the place, day and agency in front of its text.

What is written like a dateline is in ``dateline_forms``, what is believed of it in
``dateline_belief``; here is what it says.
"""

import re
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from datetime import timedelta

import msgspec
from msgspec import structs

from copytaster import almanac
from copytaster import language as languages
from copytaster.reading.credits import byline
from copytaster.reading.credits import signoff
from copytaster.reading.dateline_belief import Found
from copytaster.reading.dateline_belief import find
from copytaster.reading.dateline_belief import is_capitals
from copytaster.reading.dateline_forms import PREFIXED
from copytaster.reading.notes import Dateline
from copytaster.reading.wording import LANGUAGES
from copytaster.reading.wording import places
from copytaster.reading.wording import without_desk
from copytaster.reading.wording import wording
from copytaster.reading.zones import at_home

_AGE = timedelta(days=7)
"""how old a dateline may be whose year is left out; nothing is sent later than that"""
_AHEAD = timedelta(days=1)
"""it may be tomorrow already where the story was written"""


def dateline(
    text: str, *, language: str | None, sent: datetime | None, agency: str | None = None
) -> Dateline:
    """The dateline of a text, with its byline and sign-off; all null where there is none.

    ``agency``: the id of whose copy it is, where known.
    """
    tongue = languages.primary(language) if language else ""
    if tongue not in LANGUAGES:
        return Dateline()
    words = wording(tongue)
    found = find(text, words)
    ends = found.line.start if found else None
    read = Dateline() if found is None else _noted(found, tongue, at_home(sent, agency))
    return structs.replace(
        read,
        byline=byline(text, words, before=ends),
        signoff=signoff(text, words, agency=agency, after=read.end or 0),
    )


# --- what it says --------------------------------------------------------------------------------


def _noted(found: Found, language: str, sent: datetime | None) -> Dateline:
    at, form = found.line.start, found.form
    begins = form.spans["place"][0]
    spans: dict[str, tuple[int, int]] = {
        name: (begins + start, begins + start + len(value)) for name, value, start in _cut(found)
    }
    for name in ("region", "country", "agency"):
        if name in form.spans:
            spans[name] = form.spans[name]
    values = {name: form.text[start:end] for name, (start, end) in spans.items()}
    day = _day(found, language, sent)
    if day is not None:
        spans["date"] = (day.start, day.end)
    edges = {
        f"{name}_{edge}": at + where
        for name, (start, end) in spans.items()
        for edge, where in (("start", start), ("end", end))
    }
    read = Dateline(
        start=at + min(begins, form.begin),
        end=at + form.end,
        place=_named(values["place"]),
        region=values.get("region"),
        country=values.get("country"),
        date=day.value.isoformat() if day and day.value else None,
        agency=None if found.agency is None else without_desk(found.agency),
        rule=_rule(found),
    )
    return structs.replace(read, **edges)


def _rule(found: Found) -> str:
    if found.known:
        return "dateline-agency"
    return "dateline-day" if "day" in found.form.spans else "dateline-place"


def _cut(found: Found) -> Iterator[tuple[str, str, int]]:
    """The place, and what behind its comma it lies in, each with where it begins."""
    start = 0
    taken: set[str] = set()
    for part in (found.form.said("place") or "").split(","):
        value = part.strip()
        at = start + len(part) - len(part.lstrip())
        start += len(part) + 1
        if not value:
            continue
        name = "place"
        if taken:
            name = "region" if _is_region(value) and "region" not in taken else "country"
        if name not in taken:
            taken.add(name)
            yield name, value, at


def _is_region(name: str) -> bool:
    return name in places().regions or name.title() in places().regions


def _named(place: str) -> str:
    """As a name is written, where the dateline has it in capitals."""
    if not is_capitals(place):
        return place
    small = places().particles
    words = re.split(r"([\s/-]+)", place)
    return "".join(
        word.lower() if at and word.lower() in small else _capital(word)
        for at, word in enumerate(words)
    )


def _capital(word: str) -> str:
    if re.fullmatch(r"(?:\w\.){2,}", word):
        return word
    first = _PREFIX.match(word)
    begun = "" if first is None else first[0]
    named = re.sub(r"[^\W_]+", lambda found: found[0].capitalize(), word[len(begun) :])
    return begun + re.sub(r"(?<=['’])S\b", "s", named)  # Cox's Bazar


_PREFIX = re.compile(rf"(?:{PREFIXED})(?=[^\W\d_a-z]{{2}})")


# --- the day -------------------------------------------------------------------------------------


class _Day(msgspec.Struct, frozen=True, kw_only=True):
    start: int
    end: int
    value: date | None


def _day(found: Found, language: str, sent: datetime | None) -> _Day | None:
    """The day; where there is none, the weekday."""
    known, form = almanac.calendar(language), found.form
    if "day" in form.spans:
        dates = almanac.dates(language, year=False, clock=False)
        read = dates.search(form.text, *form.spans["day"])
        if read is not None:
            value = _dated(almanac.parts(read, known), sent)
            return _Day(start=read.start(), end=read.end(), value=value)
    named = form.said("weekday")
    if named is None:
        return None
    number = next((at for day, at in known.weekday.items() if day.startswith(named.lower())), None)
    start, end = form.spans["weekday"]
    return _Day(start=start, end=end, value=_last(number, sent))


def _last(weekday: int | None, sent: datetime | None) -> date | None:
    if weekday is None or sent is None:
        return None
    return sent.date() - timedelta(days=(sent.weekday() - weekday) % 7)


def _dated(day: almanac.Parts, sent: datetime | None) -> date | None:
    """With the year that is left out: of a day in the week before the story was sent."""
    if day.year is not None:
        return _date(day.year, day)
    if sent is None:
        return None
    for year in (sent.year, sent.year - 1, sent.year + 1):
        value = _date(year, day)
        if value and -_AGE <= value - sent.date() <= _AHEAD:
            return value
    return None


def _date(year: int, day: almanac.Parts) -> date | None:
    try:
        return date(year, day.month or 0, day.day)
    except ValueError:
        return None
