"""``/desk/health``: whether all is well, and the pause of publishing."""

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
from copytaster.web.desk._orders import NotDone
from copytaster.web.desk._orders import close
from copytaster.web.desk._orders import pause

HERE = "/desk/health"
_LIMIT = 16 * 1024
_MOST_FIELDS = 5
_SECONDS = 20.0
_NEEDS = {"close": Role.editor, "pause": Role.chief, "resume": Role.chief}
_DONE = {
    "close": "It is noted as done.",
    "pause": "Publishing is paused: what is new waits. Holds and kills go on.",
    "resume": "Publishing goes on, with what waited first.",
}


class Healths:
    """The doors to the page of health."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def doors(self) -> list[Door]:
        return [
            Door(HERE, Role.reader, self.read),
            Door(HERE, Role.editor, self.do, ("POST",)),
        ]

    async def read(self, request: Request, seat: Seat) -> Response:
        return await self._page(seat, told=_DONE.get(request.query_params.get("done", "")))

    async def do(self, request: Request, seat: Seat) -> Response:
        try:
            form = await fields(request, limit=_LIMIT, most=_MOST_FIELDS, seconds=_SECONDS)
        except Refused as error:
            return await self._page(seat, refused=str(error), status=error.status)
        order = form.get("do", "")
        needs = _NEEDS.get(order)
        if needs is None:
            return await self._page(seat, refused="No such thing can be done.", status=422)
        if not seat.role.may(needs):
            sentence = f"This needs the role {needs.value}; yours is {seat.role.value}."
            return await self._page(seat, refused=sentence, status=403)
        try:
            if order == "close":
                code, about = form.get("code", ""), form.get("about", "")
                await close(self._office, seat, code, about)
            else:
                await pause(self._office, seat, order, form.get("source", ""))
        except NotDone as error:
            return await self._page(seat, refused=str(error), status=error.status)
        return RedirectResponse(f"{HERE}?done={order}", 303, headers=dict(HEADERS))

    async def _page(
        self, seat: Seat, *, told: str | None = None, refused: str | None = None, status: int = 200
    ) -> Response:
        frame = Frame(house=self._office.house, seat=seat, here=HERE, told=told)
        found = await to_thread.run_sync(self._office.health)
        return page(copydesk.health(frame, found, self._office.zone, refused), status)
