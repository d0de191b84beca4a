"""The twin keeps the contract too: the contract asks for nothing only SQLite could give."""

import pytest

from copytaster.store import Store
from tests.store.chain_contract import ChainContract
from tests.store.contract import StoreContract
from tests.store.contract_erasures import ErasingEditionsContract
from tests.store.contract_erasures import ErasuresContract
from tests.store.contract_search import SearchContract
from tests.store.contract_told import ToldContract
from tests.store.twin import Twin


class TestTwin(
    StoreContract,
    ChainContract,
    SearchContract,
    ToldContract,
    ErasuresContract,
    ErasingEditionsContract,
):
    @pytest.fixture
    def store(self) -> Store:
        return Twin()
