"""``/desk/letters``: the dead-letter shelf."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.responses import Response

from copytaster import copydesk
from copytaster.copydesk import Frame
from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.web._form import Refused
from copytaster.web._form import many
from copytaster.web.desk._doors import HEADERS
from copytaster.web.desk._doors import Door
from copytaster.web.desk._doors import page
from copytaster.web.desk._office import Office
from copytaster.web.desk._orders import NotDone
from copytaster.web.desk._orders import dismiss
from copytaster.web.desk._orders import retry

_HERE = "/desk/letters"
_LIMIT = 64 * 1024
_MOST_FIELDS = 2 * copydesk.LETTERS_SHOWN
_SECONDS = 20.0
_DONE = {
    "retry": "They were read again; what could not be is still here.",
    "dismiss": "They are off the shelf; their bytes are kept.",
}


class Letters:
    """The doors to the shelf."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def doors(self) -> list[Door]:
        return [
            Door(_HERE, Role.reader, self.read),
            Door(_HERE, Role.editor, self.do, ("POST",)),
        ]

    async def read(self, request: Request, seat: Seat) -> Response:
        return await self._page(seat, told=_DONE.get(request.query_params.get("done", "")))

    async def do(self, request: Request, seat: Seat) -> Response:
        try:
            form = await many(request, limit=_LIMIT, most=_MOST_FIELDS, seconds=_SECONDS)
        except Refused as error:
            return await self._page(seat, refused=str(error), status=error.status)
        deed, chosen = next(iter(form.get("do", ())), ""), list(form.get("letter", ()))
        why = next(iter(form.get("why", ())), "")
        if deed not in ("retry", "retry-all", "dismiss"):
            return await self._page(seat, refused="No such thing can be done.", status=422)
        try:
            if deed == "dismiss":
                await dismiss(self._office, seat, chosen, why)
            else:
                await retry(self._office, seat, chosen, whole=deed == "retry-all")
        except NotDone as error:
            return await self._page(seat, refused=str(error), status=error.status)
        done = "dismiss" if deed == "dismiss" else "retry"
        return RedirectResponse(f"{_HERE}?done={done}", 303, headers=dict(HEADERS))

    async def _page(
        self, seat: Seat, *, told: str | None = None, refused: str | None = None, status: int = 200
    ) -> Response:
        frame = Frame(house=self._office.house, seat=seat, here=_HERE, told=told)
        found = await to_thread.run_sync(self._office.letters)
        return page(copydesk.letters(frame, found, self._office.zone, refused), status)
