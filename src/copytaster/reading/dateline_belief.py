"""Whether what is written like a dateline is one.

It is believed only with a day, a known agency or a place in capitals before a dash; a known city
also in small letters, or in capitals before a colon; and of any other place only right below a
byline. Labels in capitals (EXCLUSIVE), speakers of transcripts, results and the weather look like
it and are none (handbook: reading §4).
"""

import re
from collections.abc import Iterator

import msgspec

from copytaster import almanac
from copytaster.reading.credits import is_byline
from copytaster.reading.dateline_forms import PREFIXED
from copytaster.reading.dateline_forms import Form
from copytaster.reading.dateline_forms import begins_of
from copytaster.reading.dateline_forms import forms
from copytaster.reading.lines import Line
from copytaster.reading.lines import lines
from copytaster.reading.wording import Wording
from copytaster.reading.wording import agency_of
from copytaster.reading.wording import cities
from copytaster.reading.wording import countries
from copytaster.reading.wording import folded
from copytaster.reading.wording import places

_LOOKED_AT = 15
"""lines in front of the text in which a dateline is looked for"""
_HEAD = 200
"""characters of a line: no dateline is longer"""
_DASHES = ("-", "–", "—", "_")
_UNKNOWN = re.compile(r"[^\W\d_a-z][\w&.]{1,11}(?: [^\W\d_a-z]\w{1,11}){0,2}")
"""what may be an agency nobody has told us of"""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A line that has the form of a dateline."""

    line: Line
    form: Form
    place: str
    agency: str | None
    known: bool
    """the agency is"""
    is_behind: str
    """what it stands behind in its line: nothing, a label, or a byline"""
    begins_late: bool
    """behind a label with nothing between"""


def find(text: str, words: Wording) -> Found | None:
    """The first line that is believed to have one. A weak one must stand above the text."""
    above = True
    signed = False
    for line in lines(text, _LOOKED_AT):
        for found in _formed(line, words):
            if _is_sure(found, words) or (above and _is_weak(found, text, words, signed=signed)):
                return found
        signed = is_byline(line.text, words)
        above = above and (signed or not _is_text(line.text))
    return None


def _is_text(line: str) -> bool:
    return len(line) > 200 or line.rstrip("\"'”’») ").endswith((".", "!", "?", "।"))


def _formed(line: Line, words: Wording) -> Iterator[Found]:
    head = line.text[:_HEAD]
    for begins, behind in begins_of(head, words):
        for form in forms(head, begins, words.language):
            place = (form.said("place") or "").strip(" ,")
            agency = form.said("agency")
            if _is_place(place, words):
                yield Found(
                    line=line,
                    form=form,
                    place=place,
                    agency=agency,
                    known=agency is not None and agency_of(agency) is not None,
                    is_behind=behind,
                    begins_late=begins > 0 and head[:begins].rstrip()[-1:].isalnum(),
                )


def _is_sure(found: Found, words: Wording) -> bool:
    """With a known agency and a day or an end; or with a day and an end."""
    dated, ends = "day" in found.form.spans, bool(found.form.separator)
    if found.is_behind in ("note", "byline") and not (found.known and found.place.isupper()):
        return False
    if found.form.has_agency_first or found.form.has_day_first:
        return _is_turned(found, words)
    if found.form.is_bare and not dated:
        return False
    if found.form.is_barred:
        return found.known and _is_city(found, words)
    if not found.known and (_is_heading(found) or found.form.is_bracketed):
        return found.form.is_bracketed and _is_city(found, words)
    if found.known:
        if found.form.end == len(found.line.text):
            return dated or ends or found.place.isupper()
        if found.place.isupper() and _begins_sentence(_behind(found)):
            return True
        return dated or (ends and (found.form.separator != "." or words.full_stop))
    if dated and not ends and found.agency is None:
        first = found.place.split(",")[0]
        return first.isupper() and (found.form.is_alone or _begins_sentence(_behind(found)))
    if dated and found.agency is not None:
        return _UNKNOWN.fullmatch(found.agency) is not None
    return dated and ends


def _is_turned(found: Found, words: Wording) -> bool:
    """With the agency or the day in front: with both, or with one and a place that is known."""
    if not _begins_sentence(_behind(found)) or len(_behind(found)) < _LEAST:
        return False
    if found.form.has_agency_first and not found.known:
        return False
    return (found.known and "day" in found.form.spans) or _is_city(found, words)


def _is_weak(found: Found, text: str, words: Wording, *, signed: bool) -> bool:
    """A place in capitals before a dash; a known one however it is written, and in capitals
    before a colon too; or a place before a dash below a byline."""
    first = found.place.split(",")[0]
    if found.is_behind in ("note", "byline") or found.form.has_agency_first:
        return False
    if found.form.has_day_first or folded(first) in map(folded, words.labels):
        return False
    if not found.form.separator:
        return found.form.is_alone and _heads(found, text, words)
    if found.form.separator == ":":
        return found.agency is None and _is_city(found, words) and _leads(found, text, words)
    if not found.form.separator.startswith(_DASHES):
        return False
    if found.agency is not None:
        return is_capitals(first) and _UNKNOWN.fullmatch(found.agency) is not None
    if found.begins_late or len(_behind(found)) < _LEAST or not _begins_sentence(_behind(found)):
        return False
    if signed and words.language != "hi":
        return first[:1].isupper() and len(first.split()) <= 3
    if is_capitals(first) and not _is_city(found, words):
        is_short = len(first) <= _SHORT and found.place == first
        return not is_short and not _is_heading(found) and not _again(found, text)
    if is_capitals(first):
        return not _again(found, text)
    return _is_city(found, words) and _leads(found, text, words)


def _is_city(found: Found, words: Wording) -> bool:
    first = re.split(r"[,/]", found.place)[0]
    return folded(first) in cities(words.language)


def _is_heading(found: Found) -> bool:
    """``WHAT WE KNOW``, ``BOXING DAY``: a line of its own word, and no place."""
    if "," in found.place.strip(" ,"):
        return False
    named = [folded(word) for word in re.split(r"[\s/-]+", found.place) if word]
    never = places().never
    return named[-1] in never or (len(named) > 2 and len(never & set(named)) > 1)


_LEAST = 20
"""characters behind a dateline that is not sure"""
_SHORT = 4
"""letters: what stands alone in so many is more often a body (NATO) than a place"""
_STORY = 60
"""characters of a line that may be a story's first, behind a place alone"""


