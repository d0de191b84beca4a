"""The public site, put together."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.routing import Route
from starlette.types import ASGIApp
from starlette.types import Message
from starlette.types import Receive
from starlette.types import Scope
from starlette.types import Send

from copytaster import press
from copytaster.web import _answer
from copytaster.web import api
from copytaster.web import corrections
from copytaster.web import lists
from copytaster.web import log
from copytaster.web import machines
from copytaster.web import pictures
from copytaster.web import reports
from copytaster.web import search
from copytaster.web import stories
from copytaster.web._door import Newsroom
from copytaster.web._hot import Hot
from copytaster.web._hot import Swift
from copytaster.web._packing import Packing
from copytaster.web._usage import SaysUsage
from copytaster.web.live import Live


def public_site(
    newsroom: Newsroom, more: Sequence[BaseRoute] = (), live: Live | None = None
) -> Starlette:
    """The site of a newsroom; ``more`` are routes of other rooms (the ways in), ``live`` tells
    open fronts of changes."""
    clock = newsroom.clock

    async def not_found(request: Request, _error: Exception) -> Response:
        if _is_program(request):
            return api.fault(404, "nothing is at this address, or not for this method")
        return stories.missing(newsroom)

    async def broken(request: Request, _error: Exception) -> Response:
        if _is_program(request):
            return api.fault(500, "something failed here; it is in the desk's log")
        body = press.error_page(newsroom.house.site)
        headers = {**_answer.SECURITY, "cache-control": _answer.NO_STORE}
        return Response(body, 500, headers, media_type=_answer.HTML)

    hot = Hot(lambda: newsroom.store.sequence)
    site = Starlette(
        routes=[
            *more,
            *stories.routes(newsroom),
            *log.routes(newsroom),
            *pictures.routes(newsroom),
            *lists.routes(newsroom, clock),
            *search.routes(newsroom, clock),
            *corrections.routes(newsroom, clock),
            *reports.routes(newsroom),
            *machines.routes(newsroom),
            *api.routes(newsroom),
            *_health(newsroom),
            *(live.routes() if live is not None else ()),
        ],
        exception_handlers={404: not_found, 405: not_found, 500: broken},
        middleware=[
            Middleware(Packing),
            Middleware(SaysUsage, newsroom),
            Middleware(_PlainPaths, newsroom),
            *_of_theme(newsroom.house.site.theme),
            Middleware(Swift, hot),
        ],
    )
    # Its redirects name the host that the request gave: any host.
    site.router.redirect_slashes = False
    site.state.hot = hot
    return site


def _is_program(request: Request) -> bool:
    """Whether a program asks, and reads JSON, also of what went wrong."""
    return request.url.path.startswith("/api/")


def _of_theme(theme: press.Theme) -> list[Middleware]:
    return [Middleware(_Allowing, theme)] if theme.policy else []


class _Allowing:
    """Lets pages load from where the theme says, beyond what every page may."""

    def __init__(self, app: ASGIApp, theme: press.Theme) -> None:
        self._app = app
        self._policies = _answer.widened(theme)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def allowing(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                ours = headers.get("content-security-policy")
                if ours is not None and ours in self._policies:
                    headers["content-security-policy"] = self._policies[ours]
            await send(message)

        await self._app(scope, receive, allowing)


class _PlainPaths:
    """404 for a path with a control character: the router takes one that ends in a line feed for
    the path before it, and every page has one address only."""

    def __init__(self, app: ASGIApp, newsroom: Newsroom) -> None:
        self._app = app
        self._newsroom = newsroom

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        plain = scope["type"] != "http" or scope["path"].isprintable()
        app = self._app if plain else stories.missing(self._newsroom)
        await app(scope, receive, send)


def _health(newsroom: Newsroom) -> list[Route]:
    async def healthz(request: Request) -> Response:
        return _plain("ok\n")

    async def readyz(request: Request) -> Response:
        newsroom.store.story("0" * 16)  # raises when the store does not answer
        return _plain("ready\n")

    return [Route("/healthz", healthz), Route("/readyz", readyz)]


def _plain(words: str) -> Response:
    headers = {**_answer.SECURITY, "cache-control": _answer.NO_STORE}
    return Response(words, headers=headers, media_type=_answer.TEXT)
