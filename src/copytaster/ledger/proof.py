"""Proof files (C2SP tlog-proof@v1, as of 2026-05-22).

Text, this one file and a policy: enough to check an edition without asking anybody. The
``extra`` line, whose meaning the format leaves open, carries here the leaf and the salt of its
text; the proof of a kill carries no salt.
"""

import re
from typing import Final

import msgspec

from copytaster.ledger import _spelling as spelling
from copytaster.ledger import checkpoint
from copytaster.ledger import leaf
from copytaster.ledger import note
from copytaster.ledger._errors import Malformed

HEADER: Final = "c2sp.org/tlog-proof@v1"
LARGEST: Final = 65_536
"""bytes before the checkpoint: other readers hold no longer line"""
MOST: Final = 63
"""hashes of a proof"""

_SALT = re.compile(rb"salt text ([0-9a-f]{64})\n")


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """That an entry is in a log."""

    index: int
    hashes: tuple[bytes, ...]
    """of the inclusion proof, from the leaf's sibling to the root's child"""
    checkpoint: bytes
    """the signed note, as it was served"""
    extra: bytes | None = None
    """proved by nothing: what a reader needs to make the entry's bytes"""


class Extra(msgspec.Struct, frozen=True, kw_only=True):
    """What our proofs carry."""

    leaf: bytes
    salt: bytes | None = None
    """of the commitment to the text; None where the text is not public"""


def encode(proof: Proof) -> bytes:
    """The file's bytes. Raises :class:`Malformed` for what it cannot hold."""
    lines = [
        HEADER,
        *([f"extra {spelling.to_base(proof.extra)}"] if proof.extra is not None else []),
        f"index {proof.index}",
        *(spelling.to_base(value) for value in proof.hashes),
        "",
    ]
    data = "".join(f"{line}\n" for line in lines).encode("ascii") + proof.checkpoint
    if decode(data) != proof:
        raise Malformed("the proof says something that a proof file cannot hold")
    return data


def decode(data: bytes) -> Proof:
    """The proof in a file, nothing of it checked. Raises :class:`Malformed`.

    The checkpoint is kept as the bytes that it came in.
    """
    if len(data) > LARGEST + note.LARGEST:
        raise Malformed(f"a proof has {len(data):,} bytes, more than {LARGEST + note.LARGEST:,}")
    head, blank, signed = data.partition(b"\n\n")
    if not blank:
        raise Malformed("a proof has an empty line before its checkpoint")
    lines = spelling.text_of(head, LARGEST, "a proof").split("\n")
    if lines.pop(0) != HEADER:
        raise Malformed(f"a proof begins with {HEADER!r}")
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = spelling.based(lines.pop(0).removeprefix("extra "), "the extra of a proof")
        if not extra:
            raise Malformed("a proof without extra has no extra line")
    if not lines or not lines[0].startswith("index "):
        raise Malformed("a proof has a line with the index of its entry")
    index = spelling.number(lines.pop(0).removeprefix("index "), "the index of a proof")
    hashes = tuple(_hash(line) for line in lines)
    if len(hashes) > MOST:
        raise Malformed(f"a proof has {len(hashes)} hashes, more than {MOST}")
    checkpoint.read(signed)
    return Proof(index=index, hashes=hashes, checkpoint=signed, extra=extra)


def _hash(line: str) -> bytes:
    value = spelling.based(line, "a hash of a proof")
    if len(value) != spelling.HASH:
        raise Malformed(f"a hash of a proof has {len(value)} bytes, not {spelling.HASH}")
    return value


def encode_extra(extra: Extra) -> bytes:
    """The leaf's bytes; behind them a line with the salt where there is one."""
    salt = b"" if extra.salt is None else f"salt text {extra.salt.hex()}\n".encode("ascii")
    data = extra.leaf + salt
    if decode_extra(data) != extra:
        raise Malformed("the extra of a proof holds a leaf and at most the salt of its text")
    return data


def decode_extra(data: bytes) -> Extra:
    """The same, read. Raises :class:`Malformed`; the leaf itself is not read yet."""
    if len(data) > leaf.LONGEST + 100:
        raise Malformed(f"the extra of a proof has {len(data):,} bytes: too many for a leaf")
    whole, end, last = data[:-1].rpartition(b"\n")
    found = _SALT.fullmatch(last + data[-1:])
    if found is None:
        return Extra(leaf=data)
    return Extra(leaf=whole + end, salt=bytes.fromhex(found[1].decode("ascii")))
