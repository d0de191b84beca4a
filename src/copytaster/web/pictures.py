"""A picture's address: ``/media/<name>.<ext>``.

The bytes behind it never change, but whether they may be seen does, and readers' copies must
notice: so it revalidates as a page does, and its ETag is its name. What was taken back, or
stands beside no live story any more, answers 410 in the transaction that understands it.
"""

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from copytaster.channels import picture_path
from copytaster.store import Picture
from copytaster.web import _answer
from copytaster.web._door import Newsroom
from copytaster.web.stories import busy
from copytaster.web.stories import missing

_NAME = re.compile(r"([0-9a-f]{32})\.(?:jpg|png|webp|gif)")
_HEADERS = {
    # An image that a browser is made to show as a document may still do nothing.
    "content-security-policy": "default-src 'none'; sandbox",
}
_GONE = "This picture is no longer published here.\n"


def routes(newsroom: Newsroom) -> list[Route]:
    """The route of pictures."""

    async def picture(request: Request) -> Response:
        return _picture(newsroom, request)

    return [Route("/media/{name}", picture)]


def _picture(newsroom: Newsroom, request: Request) -> Response:
    match = _NAME.fullmatch(request.path_params["name"])
    known = newsroom.store.pictures.get(match[1]) if match else None
    if known is None or request.scope["path"] != picture_path(known.name, known.media_type):
        return missing(newsroom)
    if newsroom.store.pictures.is_shown(known.sha256):
        return _shown(newsroom, request, known)
    if known.first_public is None:
        return missing(newsroom)
    return _answer.notice(_GONE.encode(), _answer.TEXT, 410)


def _shown(newsroom: Newsroom, request: Request, known: Picture) -> Response:
    body = newsroom.photos.folder.read(known.name)
    if body is None:
        newsroom.photos.lost(known)
        return busy()
    response = _answer.answer(request, body, known.media_type, etag=f'"{known.name}"')
    response.headers.update(_HEADERS)
    return response
