"""The handbook's formats §2.3 a second time, told differently, to hold the first against.

Messages are plain rows of numbers and words; the answer is a state and a text. Nothing here is
shared with the room under test.
"""

from collections import defaultdict
from typing import NamedTuple

OPEN_ENDED = 10**9
"""the minute of an embargo that never ends"""

_SEVERITY = {"usable": 0, "hold": 1, "withheld": 2, "canceled": 3}


class Row(NamedTuple):
    """One message."""

    number: int | None
    """version number"""
    minute: int | None
    """minute of the day in which the version was made"""
    text: str
    status: str = "usable"
    embargo: int = 0
    """minute of the day; 0 for none"""
    part: bool = False


def expected(rows: set[Row], minute: int) -> tuple[str, str | None]:
    """(state, text that is public) at ``minute``."""
    if {"canceled"} & {row.status for row in rows}:
        return "killed", None
    ladder, floating = _ladder(rows)
    summit = ladder[max(ladder)]
    voices = summit + floating
    severity = max(_SEVERITY[row.status] for row in voices)
    if severity == _SEVERITY["withheld"]:
        return "withheld", None
    last = [row for row in summit if _when(row) == max(map(_when, summit))]
    meanings = {(row.text, row.part) for row in last}
    if severity == _SEVERITY["hold"] or len(meanings) > 1 or True in {row.part for row in last}:
        return "held", None
    if minute < max(row.embargo for row in voices):
        return "embargoed", None
    return "live", last[0].text


def _ladder(rows: set[Row]) -> tuple[dict[int, list[Row]], list[Row]]:
    """Rows by their rung, and those that stand on none."""
    by_number = any(row.number is not None for row in rows)
    ladder: dict[int, list[Row]] = defaultdict(list)
    floating = []
    for row in rows:
        rung = row.number if by_number else row.minute
        if rung is None:
            floating.append(row)
        else:
            ladder[rung].append(row)
    return (ladder, floating) if ladder else ({0: floating}, [])


def _when(row: Row) -> int:
    return -1 if row.minute is None else row.minute
