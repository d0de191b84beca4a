"""Calling a person: printed loudly, kept in the data folder, told by the routes of ``[alerts]``.

What is told when is :mod:`copytaster.newsroom._latch`'s arithmetic. Two files are kept:
``alerts.jsonl``, every ring and all-clear as a line, and ``alerts.json``, the board: what rings
and who was told, so that a desk that is restarted again and again does not call again and again.
Both may fail (a full disk is what a person is called for): then the memory of this process and
the terminal are left, and the log says so.
"""

import json
import logging
import sys
import threading
import time
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from copytaster.newsroom import _latch
from copytaster.newsroom._latch import Bell
from copytaster.newsroom._latch import Board
from copytaster.newsroom._latch import Call
from copytaster.newsroom.calling import Caller
from copytaster.newsroom.calling import Route
from copytaster.newsroom.calling import line
from copytaster.newsroom.terminal import plain

log = logging.getLogger("copytaster.alerts")

TERMINAL = "terminal"
"""the route that needs no setting: stderr"""
FOR_EDITORS = frozenset(
    {
        "copy-elsewhere",
        "entry-unreadable",
        "leans-on-killed",
        "notice-names-nothing",
        "notice-not-unique",
        "notice-too-wide",
        "notice-waits",
        "picture-kill-waits",
        "picture-killed",
        "picture-suspended",
        "report-overdue",
        "report-received",
        "rule-matched",
    }
)
"""codes that tell an editor what an agency said: nothing is wrong with the desk, and only a person
knows when it is done"""
_KEPT = "alerts.jsonl"
_FILES = (_KEPT, "alerts.1.jsonl")
_BOARD = "alerts.json"
_MOST_KEPT = 8 * 1024 * 1024
"""bytes of ``alerts.jsonl``; then it becomes ``alerts.1.jsonl``, and the one before is dropped"""
_FAREWELL = 2.0
"""seconds the end of the desk waits for calls under way"""


