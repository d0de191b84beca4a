"""The process: one thread for the desk, one for keeping deliveries, one loop for the network.

The desk's own thread is the only one that rules on stories; everything else hands it work and
waits. Killing the process at any instruction loses nothing: what was acknowledged is in the
store, and what the press still owes is there too.
"""

import asyncio
import contextlib
import functools
import logging
import queue
import random
import re
import signal
import socket
import threading
from collections.abc import AsyncIterator
from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Coroutine
from collections.abc import Iterator
from collections.abc import Sequence
from concurrent.futures import Future
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import Any
from typing import TypeVar

import uvicorn
from starlette.routing import BaseRoute

from copytaster import formats
from copytaster import web
from copytaster.config import Config
from copytaster.config import ConfigError
from copytaster.delivery import Delivery
from copytaster.newsroom import acknowledging
from copytaster.newsroom import calling
from copytaster.newsroom import control
from copytaster.newsroom import warming
from copytaster.newsroom._reader import Reader
from copytaster.newsroom._silence import Silence
from copytaster.newsroom.acknowledging import Acknowledging
from copytaster.newsroom.alerts import Alerts
from copytaster.newsroom.desk import Desk
from copytaster.newsroom.drill import Drill
from copytaster.newsroom.drill_schedule import Schedule
from copytaster.newsroom.keeper import Keeper
from copytaster.newsroom.log_keeper import LogKeeper
from copytaster.newsroom.office import Office
from copytaster.newsroom.opening import open_desk
from copytaster.newsroom.order_trail import noted
from copytaster.newsroom.orders import Orders
from copytaster.newsroom.patrol import Patrol
from copytaster.newsroom.picture_proving import PictureProver
from copytaster.newsroom.picturing import Picturing
from copytaster.newsroom.proofs import Proofs
from copytaster.newsroom.proving import Prover
from copytaster.newsroom.reporting import watch as watch_reports
from copytaster.newsroom.routes_in import RoutesIn
from copytaster.newsroom.tokens import desk_token
from copytaster.store import Full
from copytaster.store import PressWork
from copytaster.wire import Alert

log = logging.getLogger("copytaster")

T = TypeVar("T")

_PORT = re.compile(r"[0-9]{1,5}")
_IDLE = 5.0
"""longest sleep of the desk's thread; timers and deliveries wake it earlier"""
_PAUSE = 1.0


def utc_now() -> datetime:
    """The system's clock."""
    return datetime.now(UTC)


class DeskThread:
    """The one thread that rules on stories."""

    def __init__(self, desk: Desk, alert: Alert) -> None:
        self._desk = desk
        self._alert = alert
        self._wake = threading.Event()
        self._stopping = False
        self._orders: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = queue.SimpleQueue()
        self.on_pressed: Callable[[list[PressWork]], None] = _ignore
        self.is_road_clear: Callable[[], bool] = _always
        """asked before anything is done that can wait: a single kill goes first"""
        self.may_press_in_bulk: Callable[[], bool] = _always
        """asked before anything of a recall is pressed"""
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """There is something to do; safe from any thread."""
        self._wake.set()

    def stop(self) -> None:
        """Finish the step under way, then end."""
        self._stopping = True
        self.wake()
        self._thread.join()

    async def call(self, order: Callable[[], T]) -> T:
        """Run ``order`` on the desk's thread, between two steps."""
        future: Future[T] = Future()
        self._orders.put((order, future))
        self.wake()
        return await asyncio.wrap_future(future)

    def _run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            try:
                busy = self._step()
            except Exception as error:
                # Nothing may end this thread but stop(): a full disk, a defect of ours. What
                # was to be done is still in the store and is tried again.
                log.exception("the desk's step failed")
                text = f"{type(error).__name__}: {error}; see the log"
                self._alert("desk-step-failed", text, about="desk")
                self._wake.wait(_PAUSE)
                continue
            self._alert.over("desk-step-failed", "desk")
            if not busy and not self._stopping:  # stop() may have woken it before the clear
                self._wake.wait(self._sleep())

    def _step(self) -> bool:
        self._carry_out_orders()
        try:
            read = self._desk.read()
            rung = self._desk.ring()
        finally:  # whatever could not be read, a kill that was goes out
            pressed = self._desk.press()
            if pressed:
                self.on_pressed(pressed)
        recalled = self._recall()
        if read or rung or pressed or recalled:
            return True
        if not self.is_road_clear():
            return False
        return self._desk.tidy() or self._desk.freshness.step()

    def _recall(self) -> bool:
        """Some of what recalls owe: every story is suspended before the first is pressed."""
        if not self.is_road_clear():
            return False
        if self._desk.recalls.step():
            return True
        if not self.may_press_in_bulk():
            return False
        pressed = self._desk.press_in_bulk()
        if pressed:
            self.on_pressed(pressed)
        return bool(pressed)

    def _carry_out_orders(self) -> None:
        while True:
            try:
                order, future = self._orders.get_nowait()
            except queue.Empty:
                return
            try:
                future.set_result(order())
            except Exception as error:  # noqa: BLE001  whoever gave the order is told
                future.set_exception(error)

    def _sleep(self) -> float:
        if not self.is_road_clear():
            return _PAUSE
        ring = self._desk.next_ring()
        if ring is None:
            return _IDLE
        return min(_IDLE, max(0.0, (ring - self._desk.clock()).total_seconds()))


