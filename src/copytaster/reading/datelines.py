"""Where a story comes from: the place, day and agency in front of its text.

One grammar: ``PLACE, region (region) [country], weekday, day (agency) -``. It is believed only
with a day, a known agency or a place in capitals before a dash; and of a place without either,
only right below a byline. Labels in capitals (EXCLUSIVE), speakers of transcripts and lists of
results look like it and are none (handbook: reading §4).
"""

import re
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from datetime import timedelta
from functools import cache

import msgspec
from msgspec import structs

from copytaster import almanac
from copytaster import language as languages
from copytaster.reading.credits import byline
from copytaster.reading.credits import is_byline
from copytaster.reading.credits import signoff
from copytaster.reading.lines import Line
from copytaster.reading.lines import lines
from copytaster.reading.notes import Dateline
from copytaster.reading.wording import LANGUAGES
from copytaster.reading.wording import Wording
from copytaster.reading.wording import agencies
from copytaster.reading.wording import agency_of
from copytaster.reading.wording import folded
from copytaster.reading.wording import places
from copytaster.reading.wording import without_desk
from copytaster.reading.wording import wording
from copytaster.reading.zones import at_home

_LOOKED_AT = 15
"""lines in front of the text in which a dateline is looked for"""
_HEAD = 200
"""characters of a line: no dateline is longer"""
_AGE = timedelta(days=7)
"""how old a dateline may be whose year is left out; nothing is sent later than that"""
_AHEAD = timedelta(days=1)
"""it may be tomorrow already where the story was written"""
_SEPARATOR = r"(?:\s?\.?(?:[-–—]{2,3}|—|–)|\s?\.?-(?=\s|\Z)|\s_(?=\s)|\s?:)"
_DASHES = ("-", "–", "—", "_")
_UNKNOWN = re.compile(r"[^\W\d_a-z][\w&.]{1,11}(?: [^\W\d_a-z]\w{1,11}){0,2}")
"""what may be an agency nobody has told us of"""


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    """A line that has the form of a dateline."""

    line: Line
    parts: re.Match[str]
    place: str
    agency: str | None
    known: bool
    """the agency is"""
    separator: str
    begins_late: bool
    """behind a label with nothing between"""


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
    found = _find(text, words)
    ends = found.line.start if found else None
    read = Dateline() if found is None else _noted(found, tongue, at_home(sent, agency))
    return structs.replace(
        read,
        byline=byline(text, words, before=ends),
        signoff=signoff(text, words, agency=agency, after=read.end or 0),
    )


@cache
def _grammar(language: str) -> re.Pattern[str]:
    known = almanac.calendar(language)
    weekday = "|".join(form for forms in known.weekdays for form in (*forms, forms[0][:3]))
    bare = "|".join(re.escape(name) for one in agencies().values() for name in one.names)
    day = almanac.grammar(language, year=False)
    return re.compile(
        r"(?P<place>[^\W\d_][^\d()\[\]|\n\"“”«»„;!?<>—–]{1,80}?)"
        r"(?:\s?\((?P<region>[^()\d]{2,40})\)(?=\s?(?:,|\[|\()))?"
        r"(?:\s?\[(?P<country>[^\[\]\d()]{2,40})\])?"
        rf"(?:,?\s{{1,2}}(?P<weekday>(?i:{weekday}))\b\.?)?"
        rf"(?:(?:[,.]|\s?[–—-])?\s{{1,2}}(?P<day>(?i:{day}))\.?)?"
        r"(?:(?:,?\s{0,2}|\s?(?:--|—|–)\s?)"
        rf"(?:\((?P<a1>[^()\d\n,]{{2,40}})(?P<inside>,\s[^()\n]{{3,20}})?\)|/(?P<a2>[^/\d\n]{{2,40}})/|(?<=\s)(?P<a3>{bare})\b)"
        rf"(?P<after>{_SEPARATOR}|-(?=[^\W\d_a-z])|\.)?|(?P<separator>{_SEPARATOR})|(?P<alone>(?=\s*\Z)))"
        r"(?=\s|\Z|[^\W\d_]|[\"“«„‘'])"
    )


# --- finding -------------------------------------------------------------------------------------


