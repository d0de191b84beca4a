"""Days and instants in words: by date, by name, counted from the day of the text.

A value is only what the text and its instant of sending settle. Without the instant nothing is
counted; a zone's letters are read as the agency's place reads them, or not at all; two figures
that could both be the month are no day. What recurs, and what only looks like a day ("the March
on Washington", "Black Friday"), is not noted (handbook: reading §4).
"""

import re
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from datetime import timedelta
from functools import cache

import msgspec

from copytaster import agency as agencies
from copytaster import almanac
from copytaster import language as languages
from copytaster.moment import ZoneRules
from copytaster.moment import rfc3339
from copytaster.reading.notes import Dateline
from copytaster.reading.notes import Day
from copytaster.reading.tense import Direction
from copytaster.reading.tense import direction
from copytaster.reading.wording import LANGUAGES
from copytaster.reading.wording import DayWords
from copytaster.reading.wording import agency_of
from copytaster.reading.wording import wording

MOST = 1_000
"""notes of days beside one text; a text with more is a table"""
_ANOTHER_DAY = re.compile(r"(\d{1,2})\s?(?:-|–|and|und|et|y|to|bis|au|al|और|से)\s?\Z", re.IGNORECASE)
"""before a date: "between 7 and" 10 January"""
_REPAIRS = frozenset({"short-offset"})


class _Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What all days of one text are read with."""

    text: str
    words: DayWords
    calendar: almanac.Calendar
    language: str
    day: date | None
    """of the sending, where it was sent"""
    rules: ZoneRules


def days(
    text: str,
    *,
    language: str | None,
    sent: datetime | None,
    agency: str | None = None,
    dateline: Dateline,
) -> tuple[Day, ...]:
    """The days of a text in their order; that of its dateline is not among them."""
    tongue = languages.primary(language) if language else ""
    if tongue not in LANGUAGES:
        return ()
    known = _Reading(
        text=text,
        words=wording(tongue).days,
        calendar=almanac.calendar(tongue),
        language=tongue,
        day=None if sent is None else sent.date(),
        rules=_rules(agency, dateline),
    )
    found: list[Day] = []
    taken = _Taken(dateline)
    for reader in (_stamps, _written, _named, _counted):
        for day in reader(known, taken):
            if len(found) == MOST:
                break
            found.append(day)
    return tuple(sorted(found, key=lambda one: one.start))


class _Taken:
    """Places that a surer grammar has read already."""

    def __init__(self, dateline: Dateline) -> None:
        self._places: set[int] = set()
        if dateline.start is not None and dateline.end is not None:
            self.takes(dateline.start, dateline.end)

    def takes(self, start: int, end: int) -> bool:
        """False where some of it is taken."""
        if not self._places.isdisjoint(range(start, end)):
            return False
        self._places.update(range(start, end))
        return True


# --- zones ---------------------------------------------------------------------------------------


def _rules(agency: str | None, dateline: Dateline) -> ZoneRules:
    """Zone words as the agency has them: that of the item, else of the dateline or byline."""
    byline = dateline.byline.agency if dateline.byline else None
    signed = dateline.signoff.agency if dateline.signoff else None
    named: dict[str, str] = {}
    for name in (signed, byline, dateline.agency):
        one = agency_of(name) if name else None
        if one is not None:
            named |= _zones(one.profile, one.zone)
    if agency is not None:
        named = _zones(agency, None)
    return ZoneRules(named=named, repairs=_REPAIRS)


@cache
def _zones(profile: str | None, zone: str | None) -> dict[str, str]:
    """The profile's words for zones, and those that its own zone goes by."""
    known = agencies.known().get(profile) if profile else None
    zone = (known.zone if known else None) or zone
    named = {word: zone for word in _SPELLED.get(zone, ())} if zone else {}
    return named | dict(known.zones) if known else named


