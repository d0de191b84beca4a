"""The contract's assertions tell as much as a test file's own."""

import pytest

pytest.register_assert_rewrite("tests.store.contract")
pytest.register_assert_rewrite("tests.store.contract_patrol")
