"""``/desk/several``: one order for stories that were chosen from a list, looked at first."""

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

import msgspec
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from copytaster import copydesk
from copytaster.copydesk import Candidate
from copytaster.copydesk import Form
from copytaster.copydesk import Frame
from copytaster.copydesk import Outcome
from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.web._form import Refused
from copytaster.web._form import many
from copytaster.web.desk._doors import Door
from copytaster.web.desk._doors import page
from copytaster.web.desk._office import Office
from copytaster.web.desk._orders import LONGEST
from copytaster.web.desk._orders import Decision
from copytaster.web.desk._orders import NotDone
from copytaster.web.desk._orders import decide
from copytaster.web.desk._story import STORY_ID

MOST = 100
"""stories of one order; more are a recall"""
_LIMIT = 32 * 1024
_MOST_FIELDS = MOST + 10
_SECONDS = 20.0
_ASKED = "Another person has to agree to its release; you have asked for it."


class _Named(msgspec.Struct, frozen=True, kw_only=True):
    """A story as it stood on the page."""

    story: str
    revision: int
    content: str | None


class Several:
    """The doors to one order for many."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def doors(self) -> list[Door]:
        return [
            Door("/desk/several", Role.editor, self.look),
            Door("/desk/several", Role.editor, self.order, ("POST",)),
        ]

    async def look(self, request: Request, seat: Seat) -> Response:
        """What an order would do; nothing is done yet."""
        order = request.query_params.get("order", "")
        chosen = [s for s in request.query_params.getlist("s") if STORY_ID.fullmatch(s)]
        if order not in copydesk.ORDERS or not chosen:
            sentence = "Nothing was ticked. Tick the stories that you mean, then choose what to do."
            return self._said(seat, "Nothing chosen", sentence, 422)
        if len(chosen) > MOST:
            sentence = f"{len(chosen)} stories are too many for one order: {MOST} at most."
            return self._said(seat, "Too many", sentence, 422)
        return await self._page(seat, order, chosen, Form())

    async def order(self, request: Request, seat: Seat) -> Response:
        """Give the order for each, one after the other; one that is refused stops none."""
        said = await _said(request)
        order, cause = _first(said, "order"), _first(said, "cause")
        named = [one for one in map(_named, said.get("s", ())) if one is not None][:MOST]
        if order not in copydesk.ORDERS or cause not in copydesk.CAUSES or not named:
            return self._said(seat, "Nothing was done", "Nothing was ticked.", 422)
        why = _first(said, "why").strip()[:LONGEST]
        if not why:
            form = Form(cause=cause, refused="Say why, for the record.")
            return await self._page(seat, order, [one.story for one in named], form, 422)
        known = {one.row.story: one for one in await self._candidates([n.story for n in named])}
        outcomes = [
            await self._one(seat, _decision(order, cause, why, one), known[one.story])
            for one in named
            if one.story in known
        ]
        return page(copydesk.several_done(self._frame(seat), order, outcomes))

    async def _one(self, seat: Seat, said: Decision, now: Candidate) -> Outcome:
        told = Outcome(story=now.row.story, headline=now.row.headline)
        try:
            result = await decide(self._office, seat, now.row.story, said)
        except NotDone as error:
            return msgspec.structs.replace(told, refused=str(error))
        return msgspec.structs.replace(told, refused=_ASKED) if _is_asked(result) else told

    async def _page(
        self, seat: Seat, order: str, chosen: Sequence[str], form: Form, status: int = 200
    ) -> Response:
        found = await self._candidates(chosen)
        body = copydesk.several(self._frame(seat), order, found, self._office.zone, form)
        return page(body, status)

    async def _candidates(self, stories: Sequence[str]) -> Sequence[Candidate]:
        return await to_thread.run_sync(self._office.candidates, stories)

    def _said(self, seat: Seat, title: str, sentence: str, status: int) -> Response:
        return page(copydesk.said(self._frame(seat), title, sentence, back="/desk/queue"), status)

    def _frame(self, seat: Seat) -> Frame:
        return Frame(house=self._office.house, seat=seat, here="/desk/queue")


def _decision(order: str, cause: str, why: str, named: _Named) -> Decision:
    return Decision(
        kind=order,
        cause=cause,
        why=why,
        seen=named.content if order == "release" else None,
        revision=named.revision,
    )


def _is_asked(result: Any) -> bool:
    return isinstance(result, dict) and bool(result.get("asked"))


def _named(value: str) -> _Named | None:
    """A story as the page named it: id, revision and, where there is one, content."""
    story, _, rest = value.partition(" ")
    revision, _, content = rest.partition(" ")
    if not STORY_ID.fullmatch(story) or not revision.isascii() or not revision.isdecimal():
        return None
    return _Named(story=story, revision=int(revision[:18]), content=content or None)


def _first(said: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(said.get(name, ())), "")


async def _said(request: Request) -> Mapping[str, Sequence[str]]:
    """What the form says; nothing where it is none of ours."""
    try:
        return await many(request, limit=_LIMIT, most=_MOST_FIELDS, seconds=_SECONDS)
    except Refused:
        return {}
