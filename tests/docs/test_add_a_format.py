"""The how-to that adds a format works as it stands on the page."""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

PAGE = "how-to/add-a-format.md"


@pytest.fixture(scope="module")
def blocks(page: Callable[[str], str]) -> dict[str, str]:
    """The fenced blocks of the page by their language; each language is there once."""
    found = re.findall(r"^```(\w+)\n(.*?)^```$", page(PAGE), flags=re.MULTILINE | re.DOTALL)
    assert len(dict(found)) == len(found)
    return dict(found)


def install(blocks: dict[str, str], folder: Path) -> None:
    """What an installer would put there: the module, and the entry points of its project."""
    project = tomllib.loads(blocks["toml"])["project"]
    points = project["entry-points"]["copytaster.formats"]
    (folder / "telex_wire.py").write_text(blocks["python"], "utf-8")
    about = folder / "telex_wire-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n", "utf-8"
    )
    written = "".join(f"{name} = {target}\n" for name, target in points.items())
    (about / "entry_points.txt").write_text(f"[copytaster.formats]\n{written}", "utf-8")


def parse(file: Path, site: Path | None) -> subprocess.CompletedProcess[str]:
    paths = [str(site) if site else None, os.environ.get("PYTHONPATH")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in paths if path)}
    run = "from copytaster.cli import main; main()"
    command = [sys.executable, "-c", run, "parse", str(file)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def sample(blocks: dict[str, str], tmp_path: Path) -> Path:
    file = tmp_path / "harbour.telex"
    file.write_text(blocks["text"], "utf-8")
    return file


def test_a_format_of_another_package_is_added_in_40_lines(
    blocks: dict[str, str], sample: Path, tmp_path: Path
) -> None:
    assert sum(1 for line in blocks["python"].splitlines() if line) <= 40  # as the house formats it
    site = tmp_path / "site"
    site.mkdir()
    install(blocks, site)
    done = parse(sample, site)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert found["format"] == "telex"
    assert (found["guid"], found["version"]) == ("port-17", "2")
    assert (found["pubStatus"], found["holdReason"]) == ("usable", [])
    assert found["headlines"][0]["value"] == "Harbour opens again"
    assert found["versionCreated"]["instant"] == "2025-12-04T10:00:00+00:00"
    assert found["text"] == blocks["text"].partition("\n\n")[2]


def test_what_the_format_cannot_read_it_refuses_in_one_line(
    blocks: dict[str, str], sample: Path, tmp_path: Path
) -> None:
    install(blocks, tmp_path)
    sample.write_text(blocks["text"].replace("ID: ", "NO-ID: "), "utf-8")
    done = parse(sample, tmp_path)
    assert done.returncode == 1
    assert "telex: KeyError('ID')" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_the_package_nobody_knows_the_format(sample: Path) -> None:
    done = parse(sample, None)
    assert done.returncode == 1
    assert "no format known here" in done.stderr
