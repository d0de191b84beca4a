"""The proof that a story is gone: fetch each public address until none shows its words.

A surface is *clean* when its status is the one expected and its bytes hold none of the
story's marks. Marks are stretches of letters taken from the words that must not be
seen, so that no escaping rule of HTML, XML or JSON can hide them; lists are searched for the
story's address instead, since two stories may share a headline.
"""

import asyncio
import re
from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import datetime

import msgspec

_ESCAPED = re.compile(r"[&<>\"'\\\x00-\x1f\x7f-\xa0\u2028\u2029]")
_SHORTEST = 12
_LONGEST = 64
_ENTRY = re.compile(rb"<(entry|item|article)[ >].*?</\1>", re.DOTALL)
"""of Atom, of RSS, of the corrections page"""
_THERE_OR_NOT = (200, 404, 410)


class Surface(msgspec.Struct, frozen=True, kw_only=True):
    """One public address and what it must show."""

    address: str
    kind: str
    """own: an address of the story; list: must not name it; feed: may name it, not its words;
    picture: stays, without the picture"""
    status: int | None = None
    """the only right answer; None: there (200) or not there (404, 410), as long as it is clean"""


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """By what a story is recognised in other people's bytes."""

    story: str
    words: tuple[bytes, ...]


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What one address was seen to serve, and when."""

    surface: Surface
    at: datetime
    status: int | None
    clean: bool
    detail: str | None = None


Fetch = Callable[[str], Awaitable[tuple[int, bytes]]]
"""address → (status, body); raises OSError-like errors when nothing answered"""


def marks_of(story: str, texts: Iterable[str]) -> Marks:
    """Marks from the texts (headline, runs of paragraphs …) of every edition that was public.

    Of each text the longest stretch without a character that HTML, XML or JSON write in
    another way. Where all are too short to tell a story by, every text is a mark.
    """
    given = [text for text in texts if text.strip()]
    longest = [max(_ESCAPED.split(text), key=len).strip()[:_LONGEST] for text in given]
    telling = [stretch for stretch in longest if len(stretch) >= _SHORTEST]
    return Marks(story=story, words=_encoded(telling) or _encoded(longest))


def _encoded(stretches: Iterable[str]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys(stretch.encode() for stretch in stretches if stretch))


async def prove(
    surfaces: Sequence[Surface],
    marks: Marks,
    fetch: Fetch,
    clock: Callable[[], datetime],
    *,
    at_once: int = 6,
) -> tuple[Seen, ...]:
    """Fetch every surface once, a few at a time, and say what each served."""
    gate = asyncio.Semaphore(at_once)

    async def look(surface: Surface) -> Seen:
        async with gate:
            return await _look(surface, marks, fetch, clock)

    return tuple(await asyncio.gather(*(look(surface) for surface in surfaces)))


async def _look(
    surface: Surface, marks: Marks, fetch: Fetch, clock: Callable[[], datetime]
) -> Seen:
    try:
        status, body = await fetch(surface.address)
    except Exception as error:  # noqa: BLE001  whatever kept it from answering, it is not clean
        why = f"no answer: {type(error).__name__}: {error}"
        return Seen(surface=surface, at=clock(), status=None, clean=False, detail=why)
    found = stain(surface, status, body, marks)
    return Seen(surface=surface, at=clock(), status=status, clean=found is None, detail=found)


def stain(surface: Surface, status: int, body: bytes, marks: Marks) -> str | None:
    """Why this answer is not clean, or None."""
    expected = _THERE_OR_NOT if surface.status is None else (surface.status,)
    if status not in expected:
        return f"answered {status}, expected {' or '.join(map(str, expected))}"
    if surface.kind == "list":
        return "still listed" if marks.story.encode() in body else None
    found = next((word for word in marks.words if word in body), None)
    if found is None or (surface.kind == "feed" and _elsewhere(found, body, marks.story)):
        return None
    return "still shows the text"


def _elsewhere(word: bytes, body: bytes, story: str) -> bool:
    """Whether the words stand only in other stories' entries of a feed.

    What two stories both say may stay in the one that was not withdrawn.
    """
    entries = _entries(body)
    theirs = sum(entry.count(word) for entry in entries if story.encode() not in entry)
    return theirs == body.count(word)


def _entries(body: bytes) -> list[bytes]:
    """The entries of an Atom or RSS feed, a JSON Feed or the corrections page, each as bytes."""
    if not body.lstrip().startswith(b"{"):
        return [match.group() for match in _ENTRY.finditer(body)]
    try:
        feed = msgspec.json.decode(body, type=_JsonFeed)
    except msgspec.DecodeError:
        return []
    return [bytes(item) for item in feed.items]


class _JsonFeed(msgspec.Struct, frozen=True):
    items: list[msgspec.Raw] = []
