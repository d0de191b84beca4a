"""The forms in which datelines are written: what stands where in one, and nothing of belief.

``PLACE, region (region) [country], weekday, day (agency) -`` is the form of most wires. Others
set the agency in front (ANSA, AKP), the day in front (press releases), the day in brackets (the
UN's), all of it between slashes (ACCESSWIRE) or between bars (AFP's pages).
"""

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from copytaster import almanac
from copytaster.reading.wording import Wording
from copytaster.reading.wording import agencies
from copytaster.reading.wording import agency_of
from copytaster.reading.wording import countries
from copytaster.reading.wording import folded
from copytaster.reading.wording import places

_SEPARATOR = r"(?:\s?\.?(?:[-–—]{2,3}|—|–)|\s?\.?-(?=\s|\Z)|\s_(?=\s)|\s?:)"
_BETWEEN = r"(?:\s?(?:--|—|–|:)\s?|\s-\s)"
"""a place and an agency that has a sign of its own in front: ``AUSTIN, Texas--(BUSINESS WIRE)``"""
_FOLLOWS = r"(?=\s|\Z|[^\W\d_]|[\"“«„‘'])"
_PLACE = r"(?P<place>[^\W\d_][^\d()\[\]|\n\"“”«»„;!?<>—–]{1,80}?)"
_INSIDE = r"(?P<inside>(?:,|\s[-–—])\s[^()\n]{3,25})"
"""a day beside the agency in its brackets"""
_AGENCY = ("a1", "a2", "a3")
PREFIXED = "Mc|Mac|De|Di|Du|La|Le|Van|St|O['’]"
"""small letters in a name that is otherwise in capitals: ``McALLEN``"""


_SIGN = re.compile(r"[—–:(\[/]|--|-(?=\s|\Z|[^\W\d_a-z])|\s_\s|\d\.\s")
"""what stands behind a place, where nothing else ends its line"""
_LONGEST_ALONE = 160
"""characters of a place with a weekday and a day"""


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """A line that is written like a dateline."""

    text: str
    begin: int
    end: int
    """behind its separator"""
    spans: dict[str, tuple[int, int]]
    """of place, region, country, weekday, day and agency, as far as they are there"""
    separator: str
    """without the full stop in front of it"""
    is_alone: bool
    """nothing comes behind it"""
    is_bare: bool = False
    """its agency has neither brackets nor a comma or full stop in front"""
    is_barred: bool = False
    """its parts stand between bars"""
    is_bracketed: bool = False
    """its day stands in brackets"""
    has_agency_first: bool = False
    has_day_first: bool = False

    def said(self, part: str) -> str | None:
        """The words of a part."""
        span = self.spans.get(part)
        return None if span is None else self.text[span[0] : span[1]]


def forms(text: str, begin: int, language: str) -> Iterator[Form]:
    """What a line may be read as from ``begin`` on, the likeliest first."""
    usual = (_usual(language),) if _may_be_usual(text, begin) else ()
    for pattern in (_agency_first(language), *usual, _day_first(language), _BARS):
        if (found := pattern.match(text, begin)) is not None:
            yield _form(found, language)


def _may_be_usual(text: str, begin: int) -> bool:
    """Most lines are seen to be none at a glance: that form has many places to try it at, each of
    them in many ways, and took a third of all reading."""
    return (
        len(text) - begin <= _LONGEST_ALONE
        or _SIGN.search(text, begin) is not None
        or _names_agency(text, begin)
    )


