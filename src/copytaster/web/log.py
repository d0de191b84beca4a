"""The public log's addresses: ``/log/checkpoint``, ``/log/vkey`` and ``/log/tile/…``, as C2SP
tlog-tiles v0.1.0 has them, so that readers that others wrote find what they look for.

All of them are files that never change, but the checkpoint, which only grows.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from copytaster.ledger import Malformed
from copytaster.ledger import tiles
from copytaster.web import _answer
from copytaster.web._door import Newsroom
from copytaster.web.stories import missing

_VKEY = "vkey"


def routes(newsroom: Newsroom) -> list[Route]:
    """The routes of the log."""

    def file(path: str, media_type: str, cache: str) -> Response:
        body = newsroom.pressroom.folder.log.read(path)
        if body is None:
            return missing(newsroom)
        headers = {**_answer.SECURITY, "cache-control": cache, "x-robots-tag": "noindex"}
        return Response(body, headers=headers, media_type=media_type)

    async def checkpoint(request: Request) -> Response:
        return file(tiles.CHECKPOINT, _answer.TEXT, _answer.NO_CACHE)

    async def vkey(request: Request) -> Response:
        return file(_VKEY, _answer.TEXT, _answer.NO_CACHE)

    async def tile(request: Request) -> Response:
        path = f"tile/{request.path_params['path']}"
        try:
            place = tiles.place(path)
        except Malformed:
            return missing(newsroom)
        return file(tiles.path(place), _answer.BYTES, _answer.YEAR)

    return [
        Route("/log/checkpoint", checkpoint),
        Route("/log/vkey", vkey),
        Route("/log/tile/{path:path}", tile),
    ]
