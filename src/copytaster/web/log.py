"""The public log's addresses: ``/log/checkpoint``, ``/log/vkey`` and ``/log/tile/…``, as C2SP
tlog-tiles v0.1.0 has them, so that readers that others wrote find what they look for; and
``/verify``, on which readers check with them.

The log's are files that never change, but the checkpoint, which only grows.
"""

import hashlib

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from copytaster import press
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
        *_verify(newsroom),
    ]


def _verify(newsroom: Newsroom) -> list[Route]:
    """The page that checks: there is none where no log is kept."""
    if not newsroom.house.site.log:
        return []
    body = press.verify_page(newsroom.house.site)
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"content-security-policy": _answer.VERIFY}

    async def verify(request: Request) -> Response:
        return _answer.answer(request, body, _answer.HTML, etag=etag, more=headers)

    return [Route("/verify", verify)]
