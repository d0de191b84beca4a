"""``/desk/rules``: the rules of the house; a change of them is checked, tried, and then saved."""

from collections.abc import Mapping

import msgspec
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from copytaster import copydesk
from copytaster.copydesk import Deed
from copytaster.copydesk import Frame
from copytaster.copydesk import Proposal
from copytaster.copydesk import Role
from copytaster.copydesk import RuleFault
from copytaster.copydesk import RulesBook
from copytaster.copydesk import RulesDraft
from copytaster.copydesk import RulesWrong
from copytaster.copydesk import Seat
from copytaster.web._form import Refused
from copytaster.web._form import fields
from copytaster.web.desk._doors import Door
from copytaster.web.desk._doors import page
from copytaster.web.desk._forms import refusal
from copytaster.web.desk._forms import sent_on
from copytaster.web.desk._office import Office

_HERE = copydesk.RULES
_LIMIT = 512 * 1024
"""bytes of a form: a file of 128 KiB, each byte of which may be written as three"""
_MOST_FIELDS = 16
_SECONDS = 20.0
_LONGEST = 300
"""characters of a reason"""
_OF_A_RULE = ("name", "when", "then", "why", "priority", "since", "notify", "stop", "enabled")
_DONE = {"saved": "The rules are saved, and in force as they stand here."}
_AFRESH = {"then": "hold", "priority": "0", "enabled": "on"}


