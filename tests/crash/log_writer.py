"""The log's writer, killed at each thing it does to a file, one after the other.

A program of its own, because it forks: each child opens the data folder as a desk that starts,
finds new entries, writes, and is killed with SIGKILL at the n-th operation that changes a file;
the next one at the one after that, until one comes to its end. Where only a few are to be
killed, they are spread. After each death the files alone are looked at, as a stranger does, and
must be a log that begins as it did before. ``log_writer.py FOLDER KILLS``.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from copytaster.store import LeafDraft
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.story import State
from tests.newsroom.logs import keeper
from tests.newsroom.logs import logged
from tests.newsroom.logs import read_whole
from tests.newsroom.making import MORNING
from tests.newsroom.making import House

_SIZES = (1, 7, 100, 3, 256)
"""entries that are new when a writer starts"""
_TOUCHING = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir"}
_PATIENCE = 60.0
_ALL = 20
"""kills from which on every operation has its turn"""


def main(folder: Path, kills: int) -> None:
    before: list[bytes] = []
    killed = at = lot = 0
    _child(folder, 0, None)
    stride = 1 if kills >= _ALL else 5
    while killed < kills:
        at += stride
        died = _child(folder, _SIZES[lot % len(_SIZES)], at)
        before = _same_log(folder, before)
        killed += died
        if not died:
            at, lot = 0, lot + 1
    house = House(folder)
    keeper(house).step()
    whole = _same_log(folder, before)
    assert whole == logged(house), "in the end all entries are signed"
    house.desk.close()
    print(f"killed {killed} times, at {lot} lots whole; {len(whole)} entries")  # noqa: T201


def _same_log(folder: Path, before: list[bytes]) -> list[bytes]:
    """What the log says now, which begins with what it said before."""
    _, told = read_whole(folder / "site" / "log")
    assert told[: len(before)] == before, "the log has another past than it showed"
    return told


def _child(folder: Path, new: int, at: int | None) -> bool:
    """One writer's life; whether it was killed."""
    child = os.fork()
    if child == 0:
        _live(folder, new, at)
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
            assert killed or status == 0, f"the writer ended with {status}"
            return killed
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    raise AssertionError("the writer does not end")


def _live(folder: Path, new: int, at: int | None) -> None:
    status = 1
    try:
        house = House(folder)
        _add(house, new)
        if at is not None:
            _die_at(at, str(folder / "site" / "log"))
        keeper(house).step()
        status = 0
    finally:
        os._exit(status)


def _add(house: House, count: int) -> None:
    id = "0" * 16
    known = house.desk.store.story(id)
    story = known or Story(id=id, agency="any", guid="any", state=State.held)
    begun = house.desk.store.log.count()
    drafts = tuple(
        LeafDraft(story=id, event="held", at=MORNING, before=b"%d " % number, after=b"\n")
        for number in range(begun, begun + count)
    )
    house.desk.store.commit([StoryChange(story=story, leaves=drafts)])


def _die_at(at: int, folder: str) -> None:
    """End as by ``kill -9`` right before the n-th thing that is done to a file of the folder."""
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        if done == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _TOUCHING and _names(arguments, folder) and _changes(event, arguments):
            count()

    sync: Callable[[int], None] = os.fsync

    def counted(handle: int) -> None:
        count()
        sync(handle)

    os.fsync = counted  # type: ignore[assignment]
    sys.addaudithook(hook)


def _changes(event: str, arguments: tuple[Any, ...]) -> bool:
    return event != "open" or bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))


def _names(arguments: tuple[Any, ...], folder: str) -> bool:
    return any(isinstance(one, str | Path) and str(one).startswith(folder) for one in arguments[:2])


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
