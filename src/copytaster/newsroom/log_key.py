"""The key that signs the public log: made once, in a file of the data folder for its owner only.

It is no token that can be replaced: whoever reads the log knows its other half.
"""

import os
import secrets
from pathlib import Path
from typing import Final

from copytaster.ledger import note
from copytaster.ledger.note import SignerKey

KEY: Final = "secrets/log.key"
"""below the data folder"""


def kept_key(path: Path, origin: str) -> SignerKey:
    """The key in this file; a new one, of this name, where there is none.

    Raises ``ledger.Malformed`` for a file that holds no key.
    """
    if not path.exists():
        _make(path, SignerKey(name=origin, seed=secrets.token_bytes(note.SEED)))
    return note.decode_secret(path.read_text("ascii", errors="replace").strip())


def _make(path: Path, key: SignerKey) -> None:
    """Whole or not at all, and durable before anything is signed with it."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{note.encode_secret(key)}\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
