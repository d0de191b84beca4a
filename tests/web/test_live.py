"""Open fronts are told that something changed, and nothing of what."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.requests import Request
from starlette.responses import StreamingResponse

from copytaster.web import Live
from tests.newsroom.making import House

pytestmark = pytest.mark.anyio

SCOPE = {"type": "http", "method": "GET", "path": "/live", "headers": [], "query_string": b""}


async def _listen(live: Live) -> AsyncIterator[bytes]:
    (route,) = live.routes()
    answer = await route.endpoint(Request(dict(SCOPE)))
    assert isinstance(answer, StreamingResponse)
    assert answer.media_type == "text/event-stream"
    assert answer.headers["cache-control"] == "no-store"
    async for line in answer.body_iterator:
        assert isinstance(line, bytes)
        yield line


async def _next(lines: AsyncIterator[bytes]) -> bytes:
    async with asyncio.timeout(20):
        return await anext(lines)


async def _signal(lines: AsyncIterator[bytes]) -> bytes:
    """The next line that is no comment."""
    async with asyncio.timeout(20):
        return await anext(line async for line in lines if not line.startswith(b":"))


async def test_a_change_of_a_public_face_is_told_without_a_word_of_it(house: House) -> None:
    lines = _listen(Live(house.desk.store, look=0.01))
    assert (await _next(lines)).startswith(b"retry:")
    house.send()
    assert await _signal(lines) == b"event: changed\ndata:\n\n"
    house.kill()
    assert await _signal(lines) == b"event: changed\ndata:\n\n"


async def test_nothing_is_told_where_nothing_public_changed(house: House) -> None:
    lines = _listen(Live(house.desk.store, look=0.001))
    await _next(lines)
    house.send(pubstatus="withheld")
    assert await _next(lines) == b": still here\n\n"


async def test_a_server_that_ends_ends_its_streams(house: House) -> None:
    live = Live(house.desk.store, look=60)
    lines = _listen(live)
    await _next(lines)
    live.stop()
    with pytest.raises(StopAsyncIteration):
        await _next(lines)


async def test_no_more_listen_than_may(house: House) -> None:
    live = Live(house.desk.store, most=1, look=0.01)
    lines = _listen(live)
    await _next(lines)
    (route,) = live.routes()
    assert (await route.endpoint(Request(dict(SCOPE)))).status_code == 503
    live.stop()
    with pytest.raises(StopAsyncIteration):
        await _next(lines)


async def test_only_the_first_page_of_a_front_may_run_the_script(house: House) -> None:
    story = house.send()
    front = await house.get("/")
    assert "script-src 'self'" in front.headers["content-security-policy"]
    (script,) = {word for word in front.text.split('"') if word.endswith(".js")}
    served = await house.get(script)
    assert served.headers["content-type"] == "text/javascript; charset=utf-8"
    assert len(served.content) <= 10_240
    for path in (f"/s/{story.id}", "/corrections", "/?before=99999999999-1"):
        answer = await house.get(path)
        assert "script-src" not in answer.headers["content-security-policy"], path
        assert "<script src" not in answer.text, path
