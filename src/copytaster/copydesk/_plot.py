"""Plots as figures of an SVG: values in, places out; the template draws them.

No colour and no shape tells anything alone: every mark has its words, and the page has the same
figures as a table. Widths are in the picture's own units, which a style sheet scales.
"""

import math
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from datetime import timedelta

import msgspec

WIDTH = 400.0
_LEFT, _RIGHT, _TOP = 44.0, 6.0, 8.0
_DEEP, _SHALLOW = 130.0, 34.0
"""heights of the ground of a plot of times, and of one of counts"""
_FOOT = 18.0
_MILLI = 1e-3
_GAP = 0.25
"""of a day's width between two bars"""
_LABELLED = (1, 15)
"""days of a month that are named"""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Dot(msgspec.Struct, frozen=True, kw_only=True):
    """Something that took so long."""

    day: float
    """days after the first one of the plot"""
    seconds: float | None
    """None: it never happened; stands at the top, as a cross"""
    mark: str
    words: str


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an axis, and what it says."""

    at: float
    words: str


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """One value: where it stands, and what it says."""

    x: float
    y: float
    width: float = 0.0
    height: float = 0.0
    shape: str
    words: str


class Plot(msgspec.Struct, frozen=True, kw_only=True):
    """A picture, ready to be drawn."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    targets: tuple[Tick, ...]
    marks: tuple[Mark, ...]


def times(first: date, days: int, dots: Sequence[Dot], targets: Mapping[str, float]) -> Plot:
    """How long things took, over days; on a scale where each line is ten times the one below,
    because a kill that took minutes must not hide that the others took milliseconds."""
    known = [dot.seconds for dot in dots if dot.seconds is not None]
    low, high = _decades([*known, *targets.values()])
    bottom = _TOP + _DEEP

    def height(seconds: float) -> float:
        share = (math.log10(max(seconds, _MILLI)) - low) / (high - low)
        return round(bottom - share * _DEEP, 2)

    return _plot(
        bottom,
        columns=_columns(first, days),
        rows=tuple(
            Tick(at=height(10.0**power), words=_seconds(power)) for power in range(low, high + 1)
        ),
        targets=tuple(Tick(at=height(value), words=words) for words, value in targets.items()),
        marks=tuple(
            Mark(
                x=_x(dot.day, days),
                y=_TOP if dot.seconds is None else height(dot.seconds),
                shape="cross" if dot.seconds is None else dot.mark,
                words=dot.words,
            )
            for dot in dots
        ),
    )


def _decades(seconds: Sequence[float]) -> tuple[int, int]:
    """Powers of ten that hold all of these, and one at least between them."""
    powers = [math.log10(max(one, _MILLI)) for one in seconds] or [0.0]
    low, high = math.floor(min(powers)), math.ceil(max(powers))
    return (low, high) if low < high else (low, low + 1)


def _seconds(power: int) -> str:
    return f"{10**power:,} s" if power >= 0 else f"{10 ** (power + 3)} ms"


def counts(first: date, days: int, counted: Mapping[date, int]) -> Plot:
    """How many stories there were on each day, a bar each."""
    top = max(counted.values(), default=0)
    bottom, wide = _TOP + _SHALLOW, (WIDTH - _LEFT - _RIGHT) / days
    marks = []
    for day, n in sorted(counted.items()):
        tall = round(max(1.0, _SHALLOW * n / top), 2)
        marks.append(
            Mark(
                x=round(_LEFT + (day - first).days * wide + _GAP / 2 * wide, 2),
                y=round(bottom - tall, 2),
                width=round(wide * (1 - _GAP), 2),
                height=tall,
                shape="bar",
                words=f"{_named(day)}: {n:,} {'story' if n == 1 else 'stories'}",
            )
        )
    return _plot(
        bottom,
        columns=_columns(first, days),
        rows=(Tick(at=bottom, words="0"), Tick(at=_TOP, words=f"{top:,}")),
        marks=tuple(marks),
    )


def _plot(
    bottom: float,
    *,
    columns: tuple[Tick, ...],
    rows: tuple[Tick, ...],
    marks: tuple[Mark, ...],
    targets: tuple[Tick, ...] = (),
) -> Plot:
    """In the frame that all plots have, down to ``bottom``."""
    return Plot(
        width=WIDTH,
        height=bottom + _FOOT,
        left=_LEFT,
        right=WIDTH - _RIGHT,
        top=_TOP,
        bottom=bottom,
        rows=rows,
        columns=columns,
        targets=targets,
        marks=marks,
    )


def _x(day: float, days: int) -> float:
    return round(_LEFT + day / days * (WIDTH - _LEFT - _RIGHT), 2)


def _columns(first: date, days: int) -> tuple[Tick, ...]:
    named = [first + timedelta(days=n) for n in range(days)]
    return tuple(
        Tick(at=_x((day - first).days + 0.5, days), words=_named(day))
        for day in named
        if day.day in _LABELLED
    )


def _named(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]}"
