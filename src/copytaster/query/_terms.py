"""Terms: the value of a field to a node of the tree, and a node to its field and value.

A field is read from its value alone; where it stands is for the parser to say.
"""

import re
from collections.abc import Callable
from collections.abc import Mapping
from datetime import UTC
from datetime import datetime
from datetime import time
from datetime import timedelta
from datetime import tzinfo

from copytaster import section
from copytaster.query._tree import Agency
from copytaster.query._tree import Byline
from copytaster.query._tree import Guid
from copytaster.query._tree import Has
from copytaster.query._tree import InSection
from copytaster.query._tree import InState
from copytaster.query._tree import Language
from copytaster.query._tree import Newer
from copytaster.query._tree import Older
from copytaster.query._tree import Person
from copytaster.query._tree import Phrase
from copytaster.query._tree import Since
from copytaster.query._tree import Slug
from copytaster.query._tree import Source
from copytaster.query._tree import Subject
from copytaster.query._tree import Term
from copytaster.query._tree import Thing
from copytaster.query._tree import Title
from copytaster.query._tree import Until
from copytaster.query._tree import Urgency
from copytaster.story import State
from copytaster.text import is_unspaced
from copytaster.text import needle

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII
)
_SPAN = re.compile(r"(\d{1,4})([smhdw])", re.ASCII)
_SPANS = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
    "s": timedelta(seconds=1),
}
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")
_ONE_URGENCY = re.compile(r"(<=|>=|<|>|)([1-9])")
_URGENCIES = re.compile(r"([1-9])(?:-|\.\.)([1-9])")
_DAY = timedelta(days=1)


class ValueFault(ValueError):
    """A field cannot have this value; the message says what it can have."""


# --- in ------------------------------------------------------------------------------------


def word(words: str) -> Phrase:
    """What stands without a field."""
    return Phrase(_with_a_letter(words))


def _with_a_letter(words: str) -> str:
    sought = needle(words)
    if not sought:
        raise ValueFault(f"{words!r} has no letter or digit to look for; give a word")
    last = sought.rpartition(" ")[2]
    if len(last) == 1 and not is_unspaced(last):
        raise ValueFault(f"{words!r} is how too many words begin; give two letters or more")
    return words


def _state(value: str, _zone: tzinfo) -> Term:
    return InState(State(_one_of(value, "state", tuple(State))))


def _section(value: str, _zone: tzinfo) -> Term:
    return InSection(_one_of(value, "section", tuple(section.NAMES)))


def _has(value: str, _zone: tzinfo) -> Term:
    return Has(Thing(_one_of(value, "thing", tuple(Thing))))


