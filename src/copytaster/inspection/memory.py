"""What is kept of a log from one visit to the next: its key and its newest checkpoint.

Without it a rewritten log could not be told from an honest one, nor another key from the first.
A site on this machine is not remembered: its address says nothing about whose it is.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote
from urllib.parse import unquote

import msgspec

from copytaster import durable
from copytaster.inspection._errors import NoState

_VKEY: Final = "vkey"
_CHECKPOINT: Final = "checkpoint"


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What a monitor found to be false."""

    at: datetime
    lies: tuple[str, ...]
    kept: str | None
    """the checkpoint up to which everything was found to be so"""
    shown: str
    """the one that the site showed when it did not"""


class Memory(msgspec.Struct, frozen=True, kw_only=True):
    """The folder in which sites' logs are remembered, a folder for each site."""

    folder: Path

    def place(self, site: str) -> Path:
        """Where what is known of this site is kept."""
        return self.folder / quote(site.partition("://")[2], safe=".:")

    def vkey(self, site: str) -> str | None:
        """The key that the site named on the first visit."""
        data = self._read(site, _VKEY)
        return None if data is None else data.decode(errors="replace").strip()

    def vkeys(self) -> Iterator[tuple[str, str]]:
        """Every site that is remembered, without its scheme, and its key."""
        for path in sorted(self.folder.glob(f"*/{_VKEY}")):
            yield unquote(path.parent.name), path.read_text(errors="replace").strip()

    def checkpoint(self, site: str) -> bytes | None:
        """The newest checkpoint that was seen, as it was signed."""
        return self._read(site, _CHECKPOINT)

    def keep(self, site: str, *, vkey: str | None, checkpoint: bytes) -> None:
        """Remember a checkpoint that was found to be signed, and the first key for good."""
        place = self.place(site)
        try:
            place.mkdir(parents=True, exist_ok=True)
            if vkey is not None and not (place / _VKEY).exists():
                durable.write(place / _VKEY, f"{vkey}\n".encode())
            durable.write(place / _CHECKPOINT, checkpoint)
            durable.sync_folder(place)
        except OSError as error:
            raise NoState(f"{place}: {error.strerror}; nothing can be remembered there") from error

    def keep_evidence(self, site: str, evidence: Evidence) -> None:
        """Keep what was found to be false, in a file of its own."""
        place = self.place(site)
        data = msgspec.json.format(msgspec.json.encode(evidence)) + b"\n"
        try:
            place.mkdir(parents=True, exist_ok=True)
            durable.write(place / f"lie-{evidence.at:%Y%m%dT%H%M%SZ}.json", data)
            durable.sync_folder(place)
        except OSError as error:
            raise NoState(f"{place}: {error.strerror}; nothing can be kept there") from error

    def _read(self, site: str, name: str) -> bytes | None:
        path = self.place(site) / name
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise NoState(f"{path}: {error.strerror}") from error