def _form(found: re.Match[str], language: str) -> Form:
    groups = found.groupdict()
    spans = {
        name: found.span(name)
        for name in ("place", "region", "country", "weekday")
        if groups.get(name)
    }
    for name in _AGENCY:
        if groups.get(name):
            spans[_kind(groups[name])] = found.span(name)
    if "agency" not in spans and groups.get("region") and agency_of(groups["region"]):
        spans["agency"] = spans.pop("region")  # LONDON (AP), Dec. 4 -
    if (day := _day(found, language)) is not None:
        spans["day"] = day
    said = (groups.get("after") or groups.get("separator") or "").strip()
    return Form(
        text=found.string,
        begin=found.start(),
        end=found.start() + len(found.group().rstrip()),
        spans=spans,
        separator=said.strip(". ") or said,
        is_alone=groups.get("alone") is not None,
        is_bare=bool(groups.get("a3")) and not _ends_part(found.string[: found.start("a3")]),
        is_barred=groups.get("line") is not None,
        is_bracketed=bool(groups.get("bracketed")),
        has_agency_first="agency" in spans and spans["agency"] < spans["place"],
        has_day_first="day" in spans and spans["day"] < spans["place"],
    )


def _kind(named: str) -> str:
    """In brackets right behind a place may stand the country: ``San José (Costa Rica) -``."""
    if folded(named) in countries():
        return "country"
    return "region" if named in places().regions and agency_of(named) is None else "agency"


def _ends_part(before: str) -> bool:
    return before.rstrip().endswith((",", "."))


def _day(found: re.Match[str], language: str) -> tuple[int, int] | None:
    """Where the day stands: in its place, or beside the agency."""
    dates = almanac.dates(language, year=False, clock=False)
    groups = found.groupdict()
    for name in ("day", "bracketed", "inside", "later", "slashed", "line"):
        if groups.get(name) and (read := dates.search(found.string, *found.span(name))):
            return read.span()
    return None


# --- the forms -----------------------------------------------------------------------------------


@cache
def _usual(language: str) -> re.Pattern[str]:
    known, day = _bare(), almanac.grammar(language, year=False)
    return re.compile(
        rf"{_PLACE}"
        r"(?:\s?\((?P<region>[^()\d]{2,40})\)(?=\s?(?:,|\[|\()))?"
        r"(?:\s?\[(?P<country>[^\[\]\d()]{2,40})\])?"
        rf"(?:,?\s{{1,2}}(?P<weekday>(?i:{_weekdays(language)}))\b\.?)?"
        rf"(?:(?:[,.]|\s?[–—-])?\s{{1,2}}(?P<day>(?i:{day}))\.?|{_BRACKETED})?"
        rf"(?:(?:,?\s{{0,2}}|{_BETWEEN})"
        rf"(?:\((?P<a1>[^()\d\n,]{{2,40}}?){_INSIDE}?\){_LATER}?"
        rf"|/\s?(?P<a2>[^/\d\n]{{2,40}}?)\s?/{_SLASHED}"
        rf"|(?:\.\s)?(?<=\s)(?P<a3>{known})(?!\w))"
        rf"(?P<after>{_SEPARATOR}|-(?=[^\W\d_a-z])|\.)?|(?P<separator>{_SEPARATOR})"
        rf"|(?P<alone>(?=\s*\Z))|(?P<stop>(?<=\d\.)(?=\s)))"
        rf"{_FOLLOWS}"
    )


_BRACKETED = r"\s?\((?P<bracketed>(?=\d|[^\W\d_]{3,9}\.?\s\d)[^()\n]{4,30})\)"
_LATER = r"(?P<later>,?\s{1,2}(?=\d|[^\W\d_]{3,9}\.?\s\d)[^()\n–—:]{4,22}?(?=\s?(?:--|[–—:]|-\s)))"
_SLASHED = r"(?:\s?(?P<slashed>(?=[^/\n]{0,12}\d)[^/\n]{4,30}?)\s?/)?"
_BARS = re.compile(
    r"(?P<place>[^\W\d_][^\d()\[\]|\n\"“”«»„;!?<>—–]{1,60}?)\s?\|\s?(?P<a1>[^\d|\n]{2,20}?)\s?\|"
    r"(?P<line>[^\n]{0,80})\Z"
)


