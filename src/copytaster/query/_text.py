"""The text form: ``storm "think tank" -agency:ani (urgency:<=3 OR state:held)``.

Words, phrases in double quotes and ``field:value``, side by side or with ``AND`` between: all must
hold. ``OR`` binds less; ``-`` or ``NOT`` before a term or a bracket turns it round. A value with
blanks, brackets or quotes stands in double quotes, in which ``\\"`` and ``\\\\`` mean the character
itself. ``docs/reference/query.md`` tells it in words.
"""

import re
from collections.abc import Iterator
from datetime import UTC
from datetime import tzinfo

import msgspec

from copytaster.query import _terms
from copytaster.query._errors import QueryError
from copytaster.query._terms import FIELDS
from copytaster.query._tree import Either
from copytaster.query._tree import Every
from copytaster.query._tree import Not
from copytaster.query._tree import Phrase
from copytaster.query._tree import Query
from copytaster.query._tree import Term
from copytaster.text import needle

LONGEST = 4000
"""characters of a query"""
DEEPEST = 20
"""brackets and nots inside each other"""
MOST = 100
"""terms"""
MOST_WORDS = 300
"""words to look for, those of phrases among them"""

_QUOTED = r'"(?:[^"\\]|\\.)*"|[“„«][^“”„«»"]*[“”»]'
_TOKEN = re.compile(
    rf"""
      (?P<mark>[()]|-(?=[^\s)]))
    | (?P<joint>(?:and|or|not)(?=[\s()"]|$))
    | (?:(?P<field>[a-z]+):)?(?P<value>{_QUOTED}|[^\s()"“„«]+|(?(field)|(?!)))
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_EXPECTED = "expected a word, a phrase in quotes, or field:value"


class _Token(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    """``(``, ``)``, ``-``, ``and``, ``or``, ``not``, ``term`` or, behind the last one, ``end``"""
    at: int
    field: str = ""
    value: str = ""
    value_at: int = 0


def read(text: str, zone: tzinfo = UTC) -> Query:
    """The query in a line of text; a date without a time is that day in ``zone``. Raises
    :class:`QueryError`."""
    if len(text) > LONGEST:
        raise QueryError(f"more than {LONGEST} characters; ask for less at once", LONGEST)
    parser = _Parser(list(_tokens(text)), zone)
    query = parser.either(0)
    if parser.next.kind != "end":
        raise QueryError("this bracket closes nothing; leave it out", parser.next.at)
    return query


def term(field: str, value: str, zone: tzinfo = UTC) -> Term:
    """One term from its parts, as a command line gives them."""
    try:
        return FIELDS[field](value, zone)
    except _terms.ValueFault as fault:
        raise QueryError(f"{field}: {fault}") from None


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        found = _TOKEN.match(text, at)
        if found is None:
            raise QueryError("this quotation mark is not closed; close it, or leave it out", at)
        yield _token(found)
        at = found.end()
    yield _Token(kind="end", at=len(text))


def _token(found: re.Match[str]) -> _Token:
    kind = found["mark"] or (found["joint"] or "term").lower()
    return _Token(
        kind=kind,
        at=found.start(),
        field=(found["field"] or "").lower(),
        value=_unquoted(found["value"] or ""),
        value_at=max(found.start("value"), found.start()),
    )


def _unquoted(value: str) -> str:
    if value.startswith('"'):
        return re.sub(r"\\(.)", r"\1", value[1:-1], flags=re.DOTALL)
    return value[1:-1] if value[:1] in {"“", "„", "«"} else value


class _Parser:
    """One token ahead of itself."""

    def __init__(self, tokens: list[_Token], zone: tzinfo) -> None:
        self._tokens = tokens
        self._zone = zone
        self._place = 0
        self._terms = 0
        self._words = 0

    @property
    def next(self) -> _Token:
        return self._tokens[self._place]

    def _take(self) -> _Token:
        self._place += 1
        return self._tokens[self._place - 1]

    def either(self, depth: int) -> Query:
        parts = [self._every(depth)]
        while self.next.kind == "or":
            self._take()
            parts.append(self._every(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _every(self, depth: int) -> Query:
        parts = [self._one(depth)]
        while self.next.kind not in {"or", ")", "end"}:
            if self.next.kind == "and":
                self._take()
            parts.append(self._one(depth))
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _one(self, depth: int) -> Query:
        token = self._take()
        if depth > DEEPEST:
            raise QueryError(f"more than {DEEPEST} brackets and nots inside each other", token.at)
        match token.kind:
            case "not" | "-":
                return Not(self._one(depth + 1))
            case "(":
                return self._bracket(token, depth)
            case "term":
                return self._term(token)
            case "end":
                raise QueryError(f"{_EXPECTED}, and here is the end", token.at)
            case _:
                raise QueryError(f"{_EXPECTED} before {token.kind!r}", token.at)

    def _bracket(self, opened: _Token, depth: int) -> Query:
        inner = self.either(depth + 1)
        if self.next.kind != ")":
            raise QueryError("this bracket is not closed", opened.at)
        self._take()
        return inner

    def _term(self, token: _Token) -> Query:
        self._count(token)
        if token.field and token.field not in FIELDS:
            raise QueryError(
                f"no field {token.field!r}; known: {', '.join(FIELDS)}; words with a colon in "
                "them stand in double quotes",
                token.at,
            )
        if not token.value:
            raise QueryError(f"expected what {token.field or 'the phrase'} is", token.value_at)
        try:
            return FIELDS[token.field or "phrase"](token.value, self._zone)
        except _terms.ValueFault as fault:
            raise QueryError(str(fault), token.value_at) from None

    def _count(self, token: _Token) -> None:
        self._terms += 1
        self._words += len(needle(token.value).split())
        if self._terms > MOST:
            raise QueryError(f"more than {MOST} terms; ask for less at once", token.at)
        if self._words > MOST_WORDS:
            raise QueryError(f"more than {MOST_WORDS} words; ask for less at once", token.at)


# --- out -----------------------------------------------------------------------------------


def write(query: Query) -> str:
    """The text that reads back as this query."""
    match query:
        case Every():
            return " ".join(_closed(part) for part in query.of)
        case Either():
            return " OR ".join(_closed(part) for part in query.of)
        case Not():
            return f"-{_closed(query.of)}"
        case _:
            return _written(query)


def _closed(query: Query) -> str:
    written = write(query)
    return f"({written})" if isinstance(query, Every | Either) else written


def _written(term: Term) -> str:
    """Without quotes where it reads back so."""
    field, value = _terms.value_of(term)
    begin = "" if isinstance(term, Phrase) else f"{field}:"
    bare = f"{begin}{value}"
    found = _TOKEN.match(bare)
    if found is not None and found.end() == len(bare):
        token = _token(found)
        if (token.kind, f"{token.field}:") == ("term", begin or ":") and token.value == value:
            return bare
    return begin + _quoted(value)


def _quoted(value: str) -> str:
    escaped = re.sub(r'(["\\])', r"\\\1", value)
    return f'"{escaped}"'
