"""Watched folder: whoever can write a file can deliver.

In: files in one folder. Out: one delivery per file, oldest first; the file then moves to
``done/`` (or is removed), or to ``failed/`` with its reason beside it. A file that moved has
been made durable; one still there is offered again, and the same bytes twice do no harm. Not
its business: what is in a file; the newsroom says (``outcome``) whether it could be read.

Names beginning with ``.`` and ending ``.tmp``, ``.part`` or ``.filepart`` are other people's
unfinished work and are left alone, as are folders. Links and anything that is not a plain
file are refused.
"""

import asyncio
import logging
import os
import random
import stat
from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import msgspec
from watchfiles import awatch

from copytaster.delivery import Delivery
from copytaster.wire._delivery import SYSTEM
from copytaster.wire._delivery import make
from copytaster.wire._delivery import new_id
from copytaster.wire._door import Accept
from copytaster.wire._door import Alert
from copytaster.wire._door import Clock
from copytaster.wire._door import NoRoom

Outcome = Callable[[str], Awaitable[str | None]]
"""Waits until a delivery, by its id, was read: None = taken well, text = why it could not be."""

LIMIT = 16 * 1024 * 1024
DONE = "done"
FAILED = "failed"
_NOTE = ".reason.txt"

_log = logging.getLogger(__name__)
_UNFINISHED = (".tmp", ".part", ".filepart")
_BATCH_FILES = 64
_FINISHING = 256
_NAME_BYTES = 200
"""what is kept of a file's name when something must be added to it; file systems allow 255"""


class FolderSource(msgspec.Struct, frozen=True, kw_only=True):
    """One watched folder."""

    id: str
    agency: str
    path: Path
    keep_done: bool = True
    """move taken files to ``done/``; False removes them"""
    limit: int = LIMIT
    settle: float = 2.0
    """seconds a file must stay unchanged, unless it plainly came by rename"""
    rescan: float = 5.0
    """seconds between looks when nothing is heard (network file systems tell nothing)"""
    patience: float = 30.0
    """seconds to wait for a file's outcome before it counts as taken"""


class _Seen(msgspec.Struct, frozen=True):
    """How a file looked at one look."""

    size: int
    modified: int
    changed: int
    inode: int
    mode: int

    @property
    def by_rename(self) -> bool:
        """Whether the file's entry changed after its last byte was written, as a rename (or a
        copy that sets times at its end) does; a file being written has both times equal."""
        return self.size > 0 and self.changed > self.modified

    def is_still(self, now: "_Seen") -> bool:
        """Whether a file that was renamed since is the same one with the same bytes."""
        return (self.inode, self.size, self.modified) == (now.inode, now.size, now.modified)


