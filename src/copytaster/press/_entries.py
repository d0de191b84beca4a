"""An entry as the store keeps it: bytes that only the press reads."""

from functools import lru_cache
from typing import Generic
from typing import TypeVar

import msgspec

from copytaster.agency import Feeds
from copytaster.agency import Indexing
from copytaster.press._types import Entry
from copytaster.press._types import Site
from copytaster.press._words import disclosure

_Told = TypeVar("_Told")
_STRICTEST = (Feeds.none, Feeds.headline, Feeds.full)
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Entry)


class Same(Generic[_Told]):
    """What is told of a story, by its identity: it never changes, and to compare two would take
    longer than to write one. What was made of it can be found again by it."""

    __slots__ = ("told",)

    def __init__(self, told: _Told) -> None:
        self.told = told

    def __hash__(self) -> int:
        return id(self.told)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.told is other.told


def encode_entry(entry: Entry) -> bytes:
    """The entry as opaque bytes."""
    return _ENCODER.encode(entry)


@lru_cache(maxsize=1024)
def decode_entry(kept: bytes) -> Entry:
    """The entry from the bytes of :func:`encode_entry`; for the same bytes the same entry, so
    that what was made of it can be found again."""
    return _DECODER.decode(kept)


def disclosure_of(entry: Entry, site: Site) -> str:
    """What an entry says of itself in the language of its text, or in English."""
    words = site.tongue(entry.language).words
    return disclosure(words, entry.agency_name, site.name, reviewed=entry.reviewed is not None)


class _Indexed(msgspec.Struct, frozen=True):
    indexing: Indexing = Indexing.news_noindex


_INDEXED = msgspec.msgpack.Decoder(_Indexed)


def indexing_of(kept: bytes) -> Indexing:
    """What the rights of an entry let search engines do, from its bytes: nothing else of them
    is read, since a sitemap asks for a thousand."""
    return _INDEXED.decode(kept).indexing


def in_feeds(entry: Entry, contract: Feeds) -> Entry | None:
    """The entry as feeds may carry it, None where they may not: by the rights it was made under
    and by the contract of today, whichever is the stricter."""
    allowed = min(Feeds(entry.feeds), contract, key=_STRICTEST.index)
    if allowed is Feeds.none:
        return None
    if allowed is Feeds.full:
        return entry
    return msgspec.structs.replace(entry, body_html="", teaser=None, correction=None)
