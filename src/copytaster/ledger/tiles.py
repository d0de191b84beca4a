"""Tiles and entry bundles: their paths and bytes (C2SP tlog-tiles v0.1.0, "APIs").

A log is a set of small files. ``tile/<L>/<N>`` holds 256 hashes of one level of the tree,
``tile/entries/<N>`` the 256 entries below them; the last of each is shorter and says so in its
path, ``.p/<W>``. None ever changes. No pruning: the minimum index is 0.
"""

import re
from collections.abc import Callable
from collections.abc import Sequence
from typing import Final

import msgspec

from copytaster.ledger._errors import Malformed
from copytaster.ledger._errors import Missing
from copytaster.ledger._spelling import HASH
from copytaster.ledger._spelling import LARGEST

WIDTH: Final = 256
"""hashes of a full tile, entries of a full bundle"""
HEIGHT: Final = 8
"""levels of the tree that one tile spans"""
LARGEST_ENTRY: Final = 65_535
CHECKPOINT: Final = "checkpoint"
"""the path of the one file that changes"""

Read = Callable[[str], bytes | None]
"""how a log's files are got, by their path below its address; None where there is none.
A dict's ``get`` is one; so is a folder, or HTTP with a limit on what it takes."""

_PATH = re.compile(
    r"tile/(entries|0|[1-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?",
    re.ASCII,
)


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Which tile or bundle a path means."""

    level: int | None
    """None for a bundle of entries"""
    index: int
    width: int = WIDTH


def path(place: Place) -> str:
    """``tile/0/x001/x234/067``, with ``.p/<W>`` unless it is full."""
    level = "entries" if place.level is None else place.level
    digits = str(place.index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    number = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
    return f"tile/{level}/{number}" + ("" if place.width == WIDTH else f".p/{place.width}")


def place(path: str) -> Place:
    """The same, read; raises :class:`Malformed` for a path that :func:`path` would not write."""
    found = _PATH.fullmatch(path) if len(path) <= 100 else None
    if found is None:
        raise Malformed(f"{path[:80]!r} is no path of a tile or bundle")
    level, number, width = found.groups()
    index = int(number.replace("x", "").replace("/", ""))
    wide = WIDTH if width is None else int(width)
    if number.startswith("x000") or index > LARGEST or (width is not None and wide >= WIDTH):
        raise Malformed(f"{path[:80]!r} is no path of a tile or bundle")
    return Place(level=None if level == "entries" else int(level), index=index, width=wide)


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """Entries, each behind its length as a big-endian uint16."""
    if any(len(entry) > LARGEST_ENTRY for entry in entries):
        raise Malformed(f"an entry has more than {LARGEST_ENTRY:,} bytes")
    return b"".join([b"%b%b" % (len(entry).to_bytes(2), entry) for entry in entries])


def decode_bundle(data: bytes, width: int, where: str = "a bundle") -> list[bytes]:
    """The entries of a bundle that must hold ``width`` of them and nothing else."""
    entries: list[bytes] = []
    at, end = 0, len(data)
    while at + 2 <= end and len(entries) < width:
        begin = at + 2
        at = begin + (data[at] << 8 | data[at + 1])
        entries.append(data[begin:at])
    if len(entries) != width or at != end:
        raise Malformed(f"{where} must hold {width} whole entries and nothing else")
    return entries


def width_at(level: int | None, index: int, size: int) -> int:
    """How wide that tile is in a tree of this size; 0 where there is none."""
    hashes = size >> (HEIGHT * (level or 0))
    return max(0, min(WIDTH, hashes - index * WIDTH))


def read_tile(read: Read, level: int, index: int, size: int) -> bytes:
    """The hashes of a tile, as many as a tree of this size has in it.

    Where a partial tile is gone, the full one stands in for it: logs may delete what is
    outgrown. Raises :class:`Missing`.
    """
    width = width_at(level, index, size)
    here = path(Place(level=level, index=index, width=width))
    data = read(here)
    if data is None and width < WIDTH:
        data = read(path(Place(level=level, index=index)))
        wanted = WIDTH
    else:
        wanted = width
    if data is None:
        raise Missing(f"{here} is not there, in a log of {size:,} entries")
    if len(data) != wanted * HASH:
        raise Missing(f"{here} has {len(data):,} bytes, not {wanted * HASH:,}")
    return data[: width * HASH]


def read_bundle(read: Read, index: int, size: int) -> list[bytes]:
    """The entries of a bundle, as many as a tree of this size has in it.

    Raises :class:`Missing`, and :class:`Malformed` for bytes that are no bundle.
    """
    width = width_at(None, index, size)
    here = path(Place(level=None, index=index, width=width))
    data = read(here)
    if data is not None:
        return decode_bundle(data, width, here)
    full = path(Place(level=None, index=index))
    data = read(full) if width < WIDTH else None
    if data is None:
        raise Missing(f"{here} is not there, in a log of {size:,} entries")
    return decode_bundle(data, WIDTH, full)[:width]
