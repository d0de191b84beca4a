"""The log's one writer: entries that are durable in the store become files, and are signed.

In this order, each step durable before the next: bundles and tiles, the store's memory of what is
signed, the checkpoint (handbook: ledger §1.5). Killed at any instruction, it goes on from what
the checkpoint says. A log that has shown two pasts can never be believed again; so it is not
signed at all where store, memory and checkpoint do not tell the same past. Publishing and kills
go on without it.
"""

import logging
import threading
from collections.abc import Callable
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec

from copytaster import store as stores
from copytaster.channels import LogFolder
from copytaster.ledger import Checkpoint
from copytaster.ledger import Growth
from copytaster.ledger import LedgerError
from copytaster.ledger import SignerKey
from copytaster.ledger import Tree
from copytaster.ledger import checkpoint
from copytaster.ledger import note
from copytaster.ledger import tiles
from copytaster.ledger import tree
from copytaster.newsroom._logbook import Salts
from copytaster.newsroom._logbook import salt
from copytaster.newsroom._tallying import tally
from copytaster.newsroom.house import House
from copytaster.newsroom.log_key import KEY
from copytaster.newsroom.log_key import kept_key
from copytaster.store import Store
from copytaster.wire import Alert

log = logging.getLogger("copytaster.log")

VKEY: Final = "vkey"
"""the path of the key that checks it, beside the checkpoint"""
PACE: Final = 1.0
"""seconds between two looks for new entries: all that came meanwhile are signed at once"""
_LOT = 4096
"""entries that are written at a time"""
_ORIGIN = "log.origin"
_VKEY = "log.vkey"
SIGNED = "log.signed"
"""size and root of the last checkpoint, kept before it is published"""
_REFUSED = "log-refused"
_STALLED = "log-stalled"


class Refused(Exception):
    """The log must not be signed. The message says why, and what to do."""


