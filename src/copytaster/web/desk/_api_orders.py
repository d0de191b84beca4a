"""Orders that a program gives by the desk's API: those of the app's forms, by the same rules."""

from collections.abc import Callable
from functools import partial

from anyio import to_thread
from msgspec.structs import asdict
from starlette.requests import Request
from starlette.responses import Response

from copytaster.copydesk import Seat
from copytaster.query import QueryError
from copytaster.web.desk import _orders
from copytaster.web.desk._api_answer import fault
from copytaster.web.desk._api_answer import said
from copytaster.web.desk._api_answer import sent
from copytaster.web.desk._api_types import Awaited
from copytaster.web.desk._api_types import BeginLook
from copytaster.web.desk._api_types import BeginRecall
from copytaster.web.desk._api_types import CloseCall
from copytaster.web.desk._api_types import Decide
from copytaster.web.desk._api_types import Dismiss
from copytaster.web.desk._api_types import Done
from copytaster.web.desk._api_types import DropSearch
from copytaster.web.desk._api_types import Give
from copytaster.web.desk._api_types import KeepSearch
from copytaster.web.desk._api_types import Note
from copytaster.web.desk._api_types import Paused
from copytaster.web.desk._api_types import Retry
from copytaster.web.desk._api_types import Switch
from copytaster.web.desk._api_types import UndoRecall
from copytaster.web.desk._office import Office
from copytaster.web.desk._orders import Decision
from copytaster.web.desk._orders import NotDone
from copytaster.web.desk._orders import Recalling


class Ordering:
    """Answers to whoever orders."""

    def __init__(self, office: Office, recalling: Recalling) -> None:
        self._office = office
        self._recalling = recalling

    async def decide(self, request: Request, seat: Seat) -> Response:
        decision = Decision(**asdict(await sent(request, Decide)))
        id = request.path_params["id"]
        told = await _orders.decide(self._office, seat, id, decision)
        return said(Awaited(asked=True), 202) if told.get("asked") else said(told)

    async def note(self, request: Request, seat: Seat) -> Response:
        words = (await sent(request, Note)).words
        await _heard(partial(self._office.remarks.note, seat, request.path_params["id"], words))
        return said(Done(done="note"))

    async def give(self, request: Request, seat: Seat) -> Response:
        person = (await sent(request, Give)).person
        await _heard(partial(self._office.remarks.give, seat, request.path_params["id"], person))
        return said(Done(done="give"))

    # --- kept searches ---------------------------------------------------------------------

    async def keep(self, request: Request, seat: Seat) -> Response:
        order = await sent(request, KeepSearch)
        presets, shared = self._office.presets, order.shared
        await _heard(partial(presets.keep, seat, order.name, order.q, shared=shared))
        return said(Done(done="keep"))

    async def drop(self, request: Request, seat: Seat) -> Response:
        number = (await sent(request, DropSearch)).number
        await _heard(partial(self._office.presets.drop, seat, number))
        return said(Done(done="drop"))

    # --- dead letters ----------------------------------------------------------------------

    async def retry(self, request: Request, seat: Seat) -> Response:
        order = await sent(request, Retry)
        if order.all and order.letters:
            raise NotDone(422, "Name letters, or say all: not both.")
        await _orders.retry(self._office, seat, order.letters, whole=order.all)
        return said(Done(done="retry"))

    async def dismiss(self, request: Request, seat: Seat) -> Response:
        order = await sent(request, Dismiss)
        await _orders.dismiss(self._office, seat, order.letters, order.why)
        return said(Done(done="dismiss"))

    # --- recalls ---------------------------------------------------------------------------

    async def look(self, request: Request, seat: Seat) -> Response:
        order = await sent(request, BeginLook)
        try:
            id = await to_thread.run_sync(self._office.begin_look, order.q)
        except QueryError as error:
            return fault(422, error.what, error.at)
        except ValueError as error:
            raise NotDone(409, str(error)) from error
        return said(self._office.look(id))

    async def recall(self, request: Request, seat: Seat) -> Response:
        order = await sent(request, BeginRecall)
        id = await self._recalling.recall(seat, order.look, order.kind, order.why, order.count)
        return said(await to_thread.run_sync(self._office.batch, id))

    async def undo(self, request: Request, seat: Seat) -> Response:
        id, order = request.path_params["id"], await sent(request, UndoRecall)
        try:
            await to_thread.run_sync(self._office.batch, id)
        except LookupError as error:
            raise NotDone(404, "there was no such recall") from error
        await _orders.undo(self._office, seat, id, order.why)
        return said(await to_thread.run_sync(self._office.batch, id))

    # --- whether all is well ---------------------------------------------------------------

    async def pause(self, request: Request, seat: Seat) -> Response:
        return await self._switched(request, seat, "pause")

    async def resume(self, request: Request, seat: Seat) -> Response:
        return await self._switched(request, seat, "resume")

    async def _switched(self, request: Request, seat: Seat, order: str) -> Response:
        source, switch = request.path_params["source"], await sent(request, Switch)
        told = await _orders.pause(self._office, seat, order, source, switch.why)
        return said(Paused(paused=tuple(told["paused"])))

    async def close(self, request: Request, seat: Seat) -> Response:
        order = await sent(request, CloseCall)
        await _orders.close(self._office, seat, order.code, order.about)
        return said(Done(done="close"))


async def _heard(order: Callable[[], None]) -> None:
    """What is kept and decides nothing. Raises :class:`NotDone`: 404 for no story, 422 for what
    cannot be kept."""
    try:
        await to_thread.run_sync(order)
    except LookupError as error:
        raise NotDone(404, "no such story") from error
    except ValueError as error:
        raise NotDone(422, str(error)) from error
