"""Where the corpus is, and what lies where in it."""

import os
import tomllib
from collections.abc import Iterator
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import msgspec

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent


class Absent(FileNotFoundError):
    """There is no corpus; the message says where it was looked for and what to do."""


class File(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the corpus, and what its source would tell of it."""

    path: Path
    name: str
    """below the corpus, with forward slashes"""
    agency: str
    expected: str
    """the format that its folder promises"""


def find(named: Path | None = None) -> Path:
    """The corpus that is named, or that COPYTASTER_CORPUS names, or beside the project.

    Raises :class:`Absent`.
    """
    told = os.environ.get("COPYTASTER_CORPUS")
    folder = named or (Path(told) if told else PROJECT.parent / "shared" / "corpus")
    if not folder.is_dir():
        raise Absent(f"no corpus at {folder}: put one there, or name it with COPYTASTER_CORPUS")
    return folder


def told(name: str) -> dict[str, Any]:
    """One of the data files of this package."""
    return tomllib.loads((HERE / name).read_text("utf-8"))


def files(corpus: Path) -> Iterator[File]:
    """Every file that is read, in order of its name."""
    rules = told("corpus.toml")
    for path in sorted(corpus.rglob("*")):
        name = path.relative_to(corpus).as_posix()
        if path.is_file() and not _left_out(name, rules["left-out"]):
            yield File(
                path=path,
                name=name,
                agency=_longest(name, rules["agency"]) or "default",
                expected=_longest(name, rules["format"]) or "unknown",
            )


def _left_out(name: str, rules: Mapping[str, list[str]]) -> bool:
    last = name.rpartition("/")[2]
    return any(fnmatchcase(last, each) for each in rules["names"]) or name.startswith(
        tuple(rules["paths"])
    )


def _longest(name: str, by_path: Mapping[str, str]) -> str | None:
    fitting = [path for path in by_path if name.startswith(path)]
    return by_path[max(fitting, key=len)] if fitting else None
