"""Every story's files made again from the store, on all cores. No desk runs meanwhile.

The press is pure, so stories can be made beside one another: each worker is a process with the
store open for reading, and takes one lot of stories after the other, the newest first. What a
story may show is read by the worker that makes it; with the folder locked nothing changes it.
"""

import contextlib
import logging
import multiprocessing
import signal
from collections.abc import Callable
from collections.abc import Generator
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC
from datetime import datetime
from pathlib import Path

import msgspec

from copytaster.config import Config
from copytaster.newsroom._freshness import NEWEST
from copytaster.newsroom.desk import Desk
from copytaster.newsroom.log_keeper import LogKeeper
from copytaster.newsroom.log_keeper import Refused
from copytaster.newsroom.opening import open_desk
from copytaster.store import Face
from copytaster.store import Story

log = logging.getLogger("copytaster.press")

LOT = 100
"""stories that a worker makes at a time; after each lot the place is kept"""


class Failed(msgspec.Struct, frozen=True, kw_only=True):
    """A story whose files could not be made, and why."""

    story: str
    why: str


class Rebuilt(msgspec.Struct, frozen=True, kw_only=True):
    """What one rebuilding came to."""

    stories: int = 0
    """looked at"""
    made: int = 0
    """that have files now: pages, or a notice"""
    removed: int = 0
    """whose files were there, and whom the store does not know, or never showed"""
    failed: tuple[Failed, ...] = ()
    log: int | None = None
    """entries of the public log, whose files are all there; None where it is not kept, or must
    not be signed"""
    log_refused: str | None = None
    """why it must not be"""


class _Lot(msgspec.Struct, frozen=True, kw_only=True):
    """Stories with numbers from ``lowest`` on and below ``below``."""

    lowest: int
    below: int


def rebuild(
    data: Path,
    config: Config,
    *,
    jobs: int,
    url: str,
    again: bool,
    begun: Callable[[int, int], None],
    step: Callable[[int], None],
) -> Rebuilt:
    """Make all files; where an earlier rebuilding, or the desk itself after an upgrade, was cut
    off, only those that are still to be made.

    ``jobs``: processes beside one another; ``again``: all, also after one that was cut off;
    ``begun(number, total)`` is told how many of how many stories are done already, ``step(number)``
    how many more are. Raises ``store.Locked`` while a desk has the folder.
    """
    desk = open_desk(data, config, _now, url=url)
    try:
        if again or desk.freshness.below is None:
            desk.freshness.forget()
        lots = _lots(desk)
        total = sum(lot.below - lot.lowest for lot in lots)
        newest = desk.store.story_before(NEWEST)
        all_of_them = newest.number if newest else 0
        begun(all_of_them - total, all_of_them)
        told = _made(desk, lots, jobs, (data, config, url), step)
        desk.freshness.end()
        told = msgspec.structs.replace(told, removed=_sweep(desk))
        return _with_log(told, desk, data)
    finally:
        desk.close()


def _lots(desk: Desk) -> list[_Lot]:
    """What is to be made, the newest first."""
    below = desk.freshness.below
    first = desk.store.story_before(below) if below is not None else None
    if first is None:
        return []
    tops = range(first.number + 1, 1, -LOT)
    return [_Lot(lowest=max(1, top - LOT), below=top) for top in tops]


def _made(
    desk: Desk,
    lots: list[_Lot],
    jobs: int,
    where: tuple[Path, Config, str],
    step: Callable[[int], None],
) -> Rebuilt:
    told = Rebuilt()
    making = _beside_one_another(lots, jobs, where) if jobs > 1 else (_make(desk, n) for n in lots)
    with contextlib.closing(making):
        for lot, done in zip(lots, making, strict=True):
            told = _together(told, done)
            desk.freshness.below = lot.lowest
            desk.freshness.keep()
            step(lot.below - lot.lowest)
    return told


def _beside_one_another(
    lots: list[_Lot], jobs: int, where: tuple[Path, Config, str]
) -> Generator[Rebuilt, None, None]:
    """What came of each lot, in their order."""
    # Not forked: this process has a lock, and an open store.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, fresh, initializer=_open, initargs=where) as workers:
        try:
            yield from workers.map(_make_here, lots)
        finally:
            workers.shutdown(wait=True, cancel_futures=True)


def _together(one: Rebuilt, other: Rebuilt) -> Rebuilt:
    return Rebuilt(
        stories=one.stories + other.stories,
        made=one.made + other.made,
        failed=(*one.failed, *other.failed),
    )


def _with_log(told: Rebuilt, desk: Desk, data: Path) -> Rebuilt:
    """The public log's files too."""
    if not desk.house.config.log.enabled:
        return told
    folder = desk.pressroom.folder.log
    writer = LogKeeper(desk.house, desk.store, folder, data, desk.clock, desk.alert)
    try:
        return msgspec.structs.replace(told, log=writer.remake())
    except Refused as refused:
        return msgspec.structs.replace(told, log_refused=str(refused))


def _sweep(desk: Desk) -> int:
    """Remove files of stories that the store does not show: of another past of this folder."""
    removed = 0
    for id in desk.pressroom.folder.stories():
        story = desk.store.story(id)
        if story is None or story.face is Face.none:
            desk.pressroom.folder.erase(id)
            removed += 1
    return removed


# --- in a worker ----------------------------------------------------------------------------

_desks: list[Desk] = []
"""the desk of this process, opened once for all its lots"""


def _open(data: Path, config: Config, url: str) -> None:
    # Ctrl-C reaches every process of the terminal; the first of them ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _desks.append(open_desk(data, config, _now, url=url, reading=True))


def _make_here(lot: _Lot) -> Rebuilt:
    (desk,) = _desks
    return _make(desk, lot)


def _make(desk: Desk, lot: _Lot) -> Rebuilt:
    stories = made = 0
    failed: list[Failed] = []
    for story in _stories(desk, lot):
        stories += 1
        try:
            made += desk.pressroom.remake(story.id)
        except Exception as error:
            log.exception("making the files of story %s again failed", story.id)
            failed.append(Failed(story=story.id, why=f"{type(error).__name__}: {error}"))
    return Rebuilt(stories=stories, made=made, failed=tuple(failed))


def _stories(desk: Desk, lot: _Lot) -> Iterator[Story]:
    story = desk.store.story_before(lot.below)
    while story is not None and story.number >= lot.lowest:
        yield story
        story = desk.store.story_before(story.number)


def _now() -> datetime:
    return datetime.now(UTC)
