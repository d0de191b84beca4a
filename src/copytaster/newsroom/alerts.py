"""Calling a person: printed loudly, and kept in ``alerts.jsonl`` in the data folder.

An alert of the same code and subject is not repeated within an hour; the kept file has each.
"""

import json
import logging
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from datetime import timedelta
from pathlib import Path

from copytaster.newsroom.terminal import plain

log = logging.getLogger("copytaster.alerts")

_QUIET = timedelta(hours=1)


class Alerts:
    """Where alerts go. Safe from any thread."""

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self._path = folder / "alerts.jsonl"
        self._clock = clock
        self._last: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def __call__(self, code: str, text: str, about: str | None = None) -> None:
        """Alert a person: ``code`` is stable, ``text`` says what happened and what to do.

        ``about`` names what it is about (a story, a source); the same code about the same thing
        is one alert, however its text changes. Without it the text is what it is about.
        """
        now = self._clock()
        with self._lock:
            self._keep(now, code, text)
            last = self._last.get(f"{code} {about or text}")
            if last is not None and now - last < _QUIET:
                return
            self._last[f"{code} {about or text}"] = now
        print(f"\a*** ALERT {code}: {plain(text)}", file=sys.stderr, flush=True)

    def over(self, code: str, about: str) -> None:
        """What the alert was about is right again: said once, if there was an alert."""
        with self._lock:
            if self._last.pop(f"{code} {about}", None) is None:
                return
            self._keep(self._clock(), f"{code}-over", about)
        print(f"*** OVER {code}: {plain(about)}", file=sys.stderr, flush=True)

    def _keep(self, now: datetime, code: str, text: str) -> None:
        line = json.dumps({"at": now.isoformat(), "code": code, "text": text}, ensure_ascii=False)
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        except OSError as error:
            log.error("alert not kept: %s: %s", self._path, error.strerror)
