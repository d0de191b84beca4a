"""Copy that is pushed: who may, what is kept, what is answered."""

import asyncio
import gzip
import logging
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest
import uvicorn
from starlette.applications import Starlette

from copytaster.wire.push import PushSource
from copytaster.wire.push import routes

pytestmark = pytest.mark.anyio
TOKEN = "a-token-nobody-guesses"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
SOURCES = {
    "inbox": PushSource(id="inbox", token=TOKEN, limit=1000),
    "dawn": PushSource(id="dawn", token="another-token", agency="dawn"),
    "shut": PushSource(id="shut", token=""),
    "slow": PushSource(id="slow", token=TOKEN, seconds=0.1),
}


@pytest.fixture
def fates() -> dict[str, dict[str, object]]:
    return {}


@pytest.fixture
def app(desk, clock, fates) -> Starlette:
    return Starlette(routes=routes(SOURCES, desk.accept, fates.get, clock))


@pytest.fixture
async def sender(app) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://desk") as client:
        yield client


@asynccontextmanager
async def listening(app: Starlette) -> AsyncIterator[int]:
    """The application behind a real server; gives its port."""
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[sock]))
    while not server.started:  # noqa: ASYNC110  uvicorn has no event for it
        await asyncio.sleep(0.01)
    try:
        yield sock.getsockname()[1]
    finally:
        server.should_exit = True
        await serving
        sock.close()


async def test_a_delivery_is_kept_before_it_is_answered(sender, desk, clock):
    answer = await sender.post(
        "/wire/inbox?agency=ani", content=b"<rss/>", headers={**BEARER, "Content-Type": "text/xml"}
    )
    (kept,) = desk.kept
    assert answer.status_code == 202
    assert answer.json() == {"id": kept.id, "fate": f"/wire/inbox/{kept.id}"}
    assert (kept.source, kept.agency, kept.data) == ("inbox", "ani", b"<rss/>")
    assert (kept.content_type, kept.received) == ("text/xml", clock.now)
    assert not kept.archive


async def test_deliveries_are_kept_in_the_order_they_are_acknowledged(sender, desk):
    ids = []
    for n in range(5):
        answer = await sender.post("/wire/inbox", content=b"%d" % n, headers=BEARER)
        ids.append(answer.json()["id"])
    assert [delivery.id for delivery in desk.kept] == ids
    assert desk.bodies == [b"0", b"1", b"2", b"3", b"4"]


