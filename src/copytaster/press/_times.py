"""Instants as readers see them: in words with the zone in words, and as a machine value.

Month names, patterns and zone names are CLDR's, through Babel. Babel's own formatting takes
about 100 µs, so date, time of day and zone are each written once and remembered.
"""

from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from datetime import tzinfo
from functools import cache
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec
from babel import Locale
from babel.core import get_global
from babel.dates import format_date
from babel.dates import format_skeleton
from babel.dates import format_time

from copytaster.language import primary
from copytaster.press._locales import locale_of


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One instant on a page."""

    machine: str
    """ISO 8601 with the offset, to the second: the value of ``<time datetime>``"""
    words: str
    """``4 December 2025, 11:05 pm India Standard Time``"""


def shown(at: datetime, *, zone: str | None, house_zone: str, language: str) -> Shown:
    """``at`` in the agency's zone; without one, at the offset the agency wrote, named by the
    offset; a moment at offset zero (how machines write) is shown in the house's zone."""
    offset = at.utcoffset()
    if offset is None:
        raise ValueError(f"{at!r} has no offset; every moment on a page is an instant")
    if zone is None and offset:
        local, name = at, _offset_words(offset)
    else:
        local = at.astimezone(ZoneInfo(zone or house_zone))
        name = _zone_words(zone or house_zone, local.utcoffset(), local.year, language)
    return Shown(
        machine=local.isoformat(timespec="seconds"),
        words=_joined(local, name, language),
    )


def brief(at: datetime, *, zone: str, today: date, language: str) -> Shown:
    """``at`` as a list shows it: the time of day, and before it the day where it is not the day
    of the list, whose head names the zone."""
    local = at.astimezone(ZoneInfo(zone))
    clock = _clock(local.hour, local.minute, language)
    comma = _manner(language).comma or ", "
    other = local.date() != today
    day = f"{_short_day(local.date(), today.year, language)}{comma}" if other else ""
    return Shown(machine=local.isoformat(timespec="seconds"), words=f"{day}{clock}")


def day_words(day: date, language: str) -> str:
    """``Sunday, 29 November 2026``"""
    return str(format_date(day, _manner(language).weekday, locale=locale_of(language)))


def zone_words(at: datetime, zone: str, language: str) -> str:
    """The zone's name at that instant: ``Central European Summer Time``"""
    local = at.astimezone(ZoneInfo(zone))
    offset = local.utcoffset()
    assert offset is not None, "an instant in a zone has an offset"
    return _zone_words(zone, offset, local.year, language)


def machine(at: datetime) -> str:
    """RFC 3339 to the second, with the moment's own offset."""
    return at.isoformat(timespec="seconds")


class _Manner(msgspec.Struct, frozen=True, kw_only=True):
    """How newspapers of a language print a time, where that is not what CLDR gives."""

    weekday: str = "full"
    day: str = "long"
    clock: str = "short"
    comma: str | None = None
    """between day and clock; None: CLDR's"""
    before_zone: str = ", "


_PRINTED = {
    "de": _Manner(clock="HH:mm\u00a0'Uhr'"),
    "en": _Manner(before_zone=" "),
    "es": _Manner(),
    "fr": _Manner(clock="HH'h'mm"),
    "hi": _Manner(clock="B\u00a0h:mm\u00a0'बजे'"),
    "ur": _Manner(
        weekday="EEEE، d MMMM y",
        day="d MMMM y",
        clock="B\u00a0h:mm\u00a0'بجے'",
        comma="، ",
        before_zone="، ",
    ),
}
"""Hindi and Urdu name the part of the day: "pm" in Latin letters breaks the line's direction in
Urdu, and no newspaper of either prints it in a sentence."""
_OTHERS = _Manner(before_zone=" ")


def _manner(language: str) -> _Manner:
    return _PRINTED.get(primary(language), _OTHERS)


def _joined(local: datetime, name: str, language: str) -> str:
    day, clock = _day(local.date(), language), _clock(local.hour, local.minute, language)
    manner = _manner(language)
    when = f"{day}{manner.comma}{clock}" if manner.comma else _glue(language).format(clock, day)
    return f"{when}{manner.before_zone}{name}"


@lru_cache(maxsize=256)
def _glue(language: str) -> str:
    return str(locale_of(language).datetime_formats["medium"]).replace("'", "")


@lru_cache(maxsize=4096)
def _day(day: date, language: str) -> str:
    return str(format_date(day, _manner(language).day, locale=locale_of(language)))


@lru_cache(maxsize=4096)
def _short_day(day: date, year: int, language: str) -> str:
    skeleton = "MMMd" if day.year == year else "yMMMd"
    return str(format_skeleton(skeleton, day, locale=locale_of(language)))


@lru_cache(maxsize=8192)
def _clock(hour: int, minute: int, language: str) -> str:
    pattern, locale = _manner(language).clock, locale_of(language)
    # CLDR 42 put a narrow no-break space before am and pm; fonts and readers stumble over it.
    return str(format_time(time(hour, minute), pattern, locale=locale)).replace("\u202f", " ")


@lru_cache(maxsize=4096)
def _zone_words(zone: str, offset: timedelta, year: int, language: str) -> str:
    names = _zone_names(zone, locale_of(language))
    variant = "daylight" if _is_daylight(ZoneInfo(zone), offset, year) else "standard"
    return names.get(variant) or _offset_words(offset)


def _zone_names(zone: str, locale: Locale) -> dict[str, str]:
    own = locale.time_zones.get(_aliases().get(zone, zone), {}).get("long", {})
    meta = locale.meta_zones.get(_meta_zone(zone) or "", {}).get("long", {})
    names = {key: own.get(key) or meta.get(key) for key in ("standard", "daylight")}
    return {key: str(name) for key, name in names.items() if name and name != "∅∅∅"}


@cache
def _aliases() -> dict[str, str]:
    return dict(get_global("zone_aliases"))


@cache
def _meta_zone(zone: str) -> str | None:
    # Babel keys some metazones by a zone's former name only (Asia/Calcutta for Asia/Kolkata).
    zones = get_global("meta_zones")
    names = (zone, *(old for old, new in _aliases().items() if new == zone))
    return next((str(zones[name]) for name in names if name in zones), None)


def _is_daylight(zone: tzinfo, offset: timedelta, year: int) -> bool:
    # tzinfo.dst() calls Dublin's winter its daylight time (a negative saving in tzdata);
    # CLDR names the season with the larger offset "daylight", so compare the two.
    seasons = [datetime(year, month, 1, tzinfo=zone).utcoffset() for month in (1, 7)]
    offsets = [season for season in seasons if season is not None]
    return min(offsets) < max(offsets) <= offset


@lru_cache(maxsize=256)
def _offset_words(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    sign = "+" if minutes >= 0 else "\N{MINUS SIGN}"
    hours, rest = divmod(abs(minutes), 60)
    if not minutes:
        return "UTC"
    return f"UTC{sign}{hours}:{rest:02d}" if rest else f"UTC{sign}{hours}"
