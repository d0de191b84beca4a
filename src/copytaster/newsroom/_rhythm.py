"""How often a source usually brings something, learned from what it brought: by hour and weekday.

The same hour of the same weekday of the four weeks before, and the middle one of those counts. A
machine that waits for *nothing* has no other way to notice it: a feed that answers with the same
bytes for a day looks healthy from outside.
"""

from collections.abc import Mapping
from datetime import datetime
from datetime import timedelta
from statistics import median_low

import msgspec

HOUR = timedelta(hours=1)
WEEKS = 4
_FEWEST = 2
"""weeks that must be known"""
_BUSY = 3
"""deliveries that an hour must usually bring, before its silence means anything"""


class Rhythm(msgspec.Struct, frozen=True, kw_only=True):
    """The last whole hour of a source, beside what is usual."""

    day: tuple[int, ...]
    """what came in each of the last 24 hours, the one that runs as the last"""
    usual: int | None
    """in an hour like the last whole one; None while too little is known"""
    quiet: bool
    """nothing came in that hour and since, where something usually does"""


def rhythm(hours: Mapping[datetime, int], first: datetime | None, now: datetime) -> Rhythm:
    """``hours``: counts by whole hour; ``first``: when the source brought its first."""
    running = now.replace(minute=0, second=0, microsecond=0)
    last = running - HOUR
    day = tuple(hours.get(running - back * HOUR, 0) for back in range(23, -1, -1))
    before = [last - timedelta(weeks=back) for back in range(1, WEEKS + 1)]
    known = [hours.get(hour, 0) for hour in before if first is not None and hour >= first]
    usual = median_low(known) if len(known) >= _FEWEST else None
    is_quiet = usual is not None and usual >= _BUSY and day[-2:] == (0, 0)
    return Rhythm(day=day, usual=usual, quiet=is_quiet)
