"""Pictures on a desk that runs: fetched over the network, developed apart, killed from a shell."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.responses import Response
from starlette.routing import Route

from copytaster.newsroom.running import base_url
from copytaster.newsroom.running import bind
from tests.darkroom.drawing import jpeg
from tests.newsroom.live import live
from tests.newsroom.live import until
from tests.newsroom.making import GUID
from tests.newsroom.making import config
from tests.newsroom.photos import photo

pytestmark = pytest.mark.anyio

QUAY = jpeg(1, (300, 200))
LOOPBACK = {"site": {}, "pictures": {"allow_networks": ["127.0.0.0/8"]}}


@pytest.fixture
async def server() -> AsyncIterator[str]:
    """An agency's picture server on loopback; its base address."""

    async def quay(request: Request) -> Response:
        return Response(QUAY, media_type="text/plain")  # nobody believes what it says

    async def away(request: Request) -> Response:
        return RedirectResponse("http://169.254.169.254/latest/meta-data/")

    app = Starlette(routes=[Route("/quay.jpg", quay), Route("/away.jpg", away)])
    with bind("127.0.0.1:0") as listener:
        serving = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
        serving.capture_signals = contextlib.nullcontext
        task = asyncio.create_task(serving.serve(sockets=[listener]))
        yield base_url(listener)
        serving.should_exit = True
        await task


def beside(base: str, name: str = "quay") -> dict[str, Any]:
    renditions = [{"name": "web", "href": f"{base}/{name}.jpg"}]
    return {"associations": {"main": photo(name, renditions=renditions)}}


async def test_a_picture_comes_to_the_page_and_an_order_takes_it_away(
    tmp_path: Path, server: str
) -> None:
    async with live(tmp_path, config(**LOOPBACK)) as desk:
        story = await desk.publish(**beside(server))

        async def shown() -> list[Any]:
            return desk.desk.photos.shown([story.id]).get(story.id, [])

        (picture,) = await until(shown)
        served = await desk.client.get(picture.path)
        assert (served.content, served.headers["content-type"]) == (QUAY, "image/jpeg")
        told, proof = await desk.ask(
            "picture", picture=picture.path, kind="kill", reason="legal", by="an editor"
        )
        assert [(one["state"], one["shown"]) for one in told] == [("killed", False)]
        assert proof == {"clean": True}
        assert (await desk.client.get(picture.path)).status_code == 410
        page = await desk.client.get(f"/s/{story.id}")
        assert (page.status_code, "<figure" in page.text) == (200, False)
        seen = {one.address for one in desk.desk.store.receipts(story.id) if one.clean}
        assert {picture.path, f"/s/{story.id}", "/feed.atom"} <= seen


@pytest.mark.parametrize(
    ("name", "settings", "why"),
    [
        ("quay", {"site": {}}, "which is not a public address"),
        ("away", LOOPBACK, "169.254.169.254, which is not a public address"),
    ],
    ids=["a server inside the house", "a redirect into the cloud's own server"],
)
async def test_nothing_inside_the_house_is_fetched(
    name: str, settings: dict[str, Any], why: str, tmp_path: Path, server: str
) -> None:
    async with live(tmp_path, config(**settings)) as desk:
        story = await desk.publish(GUID, **beside(server, name))

        async def given_up() -> str | None:
            (hung,) = desk.desk.store.pictures.of(story.id)
            return hung.error if hung.due is None else None

        assert why in await until(given_up)
