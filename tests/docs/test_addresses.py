"""Every public address is in docs/reference/addresses.md, and every one there is served."""

import re
from collections.abc import AsyncGenerator
from collections.abc import Callable
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from pathlib import Path

import pytest
from starlette.routing import BaseRoute
from starlette.routing import Match

from copytaster import copydesk
from copytaster import press
from copytaster import web
from copytaster.config import AppTable
from copytaster.config import Config
from copytaster.config import SiteTable
from copytaster.newsroom import Desk
from copytaster.newsroom import open_desk
from copytaster.newsroom.control import Answer
from copytaster.newsroom.control import Request
from copytaster.newsroom.office import Office
from copytaster.wire import push

SAMPLES = {
    "id": "0123456789abcdef",
    "code": "sport",
    "agency": "ani",
    "topic": "20000002",
    "place": "new-delhi",
    "n": "1",
    "source": "inbox",
    "delivery": "0" * 26,
    "name": "0" * 32,
    "ticket": "0" * 10,
    "ext": "jpg",
    "link": "A" * 43,
    "person": "ada",
    "width": "640",
    "page": "imprint",
    "L": "0",
    "look": "0" * 16,
    "rule": "press-releases",
    "draft": "0" * 16,
    "recall": "0" * 16,
    "N": "x001/234",
}


ASSETS = {
    "/assets/<file>": (*press.assets(), *press.icon_files(press.Site(name="x", url="x"))),
    "/desk/assets/<file>": tuple(copydesk.assets()),
}


@pytest.fixture
def routes(tmp_path: Path) -> Iterator[list[BaseRoute]]:
    def clock() -> datetime:
        return datetime(2026, 11, 22, tzinfo=UTC)

    async def accept(_: object) -> None:
        raise AssertionError("nothing is sent here")

    app = AppTable(name="App", url="https://open.example.org/s/", ios_team="T.app")
    pages = tmp_path / "pages"
    pages.mkdir()
    for name in ("about", "imprint"):
        (pages / f"{name}.txt").write_text("Words.", "utf-8")
    site = SiteTable(app=app, pages=str(pages))
    desk = open_desk(tmp_path / "data", Config(site=site), clock)
    more = [
        *push.routes({}, accept, lambda _: None, clock),
        *_desk_routes(desk, tmp_path),
    ]
    yield web.public_site(desk, more, web.Live(desk.store)).routes
    desk.close()


def _desk_routes(desk: Desk, data: Path) -> list[BaseRoute]:
    seats = web.desk.SignedIn(desk.people, token="x", url=desk.house.site.url)
    office = Office(desk, _unasked, data=data)
    app = web.desk.app(office, seats, web.desk.Watched(office, seats))
    return [*app, *web.desk.people_routes(desk.people, seats, house="x", zone=None, url="x")]


async def _unasked(_: Request) -> AsyncGenerator[Answer, None]:
    yield Answer(error="nothing is ordered here")


def _documented(text: str) -> list[tuple[str, str]]:
    """(method, a sample address) for each row of the table."""
    rows = re.findall(r"^\| `(?:(POST|GET) )?(/[^`]*)` \|", text, flags=re.MULTILINE)
    return [
        (method or "GET", re.sub(r"<(\w+)>", lambda name: SAMPLES[name.group(1)], address))
        for method, written in rows
        for address in ASSETS.get(written, (written,))
    ]


def _answers(route: BaseRoute, method: str, path: str) -> bool:
    scope = {"type": "http", "method": method, "path": path, "root_path": "", "headers": []}
    return route.matches(scope)[0] is Match.FULL


def test_every_documented_address_is_served(
    routes: list[BaseRoute], page: Callable[[str], str]
) -> None:
    documented = _documented(page("reference/addresses.md"))
    assert len(documented) > 10
    unserved = [one for one in documented if not any(_answers(r, *one) for r in routes)]
    assert unserved == []


def test_every_route_is_documented(routes: list[BaseRoute], page: Callable[[str], str]) -> None:
    documented = _documented(page("reference/addresses.md"))
    silent = [
        getattr(route, "path", str(route))
        for route in routes
        if not any(_answers(route, *one) for one in documented)
    ]
    assert silent == []
