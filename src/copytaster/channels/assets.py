"""The assets of our own site: files that pages lean on, each under a name that holds its hash.

Pages on the disk name the assets they were made with, and so do copies of pages that readers and
caches keep. So what was once an asset is kept for ever; it is a few kilobytes a version.
"""

import re
from collections.abc import Mapping
from pathlib import Path

_NAME = re.compile(r"[0-9a-f]{16}\.[a-z0-9]{1,11}")
_BESIDE = ".new"


class AssetFolder:
    """Assets below ``root``; every call leaves whole files only."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def keep(self, assets: Mapping[str, bytes]) -> None:
        """Have these, by their names, and all there were before."""
        self._root.mkdir(parents=True, exist_ok=True)
        for name, data in assets.items():
            path = self._root / name
            if not path.exists() or path.stat().st_size != len(data):
                beside = path.with_name(f"{name}{_BESIDE}")
                beside.write_bytes(data)
                beside.replace(path)

    def read(self, name: str) -> bytes | None:
        """The bytes of an asset, None where there never was one of this name."""
        if _NAME.fullmatch(name) is None:
            return None
        try:
            return (self._root / name).read_bytes()
        except FileNotFoundError:
            return None
