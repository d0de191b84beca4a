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
REACH = timedelta(weeks=WEEKS, hours=50)
"""what must be known of the past to tell all of this"""
_FEWEST = 2
"""weeks that must be known"""
_BUSY = 3
"""deliveries that an hour must usually bring, before its silence means anything"""
_LONGEST = 48
"""hours of silence that are looked back on"""


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
    running = whole(now)
    last = running - HOUR
    day = tuple(hours.get(running - back * HOUR, 0) for back in range(23, -1, -1))
    found = usual(hours, first, last)
    is_quiet = found is not None and found >= _BUSY and day[-2:] == (0, 0)
    return Rhythm(day=day, usual=found, quiet=is_quiet)


def usual(hours: Mapping[datetime, int], first: datetime | None, hour: datetime) -> int | None:
    """What comes in such an hour of such a weekday; None while too little is known."""
    before = [hour - timedelta(weeks=back) for back in range(1, WEEKS + 1)]
    known = [hours.get(one, 0) for one in before if first is not None and one >= first]
    return median_low(known) if len(known) >= _FEWEST else None


def quiet_since(
    hours: Mapping[datetime, int], first: datetime | None, now: datetime, began: datetime
) -> datetime | None:
    """Since when a source is quiet without a break: from the end of the first of the silent hours
    in a row that usually bring something. None where it is not quiet now. What came before
    ``began`` nobody was there to take: those hours tell nothing."""
    if not rhythm(hours, first, now).quiet:
        return None
    since, running = None, whole(now)
    for back in range(1, _LONGEST + 1):
        hour = running - back * HOUR
        found = usual(hours, first, hour)
        if hours.get(hour, 0) or hour < began or found is None or found < _BUSY:
            break
        since = hour + HOUR
    return since


def whole(at: datetime) -> datetime:
    """The beginning of its hour."""
    return at.replace(minute=0, second=0, microsecond=0)
