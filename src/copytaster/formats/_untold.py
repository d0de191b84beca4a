"""What one place tells editors and another does not: agencies repeat their notes."""

from collections.abc import Iterable
from collections.abc import Iterator
from itertools import islice

_MOST_LINES = 500
_LONGEST = 100_000
"""beyond, a line counts as told only where it is a whole line: looking for each line in all of a
long note takes time that grows with the square of what was sent"""


def untold(lines: Iterable[str], told: str) -> Iterator[str]:
    """The lines that are neither empty nor in ``told``."""
    whole = frozenset(told.split("\n"))
    within = told[:_LONGEST]
    waiting = iter(lines)
    for line in islice(waiting, _MOST_LINES):
        if line and line not in whole and line not in within:
            yield line
    for line in waiting:
        if line and line not in whole:
            yield line