_SPELLED = {
    "Asia/Kolkata": ("IST",),
    "Asia/Shanghai": ("CST", "BJT"),
    "Asia/Tokyo": ("JST",),
    "Asia/Seoul": ("KST",),
    "Europe/London": ("BST",),
    "Europe/Berlin": ("MEZ", "MESZ", "CET", "CEST"),
    "Europe/Vienna": ("MEZ", "MESZ", "CET", "CEST"),
    "Europe/Zurich": ("MEZ", "MESZ", "CET", "CEST"),
    "Europe/Madrid": ("CET", "CEST"),
    "Australia/Sydney": ("AEST", "AEDT"),
}
"""letters that mean this zone where the agency is at home, and elsewhere may mean another"""


# --- written -------------------------------------------------------------------------------------


def _stamps(known: _Reading, taken: _Taken) -> Iterator[Day]:
    """What a machine wrote: an instant with its offset, of one digit too."""
    for found in almanac.STAMP.finditer(known.text):
        if found.group()[-1] == "Z" or found.group()[-6:-2].count(":") or "+" in found.group():
            read = rfc3339(found.group(), ZoneRules(repairs=_REPAIRS))
            taken.takes(*found.span())
            value = read.instant.isoformat() if read.instant else None
            yield _noted(*found.span(), value, "moment", "moment-stamp")


def _written(known: _Reading, taken: _Taken) -> Iterator[Day]:
    """A date in words or figures, with a time and a zone where they stand behind it."""
    for found in almanac.dates(known.language, year=False, clock=False).finditer(known.text):
        timed = almanac.dates(known.language).match(known.text, found.start())
        if timed is not None and timed["zone"]:
            if taken.takes(*timed.span()):
                yield _moment(known, timed)
            continue
        start, end = _with_weekday(known, found)
        if _is_a_name(known, end) or not taken.takes(start, end):
            continue
        read = almanac.parts(found, known.calendar)
        value = _settled(known, read, start, end)
        if found["m2"] and (more := _ANOTHER_DAY.search(known.text[max(start - 12, 0) : start])):
            yield from _first_of_two(known, taken, read, start - len(more.group()), more)
        yield _noted(start, end, value, "calendar", "date" if read.year else "date-near")


def _moment(known: _Reading, found: re.Match[str]) -> Day:
    read = almanac.moment(found, known.calendar, known.rules)
    if read.instant is not None:
        value = read.instant.isoformat(timespec="minutes")
        return _noted(*found.span(), value, "moment", "moment-zone")
    value = _iso(almanac.parts(found, known.calendar))
    return _noted(*found.span(), value, "moment", "moment-unknown-zone")


def _first_of_two(
    known: _Reading, taken: _Taken, read: almanac.Parts, start: int, more: re.Match[str]
) -> Iterator[Day]:
    end = start + len(more[1])
    if known.text[start - 1 : start].isdigit() or not taken.takes(start, end):
        return
    first = msgspec.structs.replace(read, day=int(more[1]))
    value = _settled(known, first, start, end)
    yield _noted(start, end, value, "calendar", "date" if read.year else "date-near")


@cache
def _weekday(language: str) -> re.Pattern[str]:
    words = wording(language).days
    known = almanac.calendar(language)
    parts = f"(?:{almanac.either(words.parts)})?" if language == "de" else ""
    return re.compile(
        rf"{almanac.START}(?P<name>{almanac.either(known.weekday)}){parts}{almanac.EDGE}",
        0 if language in ("en", "de") else re.IGNORECASE,
    ) if language == "hi" else re.compile(
        rf"{almanac.START}(?P<name>(?i:{almanac.either(known.weekday)})){parts}{almanac.EDGE}"
    )  # fmt: skip


def _with_weekday(known: _Reading, found: re.Match[str]) -> tuple[int, int]:
    """The weekday in front of a date is of it."""
    begins = max(found.start() - 24, 0)
    for day in _weekday(known.language).finditer(known.text, begins, found.start()):
        between = known.text[day.end() : found.start()]
        if re.fullmatch(r",?\s(?:(?:den|dem|le|the|el)\s)?", between):
            return day.start(), found.end()
    return found.span()


