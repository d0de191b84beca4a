"""Browsers at the doors about persons: each keeps its cookie, and sends forms as pages do."""

from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import httpx2
from selectolax.lexbor import LexborHTMLParser
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.web.desk import Door as Way
from copytaster.web.desk import SignedIn
from copytaster.web.desk import opened
from copytaster.web.desk import people_routes
from tests.door import Door
from tests.newsroom.staffed import PASSWORD
from tests.newsroom.staffed import Staffed
from tests.store.twin import Twin

URL = "http://desk.example"
HOUSE_TOKEN = "the house's own token"
FORM = "application/x-www-form-urlencoded"


async def _who(request: Request, seat: Seat) -> Response:
    return Response(f"{seat.person} {seat.role.value} {seat.token} {seat.address}")


class Site:
    """The doors about persons, and two behind which it is said who one is."""

    def __init__(self, url: str = URL) -> None:
        self.url = url
        self.staffed = Staffed(Twin().people)
        people = self.staffed.people
        self.seats = SignedIn(people, token=HOUSE_TOKEN, url=url, proxies=["10.0.0.0/8"])
        who = [Way(path, Role.reader, _who, ("GET", "POST")) for path in ("/desk/x", "/api/x")]
        self.routes = [
            *people_routes(people, self.seats, house="Wire", zone=None, url=url),
            *opened(who, self.seats, "Wire"),
        ]
        self.door = Door(Starlette(routes=self.routes))

    def browser(self, cookie: str | None = None) -> "Browser":
        return Browser(self, cookie)

    def join(self, name: str, role: str = "admin") -> "Browser":
        """Somebody who is here, in a browser where they are signed in."""
        return self.browser(self.staffed.join(name, role))


class Browser:
    """Somebody's browser."""

    def __init__(self, site: Site, cookie: str | None) -> None:
        self.site = site
        self.cookie = cookie
        self.said = ""
        """the last ``Set-Cookie`` it was told"""

    async def get(self, path: str, **headers: str) -> httpx2.Response:
        return await self._ask("GET", path, headers)

    async def post(
        self, path: str, fields: dict[str, str] | None = None, **headers: str
    ) -> httpx2.Response:
        said = {"content-type": FORM, "sec-fetch-site": "same-origin"} | headers
        return await self._ask("POST", path, said, content=urlencode(fields or {}).encode())

    async def _ask(
        self, method: str, path: str, headers: dict[str, str], **request: Any
    ) -> httpx2.Response:
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookie is not None:
            said["cookie"] = f"{self.site.seats.cookie}={self.cookie}"
        answer = await self.site.door.ask(method, self.site.url + path, headers=said, **request)
        self.said = answer.headers.get("set-cookie", self.said)
        for morsel in SimpleCookie(answer.headers.get("set-cookie", "")).values():
            self.cookie = morsel.value or None
        return answer

    async def sign_in(self, name: str = "ada", password: str = PASSWORD) -> httpx2.Response:
        fields = {"name": name, "password": password, "to": "/desk/x"}
        return await self.post("/desk/sign-in", fields)

    async def who(self) -> str | None:
        """As whom it is known; None for nobody."""
        answer = await self.get("/desk/x")
        return answer.text.split()[0] if answer.status_code == 200 else None


def shows(answer: httpx2.Response) -> LexborHTMLParser:
    return LexborHTMLParser(answer.content)


def seen(answer: httpx2.Response) -> str:
    """The words of a page, with single blanks."""
    body = shows(answer).body
    assert body is not None
    return " ".join(body.text(separator=" ").split())


def fault(answer: httpx2.Response) -> tuple[str, str]:
    """The field that is said to be wrong ("" for the form), and what is said of it; by the same
    ways in which a screen reader is told."""
    page = shows(answer)
    field = page.css_first("[aria-invalid]")
    if field is None:
        alert = page.css_first("[role=alert]")
        group = page.css_first("fieldset[aria-describedby]")
        if alert is not None:
            return "", alert.text()
        assert group is not None, seen(answer)
        told = page.css_first(f"#{group.attributes['aria-describedby']}")
        assert told is not None
        return "role", told.text()
    described = (field.attributes["aria-describedby"] or "").split()
    told = page.css_first(f"#{described[-1]}")
    assert told is not None
    return str(field.attributes["name"]), told.text()