def _one_of(value: str, what: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueFault(f"no {what} {value!r}; known: {', '.join(known)}")
    return value


def _language(value: str, _zone: tzinfo) -> Term:
    if not _LANGUAGE.fullmatch(value):
        raise ValueFault(f"{value!r} is no language tag; give one such as de or pt-BR")
    return Language(value.lower())


def _urgency(value: str, _zone: tzinfo) -> Term:
    if found := _URGENCIES.fullmatch(value):
        first, last = int(found[1]), int(found[2])
    elif found := _ONE_URGENCY.fullmatch(value):
        first, last = _compared(found[1], int(found[2]))
    else:
        raise ValueFault(f"{value!r} is no urgency; give one of 1 to 9, <=3 or 2-4")
    if not 1 <= first <= last <= 9:
        raise ValueFault(f"no urgency is {value}; the most urgent is 1, the least 9")
    return Urgency(first, last)


def _compared(sign: str, n: int) -> tuple[int, int]:
    ends = {"": (n, n), "<=": (1, n), "<": (1, n - 1), ">=": (n, 9), ">": (n + 1, 9)}
    return ends[sign]


def _after(value: str, zone: tzinfo) -> Term:
    """After a day: from its beginning on."""
    span = _span(value)
    return Since(_instant(value, zone)) if span is None else Newer(span)


def _before(value: str, zone: tzinfo) -> Term:
    """Before a day: that day is out."""
    span = _span(value)
    return Until(_instant(value, zone)) if span is None else Older(span)


def _until(value: str, zone: tzinfo) -> Term:
    """Until a day: that day is still in."""
    if _DATE.fullmatch(value):
        return Until(_end_of_day(value, zone))
    return _before(value, zone)


def _span(value: str) -> timedelta | None:
    found = _SPAN.fullmatch(value)
    return int(found[1]) * _SPANS[found[2]] if found else None


def _end_of_day(value: str, zone: tzinfo) -> datetime:
    try:
        day = _instant(value, UTC).date() + _DAY
        return datetime.combine(day, time(), zone).astimezone(UTC)
    except OverflowError:
        raise ValueFault(f"{value!r} is beyond the calendar") from None


def _instant(value: str, zone: tzinfo) -> datetime:
    try:
        if _DATE.fullmatch(value):
            return datetime.fromisoformat(value).replace(tzinfo=zone).astimezone(UTC)
        if _INSTANT.fullmatch(value):
            return datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise ValueFault(
        f"{value!r} is no day, instant or span; give 2026-03-02, 2026-03-02T09:00Z or 2h"
    )


FIELDS: Mapping[str, Callable[[str, tzinfo], Term]] = {
    "phrase": lambda words, _zone: word(words),
    "headline": lambda words, _zone: Title(_with_a_letter(words)),
    "by": lambda words, _zone: Byline(_with_a_letter(words)),
    "slug": lambda words, _zone: Slug(_with_a_letter(words)),
    "subject": lambda words, _zone: Subject(_with_a_letter(words)),
    "person": lambda words, _zone: Person(_with_a_letter(words)),
    "agency": lambda id, _zone: Agency(id),
    "source": lambda id, _zone: Source(id),
    "guid": lambda id, _zone: Guid(id),
    "state": _state,
    "section": _section,
    "lang": _language,
    "urgency": _urgency,
    "has": _has,
    "after": _after,
    "since": _after,
    "before": _before,
    "until": _until,
}
"""``phrase`` is what words mean without a field; ``since`` is ``after``"""


# --- out -----------------------------------------------------------------------------------


def value_of(term: Term) -> tuple[str, str]:
    """The field and the value that read back as this term."""
    match term:
        case Phrase():
            return "phrase", term.words
        case Title():
            return "headline", term.words
        case Byline():
            return "by", term.words
        case Slug():
            return "slug", term.words
        case Subject():
            return "subject", term.words
        case Person():
            return "person", term.name
        case Agency():
            return "agency", term.id
        case Source():
            return "source", term.id
        case Guid():
            return "guid", term.id
        case _:
            return _told(term)


def _told(
    term: InState | InSection | Language | Urgency | Has | Since | Until | Newer | Older,
) -> tuple[str, str]:
    match term:
        case InState():
            return "state", term.state.value
        case InSection():
            return "section", term.code
        case Language():
            return "lang", term.tag
        case Urgency():
            return "urgency", _ends(term)
        case Has():
            return "has", term.thing.value
        case Since():
            return "after", _iso(term.at)
        case Until():
            return "before", _iso(term.at)
        case Newer():
            return "after", _in_units(term.span)
        case Older():
            return "before", _in_units(term.span)


def _ends(urgency: Urgency) -> str:
    if urgency.first == urgency.last:
        return str(urgency.first)
    if urgency.first == 1:
        return f"<={urgency.last}"
    return f">={urgency.first}" if urgency.last == 9 else f"{urgency.first}-{urgency.last}"


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _in_units(span: timedelta) -> str:
    """In the largest unit that leaves no rest, as somebody may have typed it."""
    unit = next(unit for unit, one in _SPANS.items() if not span % one)
    return f"{span // _SPANS[unit]}{unit}"
