"""The text form: ``agency:ani phrase:"think tank" not section:sport``.

Terms are ``field:value``; side by side, or with ``and`` between, all must hold; ``or`` binds
less; ``not`` and brackets as usual. A value with blanks, brackets or quotes stands in double
quotes, in which ``\\"`` and ``\\\\`` mean the character itself.
"""

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import UTC
from datetime import datetime
from datetime import time
from datetime import timedelta
from datetime import tzinfo

from copytaster import section
from copytaster.query._tree import Agency
from copytaster.query._tree import Either
from copytaster.query._tree import Every
from copytaster.query._tree import InSection
from copytaster.query._tree import InState
from copytaster.query._tree import Not
from copytaster.query._tree import Person
from copytaster.query._tree import Phrase
from copytaster.query._tree import Query
from copytaster.query._tree import Since
from copytaster.query._tree import Source
from copytaster.query._tree import Until
from copytaster.story import State
from copytaster.text import needle

LONGEST = 4000
"""characters of a query"""
DEEPEST = 20
"""brackets and nots inside each other"""

_TOKEN = re.compile(r'\s*(?:([()])|([a-z]+):("(?:[^"\\]|\\.)*"|[^\s()"]+)|(and|or|not)(?![\w:]))')
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})")
_BARE = re.compile(r"[\w.*+:-]+")
_DAY = timedelta(days=1)


class QueryError(ValueError):
    """The text is no query; the message says where, and what would be one."""


def read(text: str, zone: tzinfo = UTC) -> Query:
    """The query in a line of text. A date without a time is that day in ``zone``."""
    if len(text) > LONGEST:
        raise QueryError(f"the query has more than {LONGEST} characters; ask for less at once")
    parser = _Parser(text, zone)
    query = parser.either(0)
    if parser.next is not None:
        raise parser.fault("unexpected")
    return query


def term(field: str, value: str, zone: tzinfo = UTC) -> Query:
    """One term from its parts, as a command line gives them."""
    return _FIELDS[field](value, zone)


class _Parser:
    """One token ahead of itself."""

    def __init__(self, text: str, zone: tzinfo) -> None:
        self._text = text.rstrip()
        self._zone = zone
        self._at = 0
        self.next: re.Match[str] | None = None
        self._advance()

    def _advance(self) -> None:
        if self.next is not None:
            self._at = self.next.end()
        self.next = None
        if self._at < len(self._text):
            self.next = _TOKEN.match(self._text, self._at)
            if self.next is None:
                raise self.fault("cannot read")

    def fault(self, what: str) -> QueryError:
        rest = self._text[self._at : self._at + 30].strip() or "the end"
        fields = ", ".join(_FIELDS)
        return QueryError(f"query: {what} {rest!r}; write field:value, with a field of {fields}")

    def either(self, depth: int) -> Query:
        parts = [self._every(depth)]
        while self._takes("or"):
            parts.append(self._every(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _every(self, depth: int) -> Query:
        parts = [self._one(depth)]
        while self._takes("and") or self._begins_one():
            parts.append(self._one(depth))
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _begins_one(self) -> bool:
        return self.next is not None and self._word() not in {"or", "and", ")"}

    def _one(self, depth: int) -> Query:
        if depth > DEEPEST:
            raise QueryError(f"query: more than {DEEPEST} brackets inside each other")
        if self._takes("not"):
            return Not(self._one(depth + 1))
        if self._takes("("):
            inner = self.either(depth + 1)
            if not self._takes(")"):
                raise self.fault("a bracket is not closed before")
            return inner
        return self._term()

    def _word(self) -> str | None:
        """The bracket or joining word that comes next."""
        return (self.next[1] or self.next[4]) if self.next is not None else None

    def _takes(self, word: str) -> bool:
        if self._word() != word:
            return False
        self._advance()
        return True

    def _term(self) -> Query:
        if self.next is None or not self.next[2] or self.next[2] not in _FIELDS:
            raise self.fault("expected a term at")
        field, value = self.next[2], _unquoted(self.next[3])
        self._advance()
        return _FIELDS[field](value, self._zone)


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value


def _person(name: str, _zone: tzinfo) -> Query:
    return Person(_with_a_word("person", name))


def _phrase(words: str, _zone: tzinfo) -> Query:
    return Phrase(_with_a_word("phrase", words))


def _with_a_word(field: str, words: str) -> str:
    if not needle(words):
        raise QueryError(f"{field}: {words!r} has no letter to look for; give a word")
    return words


def _section(code: str, _zone: tzinfo) -> Query:
    if code not in section.NAMES:
        raise QueryError(f"section: no section {code!r}; known: {', '.join(section.NAMES)}")
    return InSection(code)


def _state(word: str, _zone: tzinfo) -> Query:
    try:
        return InState(State(word))
    except ValueError:
        raise QueryError(f"state: no state {word!r}; known: {', '.join(State)}") from None


def _since(value: str, zone: tzinfo) -> Query:
    return Since(_instant("since", value, zone))


def _until(value: str, zone: tzinfo) -> Query:
    """Until a day: that day is still in."""
    if _DATE.fullmatch(value):
        return Until(_end_of_day(value, zone))
    return Until(_instant("until", value, zone))


def _end_of_day(value: str, zone: tzinfo) -> datetime:
    try:
        day = _instant("until", value, UTC).date() + _DAY
    except OverflowError:
        raise QueryError(f"until: {value!r} is beyond the calendar") from None
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _instant(field: str, value: str, zone: tzinfo) -> datetime:
    try:
        if _DATE.fullmatch(value):
            return datetime.fromisoformat(value).replace(tzinfo=zone).astimezone(UTC)
        if _INSTANT.fullmatch(value):
            return datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise QueryError(
        f"{field}: {value!r} is no day or instant; give 2026-03-02 or 2026-03-02T09:00Z"
    )


_FIELDS: Mapping[str, Callable[[str, tzinfo], Query]] = {
    "agency": lambda id, _zone: Agency(id),
    "source": lambda id, _zone: Source(id),
    "person": _person,
    "phrase": _phrase,
    "section": _section,
    "since": _since,
    "until": _until,
    "state": _state,
}


# --- out -----------------------------------------------------------------------------------


def write(query: Query) -> str:
    """The text that reads back as this query."""
    match query:
        case Every():
            return " ".join(_closed(part) for part in query.of)
        case Either():
            return " or ".join(_closed(part) for part in query.of)
        case Not():
            return f"not {_closed(query.of)}"
        case _:
            return " ".join(_term(query))


def _closed(query: Query) -> str:
    written = write(query)
    return f"({written})" if isinstance(query, Every | Either) else written


def _term(query: Query) -> Iterator[str]:
    match query:
        case Agency():
            yield f"agency:{_quoted(query.id)}"
        case Source():
            yield f"source:{_quoted(query.id)}"
        case Person():
            yield f"person:{_quoted(query.name)}"
        case Phrase():
            yield f"phrase:{_quoted(query.words)}"
        case InSection():
            yield f"section:{query.code}"
        case Since():
            yield f"since:{_iso(query.at)}"
        case Until():
            yield f"until:{_iso(query.at)}"
        case InState():
            yield f"state:{query.state.value}"


def _quoted(value: str) -> str:
    if _BARE.fullmatch(value):
        return value
    escaped = re.sub(r'(["\\])', r"\\\1", value)
    return f'"{escaped}"'


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
