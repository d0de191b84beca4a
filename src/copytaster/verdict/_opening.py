"""When what is current may be public at the earliest: its embargo, its dates, and how it came.

Of one standing, be it a story's or that of a part which is read in another.
"""

from datetime import datetime
from datetime import timedelta

from copytaster.item import EmbargoState
from copytaster.item import Item
from copytaster.moment import Moment
from copytaster.story import Arrival
from copytaster.verdict._standing import Standing
from copytaster.verdict.rights import utc

CLOCK_TOLERANCE = timedelta(minutes=5)
"""how far ahead of its receipt a story may say it was first created: clocks differ"""
ZONE_TOLERANCE = timedelta(hours=24)
"""how far ahead of its receipt a version may be dated: more is no mistaken zone"""


def embargo_end(standing: Standing) -> datetime | None:
    """The latest dated embargo of all that binds."""
    ends = [
        message.item.embargo.until
        for message in standing.binding
        if message.item.embargo.until is not None
    ]
    return utc(max(ends)) if ends else None


def has_endless_embargo(standing: Standing) -> bool:
    """Whether an embargo that binds has no date that could be read."""
    return any(
        message.item.embargo.state is not EmbargoState.none and message.item.embargo.until is None
        for message in standing.binding
    )


def not_before(standing: Standing) -> datetime | None:
    """The instant that a story dated in the future waits for.

    A feed's future ``pubDate`` may be a plan, an embargo nobody declared or a bad clock
    (handbook: formats §2.4): not before that instant, unless a person says so.
    """
    waits = [
        instant
        for instant, tolerance in (
            (instant_of(standing.current.first_created), CLOCK_TOLERANCE),
            (instant_of(standing.current.version_created), ZONE_TOLERANCE),
        )
        if instant is not None and instant - standing.received > tolerance
    ]
    return utc(max(waits)) if waits else None


def instant_of(moment: Moment | None) -> datetime | None:
    """The instant of a moment, if there is one and it could be read."""
    return moment.instant if moment is not None else None


def is_backfill(standing: Standing) -> bool:
    """Judged by the first receipt of the content: a later replay of live copy changes nothing."""
    return any(
        _is_old(arrival, standing.current)
        for arrival in standing.arrivals
        if arrival.received == standing.received
    )


def _is_old(arrival: Arrival, item: Item) -> bool:
    if arrival.archive:
        return True
    if arrival.publish_after is None:
        return False
    dated = instant_of(item.version_created) or instant_of(item.first_created)
    return dated is None or dated < arrival.publish_after
