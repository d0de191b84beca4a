"""Readers' search to rows: the words of a story folded for the index, a query as FTS5 reads it.

Both sides are folded by ``text.fold``, and the index only splits at blanks: what is found is
exactly what a query finds in memory (decisions/0010).
"""

import zlib
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from copytaster.store._list_port import Said
from copytaster.store._list_port import SearchQuery
from copytaster.store._rows import LAST
from copytaster.store._rows import Bindings
from copytaster.store._rows import micros
from copytaster.store._rows import squeezed
from copytaster.store._story_port import Filing
from copytaster.store._story_port import Story
from copytaster.text import fold

_PLACES = 1024
"""places of one microsecond"""
_FURTHEST = LAST // _PLACES - _PLACES
"""the last microsecond that has places of its own: in the year 2255"""
_COLUMNS = ("headline", "byline", "body", "filed")
_WORDS = "{headline byline body}"
_words = msgspec.json.Decoder(tuple[str, str, str, str])


def filing_bindings(filing: Filing, story: Story) -> Bindings:
    """A filing as the index takes it; its place is known only when it is written."""
    folded = {
        "headline": fold(filing.headline),
        "byline": fold(filing.byline),
        "body": fold(filing.text),
        "filed": " ".join(_marks(story.agency, story.shelves, story.language)),
    }
    words = msgspec.json.encode(tuple(folded.values()))
    return folded | {"words_z": squeezed(words), "entry_z": squeezed(filing.entry)}


def kept_words(words_z: bytes) -> Bindings:
    """What stands in the index of a story."""
    return dict(zip(_COLUMNS, _words.decode(zlib.decompress(words_z)), strict=True))


def said(story: str, words_z: bytes) -> Said:
    """What stands in the index of a story, as it is handed out."""
    words = kept_words(words_z)
    return Said(story=story, headline=words["headline"], text=words["body"])


def any_of(phrases: Sequence[str]) -> str:
    """A search for any of these; empty where there is none."""
    wanted = list(_quoted(phrases))
    return f"{_WORDS} : ({' OR '.join(wanted)})" if wanted else ""


def query_bindings(query: SearchQuery) -> dict[str, Any]:
    """``match`` is empty for a query that finds nothing."""
    time, number = query.before or (None, LAST)
    return {
        "match": _match(query),
        "since": -LAST if query.since is None else first_place(query.since),
        "until": LAST if query.until is None else first_place(query.until),
        "time": _FURTHEST * _PLACES if time is None else first_place(time),
        "number": number,
        "limit": query.limit,
    }


def first_place(instant: datetime) -> int:
    """The first place of a microsecond."""
    return max(-_FURTHEST, min(micros(instant), _FURTHEST)) * _PLACES


def _match(query: SearchQuery) -> str:
    wanted = list(_quoted(query.phrases))
    if not wanted:
        return ""
    shelves = () if query.shelf is None else (query.shelf,)
    match = f"{_WORDS} : ({' AND '.join(wanted)})"
    for mark in _marks(query.agency, shelves, query.language):
        match += f" AND filed : {mark}"
    unwanted = list(_quoted(query.without))
    return f"({match}) NOT {_WORDS} : ({' OR '.join(unwanted)})" if unwanted else match


def _quoted(phrases: Iterable[str]) -> Iterator[str]:
    """Folded words hold no quotation mark, so none can end the phrase early."""
    folded = (fold(phrase).strip() for phrase in phrases)
    return (f'"{words}"' for words in folded if words)


def _marks(agency: str | None, shelves: Iterable[str], language: str | None) -> Iterator[str]:
    """Words of the index that no story can say: an agency, a shelf or a language, spelt in
    hexadecimal behind the letter of its kind."""
    if agency is not None:
        yield f"a{agency.encode().hex()}"
    yield from (f"s{shelf.encode().hex()}" for shelf in shelves)
    if language:
        yield f"l{language.lower().partition('-')[0].encode().hex()}"
