"""The wire, told to whoever watches: nothing lost, nothing twice, nobody who may not."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import msgspec
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.responses import StreamingResponse

from copytaster.copydesk import Role
from copytaster.copydesk import Row
from copytaster.copydesk import Seat
from copytaster.web.desk import Watched
from tests.newsroom.making import House
from tests.web.desk.making import App
from tests.web.desk.test_wire import send

pytestmark = pytest.mark.anyio
ADA = Seat(person="ada", role=Role.reader)


class Signed:
    """Whether the one who watches is still signed in."""

    def __init__(self) -> None:
        self.seat: Seat | None = ADA

    async def of(self, request: Request) -> Seat | None:
        return self.seat


@pytest.fixture
def app(house: House) -> App:
    return App(house)


def asked(last: int | None = None, q: str = "") -> Request:
    headers = [] if last is None else [(b"last-event-id", b"%d" % last)]
    scope = {"type": "http", "method": "GET", "path": "/api/live", "headers": headers}
    return Request({**scope, "query_string": urlencode({"q": q}).encode()})


async def answer_of(watched: Watched, path: str, request: Request) -> Response:
    (door,) = [door for door in watched.doors() if door.path == path]
    return await door.handler(request, ADA)


async def listen(
    watched: Watched, last: int | None = None, path: str = "/api/live", q: str = ""
) -> AsyncIterator[bytes]:
    answer = await answer_of(watched, path, asked(last, q))
    assert isinstance(answer, StreamingResponse)
    assert answer.headers["cache-control"] == "no-store"
    async for piece in answer.body_iterator:
        assert isinstance(piece, bytes)
        yield piece


async def told(stream: AsyncIterator[bytes], many: int) -> list[tuple[int, str]]:
    """The next so many events: place and headline."""
    found: list[tuple[int, str]] = []
    async with asyncio.timeout(20):
        async for piece in stream:
            for event in piece.decode().split("\n\n"):
                if event.startswith("id: "):
                    place, _, data = event.split("\n")
                    row = msgspec.json.decode(data.removeprefix("data: "), type=Row)
                    found.append((int(place.removeprefix("id: ")), row.headline))
            if len(found) >= many:
                break
    return found


async def events(stream: AsyncIterator[bytes], many: int) -> list[tuple[str, str]]:
    """The next so many events of any kind: what it is, and its data."""
    found: list[tuple[str, str]] = []
    async with asyncio.timeout(20):
        async for piece in stream:
            for event in piece.decode().split("\n\n"):
                if event.startswith("id: "):
                    _, kind, data = event.split("\n")
                    found.append((kind.removeprefix("event: "), data.removeprefix("data: ")))
            if len(found) >= many:
                break
    return found


async def begun(stream: AsyncIterator[bytes]) -> None:
    async with asyncio.timeout(20):
        assert (await anext(stream)).startswith(b"retry:")


async def test_who_opened_an_empty_wire_is_told_of_the_first_story(app: App) -> None:
    send(app.house, "one", headline="Ferry runs")
    stream = listen(app.watched, last=0)
    assert [headline for _, headline in await told(stream, 1)] == ["Ferry runs"]


async def test_what_happens_is_told_once_and_in_order(app: App) -> None:
    send(app.house, "before", headline="Before")
    stream = listen(app.watched)
    await begun(stream)
    for n in range(5):
        send(app.house, f"n{n}", headline=f"Lot {n}")
    found = await told(stream, 5)
    assert [headline for _, headline in found] == [f"Lot {n}" for n in range(5)]
    places = [place for place, _ in found]
    assert places == sorted(set(places))


async def test_who_was_cut_off_is_told_what_came_since(app: App) -> None:
    send(app.house, "one", headline="One")
    known = app.house.desk.store.wire.last
    send(app.house, "two", headline="Two")
    send(app.house, "three", headline="Three")
    stream = listen(app.watched, last=known)
    await begun(stream)
    assert [headline for _, headline in await told(stream, 2)] == ["Two", "Three"]
    send(app.house, "four", headline="Four")
    assert [headline for _, headline in await told(stream, 1)] == ["Four"]


async def test_many_who_watch_are_told_the_same(app: App) -> None:
    streams = [listen(app.watched) for _ in range(20)]
    for stream in streams:
        await begun(stream)
    for n in range(4):
        send(app.house, f"n{n}", headline=f"Lot {n}")
    first, *others = [await told(stream, 4) for stream in streams]
    assert all(other == first for other in others)


async def test_who_is_signed_out_is_told_no_more(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copytaster.web.desk._live._HEARTBEAT", 0.01)
    office = App(house).office
    signed = Signed()
    stream = listen(Watched(office, signed, look=0.001))
    await begun(stream)
    async with asyncio.timeout(20):
        assert await anext(stream) == b": still here\n\n"
        signed.seat = None
        assert [piece async for piece in stream if not piece.startswith(b":")] == []


async def test_a_server_that_ends_ends_its_streams(app: App) -> None:
    stream = listen(app.watched)
    await begun(stream)
    app.watched.stop()
    async with asyncio.timeout(20):
        assert [piece async for piece in stream if not piece.startswith(b":")] == []
    door = app.watched.doors()[0]
    assert (await door.handler(asked(), ADA)).status_code == 503


async def test_an_open_page_is_told_the_line_as_it_stands_in_a_list(app: App) -> None:
    stream = listen(app.watched, path="/desk/live")
    await begun(stream)
    id = send(app.house, "one", headline="<b>Ferry</b>")
    async with asyncio.timeout(20):
        piece = await anext(piece async for piece in stream if piece.startswith(b"id: "))
    said = msgspec.json.decode(piece.decode().split("\n")[2].removeprefix("data: "))
    assert said["story"] == id
    assert f'href="/desk/s/{id}"' in said["html"]
    assert "<b>Ferry" not in said["html"]


async def test_who_asks_for_some_is_told_of_those_and_of_what_leaves(app: App) -> None:
    ferry = send(app.house, "one", headline="Ferry stops", pubstatus="odd")
    choir = send(app.house, "two", headline="Choir sings")
    kinds = await events(listen(app.watched, last=0, q="ferry state:held"), 2)
    assert [kind for kind, _ in kinds] == ["row", "gone"]
    assert msgspec.json.decode(kinds[0][1])["story"] == ferry
    assert msgspec.json.decode(kinds[1][1]) == {"story": choir}
    known = app.office.last
    send(app.house, "one", headline="Ferry runs", version="2", pubstatus="usable")
    ((kind, data),) = await events(listen(app.watched, last=known, q="ferry state:held"), 1)
    assert (kind, msgspec.json.decode(data)) == ("gone", {"story": ferry})
    page = await events(listen(app.watched, last=0, path="/desk/live", q="choir"), 2)
    told = {one["story"]: one["html"] for one in (msgspec.json.decode(data) for _, data in page)}
    assert "Choir sings" in told[choir]
    assert "checkbox" not in told[choir]
    assert told[ferry] == ""


@pytest.mark.parametrize(("seat", "is_ticked"), [("editor ada", True), ("reader bo", False)])
async def test_lines_of_a_search_can_be_ticked_by_those_who_decide(
    app: App, seat: str, is_ticked: bool
) -> None:
    send(app.house, "one", headline="Ferry stops")
    page = (await app.get("/desk/search?q=ferry", seat)).text
    assert ("&amp;tick=yes" in page) is is_ticked
    scope = {"type": "http", "method": "GET", "path": "/desk/live", "headers": []}
    request = Request({**scope, "query_string": b"after=0&q=ferry&tick=yes"})
    answer = await answer_of(app.watched, "/desk/live", request)
    assert isinstance(answer, StreamingResponse)
    async with asyncio.timeout(20):
        async for piece in answer.body_iterator:
            if b"data: " in bytes(piece):
                assert b"checkbox" in bytes(piece)
                break


async def test_a_query_that_is_none_opens_no_stream(app: App) -> None:
    answer = await answer_of(app.watched, "/api/live", asked(q="ferry ("))
    assert answer.status_code == 422
    assert not isinstance(answer, StreamingResponse)


async def test_two_who_ask_for_other_things_are_told_each_their_own(app: App) -> None:
    first = listen(app.watched, last=0, q="ferry")
    second = listen(app.watched, last=0, q="choir")
    await begun(first)
    await begun(second)
    send(app.house, "one", headline="Ferry stops")
    send(app.house, "two", headline="Choir sings")
    assert [kind for kind, _ in await events(first, 2)] == ["row", "gone"]
    assert [kind for kind, _ in await events(second, 2)] == ["gone", "row"]
