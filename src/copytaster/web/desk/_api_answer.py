"""How the desk's API reads what is asked, and answers."""

from collections.abc import Iterable
from typing import TypeVar
from urllib.parse import urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from copytaster.copydesk import Seat
from copytaster.web import _answer
from copytaster.web._form import Refused
from copytaster.web._json import read
from copytaster.web.desk._api_types import DeskFault
from copytaster.web.desk._doors import HEADERS
from copytaster.web.desk._doors import Handler
from copytaster.web.desk._orders import NotDone

T = TypeVar("T")
_LIMIT = 16 * 1024
_SECONDS = 20.0


def spoken(answer: Handler) -> Handler:
    """The same handler, whose refusals are answers."""

    async def handler(request: Request, seat: Seat) -> Response:
        try:
            return await answer(request, seat)
        except (NotDone, Refused) as error:
            return fault(error.status, str(error))

    return handler


def said(value: object, status: int = 200) -> Response:
    """A value as JSON, which nobody may keep."""
    body = msgspec.json.encode(value) + b"\n"
    return Response(body, status, dict(HEADERS), media_type=_answer.JSON)


def fault(status: int, error: str, at: int | None = None) -> Response:
    """Why not, in one line. ``at``: the character of a query."""
    return said(DeskFault(error=error, at=at), status)


async def sent(request: Request, kind: type[T]) -> T:
    """The body of an order. Raises :class:`Refused`."""
    return await read(request, kind, limit=_LIMIT, seconds=_SECONDS)


def asked(request: Request, kind: type[T]) -> T:
    """The parameters, each given once at most. Raises :class:`NotDone`, 400."""
    given = request.query_params.multi_items()
    named = dict(given)
    if len(named) < len(given):
        raise NotDone(400, "a parameter is given twice; give it once")
    try:
        return msgspec.convert(named, kind, strict=False)
    except msgspec.ValidationError as error:
        known = ", ".join(_names(kind)) or "none"
        raise NotDone(400, f"a parameter cannot be used; known: {known}") from error


def _names(kind: type) -> Iterable[str]:
    return (field.encode_name for field in msgspec.structs.fields(kind))


def older(path: str, before: object | None, **kept: str) -> str | None:
    """The address of the next page of a list; None at its end."""
    return None if before is None else f"{path}?{urlencode({**kept, 'before': before})}"
