"""Pictures fetched, and seen to be gone: the photo desk's work with the network.

A loop beside the others: text never waits for it. What a story wants is fetched through the
guard of the wire room, looked at in a process of its own, and handed to the desk's thread. When
there is nothing else to do, pictures that have no renditions yet get theirs. What was taken back
is proved like a story's withdrawal (``proving``).
"""

import asyncio
import logging
from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any
from typing import Protocol

from copytaster.config import PollTable
from copytaster.darkroom import RECIPE
from copytaster.darkroom import Developed
from copytaster.darkroom import Late
from copytaster.darkroom import Sizes
from copytaster.darkroom import Unfit
from copytaster.darkroom.apart import develop_apart
from copytaster.newsroom.desk import Desk
from copytaster.newsroom.picture_proving import PictureProver
from copytaster.store import Picture
from copytaster.store import StoryPicture
from copytaster.wire import Client
from copytaster.wire import Fetch
from copytaster.wire import Fetched
from copytaster.wire import FetchError
from copytaster.wire import Forbidden
from copytaster.wire import TooBig
from copytaster.wire import networks

log = logging.getLogger("copytaster.photos")

Call = Callable[[Callable[[], Any]], Awaitable[Any]]
"""runs something on the desk's thread and waits for it"""
Develop = Callable[[bytes, Sizes], Awaitable[Developed]]

_AT_ONCE = 4
_DEVELOPED_AT_ONCE = 2
_PAUSE = 5.0
_IDLE = 5.0
"""longest sleep: retries and late proofs come due by time alone"""
_WAITS = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 3600))
"""between attempts to fetch one picture; after the last it is given up"""
_HEADERS = {"accept": "image/jpeg, image/png, image/webp, image/gif"}
_FOR_NOW = frozenset({408, 425, 429})


class Refused(Exception):
    """The agency's server gave no picture; ``final``: asking again would be no use."""

    def __init__(self, why: str, *, final: bool) -> None:
        super().__init__(why)
        self.final = final


class Camera(Protocol):
    """What fetches; :class:`copytaster.wire.Client` is one."""

    async def fetch(self, request: Fetch) -> Fetched: ...
    async def aclose(self) -> None: ...


