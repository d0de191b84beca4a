"""``make setup`` on machines that lack something says what to install."""

import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A PATH with a shell's own tools and nothing else."""
    for tool in ("sh", "dirname", "rm", "mkdir"):
        found = shutil.which(tool)
        assert found is not None
        (tmp_path / tool).symlink_to(found)
    return tmp_path


def _setup(project: Path, path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(project / "scripts" / "setup")],
        env={"PATH": str(path), "HOME": "", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_machine_without_python_is_told_what_to_install(project: Path, bare: Path) -> None:
    ran = _setup(project, bare)
    assert ran.returncode == 1
    assert "no Python 3.11 or newer found" in ran.stderr
    assert "apt-get install python3" in ran.stderr


def test_a_python_that_is_too_old_is_not_used(project: Path, bare: Path) -> None:
    old = bare / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    ran = _setup(project, bare, PYTHON="python3")
    assert ran.returncode == 1
    assert "no Python 3.11 or newer found at python3" in ran.stderr


def test_the_makefile_lists_what_can_be_made(project: Path) -> None:
    ran = subprocess.run(
        ["make", "--no-print-directory"], cwd=project, capture_output=True, text=True, check=True
    )
    listed = {line.split()[1] for line in ran.stdout.splitlines()}
    assert {"setup", "demo", "test", "ci", "soak", "run", "bench", "check"} <= listed
