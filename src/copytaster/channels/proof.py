"""What counts as gone: which answers of a public address still show a withdrawn story.

A surface is *clean* when its status is the one expected and its bytes hold none of the
story's marks. Marks are stretches of letters taken from the words that must not be
seen, so that no escaping rule of HTML, XML or JSON can hide them; lists are searched for the
story's address instead, since two stories may share a headline.
"""

import base64
import re
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

import msgspec

_ESCAPED = re.compile(r"[&<>\"'\\\x00-\x1f\x7f-\xa0\u2028\u2029]")
_SHORTEST = 12
_LONGEST = 64
_ENTRY = re.compile(rb"<(entry|item|article)[ >]")
"""how one begins: of Atom, of RSS, of the corrections page"""
_EXTRA = re.compile(rb"^extra (.*)$", re.MULTILINE)
"""what a proof carries beside itself (C2SP tlog-proof)"""
_THERE_OR_NOT = (200, 404, 410)


class Surface(msgspec.Struct, frozen=True, kw_only=True):
    """One public address and what it must show."""

    address: str
    kind: str
    """own: an address of the story; list: must not name it; feed: may name it, not its words;
    picture: stays, without the picture; proof: of the public log, must not open a text"""
    status: int | None = None
    """the only right answer; None: there (200) or not there (404, 410), as long as it is clean"""
    place: tuple[int, int] | None = None
    """of a later page of a list: where in the list the story stood, so that another page that
    reaches over this place will do (microseconds since 1970 and story number, or the event)"""
    asks: str | None = None
    """what is fetched, where the address would tell the words that must be gone: it stays in
    receipts and is said in alerts"""


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """By what a story is recognised in other people's bytes."""

    story: str
    words: tuple[bytes, ...]


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What one address was seen to serve, and when."""

    surface: Surface
    address: str
    """what was fetched: the surface's own address, or another page that reaches over it"""
    at: datetime
    status: int | None
    clean: bool
    detail: str | None = None


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


def stain(surface: Surface, status: int, body: bytes, marks: Marks) -> str | None:
    """Why this answer is not clean, or None."""
    if surface.kind == "proof":
        return "still opens the text" if _opens(body) else None
    expected = _THERE_OR_NOT if surface.status is None else (surface.status,)
    if status not in expected:
        return f"answered {status}, expected {' or '.join(map(str, expected))}"
    if surface.kind == "list":
        return "still listed" if marks.story.encode() in body else None
    if surface.kind == "feed":
        return "still shows the text" if _feed_says(body, marks) else None
    return "still shows the text" if _says(body, marks) else None


def _opens(body: bytes) -> bool:
    """Whether a proof tells the salt of a text, or what it tells cannot be read. Any other
    answer is clean: until the log has the withdrawal there is nothing to prove it by."""
    try:
        told = [base64.b64decode(extra, validate=True) for extra in _EXTRA.findall(body)]
    except ValueError:
        return True
    return any(b"\nsalt " in extra for extra in told)


def _says(body: bytes, marks: Marks) -> bool:
    return any(word in body for word in marks.words)


def _feed_says(body: bytes, marks: Marks) -> bool:
    """Whether the words stand in a feed anywhere but in other stories' entries: what two
    stories both say may stay in the one that was not withdrawn."""
    outside, entries = _taken_apart(body)
    if _says(outside, marks):
        return True
    story = marks.story.encode()
    return story in body and any(_says(entry, marks) for entry in entries if story in entry)


@lru_cache(maxsize=4)
def _taken_apart(body: bytes) -> tuple[bytes, tuple[bytes, ...]]:
    """What of a feed is in no entry, and its entries. Kept for a moment: one answer is looked
    through for hundreds of stories."""
    entries = tuple(_entries(body))
    outside: list[bytes] = []
    at = 0
    for entry in entries:
        found = body.find(entry, at)
        outside.append(body[at:found])
        at = found + len(entry)
    return b"\n".join([*outside, body[at:]]), entries


def _entries(body: bytes) -> list[bytes]:
    """The entries of an Atom or RSS feed, a JSON Feed, the API's list or the corrections page,
    each as bytes."""
    if not body.lstrip().startswith(b"{"):
        return list(_elements(body))
    try:
        feed = msgspec.json.decode(body, type=_JsonFeed)
    except msgspec.DecodeError:
        return []
    return [bytes(item) for item in (*feed.items, *feed.stories)]


def _elements(body: bytes) -> Iterator[bytes]:
    """Each from its begin tag to the first end tag of its name."""
    begin = _ENTRY.search(body)
    while begin is not None:
        tag = b"</" + begin[1] + b">"
        end = body.find(tag, begin.end())
        at = begin.end() if end < 0 else end + len(tag)
        if end >= 0:
            yield body[begin.start() : at]
        begin = _ENTRY.search(body, at)


class _JsonFeed(msgspec.Struct, frozen=True):
    items: list[msgspec.Raw] = []
    stories: list[msgspec.Raw] = []
    """of the API's list"""
