"""The members of a pack, each hashed as it is written, in a file that was not there."""

import hashlib
import os
import zipfile
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from typing import BinaryIO

import msgspec

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""the date of every member: a ZIP knows no earlier one, and none of them is a fact"""
_OWNER_ONLY = 0o600
_CHUNK = 1024 * 1024


@contextmanager
def new_file(target: Path) -> Iterator[BinaryIO]:
    """A file that was not there; gone again when the block fails."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        descriptor = os.open(target, flags, _OWNER_ONLY)
    except FileExistsError as error:
        raise ValueError(
            f"{target} exists, and evidence overwrites nothing: name another"
        ) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
    except BaseException:
        target.unlink()
        raise


def sealed(target: Path) -> dict[str, Any]:
    """What to write down of the pack itself."""
    digest = hashlib.sha256()
    with target.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return {
        "file": str(target),
        "bytes": target.stat().st_size,
        "sha256": digest.hexdigest(),
    }


class Pack:
    """Members as they are written."""

    def __init__(self, zip: zipfile.ZipFile) -> None:
        self._zip = zip
        self.members: list[dict[str, Any]] = []

    def add(self, name: str, data: bytes) -> str:
        return self.add_lines(name, (data,))

    def add_lines(self, name: str, lines: Iterable[bytes]) -> str:
        """A member that is never whole in memory."""
        info = zipfile.ZipInfo(name, _FIRST_DAY)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = _OWNER_ONLY << 16
        info.create_system = 3  # Unix, wherever it is written
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w") as member:
            for line in lines:
                member.write(line)
                digest.update(line)
                size += len(line)
        self.members.append({"name": name, "bytes": size, "sha256": digest.hexdigest()})
        return digest.hexdigest()

    def add_json(self, name: str, value: object) -> None:
        self.add(name, msgspec.json.format(msgspec.json.encode(value)) + b"\n")

    def close(self, manifest: Mapping[str, Any]) -> None:
        """Write the manifest, which names every member before it, and their sums last."""
        self.add_json("manifest.json", manifest)
        sums = "".join(f"{one['sha256']}  {one['name']}\n" for one in self.members)
        self.add("SHA256SUMS", sums.encode())
