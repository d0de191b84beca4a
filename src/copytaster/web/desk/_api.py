"""The desk's API: what the app shows and does, for programs.

One table says of each route what it takes and answers and which role it needs; from it come the
doors, behind the guard of all doors, and the OpenAPI document. Wherever a page has a form, the
same rules hold here (:mod:`copytaster.web.desk._orders`).
"""

from collections.abc import Mapping
from collections.abc import Sequence

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path

from copytaster.copydesk import Health
from copytaster.copydesk import Look
from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.press import ApiDescription
from copytaster.web import _answer
from copytaster.web._openapi import About
from copytaster.web._openapi import Told
from copytaster.web._openapi import document
from copytaster.web.desk import _api_reading as at
from copytaster.web.desk import _api_types as types
from copytaster.web.desk._api_answer import fault
from copytaster.web.desk._api_answer import spoken
from copytaster.web.desk._api_dossier import Dossier
from copytaster.web.desk._api_dossier import StoryNow
from copytaster.web.desk._api_orders import Ordering
from copytaster.web.desk._api_reading import Reading
from copytaster.web.desk._doors import HEADERS
from copytaster.web.desk._doors import Door
from copytaster.web.desk._doors import Handler
from copytaster.web.desk._live import Watched
from copytaster.web.desk._office import Office
from copytaster.web.desk._orders import Recalling

DESCRIPTION = "/api/desk/openapi.json"
LIVE = "/api/live"
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_FAULT: tuple[type, ...] = (types.DeskFault,)
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


def api_doors(office: Office, watched: Watched, recalling: Recalling) -> list[Door]:
    """The doors of the API: those of the table, and one behind which there is nothing. That of the
    live wire stands with the app's own."""
    routes = [one for one in table(office, watched, recalling) if one.path != LIVE]
    doors = [
        Door(one.path, Role(one.needs or Role.admin), spoken(one.answer), (one.method,))
        for one in routes
    ]
    return [*doors, Door("/api/desk/{rest:path}", Role.reader, _nowhere(doors), _METHODS)]


def table(office: Office, watched: Watched, recalling: Recalling) -> Sequence[Told[Handler]]:
    """Every route of the desk's API, and what is told of it."""

    async def described(request: Request, seat: Seat) -> Response:
        return Response(whole, headers=dict(HEADERS), media_type=_answer.JSON)

    (live,) = [door for door in watched.doors() if door.path == LIVE]
    reading = Reading(office)
    routes = [
        *_lists(reading),
        *_single(reading),
        *_orders(Ordering(office, recalling)),
        Told(
            path=LIVE,
            summary="What happens on the wire, as server-sent events: lines of it as JSON",
            answer=live.handler,
            answers={200: (), 401: _FAULT, 422: _FAULT, 503: ()},
            needs=Role.reader,
            asked=types.AskedLive,
            media_type="text/event-stream",
        ),
        _reads(DESCRIPTION, "This description", described, ApiDescription),
    ]
    # On the host that was asked: a token is for no other.
    title = f"{office.house}: the desk"
    about = About(title=title, description=_ABOUT, url="/", words=_WORDS, token=_TOKEN)
    whole = document(routes, about)
    return routes


def _lists(reading: Reading) -> Sequence[Told[Handler]]:
    return (
        _reads(
            at.WIRE,
            "The wire: everything, the last thing that happened first",
            reading.wire,
            types.WirePage,
            asked=types.AskedWire,
        ),
        _reads(
            at.QUEUE,
            "What waits: for an editor, for its time, for its agency",
            reading.queue,
            types.QueuePage,
            asked=types.AskedQueue,
        ),
        _reads(
            at.SEARCH,
            "Every story that answers a query, also those that readers never saw",
            reading.search,
            types.SearchPage,
            asked=types.AskedSearch,
            also=(422,),
        ),
        _reads(
            at.LETTERS,
            "Deliveries that could not be read or kept, newest first",
            reading.letters,
            types.LetterPage,
            asked=types.AskedLetters,
        ),
        _reads(
            "/api/desk/health",
            "Whether all is well: calls, sources, the last drill, the patrol",
            reading.health,
            Health,
            asked=types.AskedNothing,
        ),
        _reads(
            "/api/desk/recalls",
            "The newest recalls",
            reading.recalls,
            types.RecallPage,
            asked=types.AskedNothing,
            needs=Role.chief,
        ),
    )