class Picturing:
    """The loop. ``call`` reaches the desk's thread."""

    def __init__(
        self,
        desk: Desk,
        call: Call,
        prover: PictureProver,
        *,
        develop: Develop = develop_apart,
        client: Callable[[tuple[str, ...]], Camera] | None = None,
    ) -> None:
        self._desk = desk
        self._call = call
        self._prover = prover
        self._develop = develop
        self._open = client or _client
        self._clients: dict[tuple[str, ...], Camera] = {}
        self._under_way: dict[object, asyncio.Task[None]] = {}
        self._developing = asyncio.Semaphore(_DEVELOPED_AT_ONCE)
        self._woken = asyncio.Event()
        self._settings = desk.house.config.pictures
        self._sizes = Sizes(widths=self._settings.widths, webp=self._settings.webp)

    def wake(self) -> None:
        """There may be something to do; on the loop's own thread."""
        self._woken.set()

    async def run(self) -> None:
        """Until cancelled."""
        try:
            while True:
                self._woken.clear()
                try:
                    self._begin()
                except Exception:
                    log.exception("the photo desk's turn failed")
                try:
                    async with asyncio.timeout(_IDLE):
                        await self._woken.wait()
                except TimeoutError:
                    pass  # the time of a retry may have come
        finally:
            await self._end()

    async def settle(self) -> None:
        """Do all there is to do now, and wait for it."""
        while self._begin():
            await asyncio.gather(*self._under_way.values())

    async def _end(self) -> None:
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for client in self._clients.values():
            await client.aclose()

    def _begin(self) -> int:
        """Start what is due; how much is under way."""
        now, pictures = self._desk.clock(), self._desk.store.pictures
        for picture in pictures.owed(now, _AT_ONCE):
            self._start(("proof", picture.sha256), self._prove(picture))
        if self._settings.fetch:
            for wanted in pictures.wanted(now, 2 * _AT_ONCE):
                if len(self._under_way) < _AT_ONCE and not self._is_paused(wanted):
                    self._start((wanted.story, wanted.place), self._take(wanted))
        if not self._under_way:  # what is shown already waits for all else
            for picture in pictures.undeveloped(RECIPE, 1):
                self._start(("again", picture.sha256), self._develop_anew(picture))
        return len(self._under_way)

    def _start(self, key: object, job: Coroutine[Any, Any, None]) -> None:
        if key in self._under_way:
            job.close()
            return
        task = asyncio.create_task(self._guarded(key, job))
        self._under_way[key] = task

    async def _guarded(self, key: object, job: Coroutine[Any, Any, None]) -> None:
        try:
            await job
        except Exception:
            log.exception("the photo desk failed at %s", key)
            await asyncio.sleep(_PAUSE)  # a full disk, a defect of ours: not again at once
        finally:
            del self._under_way[key]
            self._woken.set()

    def _is_paused(self, wanted: StoryPicture) -> bool:
        return bool({"*", wanted.source} & self._desk.paused)

    # --- fetching ------------------------------------------------------------------------------

    async def _take(self, wanted: StoryPicture) -> None:
        try:
            developed = await self._developed(wanted)
        except (FetchError, Refused, Unfit) as error:
            why, due = str(error), self._next(wanted, error)
            await self._call(lambda: self._desk.photos.not_fetched(wanted, why, due))
            return
        await asyncio.to_thread(self._desk.photos.write, developed)
        await self._call(lambda: self._desk.photos.hang(wanted, developed))

    async def _develop_anew(self, picture: Picture) -> None:
        """Renditions of a picture that was shown before there were any, or whose files are lost:
        from its own file, so that its agency need not have it any more."""
        photos = self._desk.photos
        data = await asyncio.to_thread(photos.folder.read, picture.name)
        if data is None:
            await self._call(lambda: photos.lost(picture))
            return
        try:
            async with self._developing:
                developed = await self._develop(data, self._sizes)
        except Late:
            return  # its turn comes again
        except Unfit as error:
            why = str(error)
            await self._call(lambda: photos.not_developed(picture, why))
            return
        await asyncio.to_thread(photos.write, developed)
        await self._call(lambda: photos.develop_anew(picture, developed))

    async def _developed(self, wanted: StoryPicture) -> Developed:
        fetched = await self._client(wanted.source).fetch(
            Fetch(
                url=wanted.href,
                headers=_HEADERS,
                limit=self._settings.largest_bytes,
                seconds=self._settings.seconds,
            )
        )
        if fetched.status != 200:
            passing = fetched.status in _FOR_NOW or fetched.status >= 500
            raise Refused(f"the agency's server answered {fetched.status}", final=not passing)
        async with self._developing:
            return await self._develop(fetched.body, self._sizes)

    def _next(self, wanted: StoryPicture, error: Exception) -> Any:
        """When to try again; None: never."""
        final = isinstance(error, Forbidden | TooBig | Unfit) and not isinstance(error, Late)
        if isinstance(error, Refused):
            final = error.final
        if final or wanted.attempts >= len(_WAITS):
            return None
        return self._desk.clock() + _WAITS[wanted.attempts]

    def _client(self, source: str) -> Camera:
        """One client for each set of networks that may be spoken to."""
        table = self._desk.house.config.sources.get(source)
        own = table.allow_networks if isinstance(table, PollTable) else ()
        allow = (*self._settings.allow_networks, *own)
        if allow not in self._clients:
            self._clients[allow] = self._open(allow)
        return self._clients[allow]

    # --- proving -------------------------------------------------------------------------------

    async def _prove(self, picture: Picture) -> None:
        await self._prover.withdrawn(picture)


def _client(allow: tuple[str, ...]) -> Camera:
    return Client(networks(allow))
