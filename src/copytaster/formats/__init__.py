"""Bytes and an agency's profile → items.

In: one delivery's bytes, the agency's profile, and what else is known of the delivery. Out: a
:class:`Parsed` with the items, what was set aside, and which single items could not be read.
One module per format, found through the entry-point group ``copytaster.formats``; what a format
of another package needs is exported here too (``docs/how-to/add-a-format.md``). Not its
business: whether an item may be published, what it replaces, where it is kept.

Errors are drawn as a tree in :mod:`copytaster.formats._types`; all are :class:`FormatError`.
"""

from copytaster import text
from copytaster.formats._hash import seal
from copytaster.formats._reading import names
from copytaster.formats._reading import parse
from copytaster.formats._status import missing_status
from copytaster.formats._status import status
from copytaster.formats._types import MOST_ITEMS
from copytaster.formats._types import Ambiguous
from copytaster.formats._types import BadItem
from copytaster.formats._types import Context
from copytaster.formats._types import Empty
from copytaster.formats._types import FeedFacts
from copytaster.formats._types import Format
from copytaster.formats._types import FormatError
from copytaster.formats._types import Html
from copytaster.formats._types import Json
from copytaster.formats._types import NotAFeed
from copytaster.formats._types import Octets
from copytaster.formats._types import OverLimit
from copytaster.formats._types import Parsed
from copytaster.formats._types import SetAside
from copytaster.formats._types import Sniff
from copytaster.formats._types import Unknown
from copytaster.formats._types import Unreadable
from copytaster.formats._words import html_words
from copytaster.formats._words import plain_words
from copytaster.formats.lines import line
from copytaster.item import Item

__all__ = [
    "MOST_ITEMS",
    "Ambiguous",
    "BadItem",
    "Context",
    "Empty",
    "FeedFacts",
    "Format",
    "FormatError",
    "Html",
    "Json",
    "NotAFeed",
    "Octets",
    "OverLimit",
    "Parsed",
    "SetAside",
    "Sniff",
    "Unknown",
    "Unreadable",
    "html_words",
    "line",
    "missing_status",
    "names",
    "parse",
    "plain_words",
    "seal",
    "status",
    "text_of",
]


def text_of(item: Item) -> str:
    """The canonical plain text of the item's body (docs/reference/text.md)."""
    return text.plain(item.copy)
