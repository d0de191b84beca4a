"""The walls between the rooms (docs/decisions/0002-rooms.md), as far as imports cannot show."""

import ast
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

PURE = (
    "agency",
    "formats",
    "ledger",
    "press",
    "query",
    "reading",
    "rules",
    "subject",
    "text",
    "verdict",
    "delivery.py",
    "finding.py",
    "item.py",
    "moment.py",
    "section.py",
    "story.py",
)
_WORLD = {"now", "today", "utcnow", "time", "monotonic", "perf_counter", "urlopen"}
_PLACES = {"open", "input", "print", "breakpoint"}


def _modules(source: Path) -> list[Path]:
    found = []
    for name in PURE:
        place = source / name
        found += place.rglob("*.py") if place.is_dir() else [place] if place.exists() else []
    return sorted(found)


def _calls(module: Path) -> Iterator[tuple[int, str, bool]]:
    """(line, name, is a method) of every call."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.lineno, node.func.attr, True
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.lineno, node.func.id, False


def test_no_pure_room_reads_the_clock_or_the_disk(project: Path) -> None:
    source = project / "src/copytaster"
    found = [
        f"{module.relative_to(source)}:{line}: {name}()"
        for module in _modules(source)
        for line, name, method in _calls(module)
        if (name in _WORLD and method) or (name in _PLACES and not method)
    ]
    assert found == []


def test_the_walls_stand(project: Path) -> None:
    checked = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_pure_room_is_held_to_it(project: Path) -> None:
    settings = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    contracts = {c["id"]: c for c in settings["tool"]["importlinter"]["contracts"]}
    held = {name.removeprefix("copytaster.") for name in contracts["pure"]["source_modules"]}
    source = project / "src/copytaster"
    present = {name.removesuffix(".py") for name in PURE if (source / name).exists()}
    assert present - held == set()


def test_importing_the_package_opens_nothing(tmp_path: Path) -> None:
    """``import copytaster.formats`` must not drag in the store or a server."""
    program = (
        "import sys, copytaster.formats, copytaster.verdict, copytaster.press\n"
        "print(sorted({'apsw', 'starlette', 'uvicorn', 'httpx2'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize("room", sorted(n for n in PURE if not n.endswith(".py")))
def test_a_room_says_what_it_is_by_its_door(room: str, project: Path) -> None:
    door = project / "src/copytaster" / room / "__init__.py"
    if not door.exists():
        pytest.skip(f"the room {room} is not built yet")
    said = ast.get_docstring(ast.parse(door.read_text("utf-8"))) or ""
    assert len(said) > 80
