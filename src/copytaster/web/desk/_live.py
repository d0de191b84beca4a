"""``/desk/live`` and ``/api/live``: what happens on the wire, told to whoever watches.

Server-sent events. Each carries the place of a story on the wire as its id; a browser that was cut
off asks with the last one it had (``Last-Event-ID``) and is told what came since: nothing is lost,
and nothing twice. One look for all who watch, ten times a second; who is not signed in any more is
told no more. Who watches what answers a query is told also what no longer does.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from collections.abc import Callable
from collections.abc import Sequence
from functools import partial

import msgspec
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.responses import StreamingResponse

from copytaster import copydesk
from copytaster.copydesk import Role
from copytaster.copydesk import Row
from copytaster.copydesk import Seat
from copytaster.query import Facts
from copytaster.query import QueryError
from copytaster.web.desk._api_answer import fault
from copytaster.web.desk._doors import HEADERS
from copytaster.web.desk._doors import Door
from copytaster.web.desk._doors import Handler
from copytaster.web.desk._doors import Seats
from copytaster.web.desk._doors import is_program
from copytaster.web.desk._office import Office
from copytaster.web.desk._wire import place_in

_MOST = 500
"""who watch at a time"""
_LOOK = 0.1
"""seconds between two looks at the wire"""
_KEPT = 500
"""rows remembered for those who watch; who is further behind reads the store"""
_HEARTBEAT = 10.0
"""seconds after which whoever watches is told that nothing happened, and asked who they are"""
_RETRY = b"retry: 1000\n\n"
_EVENTS = "text/event-stream"
_HEADERS = {**HEADERS, "x-accel-buffering": "no"}

Write = Callable[[Row, bool], bytes]
"""a row as an event, and whether it answers what whoever watches asked for"""
Wanted = Callable[[Facts], bool]


class _Told:
    """A row, and the events that tell it, each written once for all who are told it so."""

    def __init__(self, row: Row) -> None:
        self.place = row.place
        self._row = row
        self._facts: Facts | None = None
        self._events: dict[tuple[Write, bool], bytes] = {}

    def event(self, write: Write, *, answers: bool) -> bytes:
        event = self._events.get((write, answers))
        if event is None:
            event = b"id: %d\n%s\n\n" % (self.place, write(self._row, answers))
            self._events[write, answers] = event
        return event

    def answers(self, wanted: Wanted, facts: Callable[[str], Facts | None]) -> bool:
        """Whether the story is wanted, as it is when first somebody asks."""
        if self._facts is None:
            self._facts = facts(self._row.story)
        return self._facts is not None and wanted(self._facts)


class Watched:
    """The wire, watched by many; belongs to the serving loop."""

    def __init__(self, office: Office, seats: Seats, *, look: float = _LOOK) -> None:
        self._office = office
        self._seats = seats
        self._look = look
        self._rows: deque[_Told] = deque()
        self._from = 0
        self._reached = 0
        """:attr:`_rows` has everything that is after the one place, up to the other"""
        self._moved = asyncio.Event()
        """set when something happened, and another one waits for the next"""
        self._watching = 0
        self._looking: asyncio.Task[None] | None = None
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """End every stream, so that the server can end."""
        self._stopped.set()
        self._wake()

    def doors(self) -> list[Door]:
        return [
            Door("/desk/live", Role.reader, self._door(self._as_html, self._to_tick)),
            Door("/api/live", Role.reader, self._door(_as_json, _as_json)),
        ]

    def _as_html(self, row: Row, answers: bool) -> bytes:
        """JSON has no line end, so that it is one line of an event; no line for what leaves a
        list."""
        html = copydesk.row(row, self._office.zone) if answers else b""
        return _line(row, html)

    def _to_tick(self, row: Row, answers: bool) -> bytes:
        """The same for a list whose stories can be ticked."""
        return _line(row, copydesk.row(row, self._office.zone, choosing=True) if answers else b"")

    def _door(self, usual: Write, to_tick: Write) -> Handler:
        async def live(request: Request, seat: Seat) -> Response:
            if self._watching >= _MOST or self._stopped.is_set():
                return Response(status_code=503, headers={"retry-after": "10", **_HEADERS})
            try:
                wanted = self._wanted(request)
            except QueryError as error:
                if is_program(request):
                    return fault(422, error.what, error.at)
                return Response(f"{error}\n", 422, _HEADERS, media_type="text/plain")
            write = to_tick if "tick" in request.query_params else usual
            stream = self._stream(request, write, wanted)
            return StreamingResponse(stream, headers=_HEADERS, media_type=_EVENTS)

        return live

    def _wanted(self, request: Request) -> Wanted | None:
        """What is asked for; None: everything. Raises QueryError."""
        asked = request.query_params.get("q", "")
        return self._office.wanted(asked) if asked.strip() else None

    async def _stream(
        self, request: Request, write: Write, wanted: Wanted | None
    ) -> AsyncIterator[bytes]:
        self._watching += 1
        if self._looking is None:
            self._from = self._reached = self._office.last
            self._looking = asyncio.create_task(self._look_on())
        place = _known(request, self._reached)
        try:
            yield _RETRY
            asked = _now()
            while not self._stopped.is_set():
                if found := await self._since(place):
                    place = found[-1].place
                    answers = await self._judged(found, wanted)
                    pairs = zip(found, answers, strict=True)
                    yield b"".join(told.event(write, answers=one) for told, one in pairs)
                if not await self._something(place):
                    yield b": still here\n\n"
                if _now() - asked >= _HEARTBEAT:
                    asked = _now()
                    if await self._seats.of(request) is None:
                        return
        finally:
            self._watching -= 1
            if not self._watching and self._looking is not None:
                self._looking.cancel()
                self._looking = None
                self._rows.clear()

    async def _judged(self, found: Sequence[_Told], wanted: Wanted | None) -> Sequence[bool]:
        """Which of these are wanted."""
        if wanted is None:
            return [True] * len(found)
        judge = partial(_answering, found, wanted, self._office.facts)
        return await to_thread.run_sync(judge)

    async def _since(self, place: int) -> Sequence[_Told]:
        if place >= self._reached:
            return ()
        if place >= self._from:
            return [told for told in self._rows if told.place > place]
        return [_Told(row) for row in await to_thread.run_sync(self._office.since, place)]

    async def _something(self, place: int) -> bool:
        """Waits until something happens; whether it did before a heartbeat was due."""
        moved = self._moved
        if self._reached > place or self._stopped.is_set():
            return True
        try:
            async with asyncio.timeout(_HEARTBEAT):
                await moved.wait()
        except TimeoutError:
            return False
        return True

    async def _look_on(self) -> None:
        """Look at the wire for all who watch, until nobody does."""
        while not self._stopped.is_set():
            if self._office.last > self._reached:
                rows = await to_thread.run_sync(self._office.since, self._reached)
                self._rows.extend(map(_Told, rows))
                while len(self._rows) > _KEPT:
                    self._from = self._rows.popleft().place
                self._reached = rows[-1].place if rows else self._reached
                self._wake()
            await asyncio.sleep(self._look)

    def _wake(self) -> None:
        """Tell all who wait that something happened."""
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()


def _line(row: Row, html: bytes) -> bytes:
    line = {"story": row.story, "html": html.decode()}
    return b"event: row\ndata: " + msgspec.json.encode(line)


def _as_json(row: Row, answers: bool) -> bytes:
    if answers:
        return b"event: row\ndata: " + msgspec.json.encode(row)
    return b"event: gone\ndata: " + msgspec.json.encode({"story": row.story})


def _answering(
    found: Sequence[_Told], wanted: Wanted, facts: Callable[[str], Facts | None]
) -> list[bool]:
    return [told.answers(wanted, facts) for told in found]


def _known(request: Request, reached: int) -> int:
    """The last place that whoever asks knows; the newest for who knows none."""
    said = request.headers.get("last-event-id") or request.query_params.get("after", "")
    known = place_in(said)
    return reached if known is None else known


def _now() -> float:
    return asyncio.get_running_loop().time()
