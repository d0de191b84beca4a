"""Plots: values in, places out."""

from datetime import date
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from copytaster.copydesk import _plot as plots
from copytaster.copydesk._plot import Dot

FIRST = date(2026, 3, 1)


def dot(seconds: float | None, day: float = 1.0) -> Dot:
    return Dot(day=day, seconds=seconds, mark="circle", words="a drill")


def test_each_line_is_ten_times_the_one_below() -> None:
    plot = plots.times(FIRST, 30, [dot(0.02), dot(40)], {"slow": 5.0})
    assert [row.words for row in plot.rows] == ["10 ms", "100 ms", "1 s", "10 s", "100 s"]
    gaps = {round(a.at - b.at, 1) for a, b in zip(plot.rows, plot.rows[1:], strict=False)}
    assert len(gaps) == 1


def test_what_never_happened_is_a_cross_at_the_top() -> None:
    (mark,) = plots.times(FIRST, 30, [dot(None)], {}).marks
    assert (mark.shape, mark.y) == ("cross", plots.times(FIRST, 30, [], {}).top)


def test_a_quicker_one_stands_lower_and_a_later_one_further_right() -> None:
    first, second = plots.times(FIRST, 30, [dot(0.1, 1), dot(3.0, 20)], {}).marks
    assert first.y > second.y
    assert first.x < second.x


def test_the_first_and_the_fifteenth_of_a_month_are_named() -> None:
    plot = plots.counts(FIRST, 40, {})
    assert [one.words for one in plot.columns] == ["1 Mar", "15 Mar", "1 Apr"]


def test_a_bar_is_as_tall_as_its_share_of_the_tallest_and_says_how_many() -> None:
    days = {FIRST: 1000, FIRST + timedelta(days=2): 500, FIRST + timedelta(days=3): 1}
    plot = plots.counts(FIRST, 30, days)
    tallest, half, least = plot.marks
    assert half.height * 2 == tallest.height == plot.bottom - plot.top
    assert least.height >= 1.0, "one can be seen beside a thousand"
    assert tallest.words == "1 Mar: 1,000 stories"
    assert plot.rows[1].words == "1,000"


@given(
    st.lists(st.tuples(st.floats(0, 1e6) | st.none(), st.floats(0, 90)), max_size=20),
    st.floats(1e-3, 1e4),
)
def test_everything_stands_within_the_picture(
    given: list[tuple[float | None, float]], target: float
) -> None:
    dots = [dot(seconds, day) for seconds, day in given]
    plot = plots.times(FIRST, 90, dots, {"slow": target})
    for mark in plot.marks:
        assert plot.left <= mark.x <= plot.right
        assert plot.top <= mark.y <= plot.bottom
    assert all(plot.top <= one.at <= plot.bottom for one in (*plot.targets, *plot.rows))
