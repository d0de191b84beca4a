"""What all tests share: the corpus, the examples of properties, the async backend."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

PROJECT = Path(__file__).resolve().parent.parent


def _load_examples_profile() -> None:
    """The same 100 examples each time; with COPYTASTER_EXAMPLES, that many new ones."""
    wanted = os.environ.get("COPYTASTER_EXAMPLES")
    if wanted is None:
        settings.register_profile("desk", max_examples=100, deadline=None, derandomize=True)
    else:
        settings.register_profile(
            "desk", max_examples=int(wanted), deadline=None, database=None, print_blob=True
        )
    settings.load_profile("desk")


_load_examples_profile()


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's root folder."""
    return PROJECT


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Files other people made, to run against; never copied into the project."""
    named = os.environ.get("COPYTASTER_CORPUS")
    folder = Path(named) if named else PROJECT.parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip(f"no corpus at {folder}: put one there, or name it with COPYTASTER_CORPUS")
    return folder


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
