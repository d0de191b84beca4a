"""What was pressed and is now to be fetched, in the order that matters.

Single withdrawals come before samples of what was published, a few at a time, and new ones before
those that were looked at in vain (each takes long, and may go on for ever). What recalls
withdrew goes beside them in groups that share their fetches, and waits while a single
withdrawal is young: a kill jumps every queue.
"""

import asyncio
import itertools
import logging
import time
from collections.abc import Callable
from collections.abc import Coroutine
from typing import Any

from copytaster.newsroom.proving import Key
from copytaster.newsroom.proving import Prover
from copytaster.store import PressWork
from copytaster.store import WorkKind
from copytaster.wire import Alert

log = logging.getLogger("copytaster.proof")

_AT_ONCE = 4
_GROUP = 500
"""stories of a recall that are looked for together: the more, the fewer times a list is fetched"""
_GATHER = 0.25
"""seconds for which a group waits for more to be pressed"""
_YOUNG = 1.0
"""seconds for which a single withdrawal has the road to itself"""
_GLANCE = 0.01


class Proofs:
    """The proofs under way. ``wake``: called when a recall may go on."""

    def __init__(
        self, prover: Prover, alerts: Alert, *, sample: int, wake: Callable[[], None]
    ) -> None:
        self._prover = prover
        self._alerts = alerts
        self._sample = sample
        self._wake = wake
        self._single: asyncio.PriorityQueue[tuple[bool, bool, int, PressWork]]
        self._single = asyncio.PriorityQueue()
        self._bulk: asyncio.Queue[PressWork] = asyncio.Queue()
        self._under_way: set[Key] = set()
        self._young: dict[Key, float] = {}
        """single withdrawals not yet proved → until when the rest waits for them"""
        self._turn = itertools.count()
        self._published = 0
        self._is_looking = False

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        """From now on things may be pressed; they are proved on this loop."""
        self._loop = loop

    def jobs(self) -> list[Coroutine[Any, Any, None]]:
        """What runs for as long as the desk does."""
        return [*(self._prove() for _ in range(_AT_ONCE)), self._prove_in_bulk()]

    def pressed(self, work: list[PressWork]) -> None:
        """Called on the desk's thread with what was just written; picks what to fetch."""
        for piece in work:
            if piece.kind is WorkKind.publish:
                self._published += 1
                if (self._published - 1) % self._sample:
                    continue
            elif not piece.bulk and piece.attempts == 0:
                self._young[piece.key] = time.monotonic() + _YOUNG
            self._loop.call_soon_threadsafe(self._to_prove, piece)

    def is_road_clear(self) -> bool:
        """Whether nothing younger than a second waits for its proof alone; any thread."""
        now = time.monotonic()
        return all(until <= now for until in list(self._young.values()))

    def may_press_in_bulk(self) -> bool:
        """Whether the road is clear, and no group of a recall is being looked at: pressing and
        looking in turn take half the time of both at once, which fight over the interpreter."""
        return not self._is_looking and self.is_road_clear()

    def _to_prove(self, piece: PressWork) -> None:
        """None twice at a time."""
        if piece.key in self._under_way:
            return
        self._under_way.add(piece.key)
        sample = piece.kind is WorkKind.publish
        if piece.bulk and not sample:
            self._bulk.put_nowait(piece)
        else:
            self._single.put_nowait((sample, piece.attempts > 0, next(self._turn), piece))

    async def _prove(self) -> None:
        while True:
            *_, work = await self._single.get()
            try:
                if work.kind is WorkKind.publish:
                    await self._prover.published(work)
                else:
                    await self._prover.withdrawn(work)
                self._alerts.over("proof-failed", work.story)
            except Exception as error:  # noqa: BLE001  told there
                self._failed(work, error)
            finally:
                self._under_way.discard(work.key)
                if self._young.pop(work.key, None) is not None:
                    self._wake()

    async def _prove_in_bulk(self) -> None:
        while True:
            group = await self._gather()
            self._is_looking = True
            try:
                await self._prover.withdrawn_together(group, wait=self._clear)
                self._alerts.over("proof-failed", group[0].story)
            except Exception as error:  # noqa: BLE001  told there
                self._failed(group[0], error)
            finally:
                self._under_way -= {work.key for work in group}
                self._is_looking = False
                self._wake()

    async def _gather(self) -> list[PressWork]:
        """A full group, or what there is when no more is pressed."""
        group = [await self._bulk.get()]
        while len(group) < _GROUP:
            if self._bulk.empty():
                await asyncio.sleep(_GATHER)
            if self._bulk.empty():
                return group
            group.append(self._bulk.get_nowait())
        return group

    async def _clear(self) -> None:
        """Return when the road is clear."""
        while not self.is_road_clear():  # noqa: ASYNC110  its end is told to a thread
            await asyncio.sleep(_GLANCE)

    def _failed(self, work: PressWork, error: Exception) -> None:
        log.error("proving story %s failed", work.story, exc_info=error)
        text = f"story {work.story}: {type(error).__name__}: {error}; see the log"
        self._alerts("proof-failed", text, about=work.story)
