"""``/live``: tells open fronts that the public face of some story has changed.

Server-sent events (HTML, server-sent events), and only a signal: the front asks for itself
again, as it always may, so that nothing is shown by this door that its own address would not
show. An enhancement; a page without it is as it was made.
"""

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.responses import StreamingResponse
from starlette.routing import Route

from copytaster.store import Store
from copytaster.web import _answer

_MOST = 2000
"""fronts that listen at a time; more are refused, and stay as they were made"""
_LOOK = 2.0
"""seconds between two looks, and between two signals to one reader"""
_HEARTBEAT = 10
"""looks without a change after which a comment keeps the connection open"""
_RETRY = b"retry: 15000\n\n"
"""milliseconds after which a reader that was cut off asks again"""


class Live:
    """Looks for changes while anybody listens; belongs to the serving loop."""

    def __init__(self, store: Store, *, most: int = _MOST, look: float = _LOOK) -> None:
        self._store = store
        self._most = most
        self._look = look
        self._listening = 0
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """End every stream, so that the server can end."""
        self._stopped.set()

    def routes(self) -> list[Route]:
        async def live(request: Request) -> Response:
            if self._listening >= self._most or self._stopped.is_set():
                return Response(status_code=503, headers={"retry-after": "60", **_PLAIN})
            return StreamingResponse(self._signals(), headers=_PLAIN, media_type=_EVENTS)

        return [Route("/live", live, methods=["GET"])]

    async def _signals(self) -> AsyncIterator[bytes]:
        self._listening += 1
        try:
            seen, quiet = self._store.sequence, 0
            yield _RETRY
            while not await self._is_over():
                quiet += 1
                reached = self._store.sequence
                if reached != seen:
                    quiet = 0
                    yield b"event: changed\ndata:\n\n"
                elif quiet >= _HEARTBEAT:
                    quiet = 0
                    yield b": still here\n\n"
                seen = reached
        finally:
            self._listening -= 1

    async def _is_over(self) -> bool:
        """Waits for the next look; whether the server ends."""
        try:
            async with asyncio.timeout(self._look):
                return await self._stopped.wait()
        except TimeoutError:
            return False


_EVENTS = "text/event-stream"
_PLAIN = {
    **_answer.SECURITY,
    "cache-control": _answer.NO_STORE,
    "x-accel-buffering": "no",  # a proxy in front hands each signal on at once
}
