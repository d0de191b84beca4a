"""Push: an agency posts its copy to us.

In: ``POST /wire/<source>`` with a bearer token, one delivery per request, any format. Out: one
delivery through the door, durable before the answer. ``GET /wire/<source>/<id>`` tells a
delivery's fate. Answers and codes: docs/reference/wire.md. Not its business: whether the
bytes are any good; what an authenticated sender gives is kept (only 401, 408, 413 and 503
keep nothing).
"""

import asyncio
import logging
import random
import re
from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.requests import ClientDisconnect
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from copytaster.agency import DRILL
from copytaster.delivery import Delivery
from copytaster.wire._delivery import SYSTEM
from copytaster.wire._delivery import make
from copytaster.wire._door import Accept
from copytaster.wire._door import Clock
from copytaster.wire._door import Garbled
from copytaster.wire._door import NoRoom
from copytaster.wire._door import TooBig
from copytaster.wire._inflate import inflate
from copytaster.wire.bearer import bears

Fate = Callable[[str], Mapping[str, Any] | None]
"""A delivery's fate by its id, as JSON shall say it. With a key ``source``, only that source's
sender is told."""

LIMIT = 16 * 1024 * 1024
RETRY_AFTER = 30

_log = logging.getLogger(__name__)
_AGENCY = re.compile(r"[a-z0-9-]{1,40}")
_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{26}")


class PushSource(msgspec.Struct, frozen=True, kw_only=True):
    """One endpoint. Its token does not show in its repr."""

    id: str
    token: str
    agency: str | None = None
    """None: the sender names it with ``?agency=``, else it is ``default``"""
    limit: int = LIMIT
    """bytes of one delivery, as sent and inflated"""
    seconds: float = 60.0
    """for one request, from its head to the answer"""

    def __repr__(self) -> str:
        return f"PushSource(id={self.id!r}, agency={self.agency!r})"


def routes(
    sources: Mapping[str, PushSource],
    accept: Accept,
    fate: Fate,
    clock: Clock,
    chance: random.Random = SYSTEM,
) -> list[Route]:
    """The routes of all push sources, by source id."""

    async def post(request: Request) -> Response:
        source = _sender(sources, request)
        if source is None:
            return _stranger()
        return await _receive(source, request, accept, clock, chance)

    async def get(request: Request) -> Response:
        source = _sender(sources, request)
        if source is None:
            return _stranger()
        return _tell(source, request.path_params["id"], fate)

    return [
        Route("/wire/{source}", post, methods=["POST"]),
        Route("/wire/{source}/{id}", get, methods=["GET"]),
    ]


def _sender(sources: Mapping[str, PushSource], request: Request) -> PushSource | None:
    """The source the request may speak for. An unknown source takes the way of a wrong token,
    digest and all, so that neither the answer nor its time tells which sources exist."""
    source = sources.get(request.path_params["source"])
    right = bears(request, source.token if source else "")
    return source if right else None


async def _receive(
    source: PushSource,
    request: Request,
    accept: Accept,
    clock: Clock,
    chance: random.Random,
) -> Response:
    pieces: list[bytes] | None = None
    try:
        async with asyncio.timeout(source.seconds):
            pieces = await _pieces(request, source.limit)
            delivery = _delivery(source, request, pieces, clock, chance)
            await accept([delivery])
    except TooBig as error:
        return _refusal(413, f"{error}; nothing was kept")
    except NoRoom as error:
        return _busy(str(error))
    except ClientDisconnect:
        return _refusal(400, "the connection ended before the body did; nothing was kept")
    except TimeoutError:
        if pieces is None:
            return _refusal(408, f"no whole body in {source.seconds:g} s; nothing was kept")
        return _busy("not yet durable; send it again, the same bytes twice do no harm")
    _log.info("received source=%s id=%s bytes=%d", source.id, delivery.id, len(delivery.data))
    answer = {"id": delivery.id, "fate": f"/wire/{source.id}/{delivery.id}"}
    if delivery.archive:
        answer["warning"] = (
            "agency is not an id ([a-z0-9-], 1 to 40), or the desk's own: kept, never published"
        )
    return _json(202, answer)


async def _pieces(request: Request, limit: int) -> list[bytes]:
    """The body as sent, counted while it streams in."""
    length = request.headers.get("content-length", "")
    if length.isdecimal() and len(length) < 20 and int(length) > limit:
        raise TooBig(f"{length} bytes announced, the limit is {limit}")
    pieces: list[bytes] = []
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > limit:
            raise TooBig(f"more than {limit} bytes")
        pieces.append(piece)
    return pieces


def _delivery(
    source: PushSource,
    request: Request,
    pieces: list[bytes],
    clock: Clock,
    chance: random.Random,
) -> Delivery:
    agency = source.agency or request.query_params.get("agency", "default")
    named = agency != DRILL.id and (source.agency is not None or _AGENCY.fullmatch(agency))
    return make(
        source=source.id,
        agency=agency if named else "default",
        data=_plain(source, request, pieces),
        received=clock(),
        content_type=request.headers.get("content-type"),
        archive=not named,  # kept, but under no name it could be published with
        chance=chance,
    )


def _plain(source: PushSource, request: Request, pieces: list[bytes]) -> bytes:
    """The body without its content coding; one that cannot be undone is kept as it came."""
    try:
        return inflate(pieces, request.headers.get("content-encoding"), source.limit)
    except Garbled as error:
        _log.warning("kept as sent source=%s reason=%r", source.id, str(error))
        return b"".join(pieces)


def _tell(source: PushSource, id: str, fate: Fate) -> Response:
    told = fate(id) if _ID.fullmatch(id) else None
    if told is None or told.get("source", source.id) != source.id:
        return _refusal(404, "no such delivery")
    return _json(200, told)


def _stranger() -> Response:
    headers = {"www-authenticate": 'Bearer realm="wire"'}
    return _refusal(401, "unknown source or wrong token; nothing was kept", headers)


def _busy(why: str) -> Response:
    _log.warning("refused status=503 reason=%r", why)
    return _refusal(503, f"{why}; nothing was acknowledged", {"retry-after": str(RETRY_AFTER)})


def _refusal(status: int, error: str, headers: Mapping[str, str] | None = None) -> Response:
    return _json(status, {"error": error}, headers)


def _json(status: int, value: object, headers: Mapping[str, str] | None = None) -> Response:
    body = msgspec.json.encode(value) + b"\n"
    return Response(
        body,
        status,
        {"cache-control": "no-store", **(headers or {})},
        media_type="application/json",
    )
