"""The same story in several formats: the items must be equal, field by field.

``twins.toml`` names the files, what one of two formats cannot say, and where the files
themselves differ; any other difference is a failure.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from conformance.corpus import told
from conformance.reading import NOW
from copytaster import agency
from copytaster import formats
from copytaster.item import Copy
from copytaster.item import Embargo
from copytaster.item import Item
from copytaster.moment import Moment

# What differs for reasons of the files: the bytes, their format, the bodies and words as sent.
OF_THE_FILE = frozenset(
    {"raw_ref", "format", "bodies", "content_hash", "warnings", "parser_version", "status_raw"}
)
FIELDS = tuple(f.name for f in msgspec.structs.fields(Item) if f.name not in OF_THE_FILE)


class Twin(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One story and the files that tell it."""

    name: str
    paths: tuple[str, ...]
    agency: str = "default"
    differ: dict[str, str] = {}
    """fields in which the files say different things, each with the reason"""


class Silence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Fields that one of two formats cannot say, or says otherwise, each with the reason."""

    between: tuple[str, str]
    fields: dict[str, str]


class Book(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of ``twins.toml``."""

    twin: tuple[Twin, ...]
    silence: tuple[Silence, ...]


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two items of one story, compared."""

    name: str
    paths: tuple[str, str]
    formats: tuple[str, str]
    equal: tuple[str, ...]
    """fields that say the same, both being silent included"""
    excused: dict[str, str]
    """fields that differ, with the reason that is written down"""
    differ: dict[str, tuple[str, str]]
    """fields that differ without one: what the first and the other says"""


def book() -> Book:
    """The stories, and what cannot be said."""
    return msgspec.convert(told("twins.toml"), Book)


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """All pairs, and the files of stories that give no item to compare."""

    pairs: list[Pair]
    unread: list[str]


def compare(corpus: Path) -> Compared:
    """Each story's first file against its others; files that the corpus lacks are passed over."""
    written = book()
    pairs: list[Pair] = []
    unread: list[str] = []
    for twin in written.twin:
        items = {path: _item(corpus / path, twin.agency) for path in twin.paths}
        unread += [f"{path}: {told}" for path, told in items.items() if isinstance(told, str)]
        read = {path: item for path, item in items.items() if isinstance(item, Item)}
        for path in [*read][1:]:
            first = next(iter(read))
            reasons = twin.differ | _silent(read[first], read[path], written.silence)
            pairs.append(_pair(twin.name, (first, path), (read[first], read[path]), reasons))
    return Compared(pairs=pairs, unread=unread)


def _item(path: Path, name: str) -> Item | str | None:
    """The file's one item; a line that says why there is none; None when there is no file."""
    if not path.is_file():
        return None
    context = formats.Context(received=NOW)
    try:
        items = formats.parse(path.read_bytes(), agency.load(name), context).items
    except formats.FormatError as error:
        return f"a twin that is refused: {error}"
    return items[0] if len(items) == 1 else f"a twin with {len(items)} items"


def _silent(one: Item, other: Item, known: Iterable[Silence]) -> dict[str, str]:
    names = {one.format.name, other.format.name}
    reasons: dict[str, str] = {}
    for silence in known:
        if set(silence.between) == names:
            reasons |= silence.fields
    return reasons


def _pair(
    name: str, paths: tuple[str, str], items: tuple[Item, Item], reasons: dict[str, str]
) -> Pair:
    one, other = items
    differ = [field for field in FIELDS if _said(one, field) != _said(other, field)]
    found = {
        field: (_shown(_said(one, field)), _shown(_said(other, field)))
        for field in differ
        if field not in reasons or (field == "copy" and not _within(one, other))
    }
    return Pair(
        name=name,
        paths=paths,
        formats=(one.format.name, other.format.name),
        equal=tuple(field for field in FIELDS if field not in differ),
        excused={field: reasons[field] for field in differ if field not in found},
        differ=found,
    )


def _within(one: Item, other: Item) -> bool:
    """Whether the shorter words stand whole in the longer: more than that nothing excuses."""
    words = sorted((str(_said(item, "copy")) for item in (one, other)), key=len)
    return words[0] in words[1]


def _said(item: Item, field: str) -> object:
    """What a field says: an instant however it is spelled, words however they are laid out."""
    value = getattr(item, field)
    if isinstance(value, Moment):
        return value.instant or value.raw
    if isinstance(value, Copy):
        return " ".join(formats.text_of(item).split())
    if isinstance(value, Embargo):
        return value.state, value.until or value.raw
    return value


def _shown(value: object) -> str:
    return repr(msgspec.to_builtins(value))[:200]
