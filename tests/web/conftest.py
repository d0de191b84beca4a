"""The public site of a house whose clock stands still."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.newsroom import making
from tests.newsroom.making import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with making.house(tmp_path / "data") as opened:
        yield opened
