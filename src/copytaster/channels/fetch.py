"""Fetching public addresses over a few connections that are kept: HTTP/1.1 and nothing more.

A recall fetches tens of thousands of addresses, and the desk serves them with the same
interpreter, so what fetching costs is time to clean. No redirects, no cookies, no decoding: a
body is wanted as plain bytes, and one in any other coding is no answer.
"""

import asyncio
from typing import cast
from urllib.parse import urlsplit

import httptools

_BODY_LIMIT = 64 * 1024 * 1024
_HEAD_LIMIT = 64 * 1024
_PATIENCE = 10.0


class NoAnswer(ConnectionError):
    """The address did not answer in a way that can be looked at."""


class PlainFetch:
    """GETs addresses below an ``http://`` base; use it from one event loop."""

    def __init__(self, base: str) -> None:
        parts = urlsplit(base)
        self._host = parts.hostname or ""
        self._port = parts.port or 80
        self._prefix = parts.path.rstrip("/")
        self._name = parts.netloc.rpartition("@")[2]
        self._idle: list[_Line] = []

    async def __call__(self, address: str) -> tuple[int, bytes]:
        """Status and body. Raises OSError, or TimeoutError after ten seconds."""
        request = (
            f"GET {self._prefix}{address} HTTP/1.1\r\nhost: {self._name}\r\n"
            "accept-encoding: identity\r\nuser-agent: copytaster\r\n\r\n"
        ).encode("ascii")
        async with asyncio.timeout(_PATIENCE):
            return await self._ask(request)

    async def _ask(self, request: bytes) -> tuple[int, bytes]:
        """On a kept connection; on a new one where the kept one was closed meanwhile."""
        while self._idle:
            line = self._idle.pop()
            if line.is_open:
                try:
                    return await self._on(line, request)
                except _Stale:
                    pass
        return await self._on(await self._connected(), request)

    async def _on(self, line: "_Line", request: bytes) -> tuple[int, bytes]:
        try:
            answer = await line.ask(request)
        except BaseException:
            line.close()
            raise
        if line.is_open:
            self._idle.append(line)
        return answer

    async def _connected(self) -> "_Line":
        loop = asyncio.get_running_loop()
        _, line = await loop.create_connection(_Line, self._host, self._port)
        return line

    def close(self) -> None:
        """Let go of the connections."""
        while self._idle:
            self._idle.pop().close()


class _Stale(NoAnswer):
    """A kept connection was closed before a byte of the answer came."""


class _Line(asyncio.Protocol):
    """One connection; one request at a time."""

    def __init__(self) -> None:
        self.is_open = True
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._begin()

    def _begin(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._got = 0
        self._is_headed = False
        self._body = bytearray()
        self._coding = b"identity"

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        self._begin()
        self._answer = asyncio.get_running_loop().create_future()
        assert self._transport is not None
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        self.is_open = False
        if self._transport is not None:
            self._transport.abort()

    # --- what asyncio says ------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is no subclass

    def data_received(self, data: bytes) -> None:
        self._got += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self._fail(NoAnswer(f"no HTTP: {error}"))
        if not self._is_headed and self._got > _HEAD_LIMIT:
            self._fail(NoAnswer(f"a head of more than {_HEAD_LIMIT} bytes"))

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_open = False
        if self._got:
            self._fail(NoAnswer("the connection broke in the middle of the answer"))
        else:
            self._fail(_Stale("the connection was closed without an answer"))

    def _fail(self, error: NoAnswer) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)
        self.close()

    # --- what the parser says ---------------------------------------------------------------

    def on_header(self, name: bytes, value: bytes) -> None:
        if name.lower() == b"content-encoding":
            self._coding = value.lower()

    def on_headers_complete(self) -> None:
        self._is_headed = True

    def on_body(self, body: bytes) -> None:
        self._body += body
        if len(self._body) > _BODY_LIMIT:
            self._fail(NoAnswer(f"more than {_BODY_LIMIT} bytes"))

    def on_message_complete(self) -> None:
        if self._answer is None or self._answer.done():
            return
        if self._coding != b"identity":
            self._fail(NoAnswer(f"a body coded as {self._coding[:20]!r} was not asked for"))
            return
        self.is_open = self.is_open and self._parser.should_keep_alive()
        self._answer.set_result((self._parser.get_status_code(), bytes(self._body)))
