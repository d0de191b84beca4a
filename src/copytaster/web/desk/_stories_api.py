"""The desk's API: what the house knows of a story, for whoever is let in.

``GET /api/desk/stories/<id>`` gives state, reasons, versions, decisions and events, and of the
newest withdrawal, surface by surface, what was seen and when. The words of killed stories are in
it: whoever is not let in is not even told whether a story exists. Its fields are those of
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

from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.web import _answer
from copytaster.web.desk._doors import HEADERS
from copytaster.web.desk._doors import Door

_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{16}")

Dossier = Callable[[str], Mapping[str, Any]]
"""Everything known of a story by its id; raises LookupError when there is none"""


def stories_doors(dossier: Dossier) -> list[Door]:
    """The doors of the desk's API, for programs and persons."""

    async def story(request: Request, seat: Seat) -> Response:
        id = request.path_params["id"]
        try:
            told = await to_thread.run_sync(dossier, id) if _ID.fullmatch(id) else None
        except LookupError:
            told = None
        return _said(404, {"error": "no such story"}) if told is None else _said(200, told)

    return [Door("/api/desk/stories/{id}", Role.reader, story)]


def _said(status: int, value: object) -> Response:
    body = msgspec.json.encode(value) + b"\n"
    return Response(body, status, dict(HEADERS), media_type=_answer.JSON)
