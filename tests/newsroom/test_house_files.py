"""Files the house brings along: what cannot be used is told before readers come."""

import struct
from pathlib import Path

import pytest

from copytaster.config import ConfigError
from copytaster.newsroom import _house_files


def _png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\0" * 9


def test_without_files_there_are_none() -> None:
    assert _house_files.icon(None) is None
    assert _house_files.pages(None) == {}


def test_an_icon_is_read_with_its_size(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(_png(512, 512))
    (tmp_path / "a.svg").write_bytes(b"<svg/>")
    bitmap = _house_files.icon(str(tmp_path / "a.png"))
    drawing = _house_files.icon(str(tmp_path / "a.svg"))
    assert bitmap is not None
    assert drawing is not None
    assert (bitmap.media_type, bitmap.size) == ("image/png", 512)
    assert (drawing.media_type, drawing.size) == ("image/svg+xml", None)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"GIF89a", "is no PNG"),
        (b"\x89PNG\r\n\x1a\n", "is no PNG"),
        (_png(512, 400), "512 by 400 pixels"),
        (_png(32, 32), "32 by 32 pixels"),
        (_png(512, 512) + b"\0" * 512 * 1024, "larger than 512 KiB"),
    ],
)
def test_an_icon_that_will_not_do_is_refused(data: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(data)
    with pytest.raises(ConfigError, match=why):
        _house_files.icon(str(tmp_path / "a.png"))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"site\.icon: .*a\.svg"):
        _house_files.icon(str(tmp_path / "a.svg"))
    with pytest.raises(ConfigError, match=r"site\.pages: .* is no folder"):
        _house_files.pages(str(tmp_path / "pages"))


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"impressum.txt": b"x"}, "no page is called so; known: about"),
        ({"about.txt": b"x", "about.html": b"x"}, "is there twice"),
        ({"about.txt": b"\xff\xfe"}, "save it as UTF-8"),
        ({"about.txt": b"a\0b"}, "U\\+0000"),
    ],
)
def test_a_page_that_will_not_do_is_refused(
    files: dict[str, bytes], why: str, tmp_path: Path
) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    with pytest.raises(ConfigError, match=why):
        _house_files.pages(str(tmp_path))


def test_other_files_in_the_folder_are_let_be(tmp_path: Path) -> None:
    for name in ("about.txt", ".about.txt.swp", "logo.png", "notes.md"):
        (tmp_path / name).write_bytes(b"words")
    assert list(_house_files.pages(str(tmp_path))) == ["about"]
