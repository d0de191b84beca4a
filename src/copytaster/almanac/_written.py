"""Human dates: ``December 4, 2025 23:10 IST``, ``4 déc.``, ``04/12/2025``, and stamps of machines.

Words have edges of their own here: for Python a Devanagari vowel sign is no part of a word.
"""

import re
from collections.abc import Iterable
from functools import cache

import msgspec

from copytaster.almanac._calendar import Calendar
from copytaster.almanac._calendar import calendar
from copytaster.moment import Moment
from copytaster.moment import ZoneRules
from copytaster.moment import rfc822

EDGE = r"(?![\w\u0900-\u0963\u0970-\u097f])"
"""behind a word"""
START = r"(?<![\w\u0900-\u0963\u0970-\u097f])"
"""before a word"""
STAMP = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{1,2}:\d{2})?", re.ASCII
)
"""what a machine wrote among words, one-digit hours of the offset too"""

_CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?"
_ZONE = r"\(?(?:[A-Z]{2,5}(?![A-Za-z])|[+-]\d{1,2}:?\d{2})\)?"
_BETWEEN = r"[\s,|/·•–-]{0,5}(?:at\s)?"
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """A day as it is written; no month where two figures could be the day or the month."""

    day: int
    month: int | None
    year: int | None


def either(words: Iterable[str]) -> str:
    """Any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def dates(language: str, *, year: bool = True, clock: bool = True) -> re.Pattern[str]:
    """A grammar for days; ``year``: only with a year; ``clock``: with the time behind it."""
    time = rf"(?:{_BETWEEN}(?P<clock>{_CLOCK})(?:\s{{0,3}}(?P<zone>(?-i:{_ZONE})))?)?"
    written = grammar(language, year=year)
    return re.compile(rf"(?<![\w/-]){START}{written}{time if clock else ''}", re.IGNORECASE)


@cache
def grammar(language: str, *, year: bool) -> str:
    """The same as words of a regular expression, for grammars with days in them."""
    known = calendar(language)
    month = _month(known)
    figures = r"\d{1,2}(?:st|nd|rd|th|er|re|º|\.)?"
    number = rf"(?:{figures}|{either(known.number)})" if known.number else figures
    join = rf"(?:(?:{either(known.joins)})\s{{1,3}})?" if known.joins else ""
    end = EDGE if year else rf"(?!\d)(?!\w){EDGE}"
    first = ""
    if known.month_first:
        y1 = _year(rf"(?:,?\s{{1,3}}|/)(?P<y1>\d{{4}}){EDGE}", needed=year)
        first = rf"(?P<m1>{month})(?:\s{{1,3}}|(?<=\.))(?P<d1>\d{{1,2}}(?:st|nd|rd|th)?){end}{y1}|"
    y2 = _year(rf",?\s{{1,3}}{join}(?P<y2>\d{{4}}){EDGE}", needed=year)
    written = (
        rf"(?:{first}(?P<d2>{number})\s{{1,3}}{join}(?P<m2>{month}){EDGE}{y2}|"
        r"(?P<d3>\d{1,2})(?P<s3>[-/.])(?P<m3>\d{1,2})(?P=s3)(?P<y3>\d{4})(?!\d)|"
        r"(?P<y4>\d{4})-(?P<m4>\d{2})-(?P<d4>\d{2})(?!T|\d))"
    )
    return _with_first(written)


def _month(known: Calendar) -> str:
    """A full stop belongs to a name that is cut short, not to one that ends a sentence."""
    whole = [forms[0] for forms in known.months]
    short = [form for forms in known.months for form in forms[1:]]
    return rf"(?:(?:{either(whole)}){EDGE}" + (rf"|(?:{either(short)})\.?)" if short else ")")


def _with_first(written: str) -> str:
    """Every grammar has all names of groups, so that what reads a match need not ask."""
    missing = "" if "<m1>" in written else r"(?:(?!)(?P<m1>)(?P<d1>)(?P<y1>))?"
    return missing + written


def _year(grammar: str, *, needed: bool) -> str:
    return grammar if needed else f"(?:{grammar})?"


def parts(found: re.Match[str], known: Calendar) -> Parts:
    """Day, month and year of a match of ``dates``."""
    for at in "12":
        if found[f"m{at}"] is not None:
            said, year = found[f"d{at}"].lower(), found[f"y{at}"]
            day = known.number.get(said) or int(re.sub(r"\D", "", said))
            month = known.month[found[f"m{at}"].lower().rstrip(".")]
            return Parts(day=day, month=month, year=int(year) if year else None)
    if found["y4"] is not None:
        month = int(found["m4"])
        known_month = month if 1 <= month <= 12 else None
        return Parts(day=int(found["d4"]), month=known_month, year=int(found["y4"]))
    return _figures(found, known)


def _figures(found: re.Match[str], known: Calendar) -> Parts:
    """Of two figures one is the month if only one can be, or if the language has it settled."""
    one, other, year = int(found["d3"]), int(found["m3"]), int(found["y3"])
    if other <= 12 and (one > 12 or one == other or found["s3"] == known.day_first_with):
        return Parts(day=one, month=other or None, year=year)
    if one <= 12 < other:
        return Parts(day=other, month=one or None, year=year)
    return Parts(day=one, month=None, year=year)


def moment(found: re.Match[str], known: Calendar, rules: ZoneRules) -> Moment:
    """By RFC 822's grammar, which says the same parts in a fixed order; zones by the rules."""
    raw = found.group()
    said = _rfc822(found, parts(found, known))
    read = rfc822(said, rules) if said else rfc822(raw)
    return msgspec.structs.replace(read, raw=raw)


def _rfc822(found: re.Match[str], day: Parts) -> str | None:
    clock = found["clock"]
    if day.month is None or day.year is None or clock is None:
        return None
    digits = re.findall(r"\d+", clock)
    hour = int(digits[0])
    half = clock.lower().replace(".", "").replace(" ", "")[-2:]
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    zone = (found["zone"] or "").strip("()")
    if len(zone) != 5:  # "+5:30" is a form of its own, which the rules may allow
        zone = zone.replace(":", "")
    return f"{day.day} {_NAMES[day.month - 1]} {day.year} {hour:02}:{digits[1]} {zone}".strip()
