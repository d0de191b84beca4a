"""Lists that are made once and kept until the store moves.

A story costs the same with a hundred thousand behind it, and a kill leaves every list at once
(design §3).
"""

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable
from collections.abc import Mapping
from datetime import datetime
from datetime import timedelta

import msgspec
from anyio import CapacityLimiter
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from copytaster.web import _answer

Clock = Callable[[], datetime]
_KEPT = 256
_MOST_WAITING = 16


class _Kept(msgspec.Struct, frozen=True):
    """A list as made at one state of the store."""

    sequence: int
    made: datetime
    body: bytes


Make = Callable[[datetime], bytes | Mapping[str, bytes]]
"""how a list is made; or several at once, by the names under which they are kept"""
_Making = asyncio.Task[Mapping[str, _Kept]]


class Lists:
    """Makes lists, and keeps the newest ones.

    ``reached``: a number that grows with every commit by which these lists may change;
    ``version``: of how they look.
    ``room``: how many are made at a time, and no more, however many are asked for.
    """

    def __init__(
        self,
        reached: Callable[[], int],
        clock: Clock,
        version: str,
        *,
        room: CapacityLimiter | None = None,
    ) -> None:
        self._version = version
        self._room = room
        self._reached = reached
        self._clock = clock
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._making: dict[str, tuple[int, _Making]] = {}
        self._lock = threading.Lock()

    async def serve(
        self,
        request: Request,
        media_type: str,
        make: Make,
        page: str | None = None,
        *,
        together: str | None = None,
        live: bool = False,
        noindex: bool = False,
    ) -> Response:
        """The list of this address: kept, or made now on a worker thread.

        ``page``: what of the query makes it another list; whatever else readers append does not.
        ``together``: the name under which several lists are made at once, by their addresses.
        ``live``: its script may run. ``noindex``: no search engine may keep it.
        """
        key = f"{request.scope['path']}?{page or ''}"
        kept = self._find(key)
        if kept is None and self._is_crowded():
            return _answer.crowded()
        if kept is None:
            kept = (await self._made(together or key, key, make))[key]
        etag = f'"{kept.sequence:x}-{self._version}-{int(kept.made.timestamp()):x}"'
        # Feeds hold copy that its pages may keep out of search; readers of feeds do not mind.
        kept_out = noindex or media_type != _answer.HTML
        return _answer.answer(
            request, kept.body, media_type, etag=etag, noindex=kept_out, live=live
        )

    def _is_crowded(self) -> bool:
        """Whether so many wait for their lists to be made that one more would wait too long."""
        return self._room is not None and self._room.statistics().tasks_waiting >= _MOST_WAITING

    def _find(self, key: str) -> _Kept | None:
        with self._lock:
            kept = self._kept.get(key)
        if kept is None or kept.sequence != self._reached():
            return None
        # Notices leave feeds, and stories the news sitemap, by time alone.
        return kept if self._clock() - kept.made < timedelta(minutes=1) else None

    async def _made(self, name: str, key: str, make: Make) -> Mapping[str, _Kept]:
        """Made once, however many ask at a time; never by a making that began before the store
        reached the state in which it was asked for."""
        sequence = self._reached()
        begun, task = self._making.get(name, (-1, None))
        if task is None or begun != sequence:
            task = asyncio.create_task(
                to_thread.run_sync(self._make, key, make, limiter=self._room)
            )
            self._making[name] = sequence, task
            task.add_done_callback(lambda done: self._forget(name, done))
        return await asyncio.shield(task)

    def _forget(self, name: str, done: _Making) -> None:
        if self._making.get(name, (0, None))[1] is done:
            del self._making[name]

    def _make(self, key: str, make: Make) -> Mapping[str, _Kept]:
        sequence = self._reached()  # read first: what comes later makes it stale
        now = self._clock()
        made = make(now)
        bodies = {key: made} if isinstance(made, bytes) else made
        lists = {name: _Kept(sequence, now, body) for name, body in bodies.items()}
        with self._lock:
            for name, kept in lists.items():
                self._keep(name, kept)
        return lists

    def _keep(self, name: str, kept: _Kept) -> None:
        """Unless a later one was made meanwhile."""
        known = self._kept.get(name)
        if known is None or known.sequence <= kept.sequence:
            self._kept[name] = kept
        self._kept.move_to_end(name)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
