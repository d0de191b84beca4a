"""The instants at which time alone changes what may be public.

Each is read from what binds a story, so that nothing waits anywhere but the wish to look again
(design §4). All are in UTC: the same instant in two zones is one instant. A date too near the
ends of the calendar to be told in UTC stands at its end.
"""

from datetime import datetime

from copytaster.verdict._case import Case
from copytaster.verdict._opening import embargo_end
from copytaster.verdict._opening import not_before
from copytaster.verdict._standing import Standing
from copytaster.verdict.rights import LAST
from copytaster.verdict.rights import utc

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
