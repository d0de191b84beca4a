"""What is shipped, and what it is pinned to."""

import re
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def settings(project: Path) -> dict[str, Any]:
    return tomllib.loads((project / "pyproject.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-browser.lock"])
def test_every_pin_is_exact_and_hashed(name: str, project: Path) -> None:
    text = (project / name).read_text("utf-8").replace("\\\n", "")
    pins = [line for line in text.splitlines() if line.strip()]
    assert pins
    loose = [
        line[:40]
        for line in pins
        if not re.match(r"[a-z0-9-]+==\S+( ; .+?)?\s+--hash=sha256:[0-9a-f]{64}", line)
    ]
    assert loose == []


def _wanted(group: list[str]) -> set[str]:
    return {re.match(r"[a-z0-9-]+", line).group() for line in group}  # type: ignore[union-attr]


def test_the_locks_hold_what_is_asked_for(project: Path, settings: dict[str, Any]) -> None:
    def pinned(name: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9-]+)==", (project / name).read_text(), flags=re.MULTILINE))

    groups = settings["dependency-groups"]
    main = _wanted(settings["project"]["dependencies"]) | _wanted(groups["dev"])
    assert main - pinned("requirements.lock") == set()
    assert _wanted(groups["browser"]) - pinned("requirements-browser.lock") == set()


def test_the_two_locks_agree(project: Path) -> None:
    def versions(name: str) -> dict[str, str]:
        text = (project / name).read_text("utf-8")
        return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, flags=re.MULTILINE))

    main, browser = versions("requirements.lock"), versions("requirements-browser.lock")
    differ = {name for name in main.keys() & browser.keys() if main[name] != browser[name]}
    assert differ == set()


def test_the_build_backend_is_pinned_like_the_rest(settings: dict[str, Any]) -> None:
    backend = _wanted(settings["build-system"]["requires"])
    assert backend <= _wanted(settings["dependency-groups"]["dev"])


def test_the_licence_is_shipped_with_the_package(project: Path) -> None:
    assert metadata.metadata("copytaster")["License-Expression"] == "Apache-2.0"
    assert "Apache License" in (project / "LICENSE").read_text("utf-8")


def test_types_are_shipped(project: Path) -> None:
    assert (project / "src/copytaster/py.typed").exists()


def test_the_command_is_installed() -> None:
    scripts = metadata.entry_points(group="console_scripts", name="copytaster")
    assert [script.value for script in scripts] == ["copytaster.cli:main"]


def test_the_changelog_tells_of_this_version(project: Path) -> None:
    told = re.findall(r"^## (\S+)", (project / "CHANGELOG.md").read_text(), flags=re.MULTILINE)
    assert told[0] == "Unreleased" or told[0].lstrip("v") == metadata.version("copytaster")
