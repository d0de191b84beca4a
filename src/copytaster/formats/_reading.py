"""One document, from its bytes to its items: detection, the reader, what the profile adds.

The way every delivery takes, and every document inside another one: a wire file that came as
the attachment of a mail is read by :func:`parse` like any other.
"""

import hashlib
from operator import is_

import msgspec

from copytaster.agency import Profile
from copytaster.formats._detect import Document
from copytaster.formats._detect import choose
from copytaster.formats._detect import contradiction
from copytaster.formats._detect import document
from copytaster.formats._detect import registered
from copytaster.formats._habits import by_habit
from copytaster.formats._types import Context
from copytaster.formats._types import Format
from copytaster.formats._types import Parsed
from copytaster.formats._types import Unknown
from copytaster.formats._types import Unreadable
from copytaster.item import Item
from copytaster.item import RawRef
from copytaster.item import Remark


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
    parsed = reader.read(found.body, raw, profile, context)
    declared = contradiction(context.content_type, reader.name, found.family)
    contradicted = (Remark(code="declared-type", detail=declared),) if declared else ()
    remarks = found.remarks + contradicted
    items = [by_habit(_remarked(item, found, remarks), profile) for item in parsed.items]
    if all(map(is_, items, parsed.items)):
        return parsed
    return msgspec.structs.replace(parsed, items=tuple(items))


def names() -> tuple[str, ...]:
    """The names of all registered formats."""
    return tuple(sorted(registered()))


def _named(name: str, found: Document) -> Format:
    """The format a caller named, if the bytes are the kind of document it is written in."""
    reader = registered().get(name)
    if reader is None:
        raise Unknown(f"no format is called {name!r}; known: {', '.join(names())}")
    if reader.document != found.family:
        raise Unreadable(f"{name} is written in {reader.document}, this is {found.family}")
    return reader


def _remarked(item: Item, found: Document, remarks: tuple[Remark, ...]) -> Item:
    """Every item carries the document's repairs and remarks, and a contradicted declaration."""
    if not remarks and not found.repairs:
        return item
    return msgspec.structs.replace(
        item,
        warnings=item.warnings + remarks,
        repairs=tuple(dict.fromkeys(item.repairs + found.repairs)),
    )