class Folder:
    """The watch over one folder. ``run`` until cancelled; ``look`` is one look."""

    def __init__(
        self,
        source: FolderSource,
        accept: Accept,
        outcome: Outcome,
        clock: Clock,
        alert: Alert,
        chance: random.Random = SYSTEM,
    ) -> None:
        self._source = source
        self._accept = accept
        self._outcome = outcome
        self._clock = clock
        self._alert = alert
        self._chance = chance
        self._before: dict[str, tuple[_Seen, datetime]] = {}
        self._busy: dict[str, _Seen] = {}
        """files taken that have not left, or could not; each is left alone while it looks so"""
        self._finishing: set[asyncio.Task[None]] = set()
        self._stalled = False
        self._leaving = asyncio.Lock()

    async def run(self) -> None:
        """Look whenever something changes, and every ``rescan`` seconds, until cancelled."""
        heard = asyncio.Event()
        listening = asyncio.create_task(self._listen(heard))
        try:
            while True:
                heard.clear()
                waiting = await self._look_safely()
                pause = self._source.settle if waiting else self._source.rescan
                try:  # not wait_for: before Python 3.12 it can swallow a cancellation (gh-86296)
                    async with asyncio.timeout(pause):
                        await heard.wait()
                except TimeoutError:
                    pass  # nothing was heard: look all the same
        finally:
            for task in (listening, *self._finishing):
                task.cancel()
            await asyncio.gather(listening, *self._finishing, return_exceptions=True)

    async def look(self) -> bool:
        """Take what is ready. True when a file is still settling, or more are ready."""
        self._source.path.mkdir(parents=True, exist_ok=True)
        now = self._clock()
        seen = await asyncio.to_thread(_scan, self._source.path)
        ready = self._ready(seen, now)
        room = max(0, min(_BATCH_FILES, _FINISHING - len(self._finishing)))
        await self._take(ready[:room], seen)
        return len(ready) > room or any(name not in self._busy for name in self._before)

    async def settled(self) -> None:
        """Wait until every file taken so far has left the folder, or cannot."""
        while self._finishing:
            await asyncio.gather(*self._finishing)

    async def _listen(self, heard: asyncio.Event) -> None:
        self._source.path.mkdir(parents=True, exist_ok=True)
        try:
            async for _ in awatch(
                self._source.path, debounce=50, step=20, recursive=False, watch_filter=None
            ):
                heard.set()
        except (OSError, RuntimeError) as error:
            _log.warning(
                "folder cannot be watched, looking every %g s source=%s reason=%r",
                self._source.rescan,
                self._source.id,
                str(error),
            )

    async def _look_safely(self) -> bool:
        try:
            waiting = await self.look()
        except OSError as error:
            self._tell_once(f"folder {self._source.path} cannot be read: {error.strerror}")
            return False
        except NoRoom as error:
            self._tell_once(f"folder {self._source.path} waits, the desk is full: {error}")
            return False
        except Exception as error:  # noqa: BLE001  the watch goes on whatever one look met
            _log.exception("look failed source=%s", self._source.id)
            self._tell_once(f"folder {self._source.path} stalls: {error!r}; see the log")
            return False
        self._stalled = False
        self._alert.over("folder-stalled", self._source.id)
        return waiting

    def _tell_once(self, text: str) -> None:
        _log.warning("%s source=%s", text, self._source.id)
        if not self._stalled:
            self._alert("folder-stalled", text, about=self._source.id)
        self._stalled = True

    def _ready(self, seen: dict[str, _Seen], now: datetime) -> list[str]:
        """Names to take now, oldest first; remembers how the others looked and since when."""
        before, self._before = self._before, {}
        self._busy = {name: was for name, was in self._busy.items() if seen.get(name) == was}
        ready = []
        for name, look in seen.items():
            if name in self._busy:
                continue
            was, since = before.get(name, (None, now))
            since = since if was == look else now
            settled = (now - since).total_seconds() >= self._source.settle
            if look.by_rename or settled or not stat.S_ISREG(look.mode):
                ready.append(name)
            self._before[name] = (look, since)
        return sorted(ready, key=lambda name: (seen[name].modified, name))

    async def _take(self, names: list[str], seen: dict[str, _Seen]) -> None:
        """Read, make durable in one go, then see each out of the folder."""
        if not names:
            return
        taken: list[tuple[str, Delivery]] = []
        for name in names:
            try:
                data = await asyncio.to_thread(
                    _read, self._source.path, name, seen[name], self._source.limit
                )
            except FileNotFoundError:
                continue  # taken back by its owner
            except _NotReady:
                continue  # it grew between look and reading: look again
            except (OSError, _Refused) as error:
                self._busy[name] = seen[name]
                reason = error.strerror if isinstance(error, OSError) else str(error)
                id = new_id(self._clock(), self._chance)
                await self._leave(name, seen[name], id, reason or str(error))
                continue
            taken.append((name, self._delivery(data)))
        if not taken:
            return
        await self._accept([delivery for _, delivery in taken])
        for name, delivery in taken:
            self._busy[name] = seen[name]
            self._before.pop(name, None)
            task = asyncio.create_task(self._finish(name, seen[name], delivery.id))
            self._finishing.add(task)
            task.add_done_callback(self._finishing.discard)

    def _delivery(self, data: bytes) -> Delivery:
        return make(
            source=self._source.id,
            agency=self._source.agency,
            data=data,
            received=self._clock(),
            chance=self._chance,
        )

    async def _finish(self, name: str, seen: _Seen, id: str) -> None:
        reason = None
        try:
            async with asyncio.timeout(self._source.patience):
                reason = await self._outcome(id)
        except TimeoutError:
            _log.warning("fate not known yet source=%s file=%r id=%s", self._source.id, name, id)
        except Exception:  # noqa: BLE001  the bytes are kept: the file must leave all the same
            _log.exception("fate cannot be asked source=%s file=%r", self._source.id, name)
        await self._leave(name, seen, id, reason)

    async def _leave(self, name: str, seen: _Seen, id: str, reason: str | None) -> None:
        """Move the file out; if that fails, leave it alone until it changes, and say so."""
        try:
            async with self._leaving:
                await asyncio.to_thread(_move, self._source, name, seen, id, reason)
        except FileNotFoundError:
            pass  # its owner moved it or wrote it anew; the bytes that were read are kept
        except OSError as error:
            self._alert(
                "folder-stuck",
                f"{self._source.path / name} was read but cannot be moved: {error.strerror}; "
                "move it by hand, or let the desk write there",
                about=str(self._source.path / name),
            )
            return
        self._alert.over("folder-stuck", str(self._source.path / name))
        _log.info("left source=%s file=%r id=%s failed=%r", self._source.id, name, id, reason)


