"""The editors' app over a house of tests: whoever says who they are is signed in."""

from collections.abc import AsyncGenerator
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import httpx2
from selectolax.lexbor import LexborHTMLParser
from starlette.applications import Starlette
from starlette.requests import Request as Asked

from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.newsroom import Desk
from copytaster.newsroom import letter_orders
from copytaster.newsroom._latch import Bell
from copytaster.newsroom.control import Answer
from copytaster.newsroom.control import Request
from copytaster.newsroom.office import Office
from copytaster.newsroom.orders import given
from copytaster.newsroom.orders import told
from copytaster.story import DecisionKind
from copytaster.web.desk import Watched
from copytaster.web.desk import app
from tests.door import Door
from tests.newsroom.making import BASE
from tests.newsroom.making import House

FORM = "application/x-www-form-urlencoded"


class Named:
    """Signs in by a header: ``editor ada``; by another a program of theirs."""

    async def of(self, request: Asked) -> Seat | None:
        role, _, person = request.headers.get("x-seat", "").partition(" ")
        token = request.headers.get("x-token") or None
        return Seat(person=person, role=Role(role), token=token) if role else None


class App:
    """The app, as somebody uses it who does not wait for proofs."""

    def __init__(self, house: House, bells: Callable[[], Sequence[Bell]] = tuple) -> None:
        self.house = house
        self.ordered: list[tuple[str, Mapping[str, Any]]] = []
        self.office = Office(house.desk, self._carry_out, bells, data=house.data)
        self.watched = Watched(self.office, Named(), look=0.001)
        self.site = Starlette(routes=app(self.office, Named(), self.watched))

    async def _carry_out(self, request: Request) -> AsyncGenerator[Answer, None]:
        self.ordered.append((request.order, request.arguments))
        try:
            yield Answer(result=self._done(request.order, request.arguments))
        except (LookupError, ValueError) as error:
            yield Answer(error=str(error))

    def _done(self, order: str, said: dict[str, Any]) -> Any:
        if order == "decide":
            return self._decide(**said)
        if order in ("recall", "undo"):
            return self._recall(order, **said)
        desk = self.house.desk
        deeds: Mapping[str, Callable[..., Any]] = {
            "retry": lambda deliveries: letter_orders.retry(desk, deliveries),
            "dismiss": lambda **said: letter_orders.dismiss(desk, **said),
            "pause": lambda source: _paused(desk, desk.pause(source)),
            "resume": lambda source: _paused(desk, desk.resume(source)),
            "close": lambda **_: [],
            "rules-save": lambda **said: desk.rules.save(**said, alert=desk.alert),
        }
        done = deeds[order](**said)
        self.house.desk.settle()
        return done

    def _recall(self, order: str, **said: Any) -> Any:
        recalls = self.house.desk.recalls
        if order == "recall":
            kind = DecisionKind(said.pop("kind"))
            batch = recalls.begin(said.pop("stories"), kind, **said)
        else:
            batch = recalls.undo(said["batch"], reason=said["reason"], by=said["by"])
        self.house.desk.settle()
        return recalls.told(batch.id)

    def _decide(self, story: str, kind: str, reason: str, by: str, seen: str | None) -> Any:
        desk = self.house.desk
        before = given(desk, story, kind, seen)
        decided = desk.decide(story, DecisionKind(kind), reason=reason, by=by, seen=before)
        desk.settle()
        return told(decided)

    async def call(
        self, method: str, path: str, seat: str = "editor ada", **request: Any
    ) -> httpx2.Response:
        """What a program asks: with a token, and with no browser that says whence."""
        headers = {"x-seat": seat, "x-token": "night-desk"} | request.pop("headers", {})
        door = Door(self.site, raising=True)
        return await door.ask(method, BASE + path, headers=headers, **request)

    async def get(self, path: str, seat: str = "editor ada") -> httpx2.Response:
        headers = {"x-seat": seat, "accept-encoding": "identity"}
        return await Door(self.site, raising=True).ask("GET", BASE + path, headers=headers)

    async def post(
        self, path: str, seat: str = "editor ada", **fields: str | list[str]
    ) -> httpx2.Response:
        headers = {"x-seat": seat, "content-type": FORM, "sec-fetch-site": "same-origin"}
        door = Door(self.site, raising=True)
        body = urlencode(fields, doseq=True).encode()
        return await door.ask("POST", BASE + path, headers=headers, content=body)


def _paused(desk: Desk, _done: object) -> dict[str, list[str]]:
    return {"paused": sorted(desk.paused)}


def seen(answer: httpx2.Response) -> str:
    """The words of a page, with single blanks."""
    body = LexborHTMLParser(answer.content).body
    assert body is not None
    return " ".join(body.text(separator=" ").split())