def _is_a_name(known: _Reading, end: int) -> bool:
    """``the September 11 attacks``"""
    rest = known.text[end : end + 30].lstrip()
    return any(
        re.match(rf"{re.escape(one)}{almanac.EDGE}", rest) for one in known.words.named_behind
    )


def _settled(known: _Reading, read: almanac.Parts, start: int, end: int) -> str | None:
    """The day; without a year that nearest to the sending, unless its sentence says otherwise."""
    if read.year is not None or known.day is None or read.month is None:
        return _iso(read) if read.year is not None else None
    years = range(known.day.year - 1, known.day.year + 2)
    near = [one for year in years if (one := _date(year, read)) is not None]
    told = _day_name(known, start, end)
    near = [one for one in near if told is None or one.weekday() == told]
    if not near:
        return None
    nearest = min(near, key=lambda one: abs(one - known.day))  # type: ignore[operator]
    is_near = told is not None or abs(nearest - known.day) <= _NEAR
    return nearest.isoformat() if is_near else None


_NEAR = timedelta(days=184)
"""from the sending to a day whose year is left out: half a year, for the nearest
is meant; with a weekday beside it, it is the nearest that is one"""


def _day_name(known: _Reading, start: int, end: int) -> int | None:
    found = _weekday(known.language).match(known.text, start, end)
    return None if found is None else known.calendar.weekday[found["name"].lower()]


def _date(year: int, read: almanac.Parts) -> date | None:
    try:
        return date(year, read.month or 0, read.day)
    except ValueError:
        return None


def _iso(read: almanac.Parts) -> str | None:
    found = None if read.year is None else _date(read.year, read)
    return None if found is None else found.isoformat()


# --- by name -------------------------------------------------------------------------------------


class _Weekday(msgspec.Struct, frozen=True, kw_only=True):
    """A weekday in a text, with what stands right around it."""

    start: int
    end: int
    number: int
    before: str
    behind: str


def _named(known: _Reading, taken: _Taken) -> Iterator[Day]:
    """Weekdays, by what the sentence means."""
    previous: tuple[_Weekday, date | None] | None = None
    for found in _weekday(known.language).finditer(known.text):
        if not _is_a_day(known, found) or not taken.takes(*found.span()):
            continue
        day = _Weekday(
            start=found.start(),
            end=found.end(),
            number=known.calendar.weekday[found["name"].lower()],
            before=_before(known, found.start()),
            behind=_behind(known, found.end()),
        )
        meant = _joined(known, day, previous) or _meant(known, day)
        previous = day, meant
        yield _noted(
            day.start, day.end, meant.isoformat() if meant else None, "relative", "weekday"
        )


def _before(known: _Reading, start: int) -> str:
    return known.text[max(start - 24, 0) : start].rstrip()


def _behind(known: _Reading, end: int) -> str:
    return known.text[end : end + 24]


def _is_a_day(known: _Reading, found: re.Match[str]) -> bool:
    """Not a name, and not one that comes again and again."""
    before = _before(known, found.start())
    if known.language in ("en", "de") and not found.group()[:1].isupper():
        return False
    if _ends_in(before, (*known.words.recurring, *known.words.named_before)):
        return False
    if known.words.led_by and re.match(r"\s[^\W\d_a-z]", known.text[found.end() : found.end() + 2]):
        return _ends_in(before, known.words.led_by)
    return not _is_a_name(known, found.end())


@cache
def _ending(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"{almanac.START}(?:{almanac.either(words)})\Z", re.IGNORECASE)


def _ends_in(before: str, words: tuple[str, ...]) -> bool:
    return bool(words) and _ending(words).search(before) is not None


@cache
def _beginning(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{almanac.either(words)}){almanac.EDGE}")


def _begins_with(behind: str, words: tuple[str, ...]) -> bool:
    return bool(words) and _beginning(words).match(behind) is not None


_AND = re.compile(r"\s(?:and|or|und|oder|et|ou|y|o|और|या)\s(?:on\s|am\s|le\s|el\s)?")


