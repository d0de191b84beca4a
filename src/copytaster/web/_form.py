"""What a form of this site sends: its body, read within limits, and where it came from.

A form that comes from another site is refused. A reader's browser says where it comes from:
``Sec-Fetch-Site`` (Fetch Metadata), or an older one with ``Origin`` (RFC 6454).
"""

import asyncio
from collections.abc import Mapping
from collections.abc import Sequence
from urllib.parse import parse_qsl
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect
from starlette.requests import Request

FORM = "application/x-www-form-urlencoded"
_OURS = frozenset({"same-origin", "none"})


class Refused(Exception):
    """The body cannot be taken: with the status that says why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


def is_from_here(request: Request, url: str) -> bool:
    """Whether the form was one of this site's own pages; ``url`` is its public base."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in _OURS
    origin = request.headers.get("origin")
    if origin is None:
        return True  # a browser says one of the two; what is none carries no reader with it
    host = _host(origin)
    return host is not None and host in (_host(url), request.headers.get("host"))


def _host(url: str) -> str | None:
    """Host and port; None for what names none (``null``, of a page without an origin)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts.netloc if parts.scheme in ("http", "https") and parts.netloc else None


async def fields(request: Request, *, limit: int, most: int, seconds: float) -> Mapping[str, str]:
    """The fields of an urlencoded form in UTF-8, the first of each name.

    Raises :class:`Refused`: 415 for another type, 413 for more than ``limit`` bytes, 408 when it
    takes longer than ``seconds``, 400 for what is no form, or has more than ``most`` fields.
    """
    found = await many(request, limit=limit, most=most, seconds=seconds)
    return {name: values[0] for name, values in found.items()}


async def many(
    request: Request, *, limit: int, most: int, seconds: float
) -> Mapping[str, Sequence[str]]:
    """The same with every value of each name, in their order."""
    return _parsed(await body(request, FORM, limit=limit, seconds=seconds), most)


async def body(request: Request, kind: str, *, limit: int, seconds: float) -> bytes:
    """A body of this type, in UTF-8. Raises :class:`Refused`: 415, 413, 408 as above, and 400 when
    it is not sent to its end."""
    said, _, parameters = request.headers.get("content-type", "").partition(";")
    if said.strip().lower() != kind:
        raise Refused(415, f"send {kind}")
    if parameters.strip().lower().replace('"', "") not in ("", "charset=utf-8"):
        raise Refused(415, "send UTF-8")
    if request.headers.get("content-encoding", "identity") != "identity":
        raise Refused(415, "send it without a content coding")
    try:
        async with asyncio.timeout(seconds):
            return await _whole(request, limit)
    except TimeoutError as error:
        raise Refused(408, f"it was not there in {seconds:g} s") from error
    except ClientDisconnect as error:
        raise Refused(400, "the connection ended before it did") from error


async def _whole(request: Request, limit: int) -> bytes:
    length = request.headers.get("content-length", "")
    if length.isdecimal() and (len(length) > 9 or int(length) > limit):
        raise Refused(413, f"send {limit} bytes at most")
    whole = bytearray()
    async for piece in request.stream():
        whole += piece
        if len(whole) > limit:
            raise Refused(413, f"send {limit} bytes at most")
    return bytes(whole)


def _parsed(body: bytes, most: int) -> Mapping[str, Sequence[str]]:
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=most,
        )
    except ValueError as error:
        raise Refused(400, "this is no form in UTF-8") from error
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found
