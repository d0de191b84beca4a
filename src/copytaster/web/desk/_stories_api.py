"""The desk's API: what the house knows of a story, for whoever bears its token.

``GET /api/desk/stories/<id>`` gives state, reasons, versions, decisions and events, and of the
newest withdrawal, surface by surface, what was seen and when. The words of killed stories are in
it: without the token it says nothing, not even whether a story exists. Its fields are those of
``copytaster story --json`` (docs/reference/cli.md).
"""

import re
from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

import msgspec
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from copytaster.web import _answer
from copytaster.wire.bearer import bears

_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{16}")

Dossier = Callable[[str], Mapping[str, Any]]
"""Everything known of a story by its id; raises LookupError when there is none"""


def desk_routes(token: str, dossier: Dossier) -> list[Route]:
    """The routes of the desk's API behind this token."""

    async def story(request: Request) -> Response:
        if not bears(request, token):
            return _said(401, {"error": "give the desk's token: Authorization: Bearer ..."})
        id = request.path_params["id"]
        try:
            told = await to_thread.run_sync(dossier, id) if _ID.fullmatch(id) else None
        except LookupError:
            told = None
        return _said(404, {"error": "no such story"}) if told is None else _said(200, told)

    return [Route("/api/desk/stories/{id}", story, methods=["GET"])]


def _said(status: int, value: object) -> Response:
    headers = {**_answer.SECURITY, "cache-control": _answer.NO_STORE, "x-robots-tag": "noindex"}
    if status == 401:
        headers["www-authenticate"] = 'Bearer realm="desk"'
    return Response(msgspec.json.encode(value) + b"\n", status, headers, media_type=_answer.JSON)