class Running:
    """A desk that is receiving, deciding, publishing and serving."""

    def __init__(
        self,
        desk: Desk,
        data: Path,
        base: str,
        listener: socket.socket,
        more: "Callable[[Running], Sequence[BaseRoute]]",
    ) -> None:
        self.desk = desk
        self.base = base
        self.data = data
        self._listener = listener
        self._more = more
        self._live = web.Live(desk.store) if desk.house.site.live else None
        table = desk.house.config.alerts
        self.alerts = Alerts(data, desk.clock, calling.routes(table, desk.house.site.name))
        desk.alert = self.alerts
        told = acknowledging.ways(desk.house)
        self.acknowledging = Acknowledging(told, desk.store, desk.clock, self.alerts)
        desk.on_owed = self.acknowledging.wake
        self.thread = DeskThread(desk, self.alerts)
        self.keeper = Keeper(self._accept, self.thread.wake)
        self.log_keeper = LogKeeper(
            desk.house, desk.store, desk.pressroom.folder.log, data, desk.clock, self.alerts
        )
        self.routes_in = RoutesIn(
            desk, data, self.keeper.accept, self.alerts, random.SystemRandom()
        )
        check = desk.house.config.site.check_url or desk.house.config.site.url or base
        self.prover = Prover(desk, check, self.alerts)
        proof = PictureProver(desk, self.prover.fetch, self.alerts)
        self.picturing = Picturing(desk, self.thread.call, proof)
        self.proofs = Proofs(
            self.prover,
            self.alerts,
            sample=desk.house.config.proof.sample,
            wake=self.thread.wake,
        )
        self._reader = Reader(check)
        self.drill = Drill(desk, self._reader, self.keeper.accept, self.alerts)

    def _accept(self, deliveries: Sequence[Delivery]) -> None:
        try:
            self.desk.accept(deliveries)
        except Full as error:
            text = f"{error}: new copy is refused, publishing and kills go on; make room"
            self.alerts("disk-full", text, about="disk")
            raise
        self.alerts.over("disk-full", "disk")

    def _pressed(self, work: list[PressWork]) -> None:
        """Called on the desk's thread with what was just written."""
        self._loop.call_soon_threadsafe(self.picturing.wake)
        self.proofs.pressed(work)

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator["Running"]:
        """Everything runs inside the block; leaving it stops everything in order."""
        self._loop = asyncio.get_running_loop()
        self.proofs.begin(self._loop)
        self.thread.on_pressed = self._pressed
        self.thread.is_road_clear = self.proofs.is_road_clear
        self.thread.may_press_in_bulk = self.proofs.may_press_in_bulk
        await asyncio.to_thread(self.desk.catch_up)
        await asyncio.to_thread(formats.names)  # loads them all: the first kill waits for none
        self.desk.end_old_calls(self.alerts.opened)
        server = self._server()
        self.alerts.start()
        self.acknowledging.start()
        self.keeper.start()
        self.thread.start()
        self.log_keeper.start()
        try:
            async with (
                control.listening(self.data, noted(self.desk.people, Orders(self).handle)),
                self._background(server),
            ):
                yield self
        finally:
            self.keeper.stop()
            self.thread.stop()
            await asyncio.to_thread(self.log_keeper.stop)
            await self.prover.close()
            await asyncio.to_thread(self.acknowledging.stop)
            await asyncio.to_thread(self.alerts.stop)
            await self._reader.close()

    @contextlib.asynccontextmanager
    async def _background(self, server: uvicorn.Server) -> AsyncIterator[None]:
        serving = asyncio.create_task(server.serve(sockets=[self._listener]))
        jobs = [
            *self.routes_in.jobs(),
            *self.proofs.jobs(),
            *self._watches(),
            self.picturing.run(),
            warming.learn_words(self.desk.house),
            warming.learn_languages(),
            warming.read_apart(functools.partial(self.thread.call, self.desk.reading_room.open)),
        ]
        others = [asyncio.create_task(job) for job in jobs]
        while not server.started and not serving.done():  # noqa: ASYNC110  uvicorn has no event
            await asyncio.sleep(0.005)
        try:
            yield
        finally:
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            if self._live is not None:
                self._live.stop()
            self._watched.stop()
            server.should_exit = True
            await serving

    def _watches(self) -> Iterator[Coroutine[Any, Any, None]]:
        """The terms of reports, silent sources; drills and the patrol, as the house wants them."""
        desk, config = self.desk, self.desk.house.config
        yield watch_reports(desk.reports)
        yield Silence(desk, self.alerts, lambda: self.alerts.opened).run()
        every = config.drill.every_hours
        if every:
            chance = random.SystemRandom()
            yield Schedule(
                self.drill, desk.store, desk.clock, self.alerts, every_hours=every, chance=chance
            ).run()
        if config.patrol.per_minute:
            yield Patrol(desk, self._reader, self.alerts).run()

    def _desk_routes(self) -> Sequence[BaseRoute]:
        """The editors' app and its API, behind one guard."""
        house, people = self.desk.house, self.desk.people
        seats = web.desk.SignedIn(
            people,
            token=desk_token(self.data),
            url=house.site.url,
            proxies=house.config.reports.proxies,
        )
        office = Office(self.desk, Orders(self).handle, lambda: self.alerts.opened, data=self.data)
        self._watched = web.desk.Watched(office, seats)
        name, zone = house.site.name, house.site.zone
        return [
            *web.desk.app(office, seats, self._watched),
            *web.desk.people_routes(people, seats, house=name, zone=zone, url=house.site.url),
        ]

    def _server(self) -> uvicorn.Server:
        routes = [*self.routes_in.web_routes(), *self._desk_routes(), *self._more(self)]
        app = web.public_site(self.desk, routes, self._live)
        settings = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            date_header=True,
            proxy_headers=False,
            timeout_graceful_shutdown=2,
        )
        server = uvicorn.Server(settings)
        # Signals are handled by `serve` below, once for all parts.
        server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
        return server