class LogKeeper:
    """Keeps the log of one data folder, which the desk has locked, for as long as it runs."""

    def __init__(
        self,
        house: House,
        store: Store,
        folder: LogFolder,
        data: Path,
        clock: Callable[[], datetime],
        alert: Alert,
        salts: Salts = salt,
    ) -> None:
        self._house = house
        self._store = store
        self._folder = folder
        self._data = data
        self._clock = clock
        self._alert = alert
        self._salts = salts
        self._key: SignerKey | None = None
        self._tree = tree.EMPTY
        self._published = False
        """whether the checkpoint says what the tree is"""
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="log", daemon=True)

    def start(self) -> None:
        """Begin, on a thread of its own; nothing where the house keeps no log."""
        if self._house.config.log.enabled:
            self._thread.start()

    def stop(self) -> None:
        """Sign what there is, then end."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        last = False
        while not last:
            last = self._stopping.is_set()
            if self._is_refused():
                return
            self._stopping.wait(PACE)

    def _is_refused(self) -> bool:
        """One step; a disk that fails now may work a moment later, another past stays one."""
        try:
            self.step()
        except Refused as refused:
            self._alert(_REFUSED, str(refused), about="log")
            return True
        except Exception as error:
            log.exception("keeping the log failed")
            text = f"{type(error).__name__}: {error}; entries wait in the store, see the log file"
            self._alert(_STALLED, text, about="log")
        else:
            self._alert.over(_STALLED, "log")
        return False

    def step(self) -> int:
        """Integrate and sign what is new; returns how many entries. Raises :class:`Refused`."""
        if self._key is None:
            self._key = self._opened()
        tally(self._store, self._clock(), self._salts)
        before = self._tree
        size = self._store.log.count()
        if size == before.size and self._published:
            return 0
        outgrown: list[str] = []
        grown = before
        for growth in self._growths(before, size):
            self._folder.keep(growth.files)
            outgrown += _outgrown(growth.files)
            grown = growth.tree
        self._publish(grown, self._key)
        self._tree, self._published = grown, True
        self._folder.forget_partials(outgrown)
        return size - before.size

    def remake(self) -> int:
        """Have every file as it must be, also what nobody has missed yet, and all signed;
        returns how many entries there are. Raises :class:`Refused`."""
        self._key = self._opened()
        for growth in self._growths(tree.EMPTY, self._tree.size):
            self._folder.keep(growth.files)
        self.step()
        return self._tree.size

    def _growths(self, known: Tree, size: int) -> Iterator[Growth]:
        """The tree as it grows by the store's entries to this size; writes nothing."""
        while known.size < size:
            entries = self._store.log.entries(known.size, min(_LOT, size - known.size))
            growth = tree.grow(known, entries)
            yield growth
            known = growth.tree

    def _publish(self, grown: Tree, key: SignerKey) -> None:
        signed = Checkpoint(origin=key.name, size=grown.size, root=tree.root(grown))
        served = checkpoint.sign(signed, [key])
        self._store.keep_setting(SIGNED, f"{signed.size} {signed.root.hex()}")
        self._folder.keep([(tiles.CHECKPOINT, served)])

    # --- the past --------------------------------------------------------------------------

    def _opened(self) -> SignerKey:
        """The key of a log whose past is the store's. Raises :class:`Refused`."""
        key = self._key_of(self._origin())
        vkey = note.encode_vkey(key.verifier)
        published = self._checkpoint(key)
        remembered = self._remembered(key.name)
        if published is None and self._store.setting(stores.RESTORED_SETTING) is not None:
            raise Refused(
                "the store was restored from a backup, and the log's files (site/log) are not "
                "here: nothing tells how far the log was signed. Copy that folder from the desk "
                f"that signed it; {_ELSE}"
            )
        known = published or Checkpoint(origin=key.name, size=0, root=tree.EMPTY_ROOT)
        for said in sorted([known, remembered], key=lambda one: one.size):
            self._tree = self._same_past(said)
        self._published = published is not None and published.size == self._tree.size
        self._store.keep_setting(stores.RESTORED_SETTING, None)
        self._folder.keep([(VKEY, f"{vkey}\n".encode())])
        self._alert.over(_REFUSED, "log")
        return key

    def _origin(self) -> str:
        """The log's name: fixed at the first start, until another one is configured."""
        kept, wanted = self._store.setting(_ORIGIN), self._house.config.log.origin
        if kept is not None and wanted in (None, kept):
            return kept
        if kept is not None:
            self._begin_anew(kept)
        host = urlsplit(self._house.site.url).hostname or "localhost"
        origin = wanted or f"{host}/log/1"
        self._store.keep_setting(_ORIGIN, origin)
        return origin

    def _begin_anew(self, kept: str) -> None:
        """Another log begins, with another key. What there was stays as it is, and is served no
        more: its name says to nobody which of two pasts is true."""
        number = 1
        while (aside := self._data / f"log-{number}").exists():
            number += 1
        self._folder.set_aside(aside)
        key = self._data / KEY
        if key.exists():
            key.rename(key.with_name(f"log-{number}.key"))
        for setting in (_VKEY, SIGNED, stores.RESTORED_SETTING):
            self._store.keep_setting(setting, None)
        log.warning("the log %s has ended; its files are in %s", kept, aside)

    def _key_of(self, origin: str) -> SignerKey:
        path = self._data / KEY
        known = self._store.setting(_VKEY)
        if known is not None and not path.exists():
            raise Refused(f"{path} is gone, and the log was signed with it: put it back; {_ELSE}")
        try:
            key = kept_key(path, origin)
        except LedgerError as error:
            raise Refused(f"{path} cannot be used: {error}; put the log's key back") from error
        vkey = note.encode_vkey(key.verifier)
        if key.name != origin or known not in (None, vkey):
            raise Refused(f"{path} is not the key of the log {origin}: put that back; {_ELSE}")
        self._store.keep_setting(_VKEY, vkey)
        return key

    def _checkpoint(self, key: SignerKey) -> Checkpoint | None:
        """What is published of this log; None where nothing is."""
        served = self._folder.read(tiles.CHECKPOINT)
        if served is None:
            return None
        try:
            return checkpoint.verify(served, [key.verifier]).checkpoint
        except LedgerError as error:
            raise Refused(
                f"site/log/checkpoint is none of this log ({error}): remove it if it is damaged; "
                "the log is made again from the store"
            ) from error

    def _remembered(self, origin: str) -> Checkpoint:
        """What was signed last, as the store remembers it."""
        size, _, root = (self._store.setting(SIGNED) or f"0 {tree.EMPTY_ROOT.hex()}").partition(" ")
        return Checkpoint(origin=origin, size=int(size), root=bytes.fromhex(root))

    def _same_past(self, said: Checkpoint) -> Tree:
        """The tree that a checkpoint tells of, from the store's entries. Raises
        :class:`Refused` where they do not come to its root."""
        count = self._store.log.count()
        if said.size > count:
            raise Refused(
                f"the log was signed with {said.size} entries and the store has {count}: it is "
                f"older than the log, a backup perhaps. Put the newer store back; {_ELSE}"
            )
        return self._from_files(said) or self._made_again(said)

    def _made_again(self, said: Checkpoint) -> Tree:
        """The same with all its files, which are missing or not whole. Looked through before
        anything is written: the files of another past are the only ones there are of it."""
        grown = self._tree
        for growth in self._growths(self._tree, said.size):
            grown = growth.tree
        if tree.root(grown) != said.root:
            raise Refused(
                f"the store's first {said.size} entries are not those that were signed: it has "
                f"gone on from an older state. Put the store back that signed them; {_ELSE}"
            )
        for growth in self._growths(self._tree, said.size):
            self._folder.keep(growth.files)
        return grown

    def _from_files(self, said: Checkpoint) -> Tree | None:
        """The tree from its files, where they are whole and end as the store's entries do: what
        two pasts share is their beginning, so that their newest entries differ."""
        try:
            found = tree.load(said.size, self._folder.read)
        except LedgerError:
            return None
        if tree.root(found) != said.root or not self._ends_as(said.size):
            return None
        return found

    def _ends_as(self, size: int) -> bool:
        if size == 0:
            return True
        index = (size - 1) // tiles.WIDTH
        try:
            written = tiles.read_bundle(self._folder.read, index, size)
        except LedgerError:
            return False
        return written == self._store.log.entries(index * tiles.WIDTH, len(written))


_ELSE = (
    "or begin another log: set [log] origin to a new name, such as one that ends in /log/2, and "
    "tell whoever follows the log"
)


def _outgrown(files: tuple[tuple[str, bytes], ...]) -> list[str]:
    """The full files before those that have just become full: readers who came before that may
    still ask for parts of the newest."""
    places = [tiles.place(path) for path, _ in files]
    full = [one for one in places if one.width == tiles.WIDTH and one.index > 0]
    return [tiles.path(msgspec.structs.replace(one, index=one.index - 1)) for one in full]
