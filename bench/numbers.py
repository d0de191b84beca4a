"""The bench's own arithmetic."""

import math
from collections.abc import Sequence

import msgspec


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One figure, with what was asked of it and under which load it was taken."""

    name: str
    value: float
    unit: str
    target: float | None = None
    at_least: bool = False
    """the target is a floor; else it is a ceiling"""
    load: str

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.target is None:
            return None
        return self.value >= self.target if self.at_least else self.value <= self.target


def percentile(values: Sequence[float], part: float) -> float:
    """The smallest value that at least ``part`` percent of the values do not exceed."""
    if not values:
        raise ValueError("no values: nothing was measured")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * part / 100) - 1)]


def table(results: Sequence[Result]) -> str:
    """The figures as a table in Markdown."""
    rows = ["| figure | measured | target | met | load |", "| --- | --: | --: | --- | --- |"]
    for result in results:
        met = {True: "yes", False: "**no**", None: ""}[result.met]
        rows.append(
            f"| {result.name} | {_shown(result.value)} {result.unit} | {_wanted(result)} "
            f"| {met} | {result.load} |"
        )
    return "\n".join(rows)


def _wanted(result: Result) -> str:
    if result.target is None:
        return ""
    return f"{'≥' if result.at_least else '≤'} {_shown(result.target)} {result.unit}"


def _shown(value: float) -> str:
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"
