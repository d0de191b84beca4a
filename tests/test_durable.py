"""Files that are whole or not there."""

import os
from pathlib import Path

import pytest

from copytaster import durable


def test_a_file_is_written_in_place_of_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "one"
    for data in (b"first", b"", b"third"):
        durable.write(path, data)
        assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_made_durable_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one"
    durable.write(path, b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        durable.write(path, b"new")
    assert path.read_bytes() == b"old"


def test_a_secret_is_its_owners_also_where_a_crash_left_an_open_one(tmp_path: Path) -> None:
    path = tmp_path / "key"
    beside = tmp_path / f"key{durable.BESIDE}"
    beside.write_bytes(b"left")
    beside.chmod(0o644)
    durable.write(path, b"secret", mode=0o600)
    assert path.stat().st_mode & 0o777 == 0o600
