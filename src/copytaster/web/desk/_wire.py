"""``/desk``: the wire; ``/desk/queue``: what waits; ``/desk/search``: what is looked for."""

import re
from collections.abc import Callable
from collections.abc import Mapping
from functools import partial
from urllib.parse import urlencode

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from copytaster import copydesk
from copytaster.copydesk import Frame
from copytaster.copydesk import Listing
from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.web._form import Refused
from copytaster.web.desk._doors import Door
from copytaster.web.desk._doors import page
from copytaster.web.desk._forms import form
from copytaster.web.desk._forms import sent_on
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
            Door("/desk/ticker", Role.reader, self.ticker),
            Door("/desk/searches", Role.reader, self.keep, ("POST",)),
            Door("/desk/searches/drop", Role.reader, self.drop, ("POST",)),
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
        listing = await to_thread.run_sync(part, self._office, kind, seat.person, before)
        return page(copydesk.queue(frame, listing, waiting, kind, self._office.zone))

    async def search(self, request: Request, seat: Seat) -> Response:
        asked, before = request.query_params.get("q", ""), _before(request)
        return await self._search(seat, asked, before)

    async def ticker(self, request: Request, seat: Seat) -> Response:
        """What answers a query, in a window of its own."""
        asked = request.query_params.get("q", "")
        answers = await to_thread.run_sync(self._office.search, asked)
        if answers.listing is None:
            return await self._search(seat, asked)
        kept = await to_thread.run_sync(self._office.presets.of, seat)
        name = next((one.name for one in kept if one.asked == asked.strip()), asked)
        return page(copydesk.ticker(self._frame(seat), answers, self._office.zone, name))

    async def keep(self, request: Request, seat: Seat) -> Response:
        """Keep a search under a name."""
        said = await _form(request)
        asked, name, shared = said.get("q", ""), said.get("name", ""), "shared" in said
        keep = partial(self._office.presets.keep, seat, name, asked, shared=shared)
        return await self._kept(seat, asked, keep)

    async def drop(self, request: Request, seat: Seat) -> Response:
        """Keep it no more."""
        said = await _form(request)
        number = place_in(said.get("number", "")) or 0
        drop = partial(self._office.presets.drop, seat, number)
        return await self._kept(seat, said.get("q", ""), drop)

    async def _kept(self, seat: Seat, asked: str, order: Callable[[], None]) -> Response:
        try:
            await to_thread.run_sync(order)
        except ValueError as error:
            return await self._search(seat, asked, refused=str(error))
        return sent_on(f"{SEARCH}?{urlencode({'q': asked})}" if asked.strip() else SEARCH)

    async def _search(
        self, seat: Seat, asked: str, before: int | None = None, refused: str | None = None
    ) -> Response:
        answers = await to_thread.run_sync(lambda: self._office.search(asked, before=before))
        saved = await to_thread.run_sync(self._office.presets.of, seat)
        body = copydesk.search(self._frame(seat), answers, self._office.zone, saved, refused)
        return page(body, 200 if answers.fault is None and refused is None else 422)

    def _frame(self, seat: Seat) -> Frame:
        return Frame(house=self._office.house, seat=seat, here=SEARCH)


def part(office: Office, kind: str, person: str, before: int | None) -> Listing:
    """A page of one part of the queue."""
    if kind == "yours":
        return office.theirs(person, before=before)
    return office.listing(kind=kind, before=before)


def place_in(said: str) -> int | None:
    """The place of a list that an address names; None where it names none."""
    return min(int(said), _FURTHEST) if _PLACE.fullmatch(said) else None


async def _form(request: Request) -> Mapping[str, str]:
    """Nothing for what is no form of ours."""
    try:
        return await form(request)
    except Refused:
        return {}


def _before(request: Request) -> int | None:
    """The place below which a list goes on; whatever else stands there means its beginning."""
    return place_in(request.query_params.get("before", "")) or None
