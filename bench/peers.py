"""Other people's feed parsers, fetched for the bench into a folder that is thrown away.

They are no dependency of anything: without a network the bench says so and goes on.
"""

import importlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

_ROOT = Path(__file__).resolve().parent.parent
_FOLDER = _ROOT / "build" / f"peers-{sys.version_info[0]}.{sys.version_info[1]}"
_PACKAGES = ("feedparser", "fastfeedparser", "feedparser-rs", "atoma")
RUST = ("fastfeedparser", "feedparser-rs")
"""peers whose core is Rust; the others are Python"""

Count = Callable[[bytes], int]


class Peers(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to compare with, and why anything is missing."""

    found: Mapping[str, Mapping[str, Count]]
    """by name, then by format: bytes → items read, their title, address and words touched"""
    missing: Mapping[str, str]


def gather(*, fetch: bool = True) -> Peers:
    """Import the peers, fetching them once when they are not there and that is allowed."""
    complaint = _fetched() if fetch and not _FOLDER.is_dir() else None
    if _FOLDER.is_dir() and str(_FOLDER) not in sys.path:
        sys.path.append(str(_FOLDER))
    found: dict[str, Mapping[str, Count]] = {}
    missing: dict[str, str] = {}
    for package, readers in _READERS.items():
        try:
            found[package] = readers(importlib.import_module(package.replace("-", "_")))
        except ImportError as error:
            missing[package] = complaint or str(error)
    return Peers(found=found, missing=missing)


def _fetched() -> str | None:
    """Fetch every peer by itself, so that one that fails costs no other; the first complaint."""
    complaint = None
    for package in _PACKAGES:
        command = [*_installer(), "--target", str(_FOLDER), package]
        try:
            subprocess.run(command, check=True, capture_output=True, text=True, timeout=180)
        except (OSError, subprocess.SubprocessError) as error:
            said = getattr(error, "stderr", None) or str(error)
            complaint = complaint or f"could not be fetched: {said.strip().splitlines()[-1][:120]}"
    return complaint


def _installer() -> list[str]:
    uv = shutil.which("uv") or str(_ROOT / ".boot" / "bin" / "uv")
    if Path(uv).exists():
        return [uv, "pip", "install", "--quiet", "--python", sys.executable]
    return [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def _touched(entries: Iterable[Any], read: Callable[[Any], object]) -> int:
    """Read the same of every entry from Python: a lazy peer has to have done its work."""
    count = 0
    for entry in entries:
        read(entry)
        count += 1
    return count


def _keyed(entry: Any) -> object:
    """Entries of feedparser's shape."""
    content = entry.get("content")
    words = content[0].get("value") if content else entry.get("summary")
    return entry.get("title"), entry.get("link"), entry.get("id"), words, entry.get("published")


def _attributed(entry: Any) -> object:
    """The same where entries are objects."""
    content = entry.content
    words = content[0].value if content else entry.summary
    return entry.title, entry.link, entry.id, words, entry.published


def _feedparser(module: Any) -> Mapping[str, Count]:
    def count(data: bytes) -> int:
        return _touched(module.parse(data).entries, _keyed)

    return {"rss": count, "atom": count}


def _fastfeedparser(module: Any) -> Mapping[str, Count]:
    def count(data: bytes) -> int:
        return _touched(module.parse(data).entries, _keyed)

    return {"rss": count, "atom": count, "json-feed": count}


def _feedparser_rs(module: Any) -> Mapping[str, Count]:
    def count(data: bytes) -> int:
        return _touched(module.parse(data).entries, _attributed)

    return {"rss": count, "atom": count, "json-feed": count}


def _atoma(module: Any) -> Mapping[str, Count]:
    def rss(data: bytes) -> int:
        items = module.parse_rss_bytes(data).items
        return _touched(items, lambda item: (item.title, item.link, item.guid, item.description))

    def atom(data: bytes) -> int:
        entries = module.parse_atom_bytes(data).entries
        return _touched(entries, lambda entry: (entry.title.value, entry.id_, entry.content))

    def json_feed(data: bytes) -> int:
        items = module.parse_json_feed_bytes(data).items
        return _touched(items, lambda item: (item.title, item.url, item.id_, item.content_html))

    return {"rss": rss, "atom": atom, "json-feed": json_feed}


_READERS: Mapping[str, Callable[[Any], Mapping[str, Count]]] = {
    "feedparser": _feedparser,
    "fastfeedparser": _fastfeedparser,
    "feedparser-rs": _feedparser_rs,
    "atoma": _atoma,
}
