"""One desk per data folder: a lock the system lets go of when its process dies."""

import fcntl
import os
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from copytaster.store._errors import Locked

LOCK_FILE = "desk.lock"


class FolderLock:
    """A data folder that is ours until :meth:`release`, or until the process ends.

    The file's text, the process and since when, is for people; the lock is the system's
    (flock), so a file left behind by a crash locks nothing.
    """

    def __init__(self, folder: Path, handle: int) -> None:
        self.folder = folder
        self._handle: int | None = handle

    def release(self) -> None:
        """Let go; safe to call twice."""
        if self._handle is not None:
            os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def lock_folder(folder: Path, *, since: datetime | None = None) -> FolderLock:
    """Make the folder ours, and the folder itself when it is missing.

    Raises :class:`Locked`, naming the folder and the process that has it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        owner = os.read(handle, 200).decode(errors="replace").strip() or "an unknown process"
        os.close(handle)
        raise Locked(
            f"another desk ({owner}) owns the data folder {folder}; "
            "stop it first, or use another folder"
        ) from error
    since_then = f" since {since.isoformat(timespec='seconds')}" if since else ""
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"process {os.getpid()}{since_then}\n".encode(), 0)
    return FolderLock(folder, handle)
