"""Inclusion and consistency proofs (RFC 6962 sections 2.1.1 and 2.1.2; checked as RFC 9162
sections 2.1.3.2 and 2.1.4.2 do).

Made from the tiles alone, by anyone; the log runs no program for it. Checking is strict: a
proof with a hash too many or too few is false. Nothing here trusts a tile: what was made from
tiles of others is worth what checking it against a signed root says.
"""

from collections.abc import Iterator
from collections.abc import Sequence

from copytaster.ledger import tiles
from copytaster.ledger import tree
from copytaster.ledger._errors import Malformed
from copytaster.ledger._errors import Unproved
from copytaster.ledger._spelling import HASH
from copytaster.ledger._spelling import LARGEST
from copytaster.ledger.tiles import HEIGHT
from copytaster.ledger.tiles import WIDTH
from copytaster.ledger.tiles import Read

_KEPT = 64
"""tiles kept while one proof is made, or many of one :class:`Prover`"""


class Prover:
    """Proofs in a log of one size, from its files. Keeps the tiles last used.

    Its methods raise :class:`Missing` where a tile is not there.
    """

    def __init__(self, size: int, read: Read) -> None:
        self.size = size
        self._read = read
        self._tiles: dict[tuple[int, int], bytes] = {}

    def root(self, size: int | None = None) -> bytes:
        """The root at this size or a smaller one."""
        size = self.size if size is None else size
        _check_range(size, self.size)
        return self._over(0, size) if size else tree.EMPTY_ROOT

    def inclusion(self, index: int) -> list[bytes]:
        """The hashes that lead from the entry at ``index`` to the root."""
        if not 0 <= index < self.size:
            raise Malformed(f"a log of {self.size:,} entries has no index {index:,}")
        return self._path(index, 0, self.size)

    def consistency(self, older: int) -> list[bytes]:
        """The hashes that show the log of size ``older`` to be this one's beginning."""
        _check_range(older, self.size)
        if older in {0, self.size}:
            return []
        return self._steps(older, 0, self.size, whole=True)

    def _path(self, index: int, begin: int, end: int) -> list[bytes]:
        hashes: list[bytes] = []
        while end - begin > 1:
            middle = begin + _split(end - begin)
            if index < middle:
                hashes.append(self._over(middle, end))
                end = middle
            else:
                hashes.append(self._over(begin, middle))
                begin = middle
        return hashes[::-1]

    def _steps(self, older: int, begin: int, end: int, *, whole: bool) -> list[bytes]:
        hashes: list[bytes] = []
        while older != end:
            middle = begin + _split(end - begin)
            if older <= middle:
                hashes.append(self._over(middle, end))
                end = middle
            else:
                hashes.append(self._over(begin, middle))
                begin, whole = middle, False
        if not whole:
            hashes.append(self._over(begin, end))
        return hashes[::-1]

    def _over(self, begin: int, end: int) -> bytes:
        """Root over the entries from ``begin`` to ``end``: a left half as RFC 6962 splits, or
        a right one."""
        found = b""
        while begin < end:
            height = _tallest(end)
            start = max(begin, end - (1 << height))
            height = (end - start).bit_length() - 1
            left = self._perfect(start >> height, height)
            found = tree.node_hash(left, found) if found else left
            end = start
        return found

    def _perfect(self, index: int, height: int) -> bytes:
        """Root of the subtree of that height, the ``index``-th of its kind."""
        level, within = divmod(height, HEIGHT)
        first = index << within
        tile = self._tile(level, first // WIDTH)
        at = first % WIDTH * HASH
        return tree.fold(tile[at : at + (HASH << within)])

    def _tile(self, level: int, index: int) -> bytes:
        found = self._tiles.pop((level, index), None)
        if found is None:
            found = tiles.read_tile(self._read, level, index, self.size)
            if len(self._tiles) >= _KEPT:
                del self._tiles[next(iter(self._tiles))]
        self._tiles[level, index] = found
        return found


def _split(count: int) -> int:
    """The largest power of two below ``count``."""
    return 1 << (count - 1).bit_length() - 1


def _tallest(end: int) -> int:
    """Height of the largest perfect subtree that ends there."""
    return (end & -end).bit_length() - 1


def _check_range(size: int, whole: int) -> None:
    if not 0 <= size <= whole:
        raise Malformed(f"a log of {whole:,} entries never had the size {size:,}")


def check_inclusion(
    leaf_hash: bytes, index: int, size: int, hashes: Sequence[bytes], root: bytes
) -> None:
    """That the entry with this hash stands at ``index`` in the tree of this size and root.

    Raises :class:`Unproved`.
    """
    if not 0 <= index < size <= LARGEST:
        raise Unproved(f"a log of {size:,} entries has no index {index:,}")
    _check_lengths([leaf_hash, root, *hashes])
    found = leaf_hash
    for sibling, is_left in _climbed(index, size - 1, hashes):
        found = tree.node_hash(sibling, found) if is_left else tree.node_hash(found, sibling)
    if found != root:
        raise Unproved(f"the proof of index {index:,} does not lead to the root")


def check_consistency(
    older: int, size: int, older_root: bytes, root: bytes, hashes: Sequence[bytes]
) -> None:
    """That the tree of size ``older`` and its root are the beginning of the newer one.

    Raises :class:`Unproved`. The empty log is the beginning of every log, which proves nothing:
    no hashes may be given for it, and its root must be the empty tree's.
    """
    if not 0 <= older <= size <= LARGEST:
        raise Unproved(f"a log of {size:,} entries cannot go on from {older:,}")
    _check_lengths([older_root, root, *hashes])
    if older == 0 and older_root != tree.EMPTY_ROOT:
        raise Unproved("the older log is empty, and has not the root of an empty log")
    if older in {0, size}:
        if hashes:
            raise Unproved("there is nothing to prove, and the proof holds hashes")
        if older == size and older_root != root:
            raise Unproved(f"two logs of {size:,} entries have different roots")
        return
    _check_steps(older, size, older_root, root, list(hashes))


def _check_steps(
    older: int, size: int, older_root: bytes, root: bytes, hashes: list[bytes]
) -> None:
    if older & (older - 1) == 0:
        hashes.insert(0, older_root)
    if not hashes:
        raise Unproved("the proof holds fewer hashes than the tree has levels")
    shift = _tallest(older)
    before = after = hashes[0]
    for sibling, is_left in _climbed((older - 1) >> shift, (size - 1) >> shift, hashes[1:]):
        if is_left:
            before = tree.node_hash(sibling, before)
            after = tree.node_hash(sibling, after)
        else:
            after = tree.node_hash(after, sibling)
    if before != older_root:
        raise Unproved(f"the proof does not lead to the older root, of {older:,} entries")
    if after != root:
        raise Unproved(f"the proof does not lead from {older:,} entries to the root of {size:,}")


def _climbed(node: int, last: int, hashes: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each hash on the way from a node to the root, and whether it stands left of the way
    (RFC 9162 §2.1.3.2, §2.1.4.2). ``last``: the last node of the same level.

    Raises :class:`Unproved` where there are more or fewer than the tree has levels.
    """
    for sibling in hashes:
        if last == 0:
            raise Unproved("the proof holds more hashes than the tree has levels")
        is_left = bool(node & 1) or node == last
        yield sibling, is_left
        while is_left and not node & 1 and node:
            node, last = node >> 1, last >> 1
        node, last = node >> 1, last >> 1
    if last != 0:
        raise Unproved("the proof holds fewer hashes than the tree has levels")


def _check_lengths(hashes: Sequence[bytes]) -> None:
    if any(len(value) != HASH for value in hashes):
        raise Unproved(f"a hash of the proof has not {HASH} bytes")
