"""The files of the public log: tiles, bundles of entries, and one checkpoint.

Not like pages, which the store can make again in other words: what the log once showed is kept by
others, and must never be shown otherwise. So here every file is synced before it has its name,
and every name before the next step is taken. Only then is a checkpoint written that needs them.
Any file server may serve the folder as it is.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

from copytaster import durable

_PARTIAL = ".p"


class LogFolder:
    """The log's files below ``root``, by their paths in the log."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, path: str) -> bytes | None:
        """The bytes of one file, None where there is none. ``path`` is one that the ledger room
        made, or has read: nothing else may be looked for."""
        try:
            return (self._root / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def keep(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Write these, durably and each whole, in this order; what is there already, in the
        same bytes, is not written again."""
        folders: dict[Path, None] = {}
        for name, data in files:
            target = self._root / name
            if self.read(name) != data:
                folders |= dict.fromkeys(_made(target.parent))
                durable.write(target, data)
                folders[target.parent] = None
        for folder in folders:
            durable.sync_folder(folder)

    def forget_partials(self, full: Iterable[str]) -> None:
        """Remove the partial forms of these files, which are there in full. Nothing is lost:
        readers take the full one (C2SP tlog-tiles, "Partial tiles")."""
        for name in full:
            shutil.rmtree(self._root / f"{name}{_PARTIAL}", ignore_errors=True)

    def set_aside(self, target: Path) -> None:
        """Move all of it to ``target``, where nobody reads: another log begins here."""
        if self._root.exists():
            self._root.rename(target)
            durable.sync_folder(target.parent)
            durable.sync_folder(self._root.parent)


def _made(folder: Path) -> list[Path]:
    """Make a folder, and those above it; the folders in which there is a new name."""
    missing: list[Path] = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
    return [one.parent for one in missing]
