"""The agency, in a process of its own: pushes stories over keep-alive connections.

Raw asyncio with the least there is to parse, so that on two cores the sender does not eat what
it measures. Prints one JSON object when it is done.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import cast

import msgspec
import uvloop

from bench.desk import TOKEN
from bench.stories import Writer

AGENCY = "bench"


class Sent(msgspec.Struct, frozen=True):
    """What was sent and acknowledged. Times are of the monotonic clock, shared on a machine."""

    began: float
    ended: float
    deliveries: list[str]
    """ids in the order of the stories' numbers; empty where it was not acknowledged"""
    seconds: list[float]
    """first byte sent to acknowledged, in the same order"""
    cpu: float
    """seconds of CPU the sender itself used"""
    refused: int


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What to send."""

    port: int
    seed: int
    first: int = 0
    count: int | None = None
    seconds: float | None = None
    """stop sending after so long"""
    rate: float | None = None
    """stories a second; without one, as fast as the desk acknowledges"""
    connections: int = 32
    version: int = 1
    status: str = "usable"


class Line(asyncio.Protocol):
    """One connection; one request at a time."""

    def __init__(self) -> None:
        self._got = b""
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is no subclass

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, found, body = self._got.partition(b"\r\n\r\n")
        if found and len(body) >= _length(head):
            self._got = b""
            if self._answer is not None:
                self._answer.set_result((int(head[9:12]), body))

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError("the desk hung up"))

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer to a whole request."""
        self._answer = asyncio.get_running_loop().create_future()
        if self._transport is None:
            raise ConnectionResetError("not connected")
        self._transport.write(request)
        return await self._answer


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


def request(data: bytes) -> bytes:
    """A push of these bytes."""
    head = (
        f"POST /wire/inbox?agency={AGENCY} HTTP/1.1\r\nhost: desk\r\n"
        f"authorization: Bearer {TOKEN}\r\ncontent-type: application/xml\r\n"
        f"content-length: {len(data)}\r\n\r\n"
    )
    return head.encode() + data


async def connect(port: int) -> Line:
    """A connection to the desk."""
    loop = asyncio.get_running_loop()
    _, line = await loop.create_connection(Line, "127.0.0.1", port)
    return line


async def send(order: Order) -> Sent:
    """Send on all connections, at the rate of the order or as fast as the desk acknowledges."""
    writer = Writer(order.seed)
    lines = [await connect(order.port) for _ in range(order.connections)]
    began = time.monotonic()
    used = time.process_time()
    deliveries: dict[int, tuple[str, float]] = {}
    refused = 0
    numbers = _numbers(order, began)

    async def work(line: Line) -> None:
        nonlocal refused
        for number in numbers:
            if order.rate is not None:
                due = began + (number - order.first) / order.rate
                await asyncio.sleep(max(0.0, due - time.monotonic()))
            # A moment ago: a date of this very instant may lie in the desk's future.
            made = datetime.now(UTC) - timedelta(seconds=1)
            data = writer.story(number, made, version=order.version, status=order.status)
            asked = time.monotonic()
            status, body = await line.ask(request(data))
            took = time.monotonic() - asked
            if status == 202:
                deliveries[number] = (msgspec.json.decode(body)["id"], took)
            else:
                refused += 1

    await asyncio.gather(*(work(line) for line in lines))
    ended = time.monotonic()
    ordered = sorted(deliveries)
    return Sent(
        began,
        ended,
        [deliveries[number][0] for number in ordered],
        [deliveries[number][1] for number in ordered],
        time.process_time() - used,
        refused,
    )


def _numbers(order: Order, began: float) -> Iterator[int]:
    number = order.first
    while order.count is None or number < order.first + order.count:
        if order.seconds is not None and time.monotonic() - began >= order.seconds:
            return
        yield number
        number += 1


def main() -> None:
    """The order comes as JSON in the first argument."""
    parser = argparse.ArgumentParser()
    parser.add_argument("order", type=lambda text: msgspec.json.decode(text, type=Order))
    order = parser.parse_args().order
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.stdout.buffer.write(msgspec.json.encode(runner.run(send(order))))


if __name__ == "__main__":
    main()