@cache
def _agency_first(language: str) -> re.Pattern[str]:
    """``(ANSA) - ROME, DEC 4 -``, ``AKP Phnom Penh, December 4 --``."""
    day = almanac.grammar(language, year=False)
    return re.compile(
        rf"(?:\((?P<a1>[^()\d\n,]{{2,40}})\)\s?[-–—]{{1,2}}\s|(?P<a3>{_bare()})\s){_PLACE}"
        rf"(?:,?\s{{1,2}}(?P<day>(?i:{day}))\.?)?(?P<separator>{_SEPARATOR}){_FOLLOWS}"
    )


@cache
def _day_first(language: str) -> re.Pattern[str]:
    """``December 4, 2025 – Toronto, Ontario –``, ``4 December 2025, Mumbai:``."""
    day = almanac.grammar(language, year=False)
    return re.compile(
        rf"(?P<day>(?i:{day}))\.?(?:,|\s?[-–—|:])\s{_PLACE}(?:\s\((?P<a1>[^()\d\n,]{{2,40}})\))?"
        rf"(?P<separator>{_SEPARATOR}){_FOLLOWS}"
    )


def _weekdays(language: str) -> str:
    """Whole, and cut short: ``Thu``, ``Thur``, ``Thurs``."""
    days = almanac.calendar(language).weekdays
    return almanac.either(
        {form for day in days for form in (*day, *(day[0][:n] for n in (3, 4, 5)))}
    )


@cache
def _bare() -> str:
    """Agencies that may stand without brackets, some in capitals."""
    names = {name for one in agencies().values() for name in one.names}
    return almanac.either(names | {name.upper() for name in names if len(name) > 5})


_WORD = re.compile(r"\w+")


def _names_agency(text: str, begin: int) -> bool:
    """Without brackets; few lines have as much as the first word of one."""
    has_word = not _named_first().isdisjoint(_WORD.findall(text, begin))
    return has_word and _named().search(text, begin) is not None


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?:{_bare()})(?!\w)")


@cache
def _named_first() -> frozenset[str]:
    """The first word of each agency that may stand without brackets."""
    names = (name for one in agencies().values() for name in one.names)
    words = {word[0] for name in names if (word := _WORD.search(name))}
    return frozenset(words | {word.upper() for word in words})


# --- where one may begin -------------------------------------------------------------------------


def begins_of(head: str, words: Wording) -> Iterator[tuple[int, str]]:
    """Where in a line a dateline may begin, and what it then stands behind: a label, an editor's
    note, a byline, or nothing."""
    label = _labels(words).match(head)
    if label is not None:
        yield label.end(), "label"
        return
    if (note := _NOTE.match(head)) is not None and agency_of(note[1]) is None:
        yield note.end(), "note"
    elif (names := _byline(words).match(head)) is not None:
        yield names.end(), "byline"
    else:
        yield 0, ""


_NOTE = re.compile(r"\(([^()\n]{4,120})\)\s{1,2}(?=[^\W\d_a-z]{3})")
"""``(Adds quote) LONDON, Dec 4 (Reuters) -``"""


@cache
def _labels(words: Wording) -> re.Pattern[str]:
    """``EXCLUSIVE: LONDON (Reuters) -`` begins behind the label."""
    labels = almanac.either(words.labels) or "(?!)"
    return re.compile(rf"(?:{labels})(?:\s\d{{1,2}})?(?:\s?[:–—-]{{1,2}}\s?|\s)(?=\w)")


@cache
def _byline(words: Wording) -> re.Pattern[str]:
    """``By Ada Bell LONDON, Dec 4 (Reuters) -``: names up to the first word in capitals."""
    by = almanac.either(words.byline) or "(?!)"
    return re.compile(
        rf"(?:{by})(?:\s[^\s()]*[^\W\d_A-Z][^\s()]*|\s\w\.){{2,9}}\s(?:(?i:in)\s)?(?=[^\W\d_a-z]{{3}})"
    )
