"""Bytes and an agency's profile → items.

In: one delivery's bytes, the agency's profile, and what else is known of the delivery. Out: a
:class:`Parsed` with the items, what was set aside, and which single items could not be read.
One module per format, found through the entry-point group ``copytaster.formats``. Not its
business: whether an item may be published, what it replaces, where it is kept.

Errors are drawn as a tree in :mod:`copytaster.formats._types`; all are :class:`FormatError`.
"""

import hashlib

import msgspec

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats._detect import Document
from copytaster.formats._detect import choose
from copytaster.formats._detect import contradiction
from copytaster.formats._detect import document
from copytaster.formats._detect import registered
from copytaster.formats._types import MOST_ITEMS
from copytaster.formats._types import Ambiguous
from copytaster.formats._types import BadItem
from copytaster.formats._types import Context
from copytaster.formats._types import Empty
from copytaster.formats._types import FeedFacts
from copytaster.formats._types import Format
from copytaster.formats._types import FormatError
from copytaster.formats._types import Json
from copytaster.formats._types import NotAFeed
from copytaster.formats._types import OverLimit
from copytaster.formats._types import Parsed
from copytaster.formats._types import SetAside
from copytaster.formats._types import Sniff
from copytaster.formats._types import Unknown
from copytaster.formats._types import Unreadable
from copytaster.formats.lines import line
from copytaster.item import Item
from copytaster.item import RawRef
from copytaster.item import Remark

__all__ = [
    "MOST_ITEMS",
    "Ambiguous",
    "BadItem",
    "Context",
    "Empty",
    "FeedFacts",
    "Format",
    "FormatError",
    "Json",
    "NotAFeed",
    "OverLimit",
    "Parsed",
    "SetAside",
    "Sniff",
    "Unknown",
    "Unreadable",
    "line",
    "names",
    "parse",
    "text_of",
]


def parse(data: bytes, profile: Profile, context: Context, *, format: str | None = None) -> Parsed:
    """The items in ``data``.

    ``format`` names the reader and skips detection. Raises :class:`FormatError` when the
    document as a whole gives nothing; a single bad item is in ``failed``, beside its neighbours.
    """
    found = document(data, context.content_type)
    reader = choose(found, registered().values()) if format is None else _named(format, found)
    raw = RawRef(
        sha256=hashlib.sha256(data).hexdigest(),
        length=len(data),
        content_type=context.content_type,
        declared_charset=found.declared,
        used_charset=found.used,
    )
    declared = contradiction(context.content_type, reader.name, found.family)
    return _remarked(reader.read(found.body, raw, profile, context), found, declared)


def names() -> tuple[str, ...]:
    """The names of all registered formats."""
    return tuple(sorted(registered()))


def text_of(item: Item) -> str:
    """The canonical plain text of the item's body (docs/reference/text.md)."""
    return text.plain(item.copy)


def _named(name: str, found: Document) -> Format:
    """The format a caller named, if the bytes are the kind of document it is written in."""
    reader = registered().get(name)
    if reader is None:
        raise Unknown(f"no format is called {name!r}; known: {', '.join(names())}")
    if reader.document != found.family:
        raise Unreadable(f"{name} is written in {reader.document}, this is {found.family}")
    return reader


def _remarked(parsed: Parsed, found: Document, declared: str | None) -> Parsed:
    """Every item carries the document's repairs and remarks, and a contradicted declaration."""
    contradicted = (Remark(code="declared-type", detail=declared),) if declared else ()
    remarks = found.remarks + contradicted
    if not remarks and not found.repairs:
        return parsed
    items = tuple(
        msgspec.structs.replace(
            item,
            warnings=item.warnings + remarks,
            repairs=tuple(dict.fromkeys(item.repairs + found.repairs)),
        )
        for item in parsed.items
    )
    return msgspec.structs.replace(parsed, items=items)
