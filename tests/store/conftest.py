"""The contract's assertions tell as much as a test file's own."""

import pytest

pytest.register_assert_rewrite(
    "tests.store.chain_contract",
    "tests.store.contract",
    "tests.store.contract_outbox",
    "tests.store.contract_patrol",
)
