"""What `copytaster doctor` says of the public log: looked at, not touched."""

from collections.abc import Iterator
from pathlib import Path

from copytaster.channels import LogFolder
from copytaster.ledger import LedgerError
from copytaster.ledger import checkpoint
from copytaster.ledger import tiles
from copytaster.ledger import tree
from copytaster.newsroom.log_keeper import SIGNED
from copytaster.newsroom.log_key import KEY
from copytaster.store import Store

_MORE = 'see docs/reference/log.md, "How it is kept"'


def faults(store: Store, folder: LogFolder, data: Path) -> Iterator[str]:
    """What is wrong with it, in sentences; nothing of a log that was never signed, and of one
    that was no more than its newest entries show."""
    served = folder.read(tiles.CHECKPOINT)
    if served is None and store.setting(SIGNED) is None:
        return
    if not (data / KEY).exists():
        yield f"{data / KEY} is gone: the public log cannot be signed; put it back, {_MORE}"
    if served is None:
        yield "the public log has no checkpoint (site/log): the desk makes it again when it starts"
        return
    try:
        yield from _of_files(store, folder, checkpoint.read(served).checkpoint)
    except LedgerError as error:
        yield f"the public log has a file that cannot be used ({error}): `copytaster rebuild`"


def _of_files(store: Store, folder: LogFolder, said: checkpoint.Checkpoint) -> Iterator[str]:
    count = store.log.count()
    if said.size > count:
        yield (
            f"the public log was signed with {said.size} entries and the store has {count}: "
            f"it will not be signed, {_MORE}"
        )
    if tree.root(tree.load(said.size, folder.read)) != said.root:
        yield "the files of the public log do not come to its checkpoint: `copytaster rebuild`"
