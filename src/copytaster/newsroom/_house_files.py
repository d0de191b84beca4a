"""Files the house brings along: its icon, the pages about itself, and IPTC's topics.

They are the house's own and read once, at the start; each fault is told in one line.
"""

import struct
from collections.abc import Mapping
from pathlib import Path

from copytaster import press
from copytaster import subject
from copytaster import text
from copytaster.config import ConfigError
from copytaster.item import Copy
from copytaster.press import Icon
from copytaster.subject import TOP_TERMS
from copytaster.subject import ExportError
from copytaster.subject import Mappings

_LARGEST = 512 * 1024
_LARGEST_EXPORT = 16 * 1024 * 1024
"""bytes of IPTC's file; that of 2026 has 2.4 MB"""
_PNG = b"\x89PNG\r\n\x1a\n"
_SMALLEST = 144
"""pixels of one side that a phone's home screen asks for at least"""


def icon(path: str | None) -> Icon | None:
    """The house's own icon."""
    if path is None:
        return None
    data = _read(Path(path), "site.icon")
    if path.endswith(".svg"):
        return Icon(media_type="image/svg+xml", data=data)
    return Icon(media_type="image/png", data=data, size=_side(data, path))


def _side(data: bytes, path: str) -> int:
    """Pixels of one side, from the first chunk of the file (PNG §11.2.2)."""
    if not data.startswith(_PNG) or data[12:16] != b"IHDR":
        raise ConfigError(f"site.icon: {path} is no PNG; give a PNG or an SVG file")
    width, height = struct.unpack(">II", data[16:24])
    if width != height or width < _SMALLEST:
        raise ConfigError(
            f"site.icon: {path} has {width} by {height} pixels; give a square one, 512 by 512"
        )
    return int(width)


def pages(folder: str | None) -> Mapping[str, Copy]:
    """The house's own pages by name: ``<name>.txt`` or ``<name>.html`` in the folder."""
    if folder is None:
        return {}
    place = Path(folder)
    if not place.is_dir():
        raise ConfigError(f"site.pages: {folder} is no folder; name the one with the pages")
    found: dict[str, Copy] = {}
    for path in sorted(place.iterdir()):
        if path.suffix in {".txt", ".html"} and not path.name.startswith("."):
            if path.stem in found:
                raise ConfigError(f"site.pages: {path} is there twice; keep .txt or .html")
            found[path.stem] = _page(path)
    return {name: copy for name, copy in found.items() if copy.blocks}


def _page(path: Path) -> Copy:
    if path.stem not in press.POLICIES:
        known = ", ".join(press.POLICIES)
        raise ConfigError(f"site.pages: {path}: no page is called so; known: {known}")
    try:
        words = _read(path, "site.pages").decode("utf-8")
        return text.from_html(words) if path.suffix == ".html" else text.from_plain(words)
    except (UnicodeDecodeError, text.TextError) as error:
        raise ConfigError(f"site.pages: {path}: {error}; save it as UTF-8 text") from error


def topics(path: str | None, language: str) -> Mappings:
    """What is known of codes at every agency: IPTC's file, or what holds without one."""
    if path is None:
        return Mappings(tables=(TOP_TERMS,))
    try:
        return subject.read(_read(Path(path), "topics.media_topics", _LARGEST_EXPORT), language)
    except ExportError as error:
        raise ConfigError(
            f"topics.media_topics: {path}: {error}; save IPTC's file again, "
            "see docs/reference/subjects.md"
        ) from error


def _read(path: Path, key: str, largest: int = _LARGEST) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        raise ConfigError(f"{key}: {path}: {error.strerror}; name a file that is there") from error
    if len(data) > largest:
        raise ConfigError(f"{key}: {path} is larger than {largest // 1024} KiB; give a smaller one")
    return data
