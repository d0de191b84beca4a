"""The tables behind datelines, credits and days: words by language, agencies, regions.

Data only, in ``tables/``; what a word means for a text is in the modules that look it up.
"""

from functools import cache
from importlib import resources
from typing import TypeVar

import msgspec

from copytaster import agency
from copytaster import almanac

_Table = TypeVar("_Table")


class Tense(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What around a weekday tells whether it was or is to come. All in lower case."""

    side: str
    """of the day where its verb is looked for first: ``before``, ``behind`` or ``both``"""
    otherwise: str
    """``back`` or ``ahead``, where nothing tells"""
    breaks: tuple[str, ...] = ()
    """begin another clause"""
    ahead_before: tuple[str, ...] = ()
    """right before the day: ``until``"""
    unless_past: tuple[str, ...] = ()
    """those of them that do not count behind the words of ``past`` without ``still_ahead``"""
    past: tuple[str, ...] = ()
    still_ahead: tuple[str, ...] = ()
    back_before: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    ahead_endings: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    back_endings: tuple[str, ...] = ()
    no_verbs: tuple[str, ...] = ()
    """end as a verb does and are none"""
    ahead_behind: tuple[str, ...] = ()
    """right behind the day"""
    infinitive: str | None = None
    """before a verb that has no tense, which is of what is to come behind ``prospective``"""
    prospective: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    """before a participle: what they say themselves counts"""


class DayWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words for days that are counted from the day of the text."""

    tense: Tense
    today: tuple[str, ...] = ()
    yesterday: tuple[str, ...] = ()
    tomorrow: tuple[str, ...] = ()
    day_before_yesterday: tuple[str, ...] = ()
    day_after_tomorrow: tuple[str, ...] = ()
    yesterday_or_tomorrow: tuple[str, ...] = ()
    """one word for both"""
    two_days: tuple[str, ...] = ()
    """one word for two days ago and two days ahead"""
    as_written: bool = False
    """a capital makes another word of them: ``am Morgen``; and "Heute" at the beginning of a
    sentence mostly means these times"""
    not_before: tuple[str, ...] = ()
    """words before today and tomorrow, which then mean these times, or another thing"""
    not_behind: tuple[str, ...] = ()
    possessive: str | None = None
    """behind "today", which then means these times"""
    named_before: tuple[str, ...] = ()
    """make a name of a weekday: ``Black Friday``"""
    named_behind: tuple[str, ...] = ()
    led_by: tuple[str, ...] = ()
    """words before a weekday; behind others, and before a capital, it is a name"""
    recurring: tuple[str, ...] = ()
    """before a weekday that comes again and again"""
    last: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    last_behind: tuple[str, ...] = ()
    next_behind: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    """before a weekday that is counted from another day than that of the text"""
    unsettled_behind: tuple[str, ...] = ()
    as_names: bool = False
    """weekdays are written with a capital"""
    grown: tuple[str, ...] = ()
    """parts of a day that grow together with its name: ``Montagabend``"""


class Wording(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the wires of one language write who wrote, and when."""

    language: str
    days: DayWords
    full_stop: bool = False
    """an agency in brackets with a full stop behind it ends a dateline"""
    labels: tuple[str, ...] = ()
    """stand in capitals where a place may stand"""
    byline: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    """between two names"""
    signoff: tuple[str, ...] = ()
    contributed: tuple[str, ...] = ()
    from_: tuple[str, ...] = msgspec.field(default=(), name="from")


class Agency(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An agency that stands in datelines."""

    names: tuple[str, ...]
    profile: str | None = None
    """the id of its profile"""
    zone: str | None = None
    """IANA zone of all its copy"""


class Places(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of places: next to nothing."""

    regions: frozenset[str]
    particles: frozenset[str]
    never: frozenset[str]
    """words of labels, headings and sentences; no place that stands alone has them"""


class _Agencies(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    agency: tuple[Agency, ...]


def _table(name: str, type: type[_Table]) -> _Table:
    file = resources.files("copytaster.reading") / "tables" / f"{name}.toml"
    return msgspec.toml.decode(file.read_bytes(), type=type)


LANGUAGES = ("en", "hi", "de", "fr", "es")


@cache
def wording(language: str) -> Wording:
    """The words of one of ``LANGUAGES``."""
    return _table(language, Wording)


@cache
def places() -> Places:
    return _table("places", Places)


@cache
def cities(language: str) -> frozenset[str]:
    """Folded names of the places from which so many stories come that one alone is believed;
    those of English everywhere, as agencies write them too."""
    known = _table("cities", dict[str, tuple[str, ...]])
    return frozenset(folded(name) for name in (*known[language], *known["en"]))


@cache
def countries() -> frozenset[str]:
    """Folded names of countries."""
    return frozenset(map(folded, _table("cities", dict[str, tuple[str, ...]])["countries"]))


@cache
def elsewhere(language: str) -> frozenset[str]:
    """Folded names that are nobody's: of cities, countries, days and months."""
    known = almanac.calendar(language)
    return cities(language) | countries() | {*known.weekday, *known.month}


def folded(name: str) -> str:
    """A name as it is looked up: case and doubled spaces do not count."""
    return " ".join(name.casefold().split())


@cache
def agencies() -> dict[str, Agency]:
    """All agencies by folded name: those with a shipped profile, then those of the table."""
    known: dict[str, Agency] = {}
    for id, profile in agency.known().items():
        if id == "default":
            continue
        names = (profile.name, *profile.cited_as)
        one = Agency(names=names, profile=id, zone=profile.zone)
        known |= {folded(name): one for name in names}
    for one in _table("agencies", _Agencies).agency:
        known |= {folded(name): one for name in one.names}
    return known


@cache
def zone_letters() -> dict[str, tuple[str, ...]]:
    """Letters of zones, to the IANA zones that they may mean."""
    return _table("zones", dict[str, tuple[str, ...]])


def agency_of(name: str) -> Agency | None:
    """The agency of a name in a dateline; of ``dpa/lni`` that part which is one."""
    for part in (name, *_parts(name)):
        if found := agencies().get(folded(part)):
            return found
    return None


def without_desk(name: str) -> str:
    """``dpa`` of ``dpa/lni``, where one part is an agency and the other a desk of its own."""
    if folded(name) in agencies():
        return name
    known = [part for part in _parts(name) if folded(part) in agencies()]
    return known[0] if len(known) == 1 else name


def _parts(name: str) -> list[str]:
    return [part.strip() for part in name.split("/")]
