"""Every place in a data folder where a word may be left, however it is written down.

Files are read raw. Blobs of every table are decompressed, and so is whatever begins like a stream
of zlib, gzip or zstd anywhere in a file: a page that is free, a log, an archive.
"""

import base64
import io
import json
import zipfile
import zlib
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import apsw

_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda", b"\x1f\x8b\x08")
_AUTO = zlib.MAX_WBITS | 32


def spelt(word: str) -> set[bytes]:
    """A word in every way in which it may stand in a file."""
    plain = word.encode()
    written = {
        plain,
        word.lower().encode(),
        word.upper().encode(),
        word.encode("utf-16-le"),
        word.encode("utf-16-be"),
        json.dumps(word)[1:-1].encode(),
        quote(word, safe="").encode(),
        plain.hex().encode(),
    }
    # within a longer text base64 begins at any of three places; its ends depend on neighbours
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + plain)
        written.add(coded[4 if before else 0 : len(coded) // 4 * 4 - 4])
    return {one for one in written if len(one) > 5}


def left(data: Path, words: Iterable[str]) -> dict[str, set[str]]:
    """Where below ``data`` each of these words is: files, and what was found within them."""
    return _found(data, {word: spelt(word) for word in words})


def salts_left(data: Path, salts: Iterable[bytes]) -> dict[str, set[str]]:
    """The same of bytes: as they are, in hex, and in base64."""
    ways = {salt.hex(): {salt, salt.hex().encode(), base64.b64encode(salt)} for salt in salts}
    return _found(data, ways)


def _found(data: Path, wanted: Mapping[str, Collection[bytes]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for place, held in _places(data):
        for word, ways in wanted.items():
            if any(way in held for way in ways):
                found.setdefault(word, set()).add(place)
    return found


def _places(data: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(data.rglob("*")):
        yield str(path.relative_to(data)), path.name.encode()
        if not path.is_file():
            continue
        name, held = str(path.relative_to(data)), path.read_bytes()
        yield name, held
        yield from ((f"{name} (stream)", one) for one in _streams(held))
        if held.startswith(b"PK"):
            yield from _members(name, held)
        if held.startswith(b"SQLite format 3"):
            yield from _rows(path)


def _streams(held: bytes) -> Iterator[bytes]:
    """Whatever can be read from any place that looks like the beginning of a stream."""
    for magic in _ZLIB:
        at = held.find(magic)
        while at >= 0:
            stream = zlib.decompressobj(_AUTO)
            out = bytearray()
            try:
                for start in range(at, len(held), 512):
                    out += stream.decompress(held[start : start + 512])
                    if stream.eof:
                        break
            except zlib.error:
                pass
            yield bytes(out)
            at = held.find(magic, at + 1)


def _members(name: str, held: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(held)) as zip:
        for member in zip.namelist():
            yield f"{name}:{member}", zip.read(member)


def _rows(path: Path) -> Iterator[tuple[str, bytes]]:
    """Every value of every table, its indexes of words included; blobs decompressed too."""
    db = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        for (table,) in tables:
            try:
                rows = db.execute(f'SELECT * FROM "{table}"')
            except apsw.SQLError:
                continue
            for row in rows:
                for value in row:
                    yield from ((f"{path.name}:{table}", one) for one in _values(value))
    finally:
        db.close()


def _values(value: object) -> Iterator[bytes]:
    if isinstance(value, str):
        yield value.encode(errors="surrogatepass")
    elif isinstance(value, bytes):
        yield value
        yield from _streams(value)
