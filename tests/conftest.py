"""What all tests share: the corpus, the examples of properties, the async backend."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

pytest.register_assert_rewrite(
    "tests.store.chain_contract",
    "tests.store.contract",
    "tests.store.contract_evidence",
    "tests.store.contract_log",
    "tests.store.contract_outbox",
    "tests.store.contract_patrol",
    "tests.store.contract_people",
    "tests.store.contract_pictures",
    "tests.store.contract_reports",
    "tests.store.contract_window",
)
"""contracts are inherited from: their assertions tell as much as a test file's own"""

PROJECT = Path(__file__).resolve().parent.parent


def _load_examples_profile() -> None:
    """COPYTASTER_EXAMPLES of each property (40 without it), the same ones at every run.

    COPYTASTER_CHANCE=new tries new ones instead: for the soak, which looks for what nobody
    thought of; a change must not fail by luck.
    """
    examples = int(os.environ.get("COPYTASTER_EXAMPLES", "40"))
    new = os.environ.get("COPYTASTER_CHANCE") == "new"
    settings.register_profile(
        "desk", max_examples=examples, deadline=None, derandomize=not new, print_blob=new
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
