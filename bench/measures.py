"""What is measured. Each measure starts from a desk and gives :class:`Result` values.

Everything but memory, CPU and the receipts of a kill is seen from the outside, over HTTP.
"""

import asyncio
import os
import platform
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from contextlib import contextmanager
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import uvloop

from bench.desk import TOKEN
from bench.desk import Desk
from bench.numbers import Result
from bench.numbers import percentile
from bench.sender import AGENCY
from bench.sender import Line
from bench.sender import Order
from bench.sender import Sent
from bench.sender import connect
from bench.sender import request
from bench.stories import Writer
from copytaster.config import Config
from copytaster.newsroom import Desk as Newsdesk
from copytaster.newsroom import open_desk
from copytaster.newsroom import orders

_KB = "4 KB NewsML-G2"
_STEP = 0.01
"""seconds between two looks whether a story is there: asking without pause is a load of its own"""


class Scale(msgspec.Struct, frozen=True, kw_only=True):
    """How much of everything."""

    seconds: float = 60.0
    """of sustained pushing, and of the quiet stream; the flood takes a sixth"""
    offered: float = 600.0
    """stories a second of the sustained push: twice what is asked for"""
    rate: float = 20.0
    """stories a second of the quiet stream"""
    live: int = 10_000
    kills: int = 200
    few: int = 1_000
    many: int = 100_000
    lot: int = 2_000
    """stories whose cost is compared"""
    recalled: int = 10_000
    serving: float = 10.0
    """seconds of asking for one page"""
    pressed: int = 500
    """stories whose surfaces are made"""
    logged: int = 1_000_000
    """leaves of the public log"""


QUICK = Scale(
    seconds=3.0,
    live=200,
    kills=10,
    few=100,
    many=600,
    lot=100,
    recalled=150,
    serving=1.0,
    pressed=20,
    logged=3_000,
)


