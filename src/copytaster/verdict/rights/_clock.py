"""When the time of a licence began, and when it ends. All instants are told in UTC.

A day of a licence has 24 hours, whatever the clocks of a zone do meanwhile: no text stays an
hour longer, or goes an hour sooner, because a summer ended.
"""

from collections.abc import Iterable
from datetime import UTC
from datetime import datetime
from datetime import timedelta

from copytaster.agency import Contract
from copytaster.agency import Counted
from copytaster.agency import Since
from copytaster.item import Item
from copytaster.moment import Moment
from copytaster.story import Message
from copytaster.verdict.rights._types import Ground

FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC)
"""the ends of the calendar: an instant too near them to be told in UTC stands there"""


_AHEAD = timedelta(days=1)
"""how far ahead of its arrival a date is believed: what a mistaken time zone does"""


def utc(instant: datetime) -> datetime:
    """The same instant in UTC: the same instant in two zones is one instant."""
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        return FIRST if instant.year == FIRST.year else LAST


def after(instant: datetime, span: timedelta) -> datetime:
    """So long after, or the end of the calendar."""
    try:
        return utc(instant) + span
    except OverflowError:
        return LAST


def first_version(own: Iterable[Message]) -> datetime | None:
    """When the agency made the first version of a story; None for none.

    By the agency's own dates, so that the order of arrival means nothing; where it gave none, or
    one that lay far ahead, when it came: a wrong year must not lengthen a licence. A story may
    reach us first in its fifth version (dpa: formats §1.4), which tells by ``firstCreated`` when
    there was a first.
    """
    return min((utc(_made(message)) for message in own), default=None)


def _made(message: Message) -> datetime:
    told = [_instant(moment) for moment in _dates(message.item)]
    known = [instant for instant in told if instant is not None]
    received = message.arrival.received
    believed = [instant for instant in known if utc(instant) <= after(received, _AHEAD)]
    return min(believed, key=utc, default=received)


def _dates(item: Item) -> tuple[Moment | None, Moment | None]:
    return item.version_created, item.first_created


def _instant(moment: Moment | None) -> datetime | None:
    return None if moment is None else moment.instant


def began(
    own: Iterable[Message], contract: Contract, ground: Ground, now: datetime
) -> datetime | None:
    """From when the contract's time counts: of a story not yet public, from now where the first
    publication counts."""
    chained = contract.retention_by is Counted.chain
    if contract.retention_since is Since.first_publication:
        starts = [ground.first_public or now, ground.chain_public if chained else None]
    else:
        starts = [first_version(own), ground.chain_began if chained else None]
    return min((utc(start) for start in starts if start is not None), default=None)
