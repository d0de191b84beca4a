"""The texts in files: a plain file is one as it is, any other is read as the desk reads it."""

from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from pathlib import Path

import msgspec

from copytaster import formats
from copytaster import text
from copytaster.agency import Profile
from copytaster.cli._manners import file_name
from copytaster.item import Item

_PLAIN = ".txt"
_MOST_BYTES = 16 * 1024 * 1024
"""of one file"""


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """One text: a plain file, or an item in a file."""

    words: str
    item: Item | None = None


def texts_in(path: Path, profile: Profile, format_name: str | None) -> Iterator[tuple[str, Text]]:
    """The texts in a file, by name. Raises what reading raises, and ValueError in a sentence."""
    name = file_name(path)
    size = path.stat().st_size
    if size > _MOST_BYTES:
        raise ValueError(f"{size} bytes: more than {_MOST_BYTES}; give smaller files")
    data = path.read_bytes()
    if format_name is None and path.suffix.lower() == _PLAIN:
        yield name, Text(words=_decoded(data))
        return
    parsed = formats.parse(
        data, profile, formats.Context(received=datetime.now(UTC)), format=format_name
    )
    for item in parsed.items:
        called = name if len(parsed.items) == 1 else f"{name}#{item.guid}"
        yield called, Text(words=text.plain(item.copy), item=item)
    if parsed.failed:
        raise ValueError("; ".join(f"entry {bad.index}: {bad.error}" for bad in parsed.failed))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start} is not UTF-8; convert the file") from error