def sending(order: Order) -> Sent:
    """Have a process of its own send this order; returns what it reports."""
    ran = subprocess.run(
        [sys.executable, "-m", "bench.sender", msgspec.json.encode(order).decode()],
        stdout=subprocess.PIPE,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    return msgspec.json.decode(ran.stdout, type=Sent)


# --- how many ------------------------------------------------------------------------------


def sustained(desk: Desk, scale: Scale) -> list[Result]:
    """Stories a second from bytes to public page, until the last page of all is there."""
    steady = Order(port=desk.address[1], seed=1, seconds=scale.seconds, rate=scale.offered)
    with _readers(desk):
        sent = sending(steady)
        ended = _all_public(desk, sent, already=0)
    wrong = _unreadable(desk, sent, steady.seed)
    return [
        *_through(
            sent,
            ended,
            f"{scale.offered:.0f} stories/s offered for {scale.seconds:.0f} s",
            target=300,
        ),
        Result(
            name="pages not readable, or without their headline",
            value=wrong + sent.refused,
            unit=f"of {len(sent.deliveries):,}",
            target=0,
            load="every page fetched afterwards",
        ),
        *_flooded(desk, scale, already=len(sent.deliveries)),
    ]


def _flooded(desk: Desk, scale: Scale, already: int) -> list[Result]:
    """The same when the agency pushes as fast as the desk acknowledges."""
    flood = Order(port=desk.address[1], seed=5, seconds=scale.seconds / 6)
    with _readers(desk):
        sent = sending(flood)
        ended = _all_public(desk, sent, already)
    return _through(sent, ended, f"as fast as acknowledged for {scale.seconds / 6:.0f} s")


def _through(sent: Sent, ended: float, how: str, target: float | None = None) -> list[Result]:
    count = len(sent.deliveries)
    load = (
        f"{_KB}, {how}, 32 connections, {count:,} stories, a reader of front and feed; "
        f"sender {sent.cpu / (sent.ended - sent.began):.0%} of a core"
    )
    return [
        Result(
            name="bytes to durable to public page",
            value=count / (ended - sent.began),
            unit="stories/s",
            target=target,
            at_least=True,
            load=load,
        ),
        Result(
            name="acknowledged",
            value=count / (sent.ended - sent.began),
            unit="stories/s",
            load="the same",
        ),
        Result(
            name="time to acknowledge, p99",
            value=percentile(sent.seconds, 99) * 1000,
            unit="ms",
            load="the same",
        ),
    ]


def _all_public(desk: Desk, sent: Sent, already: int) -> float:
    """Wait until every story's page is a file; returns when. A page asked for early would be
    made on the spot, so files are counted instead of addresses asked."""
    _settle(desk, sent)
    want = already + len(sent.deliveries)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        now = time.monotonic()
        if _pages(desk.data) >= want:
            return now
        time.sleep(0.05)
    raise TimeoutError(f"only {_pages(desk.data)} of {want} pages were made")


def _pages(data: Path) -> int:
    return sum(1 for _ in (data / "site" / "s").glob("*/*.v1.html"))


def _unreadable(desk: Desk, sent: Sent, seed: int) -> int:
    writer = Writer(seed)
    wrong = 0
    with desk.speak() as voice:
        for number, delivery in enumerate(sent.deliveries):
            stories = voice.settled(delivery)["stories"]
            status, page = voice.get(stories[0]["address"] if stories else "/s/none")
            whole = page.rstrip().endswith(b"</html>")
            named = writer.headline(number).encode() in page
            wrong += not (status == 200 and whole and named)
    return wrong


def _settle(desk: Desk, sent: Sent) -> None:
    """Wait until the desk has read everything. It reads in order of arrival, so the last of
    all connections are enough."""
    with desk.speak() as voice:
        for delivery in sent.deliveries[-64:]:
            voice.settled(delivery, patience=1200)


@contextmanager
def _readers(desk: Desk) -> Iterator[None]:
    """Somebody reads the front and the feed twice a second while the block runs."""
    ended = threading.Event()

    def read() -> None:
        with desk.speak() as voice:
            while not ended.wait(0.5):
                for path in ("/", "/feed.atom"):
                    voice.get(path)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


# --- how soon ------------------------------------------------------------------------------


def latency(desk: Desk, scale: Scale) -> list[Result]:
    """First byte sent to page readable, at a steady rate."""
    count = int(scale.rate * scale.seconds)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        took = runner.run(_steady(desk.address[1], count, scale.rate))
    load = f"{_KB}, {scale.rate:.0f} stories/s for {scale.seconds:.0f} s, seen by asking"
    return [
        Result(
            name=f"first byte to page readable, p{part}",
            value=percentile(took, part) * 1000,
            unit="ms",
            target=target,
            load=load,
        )
        for part, target in ((50, 25.0), (99, 100.0))
    ]


async def _steady(port: int, count: int, rate: float) -> list[float]:
    writer = Writer(2)
    idle = [await connect(port) for _ in range(8)]
    began = asyncio.get_running_loop().time()
    took: list[float] = []

    async def one(number: int) -> None:
        await asyncio.sleep(began + number / rate - asyncio.get_running_loop().time())
        line = idle.pop() if idle else await connect(port)
        took.append(await _until_readable(line, writer, number))
        idle.append(line)

    await asyncio.gather(*(one(number) for number in range(count)))
    return took


async def _until_readable(line: Line, writer: Writer, number: int) -> float:
    made = datetime.now(UTC) - timedelta(seconds=1)
    data = request(writer.story(number, made))
    began = time.monotonic()
    status, body = await line.ask(data)
    if status != 202:
        raise RuntimeError(f"not acknowledged: {status} {body[:200]!r}")
    fate = msgspec.json.decode(body)["fate"]
    deadline = began + 30
    while time.monotonic() < deadline:
        _, told = await line.ask(_get(fate))
        stories = msgspec.json.decode(told).get("stories")
        if stories:
            status, page = await line.ask(_get(stories[0]["address"]))
            if status == 200 and page.rstrip().endswith(b"</html>"):
                return time.monotonic() - began
        await asyncio.sleep(_STEP)
    raise TimeoutError(f"story {number} was not readable after 30 s")


def _get(path: str) -> bytes:
    return (f"GET {path} HTTP/1.1\r\nhost: desk\r\nauthorization: Bearer {TOKEN}\r\n\r\n").encode()


# --- how gone ------------------------------------------------------------------------------


def kills(desk: Desk, scale: Scale, live: int) -> list[Result]:
    """Kill received to every local public address seen clean, by the desk's own receipts; then
    all of them are fetched once more from here."""
    writer = Writer(3)
    looked = open_desk(desk.data, Config(), lambda: datetime.now(UTC), reading=True)
    seconds: list[float] = []
    addresses: list[str] = []
    with closing(looked), desk.speak() as voice:
        for number in range(scale.kills):
            now = datetime.now(UTC)
            notice = writer.story(number, now, version=2, status="canceled")
            told = voice.settled(voice.push(notice, agency=AGENCY))
            receipts = _proof(looked, told["stories"][0]["story"])
            seconds.append(max(receipt["seconds"] for receipt in receipts))
            addresses += [receipt["address"] for receipt in receipts]
    load = f"{scale.kills} kills one after another, {live:,} live stories"
    return [
        Result(
            name=f"kill received to every local address seen clean, p{part}",
            value=percentile(seconds, part) * 1000,
            unit="ms",
            target=target,
            load=load + f", {len(addresses) // len(seconds)} addresses each",
        )
        for part, target in ((50, None), (99, 250.0))
    ] + [
        Result(
            name="addresses still showing a killed story",
            value=_still_shown(desk, writer, scale.kills, set(addresses)),
            unit=f"of {len(set(addresses)):,}",
            target=0,
            load="fetched again from outside, all killed headlines searched in each",
        )
    ]


def _proof(looked: Newsdesk, story: str) -> list[dict[str, Any]]:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        receipts = [
            receipt
            for receipt in orders.dossier(looked, story)["receipts"]
            if receipt["kind"] == "withdraw"
        ]
        if receipts and all(receipt["clean"] for receipt in receipts):
            return receipts
        time.sleep(0.02)
    raise TimeoutError(f"story {story} was not seen clean after 30 s")


def _still_shown(desk: Desk, writer: Writer, killed: int, addresses: set[str]) -> int:
    headlines = [writer.headline(number).encode() for number in range(killed)]
    with desk.speak() as voice:
        # The search's is told without what was asked: the page would repeat it.
        told = (address for address in sorted(addresses) if " " not in address)
        bodies = (voice.get(address)[1] for address in told)
        return sum(any(headline in body for headline in headlines) for body in bodies)


# --- how large -----------------------------------------------------------------------------


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """What one lot of stories cost."""

    cpu: float
    """seconds of the desk's CPU for each story"""
    rate: float
    """stories a second"""


def cost(desk: Desk, scale: Scale, seed: int) -> Cost:
    """Push one lot while somebody reads; the desk's CPU and time for each story."""
    used = desk.cpu()
    with _readers(desk):
        sent = sending(Order(port=desk.address[1], seed=seed, count=scale.lot))
        _settle(desk, sent)
    ended = time.monotonic()
    return Cost(
        cpu=(desk.cpu() - used) / scale.lot,
        rate=scale.lot / (ended - sent.began),
    )


def fill(desk: Desk, seed: int, count: int) -> None:
    """Push stories and wait until the last is taken."""
    if count <= 0:
        return
    sent = sending(Order(port=desk.address[1], seed=seed, count=count))
    _settle(desk, sent)


def growth(small: Cost, large: Cost, scale: Scale) -> list[Result]:
    """A story's cost with many behind it against that with few."""
    load = f"{scale.lot:,} stories pushed with {scale.many:,} behind them, and with {scale.few:,}"
    return [
        Result(
            name="CPU for a story, many behind it against few",
            value=large.cpu / small.cpu,
            unit="×",
            target=1.3,
            load=load,
        ),
        Result(
            name="CPU for a story, few behind it",
            value=small.cpu * 1000,
            unit="ms",
            load=load,
        ),
        Result(
            name="time for a story, many behind it against few",
            value=small.rate / large.rate,
            unit="×",
            target=1.3,
            load=load,
        ),
    ]


def size(desk: Desk, scale: Scale) -> list[Result]:
    """Memory with many stories in the store, after work and after a fresh start."""
    busy = desk.memory()
    desk.stop()
    began = time.monotonic()
    desk.start()
    with desk.speak() as voice:
        status, _ = voice.get("/")
    ready = time.monotonic() - began
    if status != 200:
        raise RuntimeError(f"the front answered {status} after the start")
    load = f"{scale.many:,} stories in the store"
    return [
        Result(
            name="start-up, from the command to the first front served",
            value=ready,
            unit="s",
            target=2.0,
            load=load,
        ),
        Result(
            name="resident memory, after taking them in",
            value=busy / 1e6,
            unit="MB",
            target=250,
            load=load,
        ),
        Result(
            name="resident memory, after a fresh start and a front",
            value=desk.memory() / 1e6,
            unit="MB",
            target=250,
            load=load,
        ),
    ]


def machine() -> dict[str, str]:
    """The machine in a few words."""
    cpuinfo = Path("/proc/cpuinfo")
    model = ""
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    return {
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "processor": model or platform.machine(),
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
    }
