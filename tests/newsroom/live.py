"""A desk that really runs: its threads, its server on loopback, its control socket."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator
from collections.abc import Callable
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from typing import Any
from typing import TypeVar

import httpx2

from copytaster.config import Config
from copytaster.newsroom import control
from copytaster.newsroom import open_desk
from copytaster.newsroom.running import Running
from copytaster.newsroom.running import base_url
from copytaster.newsroom.running import bind
from copytaster.store import Story
from tests.newsroom.making import AGENCY
from tests.newsroom.making import GUID
from tests.newsroom.making import MORNING
from tests.newsroom.making import config
from tests.newsroom.making import ninjs

T = TypeVar("T")
_PATIENCE = 20.0


def ticking() -> Callable[[], datetime]:
    """A clock that moves on a millisecond whenever somebody looks at it."""
    ticks = itertools.count()
    return lambda: MORNING + timedelta(milliseconds=next(ticks))


class Live:
    """A running desk, and what an agency, a reader and a shell do with it."""

    def __init__(self, running: Running, data: Path, client: httpx2.AsyncClient) -> None:
        self.running = running
        self.desk = running.desk
        self.data = data
        self.client = client

    async def push(self, data: bytes, *, token: str | None = None) -> httpx2.Response:
        headers = {"authorization": f"Bearer {token or self.running.routes_in.inbox_token}"}
        return await self.client.post(f"/wire/inbox?agency={AGENCY}", content=data, headers=headers)

    async def fate(self, answer: httpx2.Response) -> dict[str, Any]:
        """What became of what was pushed, once it was read."""
        headers = {"authorization": f"Bearer {self.running.routes_in.inbox_token}"}

        async def ask() -> dict[str, Any] | None:
            told = (await self.client.get(answer.json()["fate"], headers=headers)).json()
            return told if told["state"] != "waiting" else None

        return await until(ask)

    async def publish(self, guid: str = GUID, **fields: Any) -> Story:
        """Push one story, and wait until a reader can read it."""
        fate = await self.fate(await self.push(ninjs(guid, **fields)))
        story = self.desk.store.story(fate["stories"][0]["story"])
        assert story is not None
        return story

    async def ask(self, order: str, **arguments: Any) -> list[Any]:
        """What a shell is answered."""
        return await asyncio.to_thread(lambda: list(control.ask(self.data, order, **arguments)))


async def until(look: Callable[[], Any]) -> Any:
    """What ``look`` finds as soon as it finds something."""
    async with asyncio.timeout(_PATIENCE):
        while not (found := await look()):  # noqa: ASYNC110  a reader has no event either
            await asyncio.sleep(0.005)
        return found


@contextlib.asynccontextmanager
async def live(
    data: Path,
    settings: Config | None = None,
    clock: Callable[[], datetime] | None = None,
) -> AsyncIterator[Live]:
    """A desk that runs for the length of a block, on a clock of its own unless one is given."""
    with bind("127.0.0.1:0") as listener:
        base = base_url(listener)
        given = settings or config(site={})
        desk = await asyncio.to_thread(open_desk, data, given, clock or ticking(), url=base)
        try:
            async with (
                Running(desk, data, base, listener, lambda _: ()).open() as running,
                httpx2.AsyncClient(base_url=base, trust_env=False) as client,
            ):
                yield Live(running, data, client)
        finally:
            desk.close()
