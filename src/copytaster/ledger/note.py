"""Signed notes, their keys and signatures (C2SP signed-note v1.0.0).

A note is a text, a blank line, and signature lines. Ed25519 (type ``0x01``) is made and checked
here; other types are carried and read by who knows them (:mod:`~copytaster.ledger.cosignature`).
Nothing in a note may be used before a trusted key's signature was checked.
"""

import hashlib
import re
from collections.abc import Iterable
from typing import Any
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from copytaster.ledger import _spelling as spelling
from copytaster.ledger._errors import Malformed
from copytaster.ledger._errors import Unproved

ED25519: Final = 0x01
COSIGNATURE: Final = 0x04
ML_DSA_44: Final = 0x06
"""cosignatures with ML-DSA-44 (tlog-cosignature v1.0.1)"""

LARGEST: Final = 262_144
"""bytes of a note; room for sixteen post-quantum signatures of 5 kB, thrice"""
MOST: Final = 100
"""signature lines; the standard asks for 16 at least"""
SEED: Final = 32
"""bytes of an Ed25519 secret"""

_LENGTHS = {ED25519: 32, COSIGNATURE: 32, ML_DSA_44: 1312}
"""bytes of a public key of each type"""
_ID = re.compile(r"[0-9a-fA-F]{8}", re.ASCII)
_SECRET = "PRIVATE+KEY+"
_DASH = "— "


class VerifierKey(msgspec.Struct, frozen=True, kw_only=True):
    """A name, a public key, and which kind of signature it checks. Written as a *vkey*."""

    name: str
    kind: int = ED25519
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature says whose it is."""
        named = f"{self.name}\n".encode() + bytes([self.kind])
        return hashlib.sha256(named + self.public).digest()[:4]


class SignerKey(msgspec.Struct, frozen=True, kw_only=True):
    """A name and the secret of an Ed25519 key; never shown, not by rich either."""

    name: str
    kind: int = ED25519
    seed: bytes

    def __repr__(self) -> str:
        return f"SignerKey(name={self.name!r}, kind={self.kind}, seed=…)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("name", self.name), ("kind", self.kind)]

    @property
    def verifier(self) -> VerifierKey:
        """What others need to check its signatures."""
        public = _private(self).public_key().public_bytes_raw()
        return VerifierKey(name=self.name, kind=self.kind, public=public)


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """One signature line."""

    name: str
    id: bytes
    """four bytes: of the key"""
    signature: bytes
    """what follows the id; its form is the key's type's own"""


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A text, ended by LF, and what was signed to it."""

    text: str
    signatures: tuple[Signature, ...]


def encode_vkey(key: VerifierKey) -> str:
    """``name+id in hex+base64 of type and key``."""
    _check_key(key.name, key.kind, key.public)
    return f"{key.name}+{key.id.hex()}+{spelling.to_base(bytes([key.kind]) + key.public)}"


def decode_vkey(text: str) -> VerifierKey:
    """The same, read. Raises :class:`Malformed`, also where the id is another key's."""
    name, id, based = _split_key(text, "a vkey")
    key = spelling.based(based, f"the vkey of {name!r}")
    found = VerifierKey(name=name, kind=key[0] if key else 0, public=key[1:])
    _check_key(found.name, found.kind, found.public)
    if found.id.hex() != id:
        raise Malformed(f"the vkey of {name!r} says id {id} and has {found.id.hex()}")
    return found


def encode_secret(key: SignerKey) -> str:
    """``PRIVATE+KEY+name+id+base64 of type and seed``: what is kept in a file, and nowhere else."""
    verifier = key.verifier
    _check_key(verifier.name, verifier.kind, verifier.public)
    secret = spelling.to_base(bytes([key.kind]) + key.seed)
    return f"{_SECRET}{key.name}+{verifier.id.hex()}+{secret}"


def decode_secret(text: str) -> SignerKey:
    """The same, read. What :class:`Malformed` says never holds a part of the secret."""
    if not text.startswith(_SECRET):
        raise Malformed(f"a signing key begins with {_SECRET}")
    name, id, based = _split_key(text.removeprefix(_SECRET), "a signing key")
    try:
        key = spelling.based(based, "a signing key")
    except Malformed:
        raise Malformed(f"the signing key of {name!r} does not end in base64") from None
    if len(key) != SEED + 1 or key[0] not in {ED25519, COSIGNATURE}:
        raise Malformed(f"the signing key of {name!r} is no Ed25519 key of {SEED} bytes")
    found = SignerKey(name=name, kind=key[0], seed=key[1:])
    if found.verifier.id.hex() != id:
        raise Malformed(f"the signing key of {name!r} does not have the id {id} that it says")
    return found