def _joined(
    known: _Reading, day: _Weekday, previous: tuple[_Weekday, date | None] | None
) -> date | None:
    """``Friday and Saturday``: the second is the next after the first."""
    if previous is None or previous[1] is None:
        return None
    if not _AND.fullmatch(known.text[previous[0].end : day.start]):
        return None
    return previous[1] + timedelta(days=(day.number - previous[0].number) % 7)


def _meant(known: _Reading, day: _Weekday) -> date | None:
    """The last or next such day; today where it is today, unless another one is asked for."""
    words = known.words
    if known.day is None:
        return None
    if _ends_in(day.before, words.unsettled) or _begins_with(day.behind, words.unsettled_behind):
        return None
    apart = (day.number - known.day.weekday()) % 7
    if _ends_in(day.before, words.next) or _begins_with(day.behind, words.next_behind):
        return known.day + timedelta(days=apart or 7)
    if _ends_in(day.before, words.last) or _begins_with(day.behind, words.last_behind):
        return known.day + timedelta(days=apart - 7)
    told = direction(known.text, day.start, day.end, words.tense) or words.tense.otherwise
    if apart == 0 or told == Direction.ahead:
        return known.day + timedelta(days=apart)
    return known.day + timedelta(days=apart - 7) if told == Direction.back else None


# --- counted -------------------------------------------------------------------------------------


@cache
def _near(language: str) -> re.Pattern[str]:
    words = [*_counts(wording(language).days)]
    flags = 0 if wording(language).days.as_written else re.IGNORECASE
    return re.compile(rf"{almanac.START}(?:{almanac.either(words)}){almanac.EDGE}", flags)


@cache
def _counts(words: DayWords) -> dict[str, int | None]:
    """How many days from today each word is; None for one that the verb tells."""
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


def _counted(known: _Reading, taken: _Taken) -> Iterator[Day]:
    """Yesterday, today and tomorrow, where a day is meant and not these times."""
    for found in _near(known.language).finditer(known.text):
        if _means_times(known, found) or not taken.takes(*found.span()):
            continue
        count = _count(known, found)
        value = None
        if known.day is not None and count is not None:
            value = (known.day + timedelta(days=count)).isoformat()
        yield _noted(*found.span(), value, "relative", "counted")


_BEGINS = (".", "!", "?", ":", '"', "“", "«", "„", "‘", "'", "—", "-", "–", ")", "¿", "¡")
"""before a sentence: a capital anywhere else is a name's ("India Today")"""


def _means_times(known: _Reading, found: re.Match[str]) -> bool:
    before, behind = _before(known, found.start()), _behind(known, found.end())
    words = known.words
    if found.group()[:1].isupper() and before and not before.endswith(_BEGINS):
        return True
    if found.group().lower() not in (*words.today, *words.tomorrow):
        return False
    if words.possessive and behind.replace("’", "'").startswith(words.possessive):
        return True
    if words.as_written and found.group()[:1].isupper():
        return True
    return _ends_in(before, words.not_before) or _begins_with(behind, words.not_behind)


def _count(known: _Reading, found: re.Match[str]) -> int | None:
    """None where nothing tells, and for a "tomorrow" that somebody told on another day."""
    word = found.group().lower()
    count = _counts(known.words).get(word, _counts(known.words).get(found.group()))
    if count is None:
        meant = direction(known.text, *found.span(), known.words.tense)
        size = 2 if word in known.words.two_days else 1
        return None if meant is None else size if meant is Direction.ahead else -size
    clause = re.split(r"[,;.!?\"“”«»:\n]", known.text[max(found.start() - 120, 0) : found.start()])[
        -1
    ]
    if count > 0 and _tells_another_day(known, clause):
        return None
    return count


def _tells_another_day(known: _Reading, clause: str) -> bool:
    others = [one for one in _near(known.language).finditer(clause)]
    return any((_counts(known.words).get(one.group().lower()) or 0) < 0 for one in others) or (
        _weekday(known.language).search(clause) is not None
    )


def _noted(start: int, end: int, value: str | None, kind: str, rule: str) -> Day:
    return Day(start=start, end=end, value=value, kind=kind, rule=rule)
