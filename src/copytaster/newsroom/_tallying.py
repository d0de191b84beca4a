"""The days of each feed, told to the log in numbers, so that what is missing can be counted.

The agency's ids of a day are committed to, not told. They are not kept for it either: who is to
open the commitment makes the list again from what the store still has, and adds what was erased
from the agency's own archive.
"""

from collections.abc import Iterator
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

from copytaster.ledger import control
from copytaster.ledger import leaf
from copytaster.newsroom._logbook import Salts
from copytaster.newsroom._logbook import drafted
from copytaster.store import ControlDraft
from copytaster.store import DayCount
from copytaster.store import Opening
from copytaster.store import Store

SETTLED = timedelta(minutes=5)
"""after midnight: what came before it is read by then"""
_TALLIED = "log.tallied"
_DAY = timedelta(days=1)


def tally(store: Store, now: datetime, salts: Salts) -> None:
    """Tell the log of every UTC day that is over and was not told; what came before the log
    began is not told of."""
    last = (now - SETTLED).astimezone(UTC).date() - _DAY
    kept = store.setting(_TALLIED) or last.isoformat()
    for day in _days(date.fromisoformat(kept), last):
        for agency, feed in store.log.feeds().items():
            if not store.log.is_told(_name(feed, day)):
                since = datetime.combine(day, time(tzinfo=UTC))
                count = store.log.day(agency, since, since + _DAY)
                store.log.add(_entry(feed, day, count, now, salts()))
    if store.setting(_TALLIED) != last.isoformat():
        store.keep_setting(_TALLIED, last.isoformat())


def _days(kept: date, last: date) -> Iterator[date]:
    """Those after the last that was told, up to this one."""
    while kept < last:
        kept += _DAY
        yield kept


def _name(feed: int, day: date) -> str:
    return f"tally {feed} {day.isoformat()}"


def _entry(feed: int, day: date, count: DayCount, now: datetime, salt: bytes) -> ControlDraft:
    ids = control.ids([guid for guid in count.guids if "\n" not in guid])
    said = control.Tally(
        time=now.replace(microsecond=0),
        feed=feed,
        day=day,
        deliveries=count.deliveries,
        ids=leaf.commit("ids", salt, ids),
        **count.events,
    )
    return drafted(_name(feed, day), said, now, Opening(ids=salt))
