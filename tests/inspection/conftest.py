"""A house whose site is looked at from outside, and can be made to lie."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.inspection.making import Outside
from tests.newsroom import making


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    with making.house(tmp_path / "data") as opened:
        yield Outside(opened)