def _leads(found: Found, text: str, words: Wording) -> bool:
    """Whether a story begins behind a city: a sentence, and no other city (matches, weather)."""
    behind = _behind(found)
    if len(behind) < _STORY or not _is_text(found.line.text) or not _begins_sentence(behind):
        return False
    if found.form.separator == ":" and not (is_capitals(found.place) or words.language == "hi"):
        return False
    near = [folded(" ".join(behind.split()[:count])) for count in (1, 2, 3)]
    elsewhere = cities(words.language) | countries()
    return not elsewhere & set(near) and not _again(found, text)


def _heads(found: Found, text: str, words: Wording) -> bool:
    """A city in capitals that has its line for itself, right above the text."""
    below = next(iter(lines(text, 1, found.line.end)), None)
    return (
        found.place.isupper()
        and "\n" in text[found.line.end : found.line.end + 2]
        and _is_city(found, words)
        and below is not None
        and len(below.text) >= _STORY
        and _is_text(below.text)
    )


def is_capitals(place: str) -> bool:
    return _CAPITALS.fullmatch(place) is not None or place.isupper()


_CAPITALS = re.compile(rf"(?:{PREFIXED})?[^\W\d_a-z]{{2,}}(?:[\s-][^\W\d_a-z]{{2,}}){{0,3}}")
"""``McALLEN``, ``DeKALB``"""


def _behind(found: Found) -> str:
    return found.line.text[found.form.end :].lstrip()


def _begins_sentence(behind: str) -> bool:
    """Results and headings go on in capitals or figures."""
    words = behind.lstrip("\"“«„‘'").split(" ", 2)[:2]
    if words[0][:1].isdigit() or words[0][:1] in "$£€":
        return len(behind) >= _STORY and _PROSE.match(behind) is not None
    first = words[0][:1]
    if first.isalpha() and first.lower() == first.upper():
        return True  # a script without capitals
    return first.isupper() and not all(len(w) > 1 and w == w.upper() for w in words)


_PROSE = re.compile(r"\S{1,20}(?: [^\W\d_A-Z][^\W\d_]+,?){3}")
"""a figure and words behind it: ``12 people were rescued``"""
_LABELLED = re.compile(r"[^\W\d_a-z][^a-z\n]{1,30}(?: ?[-–—]{1,2}|:) ")


def _again(found: Found, text: str) -> bool:
    """Speakers of a transcript: the same capitals before a dash again, or others right below."""
    rest = text[found.line.end : found.line.end + 20_000].lstrip()
    if _LABELLED.match(rest):
        return True
    return re.search(rf"^{re.escape(found.place)} ?[-–—:]", rest, re.MULTILINE) is not None


def _is_place(place: str, words: Wording) -> bool:
    """At most three parts of a few words, each of them capitalised or a small word."""
    parts = [part.strip() for part in re.split(r"[,/]", place)]
    if not parts or len(parts) > 4 or not all(parts) or _is_of_a_calendar(parts[0], words):
        return False
    first = parts[0].split()
    if first[0] in words.byline or all(word.lower() in places().particles for word in first):
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
