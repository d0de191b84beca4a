"""``/desk/s/<id>``: one story, and decisions on it."""

import re
from collections.abc import Callable
from collections.abc import Mapping
from typing import TypeVar

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.responses import Response

from copytaster import copydesk
from copytaster.copydesk import Asked
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
from copytaster.web.desk._orders import Decision
from copytaster.web.desk._orders import NotDone
from copytaster.web.desk._orders import decide
from copytaster.web.desk._wire import place_in

T = TypeVar("T")

STORY_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{16}")
_KINDS = ("hold", "release", "kill", "review", "unreview")
_LIMIT = 16 * 1024
_MOST_FIELDS = 10
_SECONDS = 20.0
_DONE = {
    "hold": "The story is on hold; readers see a notice.",
    "release": "The story is released.",
    "kill": "The story is killed. It is being taken from every public copy.",
    "review": "Readers are told that an editor has read it, until a new version comes.",
    "unreview": "Readers are told again that no editor has read it.",
    "asked": "You asked for the release. It is on hold until another person agrees.",
    "note": "Your note is kept.",
    "give": "It is noted who sees to it.",
}


class Stories:
    """The doors to single stories."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def doors(self) -> list[Door]:
        return [
            Door("/desk/s/{id}", Role.reader, self.read),
            Door("/desk/s/{id}/decide", Role.editor, self.decide, ("POST",)),
            Door("/desk/s/{id}/note", Role.editor, self.note, ("POST",)),
            Door("/desk/s/{id}/give", Role.editor, self.give, ("POST",)),
            Door("/desk/raw/{id}", Role.reader, self.raw),
        ]

    async def read(self, request: Request, seat: Seat) -> Response:
        told = _DONE.get(request.query_params.get("done", ""))
        return await self._page(request, seat, told=told)

    async def decide(self, request: Request, seat: Seat) -> Response:
        said = await _said(request)
        id = request.path_params["id"]
        if said is None or not STORY_ID.fullmatch(id):
            return self._none(seat)
        try:
            result = await decide(self._office, seat, id, said)
        except NotDone as error:
            asked = _asked(said, str(error))
            return await self._page(request, seat, asked, status=error.status)
        done = "asked" if result.get("asked") else said.kind
        return RedirectResponse(f"/desk/s/{id}?done={done}", 303, headers=dict(HEADERS))

    async def note(self, request: Request, seat: Seat) -> Response:
        """Keep what whoever reads the story next should know."""
        words = (await _fields(request)).get("words", "")
        return await self._remark(request, seat, "note", words, self._office.remarks.note)

    async def give(self, request: Request, seat: Seat) -> Response:
        """Say whose it is to see to."""
        person = (await _fields(request)).get("person", "") or None
        return await self._remark(request, seat, "give", person, self._office.remarks.give)

    async def _remark(
        self,
        request: Request,
        seat: Seat,
        done: str,
        said: T,
        remark: Callable[[Seat, str, T], None],
    ) -> Response:
        id = request.path_params["id"]
        try:
            await to_thread.run_sync(remark, seat, id, said)
        except LookupError:
            return self._none(seat)
        except ValueError as error:
            asked = Asked(kind=done, why=str(said or ""), cause="desk", refused=str(error))
            return await self._page(request, seat, asked, status=422)
        return RedirectResponse(f"/desk/s/{id}?done={done}", 303, headers=dict(HEADERS))

    async def raw(self, request: Request, seat: Seat) -> Response:
        """A delivery's bytes as they came: for looking at, never to be run."""
        delivery = await to_thread.run_sync(self._office.delivery, request.path_params["id"])
        if delivery is None:
            return self._none(seat)
        name = f"{delivery.id}.txt"
        headers = {**HEADERS, "content-disposition": f'inline; filename="{name}"'}
        headers["content-security-policy"] = "default-src 'none'; sandbox"
        return Response(delivery.data, headers=headers, media_type="text/plain")

    async def _page(
        self,
        request: Request,
        seat: Seat,
        asked: Asked | None = None,
        *,
        told: str | None = None,
        status: int = 200,
    ) -> Response:
        id = request.path_params["id"]
        frame = Frame(house=self._office.house, seat=seat, here="/desk", told=told)
        try:
            if not STORY_ID.fullmatch(id):
                return self._none(seat)
            pane = await to_thread.run_sync(self._office.pane, id)
        except LookupError:
            return self._none(seat)
        body = copydesk.story(frame, pane, self._office.zone, asked)
        return page(body, status)

    def _none(self, seat: Seat) -> Response:
        frame = Frame(house=self._office.house, seat=seat)
        sentence = "There is nothing at this address."
        return page(copydesk.said(frame, "Not found", sentence), 404)


def _asked(said: Decision, refused: str) -> Asked:
    return Asked(kind=said.kind, why=said.why, cause=said.cause, refused=refused)


async def _fields(request: Request) -> Mapping[str, str]:
    """Nothing for what is no form of ours."""
    try:
        return await fields(request, limit=_LIMIT, most=_MOST_FIELDS, seconds=_SECONDS)
    except Refused:
        return {}


async def _said(request: Request) -> Decision | None:
    """None for what no form of ours says."""
    form = await _fields(request)
    kind, cause = form.get("kind", ""), form.get("cause", "")
    if kind not in _KINDS or cause not in copydesk.CAUSES:
        return None
    return Decision(
        kind=kind,
        cause=cause,
        why=form.get("why", "")[:LONGEST],
        seen=form.get("seen") or None,
        revision=place_in(form.get("revision", "")),
    )
