"""The instants at which time alone changes what may be public.

Each is read from what binds a story, so that nothing waits anywhere but the wish to look again
(design §4). All are in UTC: the same instant in two zones is one instant. A date too near the
ends of the calendar to be told in UTC stands at its end.
"""

from datetime import datetime
from datetime import timedelta

from copytaster.moment import Moment
from copytaster.verdict._case import Case
from copytaster.verdict._standing import Standing
from copytaster.verdict.rights import LAST
from copytaster.verdict.rights import utc

CLOCK_TOLERANCE = timedelta(minutes=5)
"""how far ahead of its receipt a story may say it was first created: clocks differ"""
ZONE_TOLERANCE = timedelta(hours=24)
"""how far ahead of its receipt a version may be dated: more is no mistaken zone"""

_FEEDS = frozenset({"rss", "atom"})


def look_again(case: Case) -> datetime | None:
    """The next instant at which time alone may change the verdict."""
    standing = case.standing
    if standing is None:
        return None
    instants = (
        *feed_expiries(standing),
        licence_end(case),
        licence_start(case),
        not_before(standing),
        embargo_end(standing),
        case.parts.again,
    )
    return min((at for at in instants if at is not None and case.now < at < LAST), default=None)


def embargo_end(standing: Standing) -> datetime | None:
    """The latest dated embargo of all that binds."""
    ends = [
        message.item.embargo.until
        for message in standing.binding
        if message.item.embargo.until is not None
    ]
    return utc(max(ends)) if ends else None


def feed_expiries(standing: Standing) -> list[datetime]:
    """A feed's own expiry takes the story down (MSN, content expiration and takedown rules).

    In NewsML-G2 and ninjs ``expires`` is editorial relevance only, and is ignored.
    """
    instants = {
        utc(instant)
        for message in standing.binding
        if message.item.expires is not None
        and message.item.format.name in _FEEDS
        and (instant := message.item.expires.instant) is not None
    }
    return sorted(instants) if instants else []


def licence_end(case: Case) -> datetime | None:
    """From when the licence allows the text no longer: the contract's clock, or an earlier end
    that an item states."""
    return None if case.rights is None else case.rights.ends


def end(case: Case) -> datetime | None:
    """When time alone takes the story down, whoever wants it so."""
    feeds = [] if case.standing is None else feed_expiries(case.standing)
    ends = [at for at in (licence_end(case), *feeds) if at is not None and at < LAST]
    return min(ends, default=None)


def licence_start(case: Case) -> datetime | None:
    """Before when the rights of an item do not run."""
    return None if case.rights is None else case.rights.begins


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
