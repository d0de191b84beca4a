"""Editors who watch: open live desks, how soon each is told, and how soon the desk stops."""

import asyncio
import contextlib
import re
import time
from collections.abc import Collection
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import uvloop

from bench.desk import Desk
from bench.measures import Scale
from bench.numbers import Result
from bench.numbers import percentile
from bench.sender import connect
from bench.sender import request
from bench.stories import Writer

OPEN = 100
"""desks that watch"""
_SEED = 17
_PATIENCE = 30.0


class _Watcher:
    """One open desk: an ``/api/live`` stream, and when each headline was told."""

    def __init__(self) -> None:
        self.told: dict[bytes, float] = {}
        self.doubled = 0
        self._heard = asyncio.Event()

    async def has(self, sent: Collection[bytes]) -> None:
        """Waits until all of these were told."""
        while not self.told.keys() >= set(sent):
            self._heard.clear()
            await self._heard.wait()

    async def watch(self, port: int, token: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
        writer.write(
            b"GET /api/live HTTP/1.1\r\nhost: 127.0.0.1:%d\r\nauthorization: Bearer %s\r\n\r\n"
            % (port, token.encode())
        )
        try:
            async for line in reader:
                found = re.search(rb'"headline":"([^"]+)"', line)
                if found:
                    self.doubled += found[1] in self.told
                    self.told.setdefault(found[1], time.monotonic())
                    self._heard.set()
        finally:
            writer.close()


def watched(desk: Desk, scale: Scale) -> list[Result]:
    """First byte sent to told, of every story at every open desk; then the stop of the desk."""
    token = (desk.data / "secrets" / "desk.token").read_text().strip()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        took, missing, doubled, stopped = runner.run(_all(desk, token, scale))
    load = f"{OPEN} open desks, {scale.rate:.0f} stories/s for {scale.seconds:.0f} s"
    told, wrong = "story received to told at an open desk", "stories not told, or told twice"
    return [
        _result(f"{told}, p50", percentile(took, 50) * 1000, "ms", None, load),
        _result(f"{told}, p99", percentile(took, 99) * 1000, "ms", 500.0, load),
        _result(wrong, missing + doubled, "", 0, load),
        _result("stop with all of them open", stopped, "s", 5.0, load),
    ]


def _result(name: str, value: float, unit: str, target: float | None, load: str) -> Result:
    return Result(name=name, value=value, unit=unit, target=target, load=load)


async def _all(desk: Desk, token: str, scale: Scale) -> tuple[list[float], int, int, float]:
    port = desk.address[1]
    watchers = [_Watcher() for _ in range(OPEN)]
    tasks = [asyncio.create_task(one.watch(port, token)) for one in watchers]
    await asyncio.sleep(1.0)
    sent = await _send(port, int(scale.rate * scale.seconds), scale.rate)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            await asyncio.gather(*(one.has(sent) for one in watchers))
    took = [at - sent[name] for one in watchers for name, at in one.told.items() if name in sent]
    missing = len(sent) * OPEN - len(took)
    began = time.monotonic()
    await asyncio.to_thread(desk.stop)
    stopped = time.monotonic() - began
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return took, missing, sum(one.doubled for one in watchers), stopped


async def _send(port: int, count: int, rate: float) -> dict[bytes, float]:
    """Push so many; when each was sent, by its headline."""
    writer, line, sent = Writer(_SEED), await connect(port), dict[bytes, float]()
    began = time.monotonic()
    for number in range(count):
        await asyncio.sleep(began + number / rate - time.monotonic())
        made = datetime.now(UTC) - timedelta(seconds=1)
        data = request(writer.story(number, made))
        sent[writer.headline(number).encode()] = time.monotonic()
        status, body = await line.ask(data)
        if status != 202:
            raise RuntimeError(f"not acknowledged: {status} {body[:200]!r}")
    return sent
