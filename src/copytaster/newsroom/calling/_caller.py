"""One route's own thread: tells what it is owed, and tries again later when it cannot."""

import logging
from collections.abc import Callable
from datetime import datetime
from datetime import timedelta
from typing import Protocol

from copytaster.newsroom._latch import Call
from copytaster.newsroom.calling._route import Route
from copytaster.newsroom.calling._route import Unreached
from copytaster.newsroom.calling._steps import IDLE
from copytaster.newsroom.calling._steps import Steps

log = logging.getLogger("copytaster.alerts")

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)


class Ledger(Protocol):
    """Who knows what is owed and is told what became of it."""

    def owed(self, route: str) -> Call | None: ...
    def told(self, call: Call, route: str) -> None: ...
    def reached(self, route: str) -> None: ...
    def unreached(self, route: str, why: str) -> None: ...


class Caller:
    """Calls by one route. A failure is told to the other routes and tried again: after 5
    seconds, then twice as long each time, up to a quarter of an hour."""

    def __init__(self, route: Route, ledger: Ledger, clock: Callable[[], datetime]) -> None:
        self._route = route
        self._ledger = ledger
        self._clock = clock
        self._failures = 0
        self._failed: datetime | None = None
        self._steps = Steps(self.step, f"alerts-{route.name}")

    def start(self) -> None:
        self._steps.start()

    def wake(self) -> None:
        """There may be something to tell; safe from any thread."""
        self._steps.wake()

    def stop(self) -> None:
        """Begin no other call."""
        self._steps.stop()

    def join(self, seconds: float) -> None:
        """Wait so long for the call under way; one that takes longer is told anew after the
        next start."""
        self._steps.join(seconds)

    def step(self) -> float:
        """Tell one thing, if any is due; seconds until the next look."""
        wait = self._wait()
        if wait > 0:
            return wait
        call = self._ledger.owed(self._route.name)
        if call is None:
            return IDLE  # a call that was quiet for its hour is due without anybody saying so
        try:
            doubt = self._route.tell(call)
        except Exception as error:
            # Whatever a route trips over, a person must be told by the others.
            if not isinstance(error, Unreached):
                log.exception("telling by %s failed", self._route.name)
            return self._fail(str(error) if isinstance(error, Unreached) else type(error).__name__)
        self._failures, self._failed = 0, None
        self._ledger.told(call, self._route.name)
        if doubt is None:
            self._ledger.reached(self._route.name)
        else:
            self._ledger.unreached(self._route.name, doubt)
        return 0.0

    def _fail(self, why: str) -> float:
        self._failures += 1
        self._failed = self._clock()
        self._ledger.unreached(self._route.name, why)
        return self._wait()

    def _wait(self) -> float:
        """Seconds until a route that failed is tried again."""
        if self._failed is None:
            return 0.0
        span: timedelta = min(FIRST_WAIT * 2 ** min(self._failures - 1, 20), LONGEST_WAIT)
        passed = self._clock() - self._failed
        return max(0.0, (span - max(passed, timedelta(0))).total_seconds())