class Alerts:
    """Where alerts go. Safe from any thread; never waits for a route, never raises."""

    def __init__(
        self, folder: Path, clock: Callable[[], datetime], routes: Iterable[Route] = ()
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._lock = threading.RLock()
        self._board: Board = {bell.key: bell for bell in read(folder)}
        self._callers = [Caller(route, self, clock) for route in routes]

    def __call__(self, code: str, text: str, about: str | None = None) -> None:
        """Alert a person: ``code`` is stable, ``text`` says what happened and what to do.

        ``about`` names what it is about (a story, a source); the same code about the same thing
        is one alert until :meth:`over`, however its text changes. Without it the text is what
        it is about.
        """
        now = self._clock()
        about = about or text
        with self._lock:
            self._keep(now, "alert", code, about, text)
            new = not _latch.is_open(self._board, code, about)
            self._board = _latch.ring(self._board, code, text, about, now)
            if self._print(now) or new:
                self._save()
        self._wake()

    def over(self, code: str, about: str) -> None:
        """The all-clear: the condition has ended. Costs nothing where there was no alert."""
        if not _latch.is_open(self._board, code, about):
            return
        with self._lock:
            self._over(code, about)
        self._wake()

    def _over(self, code: str, about: str, text: str = "") -> None:
        now = self._clock()
        self._keep(now, "over", code, about, text)
        self._board = _latch.clear(self._board, code, about, now)
        self._print(now)
        self._save()

    def close(self, code: str, about: str | None, by: str) -> list[Bell]:
        """A person says that it is done: all-clear for the bell of this code about this thing,
        or for all of the code. Returns what was closed. What still goes on rings again."""
        with self._lock:
            closed = [
                bell for bell in self.opened if bell.code == code and about in (None, bell.about)
            ]
            for bell in closed:
                log.info("alert %s about %s closed by %s", code, bell.about, by)
                self._over(code, bell.about, f"closed by {by}")
        self._wake()
        return closed

    def erase(self, words: Sequence[str]) -> None:
        """Destroy what was told of these: of each line that says one of them stays when it was
        told, and its code."""
        said = [word for word in words if word]
        with self._lock:
            self._board = _latch.without(self._board, said)
            self._save()
            for name in _FILES:
                _erase_lines(self._folder / name, said)

    @property
    def opened(self) -> list[Bell]:
        """What rings now, the oldest first."""
        return _latch.opened(self._board)

    # --- the routes ------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to call by the routes, each on a thread of its own."""
        for caller in self._callers:
            caller.start()

    def stop(self) -> None:
        """Stop calling; what a route is still owed is told after the next start."""
        for caller in self._callers:
            caller.stop()
        end = time.monotonic() + _FAREWELL
        for caller in self._callers:
            caller.join(max(0.0, end - time.monotonic()))

    def owed(self, route: str) -> Call | None:
        """What this route is to tell next."""
        return _latch.owed(self._board, route, self._clock())

    def told(self, call: Call, route: str) -> None:
        """A person was told of this by this route."""
        with self._lock:
            self._board = _latch.told(self._board, call, route, self._clock())
            self._save()

    def unreached(self, route: str, why: str) -> None:
        """A route does not work. The others tell of it, the terminal too."""
        text = f"{route}: {why}; check [alerts.{route}], then `copytaster doctor --alert`"
        self(_latch.FAILING, text, about=route)

    def reached(self, route: str) -> None:
        """A route works."""
        self.over(_latch.FAILING, route)

    def _wake(self) -> None:
        for caller in self._callers:
            caller.wake()

    # --- terminal and files ----------------------------------------------------------------

    def _print(self, now: datetime) -> bool:
        """Print what the terminal is owed; whether there was anything."""
        printed = False
        while (call := _latch.owed(self._board, TERMINAL, now)) is not None:
            bell = "\a" if sys.stderr.isatty() else ""
            print(f"{bell}*** {plain(line(call))}", file=sys.stderr, flush=True)
            self._board = _latch.told(self._board, call, TERMINAL, now)
            printed = True
        return printed

    def _keep(self, now: datetime, kind: str, code: str, about: str, text: str = "") -> None:
        kept = {"at": now.isoformat(), "kind": kind, "code": code, "about": about, "text": text}
        path = self._folder / _KEPT
        try:
            if path.exists() and path.stat().st_size > _MOST_KEPT:
                path.replace(path.with_suffix(".1.jsonl"))
            with path.open("a", encoding="utf-8") as file:
                file.write(_json(kept) + "\n")
        except OSError as error:
            log.error("alert not kept: %s: %s", path, error.strerror)

    def _save(self) -> None:
        """Written beside and renamed: a crash leaves the board before, or this one."""
        path = self._folder / _BOARD
        beside = path.with_suffix(".new")
        try:
            beside.write_bytes(msgspec.json.encode(list(self._board.values())))
            beside.replace(path)
        except OSError as error:
            log.error("alerts not kept: %s: %s", path, error.strerror)


def _erase_lines(path: Path, words: Sequence[str]) -> None:
    """Written beside and renamed; a line that cannot be read says nothing any more."""
    if not path.exists():
        return
    beside = path.with_suffix(".new")
    with path.open(encoding="utf-8", errors="replace") as lines, beside.open("w") as out:
        out.writelines(_erased(line, words) for line in lines)
    beside.replace(path)


def _erased(line: str, words: Sequence[str]) -> str:
    try:
        kept = json.loads(line)
        told = f"{kept['about']}\n{kept['text']}"
    except (ValueError, KeyError, TypeError):
        return ""
    if not _latch.tells(told, words):
        return line
    return _json({**kept, "about": _latch.ERASED, "text": _latch.ERASED}) + "\n"


class Nobody:
    """Calls nobody: a desk under a test, or one that is only looked at."""

    def __call__(self, code: str, text: str, about: str | None = None) -> None:
        """No person is at hand."""

    def over(self, code: str, about: str) -> None:
        """Nobody was called."""


def read(folder: Path) -> list[Bell]:
    """The board as it was last kept, all-clears that are still to be told among it; empty where
    there is none, or none that can be read."""
    path = folder / _BOARD
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[Bell])
    except FileNotFoundError:
        return []
    except (OSError, msgspec.DecodeError) as error:
        log.error("%s cannot be read, beginning anew: %s", path, error)
        return []


def opened(folder: Path) -> list[Bell]:
    """What rings on the desk of this folder, running or not."""
    return _latch.opened({bell.key: bell for bell in read(folder)})


def _json(kept: dict[str, Any]) -> str:
    return json.dumps(kept, ensure_ascii=False).encode(errors="backslashreplace").decode()
