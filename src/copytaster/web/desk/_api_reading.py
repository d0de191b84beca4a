"""What the desk's API tells: the facts that the app's pages are made of."""

import re
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from copytaster import copydesk
from copytaster.copydesk import Seat
from copytaster.web import _answer
from copytaster.web.desk._api_answer import asked
from copytaster.web.desk._api_answer import fault
from copytaster.web.desk._api_answer import older
from copytaster.web.desk._api_answer import said
from copytaster.web.desk._api_types import AskedLetters
from copytaster.web.desk._api_types import AskedNothing
from copytaster.web.desk._api_types import AskedQueue
from copytaster.web.desk._api_types import AskedSearch
from copytaster.web.desk._api_types import AskedWire
from copytaster.web.desk._api_types import QueuePage
from copytaster.web.desk._api_types import SearchesKept
from copytaster.web.desk._api_types import SearchPage
from copytaster.web.desk._api_types import StoryWords
from copytaster.web.desk._api_types import WirePage
from copytaster.web.desk._doors import HEADERS
from copytaster.web.desk._office import Office
from copytaster.web.desk._orders import NotDone
from copytaster.web.desk._story import STORY_ID
from copytaster.web.desk._wire import part

WIRE = "/api/desk/wire"
QUEUE = "/api/desk/queue"
SEARCH = "/api/desk/search"
LETTERS = "/api/desk/letters"
_DELIVERY = re.compile(r"[0-9a-hjkmnp-tv-z]{26}")
_NO_STORY = "no such story"


class Reading:
    """Answers to whoever looks."""

    def __init__(self, office: Office) -> None:
        self._office = office

    # --- lists -----------------------------------------------------------------------------

    async def wire(self, request: Request, seat: Seat) -> Response:
        before = asked(request, AskedWire).before
        found = await to_thread.run_sync(lambda: self._office.listing(before=before))
        return said(WirePage(rows=found.rows, last=found.last, next=older(WIRE, found.older)))

    async def queue(self, request: Request, seat: Seat) -> Response:
        of = asked(request, AskedQueue)
        waiting = await to_thread.run_sync(self._office.waiting, seat.person)
        found = await to_thread.run_sync(part, self._office, of.kind, seat.person, of.before)
        return said(
            QueuePage(
                kind=of.kind,
                waiting=waiting,
                rows=found.rows,
                last=found.last,
                next=older(QUEUE, found.older, kind=of.kind),
            )
        )

    async def search(self, request: Request, seat: Seat) -> Response:
        of = asked(request, AskedSearch)
        answers = await to_thread.run_sync(lambda: self._office.search(of.q, before=of.before))
        if answers.fault is not None:
            return fault(422, answers.fault.what, answers.fault.at)
        if answers.listing is None:
            return fault(422, "nothing is asked for: say what to look for", 0)
        return said(
            SearchPage(
                asked=of.q,
                rows=answers.listing.rows,
                not_yet=answers.not_yet,
                next=older(SEARCH, answers.listing.older, q=of.q),
            )
        )

    async def letters(self, request: Request, seat: Seat) -> Response:
        before = asked(request, AskedLetters).before
        found = await to_thread.run_sync(self._office.letters)
        below = found if before is None else _below(found, before)
        page = below[: copydesk.LETTERS_SHOWN]
        last = page[-1]["delivery"] if len(below) > len(page) else None
        return said({"letters": page, "count": len(found), "next": older(LETTERS, last)})

    async def searches(self, request: Request, seat: Seat) -> Response:
        asked(request, AskedNothing)
        kept = await to_thread.run_sync(self._office.presets.of, seat)
        return said(SearchesKept(searches=tuple(kept)))

    async def recalls(self, request: Request, seat: Seat) -> Response:
        asked(request, AskedNothing)
        return said({"recalls": await to_thread.run_sync(self._office.batches)})

    # --- one of them -----------------------------------------------------------------------

    async def story(self, request: Request, seat: Seat) -> Response:
        try:
            return said(await to_thread.run_sync(self._office.dossier, _story(request)))
        except LookupError as error:
            raise NotDone(404, _NO_STORY) from error

    async def words(self, request: Request, seat: Seat) -> Response:
        id = _story(request)
        try:
            pane = await to_thread.run_sync(self._office.pane, id)
        except LookupError as error:
            raise NotDone(404, _NO_STORY) from error
        return said(
            StoryWords(
                story=id,
                agency=pane.agency,
                headline=pane.headline,
                versions=pane.versions,
                notes=pane.notes,
                statements=pane.statements,
                between=pane.between,
                others=pane.others,
            )
        )

    async def delivery(self, request: Request, seat: Seat) -> Response:
        """The bytes that came: to be kept or parsed, never to be shown by a browser."""
        id = request.path_params["id"]
        known = _DELIVERY.fullmatch(id) is not None
        found = await to_thread.run_sync(self._office.delivery, id) if known else None
        if found is None:
            raise NotDone(404, "no such delivery, or its bytes are not kept any more")
        headers = {**HEADERS, "content-disposition": f'attachment; filename="{id}"'}
        return Response(found.data, headers=headers, media_type=_answer.BYTES)

    async def recall(self, request: Request, seat: Seat) -> Response:
        try:
            return said(await to_thread.run_sync(self._office.batch, request.path_params["id"]))
        except LookupError as error:
            raise NotDone(404, "there was no such recall") from error

    async def look(self, request: Request, seat: Seat) -> Response:
        found = await to_thread.run_sync(self._office.look, request.path_params["id"])
        if found is None:
            raise NotDone(404, "this look is not kept any more: look again")
        return said(found)

    async def health(self, request: Request, seat: Seat) -> Response:
        asked(request, AskedNothing)
        return said(await to_thread.run_sync(self._office.health))

    async def source(self, request: Request, seat: Seat) -> Response:
        try:
            found = await to_thread.run_sync(self._office.source, request.path_params["source"])
        except LookupError as error:
            raise NotDone(404, "no such source; /api/desk/health lists those there are") from error
        return said(found)

    async def proofs(self, request: Request, seat: Seat) -> Response:
        asked(request, AskedNothing)
        return said(await to_thread.run_sync(self._office.proofs))


def _story(request: Request) -> str:
    """The id in the address. Raises :class:`NotDone` for what can be none."""
    id = str(request.path_params["id"])
    if not STORY_ID.fullmatch(id):
        raise NotDone(404, _NO_STORY)
    return id


def _below(letters: Sequence[Mapping[str, Any]], before: str) -> Sequence[Mapping[str, Any]]:
    """Those behind this one; where it is not on the shelf any more, those that came before it."""
    at = next((n for n, one in enumerate(letters) if one["delivery"] == before), None)
    if at is not None:
        return letters[at + 1 :]
    return [one for one in letters if one["delivery"] < before]
