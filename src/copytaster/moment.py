"""An instant with its precision, the source of its zone, and the raw text it was read from.

What comes in: a raw string and the grammar it was declared in. What goes out: a
:class:`Moment`. Reading never guesses: a text that does not follow its grammar gives a
moment without an instant, and a zone is only what the text or the agency's profile states
(handbook: formats §3.6).
"""

import re
from collections.abc import Mapping
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from enum import StrEnum
from zoneinfo import ZoneInfo
from zoneinfo import ZoneInfoNotFoundError

import msgspec


class Precision(StrEnum):
    """How much of the instant the raw text really said."""

    year = "year"
    month = "month"
    day = "day"
    minute = "minute"
    second = "second"
    fraction = "fraction"
    none = "none"
    """the text could not be read in its grammar"""


class ZoneSource(StrEnum):
    """Where the offset of the instant came from."""

    explicit = "explicit"
    """the text carries a numeric offset, or Z"""
    named = "named"
    """the text carries a name the grammar or the profile fixes (GMT, or IST by profile)"""
    provider_default = "provider-default"
    """the text carries no zone; the profile's default zone was applied"""
    none = "none"
    """no zone could be told"""


class Moment(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=False):
    """A date as an agency gave it.

    ``instant`` keeps the offset the agency wrote (a page shows it); it is None when the text
    gives no whole instant: unreadable, coarser than a minute, or without a zone.
    """

    instant: datetime | None
    precision: Precision
    zone_source: ZoneSource
    raw: str
    repair: str | None = None
    """name of the repair that made the raw text readable, e.g. ``short-offset``"""


class ZoneRules(msgspec.Struct, frozen=True, kw_only=True):
    """What a profile allows when reading moments."""

    default: str | None = None
    """IANA zone applied to texts without a zone"""
    named: Mapping[str, str] = {}
    """zone words to IANA zones, e.g. ``{"IST": "Asia/Kolkata"}``"""
    months: Mapping[str, int] = {}
    """month names a wire writes beside the English ones, lower case: ``{"okt": 10}``"""
    repairs: frozenset[str] = frozenset()
    """repairs the profile allows; known: ``short-offset`` (``+5:30`` read as ``+05:30``)"""


STRICT = ZoneRules()


# --- readers: one strict parser for each declared grammar ------------------------------------

EARLIEST = 1990
"""A year before this is a default value or a fault, not a time of news (formats §3.6)."""

_DATE = r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
_TIME = r"(?P<hour>\d{2}):(?P<minute>\d{2})"
_SECOND = r":(?P<second>\d{2})(?P<fraction>\.\d{1,12})?"
_OFFSET = r"(?P<zone>[Zz]|[+-]\d{2}:\d{2})"
_SHORT = r"(?P<short>[+-]\d:\d{2})"