async def test_unknown_source_and_wrong_token_cannot_be_told_apart(sender, desk):
    answers = [
        await sender.post(path, content=b"x", headers=headers)
        for path, headers in (
            ("/wire/inbox", {}),
            ("/wire/inbox", {"Authorization": "Bearer wrong"}),
            ("/wire/inbox", {"Authorization": f"Basic {TOKEN}"}),
            ("/wire/inbox", {"Authorization": "Bearer \xe9".encode("latin-1")}),
            ("/wire/dawn", BEARER),
            ("/wire/nobody", BEARER),
            ("/wire/nobody", {"Authorization": "Bearer "}),
            ("/wire/shut", {"Authorization": "Bearer "}),
            ("/wire/shut", {}),
        )
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({(answer.content, tuple(answer.headers.raw)) for answer in answers}) == 1
    assert answers[0].headers["www-authenticate"].startswith("Bearer")
    assert desk.kept == []


async def test_the_fate_of_a_delivery_is_told_to_its_sender_only(sender, fates):
    id = (await sender.post("/wire/inbox", content=b"x", headers=BEARER)).json()["id"]
    path = f"/wire/inbox/{id}"
    assert (await sender.get(path, headers=BEARER)).status_code == 404
    fates[id] = {"state": "taken", "source": "inbox"}
    assert (await sender.get(path, headers=BEARER)).json()["state"] == "taken"
    assert (await sender.get(path)).status_code == 401
    others = {"Authorization": "Bearer another-token"}
    assert (await sender.get(f"/wire/dawn/{id}", headers=others)).status_code == 404


async def test_what_is_not_an_id_is_never_looked_up(desk, clock):
    asked = []
    app = Starlette(routes=routes(SOURCES, desk.accept, asked.append, clock))
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://desk") as sender:
        answer = await sender.get("/wire/inbox/' or 1=1", headers=BEARER)
    assert (answer.status_code, asked) == (404, [])


async def test_an_empty_body_is_kept_like_any_other(sender, desk):
    answer = await sender.post("/wire/inbox", content=b"", headers=BEARER)
    assert answer.status_code == 202
    assert desk.bodies == [b""]


async def test_a_source_with_an_agency_takes_no_other(sender, desk):
    await sender.post(
        "/wire/dawn?agency=ani", content=b"x", headers={"Authorization": "Bearer another-token"}
    )
    assert desk.kept[0].agency == "dawn"


async def test_without_an_agency_it_is_the_default(sender, desk):
    await sender.post("/wire/inbox", content=b"x", headers=BEARER)
    assert desk.kept[0].agency == "default"


@pytest.mark.parametrize("agency", ["", "../x", "ANI", "a" * 41, "a b", "ani\n"])
async def test_under_a_name_that_is_no_agency_nothing_can_be_published(sender, desk, agency):
    answer = await sender.post(
        "/wire/inbox", params={"agency": agency}, content=b"x", headers=BEARER
    )
    assert answer.status_code == 202
    assert "never published" in answer.json()["warning"]
    (kept,) = desk.kept
    assert (kept.agency, kept.archive) == ("default", True)


@pytest.mark.parametrize("announced", [True, False])
async def test_over_the_limit_nothing_is_kept(sender, desk, announced):
    async def pieces():
        for _ in range(3):
            yield b"x" * 400

    content = b"x" * 1001 if announced else pieces()
    answer = await sender.post("/wire/inbox", content=content, headers=BEARER)
    assert answer.status_code == 413
    assert "nothing was kept" in answer.json()["error"]
    assert desk.kept == []


async def test_a_body_of_exactly_the_limit_is_taken(sender, desk):
    answer = await sender.post("/wire/inbox", content=b"x" * 1000, headers=BEARER)
    assert answer.status_code == 202
    assert len(desk.bodies[0]) == 1000


async def test_gzip_is_undone_and_a_bomb_is_refused(sender, desk):
    headers = {**BEARER, "Content-Encoding": "gzip"}
    good = await sender.post("/wire/inbox", content=gzip.compress(b"<rss/>"), headers=headers)
    bomb = await sender.post("/wire/inbox", content=gzip.compress(b"\0" * 500_000), headers=headers)
    assert (good.status_code, bomb.status_code) == (202, 413)
    assert desk.bodies == [b"<rss/>"]


@pytest.mark.parametrize(
    ("coding", "body"), [("gzip", gzip.compress(b"<rss/>", mtime=0)[:-4]), ("br", b"\x0b\x02\x80")]
)
async def test_a_coding_that_cannot_be_undone_is_kept_as_sent(sender, desk, coding, body):
    headers = {**BEARER, "Content-Encoding": coding}
    answer = await sender.post("/wire/inbox", content=body, headers=headers)
    assert answer.status_code == 202
    assert desk.bodies == [body]


async def test_a_full_desk_asks_to_come_again(sender, desk):
    desk.full = True
    answer = await sender.post("/wire/inbox", content=b"x", headers=BEARER)
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    desk.full = False
    assert (await sender.post("/wire/inbox", content=b"x", headers=BEARER)).status_code == 202


async def test_a_body_that_does_not_end_is_given_up(sender, desk):
    async def drip():
        yield b"x"
        await asyncio.sleep(5)
        yield b"y"

    answer = await sender.post("/wire/slow", content=drip(), headers=BEARER)
    assert answer.status_code == 408
    assert desk.kept == []


async def test_what_is_not_durable_in_time_is_not_acknowledged(clock):
    async def stuck(_deliveries):
        await asyncio.sleep(5)

    app = Starlette(routes=routes(SOURCES, stuck, lambda _: None, clock))
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://desk") as sender:
        answer = await sender.post("/wire/slow", content=b"x", headers=BEARER)
    assert answer.status_code == 503
    assert "retry-after" in answer.headers


async def test_the_token_is_in_no_log_and_no_repr(sender, desk, caplog):
    caplog.set_level(logging.DEBUG)
    await sender.post("/wire/inbox", content=b"x", headers=BEARER)
    await sender.post("/wire/dawn", content=b"x", headers=BEARER)
    desk.full = True
    await sender.post("/wire/inbox", content=b"x", headers=BEARER)
    assert "received source=inbox" in caplog.text
    assert TOKEN not in caplog.text + repr(SOURCES)


async def test_over_a_real_connection_the_answers_arrive(app, desk):
    big = b"x" * 4_000_000
    async with (
        listening(app) as port,
        httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as sender,
    ):
        taken = await sender.post("/wire/inbox", content=b"<rss/>", headers=BEARER)
        large = await sender.post("/wire/inbox", content=big, headers=BEARER)
        strange = await sender.post("/wire/inbox", content=big)
        after = await sender.post("/wire/inbox", content=b"<a/>", headers=BEARER)
    codes = [answer.status_code for answer in (taken, large, strange, after)]
    assert codes == [202, 413, 401, 202]
    assert desk.bodies == [b"<rss/>", b"<a/>"]


async def test_a_sender_who_hangs_up_midway_leaves_nothing(app, desk):
    async with listening(app) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        head = f"POST /wire/inbox HTTP/1.1\r\nHost: d\r\nAuthorization: Bearer {TOKEN}\r\n"
        writer.write(head.encode() + b"Content-Length: 500\r\n\r\nhalf a story")
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as sender:
            answer = await sender.post("/wire/inbox", content=b"whole", headers=BEARER)
    assert answer.status_code == 202
    assert desk.bodies == [b"whole"]


async def test_only_posting_is_offered(sender):
    assert (await sender.get("/wire/inbox", headers=BEARER)).status_code == 405


async def test_an_id_in_an_answer_is_one_that_may_be_asked_for(sender):
    id = (await sender.post("/wire/inbox", content=b"x", headers=BEARER)).json()["id"]
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{26}", id)
