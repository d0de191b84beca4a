"""The pictures of our own site: files under the name of their content, and their addresses.

A picture's address is half of its SHA-256: the bytes behind it never change, nobody can guess
one that was not published, and two stories with the same picture share it. Whether it may be
seen is read from the store at each request. Its renditions bear its name and their width, so
that whatever knows one of them knows the picture. Written beside its place, synced and renamed
before the store names it; what is lost is fetched from the agency again.
"""

import contextlib
from collections.abc import Mapping
from pathlib import Path

from copytaster import durable

EXTENSIONS: Mapping[str, str] = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
}


def picture_path(name: str, media_type: str) -> str:
    """The address of the picture of this name."""
    return f"/media/{name}.{EXTENSIONS[media_type]}"


def rendition_path(name: str, media_type: str, width: int) -> str:
    """The address of this picture's rendition of this kind and width."""
    return f"/media/{rendition_file(name, media_type, width)}"


def rendition_file(name: str, media_type: str, width: int) -> str:
    """What its file is called; a picture's own file has its bare name."""
    return f"{name}-{width}.{EXTENSIONS[media_type]}"


class PictureFolder:
    """Pictures below ``root``; every call leaves whole files only."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def _path(self, file: str) -> Path:
        return self._root / file[:2] / file

    def write(self, file: str, data: bytes) -> None:
        """Keep the bytes of a picture or a rendition; durable when this returns."""
        path = self._path(file)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        durable.write(path, data)

    def read(self, file: str) -> bytes | None:
        """The bytes, None when they are not there."""
        try:
            return self._path(file).read_bytes()
        except FileNotFoundError:
            return None

    def names(self) -> set[str]:
        """The names of all pictures of which there is any file."""
        files = (path.name for path in self._root.glob("*/*"))
        return {file.removesuffix(durable.BESIDE).partition("-")[0] for file in files}

    def destroy(self, name: str) -> None:
        """Take a picture's bytes away: its own, those of its renditions, whether the store names
        them or not, and what a crash may have left beside them."""
        folder = self._path(name).parent
        for place in (
            *folder.glob(f"{name}-*"),
            *folder.glob(f"{name}{durable.BESIDE}"),
            folder / name,
        ):
            with contextlib.suppress(FileNotFoundError):
                place.unlink()
