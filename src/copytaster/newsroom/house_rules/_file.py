"""The house's file as somebody at the desk has it before them, and whether it can be written."""

import hashlib
import os
import stat
from pathlib import Path

import msgspec

from copytaster import durable
from copytaster import rules

_NONE = "none"


class FileChanged(ValueError):
    """The file is another one than somebody had before them; nothing was written."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The file, now."""

    path: str
    mark: str
    """tells it from any other content; also of a file that is not there"""
    is_there: bool
    text: str
    """what it says; of one that has gone, what was read last"""
    fault: str | None = None
    """why it cannot be used"""
    line: int | None = None
    """on which line that is"""
    locked: str | None = None
    """why it cannot be written here, and what to do"""


def content(path: Path) -> bytes | None:
    """The bytes of the file, one more than it may have at most; None where there is none. Raises
    OSError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(rules.LARGEST + 1)
    except FileNotFoundError:
        return None


def mark(data: bytes | None) -> str:
    """Tells this content from any other."""
    return _NONE if data is None else hashlib.sha256(data).hexdigest()


def locked(path: Path) -> str | None:
    """Why the file cannot be written, and what to do about it."""
    target = path.resolve()
    if not target.parent.is_dir():
        return f"there is no folder {target.parent}: make it, or name another file in [rules]"
    may_write = os.access(target.parent, os.W_OK | os.X_OK)
    if not may_write or (target.exists() and not os.access(target, os.W_OK)):
        return (
            f"the desk may not write {target}: let its user write the file and its folder, or "
            "change it by hand"
        )
    return None


def write(path: Path, data: bytes) -> None:
    """Write it whole and for good, where the path leads; whoever may read the old one may read
    this one. Raises OSError."""
    target = path.resolve()
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    durable.write(target, data, mode=mode)
    durable.sync_folder(target.parent)