class Rules:
    """The doors to the rules."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def doors(self) -> list[Door]:
        return [
            Door(_HERE, Role.reader, self.read),
            Door(f"{_HERE}/new", Role.chief, self.new),
            Door(f"{_HERE}/new", Role.chief, self.propose_new, ("POST",)),
            Door(f"{_HERE}/r/{{name}}", Role.chief, self.rule),
            Door(f"{_HERE}/r/{{name}}", Role.chief, self.propose_change, ("POST",)),
            Door(f"{_HERE}/file", Role.reader, self.file),
            Door(f"{_HERE}/file", Role.chief, self.propose_file, ("POST",)),
            Door(f"{_HERE}/d/{{id}}", Role.chief, self.draft),
            Door(f"{_HERE}/d/{{id}}", Role.chief, self.save, ("POST",)),
        ]

    # --- as they are -----------------------------------------------------------------------

    async def read(self, request: Request, seat: Seat) -> Response:
        told = _DONE.get(request.query_params.get("done", ""))
        frame = Frame(house=self._office.house, seat=seat, here=_HERE, told=told)
        return page(copydesk.rules(frame, await self._book(), self._office.zone))

    async def new(self, request: Request, seat: Seat) -> Response:
        book = await self._book()
        said = self._typed(request, "new") or Proposal(kind="new", fields=_AFRESH)
        return self._form(seat, book, msgspec.structs.replace(said, mark=book.mark))

    async def rule(self, request: Request, seat: Seat) -> Response:
        name = request.path_params["name"]
        filled = await to_thread.run_sync(self._office.rules.filled, name)
        if filled is None:
            sentence = "The file has no rule of this name that could be read."
            return page(copydesk.said(self._frame(seat), "Not found", sentence, back=_HERE), 404)
        typed = self._typed(request, "change")
        if typed is not None and typed.name == name:
            filled = msgspec.structs.replace(typed, mark=filled.mark)
        return self._form(seat, await self._book(), filled)

    async def file(self, request: Request, seat: Seat) -> Response:
        book = await self._book()
        text = book.text
        if "seeds" in request.query_params and not text.strip():
            text = book.seeds
        said = self._typed(request, "file") or Proposal(kind="file", text=text)
        return self._form(seat, book, msgspec.structs.replace(said, mark=book.mark))

    # --- a change --------------------------------------------------------------------------

    async def propose_new(self, request: Request, seat: Seat) -> Response:
        return await self._proposed(request, seat, "new")

    async def propose_change(self, request: Request, seat: Seat) -> Response:
        return await self._proposed(request, seat, "change")

    async def propose_file(self, request: Request, seat: Seat) -> Response:
        return await self._proposed(request, seat, "file")

    async def _proposed(self, request: Request, seat: Seat, kind: str) -> Response:
        try:
            form = await _fields(request)
        except Refused as error:
            return refusal(self._frame(seat), error)
        if kind == "change" and form.get("do") == "remove":
            kind = "remove"
        said = _proposal(kind, request.path_params.get("name", ""), form)
        return await self._try(seat, said)

    async def _try(self, seat: Seat, said: Proposal) -> Response:
        try:
            id = await to_thread.run_sync(self._office.rules.propose, said)
        except RulesWrong as wrong:
            book = await self._book()
            again = await self._typed_again(said)
            return self._form(seat, book, msgspec.structs.replace(again, mark=book.mark), wrong)
        return sent_on(f"{_HERE}/d/{id}")

    async def _typed_again(self, said: Proposal) -> Proposal:
        """Whoever wants a rule removed typed nothing: the form is filled with what is there."""
        if said.kind != "remove":
            return said
        return await to_thread.run_sync(self._office.rules.filled, said.name) or said

    # --- what it would do ------------------------------------------------------------------

    async def draft(self, request: Request, seat: Seat) -> Response:
        found = await to_thread.run_sync(self._office.rules.draft, request.path_params["id"])
        if found is None:
            sentence = "This change is not kept any more: make it again."
            return page(copydesk.said(self._frame(seat), "Not found", sentence, back=_HERE), 404)
        return self._draft(seat, found)

    async def save(self, request: Request, seat: Seat) -> Response:
        try:
            form = await _fields(request)
        except Refused as error:
            return refusal(self._frame(seat), error)
        id = request.path_params["id"]
        found = await to_thread.run_sync(self._office.rules.draft, id)
        if found is None:
            return await self._lost(seat, form)
        if form.get("do") == "again":
            period = _period(form)
            return await self._try(seat, msgspec.structs.replace(found.proposal, period=period))
        why = _reason(form)
        tried = self._office.rules.tried(id)
        if tried is None:
            return self._draft(seat, found, why, "It has not been tried to the end.", 409)
        if not why:
            return self._draft(seat, found, why, "Say why, for the record.", 422)
        if found.number is not None and form.get("count", "").strip() != str(found.number):
            refused = f"You typed another number than {found.number}: nothing was saved."
            return self._draft(seat, found, why, refused, 422)
        return await self._saved(seat, found, why, tried)

    async def _saved(
        self, seat: Seat, found: RulesDraft, why: str, tried: tuple[str, str]
    ) -> Response:
        about, record = tried
        deed = Deed(seat=seat, order="rules-save", what="rules", about=about, why=why)
        seen = found.proposal.mark
        try:
            await self._office.order(deed, text=found.text, seen=seen, tried=record)
        except ValueError as error:
            book = await self._book()
            if book.mark == seen:
                return self._draft(seat, found, why, str(error), 409)
            if book.text != found.text:
                return await self._try(seat, msgspec.structs.replace(found.proposal, reason=why))
        return sent_on(f"{_HERE}?done=saved")

    async def _lost(self, seat: Seat, form: Mapping[str, str]) -> Response:
        """The desk was started anew, or others made many changes: what was to be saved came along
        with the order to save it."""
        text, mark = form.get("text", ""), form.get("mark", "")
        said = Proposal(kind="file", text=text, mark=mark, reason=_reason(form))
        told = (
            "This change is not kept any more, so nothing was saved; here it is, to be tried again"
        )
        wrong = RulesWrong({"": RuleFault(what=told)})
        return self._form(seat, await self._book(), said, wrong)

    # --- pages -----------------------------------------------------------------------------

    def _form(
        self, seat: Seat, book: RulesBook, said: Proposal, wrong: RulesWrong | None = None
    ) -> Response:
        shown = copydesk.rules_file if said.kind == "file" else copydesk.rule_form
        status = 200 if wrong is None else 409 if wrong.moved else 422
        return page(shown(self._frame(seat), book, said, wrong), status)

    def _draft(
        self,
        seat: Seat,
        found: RulesDraft,
        why: str | None = None,
        refused: str | None = None,
        status: int = 200,
    ) -> Response:
        frame, zone = self._frame(seat), self._office.zone
        return page(copydesk.rules_draft(frame, found, zone, why, refused), status)

    def _typed(self, request: Request, kind: str) -> Proposal | None:
        """What somebody typed who comes back from its draft."""
        found = self._office.rules.draft(request.query_params.get("from", ""))
        return None if found is None or found.proposal.kind != kind else found.proposal

    async def _book(self) -> RulesBook:
        return await to_thread.run_sync(self._office.rules.book)

    def _frame(self, seat: Seat) -> Frame:
        return Frame(house=self._office.house, seat=seat, here=_HERE)


def _proposal(kind: str, name: str, form: Mapping[str, str]) -> Proposal:
    return Proposal(
        kind=kind,
        name=name,
        fields={key: _plain(form[key]) for key in _OF_A_RULE if key in form},
        text=form.get("text", ""),
        mark=form.get("mark", ""),
        period=_period(form),
        reason=_reason(form),
    )


def _plain(typed: str) -> str:
    """As it is read, so that a fault can point into it: a browser ends lines with CR and LF."""
    return typed.replace("\r\n", "\n").strip()


def _reason(form: Mapping[str, str]) -> str:
    return form.get("reason", "").strip()[:_LONGEST]


def _period(form: Mapping[str, str]) -> str:
    asked = form.get("period", "")
    return asked if asked in copydesk.PERIODS else copydesk.USUAL_PERIOD


async def _fields(request: Request) -> Mapping[str, str]:
    return await fields(request, limit=_LIMIT, most=_MOST_FIELDS, seconds=_SECONDS)