def _split_key(text: str, what: str) -> tuple[str, str, str]:
    parts = text.split("+", 2)
    if len(parts) != 3 or not _ID.fullmatch(parts[1]) or not is_name(parts[0]):
        raise Malformed(f"{what} is a name, 8 hex digits and base64, with + between")
    return parts[0], parts[1].lower(), parts[2]


def is_name(name: str) -> bool:
    """Whether a key may be called that: something, without blanks, plus or control characters."""
    bad = any(sign.isspace() or sign < " " or sign == "+" for sign in name)
    return bool(name) and not bad and not any("\ud800" <= sign <= "\udfff" for sign in name)


def _check_key(name: str, kind: int, public: bytes) -> None:
    if not is_name(name):
        raise Malformed(f"a key cannot be called {name[:60]!r}: no blanks, no plus")
    if kind not in _LENGTHS:
        raise Malformed(f"the key of {name!r} is of the unknown type 0x{kind:02x}")
    if len(public) != _LENGTHS[kind]:
        raise Malformed(f"the key of {name!r} has {len(public)} bytes, not {_LENGTHS[kind]}")


def encode(note: Note) -> bytes:
    """The note's bytes. Raises :class:`Malformed` for what a note cannot hold."""
    lines = "".join(
        f"{_DASH}{line.name} {spelling.to_base(line.id + line.signature)}\n"
        for line in note.signatures
    )
    data = f"{note.text}\n{lines}".encode("utf-8", "surrogatepass")
    if decode(data) != note:
        raise Malformed("the text or a signature of the note is not what notes can hold")
    return data


def decode(data: bytes) -> Note:
    """Text and signatures, none of them checked. Raises :class:`Malformed`."""
    whole = spelling.text_of(data, LARGEST, "a note")
    text, blank, signed = whole.rpartition("\n\n")
    if not blank or not signed.endswith("\n"):
        raise Malformed("a note is a text, a blank line and signature lines, each ended by LF")
    lines = signed[:-1].split("\n")
    if len(lines) > MOST:
        raise Malformed(f"a note has {len(lines)} signature lines, more than {MOST}")
    return Note(text=f"{text}\n", signatures=tuple(_signature(line) for line in lines))


def _signature(line: str) -> Signature:
    name, _, value = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not is_name(name):
        raise Malformed(f"{line[:60]!r} is no signature line: dash, name and base64")
    signed = spelling.based(value, f"the signature of {name!r}")
    if len(signed) <= 4:
        raise Malformed(f"the signature of {name!r} is too short to be one")
    return Signature(name=name, id=signed[:4], signature=signed[4:])


def sign(text: str, key: SignerKey) -> Signature:
    """An Ed25519 signature over a note's text."""
    if key.kind != ED25519:
        raise Malformed(f"the key of {key.name!r} cosigns; it must not sign notes as well")
    signature = _private(key).sign(text.encode("utf-8"))
    return Signature(name=key.name, id=key.verifier.id, signature=signature)


def sign_bytes(message: bytes, key: SignerKey) -> bytes:
    """An Ed25519 signature over any message: for signature types with messages of their own."""
    return _private(key).sign(message)


def _private(key: SignerKey) -> Ed25519PrivateKey:
    if len(key.seed) != SEED:
        raise Malformed(f"the signing key of {key.name!r} must have {SEED} bytes")
    return Ed25519PrivateKey.from_private_bytes(key.seed)


def is_by(signature: Signature, key: VerifierKey) -> bool:
    """Whether the line claims to be of that key: by name and id, both."""
    return signature.name == key.name and signature.id == key.id


def verify(note: Note, keys: Iterable[VerifierKey]) -> tuple[VerifierKey, ...]:
    """The Ed25519 keys, of those given, that have signed.

    Lines of others are ignored. Raises :class:`Unproved` where a line of a given key is false,
    and where none of them has signed.
    """
    message = note.text.encode("utf-8")
    signed = []
    for key in keys:
        lines = [line for line in note.signatures if is_by(line, key)]
        if not all(verify_bytes(message, line.signature, key) for line in lines):
            raise Unproved(f"the signature of {key.name} is false")
        if lines:
            signed.append(key)
    if not signed:
        raise Unproved("no key that is trusted has signed the note")
    return tuple(signed)


def verify_bytes(message: bytes, signature: bytes, key: VerifierKey) -> bool:
    """Whether this is the Ed25519 signature of the message under the key."""
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
