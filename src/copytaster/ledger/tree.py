"""The tree: hashes and growth (RFC 6962 section 2.1 over C2SP tlog-tiles v0.1.0).

A tree is held by its size and its right edge: at each level the hashes of the tile that is not
full yet, and the entries of the bundle that is not. Growing it gives the files to write; what
is full is let go. A tree of any size is some kilobytes.
"""

import hashlib
from collections.abc import Sequence
from typing import Final

import msgspec

from copytaster.ledger import tiles
from copytaster.ledger._errors import Malformed
from copytaster.ledger._spelling import HASH
from copytaster.ledger.tiles import HEIGHT
from copytaster.ledger.tiles import WIDTH
from copytaster.ledger.tiles import Place
from copytaster.ledger.tiles import Read

_sha256 = hashlib.sha256
EMPTY_ROOT: Final = _sha256(b"").digest()
"""root of a tree without entries"""


def leaf_hash(entry: bytes) -> bytes:
    """Hash of an entry at the foot of the tree."""
    return _sha256(b"\0" + entry).digest()


def leaf_hashes(entries: Sequence[bytes]) -> bytes:
    """Those of many entries, side by side."""
    return b"".join([_sha256(b"\0" + entry).digest() for entry in entries])


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of two subtrees together."""
    return _sha256(b"\1" + left + right).digest()


def fold(hashes: bytes) -> bytes:
    """Root over hashes that stand side by side, 32 bytes each; nothing over none.

    Level by level, the odd one out carried up: the same tree as RFC 6962's, which splits at the
    largest power of two.
    """
    while len(hashes) > HASH:
        odd = len(hashes) % (2 * HASH)
        paired = len(hashes) - odd
        pairs = [
            _sha256(b"\1" + hashes[at : at + 2 * HASH]).digest()
            for at in range(0, paired, 2 * HASH)
        ]
        hashes = b"".join(pairs) + hashes[paired:]
    return hashes


class Tree(msgspec.Struct, frozen=True, kw_only=True):
    """A tree's size and right edge."""

    size: int = 0
    edge: tuple[bytes, ...] = ()
    """at each level the hashes of the tile that is not full, side by side; maybe none"""
    pending: tuple[bytes, ...] = ()
    """the entries of the bundle that is not full"""


EMPTY: Final = Tree()


class Growth(msgspec.Struct, frozen=True, kw_only=True):
    """A tree after more entries, and the files that make it so."""

    tree: Tree
    files: tuple[tuple[str, bytes], ...]
    """path and bytes, in the order of writing: all before the checkpoint that needs them"""


def root(tree: Tree) -> bytes:
    """The tree's root hash."""
    found = b""
    for hashes in tree.edge:
        found = fold(hashes + found)
    return found or EMPTY_ROOT


def grow(tree: Tree, entries: Sequence[bytes]) -> Growth:
    """Append entries. Only full tiles and the changed partial ones are given back."""
    growing = _Growing(tree)
    at = 0
    while at < len(entries):
        room = WIDTH - len(growing.pending)
        growing.take(entries[at : at + room])
        at += room
    return growing.done()


def load(size: int, read: Read) -> Tree:
    """The tree of this size from its files, to go on with.

    Raises :class:`Missing` where one is not there. Nothing is proved yet: compare
    :func:`root` with the checkpoint.
    """
    edge = []
    for level in range(_levels(size)):
        hashes = size >> (HEIGHT * level)
        partial = hashes % WIDTH
        edge.append(tiles.read_tile(read, level, hashes // WIDTH, size) if partial else b"")
    pending = tiles.read_bundle(read, size // WIDTH, size) if size % WIDTH else []
    return Tree(size=size, edge=tuple(edge), pending=tuple(pending))


def _levels(size: int) -> int:
    """How many levels of tiles a tree of this size has."""
    return -(-size.bit_length() // HEIGHT)


class _Growing:
    """A tree in the making; lives inside :func:`grow` only."""

    def __init__(self, tree: Tree) -> None:
        self._size = tree.size
        self._edge = list(tree.edge)
        self.pending = list(tree.pending)
        self._files: list[tuple[str, bytes]] = []
        self._changed: set[int] = set()

    def take(self, entries: Sequence[bytes]) -> None:
        """No more entries than the bundle has room for."""
        if any(len(entry) > tiles.LARGEST_ENTRY for entry in entries):
            raise Malformed(f"an entry has more than {tiles.LARGEST_ENTRY:,} bytes")
        self.pending += entries
        self._size += len(entries)
        if len(self.pending) == WIDTH:
            index = self._size // WIDTH - 1
            self._write(None, index, WIDTH, tiles.encode_bundle(self.pending))
            self.pending = []
        self._push(0, leaf_hashes(entries))

    def _push(self, level: int, hashes: bytes) -> None:
        if level == len(self._edge):
            self._edge.append(b"")
        self._changed.add(level)
        tile = self._edge[level] + hashes
        if len(tile) < WIDTH * HASH:
            self._edge[level] = tile
            return
        self._edge[level] = b""
        self._write(level, (self._size >> (HEIGHT * (level + 1))) - 1, WIDTH, tile)
        self._push(level + 1, fold(tile))

    def _write(self, level: int | None, index: int, width: int, data: bytes) -> None:
        self._files.append((tiles.path(Place(level=level, index=index, width=width)), data))

    def done(self) -> Growth:
        """With the partial files that changed."""
        index = self._size // WIDTH
        if self.pending and self._changed:
            self._write(None, index, len(self.pending), tiles.encode_bundle(self.pending))
        for level in sorted(self._changed):
            if tile := self._edge[level]:
                index = self._size >> (HEIGHT * (level + 1))
                self._write(level, index, len(tile) // HASH, tile)
        tree = Tree(size=self._size, edge=tuple(self._edge), pending=tuple(self.pending))
        return Growth(tree=tree, files=tuple(self._files))
