"""Files that are there whole or not at all, and stay when the power goes.

A leaf: what several rooms do with a file that nothing could make again.
"""

import os
from pathlib import Path
from typing import Final

BESIDE: Final = ".new"
"""ends the name of a file that is not whole yet; a crash may leave one"""


def write(path: Path, data: bytes, *, mode: int | None = None) -> None:
    """Write a file whole, its bytes durable, in place of what was there; :func:`sync_folder`
    makes its name durable too. ``mode``: who may read it, from its first byte on; None: whoever
    may read new files."""
    beside = path.with_name(f"{path.name}{BESIDE}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with os.fdopen(os.open(beside, flags, 0o666 if mode is None else mode), "wb") as file:
        if mode is not None:
            os.fchmod(file.fileno(), mode)  # one that a crash left keeps the mode it was made with
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def sync_folder(folder: Path) -> None:
    """Make the names in this folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
