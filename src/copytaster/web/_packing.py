"""Answers sent gzipped to readers who take that: a page in a third of the bytes, or less.

Only what any cache may keep is packed, which is the same for everybody: it holds no secret whose
length could tell of it. Who takes gzip is told weak ETags, since other bytes that mean the same
are sent to others (RFC 9110 §8.8.1); a reader's copy is compared without regard to that
(§13.1.2). Starlette's own middleware packs each answer anew, on the loop, and leaves the ETag
strong.
"""

import gzip
from collections import OrderedDict

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp
from starlette.types import Message
from starlette.types import Receive
from starlette.types import Scope
from starlette.types import Send

from copytaster.web import _answer

_LEVEL = 6
_SMALLEST = 1024
_LARGEST = 4 * 1024 * 1024
_ON_THE_LOOP = 64 * 1024
"""bytes packed where they stand, in some 2 ms; more of them on a thread"""
_KEPT = 16 * 1024 * 1024
"""bytes of bodies kept with what they were packed to"""
_WORDY = ("text/", "application/json", "application/xml", "image/svg+xml")


class Packing:
    """Packs the answers of the application behind it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._packed = _Packed()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        taken = takes_gzip(Headers(scope=scope).get("accept-encoding", ""))
        head: Message | None = None  # it waits until the body is seen

        async def packing(message: Message) -> None:
            nonlocal head
            if message["type"] == "http.response.start" and _varies(message):
                MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
                if taken:
                    _weaken(message)
                if taken and message["status"] == 200:
                    head = message
                    return
            if head is not None:
                if not message.get("more_body", False):
                    message = await self._pack(head, message)
                await send(head)
                head = None
            await send(message)

        await self._app(scope, receive, packing)

    async def _pack(self, head: Message, message: Message) -> Message:
        """The body packed, and its head changed to say so; the same body where it is no gain."""
        body = message.get("body", b"")
        if not _SMALLEST <= len(body) <= _LARGEST:
            return message
        packed = await self._packed.of(body)
        headers = MutableHeaders(scope=head)
        headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(packed))
        if "repr-digest" in headers:  # of the bytes as they are sent (RFC 9530 §3.1)
            headers["repr-digest"] = _answer.digest(packed)
        return {**message, "body": packed}


class _Packed:
    """What bodies were packed to: those last asked for, within the memory they may have."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._bytes = 0

    async def of(self, body: bytes) -> bytes:
        """The body gzipped."""
        packed = self._kept.get(body)
        if packed is not None:
            self._kept.move_to_end(body)
            return packed
        if len(body) <= _ON_THE_LOOP:
            packed = _gzip(body)
        else:
            packed = await to_thread.run_sync(_gzip, body)
        self._keep(body, packed)
        return packed

    def _keep(self, body: bytes, packed: bytes) -> None:
        if body in self._kept:
            return  # another asked for it meanwhile
        self._kept[body] = packed
        self._bytes += len(body) + len(packed)
        while self._bytes > _KEPT:
            oldest, made = self._kept.popitem(last=False)
            self._bytes -= len(oldest) + len(made)


def takes_gzip(accepted: str) -> bool:
    """Whether a reader with this ``Accept-Encoding`` takes gzip (RFC 9110 §12.5.3)."""
    weights: dict[str, bool] = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        weights[name.strip()] = weight.replace(" ", "").rstrip("0.") != "q="
    return weights.get("gzip", weights.get("*", False))


def _varies(head: Message) -> bool:
    """Whether an answer is one that is packed for some."""
    headers = Headers(raw=head["headers"])
    if not headers.get("cache-control", "").startswith("public"):
        return False
    kind = headers.get("content-type", "").partition(";")[0]
    return head["status"] == 304 or kind.startswith(_WORDY) or kind.endswith(("+json", "+xml"))


def _weaken(head: Message) -> None:
    headers = MutableHeaders(scope=head)
    etag = headers.get("etag")
    if etag is not None and not etag.startswith("W/"):
        headers["etag"] = f"W/{etag}"


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, _LEVEL, mtime=0)