def bind(listen: str) -> socket.socket:
    """A listening socket for ``HOST:PORT`` (port 0: any free one).

    Raises ConfigError when it is not that, OSError when it cannot be had.
    """
    host, _, port = listen.rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    if not _PORT.fullmatch(port) or int(port) > 65535:
        raise ConfigError(f"--listen {listen}: give HOST:PORT, e.g. 127.0.0.1:8420")
    try:
        listener = socket.create_server((host, int(port)), family=family, backlog=1024)
    except OSError as error:
        why = str(error.strerror or error).partition(" (while")[0]  # Python repeats the address
        why = f"cannot listen on {listen}: {why}"
        raise OSError(f"{why}; choose another address with --listen") from error
    # Accepted connections inherit it; asyncio sets it only on sockets that name their protocol.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def base_url(listener: socket.socket) -> str:
    """The address at which this machine reaches the listener."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104  compared, not bound
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


async def serve(
    config: Config,
    data: Path,
    *,
    ready: Callable[[Running], Awaitable[None]],
    more: Callable[[Running], Sequence[BaseRoute]] = lambda _running: (),
    clock: Callable[[], datetime] = utc_now,
) -> None:
    """Run a desk until SIGINT or SIGTERM; ``ready`` is awaited once it serves, ``more`` gives
    web routes beside the desk's own.

    Raises ``store.Locked``, ``store.Unfit``, ConfigError or OSError (the address is taken)
    before that.
    """
    with bind(config.listen) as listener:
        base = base_url(listener)
        desk = await asyncio.to_thread(open_desk, data, config, clock, url=base)
        try:
            async with Running(desk, data, base, listener, more).open() as running:
                stop = _signals()
                waiting = asyncio.create_task(stop.wait())
                playing = asyncio.ensure_future(ready(running))
                await asyncio.wait({waiting, playing}, return_when=asyncio.FIRST_COMPLETED)
                if playing.done():
                    await playing
                    await waiting
                playing.cancel()
        finally:
            desk.close()


def _signals() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop


def _ignore(work: list[PressWork]) -> None:
    """Nobody wants to be told."""


def _always() -> bool:
    """Nothing is in the way."""
    return True
