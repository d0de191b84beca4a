"""What the desk's API takes and answers, route by route: the table that its doors and its OpenAPI
document are made from."""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence

import msgspec

from copytaster.copydesk import Health
from copytaster.copydesk import Look
from copytaster.copydesk import Proofs
from copytaster.copydesk import Role
from copytaster.copydesk import SourcePage
from copytaster.web import _answer
from copytaster.web._openapi import Told
from copytaster.web.desk import _api_reading as at
from copytaster.web.desk import _api_types as types
from copytaster.web.desk._api_dossier import Dossier
from copytaster.web.desk._api_dossier import StoryNow
from copytaster.web.desk._api_orders import Ordering
from copytaster.web.desk._api_reading import Reading
from copytaster.web.desk._doors import Door
from copytaster.web.desk._doors import Handler
from copytaster.web.desk._evidence import Evidence

LIVE = "/api/live"
_FAULT: tuple[type, ...] = (types.DeskFault,)


def reading_routes(reading: Reading, evidence: Evidence) -> Sequence[Told[Handler]]:
    """What tells something."""
    return (*_lists(reading), *_single(reading), *_packs(evidence))


def live_route(live: Door) -> Told[Handler]:
    """What happens on the wire; its door stands with the app's own."""
    return Told(
        path=live.path,
        summary="What happens on the wire, as server-sent events: lines of it as JSON",
        answer=live.handler,
        answers={200: (), 401: _FAULT, 422: _FAULT, 503: ()},
        needs=live.needs,
        asked=types.AskedLive,
        media_type="text/event-stream",
    )


def _packs(evidence: Evidence) -> Iterator[Told[Handler]]:
    for path, of, answer in (
        ("/api/desk/stories/{id}/evidence", "a story", evidence.story),
        ("/api/desk/recalls/{id}/evidence", "a recall", evidence.recall),
    ):
        yield Told(
            path=path,
            summary=f"The evidence on {of}, as a ZIP file",
            answer=answer,
            answers={200: (), **dict.fromkeys((401, 403, 404, 409), _FAULT)},
            needs=Role.chief,
            places={"id": types.Id},
            media_type="application/zip",
        )


def _lists(reading: Reading) -> Sequence[Told[Handler]]:
    return (
        reads(
            at.WIRE,
            "The wire: everything, the last thing that happened first",
            reading.wire,
            types.WirePage,
            asked=types.AskedWire,
        ),
        reads(
            at.QUEUE,
            "What waits: for an editor, for its time, for its agency",
            reading.queue,
            types.QueuePage,
            asked=types.AskedQueue,
        ),
        reads(
            at.SEARCH,
            "Every story that answers a query, also those that readers never saw",
            reading.search,
            types.SearchPage,
            asked=types.AskedSearch,
            also=(422,),
        ),
        reads(
            at.LETTERS,
            "Deliveries that could not be read or kept, newest first",
            reading.letters,
            types.LetterPage,
            asked=types.AskedLetters,
        ),
        reads(
            "/api/desk/health",
            "Whether all is well: calls, sources, the last drill, the patrol",
            reading.health,
            Health,
            asked=types.AskedNothing,
        ),
        reads(
            "/api/desk/proofs",
            "What drills, kills, corrections and holds came to in the last 90 days",
            reading.proofs,
            Proofs,
            asked=types.AskedNothing,
        ),
        reads(
            "/api/desk/searches",
            "Searches that whoever asks keeps, and those that others share",
            reading.searches,
            types.SearchesKept,
            asked=types.AskedNothing,
        ),
        reads(
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
        reads(
            "/api/desk/stories/{id}",
            "Everything known of a story: state, reasons, versions, decisions, what was seen",
            reading.story,
            Dossier,
            place=types.Id,
        ),
        reads(
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
        Told(
            path="/api/desk/sources/{source}",
            summary="One source: when it was heard of, a day and a week of it, what is usual",
            answer=reading.source,
            answers={200: (SourcePage,), 401: _FAULT, 404: _FAULT},
            needs=Role.reader,
            places={"source": types.SourceName},
        ),
        reads(
            "/api/desk/looks/{id}",
            "How far a look is, and what it has found",
            reading.look,
            Look,
            place=types.Id,
            needs=Role.chief,
        ),
        reads(
            "/api/desk/recalls/{id}",
            "A recall, and how far it has come",
            reading.recall,
            types.Recall,
            place=types.Id,
            needs=Role.chief,
        ),
    )


def ordering_routes(ordering: Ordering) -> Sequence[Told[Handler]]:
    """What changes something."""
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
            "/api/desk/searches",
            "Keep a search under a name, in place of the one that has it",
            ordering.keep,
            (types.KeepSearch, types.Done),
            needs=Role.reader,
        ),
        _does(
            "/api/desk/searches/drop",
            "Keep a search no more",
            ordering.drop,
            (types.DropSearch, types.Done),
            needs=Role.reader,
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


def reads(
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
