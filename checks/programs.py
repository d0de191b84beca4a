"""Validators that are programs of their own: found, run with a limit, or said to be missing."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from checks.finding import CheckFailed

NODE = Path(__file__).parent / "node"
MODULES = NODE / "node_modules"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
"""what it may be called, Debian's name first"""

_SECONDS = 240.0


def run(name: str, arguments: Sequence[str], *, given: bytes = b"", cwd: Path = NODE) -> bytes:
    """What a program says on its standard output, whatever its exit code.

    Raises CheckFailed where it is not there or does not end; validators say by their exit code
    that they found something, so what counts is that their answer can be read.
    """
    program = shutil.which(name)
    if program is None:
        raise CheckFailed(f"{name} is not installed: {_HOW[name]}")
    try:
        done = subprocess.run(
            [program, *arguments],
            input=given,
            capture_output=True,
            timeout=_SECONDS,
            cwd=cwd,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CheckFailed(f"{name} did not end within {_SECONDS:g} s") from error
    if not done.stdout and done.returncode and done.stderr:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise CheckFailed(f"{name} {arguments[0]} failed: {told[-1] if told else done.returncode}")
    return done.stdout


def module(path: str) -> Path:
    """A file of an installed npm package."""
    file = MODULES / path
    if not file.exists():
        raise CheckFailed(f"checks/node/node_modules/{path} is missing: make validate installs it")
    return file


_HOW = {
    "node": "Node 18.16 or newer is needed (Debian: apt-get install nodejs npm)",
    "java": "Debian: apt-get install default-jre-headless",
}