_RFC3339 = re.compile(rf"{_DATE}[Tt ]{_TIME}{_SECOND}(?:{_OFFSET}|{_SHORT})", re.ASCII)
_XS_DATETIME = re.compile(rf"{_DATE}T{_TIME}{_SECOND}(?:{_OFFSET}|{_SHORT})?", re.ASCII)
_W3CDTF = re.compile(
    rf"(?P<year>\d{{4}})(?:-(?P<month>\d{{2}})(?:-(?P<day>\d{{2}})"
    rf"(?:T{_TIME}(?:{_SECOND})?(?:{_OFFSET}|{_SHORT})?)?)?)?",
    re.ASCII,
)
_BASIC = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:T(?P<hour>\d{2})(?P<minute>\d{2})(?:(?P<second>\d{2})(?P<fraction>\.\d{1,12})?)?"
    r"(?P<zone>Z|[+-]\d{4})?)?",
    re.ASCII,
)
_RFC822 = re.compile(
    r"(?:(?P<weekday>[A-Za-z]{3}),?[ \t]+)?(?P<day>\d{1,2})[ \t]+(?P<name>[A-Za-z]{3})[ \t]+"
    r"(?P<year>\d{4}|\d{2})[ \t]+(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"(?:[ \t]+(?:(?P<zone>[+-]\d{4})|(?P<word>[A-Za-z]{1,8})|(?P<short>[+-]\d:\d{2})))?",
    re.ASCII,
)
# What feeds write in the place of RFC 822, each with a zone and with one reading only: names in
# full, a comma more, the month in front, asctime with an offset, a blank before an ISO offset.
_WEEKDAY_NAME = (
    r"(?:(?P<weekday>Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:day|sday|nesday|rsday|urday)?,?[ \t]*)?"
)
_MONTH_NAME = (
    r"(?P<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|tember|t|ober|ember)?\.?,?[ \t]+"
)
_DAY, _YEAR_ALONE = r"(?P<day>\d{1,2})", r"(?P<year>\d{4})"
_YEAR = rf"{_YEAR_ALONE},?[ \t]+"
_CLOCK = r"(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
_ANY_ZONE = r"[ \t]*(?:(?P<zone>[+-]\d{2}:?\d{2})|(?P<word>[A-Za-z]{1,8}))"
_FEED_DATES = tuple(
    re.compile("".join(grammar), re.ASCII)
    for grammar in (
        (_WEEKDAY_NAME, _DAY, r"[ \t]+", _MONTH_NAME, _YEAR, _CLOCK, _ANY_ZONE),
        (_WEEKDAY_NAME, _MONTH_NAME, _DAY, r",?[ \t]+", _YEAR, _CLOCK, _ANY_ZONE),
        (_WEEKDAY_NAME, _MONTH_NAME, _DAY, r"[ \t]+", _CLOCK, _ANY_ZONE, r"[ \t]+", _YEAR_ALONE),
        (_YEAR_ALONE, r"-(?P<month>\d{2})-(?P<day>\d{2})[T \t]+", _CLOCK, _ANY_ZONE),
    )
)
_DTG = re.compile(
    r"(?P<day>[0-9]{2})(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})"
    r"(?:[ \t]*(?:(?P<zone>[+-][0-9]{4})|(?P<word>[A-Za-z]{1,8})))?[ \t]+"
    r"(?P<name>[^\W\d_]{3,9})\.?[ \t]+(?P<year>[0-9]{4}|[0-9]{2})"
)
_ANPA_TRAILER = re.compile(
    r"(?:[A-Za-z]{1,8}-){0,4}(?P<month>\d{1,2})-(?P<day>\d{1,2})-(?P<year>\d{4}|\d{2})[ \t]+"
    r"(?P<hour>\d{2})(?P<minute>\d{2})[ \t]*(?:(?P<zone>[+-]\d{4})|(?P<word>[A-Za-z]{1,8}))?<?",
    re.ASCII,
)
_MONTH_NAMES = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# RFC 822 §5.1 as RFC 5322 §4.3 keeps it; the military letters but Z mean nothing (ibid.).
_WORDS = {
    "GMT": 0,
    "UT": 0,
    "UTC": 0,
    "Z": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
SHORT_OFFSET = "short-offset"
_LONGEST = 100


def rfc3339(raw: str, rules: ZoneRules = STRICT) -> Moment:
    """A date and time as RFC 3339 §5.6 writes it: seconds and an offset are not optional."""
    return _read(_RFC3339, raw, rules)


def xs_datetime(raw: str, rules: ZoneRules = STRICT) -> Moment:
    """An ``xs:dateTime`` (XML Schema 1.1 part 2 §3.3.7): the zone is optional, 24:00 allowed."""
    return _read(_XS_DATETIME, raw, rules, midnight=True)


def w3cdtf(raw: str, rules: ZoneRules = STRICT) -> Moment:
    """A date as ``dc:date`` and ``dcterms`` write it (W3C note of 1998): down to a year."""
    return _read(_W3CDTF, raw, rules)


def iso_basic(raw: str, rules: ZoneRules = STRICT) -> Moment:
    """ISO 8601 basic as NITF and NewsML 1 write it: ``CCYYMMDD[THHMM[SS][±HHMM|Z]]``."""
    return _read(_BASIC, raw, rules, midnight=True)


def rfc822(raw: str, rules: ZoneRules = STRICT) -> Moment:
    """A date as RSS writes it: RFC 822 as amended by RFC 1123, obsolete zones by RFC 5322 §4.3.

    Two-digit years by RFC 5322 §4.3 (00–49 are 20xx). A wrong weekday makes it unreadable:
    one of the two is false. ``-0000`` says that the zone is not known.
    """
    return _read(_RFC822, raw, rules)


def feed(raw: str, rules: ZoneRules = STRICT) -> Moment:
    """A date in an RSS ``pubDate``: RFC 822, or RFC 3339, which many publishers write there.

    Failing those, one of the odd forms that feeds are known for; each of them states a zone.
    No two of the grammars share a text, so nothing is guessed.
    """
    moment = rfc822(raw, rules)
    if moment.precision is Precision.none:
        moment = w3cdtf(raw, rules)
    for grammar in _FEED_DATES:
        if moment.precision is not Precision.none:
            break
        moment = _read(grammar, raw, rules)
    return moment


def dtg(raw: str, rules: ZoneRules = STRICT) -> Moment:
    """The date-time group after ETX of an IPTC 7901 message: ``131137 GMT Nov 13``.

    Day, hour and minute, a zone that may be missing (``091223 dec 18``), month and year
    (handbook: formats §1.2). Months in other languages only where the profile lists them.
    """
    return _read(_DTG, raw, rules)


def anpa_trailer(raw: str, rules: ZoneRules = STRICT) -> Moment:
    """The trailer after ETX of an ANPA 1312 message: ``AP-WF-11-13-13 1509GMT``, M-D-YY.

    The letters in front and the quad-left behind may be left off. The header's ``MM-DD`` has
    no year and is never read: which year it was would be a guess.
    """
    return _read(_ANPA_TRAILER, raw, rules)


def _read(
    grammar: re.Pattern[str], raw: str, rules: ZoneRules, *, midnight: bool = False
) -> Moment:
    text = raw.strip(" \t\r\n")
    common = _COMMON.get(grammar)
    if common is not None and common.fullmatch(text) and (moment := _common(text, raw)):
        return moment
    if grammar is _RFC822 and (moment := _common_822(text, raw, rules)):
        return moment
    found = grammar.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        return _unread(raw)
    parts = found.groupdict()
    short = parts.get("short")
    if short is not None and SHORT_OFFSET not in rules.repairs:
        return _unread(raw)
    civil = _civil(parts, rules, midnight=midnight)
    if civil is None:
        return _unread(raw)
    precision = _precision(parts)
    if precision in (Precision.year, Precision.month, Precision.day):
        return Moment(instant=None, precision=precision, zone_source=ZoneSource.none, raw=raw)
    instant, source = _zoned(civil, parts, rules)
    if instant is None and source is ZoneSource.explicit:
        return _unread(raw)  # no clock anywhere is that far from UTC
    repair = SHORT_OFFSET if short is not None and instant is not None else None
    return Moment(instant=instant, precision=precision, zone_source=source, raw=raw, repair=repair)


# What nearly every date of a wire looks like: whole, with its offset. The library reads these
# forms as the long way does, in a third of the time; all else goes the long way.
_CLOCK = r"(?:[01]\d|2[0-3])"
_EXTENDED = re.compile(
    rf"\d{{4}}-\d\d-\d\dT{_CLOCK}:\d\d:\d\d(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)", re.ASCII
)
_COMPACT = re.compile(rf"\d{{8}}T{_CLOCK}\d{{4}}(?:Z|[+-](?:0\d|1[0-4])[0-5]\d)", re.ASCII)
_TO_THE_SECOND = Precision.second
_PLAIN_822 = re.compile(
    rf"([A-Za-z]{{3}}), (\d\d) ([A-Za-z]{{3}}) (\d{{4}}) ({_CLOCK}:\d\d:\d\d) "
    r"(?:((?:\+|-(?!0000))(?:0\d|1[0-4]))([0-5]\d)|GMT)",
    re.ASCII,
)
_COMMON = {
    _RFC3339: _EXTENDED,
    _XS_DATETIME: _EXTENDED,
    _W3CDTF: _EXTENDED,
    _BASIC: _COMPACT,
}


def _common(text: str, raw: str, source: ZoneSource = ZoneSource.explicit) -> Moment | None:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    if instant.year < EARLIEST:
        return None
    return Moment(instant=instant, precision=_TO_THE_SECOND, zone_source=source, raw=raw)


def _common_822(text: str, raw: str, rules: ZoneRules) -> Moment | None:
    """The same for RFC 822, put into the library's form. A name the profile fixes goes the long
    way, and so does a weekday that is not the date's.
    """
    found = _PLAIN_822.fullmatch(text)
    if found is None:
        return None
    weekday, day, month, year, clock, hours, minutes = found.groups()
    named = hours is None
    if named and "GMT" in rules.named:
        return None
    zone = "Z" if named else f"{hours}:{minutes}"
    number = _MONTHS.get(month.lower(), 0)
    source = ZoneSource.named if named else ZoneSource.explicit
    moment = _common(f"{year}-{number:02}-{day}T{clock}{zone}", raw, source)
    if moment is None or moment.instant is None:
        return None
    return moment if _WEEKDAYS[moment.instant.weekday()] == weekday.lower() else None


def _unread(raw: str) -> Moment:
    return Moment(
        instant=None, precision=Precision.none, zone_source=ZoneSource.none, raw=raw[:_KEPT]
    )


_KEPT = 1000


def _precision(parts: dict[str, str | None]) -> Precision:
    for name in ("fraction", "second", "minute", "day", "month"):
        if parts.get(name) is not None:
            return Precision[name]
    return Precision.year


def _civil(parts: dict[str, str | None], rules: ZoneRules, *, midnight: bool) -> datetime | None:
    """The wall time, or None when there is no such time. 24:00 is the day's end where allowed.

    Second 60 is given up: whether there was a leap second cannot be told from the text
    (RFC 3339 §5.7), and ``xs:dateTime`` has none.
    """
    year, month, day = _year(parts), _month(parts, rules), int(parts.get("day") or 1)
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    micro = int(((parts.get("fraction") or ".0")[1:] + "00000")[:6])
    ends = hour == 24
    if ends and not (midnight and minute == second == micro == 0):
        return None
    try:
        hour = 0 if ends else hour
        civil = datetime(year, month, day, hour, minute, second, micro)  # noqa: DTZ001  wall time
        civil += timedelta(days=1) if ends else timedelta()
    except (ValueError, OverflowError):
        return None
    named = parts.get("weekday")
    if named is not None and named.lower() != _WEEKDAYS[civil.weekday()]:
        return None
    return civil if civil.year >= EARLIEST else None


def _year(parts: dict[str, str | None]) -> int:
    digits = parts["year"] or "0"
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < 50 else 1900)


