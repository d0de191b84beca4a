"""A remote server under the test's control, a clock that stands still, a desk that keeps."""

import asyncio
from collections.abc import AsyncIterator
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest

from copytaster.delivery import Delivery
from copytaster.wire import NoRoom


class Clock:
    """Gives the same instant until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2025, 12, 4, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Desk:
    """Keeps deliveries as the newsroom would, or has no room."""

    def __init__(self) -> None:
        self.kept: list[Delivery] = []
        self.full = False
        self.asked = 0

    async def accept(self, deliveries: Sequence[Delivery]) -> None:
        self.asked += 1
        await asyncio.sleep(0)
        if self.full:
            raise NoRoom("no space left")
        self.kept.extend(deliveries)

    @property
    def bodies(self) -> list[bytes]:
        return [delivery.data for delivery in self.kept]


class Remote:
    """A raw HTTP/1.1 server on loopback: what it was asked, and what it shall answer."""

    def __init__(self) -> None:
        self.port = 0
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.answers: dict[str, list[bytes]] = {}
        self.stall = asyncio.Event()
        self.open = 0
        self.open_most = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, path: str, status: int = 200, body: bytes = b"", **headers: str) -> None:
        """Queue an answer for a path; the last one queued is given again and again."""
        lines = [f"HTTP/1.1 {status} Such", f"content-length: {len(body)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        raw = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body
        self.answers.setdefault(path, []).append(raw)

    def raw(self, path: str, answer: bytes) -> None:
        self.answers.setdefault(path, []).append(answer)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                await self._say(head, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client is done
        finally:
            writer.close()

    async def _say(self, head: str, writer: asyncio.StreamWriter) -> None:
        first, *lines = head.strip().split("\r\n")
        path = first.split(" ")[1]
        self.asked.append((path, dict(line.split(": ", 1) for line in lines)))
        queue = self.answers[path]
        answer = queue.pop(0) if len(queue) > 1 else queue[0]
        self.open += 1
        self.open_most = max(self.open_most, self.open)
        await asyncio.sleep(0.01)
        self.open -= 1
        if answer == b"STALL":
            await self.stall.wait()
            return
        writer.write(answer)
        await writer.drain()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def remote() -> AsyncIterator[Remote]:
    place = Remote()
    server = await asyncio.start_server(place.serve, "127.0.0.1", 0)
    place.port = server.sockets[0].getsockname()[1]
    yield place
    place.stall.set()
    server.close()
