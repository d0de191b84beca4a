"""``/desk/health/<source>`` and ``/desk/proofs``: one source, and whether kills work, over time."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from copytaster import copydesk
from copytaster.copydesk import Frame
from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.web.desk._doors import Door
from copytaster.web.desk._doors import page
from copytaster.web.desk._office import Office

_HEALTH = "/desk/health"
"""the place both belong to"""


class Figures:
    """The doors to what is counted."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def doors(self) -> list[Door]:
        return [
            Door(f"{_HEALTH}/{{source}}", Role.reader, self.source),
            Door("/desk/proofs", Role.reader, self.proofs),
        ]

    async def source(self, request: Request, seat: Seat) -> Response:
        frame, id = self._frame(seat), request.path_params["source"]
        try:
            found = await to_thread.run_sync(self._office.source, id)
        except LookupError:
            sentence = f"This house has no source {id}; Health lists those it has."
            return page(copydesk.said(frame, "No such source", sentence), 404)
        return page(copydesk.source(frame, found, self._office.zone))

    async def proofs(self, _: Request, seat: Seat) -> Response:
        found = await to_thread.run_sync(self._office.proofs)
        return page(copydesk.proofs(self._frame(seat), found, self._office.zone))

    def _frame(self, seat: Seat) -> Frame:
        return Frame(house=self._office.house, seat=seat, here=_HEALTH)
