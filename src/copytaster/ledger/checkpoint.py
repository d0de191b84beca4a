"""Checkpoints: a log's size and root, signed (C2SP tlog-checkpoint v1.0.0).

A signed note whose text is the log's origin, the size and the root hash. Extension lines are
read and kept; this log writes none, as no monitor can check them.
"""

from collections.abc import Iterable

import msgspec

from copytaster.ledger import _spelling as spelling
from copytaster.ledger import note
from copytaster.ledger._errors import Malformed
from copytaster.ledger._errors import Unproved
from copytaster.ledger.note import Note
from copytaster.ledger.note import SignerKey
from copytaster.ledger.note import VerifierKey


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """A log at one size."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """A checkpoint and the note that carries it."""

    checkpoint: Checkpoint
    note: Note


def encode(checkpoint: Checkpoint) -> str:
    """The text that is signed. Raises :class:`Malformed` for what it cannot hold."""
    root = spelling.to_base(checkpoint.root)
    lines = (checkpoint.origin, str(checkpoint.size), root, *checkpoint.extensions)
    text = "".join(f"{line}\n" for line in lines)
    if decode(text) != checkpoint:
        raise Malformed(f"the checkpoint says something that it cannot hold: {checkpoint}")
    return text


def decode(text: str) -> Checkpoint:
    """The checkpoint that a note's text is. Raises :class:`Malformed`."""
    lines = text.split("\n")
    if len(lines) < 4 or lines.pop() or not all(lines):
        raise Malformed("a checkpoint is three lines at least, none empty, each ended by LF")
    origin, size, root, *extensions = lines
    found = spelling.based(root, "the root hash of a checkpoint")
    if len(found) != spelling.HASH:
        raise Malformed(f"the root hash of a checkpoint has {len(found)} bytes, not 32")
    return Checkpoint(
        origin=origin,
        size=spelling.number(size, "the size of a checkpoint"),
        root=found,
        extensions=tuple(extensions),
    )


def sign(checkpoint: Checkpoint, keys: Iterable[SignerKey]) -> bytes:
    """The checkpoint as it is served; while keys change, signed by the old and the new.

    A key that signs for a log is called like the log's origin.
    """
    text = encode(checkpoint)
    signers = tuple(keys)
    if any(key.name != checkpoint.origin for key in signers) or not signers:
        raise Malformed(f"the checkpoint of {checkpoint.origin} needs a key of that name")
    return note.encode(Note(text=text, signatures=tuple(note.sign(text, key) for key in signers)))


def read(data: bytes) -> Signed:
    """A checkpoint and its signatures, none of them checked. Raises :class:`Malformed`."""
    found = note.decode(data)
    return Signed(checkpoint=decode(found.text), note=found)


def verify(data: bytes, keys: Iterable[VerifierKey]) -> Signed:
    """A checkpoint that one of these keys of the log has signed.

    Only a key with the name of the checkpoint's origin counts. Raises :class:`Malformed` and
    :class:`Unproved`.
    """
    found = read(data)
    origin = found.checkpoint.origin
    own = [key for key in keys if key.name == origin and key.kind == note.ED25519]
    if not own:
        raise Unproved(f"the checkpoint is of the log {origin[:100]!r}, which is not trusted")
    note.verify(found.note, own)
    return found
