"""``/gallery``: every state and kind of page, as this demo's house shows it."""

from collections.abc import Mapping
from collections.abc import Sequence
from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.routing import Route

from copytaster.demo._pages import render
from copytaster.demo.drawings import draw
from copytaster.gallery import PICTURE
from copytaster.gallery import Shown
from copytaster.gallery import gallery
from copytaster.press import Site
from copytaster.web import page_headers


def gallery_routes(site: Site, headers: Mapping[str, str]) -> Sequence[BaseRoute]:
    """The gallery's own routes; ``headers`` are those of the demo's own pages."""
    pages = {shown.name: shown for shown in gallery(site)}
    index = _index(tuple(pages.values()))

    async def contents(_request: Request) -> Response:
        return Response(index, headers=headers, media_type="text/html; charset=utf-8")

    async def page(request: Request) -> Response:
        shown = pages.get(request.path_params["name"])
        if shown is None:
            return Response("no such page\n", 404, headers, media_type="text/plain")
        return Response(
            shown.page,
            shown.status,
            {**page_headers(site), "cache-control": "no-store", "x-robots-tag": "noindex"},
            media_type="text/html; charset=utf-8",
        )

    async def picture(_request: Request) -> Response:
        return Response(draw("seaboard", "harbour"), headers=headers, media_type="image/jpeg")

    return [
        Route("/gallery", contents),
        Route(PICTURE, picture),
        Route("/gallery/{name}", page),
    ]


def _index(pages: Sequence[Shown]) -> bytes:
    groups = [
        {
            "name": name,
            "pages": [{"name": p.name, "title": p.title, "status": p.status} for p in of],
        }
        for name, of in groupby(pages, key=lambda shown: shown.group)
    ]
    return render("gallery.html", groups=groups)
