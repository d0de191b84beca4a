"""``/desk``: the wire; ``/desk/queue``: what waits; ``/desk/search``: what is looked for."""

import re

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from copytaster import copydesk
from copytaster.copydesk import Frame
from copytaster.copydesk import Listing
from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.web.desk._doors import Door
from copytaster.web.desk._doors import page
from copytaster.web.desk._office import Office

SEARCH = "/desk/search"
_PLACE = re.compile(r"0|[1-9][0-9]{0,18}")
_FURTHEST = 2**63 - 1
"""a store counts no further"""


class Lists:
    """The doors to lists of stories."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def doors(self) -> list[Door]:
        return [
            Door("/desk", Role.reader, self.wire),
            Door("/desk/queue", Role.reader, self.queue),
            Door(SEARCH, Role.reader, self.search),
        ]

    async def wire(self, request: Request, seat: Seat) -> Response:
        before = _before(request)
        listing = await to_thread.run_sync(lambda: self._office.listing(before=before))
        frame = Frame(house=self._office.house, seat=seat, here="/desk")
        return page(copydesk.wire(frame, listing, self._office.zone))

    async def queue(self, request: Request, seat: Seat) -> Response:
        frame = Frame(house=self._office.house, seat=seat, here="/desk/queue")
        waiting = await to_thread.run_sync(self._office.waiting, seat.person)
        kind = request.query_params.get("kind", waiting[0].kind)
        if kind not in {one.kind for one in waiting}:
            sentence = "The queue has no such part."
            return page(copydesk.said(frame, "Not found", sentence, back="/desk/queue"), 404)
        before = _before(request)
        listing = await to_thread.run_sync(self._part, kind, seat.person, before)
        return page(copydesk.queue(frame, listing, waiting, kind, self._office.zone))

    def _part(self, kind: str, person: str, before: int | None) -> Listing:
        if kind == "yours":
            return self._office.theirs(person, before=before)
        return self._office.listing(kind=kind, before=before)

    async def search(self, request: Request, seat: Seat) -> Response:
        asked, before = request.query_params.get("q", ""), _before(request)
        answers = await to_thread.run_sync(lambda: self._office.search(asked, before=before))
        frame = Frame(house=self._office.house, seat=seat, here=SEARCH)
        status = 200 if answers.fault is None else 422
        return page(copydesk.search(frame, answers, self._office.zone), status)


def place_in(said: str) -> int | None:
    """The place of a list that an address names; None where it names none."""
    return min(int(said), _FURTHEST) if _PLACE.fullmatch(said) else None


def _before(request: Request) -> int | None:
    """The place below which a list goes on; whatever else stands there means its beginning."""
    return place_in(request.query_params.get("before", "")) or None
