"""The desk's search to rows: a story's facts for the index, a query as FTS5 reads it.

Words are those a query is asked of in memory, folded (``query.Facts``); every other fact is a mark,
a word in a column of its own. When a story came is its place in the index. So a query that says
nothing of time is one expression of FTS5. One that does is as many as it names instants, and one
more: between two of them all that it says of time is either true or false.
"""

import hashlib
from collections.abc import Callable
from collections.abc import Iterator
from datetime import datetime

import msgspec

from copytaster.query import Agency
from copytaster.query import Byline
from copytaster.query import Came
from copytaster.query import Either
from copytaster.query import Every
from copytaster.query import Facts
from copytaster.query import Guid
from copytaster.query import Has
from copytaster.query import InSection
from copytaster.query import InState
from copytaster.query import Language
from copytaster.query import Newer
from copytaster.query import Not
from copytaster.query import Older
from copytaster.query import Person
from copytaster.query import Phrase
from copytaster.query import Query
from copytaster.query import Since
from copytaster.query import Slug
from copytaster.query import Source
from copytaster.query import Subject
from copytaster.query import Term
from copytaster.query import Title
from copytaster.query import Until
from copytaster.query import Urgency
from copytaster.query import Words
from copytaster.store._rows import LAST
from copytaster.store._rows import Bindings
from copytaster.store._rows import micros
from copytaster.text import needle

PLACES = 1024
"""places of one microsecond"""
_FURTHEST = LAST // PLACES - PLACES
"""the last microsecond that has places of its own: in the year 2255"""
_ALL = "x"
"""the mark that every story has"""
_EVERYTHING = f"(marks : {_ALL})"
_URGENCIES = range(1, 10)


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """The stories of a time that answer a query, as the index is asked for them."""

    since: int
    """the first place"""
    until: int
    """the place behind the last"""
    match: str


# --- in ------------------------------------------------------------------------------------


def words(facts: Facts) -> Bindings:
    """What the index is told of a story."""
    return {
        "headline": facts.headline,
        "seen": facts.seen,
        "slug": facts.slug,
        "byline": facts.byline,
        "names": facts.names,
        "subjects": facts.subjects,
        "marks": " ".join(sorted(_marks(facts))),
    }


def _marks(facts: Facts) -> Iterator[str]:
    yield _ALL
    yield _opaque("a", facts.agency)
    yield _opaque("g", facts.guid)
    yield f"t{facts.state.value}"
    yield from (_opaque("s", source) for source in facts.sources)
    yield from (f"c{code}" for code in facts.all_sections)
    yield from (_opaque("l", tag) for tag in facts.languages)
    yield from (f"u{urgency}" for urgency in facts.urgencies if urgency in _URGENCIES)
    yield from (f"h{thing.value}" for thing in facts.things)


def _opaque(kind: str, value: str) -> str:
    """Whatever an agency calls itself or its story is one word, and not a long one."""
    said = value.encode(errors="surrogatepass")
    return kind + hashlib.blake2b(said, digest_size=16).hexdigest()


def first_place(came: int) -> int:
    """The first place of a microsecond."""
    return max(-_FURTHEST, min(came, _FURTHEST)) * PLACES


# --- out -----------------------------------------------------------------------------------


def stretches(query: Query, now: datetime) -> Iterator[Stretch]:
    """Where to look for what answers at ``now``, the newest first; they do not overlap."""
    bounds = sorted({_bound(came, now) for came in _times(query)}, reverse=True)
    until = LAST
    for since in (*bounds, None):
        match = _match(query, _in_force(since, now))
        first = -LAST if since is None else first_place(since)
        if match is not False:
            yield Stretch(since=first, until=until, match=_whole(match))
        until = first


def _times(query: Query) -> Iterator[Came]:
    match query:
        case Every() | Either():
            for part in query.of:
                yield from _times(part)
        case Not():
            yield from _times(query.of)
        case Since() | Until() | Newer() | Older():
            yield query


def _bound(came: Came, now: datetime) -> int:
    return micros(came.at if isinstance(came, Since | Until) else now - came.span)


def _in_force(since: int | None, now: datetime) -> Callable[[Came], bool]:
    """Which terms of time are true from this microsecond on, until the next that is named."""

    def holds(came: Came) -> bool:
        is_later = since is not None and since >= _bound(came, now)
        return is_later is isinstance(came, Since | Newer)

    return holds


def _match(query: Query, holds: Callable[[Came], bool]) -> str | bool:
    """The expression, or what is true of all or of none."""
    match query:
        case Every():
            return _every(query, holds)
        case Either():
            parts = [_match(part, holds) for part in query.of]
            return True in parts or _joined(" OR ", [part for part in parts if part is not False])
        case Not():
            inner = _match(query.of, holds)
            return not inner if isinstance(inner, bool) else f"({_EVERYTHING} NOT {inner})"
        case Since() | Until() | Newer() | Older():
            return holds(query)
        case Phrase() | Title() | Byline() | Slug() | Subject() | Person():
            return _says(query)
        case _:
            return _is(query)


def _every(query: Every, holds: Callable[[Came], bool]) -> str | bool:
    """What is to be left out is taken from the rest at once, and not from all stories."""
    wanted = [_match(part, holds) for part in query.of if not isinstance(part, Not)]
    left_out = [_match(part.of, holds) for part in query.of if isinstance(part, Not)]
    if False in wanted or True in left_out:
        return False
    rest = _joined(" AND ", [part for part in wanted if part is not True]) or True
    without = _joined(" OR ", [part for part in left_out if part is not False])
    return rest if without is False else f"({_whole(rest)} NOT {without})"


def _joined(by: str, parts: list[str | bool]) -> str | bool:
    """Of none: False."""
    if len(parts) < 2:
        return parts[0] if parts else False
    return f"({by.join(map(_whole, parts))})"


def _whole(match: str | bool) -> str:
    return match if isinstance(match, str) else _EVERYTHING


_COLUMNS: dict[type[Words], str] = {
    Phrase: "{headline seen}",
    Title: "headline",
    Byline: "byline",
    Slug: "slug",
    Subject: "subjects",
    Person: "{headline seen names}",
}


def _says(query: Words) -> str | bool:
    """Folded words hold no quotation mark, so none can end the phrase early."""
    sought = needle(query.name if isinstance(query, Person) else query.words)
    if not sought:
        return False
    begins = "" if sought.endswith(" ") else " *"
    return f'({_COLUMNS[type(query)]} : "{sought.strip()}"{begins})'


def _is(query: Term) -> str | bool:
    marks = _wanted(query)
    return f"(marks : ({' OR '.join(marks)}))" if marks else False


def _wanted(query: Term) -> list[str]:
    """Any of these marks."""
    match query:
        case Agency():
            return [_opaque("a", query.id)]
        case Source():
            return [_opaque("s", query.id)]
        case Guid():
            return [_opaque("g", query.id)]
        case InState():
            return [f"t{query.state.value}"]
        case InSection():
            return [f"c{query.code}"]
        case Language():
            return [_opaque("l", query.tag)]
        case Urgency():
            return [f"u{n}" for n in _URGENCIES if query.first <= n <= query.last]
        case Has():
            return [f"h{query.thing.value}"]
        case _:
            raise TypeError(f"{query!r} is no fact of a story")
