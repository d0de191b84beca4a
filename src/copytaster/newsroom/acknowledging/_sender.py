"""Sending what is owed: each way on a thread of its own, again and again, for about a day."""

import logging
import time
from collections.abc import Callable
from collections.abc import Iterable
from datetime import datetime
from datetime import timedelta

from msgspec.structs import replace

from copytaster.newsroom.acknowledging._ways import Way
from copytaster.newsroom.calling import IDLE
from copytaster.newsroom.calling import Steps
from copytaster.newsroom.calling import Unreached
from copytaster.store import Acknowledgement
from copytaster.store import Store
from copytaster.wire import Alert

log = logging.getLogger("copytaster.acknowledging")

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
MOST_ATTEMPTS = 33
"""With these waits the last one is a day after the first. Counted, so that a desk that is down,
or whose clock is set forward, gives up no sooner."""
_FAILED = "acknowledgement-failed"
_FAREWELL = 2.0
"""seconds the end of the desk waits for what is under way"""


class Sender:
    """Sends what one agency is owed by one way."""

    def __init__(self, way: Way, store: Store, clock: Callable[[], datetime], alert: Alert) -> None:
        self._way = way
        self._store = store
        self._clock = clock
        self._alert = alert
        self._about = f"{way.agency} by {way.route}"
        self._sent: Acknowledgement | None = None
        """sent, and not yet kept as sent: a full disk must not send it again and again"""
        self.steps = Steps(self.step, f"acknowledge-{way.agency}-{way.route}")

    def step(self) -> float:
        """Send one acknowledgement, if any is due; seconds until the next look."""
        if self._sent is not None:
            self._keep_sent(self._sent)
        owed = self._store.outbox.first(self._way.agency, self._way.route)
        if owed is None:
            return IDLE
        wait = self._wait(owed)
        if wait > 0:
            return min(wait, IDLE)
        try:
            self._way.send(owed)
        except Exception as error:
            if not isinstance(error, Unreached):
                log.exception("acknowledging to %s failed", self._about)
            self._fail(owed, str(error) if isinstance(error, Unreached) else type(error).__name__)
            return 0.0
        self._keep_sent(
            replace(
                owed,
                attempts=owed.attempts + 1,
                due=None,
                ended=self._clock(),
                sent_to=self._way.shown,
                detail=None,
            )
        )
        return 0.0

    def _wait(self, owed: Acknowledgement) -> float:
        """Seconds until it is due; what seems further off than any wait was put off by a clock
        that has been set back since."""
        if owed.due is None:
            return 0.0
        wait = owed.due - self._clock()
        return 0.0 if wait > LONGEST_WAIT else max(0.0, wait.total_seconds())

    def _keep_sent(self, sent: Acknowledgement) -> None:
        self._sent = sent
        self._store.outbox.keep(sent)
        self._sent = None
        self._alert.over(_FAILED, self._about)

    def _fail(self, owed: Acknowledgement, why: str) -> None:
        now, attempts = self._clock(), owed.attempts + 1
        tried = replace(owed, attempts=attempts, detail=why)
        if attempts < MOST_ATTEMPTS:
            wait: timedelta = min(FIRST_WAIT * 2 ** min(attempts - 1, 20), LONGEST_WAIT)
            self._store.outbox.keep(replace(tried, due=now + wait))
            return
        # The alert first: after a crash in between it is tried, and rings, once more.
        self._alert(
            _FAILED,
            f"{self._about}: given up after {attempts} attempts, the last to {self._way.shown}: "
            f"{why}; tell the agency yourself that story {owed.story} is gone, and mend "
            "[acknowledge] in its profile",
            about=self._about,
        )
        self._store.outbox.keep(replace(tried, due=None, ended=now))


class Acknowledging:
    """Everything that sends, of one running desk."""

    def __init__(
        self, ways: Iterable[Way], store: Store, clock: Callable[[], datetime], alert: Alert
    ) -> None:
        self._ways = list(ways)
        self._store = store
        self._clock = clock
        self._senders = [Sender(way, store, clock, alert) for way in self._ways]

    def start(self) -> None:
        """Begin to send; what nobody wants any more is ended unsent."""
        served = {(way.agency, way.route) for way in self._ways}
        for agency, route in self._store.outbox.ways():
            if (agency, route) not in served:
                self._forgo(agency, route)
        for sender in self._senders:
            sender.steps.start()

    def _forgo(self, agency: str, route: str) -> None:
        why = "the profile of the agency does not ask for it any more"
        while (owed := self._store.outbox.first(agency, route)) is not None:
            self._store.outbox.keep(replace(owed, due=None, ended=self._clock(), detail=why))

    def wake(self) -> None:
        """There may be something to send; safe from any thread."""
        for sender in self._senders:
            sender.steps.wake()

    def stop(self) -> None:
        """Begin nothing else; what is owed is sent after the next start."""
        for sender in self._senders:
            sender.steps.stop()
        end = time.monotonic() + _FAREWELL
        for sender in self._senders:
            sender.steps.join(max(0.0, end - time.monotonic()))
