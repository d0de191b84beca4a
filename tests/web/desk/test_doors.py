"""The guard at every door of the desk."""

from collections.abc import Mapping

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.web.desk import Door
from copytaster.web.desk import opened
from tests.door import Door as Reader

pytestmark = pytest.mark.anyio
OWN = {"sec-fetch-site": "same-origin"}


class Everybody:
    """Signs in whoever says which role they have."""

    async def of(self, request: Request) -> Seat | None:
        role = request.headers.get("x-role")
        token = request.headers.get("x-token")
        return Seat(person="ada", role=Role(role), token=token) if role else None


async def behind(request: Request, seat: Seat) -> Response:
    return Response(f"{seat.person} {seat.role.value}")


DOORS = [Door(f"/desk/{role.value}", role, behind, ("GET", "POST")) for role in Role]
SITE = Starlette(
    routes=opened([*DOORS, Door("/api/desk/x", Role.reader, behind)], Everybody(), "Wire")
)


async def ask(path: str, method: str = "GET", **headers: str) -> httpx2.Response:
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    return await Reader(SITE, raising=False).ask(method, f"http://desk.example{path}", headers=said)


@pytest.mark.parametrize("needed", Role)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_each_role_goes_through_its_own_doors_and_those_of_lesser_ones(
    needed: Role, role: Role, method: str
) -> None:
    may = list(Role).index(role) >= list(Role).index(needed)
    answer = await ask(f"/desk/{needed.value}", method, x_role=role.value, sec_fetch_site="none")
    assert answer.status_code == (200 if may else 403)
    assert (answer.text == f"ada {role.value}") is may


async def test_nobody_is_sent_to_sign_in_and_back() -> None:
    answer = await ask("/desk/editor?q=a%20b")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/desk/sign-in?to=/desk/editor%3Fq%3Da%2520b"
    assert answer.headers["cache-control"] == "no-store"
    program = await ask("/api/desk/x")
    assert (program.status_code, program.json()) == (401, {"error": "sign in, or give a token"})
    assert program.headers["www-authenticate"] == 'Bearer realm="desk"'


@pytest.mark.parametrize(
    ("headers", "done"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://desk.example"}, False),
        ({"origin": "http://desk.example"}, True),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "null"}, False),
        ({}, False),
        ({"x-token": "script"}, True),
    ],
)
async def test_only_a_page_of_this_desk_changes_anything(
    headers: Mapping[str, str], done: bool
) -> None:
    answer = await ask("/desk/editor", "POST", x_role="editor", **headers)
    assert answer.status_code == (200 if done else 403)
    looked = await ask("/desk/editor", "GET", x_role="editor", **headers)
    assert looked.status_code == 200


async def test_a_refusal_says_what_is_needed_and_is_framed_by_nobody() -> None:
    answer = await ask("/desk/admin", x_role="editor")
    assert "This needs the role admin; yours is editor." in answer.text
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-robots-tag"] == "noindex"
