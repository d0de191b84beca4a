"""What may not be in any file of the project."""

import re
import subprocess
from pathlib import Path

import pytest

_LOCAL = ("/wo" + "rk/", "/ho" + "me/", "/ro" + "ot/", "/Us" + "ers/")
_REGISTRIES = ("py" + "pi.org", "files.python" + "hosted.org", "registry.np" + "mjs.org")
_BINARY = {".png", ".ico", ".jpg", ".gz"}


@pytest.fixture(scope="module")
def texts(project: Path) -> dict[str, str]:
    """Every file that is, or would be, part of the project, by its path."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=project,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout: cannot tell which files belong to the project")
    names = [name for name in listed.stdout.decode().split("\0") if name]
    return {
        name: (project / name).read_text("utf-8", errors="replace")
        for name in names
        if (project / name).is_file() and Path(name).suffix not in _BINARY
    }


def test_no_file_names_a_folder_of_somebodys_machine(texts: dict[str, str]) -> None:
    found = [
        f"{name}: {place}" for name, text in texts.items() for place in _LOCAL if place in text
    ]
    assert found == []


def test_no_file_names_a_package_registry(texts: dict[str, str]) -> None:
    found = [
        f"{name}: {host}" for name, text in texts.items() for host in _REGISTRIES if host in text
    ]
    assert found == []


def test_no_file_holds_something_that_looks_like_a_key(texts: dict[str, str]) -> None:
    private = re.compile(
        r"-----BEGIN [A-Z ]*PRIV" + r"ATE KEY-----|\bghp_\w{20,}|\bAKIA[A-Z0-9]{16}\b"
    )
    assert [name for name, text in texts.items() if private.search(text)] == []


def test_nothing_is_left_for_later(texts: dict[str, str]) -> None:
    later = re.compile(r"\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + r"CK)\b")
    found = [name for name, text in texts.items() if name.endswith(".py") and later.search(text)]
    assert found == []


def test_every_ignored_check_says_which_one(texts: dict[str, str]) -> None:
    bare = re.compile(r"#\s*(noqa(?!: [A-Z]+\d)|type: ignore(?!\[))")
    assert [n for n, text in texts.items() if n.endswith(".py") and bare.search(text)] == []


def test_shell_scripts_stop_at_the_first_failure(project: Path) -> None:
    for name, flags in (("scripts/setup", "set -eu"), (".ci/run", "set -euo pipefail")):
        script = project / name
        assert f"\n{flags}\n" in script.read_text("utf-8")
        assert script.stat().st_mode & 0o111


def test_no_pattern_repeats_a_group_possessively(project: Path) -> None:
    """Python 3.11.0 to 3.11.4, which Debian 12 ships, match such groups wrongly
    (CPython issue 106052). A possessive character class is sound."""
    sources = sorted((project / "src").rglob("*.py"))
    found = [
        f"{path.relative_to(project)}:{number}"
        for path in sources
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if any(sign in line for sign in (")*" + "+", ")+" + "+", ")?" + "+", "(?" + ">"))
    ]
    assert found == []
