"""How far a log was followed, kept between one run of a monitor and the next."""

from pathlib import Path
from typing import Final

import msgspec

from copytaster import durable
from copytaster.inspection._errors import NoState
from copytaster.ledger import LedgerError
from copytaster.ledger import checkpoint
from copytaster.ledger import tree
from copytaster.ledger.auditing import START
from copytaster.ledger.auditing import Position

_FILE: Final = "followed"


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """What was found to be so, up to one checkpoint."""

    position: Position = START
    checkpoint: bytes | None = None
    """as it was signed; None where nothing was looked at yet"""


def load(place: Path) -> Followed:
    """What an earlier run left there; a beginning where none did. Raises :class:`NoState`."""
    file = place / _FILE
    try:
        found = msgspec.msgpack.decode(file.read_bytes(), type=Followed)
        if found.checkpoint is not None:
            said = checkpoint.read(found.checkpoint).checkpoint
            if (said.size, said.root) != (found.position.tree.size, tree.root(found.position.tree)):
                raise NoState(f"{file}: what was followed does not come to its checkpoint")
    except FileNotFoundError:
        return Followed()
    except (OSError, msgspec.DecodeError, LedgerError) as error:
        raise NoState(f"{file}: {error}; remove it to begin anew") from error
    return found


def save(place: Path, followed: Followed) -> None:
    """Keep it, whole or not at all. Raises :class:`NoState`."""
    try:
        place.mkdir(parents=True, exist_ok=True)
        durable.write(place / _FILE, msgspec.msgpack.encode(followed))
        durable.sync_folder(place)
    except OSError as error:
        raise NoState(f"{place}: {error.strerror}; name another folder with --state") from error
