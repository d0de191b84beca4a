"""The bench's own arithmetic."""

from datetime import UTC
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.numbers import Result
from bench.numbers import percentile
from bench.numbers import table
from bench.stories import Writer


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=300), st.integers(1, 100))
def test_at_least_so_many_percent_do_not_exceed_a_percentile(
    values: list[float], part: int
) -> None:
    found = percentile(values, part)
    assert found in values
    assert sum(value <= found for value in values) * 100 >= part * len(values)
    assert sum(value < found for value in values) * 100 < part * len(values)


def test_a_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        percentile([], 99)


@pytest.mark.parametrize(
    ("value", "at_least", "met"),
    [(299.0, True, False), (300.0, True, True), (300.0, False, True), (301.0, False, False)],
)
def test_a_target_is_a_floor_or_a_ceiling(value: float, at_least: bool, met: bool) -> None:
    result = Result(name="x", value=value, unit="s", target=300.0, at_least=at_least, load="none")
    assert result.met is met
    assert ("**no**" in table([result])) is not met


def test_stories_are_of_the_size_that_is_said() -> None:
    writer = Writer(1)
    sizes = [len(writer.story(n, datetime(2026, 11, 22, tzinfo=UTC))) for n in range(200)]
    assert 3900 < sum(sizes) / len(sizes) < 4300


def test_no_two_stories_of_a_lot_have_a_guid_or_headline_in_common() -> None:
    writer = Writer(7)
    assert len({writer.guid(n) for n in range(500)}) == 500
    assert len({writer.headline(n) for n in range(500)}) == 500
