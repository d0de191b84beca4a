"""Reading the reference pages."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def page(project: Path) -> Callable[[str], str]:
    """The text of a page below ``docs/``."""

    def read(name: str) -> str:
        return (project / "docs" / name).read_text(encoding="utf-8")

    return read


@pytest.fixture(scope="session")
def section(page: Callable[[str], str]) -> Callable[[str, str], str]:
    """The text under the heading ``## heading`` of a page, up to the next of its rank."""

    def read(name: str, heading: str) -> str:
        parts = re.split(r"^## (.+)$", page(name), flags=re.MULTILINE)
        found = dict(zip(parts[1::2], parts[2::2], strict=True))
        assert heading in found, f"docs/{name} has no heading '## {heading}'"
        return found[heading]

    return read