def _single(reading: Reading) -> Sequence[Told[Handler]]:
    return (
        _reads(
            "/api/desk/stories/{id}",
            "Everything known of a story: state, reasons, versions, decisions, what was seen",
            reading.story,
            Dossier,
            place=types.Id,
        ),
        _reads(
            "/api/desk/stories/{id}/words",
            "What a story says: the text of each version, what changed, notes beside it",
            reading.words,
            types.StoryWords,
            place=types.Id,
        ),
        Told(
            path="/api/desk/deliveries/{id}",
            summary="The bytes that came",
            answer=reading.delivery,
            answers={200: (), 401: _FAULT, 404: _FAULT},
            needs=Role.reader,
            places={"id": types.Delivery},
            media_type=_answer.BYTES,
        ),
        _reads(
            "/api/desk/looks/{id}",
            "How far a look is, and what it has found",
            reading.look,
            Look,
            place=types.Id,
            needs=Role.chief,
        ),
        _reads(
            "/api/desk/recalls/{id}",
            "A recall, and how far it has come",
            reading.recall,
            types.Recall,
            place=types.Id,
            needs=Role.chief,
        ),
    )


def _orders(ordering: Ordering) -> Sequence[Told[Handler]]:
    story, recall, source = {"id": types.Id}, {"id": types.Id}, {"source": types.SourceName}
    return (
        _does(
            "/api/desk/stories/{id}/decide",
            "Hold, release, kill, review a story",
            ordering.decide,
            (types.Decide, StoryNow),
            places=story,
            also=(404, 409),
            awaited=True,
        ),
        _does(
            "/api/desk/stories/{id}/notes",
            "Say what whoever reads a story next should know; readers never see it",
            ordering.note,
            (types.Note, types.Done),
            places=story,
            also=(404,),
        ),
        _does(
            "/api/desk/stories/{id}/give",
            "Say whose a story is to see to",
            ordering.give,
            (types.Give, types.Done),
            places=story,
            also=(404,),
        ),
        _does(
            "/api/desk/letters/retry",
            "Have dead letters read again; what still cannot be stays on the shelf",
            ordering.retry,
            (types.Retry, types.Done),
            also=(409,),
        ),
        _does(
            "/api/desk/letters/dismiss",
            "Have done with dead letters; their bytes are kept",
            ordering.dismiss,
            (types.Dismiss, types.Done),
            also=(409,),
        ),
        _does(
            "/api/desk/calls/close",
            "Say that what somebody was called for is done",
            ordering.close,
            (types.CloseCall, types.Done),
            also=(409,),
        ),
        _does(
            "/api/desk/looks",
            "Begin a look through everything, before a recall; it changes nothing",
            ordering.look,
            (types.BeginLook, Look),
            needs=Role.chief,
            also=(409,),
        ),
        _does(
            "/api/desk/recalls",
            "Hold or kill all that a look has found",
            ordering.recall,
            (types.BeginRecall, types.Recall),
            needs=Role.chief,
            also=(404, 409),
        ),
        _does(
            "/api/desk/recalls/{id}/undo",
            "Take a recall back, story by story",
            ordering.undo,
            (types.UndoRecall, types.Recall),
            needs=Role.chief,
            places=recall,
            also=(404, 409),
        ),
        *(
            _does(
                f"/api/desk/sources/{{source}}/{word}",
                summary,
                answer,
                (types.Switch, types.Paused),
                needs=Role.chief,
                places=source,
                also=(409,),
            )
            for word, summary, answer in (
                ("pause", "Publish nothing new of a source; `*`: of any", ordering.pause),
                ("resume", "Go on, with what waited first; `*`: all", ordering.resume),
            )
        ),
    )


def _reads(
    path: str,
    summary: str,
    answer: Handler,
    kind: type,
    *,
    needs: Role = Role.reader,
    asked: type[msgspec.Struct] | None = None,
    place: object = None,
    also: Sequence[int] = (),
) -> Told[Handler]:
    """A route that tells something. ``place``: the type of the id in its path."""
    refusals = [401, *((403,) if needs is not Role.reader else ()), *also]
    refusals += [] if asked is None else [400]
    refusals += [] if place is None else [404]
    return Told(
        path=path,
        summary=summary,
        answer=answer,
        answers={200: (kind,)} | dict.fromkeys(sorted(refusals), _FAULT),
        needs=needs,
        asked=asked,
        places={} if place is None else {"id": place},
    )


def _does(
    path: str,
    summary: str,
    answer: Handler,
    takes_and_gives: tuple[type[msgspec.Struct], type],
    *,
    needs: Role = Role.editor,
    places: Mapping[str, object] = {},
    also: Sequence[int] = (),
    awaited: bool = False,
) -> Told[Handler]:
    """A route that changes something. ``awaited``: another person may have to agree first."""
    body, kind = takes_and_gives
    done = {200: (kind,)} | ({202: (types.Awaited,)} if awaited else {})
    refusals = sorted([400, 401, 403, 408, 413, 415, 422, *also])
    return Told(
        path=path,
        summary=summary,
        answer=answer,
        answers=done | dict.fromkeys(refusals, _FAULT),
        method="POST",
        needs=needs,
        places=places,
        body=body,
    )


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
