"""When a drill is due, and the call when one that was due did not happen."""

import asyncio
import logging
from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from random import Random

from copytaster.newsroom.alerts import Alerts
from copytaster.newsroom.drill import ABOUT
from copytaster.newsroom.drill import Busy
from copytaster.newsroom.drill import Drill
from copytaster.newsroom.drill_report import Outcome
from copytaster.newsroom.drill_report import in_words
from copytaster.newsroom.drill_report import last
from copytaster.store import Face
from copytaster.store import Store
from copytaster.store import Story

log = logging.getLogger("copytaster.drill")

SINCE = "drill.since"
"""the setting that tells when drills began to be due on this desk"""
_LOOK = 20.0
_LONGEST = 300.0
"""seconds after which a drill that never ends is one that did not happen"""
_RETRY = timedelta(minutes=10)
_GRACE = timedelta(hours=1)
_STUCK = 3

Sleep = Callable[[float], Awaitable[None]]


class Schedule:
    """Runs ``drill`` every ``every`` hours, a little early by chance, so that desks which were
    started together do not drill together."""

    def __init__(
        self,
        drill: Drill,
        store: Store,
        clock: Callable[[], datetime],
        alert: Alerts,
        *,
        every_hours: float,
        chance: Random,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._drill = drill
        self._store = store
        self._clock = clock
        self._alert = alert
        self._every = timedelta(hours=every_hours)
        self._chance = chance
        self._sleep = sleep
        self._not_before = clock() + timedelta(minutes=chance.uniform(1, 10))
        self._early = chance.uniform(0, 0.1)
        if store.setting(SINCE) is None:
            store.keep_setting(SINCE, clock().isoformat())

    async def run(self) -> None:
        """For ever."""
        while True:
            await self._sleep(_LOOK)
            await self.tick()

    def due(self) -> datetime:
        """When the next drill is due."""
        known = last(self._store)
        if any(story.face is Face.live for story in self._store.drills()):
            return self._not_before  # one was cut off: the next takes it back
        if known is None or known.began > self._clock():  # the clock was set back: it tells nothing
            return self._not_before
        return max(self._not_before, known.began + self._every * (1 - self._early))

    async def tick(self) -> None:
        """Drill, if it is time."""
        if self._clock() < self.due():
            return
        stuck = self._drill.unproved()
        if len(stuck) >= _STUCK:
            self._wait_for(stuck)
            return
        try:
            async with asyncio.timeout(_LONGEST):
                await self._drill.run()
        except Busy:
            return  # somebody asked for one: its result will count
        except Exception as error:
            log.exception("a drill that was due did not happen")
            self._missed(error)
        self._early = self._chance.uniform(0, 0.1)

    def _wait_for(self, stuck: Sequence[Story]) -> None:
        """Where nothing comes clean, one more drill tells nothing new, and would only queue."""
        self._not_before = self._clock() + _RETRY
        told = (
            f"{len(stuck)} drills are not seen to be gone, so no further one is run until they "
            f"are; see `copytaster story {stuck[-1].id}`"
        )
        self._alert("drill-dirty", told, ABOUT)

    def _missed(self, error: Exception) -> None:
        self._not_before = self._clock() + _RETRY
        why = f"{type(error).__name__}: {error}"
        told = f"the drill that was due did not happen: {why}; try `copytaster drill`"
        self._alert("drill-missed", told, ABOUT)


def faults(store: Store, every_hours: float, now: datetime) -> Iterator[str]:
    """What `copytaster doctor` says of drills."""
    known = last(store)
    if known is not None and known.outcome is not Outcome.clean:
        yield f"drill of {known.began.isoformat(timespec='seconds')}: {in_words(known)}"
    since = store.setting(SINCE)
    began = known.began if known else datetime.fromisoformat(since) if since else None
    if not every_hours or began is None:
        return
    if now - began > timedelta(hours=every_hours * 1.25) + _GRACE:
        yield (
            f"no drill since {began.isoformat(timespec='seconds')}, though one is due every "
            f"{every_hours:g} hours: is the desk running? `copytaster drill`"
        )
