"""The desk's API: what the app shows and does, for programs.

One table says of each route what it takes and answers and which role it needs; from it come the
doors, behind the guard of all doors, and the OpenAPI document. Wherever a page has a form, the
same rules hold here (:mod:`copytaster.web.desk._orders`).
"""

from collections.abc import Mapping
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path

from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.press import ApiDescription
from copytaster.web import _answer
from copytaster.web._openapi import About
from copytaster.web._openapi import Told
from copytaster.web._openapi import document
from copytaster.web.desk._api_answer import fault
from copytaster.web.desk._api_answer import spoken
from copytaster.web.desk._api_orders import Ordering
from copytaster.web.desk._api_reading import Reading
from copytaster.web.desk._api_table import LIVE
from copytaster.web.desk._api_table import live_route
from copytaster.web.desk._api_table import ordering_routes
from copytaster.web.desk._api_table import reading_routes
from copytaster.web.desk._api_table import reads
from copytaster.web.desk._doors import HEADERS
from copytaster.web.desk._doors import Door
from copytaster.web.desk._doors import Handler
from copytaster.web.desk._evidence import Evidence
from copytaster.web.desk._live import Watched
from copytaster.web.desk._office import Office
from copytaster.web.desk._orders import Recalling

DESCRIPTION = "/api/desk/openapi.json"
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_WORDS: Mapping[int, str] = {
    200: "Here it is; or it is done.",
    202: "Another person has to agree; it is noted who asked.",
    400: "A parameter cannot be used, or the body is no JSON.",
    401: "No token, or one that is wrong, ended or over.",
    403: "The role is not enough, or a page of another site asked: nothing was done.",
    404: "There is none.",
    408: "The body was not there in 20 seconds.",
    409: "It does not stand any more as it was seen, or the desk refuses: nothing was done.",
    413: "The body has more than 16 KiB.",
    415: "The body is not application/json in UTF-8.",
    422: "The query is none (`at` says where), or the body is not as documented, or a reason or a "
    "number is missing or wrong: nothing was done.",
    503: "Too many watch.",
}
_TOKEN = (
    "A token that somebody made for a program of theirs, with a role; each route says which one it "
    "needs, and each may do what those before it may: reader, editor, chief, admin."
)
_ABOUT = (
    "What editors see and do at the desk, for programs. Nothing of it is public: it tells of "
    "stories that readers never saw, or may not read any more."
)


def api_doors(
    office: Office, watched: Watched, recalling: Recalling, evidence: Evidence
) -> list[Door]:
    """The doors of the API: those of the table, and one behind which there is nothing. That of the
    live wire stands with the app's own."""
    routes = [one for one in table(office, watched, recalling, evidence) if one.path != LIVE]
    doors = [
        Door(one.path, Role(one.needs or Role.admin), spoken(one.answer), (one.method,))
        for one in routes
    ]
    return [*doors, Door("/api/desk/{rest:path}", Role.reader, _nowhere(doors), _METHODS)]


def table(
    office: Office, watched: Watched, recalling: Recalling, evidence: Evidence
) -> Sequence[Told[Handler]]:
    """Every route of the desk's API, and what is told of it."""

    async def described(request: Request, seat: Seat) -> Response:
        return Response(whole, headers=dict(HEADERS), media_type=_answer.JSON)

    (live,) = [door for door in watched.doors() if door.path == LIVE]
    routes = [
        *reading_routes(Reading(office), evidence),
        *ordering_routes(Ordering(office, recalling)),
        live_route(live),
        reads(DESCRIPTION, "This description", described, ApiDescription),
    ]
    # On the host that was asked: a token is for no other.
    title = f"{office.house}: the desk"
    about = About(title=title, description=_ABOUT, url="/", words=_WORDS, token=_TOKEN)
    whole = document(routes, about)
    return routes


def _nowhere(doors: Sequence[Door]) -> Handler:
    """What is at no address of the API; or is, and is asked for in another way."""
    ways = [(compile_path(door.path)[0], door.methods[0]) for door in doors]

    async def nowhere(request: Request, seat: Seat) -> Response:
        path = request.url.path
        allowed = sorted({way for pattern, way in ways if pattern.match(path)})
        if not allowed:
            return fault(404, f"no such address; {DESCRIPTION} tells of all there are")
        answer = fault(405, f"ask with {' or '.join(allowed)}")
        answer.headers["allow"] = ", ".join(allowed)
        return answer

    return nowhere