class _Refused(Exception):
    """This is not a file we read; the text says why."""


class _NotReady(Exception):
    """The file is not as it looked: somebody is still at it."""


def _scan(path: Path) -> dict[str, _Seen]:
    with os.scandir(path) as entries:
        names = [entry.name for entry in entries if _finished(entry.name)]
    return {name: seen for name, seen in _looks(path, names) if not stat.S_ISDIR(seen.mode)}


def _finished(name: str) -> bool:
    return not name.startswith(".") and not name.lower().endswith(_UNFINISHED)


def _looks(path: Path, names: Iterable[str]) -> Iterable[tuple[str, _Seen]]:
    for name in names:
        try:
            yield name, _seen((path / name).lstat())
        except FileNotFoundError:
            continue


def _seen(facts: os.stat_result) -> _Seen:
    return _Seen(facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino, facts.st_mode)


def _read(path: Path, name: str, seen: _Seen, limit: int) -> bytes:
    """The file's bytes. Never follows a link, never waits on a pipe, never reads past the limit."""
    if not stat.S_ISREG(seen.mode):
        raise _Refused("this is not a plain file; links, pipes and devices are not followed")
    if seen.size > limit:
        raise _Refused(f"the file has {seen.size} bytes, the limit is {limit}")
    handle = os.open(path / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        if _seen(os.fstat(handle)) != seen:
            raise _NotReady
        data = file.read(limit + 1)
        if _seen(os.fstat(handle)) != seen or len(data) != seen.size:
            raise _NotReady
    return data


def _move(source: FolderSource, name: str, seen: _Seen, id: str, reason: str | None) -> None:
    """Move the file that was read to where it belongs, or remove it. Another that took its
    name meanwhile (``latest.xml`` written anew) goes back under a name of its own, to be read."""
    origin = source.path / name
    target = _target(source, name, id, reason)
    if stat.S_ISDIR(origin.lstat().st_mode):
        raise FileNotFoundError(name)  # a file called "done" stepped aside for the folder
    origin.rename(target)
    if not seen.is_still(_seen(target.lstat())):
        target.rename(source.path / _named(name, id))
        raise FileNotFoundError(name)
    if reason is not None:
        target.with_name(target.name + _NOTE).write_text(reason + "\n", encoding="utf-8")
    elif not source.keep_done:
        target.unlink()


def _target(source: FolderSource, name: str, id: str, reason: str | None) -> Path:
    if reason is None and not source.keep_done:
        return source.path / f".{id}"
    folder = source.path / (DONE if reason is None else FAILED)
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        folder.rename(f"{folder}.{id}")  # somebody's file in our place: it is read like any other
    folder.mkdir(exist_ok=True)
    return _free(folder, name, id)


def _free(folder: Path, name: str, id: str) -> Path:
    """A name in ``folder`` that is not taken: the file's own, else with the delivery's id."""
    fits = len(os.fsencode(name + _NOTE)) <= 255
    taken = any(os.path.lexists(folder / each) for each in (name, name + _NOTE)) if fits else True
    return folder / (_named(name, id) if taken else name)


def _named(name: str, id: str) -> str:
    """The file's name with an id before its ending, cut to what file systems allow."""
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, dot + ending) if stem and len(ending) <= 10 else (name, "")
    return f"{os.fsdecode(os.fsencode(stem)[:_NAME_BYTES])}.{id}{ending}"


__all__ = ["DONE", "FAILED", "Folder", "FolderSource", "Outcome"]