def _month(parts: dict[str, str | None], rules: ZoneRules) -> int:
    name = parts.get("name")
    if name is None:
        return int(parts.get("month") or 1)
    return _MONTHS.get(name.lower()) or rules.months.get(name.lower(), 0)


def _zoned(
    civil: datetime, parts: dict[str, str | None], rules: ZoneRules
) -> tuple[datetime | None, ZoneSource]:
    """The instant, in the offset that was written, and who says so."""
    offset = parts.get("zone") or parts.get("short")
    word = (parts.get("word") or "").upper()
    if offset is not None and not (offset == "-0000" and "word" in parts):
        return _at_offset(civil, offset), ZoneSource.explicit
    if offset is not None:
        return None, ZoneSource.none
    if word in rules.named:
        return _sourced(_in_zone(civil, rules.named[word]), ZoneSource.named)
    if word in _WORDS:
        return civil.replace(tzinfo=_fixed(timedelta(hours=_WORDS[word]))), ZoneSource.named
    if word or rules.default is None:
        return None, ZoneSource.none
    return _sourced(_in_zone(civil, rules.default, latest=True), ZoneSource.provider_default)


def _sourced(instant: datetime | None, source: ZoneSource) -> tuple[datetime | None, ZoneSource]:
    return instant, source if instant is not None else ZoneSource.none


def _at_offset(civil: datetime, offset: str) -> datetime | None:
    if offset in ("Z", "z"):
        return civil.replace(tzinfo=UTC)
    hours, minutes = offset[1:-2].rstrip(":"), offset[-2:]
    if int(hours) > 14 or int(minutes) > 59:
        return None
    size = timedelta(hours=int(hours), minutes=int(minutes))
    return civil.replace(tzinfo=_fixed(-size if offset[0] == "-" else size))


def _fixed(offset: timedelta) -> timezone:
    return timezone(offset) if offset else UTC


def _in_zone(civil: datetime, name: str, *, latest: bool = False) -> datetime | None:
    """A wall time in an IANA zone, written with the offset it had.

    A time that was skipped when clocks went forward never was: None. One that came twice is
    its first coming for a named zone, and its last for a default: the latest plausible
    instant can only make an embargo longer (formats §3.6).
    """
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    local = civil.replace(tzinfo=zone, fold=1 if latest else 0)
    offset = local.utcoffset()
    back = local.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    if offset is None or back != civil:
        return None
    return civil.replace(tzinfo=_fixed(offset))
