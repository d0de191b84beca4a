"""Cosignatures of witnesses (C2SP tlog-cosignature v1.0.1).

A witness signs a checkpoint and the time at which it was the largest it had seen. Ed25519
(``0x04``) is made and checked; ML-DSA-44 (``0x06``), to which witnesses are moving, is checked.
What a time says is the witness's claim: it bounds from above when the entries were there.
"""

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

from copytaster.ledger import note
from copytaster.ledger._errors import Malformed
from copytaster.ledger._errors import Unproved
from copytaster.ledger._spelling import LARGEST
from copytaster.ledger.checkpoint import Signed
from copytaster.ledger.note import Signature
from copytaster.ledger.note import SignerKey
from copytaster.ledger.note import VerifierKey

KINDS: Final = frozenset({note.COSIGNATURE, note.ML_DSA_44})
"""types of keys that cosign"""

_TIME = 8
"""bytes of the time before the signature proper"""
_LABEL = b"subtree/v1\n\0"
_LONGEST_NAME = 255


def cosign(text: str, key: SignerKey, seconds: int) -> Signature:
    """A witness's line for a checkpoint's text; ``seconds`` since 1970."""
    if key.kind != note.COSIGNATURE:
        raise Malformed(f"the key of {key.name!r} signs notes; it must not cosign as well")
    if not 0 <= seconds <= LARGEST:
        raise Malformed(f"{seconds} is no time for a cosignature")
    made = note.sign_bytes(_ed25519_message(text, seconds), key)
    return Signature(
        name=key.name, id=key.verifier.id, signature=seconds.to_bytes(_TIME, "big") + made
    )


def seen(signed: Signed, key: VerifierKey) -> int | None:
    """When the witness saw the checkpoint, in seconds since 1970; None if it did not sign.

    Of several true lines of one witness the earliest counts. Raises :class:`Unproved` where a
    line of it is false.
    """
    times = [
        _verified(signed, line, key) for line in signed.note.signatures if note.is_by(line, key)
    ]
    return min(times, default=None)


def _verified(signed: Signed, line: Signature, key: VerifierKey) -> int:
    seconds = int.from_bytes(line.signature[:_TIME], "big")
    proper = line.signature[_TIME:]
    if len(line.signature) > _TIME and seconds <= LARGEST:
        if key.kind == note.COSIGNATURE:
            true = note.verify_bytes(_ed25519_message(signed.note.text, seconds), proper, key)
        else:
            true = key.kind == note.ML_DSA_44 and _is_ml_dsa(signed, seconds, proper, key)
        if true:
            return seconds
    raise Unproved(f"the cosignature of {key.name} is false")


def _ed25519_message(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _is_ml_dsa(signed: Signed, seconds: int, signature: bytes, key: VerifierKey) -> bool:
    try:
        message = _ml_dsa_message(signed, seconds, key.name)
        MLDSA44PublicKey.from_public_bytes(key.public).verify(signature, message)
    except (InvalidSignature, ValueError, UnsupportedAlgorithm):
        return False
    return True


def _ml_dsa_message(signed: Signed, seconds: int, name: str) -> bytes:
    """The structure ``cosigned_message``; it does not hold a checkpoint's extension lines."""
    said = signed.checkpoint
    whole = (
        _LABEL,
        _short(name),
        seconds.to_bytes(8, "big"),
        _short(said.origin),
        bytes(8),
        said.size.to_bytes(8, "big"),
        said.root,
    )
    return b"".join(whole)


def _short(name: str) -> bytes:
    data = name.encode("utf-8")
    if not 0 < len(data) <= _LONGEST_NAME:
        raise ValueError(f"a name of {len(data)} bytes cannot be cosigned")
    return bytes([len(data)]) + data