def _find(text: str, words: Wording) -> _Found | None:
    """The first line that is believed to have one. A weak one must stand above the text."""
    above = True
    signed = False
    for line in lines(text, _LOOKED_AT):
        found = _formed(line, words)
        if found is not None and (
            _is_sure(found, words) or (above and _is_weak(found, text, words, signed=signed))
        ):
            return found
        signed = is_byline(line.text, words)
        above = above and (signed or not _is_text(line.text))
    return None


def _is_text(line: str) -> bool:
    return len(line) > 200 or line.rstrip("\"'”’») ").endswith((".", "!", "?", "।"))


def _formed(line: Line, words: Wording) -> _Found | None:
    head = line.text[:_HEAD]
    begins = _behind_label(head, words)
    begins_late = begins > 0 and head[:begins].rstrip()[-1:].isalnum()
    parts = _grammar(words.language).match(head, begins)
    if parts is None:
        return None
    place = parts["place"].strip(" ,")
    agency = parts["a1"] or parts["a2"] or parts["a3"]
    if not _is_place(place, words):
        return None
    said = (parts["after"] or parts["separator"] or "").strip()
    known = agency is not None and agency_of(agency) is not None
    return _Found(
        line=line,
        parts=parts,
        place=place,
        agency=agency,
        known=known,
        separator=said.strip(". ") or said,
        begins_late=begins_late,
    )


@cache
def _labels(words: Wording) -> re.Pattern[str] | None:
    if not words.labels:
        return None
    return re.compile(
        rf"(?:{almanac.either(words.labels)})(?:\s\d{{1,2}})?(?:\s?[:–—-]{{1,2}}\s?|\s)(?=\w)"
    )


def _behind_label(head: str, words: Wording) -> int:
    """``EXCLUSIVE: LONDON (Reuters) -`` begins behind the label."""
    labels = _labels(words)
    found = labels.match(head) if labels else None
    return 0 if found is None else found.end()


def _is_sure(found: _Found, words: Wording) -> bool:
    """With a known agency and a day or an end; or with a day and an end."""
    dated, ends = found.parts["day"] is not None, bool(found.separator)
    if found.known:
        if found.parts.end() == len(found.line.text):
            return dated or ends or found.place.isupper()
        if found.place.isupper() and _begins_sentence(_behind(found)):
            return True
        return dated or (ends and (found.separator != "." or words.full_stop))
    if dated and found.parts["alone"] is not None:
        return found.place.isupper()
    if dated and found.agency is not None:
        return _UNKNOWN.fullmatch(found.agency) is not None
    return dated and ends


def _is_weak(found: _Found, text: str, words: Wording, *, signed: bool) -> bool:
    """A place in capitals before a dash, or a place before a dash below a byline."""
    if not found.separator.startswith(_DASHES):
        return False
    first = found.place.split(",")[0]
    behind = _behind(found)
    if found.agency is not None:
        return _is_capitals(first) and _UNKNOWN.fullmatch(found.agency) is not None
    if folded(first) in {folded(label) for label in words.labels}:
        return False
    if len(behind) < 20 or found.begins_late or not _begins_sentence(behind):
        return False
    if signed and words.language != "hi":
        return first[:1].isupper() and len(first.split()) <= 3
    return _is_capitals(first) and len(first) > 2 and not _again(found, text)


def _is_capitals(place: str) -> bool:
    return place.removeprefix("Mc").isupper()


def _behind(found: _Found) -> str:
    return found.line.text[found.parts.end() :].lstrip()


def _begins_sentence(behind: str) -> bool:
    """Results and headings go on in capitals or figures."""
    words = behind.lstrip("\"“«„‘'").split(" ", 2)[:2]
    return words[0][:1].isupper() and not all(len(w) > 1 and w == w.upper() for w in words)


_LABELLED = re.compile(r"[^\W\d_a-z][^a-z\n]{1,30} ?[-–—]{1,2} ")


def _again(found: _Found, text: str) -> bool:
    """Speakers of a transcript: the same capitals before a dash again, or others right below."""
    rest = text[found.line.end : found.line.end + 20_000].lstrip()
    if _LABELLED.match(rest):
        return True
    return re.search(rf"^{re.escape(found.place)} ?[-–—]", rest, re.MULTILINE) is not None


