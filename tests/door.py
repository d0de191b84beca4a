"""A site asked without a network, as a reader asks it: one request, its answer.

httpx's own way to do so looks for trio in every folder of the path at every request, and its
client does much that nobody needs here: together they took longer than the site did.
"""

import asyncio
from collections.abc import MutableMapping
from typing import Any

import httpx2
from starlette.types import ASGIApp

_BROWSER = {"accept": "*/*", "accept-encoding": "gzip, deflate"}


class Door(httpx2.AsyncBaseTransport):
    """The way in to one site. ``raising``: what fails in the site fails in the test too."""

    def __init__(self, site: ASGIApp, *, raising: bool = True) -> None:
        self._site = site
        self._raising = raising

    async def ask(self, method: str, address: str, **request: Any) -> httpx2.Response:
        """The answer with its whole body; ``request``: as :class:`httpx2.Request` takes it."""
        headers = _BROWSER | request.pop("headers", {})
        asked = httpx2.Request(method, address, headers=headers, **request)
        answer = await self.handle_async_request(asked)
        answer.request = asked
        await answer.aread()
        return answer

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        exchange = _Exchange(await request.aread())
        try:
            await self._site(_scope(request), exchange.receive, exchange.send)
        except Exception:
            if self._raising:
                raise
        else:
            assert exchange.over.is_set(), f"{request.url} is not answered to its end"
        body = b"" if request.method == "HEAD" else bytes(exchange.body)
        return httpx2.Response(
            exchange.status or 500, headers=exchange.headers, stream=httpx2.ByteStream(body)
        )


class _Exchange:
    """What the site is told of one request, and what it says to it."""

    def __init__(self, asked: bytes) -> None:
        self._asked: bytes | None = asked
        self.status: int | None = None
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = bytearray()
        self.over = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        if self._asked is None:  # nobody leaves before the end
            await self.over.wait()
            return {"type": "http.disconnect"}
        asked, self._asked = self._asked, None
        return {"type": "http.request", "body": asked, "more_body": False}

    async def send(self, message: MutableMapping[str, Any]) -> None:
        assert not self.over.is_set(), "something was said after the end"
        if message["type"] == "http.response.start":
            assert self.status is None, "an answer begins twice"
            self.status, self.headers = message["status"], message.get("headers", [])
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")
            if not message.get("more_body", False):
                self.over.set()


def _scope(request: httpx2.Request) -> dict[str, Any]:
    url = request.url
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "scheme": url.scheme,
        "path": url.path,
        "raw_path": url.raw_path.split(b"?")[0],
        "query_string": url.query,
        "server": (url.host, url.port),
        "client": ("127.0.0.1", 123),
        "root_path": "",
    }
