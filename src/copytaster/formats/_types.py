"""The values of the formats room, and its errors.

The error tree::

    FormatError            the delivery as a whole gives no items
    ├── Empty              no bytes, or nothing but white space
    ├── NotAFeed           a web page: most often a server's error page in a feed's place
    ├── Unknown            no registered format claims the bytes
    ├── Ambiguous          two formats claim them
    ├── Unreadable         not text, not well-formed, or not what its format demands
    └── OverLimit          larger, deeper or longer than the limits

A single item that cannot be read is no error: it is a :class:`BadItem` beside its neighbours.
"""

from collections.abc import Callable
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any
from typing import Literal
from typing import TypeVar

import msgspec

from copytaster.agency import Profile
from copytaster.item import FormatName
from copytaster.item import Item
from copytaster.item import RawRef
from copytaster.text import TextError

_Member = TypeVar("_Member")

MOST_ITEMS = 10_000
"""Items that one document may hold; a longer one is refused whole."""

LONGEST_ID = 4_096
"""Characters of an id; an item with a longer one cannot be read."""


_LONGEST_ERROR = 500


class FormatError(Exception):
    """The delivery gives no items. The message says what was seen and what to do, in one line."""


class BadReading(Exception):
    """One item cannot be read, in words of this room; its neighbours can."""


class Empty(FormatError):
    """No bytes, or nothing but white space."""


class NotAFeed(FormatError):
    """A web page came in the place of copy."""


class Unknown(FormatError):
    """No registered format claims these bytes."""


class Ambiguous(FormatError):
    """More than one format claims these bytes."""


class Unreadable(FormatError):
    """The bytes belong to a format and cannot be read in it."""


class OverLimit(FormatError):
    """Larger, deeper or longer than the limits."""


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a delivery apart from its bytes."""

    received: datetime
    url: str | None = None
    """the address it was fetched from; relative links are resolved against it"""
    content_type: str | None = None
    """as the sender declared it; compared with the bytes, never trusted over them"""
    words: bool = True
    """read the words of bodies, with sanitising and accounting. False leaves ``copy`` empty and
    everything else as it is: for who wants the facts only. Such an item is never published."""


class SetAside(msgspec.Struct, frozen=True, kw_only=True):
    """Something of value that is not copy: a concept, a catalogue, a planned event."""

    guid: str | None
    code: str
    """stable; the list is in ``docs/reference/formats.md``"""
    detail: str | None = None


class BadItem(msgspec.Struct, frozen=True, kw_only=True):
    """One item of a document that could not be read; its neighbours were."""

    index: int
    """place in the document, counted from 0"""
    guid: str | None
    error: str


class FeedFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed says about itself: when to poll it, and whom to ask for more."""

    ttl_minutes: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()
    hub: str | None = None
    """WebSub hub"""
    self_link: str | None = None
    prev_archive: str | None = None
    """RFC 5005 ``prev-archive``"""
    complete: bool = False
    """RFC 5005 ``fh:complete``: the document is the whole feed"""
    expired: bool = False
    """JSON Feed's word that the feed is finished: nothing will be added to it"""


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """What one delivery held."""

    format: FormatName
    items: tuple[Item, ...] = ()
    aside: tuple[SetAside, ...] = ()
    failed: tuple[BadItem, ...] = ()
    feed: FeedFacts | None = None
    snapshot: bool = False
    """the document is a feed's present window: an item's absence from it means nothing"""


class Json(msgspec.Struct, frozen=True, kw_only=True):
    """A JSON document, decoded once. No object in it has the same key twice."""

    value: object
    source: str


class Html(msgspec.Struct, frozen=True, kw_only=True):
    """A web page as characters (WHATWG), not parsed."""

    source: str


class Octets(msgspec.Struct, frozen=True, kw_only=True):
    """A document without a declared charset of its own: wire messages, mail, bare text."""

    data: bytes


class Sniff(msgspec.Struct, frozen=True, kw_only=True):
    """What detection may look at: the document itself, never a file name."""

    head: str
    """the first 512 characters; of octets read as latin-1, so that each byte is a character"""
    data: bytes
    """the document as it came, for what the head cannot tell"""
    root: str | None = None
    """local name of the XML root element"""
    namespace: str | None = None
    keys: frozenset[str] = frozenset()
    """keys of the top-level JSON object"""
    member_keys: frozenset[str] = frozenset()
    """keys of the first object in a top-level JSON list, or in the first list of the object"""
    value: object = None
    """the decoded JSON document"""


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """A format as it is registered in the entry-point group ``copytaster.formats``."""

    name: str
    """as in ``--format`` and in the output: ``rss``, ``newsml-g2``"""
    claims: Callable[[Sniff], bool]
    """true when the document is in this format; at most one format of its kind of document may
    say so. It must not raise, whatever the bytes are"""
    read: Callable[[Any, RawRef, Profile, Context], Parsed]
    """the reader: pure; raises :class:`FormatError` when the whole document is unusable. It gets
    a :class:`~copytaster.text.Xml`, :class:`Json`, :class:`Html` or :class:`Octets`, as
    ``document`` says"""
    document: Literal["xml", "json", "html", "octets"] = "xml"


def bad_item(index: int, guid: str | None, error: Exception) -> BadItem:
    """What stands in the place of an item whose reading failed, whatever failed."""
    told = str(error)
    named = told if isinstance(error, BadReading | TextError) else f"{type(error).__name__}: {told}"
    return BadItem(index=index, guid=guid, error=named[:_LONGEST_ERROR])


def no_more_than_allowed(items: Iterable[_Member]) -> list[_Member]:
    """All items of a document; raises OverLimit where one more than the limit is found.

    What stands behind that one is not looked at: finding where items begin can be most of the
    work that a hostile document asks for.
    """
    found = list(islice(items, MOST_ITEMS + 1))
    if len(found) > MOST_ITEMS:
        raise OverLimit(f"more items in one document than the limit, which is {MOST_ITEMS}")
    return found
