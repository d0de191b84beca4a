"""The contract on SQLite, in a file and in memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from copytaster.store import Store
from copytaster.store import open_sqlite
from tests.store.chain_contract import ChainContract
from tests.store.contract import StoreContract
from tests.store.contract_erasures import ErasingEditionsContract
from tests.store.contract_erasures import ErasuresContract
from tests.store.contract_search import SearchContract


class TestInAFile(
    StoreContract, ChainContract, SearchContract, ErasuresContract, ErasingEditionsContract
):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        store = open_sqlite(tmp_path / "desk.sqlite")
        yield store
        store.close()


class TestInMemory(
    StoreContract, ChainContract, SearchContract, ErasuresContract, ErasingEditionsContract
):
    @pytest.fixture
    def store(self) -> Iterator[Store]:
        store = open_sqlite(":memory:")
        yield store
        store.close()