def _is_place(place: str, words: Wording) -> bool:
    """At most three parts of a few words, each of them capitalised or a small word."""
    parts = [part.strip() for part in re.split(r"[,/]", place)]
    if not parts or len(parts) > 4 or not all(parts) or _is_of_a_calendar(parts[0], words):
        return False
    return all(len(part.split()) <= 6 and _is_name(part, words) for part in parts)


def _is_of_a_calendar(part: str, words: Wording) -> bool:
    """``Tuesday, 4 March:`` heads a list."""
    known = almanac.calendar(words.language)
    first = part.split(maxsplit=1)[0].lower().rstrip(".")
    return first in known.weekday or (first in known.month and len(part.split()) == 1)


_ABBREVIATED = re.compile(r"\b(?:(?:\w\.){1,4}|[^\W\d_a-z]\w{0,3}\.) ")
"""``St. Louis``, ``N.Y. City``: no end of a sentence"""


def _is_name(part: str, words: Wording) -> bool:
    if ":" in part or ". " in _ABBREVIATED.sub("", part):
        return False
    named = [word for word in re.split(r"[\s-]+", part) if word]
    if words.language == "hi":
        return len(named) <= 4
    small = places().particles
    first = named[0][:1] if named else ""
    return first.isupper() and all(w[:1].isupper() or w.lower() in small for w in named)


# --- what it says --------------------------------------------------------------------------------


def _noted(found: _Found, language: str, sent: datetime | None) -> Dateline:
    at, parts = found.line.start, found.parts
    begins, cut = parts.start("place"), list(_cut(found))
    spans: dict[str, tuple[int, int]] = {
        name: (at + begins + start, at + begins + start + len(value)) for name, value, start in cut
    }
    values = {name: value for name, value, _ in cut}
    for name in ("region", "country"):
        if parts[name]:
            spans[name] = (at + parts.start(name), at + parts.end(name))
            values[name] = parts[name]
    if (day := _day(found, language, sent)) is not None:
        spans["date"] = (at + day.start, at + day.end)
    for name in ("a1", "a2", "a3"):
        if parts[name]:
            spans["agency"] = (at + parts.start(name), at + parts.end(name))
    whole = parts.group()
    edges = {
        f"{name}_{edge}": where
        for name, (start, end) in spans.items()
        for edge, where in (("start", start), ("end", end))
    }
    read = Dateline(
        start=at + begins,
        end=at + parts.start() + len(whole.rstrip()),
        place=_named(values["place"]),
        region=values.get("region"),
        country=values.get("country"),
        date=day.value.isoformat() if day and day.value else None,
        agency=None if found.agency is None else without_desk(found.agency),
        rule=_rule(found),
    )
    return structs.replace(read, **edges)


def _rule(found: _Found) -> str:
    if found.known:
        return "dateline-agency"
    return "dateline-day" if found.parts["day"] else "dateline-place"


def _cut(found: _Found) -> Iterator[tuple[str, str, int]]:
    """The place, and what behind its comma it lies in, each with where it begins."""
    start = 0
    taken: set[str] = set()
    for part in found.parts["place"].split(","):
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
    if not place.isupper():
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
    named = re.sub(r"[^\W_]+", lambda found: found[0].capitalize(), word)
    return re.sub(r"(?<=['’])S\b", "s", named)  # Cox's Bazar


# --- the day -------------------------------------------------------------------------------------


class _Day(msgspec.Struct, frozen=True, kw_only=True):
    start: int
    end: int
    value: date | None


def _day(found: _Found, language: str, sent: datetime | None) -> _Day | None:
    """The day; where there is none, the weekday."""
    known = almanac.calendar(language)
    for group in ("day", "inside"):
        if found.parts[group] is not None:
            dates = almanac.dates(language, year=False, clock=False)
            read = dates.search(found.parts.string, *found.parts.span(group))
            if read is not None:
                value = _dated(almanac.parts(read, known), sent)
                return _Day(start=read.start(), end=read.end(), value=value)
    named = found.parts["weekday"]
    if named is None:
        return None
    number = next(
        (at for form, at in known.weekday.items() if form.startswith(named.lower())), None
    )
    start, end = found.parts.span("weekday")
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
