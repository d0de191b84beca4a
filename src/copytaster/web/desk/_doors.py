"""Doors: a path, who may go through it, and what is behind; and the guard at all of them.

Nobody who is not signed in sees more than the way to sign in; whoever is, and may not, is told so.
What changes something is refused unless the browser says that this site's own page asked
(``Sec-Fetch-Site``, else ``Origin``; handbook: stack §3), so that no token stands in any form; a
program with a bearer token brings no cookie that could be abused, and none is looked at then.
"""

from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from typing import Protocol
from urllib.parse import quote
from urllib.parse import urlsplit

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.responses import Response
from starlette.routing import Route

from copytaster import copydesk
from copytaster.copydesk import Frame
from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.web import _answer

_SAFE = frozenset({"GET", "HEAD"})
_OWN = frozenset({"same-origin", "none"})
_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    **_answer.SECURITY,
    "content-security-policy": _POLICY,
    "referrer-policy": "same-origin",
    "cache-control": _answer.NO_STORE,
    "x-robots-tag": "noindex",
}
"""of every answer of the desk: nothing is stored, and nobody frames it"""

Handler = Callable[[Request, Seat], Awaitable[Response]]


class Seats(Protocol):
    """Knows who is signed in."""

    async def of(self, request: Request) -> Seat | None:
        """Whoever asks, by the cookie of a session or by a bearer token; None for anybody else."""


class Door(msgspec.Struct, frozen=True):
    """What is behind a path, and who may go there."""

    path: str
    needs: Role
    handler: Handler
    methods: tuple[str, ...] = ("GET",)


def opened(doors: Iterable[Door], seats: Seats, house: str) -> list[Route]:
    """The routes of these doors, each behind the guard. ``house``: the site's name."""
    return [Route(door.path, _guarded(door, seats, house), methods=door.methods) for door in doors]


def _guarded(door: Door, seats: Seats, house: str) -> Callable[[Request], Awaitable[Response]]:
    async def guarded(request: Request) -> Response:
        seat = await seats.of(request)
        if seat is None:
            return _nobody(request, house)
        if not seat.role.may(door.needs):
            sentence = f"This needs the role {door.needs.value}; yours is {seat.role.value}."
            return _refused(request, Frame(house=house, seat=seat), 403, "Not allowed", sentence)
        if request.method not in _SAFE and seat.token is None and not is_own(request):
            sentence = "The request did not come from a page of this desk; nothing was done."
            return _refused(request, Frame(house=house, seat=seat), 403, "Not done", sentence)
        return await door.handler(request, seat)

    return guarded


def is_own(request: Request) -> bool:
    """Whether a page of this site asks, as far as its browser says."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in _OWN
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")


def is_program(request: Request) -> bool:
    """Whether the answer is for a program: JSON then, and a page else."""
    return request.url.path.startswith("/api/")


def _nobody(request: Request, house: str) -> Response:
    if is_program(request):
        return _refused(request, Frame(house=house), 401, "", "sign in, or give a token")
    to = f"/desk/sign-in?to={quote(_asked(request), safe='/')}"
    return RedirectResponse(to, 303, headers=dict(HEADERS))


def _asked(request: Request) -> str:
    """The page to come back to. What was to change something is not done by coming back: then it
    is the page whose form it was, as far as the browser says."""
    if request.method in _SAFE:
        return request.url.path + (f"?{request.url.query}" if request.url.query else "")
    try:
        page = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return "/desk"
    return page.path if page.netloc == request.headers.get("host") and page.path else "/desk"


def _refused(request: Request, frame: Frame, status: int, title: str, sentence: str) -> Response:
    if is_program(request):
        headers = dict(HEADERS)
        if status == 401:
            headers["www-authenticate"] = 'Bearer realm="desk"'
        body = msgspec.json.encode({"error": sentence}) + b"\n"
        return Response(body, status, headers, media_type=_answer.JSON)
    return page(copydesk.said(frame, title, sentence), status)


def page(body: bytes, status: int = 200) -> Response:
    """A page of the desk."""
    return Response(body, status, dict(HEADERS), media_type=_answer.HTML)
