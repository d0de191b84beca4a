"""Every door of the app, tried by nobody and by every role: who may goes in, and who may not does
nothing."""

from collections.abc import AsyncGenerator
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette

from copytaster.copydesk import Role
from copytaster.newsroom.control import Answer
from copytaster.newsroom.control import Request
from copytaster.newsroom.office import Office
from copytaster.web.desk import Watched
from copytaster.web.desk import app
from copytaster.web.desk import app_doors
from tests.door import Door as Reader
from tests.newsroom import making
from tests.newsroom.making import BASE
from tests.newsroom.making import House
from tests.web.desk.making import FORM
from tests.web.desk.making import Named
from tests.web.desk.test_wire import send

pytestmark = pytest.mark.anyio
NEEDS = {
    ("GET", "/desk"): Role.reader,
    ("GET", "/desk/queue"): Role.reader,
    ("GET", "/desk/search"): Role.reader,
    ("GET", "/desk/ticker"): Role.reader,
    ("POST", "/desk/searches"): Role.reader,
    ("POST", "/desk/searches/drop"): Role.reader,
    ("GET", "/desk/s/{id}"): Role.reader,
    ("GET", "/desk/raw/{id}"): Role.reader,
    ("GET", "/desk/letters"): Role.reader,
    ("GET", "/desk/health"): Role.reader,
    ("GET", "/desk/health/{source}"): Role.reader,
    ("GET", "/desk/proofs"): Role.reader,
    ("GET", "/desk/live"): Role.reader,
    ("GET", "/api/live"): Role.reader,
    ("GET", "/desk/rules"): Role.reader,
    ("GET", "/desk/rules/file"): Role.reader,
    ("POST", "/desk/s/{id}/decide"): Role.editor,
    ("POST", "/desk/s/{id}/note"): Role.editor,
    ("POST", "/desk/s/{id}/give"): Role.editor,
    ("GET", "/desk/several"): Role.editor,
    ("POST", "/desk/several"): Role.editor,
    ("POST", "/desk/letters"): Role.editor,
    ("POST", "/desk/health"): Role.editor,
    ("GET", "/desk/recall"): Role.chief,
    ("POST", "/desk/recall"): Role.chief,
    ("GET", "/desk/recall/{id}"): Role.chief,
    ("POST", "/desk/recall/{id}"): Role.chief,
    ("GET", "/desk/recall/b/{id}"): Role.chief,
    ("GET", "/desk/recall/b/{id}/evidence"): Role.chief,
    ("GET", "/desk/s/{id}/evidence"): Role.chief,
    ("POST", "/desk/recall/b/{id}/undo"): Role.chief,
    ("GET", "/api/desk/wire"): Role.reader,
    ("GET", "/api/desk/queue"): Role.reader,
    ("GET", "/api/desk/search"): Role.reader,
    ("GET", "/api/desk/letters"): Role.reader,
    ("GET", "/api/desk/health"): Role.reader,
    ("GET", "/api/desk/sources/{source}"): Role.reader,
    ("GET", "/api/desk/proofs"): Role.reader,
    ("GET", "/api/desk/stories/{id}"): Role.reader,
    ("GET", "/api/desk/stories/{id}/words"): Role.reader,
    ("GET", "/api/desk/deliveries/{id}"): Role.reader,
    ("GET", "/api/desk/openapi.json"): Role.reader,
    ("POST", "/api/desk/stories/{id}/decide"): Role.editor,
    ("POST", "/api/desk/stories/{id}/notes"): Role.editor,
    ("POST", "/api/desk/stories/{id}/give"): Role.editor,
    ("GET", "/api/desk/searches"): Role.reader,
    ("POST", "/api/desk/searches"): Role.reader,
    ("POST", "/api/desk/searches/drop"): Role.reader,
    ("GET", "/api/desk/stories/{id}/evidence"): Role.chief,
    ("GET", "/api/desk/recalls/{id}/evidence"): Role.chief,
    ("POST", "/api/desk/letters/retry"): Role.editor,
    ("POST", "/api/desk/letters/dismiss"): Role.editor,
    ("POST", "/api/desk/calls/close"): Role.editor,
    ("POST", "/api/desk/looks"): Role.chief,
    ("GET", "/api/desk/looks/{id}"): Role.chief,
    ("GET", "/api/desk/recalls"): Role.chief,
    ("POST", "/api/desk/recalls"): Role.chief,
    ("GET", "/api/desk/recalls/{id}"): Role.chief,
    ("POST", "/api/desk/recalls/{id}/undo"): Role.chief,
    ("POST", "/api/desk/sources/{source}/pause"): Role.chief,
    ("POST", "/api/desk/sources/{source}/resume"): Role.chief,
    **{
        (way, "/api/desk/{rest:path}"): Role.reader
        for way in ("GET", "POST", "PUT", "PATCH", "DELETE")
    },
    ("GET", "/desk/rules/new"): Role.chief,
    ("POST", "/desk/rules/new"): Role.chief,
    ("GET", "/desk/rules/r/{name}"): Role.chief,
    ("POST", "/desk/rules/r/{name}"): Role.chief,
    ("POST", "/desk/rules/file"): Role.chief,
    ("GET", "/desk/rules/d/{id}"): Role.chief,
    ("POST", "/desk/rules/d/{id}"): Role.chief,
}


class Counted:
    """The app of a house, and how many orders it was given."""

    def __init__(self, house: House) -> None:
        self.orders = 0
        self.story = send(house, "one", headline="Ferry runs")
        self.office = Office(house.desk, self._count, data=house.data)
        self.watched = Watched(self.office, Named(), look=0.001)
        self.watched.stop()  # so that what is told live ends at once
        self.site = Starlette(routes=app(self.office, Named(), self.watched))

    async def _count(self, request: Request) -> AsyncGenerator[Answer, None]:
        self.orders += 1
        yield Answer(error="counted")


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    """One for all doors: nothing that is asked here changes anything."""
    with making.house(tmp_path_factory.mktemp("roles") / "data") as house:
        yield Counted(house)


def test_every_door_stands_in_the_table_of_this_test(counted: Counted) -> None:
    doors = app_doors(counted.office, counted.watched)
    assert {(way, door.path): door.needs for door in doors for way in door.methods} == NEEDS


@pytest.mark.parametrize(("method", "path"), NEEDS)
async def test_every_role_at_every_door(counted: Counted, method: str, path: str) -> None:
    fields = b"kind=kill&why=x&q=ferry&what=dismiss&letter=1"
    for role in (None, *Role):
        headers = {"content-type": FORM, "sec-fetch-site": "same-origin"}
        if role is not None:
            headers["x-seat"] = f"{role.value} ada"
        orders = counted.orders
        answer = await Reader(counted.site, raising=True).ask(
            method, BASE + path.replace("{id}", counted.story), headers=headers, content=fields
        )
        if role is None:
            assert answer.status_code == (401 if path.startswith("/api/") else 303)
        else:
            assert (answer.status_code == 403) is not role.may(NEEDS[method, path])
        if role is None or not role.may(NEEDS[method, path]):
            assert counted.orders == orders, "nothing was ordered"
        assert answer.headers["cache-control"] == "no-store"
