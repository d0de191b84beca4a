"""What a source usually brings, and when its silence means something."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.newsroom._rhythm import HOUR
from copytaster.newsroom._rhythm import quiet_since
from copytaster.newsroom._rhythm import rhythm

NOW = datetime(2026, 3, 30, 14, 20, tzinfo=UTC)
LAST = datetime(2026, 3, 30, 13, tzinfo=UTC)
WEEK = timedelta(weeks=1)
LONG_AGO = NOW - 10 * WEEK


def weeks(*counts: int) -> dict[datetime, int]:
    """So many in the same hour of one, two … weeks ago."""
    return {LAST - (n + 1) * WEEK: count for n, count in enumerate(counts)}


def test_the_day_ends_with_the_hour_that_runs() -> None:
    hours = {LAST + HOUR: 2, LAST: 5, LAST - 22 * HOUR: 7, LAST - 23 * HOUR: 9}
    day = rhythm(hours, LONG_AGO, NOW).day
    assert (len(day), day[0], day[-2:]) == (24, 7, (5, 2))


@pytest.mark.parametrize(
    ("counts", "usual"), [((8, 2, 9, 4), 4), ((8, 0, 0, 0), 0), ((), 0), ((90, 8, 8, 8), 8)]
)
def test_usual_is_the_middle_of_four_weeks(counts: tuple[int, ...], usual: int) -> None:
    assert rhythm(weeks(*counts), LONG_AGO, NOW).usual == usual


def test_too_little_is_known_in_the_first_two_weeks() -> None:
    assert rhythm(weeks(9, 9), NOW - 2 * WEEK, NOW).usual is None
    assert rhythm(weeks(9, 9), NOW - 2 * WEEK - 2 * HOUR, NOW).usual == 9
    assert rhythm({}, None, NOW).usual is None


@pytest.mark.parametrize(
    ("counts", "now", "quiet"),
    [
        ((9, 9, 9, 9), {}, True),
        ((9, 9, 9, 9), {LAST: 1}, False),
        ((9, 9, 9, 9), {LAST + HOUR: 1}, False),
        ((2, 2, 2, 2), {}, False),
        ((0, 0, 9, 9), {}, False),
    ],
)
def test_silence_means_something_only_where_something_usually_comes(
    counts: tuple[int, ...], now: dict[datetime, int], quiet: bool
) -> None:
    assert rhythm(weeks(*counts) | now, LONG_AGO, NOW).quiet is quiet


@given(st.dictionaries(st.integers(0, 700), st.integers(1, 50)))
def test_a_source_that_brings_anything_is_never_quiet(came: dict[int, int]) -> None:
    hours = {LAST + HOUR - back * HOUR: count for back, count in came.items()}
    found = rhythm(hours, LONG_AGO, NOW)
    assert not (found.quiet and any(found.day[-2:]))
    assert sum(found.day) == sum(count for back, count in came.items() if back < 24)


BUSY = {LAST - back * HOUR - n * WEEK: 5 for back in range(-1, 30) for n in range(1, 5)}


def since(now: dict[datetime, int], began: datetime = LONG_AGO) -> datetime | None:
    return quiet_since(BUSY | now, LONG_AGO, NOW, began)


def test_a_source_is_quiet_from_the_end_of_its_first_silent_hour() -> None:
    assert since({LAST - HOUR: 1}) == LAST + HOUR
    assert since({LAST - 3 * HOUR: 1}) == LAST - HOUR
    assert since({LAST: 1}) is None
    assert since({LAST + HOUR: 1}) is None


def test_hours_in_which_little_usually_comes_break_the_silence() -> None:
    night = {LAST - 2 * HOUR - n * WEEK: 2 for n in range(1, 5)}
    assert since(night) == LAST


def test_hours_before_the_desk_was_there_tell_nothing() -> None:
    assert since({}, began=LAST - 2 * HOUR) == LAST - HOUR
    assert since({}, began=LAST + timedelta(seconds=1)) is None


def test_silence_is_looked_back_on_for_two_days_at_most() -> None:
    always = {LAST - back * HOUR - n * WEEK: 5 for back in range(100) for n in range(1, 5)}
    assert quiet_since(always, LONG_AGO, NOW, LONG_AGO) == LAST + HOUR - 47 * HOUR
