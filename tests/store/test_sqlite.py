"""The contract on SQLite, in a file and in memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from copytaster.store import STORE_FILE
from copytaster.store import Store
from copytaster.store import open_sqlite
from tests import blank
from tests.store.chain_contract import ChainContract
from tests.store.contract import StoreContract
from tests.store.contract_erasures import ErasingEditionsContract
from tests.store.contract_erasures import ErasuresContract
from tests.store.contract_search import SearchContract
from tests.store.contract_told import ToldContract


class TestInAFile(
    StoreContract,
    ChainContract,
    SearchContract,
    ToldContract,
    ErasuresContract,
    ErasingEditionsContract,
):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        blank.lay(tmp_path)
        store = open_sqlite(tmp_path / STORE_FILE)
        yield store
        store.close()


class TestInMemory(
    StoreContract,
    ChainContract,
    SearchContract,
    ToldContract,
    ErasuresContract,
    ErasingEditionsContract,
):
    @pytest.fixture
    def store(self) -> Iterator[Store]:
        store = blank.in_memory()
        yield store
        store.close()
