"""Calling a person when a source has fallen silent, and the all-clear when it speaks again.

Nothing is remembered but the bell itself: whether a source is silent is told anew at each look
from what came and the clock, so that a restart forgets nothing and calls for nothing twice. What
begins a call (nothing came in this hour and the last) and what ends it (something came since)
cannot both be true, so that it does not come and go.

While publishing is paused nobody is called anew: a pause is a person's deed, whoever gave it is
looking, and it is often given because something is wrong with that very source. Receiving goes on
in a pause, so all-clears do as well, and a source that is still silent when the pause ends is
called for at once.
"""

import asyncio
import logging
from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Iterable
from datetime import datetime
from datetime import timedelta
from enum import Enum
from enum import auto

from copytaster.newsroom._latch import Bell
from copytaster.newsroom._pausing import ALL
from copytaster.newsroom._rhythm import HOUR
from copytaster.newsroom._rhythm import REACH
from copytaster.newsroom._rhythm import quiet_since
from copytaster.newsroom._rhythm import whole
from copytaster.newsroom.desk import Desk
from copytaster.newsroom.house import House
from copytaster.store import Came
from copytaster.wire import Alert

log = logging.getLogger("copytaster.silence")

SILENT = "source-silent"
_LOOK = 60.0

Sleep = Callable[[float], Awaitable[None]]


def grace(house: House, source: str) -> timedelta | None:
    """For how long a source may be quiet before a person is called; None: nobody ever is."""
    table = house.config.sources.get(source)
    own = None if table is None else table.silent_minutes
    minutes = house.config.health.silent_minutes if own is None else own
    return timedelta(minutes=minutes) if minutes else None


class Silence:
    """Looks whether the sources of a running desk are silent. ``opened`` gives what rings now."""

    def __init__(self, desk: Desk, alert: Alert, opened: Callable[[], Iterable[Bell]]) -> None:
        self._desk = desk
        self._alert = alert
        self._opened = opened
        self._began = desk.clock()
        """hours before that nobody was there to take what came"""

    async def run(self, sleep: Sleep = asyncio.sleep) -> None:
        """Look again and again, for ever; a fault of one look must not end the next."""
        while True:
            await sleep(_LOOK)
            try:
                await asyncio.to_thread(self.look)
            except Exception:
                log.exception("whether sources are silent was not looked at; again in a minute")

    def look(self) -> None:
        """Call for what is silent now, and give the all-clear for what is not any more."""
        rung = {bell.about: bell for bell in self._opened() if bell.code == SILENT}
        sources = self._desk.house.sources
        for gone in rung.keys() - sources:
            self._alert.over(SILENT, gone)
        for source in sorted(sources):
            self._look_at(source, rung.get(source))

    def _look_at(self, source: str, bell: Bell | None) -> None:
        now, store = self._desk.clock(), self._desk.store
        if bell is None and _speaks(store.came(source, now).last, now):
            return  # as nearly always: nothing of the past is asked for
        allowed = grace(self._desk.house, source)
        if self._desk.paused & {ALL, source}:
            allowed = None
        came = store.came(source, now - REACH)
        word = told(came, now, began=self._began, allowed=allowed, bell=bell)
        if word is Word.over:
            self._alert.over(SILENT, source)
        elif word is Word.call and came.last is not None:
            self._alert(SILENT, _text(source, came.last), about=source)


class Word(Enum):
    """What is to be said of a source."""

    call = auto()
    over = auto()


def told(
    came: Came,
    now: datetime,
    *,
    began: datetime,
    allowed: timedelta | None,
    bell: Bell | None,
) -> Word | None:
    """What is to be said of a source that brought this: ``allowed`` is for how long it may be
    quiet (None: for ever), ``bell`` what rings about it."""
    if bell is not None and came.last is not None:
        if came.last > bell.since or _speaks(came.last, now):
            return Word.over
        if timedelta(0) <= now - bell.rang < HOUR:
            return None
    if allowed is None:
        return None
    since = quiet_since(came.hours, came.first, now, began)
    return Word.call if since is not None and now - since >= allowed else None


def _speaks(last: datetime | None, now: datetime) -> bool:
    """Whether anything came in this hour or the last."""
    return last is not None and last >= whole(now) - HOUR


def _text(source: str, last: datetime) -> str:
    return (
        f"{source}: nothing has come since {last:%Y-%m-%d %H:%M} UTC, where at this hour of the "
        f"week something usually does; ask the agency, and look at /desk/health/{source}"
    )
