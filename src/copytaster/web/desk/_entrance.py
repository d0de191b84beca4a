"""``/desk/sign-in``, ``/desk/sign-out``, ``/desk/join/<link>``: the ways in and out.

These alone are open to everybody. Their forms are taken from this site's own pages only, or
somebody else's page could sign an editor in as another (login CSRF).
"""

import re
from collections.abc import Awaitable
from collections.abc import Callable

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from copytaster import copydesk
from copytaster.copydesk import Filled
from copytaster.copydesk import Frame
from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.copydesk import Wrong
from copytaster.store import Invitation
from copytaster.web._form import Refused
from copytaster.web.desk._doors import Door
from copytaster.web.desk._doors import is_own
from copytaster.web.desk._doors import page
from copytaster.web.desk._forms import Slowly
from copytaster.web.desk._forms import again
from copytaster.web.desk._forms import agent
from copytaster.web.desk._forms import form
from copytaster.web.desk._forms import refusal
from copytaster.web.desk._forms import sent_on
from copytaster.web.desk._people import People
from copytaster.web.desk._seats import SignedIn
from copytaster.web.desk._told import link_told

HOME = "/desk"
SIGN_IN = "/desk/sign-in"
_OWN = re.compile(r"/desk(?:[/?](?!/)[!-\[\]-~]*)?")
"""paths of the app, of plain characters without a backslash, which browsers read as a slash"""
_LONGEST = 2000
_SPENT = "This link was used or withdrawn, or is older than 24 hours. Ask for another one."

Post = Callable[[Request], Awaitable[Response]]


class Ways:
    """The ways in and out. ``house``: the site's name."""

    def __init__(self, people: People, seats: SignedIn, house: str, slowly: Slowly) -> None:
        self._entrance = people.entrance
        self._seats = seats
        self._frame = Frame(house=house)
        self._slowly = slowly

    def routes(self) -> list[Route]:
        """Those that are open to everybody."""
        return [
            Route(SIGN_IN, self.ask, methods=["GET"]),
            Route(SIGN_IN, self._own(self.sign_in), methods=["POST"]),
            Route("/desk/join/{link}", self.opened, methods=["GET"]),
            Route("/desk/join/{link}", self._own(self.join), methods=["POST"]),
        ]

    def doors(self) -> list[Door]:
        return [Door("/desk/sign-out", Role.reader, self.sign_out, ("POST",))]

    def _own(self, post: Post) -> Post:
        async def guarded(request: Request) -> Response:
            if not is_own(request):
                sentence = "The form did not come from a page of this desk; nothing was done."
                return page(copydesk.said(self._frame, "Not done", sentence), 403)
            try:
                return await post(request)
            except Refused as refused:
                return refusal(self._frame, refused)

        return guarded

    async def ask(self, request: Request) -> Response:
        to = own_path(request.query_params.get("to", ""))
        if await self._seats.of(request) is not None:
            return sent_on(to)
        return page(copydesk.sign_in(self._frame, to))

    async def sign_in(self, request: Request) -> Response:
        sent = await form(request)
        name, to = sent.get("name", ""), own_path(sent.get("to", ""))
        try:
            secret = await self._slowly.run(
                lambda: self._entrance.sign_in(
                    name,
                    sent.get("password", ""),
                    agent=agent(request),
                    address=self._seats.address(request),
                )
            )
        except Wrong as wrong:
            filled = Filled(form="sign-in", values={"name": name[:200]}, wrong=wrong)
            return again(copydesk.sign_in(self._frame, to, filled), wrong)
        return await self._let_in(request, secret, to)

    async def _let_in(self, request: Request, secret: str, to: str) -> Response:
        """In by a new session; that which the browser had before is over."""
        before = await self._seats.of(request)
        held = self._seats.secret(request)
        if before is not None and held is not None:
            await to_thread.run_sync(self._entrance.sign_out, before, held)
        return self._seats.let_in(sent_on(to), secret)

    async def sign_out(self, request: Request, seat: Seat) -> Response:
        held = self._seats.secret(request)
        if held is not None:
            await to_thread.run_sync(self._entrance.sign_out, seat, held)
        return self._seats.let_out(sent_on(SIGN_IN))

    async def opened(self, request: Request) -> Response:
        """What a link is for. Looking at it uses nothing up: mail programs look as well."""
        invitation = await self._invited(request)
        if invitation is None:
            return self._spent()
        return page(copydesk.join(self._frame, link_told(invitation), request.url.path))

    async def join(self, request: Request) -> Response:
        sent = await form(request)
        invitation = await self._invited(request)
        if invitation is None:
            return self._spent()
        values = {name: sent.get(name, "")[:200] for name in ("name", "shown")}
        try:
            secret = await self._slowly.run(
                lambda: self._entrance.join(
                    request.path_params["link"],
                    **values,
                    password=sent.get("password", ""),
                    again=sent.get("again", ""),
                    agent=agent(request),
                    address=self._seats.address(request),
                )
            )
        except Wrong as wrong:
            filled = Filled(form="join", values=values, wrong=wrong)
            link = link_told(invitation)
            return again(copydesk.join(self._frame, link, request.url.path, filled), wrong)
        return await self._let_in(request, secret, HOME)

    async def _invited(self, request: Request) -> Invitation | None:
        return await to_thread.run_sync(self._entrance.invited, request.path_params["link"])

    def _spent(self) -> Response:
        body = copydesk.said(self._frame, "This link opens nothing", _SPENT, back=SIGN_IN)
        return page(body, 404)


def own_path(to: str) -> str:
    """Where to go after signing in: a page of the app, whatever was asked for."""
    return to if len(to) <= _LONGEST and _OWN.fullmatch(to) else HOME
