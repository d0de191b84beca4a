"""``copytaster demo``: a desk of its own on loopback, and the day's agencies that push to it."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from pathlib import Path

import click
import httpx2
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.routing import Route

from copytaster.channels import picture_path
from copytaster.demo import before
from copytaster.demo._compose import Sending
from copytaster.demo._pages import render
from copytaster.demo._read import load
from copytaster.demo.config import config
from copytaster.demo.drawings import draw
from copytaster.demo.play import play
from copytaster.demo.script import Decide
from copytaster.demo.script import Script
from copytaster.demo.script import Send
from copytaster.demo.script import StoryName
from copytaster.demo.showing import gallery_routes
from copytaster.newsroom.people_orders import first_link
from copytaster.newsroom.running import Running
from copytaster.newsroom.running import serve
from copytaster.store import Face
from copytaster.store import FateState
from copytaster.store import Receipt
from copytaster.store import WorkKind

DAY = Path(__file__).parent / "scripts" / "day.wire"

_PICTURES = "/demo/pictures"
"""where the demo serves the agencies' pictures"""
_ACCEPTED = 202
_GLANCE = 0.02
_PATIENCE = 5.0
_TAKEN_BACK = frozenset({Face.hold, Face.gone, Face.legal})
_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'"
    ),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
}


async def run(
    folder: Path, *, listen: str, speed: float = 1.0, once: bool = False, day: Path = DAY
) -> None:
    """Play ``day`` in real time (``speed`` times faster) into a desk that serves on ``listen``.

    The desk stays up until it is stopped; with ``once`` it stops when the day is over.
    Raises what :func:`copytaster.newsroom.running.serve` raises.
    """
    script = load(day)

    async def ready(running: Running) -> None:
        _welcome(running.base, await asyncio.to_thread(first_link, running.desk))
        await _play(script, running, speed)
        if once:
            signal.raise_signal(signal.SIGINT)
        else:
            _invite(running)

    await serve(config(listen), folder, ready=ready, more=lambda desk: _pages(script, desk))


def _welcome(base: str, link: str | None) -> None:
    """``link``: by which the first editor comes to the desk; None: somebody has."""
    click.echo(
        f"\nThe Morning Wire is on the air:  {click.style(base + '/', bold=True)}\n"
        f"  before and after:              {base}/demo\n"
        f"  every kind of page:            {base}/gallery\n"
        f"  be its editor:                 {link or base + '/desk'}\n"
        "  Ctrl-C stops it.\n"
    )


def _invite(running: Running) -> None:
    """How the reader checks a story, and sends one; the token itself is shown to nobody but a
    terminal."""
    click.echo(
        "\nHold any of these stories against the public log (docs/how-to/verify.md):\n\n"
        f"  {_called()} verify {running.base}/s/…\n"
        f"  {_called()} monitor {running.base} --once"
    )
    file = running.routes_in.inbox_token_file
    token = running.routes_in.inbox_token if sys.stdout.isatty() else f'$(cat "{file}")'
    click.echo(
        "\nSend a story of your own (docs/tutorial/first-story.md):\n\n"
        f"  curl -X POST '{running.base}/wire/inbox?agency=example' \\\n"
        f'    -H "Authorization: Bearer {token}" \\\n'
        "    -H 'Content-Type: application/json' -d '"
        '{"uri":"urn:example:1","version":"1","headline":"A first story",'
        '"byline":"Your Name","body_text":"The first paragraph of a first story."}'
        "'\n"
    )


def _called() -> str:
    """The command as it was called: nobody's shell need know it by its name alone."""
    called = Path(sys.argv[0])
    return os.path.relpath(called) if called.is_file() else "copytaster"


# --- the agencies ------------------------------------------------------------------------------


async def _play(script: Script, running: Running, speed: float) -> None:
    headers = {"authorization": f"Bearer {running.routes_in.inbox_token}"}
    stories = _Stories(script, running)
    async with httpx2.AsyncClient(base_url=running.base, headers=headers) as client:
        await play(
            script,
            push=_pusher(stories, client),
            decide=_decider(stories, running),
            clock=_now,
            sleep=asyncio.sleep,
            say=click.echo,
            pace=speed,
            pictures=f"{running.base}{_PICTURES}",
        )


def _now() -> datetime:
    return datetime.now(UTC)


