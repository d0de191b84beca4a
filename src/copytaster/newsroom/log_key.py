"""The key that signs the public log: made once, in a file of the data folder for its owner only.

It is no token that can be replaced: whoever reads the log knows its other half.
"""

import secrets
from pathlib import Path
from typing import Final

from copytaster import durable
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
    durable.write(path, f"{note.encode_secret(key)}\n".encode(), mode=0o600)
    durable.sync_folder(path.parent)
