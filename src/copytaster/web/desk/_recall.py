"""``/desk/recall``: look, recall, watch, undo."""

from collections.abc import Mapping

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.responses import Response

from copytaster import copydesk
from copytaster.copydesk import Frame
from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.web._form import Refused
from copytaster.web._form import fields
from copytaster.web.desk._doors import HEADERS
from copytaster.web.desk._doors import Door
from copytaster.web.desk._doors import page
from copytaster.web.desk._office import Office
from copytaster.web.desk._orders import LONGEST
from copytaster.web.desk._orders import NotDone
from copytaster.web.desk._orders import Recalling
from copytaster.web.desk._orders import undo
from copytaster.web.desk._wire import place_in

_HERE = "/desk/recall"
_LIMIT = 16 * 1024
_MOST_FIELDS = 10
_SECONDS = 20.0


class Recalls:
    """The doors to recalls."""

    def __init__(self, office: Office, recalling: Recalling) -> None:
        self._office = office
        self._recalling = recalling

    def doors(self) -> list[Door]:
        return [
            Door(_HERE, Role.chief, self.start),
            Door(_HERE, Role.chief, self.look, ("POST",)),
            Door(f"{_HERE}/{{id}}", Role.chief, self.found),
            Door(f"{_HERE}/{{id}}", Role.chief, self.recall, ("POST",)),
            Door(f"{_HERE}/b/{{id}}", Role.chief, self.batch),
            Door(f"{_HERE}/b/{{id}}/undo", Role.chief, self.undo, ("POST",)),
        ]

    # --- looking ---------------------------------------------------------------------------

    async def start(self, request: Request, seat: Seat) -> Response:
        return await self._begin(seat, request.query_params.get("q", ""))

    async def look(self, request: Request, seat: Seat) -> Response:
        asked = (await _form(request)).get("q", "")
        try:
            id = await to_thread.run_sync(self._office.begin_look, asked)
        except ValueError as error:
            return await self._begin(seat, asked, str(error), 422)
        return _to(f"{_HERE}/{id}")

    async def found(self, request: Request, seat: Seat) -> Response:
        return await self._found(request, seat)

    async def recall(self, request: Request, seat: Seat) -> Response:
        form = await _form(request)
        kind, why = form.get("kind", ""), form.get("why", "")[:LONGEST]
        count = place_in(form.get("count", "").strip())
        try:
            id = await self._recalling.recall(seat, request.path_params["id"], kind, why, count)
        except NotDone as error:
            return await self._found(request, seat, str(error), error.status)
        return _to(f"{_HERE}/b/{id}")

    async def _begin(
        self, seat: Seat, asked: str = "", refused: str | None = None, status: int = 200
    ) -> Response:
        batches = await to_thread.run_sync(self._office.batches)
        body = copydesk.recalls(self._frame(seat), batches, self._office.zone, asked, refused)
        return page(body, status)

    async def _found(
        self, request: Request, seat: Seat, refused: str | None = None, status: int = 200
    ) -> Response:
        found = await to_thread.run_sync(self._office.look, request.path_params["id"])
        if found is None:
            sentence = "This look is not kept any more: look again."
            return page(copydesk.said(self._frame(seat), "Not found", sentence, back=_HERE), 404)
        return page(copydesk.look(self._frame(seat), found, self._office.zone, refused), status)

    # --- a recall --------------------------------------------------------------------------

    async def batch(self, request: Request, seat: Seat) -> Response:
        return await self._batch(request, seat)

    async def undo(self, request: Request, seat: Seat) -> Response:
        id, why = request.path_params["id"], (await _form(request)).get("why", "")[:LONGEST]
        try:
            await undo(self._office, seat, id, why)
        except NotDone as error:
            return await self._batch(request, seat, str(error), error.status)
        return _to(f"{_HERE}/b/{id}")

    async def _batch(
        self, request: Request, seat: Seat, refused: str | None = None, status: int = 200
    ) -> Response:
        try:
            told = await to_thread.run_sync(self._office.batch, request.path_params["id"])
        except LookupError:
            sentence = "There was no such recall."
            return page(copydesk.said(self._frame(seat), "Not found", sentence, back=_HERE), 404)
        return page(copydesk.batch(self._frame(seat), told, self._office.zone, refused), status)

    def _frame(self, seat: Seat) -> Frame:
        return Frame(house=self._office.house, seat=seat, here=_HERE)


def _to(path: str) -> Response:
    return RedirectResponse(path, 303, headers=dict(HEADERS))


async def _form(request: Request) -> Mapping[str, str]:
    """What a form says; nothing where it is none of ours."""
    try:
        return await fields(request, limit=_LIMIT, most=_MOST_FIELDS, seconds=_SECONDS)
    except Refused:
        return {}
