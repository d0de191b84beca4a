"""Files that machines look for at fixed addresses, and the house's pages about itself."""

import hashlib
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.responses import Response
from starlette.routing import Route

from copytaster import press
from copytaster.item import Copy
from copytaster.web import _answer
from copytaster.web._door import Newsroom
from copytaster.web._usage import Usage
from copytaster.web.stories import missing

_MANIFEST = "application/manifest+json"
_OPENSEARCH = "application/opensearchdescription+xml"
_ICON = "image/vnd.microsoft.icon"

Made = Callable[[datetime], bytes | None]
"""a file as it is at an instant; None where there is none"""


def routes(newsroom: Newsroom) -> list[Route]:
    """The routes of all of them."""
    site, clock = newsroom.house.site, newsroom.clock

    def route(path: str, media_type: str, make: Made) -> Route:
        async def file(request: Request) -> Response:
            body = make(clock())
            return missing(newsroom) if body is None else _file(request, media_type, body)

        return Route(path, file)

    fixed = (
        route(path, media_type, lambda _now, body=body: body)  # type: ignore[misc]
        for path, (media_type, body) in _fixed(newsroom).items()
    )
    usage = Usage(newsroom)
    trust = _by_uses(usage, lambda uses: press.trust(uses, site))
    return [
        *fixed,
        route("/robots.txt", _answer.TEXT, _by_uses(usage, lambda uses: press.robots(uses, site))),
        route("/trust.txt", _answer.TEXT, trust),
        route("/.well-known/trust.txt", _answer.TEXT, trust),
        route(
            "/.well-known/tdmrep.json",
            _answer.JSON,
            _by_uses(usage, lambda uses: press.tdmrep(uses, site)),
        ),
        route("/.well-known/security.txt", _answer.TEXT, lambda now: press.security(site, now)),
        _favicon(site),
        _assets(newsroom),
    ]


def _by_uses(usage: Usage, make: Callable[[press.Uses], bytes]) -> Made:
    return lambda _now: make(usage.shared())


def _file(request: Request, media_type: str, body: bytes) -> Response:
    """Its ETag is its digest: these are the house's own words, not an agency's."""
    digest = hashlib.sha256(body).hexdigest()[:16]
    return _answer.answer(request, body, media_type, etag=f'"{digest}"')


def _fixed(newsroom: Newsroom) -> Mapping[str, tuple[str, bytes]]:
    """Path → (content type, bytes) of what is made once."""
    site = newsroom.house.site
    files: dict[str, tuple[str, bytes]] = {
        "/manifest.webmanifest": (_MANIFEST, press.manifest(site)),
        "/opensearch.xml": (_OPENSEARCH, press.opensearch(site)),
        "/about/automation": (_answer.HTML, press.about_automation(site)),
    }
    pages = newsroom.house.pages.items()
    files |= {press.policy_path(name): _policy(name, copy, site) for name, copy in pages}
    return files | dict(_of_app(site))


def _policy(name: str, copy: Copy, site: press.Site) -> tuple[str, bytes]:
    return _answer.HTML, press.policy_page(name, copy, site)


def _of_app(site: press.Site) -> Iterator[tuple[str, tuple[str, bytes]]]:
    """Both systems fetch theirs with this content type, and follow no redirect."""
    files = {
        "/.well-known/apple-app-site-association": press.apple_app_site_association(site),
        "/.well-known/assetlinks.json": press.assetlinks(site),
    }
    for path, body in files.items():
        if body is not None:
            yield path, (_answer.JSON, body)


def _favicon(site: press.Site) -> Route:
    """What browsers ask for unbidden: an icon, or where the house's own is."""
    body = press.favicon(site)

    async def favicon(request: Request) -> Response:
        if body is not None:
            return _file(request, _ICON, body)
        return RedirectResponse(press.icon_path(site), 302, _answer.SECURITY)

    return Route("/favicon.ico", favicon)


def _assets(newsroom: Newsroom) -> Route:
    """What pages lean on: this version's, and those that older pages were made with. Its address
    holds its hash, so it may be kept for ever."""
    site = newsroom.house.site
    assets = {**press.assets(site.theme), **press.icon_files(site)}

    async def asset(request: Request) -> Response:
        found = assets.get(request.scope["path"]) or _older(newsroom, request)
        if found is None:
            return missing(newsroom)
        media_type, body = found
        headers = {**_answer.SECURITY, "cache-control": _answer.YEAR}
        return Response(body, headers=headers, media_type=media_type)

    return Route("/assets/{name}", asset)


def _older(newsroom: Newsroom, request: Request) -> tuple[str, bytes] | None:
    name = request.path_params["name"]
    body = newsroom.pressroom.folder.assets.read(name)
    if body is None:
        return None
    return _answer.ASSETS.get(name.rpartition(".")[2], _answer.BYTES), body
