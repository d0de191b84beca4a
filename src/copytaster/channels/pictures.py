"""The pictures of our own site: files under the name of their content, and their addresses.

A picture's address is half of its SHA-256: the bytes behind it never change, nobody can guess
one that was not published, and two stories with the same picture share it. Whether it may be
seen is read from the store at each request. Written beside its place, synced and renamed
before the store names it; what is lost is fetched from the agency again.
"""

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

EXTENSIONS: Mapping[str, str] = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
}
_BESIDE = ".new"


def picture_path(name: str, media_type: str) -> str:
    """The address of the picture of this name."""
    return f"/media/{name}.{EXTENSIONS[media_type]}"


class PictureFolder:
    """Pictures below ``root``; every call leaves whole files only."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def _path(self, name: str) -> Path:
        return self._root / name[:2] / name

    def write(self, name: str, data: bytes) -> None:
        """Keep a picture's bytes; durable when this returns."""
        path = self._path(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = path.with_name(f"{name}{_BESIDE}")
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)

    def read(self, name: str) -> bytes | None:
        """The bytes, None when they are not there."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None

    def destroy(self, name: str) -> None:
        """Take the bytes away, and what a crash may have left beside them."""
        for place in (self._path(name), self._path(f"{name}{_BESIDE}")):
            with contextlib.suppress(FileNotFoundError):
                place.unlink()
