"""A thread of its own for what may take long: one step after the other, until it is stopped."""

import logging
import threading
from collections.abc import Callable

log = logging.getLogger("copytaster.alerts")

IDLE = 30.0
"""seconds between looks when nobody says that there is something to do"""


class Steps:
    """Runs ``step`` again and again. It does one thing and returns the seconds until the next
    look; 0 for at once."""

    def __init__(self, step: Callable[[], float], name: str) -> None:
        self._step = step
        self._name = name
        self._awake = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """There may be something to do; safe from any thread."""
        self._awake.set()

    def stop(self) -> None:
        """Begin no other step."""
        self._stopping = True
        self.wake()

    def join(self, seconds: float) -> None:
        """Wait so long for the step under way."""
        if self._thread.is_alive():
            self._thread.join(seconds)

    def _run(self) -> None:
        while not self._stopping:
            self._awake.clear()
            try:
                wait = self._step()
            except Exception:
                log.exception("%s broke off", self._name)
                wait = IDLE
            if wait > 0 and not self._stopping:  # stop() may have woken it before the clear
                self._awake.wait(wait)