class _Stories:
    """The script's stories on the running desk, and what of them was shown to whoever watches."""

    def __init__(self, script: Script, running: Running) -> None:
        self._script = script
        self._running = running
        self._shown: set[str] = set()
        self._proved: set[datetime] = set()

    async def id(self, name: StoryName) -> str:
        """The story's id, once the desk has read its first delivery."""
        for _ in range(int(_PATIENCE / _GLANCE)):
            id = await asyncio.to_thread(self._running.desk.find, name.agency, name.guid)
            if id is not None:
                return id
            await asyncio.sleep(_GLANCE)
        raise click.ClickException(f"{name.story} did not reach the desk; nothing to show")

    async def show(self, story: str, *, again: bool) -> None:
        """Print the story's address: the first time, and again where there is something to see."""
        id = await self.id(self._script.named(story))
        if again or story not in self._shown:
            self._shown.add(story)
            _aside(f"{self._running.base}/s/{id}")
        if again:
            await self._prove(id)

    async def until_picture_came(self, id: str) -> None:
        """However fast the day is played, a picture is on its page before it is killed."""
        pictures = self._running.desk.store.pictures
        for _ in range(int(_PATIENCE / _GLANCE)):
            if await asyncio.to_thread(pictures.named, None, id):
                return
            await asyncio.sleep(_GLANCE)

    async def show_picture_gone(self, id: str) -> None:
        """Print the address of a picture that was taken back, once it was seen to be gone."""
        pictures = self._running.desk.store.pictures
        for _ in range(int(_PATIENCE / _GLANCE)):
            found = await asyncio.to_thread(pictures.named, None, id)
            if found and all(picture.since is None for picture in found):
                for picture in found:
                    address = picture_path(picture.name, picture.media_type)
                    _aside(f"{self._running.base}{address} was seen to be gone, everywhere")
                return
            await asyncio.sleep(_GLANCE)

    async def _prove(self, id: str) -> None:
        """A story that was taken back: when every public copy was seen to be gone."""
        for _ in range(int(_PATIENCE / _GLANCE)):
            story = self._running.desk.store.story(id)
            if story is None or story.face not in _TAKEN_BACK:
                return
            seen = [one for one in self._running.desk.store.receipts(id) if one.clean]
            withdrawn = [one for one in seen if one.kind is WorkKind.withdraw]
            if withdrawn and withdrawn[-1].since not in self._proved:
                self._proved.add(withdrawn[-1].since)
                _aside(_seen_clean(withdrawn))
                return
            await asyncio.sleep(_GLANCE)


def _seen_clean(receipts: Sequence[Receipt]) -> str:
    since = max(receipt.since for receipt in receipts)
    of_this = [receipt for receipt in receipts if receipt.since == since]
    last = max(receipt.seen for receipt in of_this)
    took = round((last - since).total_seconds() * 1000)
    return f"all {len(of_this)} public addresses fetched; the last was seen clean after {took} ms"


def _aside(text: str) -> None:
    click.echo(click.style(f"        {text}", dim=True))


def _pusher(stories: _Stories, client: httpx2.AsyncClient) -> Callable[[Sending], Awaitable[None]]:
    """Sends as an agency does, over HTTP with the token; then says where to look."""

    async def push(sending: Sending) -> None:
        if sending.killed is not None:
            await stories.until_picture_came(sending.killed)
        answer = await client.post(
            "/wire/inbox",
            params={"agency": sending.agency},
            content=sending.data,
            headers={"content-type": sending.content_type},
        )
        if answer.status_code != _ACCEPTED:
            raise click.ClickException(
                f"the desk answered {answer.status_code} to {sending.agency}: {answer.text.strip()}"
            )
        await _until_read(client, answer.json()["fate"])
        if sending.killed is not None:
            await stories.show_picture_gone(sending.killed)
            return
        for story in sending.stories:
            await stories.show(story, again=sending.look is not None)

    return push


async def _until_read(client: httpx2.AsyncClient, fate: str) -> None:
    """Ask for the delivery's fate, as an agency may, until the desk has read it."""
    for _ in range(int(_PATIENCE / _GLANCE)):
        told = (await client.get(fate)).json()
        if told["error"]:
            raise click.ClickException(f"the desk could not read a delivery: {told['error']}")
        if told["state"] != FateState.waiting:
            return
        await asyncio.sleep(_GLANCE)


def _decider(stories: _Stories, running: Running) -> Callable[[Decide, StoryName], Awaitable[None]]:
    async def decide(decision: Decide, name: StoryName) -> None:
        id = await stories.id(name)
        await running.thread.call(
            lambda: running.desk.decide(
                id, decision.kind, reason=decision.reason, by="the scripted editor"
            )
        )
        await stories.show(name.story, again=True)

    return decide


# --- the demo's own pages -----------------------------------------------------------------------


def _pages(script: Script, running: Running) -> Sequence[BaseRoute]:
    """``/demo``: the article this project started from, before and after."""
    seed = script.stories[0]
    imitation = before.page()
    drawn = _drawn(script)

    async def compare(_request: Request) -> Response:
        story = await asyncio.to_thread(running.desk.find, seed.agency, seed.guid)
        return _html(render("compare.html", story=story))

    async def before_page(_request: Request) -> Response:
        return _html(imitation)

    async def picture(request: Request) -> Response:
        agency, name = request.path_params["agency"], request.path_params["name"]
        if (agency, name) not in drawn:
            return Response("no such picture\n", 404, _HEADERS, media_type="text/plain")
        data = await asyncio.to_thread(draw, agency, name)
        return Response(data, headers=_HEADERS, media_type="image/jpeg")

    return [
        Route("/demo", compare),
        Route("/demo/before", before_page),
        Route(f"{_PICTURES}/{{agency}}/{{name}}.jpg", picture),
        *gallery_routes(running.desk.house.site, _HEADERS),
    ]


def _drawn(script: Script) -> set[tuple[str, str]]:
    """The pictures of the script, by agency and name."""
    sends = [step.act for step in script.steps if isinstance(step.act, Send)]
    return {
        (send.agency, name)
        for send in sends
        for entry in send.entries
        if (name := entry.get("picture"))
    }


def _html(page: bytes) -> Response:
    return Response(page, headers=_HEADERS, media_type="text/html; charset=utf-8")
