"""A picture's addresses: ``/media/<name>.<ext>``, and ``/media/<name>-<width>.<ext>`` for each of
its renditions, which answers as the picture itself does.

The bytes behind it never change, but whether they may be seen does, and readers' copies must
notice: so it revalidates as a page does, and its ETag is their digest. What was taken back, or
stands beside no live story any more, answers 410 in the transaction that understands it.
"""

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from copytaster.channels import picture_path
from copytaster.channels import rendition_file
from copytaster.channels import rendition_path
from copytaster.store import Picture
from copytaster.store import PictureRendition
from copytaster.web import _answer
from copytaster.web._door import Newsroom
from copytaster.web.stories import busy
from copytaster.web.stories import missing

_NAME = re.compile(r"([0-9a-f]{32})(?:-[0-9]{1,5})?\.(?:jpg|png|webp|gif)")
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
    file = _file(known, request.scope["path"]) if known else None
    if known is None or file is None:
        return missing(newsroom)
    if newsroom.store.pictures.is_shown(known.sha256):
        return _shown(newsroom, request, known, file)
    if known.first_public is None:
        return missing(newsroom)
    return _answer.notice(_GONE.encode(), _answer.TEXT, 410)


def _file(known: Picture, path: str) -> Picture | PictureRendition | None:
    """Which of a picture's files is at this address."""
    if path == picture_path(known.name, known.media_type):
        return known
    made = known.renditions
    at = (one for one in made if path == rendition_path(known.name, one.media_type, one.width))
    return next(at, None)


def _shown(
    newsroom: Newsroom, request: Request, known: Picture, file: Picture | PictureRendition
) -> Response:
    photos = newsroom.photos
    itself = isinstance(file, Picture)
    name = known.name if itself else rendition_file(known.name, file.media_type, file.width)
    body = photos.folder.read(name)
    if body is None:
        (photos.lost if itself else photos.lost_rendition)(known)
        return busy()
    response = _answer.answer(request, body, file.media_type, etag=f'"{file.sha256[:32]}"')
    response.headers.update(_HEADERS)
    return response
