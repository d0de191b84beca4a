"""The one outgoing HTTP client: guarded, bounded, without memory.

In: a :class:`Fetch`. Out: a :class:`Fetched`, or a :class:`FetchError`:

    FetchError
    ├── Forbidden     the address, scheme or redirect is not allowed; nothing was sent there
    ├── TooBig        more bytes than the limit, on the wire or inflated
    ├── TooSlow       not finished within the time allowed
    ├── Garbled       the content coding is unknown, broken or cut short
    └── Unreachable   no such host, no connection, or an answer that is not HTTP

It reads no proxy variable (a proxy walks round the guard of ``_guard.py``), keeps no cookies,
and writes no log line: an agency's key may be in the address. Not its business: what an
answer means; every status comes back as it is.
"""

import asyncio
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import httpcore2
import httpx2
import msgspec

from copytaster.wire._door import FetchError
from copytaster.wire._door import Forbidden
from copytaster.wire._door import Garbled
from copytaster.wire._door import TooBig
from copytaster.wire._door import TooSlow
from copytaster.wire._door import Unreachable
from copytaster.wire._guard import GuardedBackend
from copytaster.wire._guard import Network
from copytaster.wire._inflate import CODINGS
from copytaster.wire._inflate import Inflater

LIMIT = 16 * 1024 * 1024
REDIRECTS = 5

_MOVED = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_BODILESS = frozenset({204, 304})


class Secret:
    """A word that must never be seen in a log: it shows itself as ``Secret(…)``."""

    __slots__ = ("word",)

    def __init__(self, word: str) -> None:
        self.word = word

    def __repr__(self) -> str:
        return "Secret(…)"


class Fetch(msgspec.Struct, frozen=True, kw_only=True):
    """One request. Header values are latin-1 text, sent exactly as given."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = {}
    secrets: Mapping[str, Secret] = {}
    """headers sent only to the origin of ``url``, not to where it redirects"""
    body: bytes = b""
    limit: int = LIMIT
    """bytes of body, on the wire and inflated"""
    ratio: float = 100.0
    """inflated bytes per wire byte, beyond the first mebibyte"""
    seconds: float = 30.0
    """for everything, redirects included"""
    redirects: int = REDIRECTS
    """how many are followed; with none, the answer that redirects is the answer"""


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """The answer. Header names are lower case; values latin-1 text, exactly as received."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    final_url: str
    moved_to: str | None = None
    """where the unbroken run of permanent redirects (301, 308) from the start led"""
    wire_bytes: int = 0
    seconds: float = 0.0

    @property
    def permanent(self) -> bool:
        """Whether every hop to ``final_url`` was a permanent redirect, and there was one."""
        return self.moved_to is not None and self.moved_to == self.final_url


class Client:
    """Fetches, over connections kept open. One client serves one set of allowed networks:
    connections are pooled by origin, and must not be shared with those who may not go there.
    """

    def __init__(self, allow: tuple[Network, ...] = (), agent: str = "Copytaster") -> None:
        self._agent = agent
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=httpx2.create_ssl_context(),
            network_backend=GuardedBackend(allow),
            max_connections=64,
            max_keepalive_connections=32,
            keepalive_expiry=120.0,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()

    async def fetch(self, request: Fetch) -> Fetched:
        """The answer to ``request``, its redirects followed (GET and HEAD only)."""
        where = shown(request.url)
        loop = asyncio.get_running_loop()
        started = loop.time()
        try:
            async with asyncio.timeout(request.seconds):
                fetched = await self._follow(request)
        except FetchError as error:
            raise type(error)(f"{where}: {error}") from error
        except (TimeoutError, httpcore2.TimeoutException) as error:
            raise TooSlow(f"{where}: no whole answer in {request.seconds:g} s") from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            raise Unreachable(f"{where}: {str(error) or type(error).__name__}") from error
        return msgspec.structs.replace(fetched, seconds=loop.time() - started)

    async def _follow(self, request: Fetch) -> Fetched:
        url = _address(request.url)
        home = _origin(url)
        moved_to, for_good = None, True
        for _ in range(request.redirects + 1):
            fetched, target = await self._hop(request, url, at_home=_origin(url) == home)
            if target is None or not request.redirects:
                return msgspec.structs.replace(fetched, moved_to=moved_to)
            for_good = for_good and fetched.status in _FOR_GOOD
            moved_to = str(target) if for_good else moved_to
            url = target
        raise Forbidden(f"more than {request.redirects} redirects")

    async def _hop(
        self, request: Fetch, url: httpx2.URL, *, at_home: bool
    ) -> tuple[Fetched, httpx2.URL | None]:
        answer = await self._pool.handle_async_request(
            self._question(request, url, at_home=at_home)
        )
        try:
            headers = _headers(answer.headers)
            target = _target(request, url, answer.status, headers)
            bodiless = target or request.method == "HEAD" or answer.status in _BODILESS
            body, wire = (b"", 0) if bodiless else await _body(request, answer, headers)
        finally:
            await answer.aclose()
        fetched = Fetched(
            status=answer.status,
            headers=headers,
            body=body,
            final_url=str(url),
            wire_bytes=wire,
        )
        return fetched, target

    def _question(self, request: Fetch, url: httpx2.URL, *, at_home: bool) -> httpcore2.Request:
        headers = {
            "host": url.netloc.decode("ascii"),
            "user-agent": self._agent,
            "accept-encoding": CODINGS,
        }
        headers |= {name.lower(): value for name, value in request.headers.items()}
        if at_home:
            headers |= {name.lower(): secret.word for name, secret in request.secrets.items()}
        if request.body or request.method not in ("GET", "HEAD"):
            headers["content-length"] = str(len(request.body))
        return httpcore2.Request(
            request.method,
            httpcore2.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=[(k.encode("latin-1"), v.encode("latin-1")) for k, v in headers.items()],
            content=request.body,
            extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), 20.0)},
        )


def shown(url: str) -> str:
    """The address for people and logs: without user, query and fragment, which may be keys."""
    try:
        parts = httpx2.URL(url)
        return str(parts.copy_with(userinfo=b"", query=None, fragment=None))
    except (httpx2.InvalidURL, UnicodeError, ValueError):
        return "an address that is not a URL"


def origin(url: str) -> str:
    """Scheme, host and port: what one server's limits are counted by."""
    scheme, host, port = _origin(_address(url))
    return f"{scheme}://{host}:{port}"


def _address(url: str) -> httpx2.URL:
    try:
        parts = httpx2.URL(url)
    except (httpx2.InvalidURL, UnicodeError, ValueError) as error:
        raise Forbidden(f"not a URL: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.host:
        raise Forbidden(f"scheme {parts.scheme[:20]!r} is not allowed; use https or http")
    if parts.userinfo:
        raise Forbidden("a user or password in the address is not allowed; use a secret")
    return parts


def _origin(url: httpx2.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, url.port or {"http": 80, "https": 443}[url.scheme]


def _headers(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _target(
    request: Fetch, url: httpx2.URL, status: int, headers: Mapping[str, str]
) -> httpx2.URL | None:
    """Where the answer sends us, if it does and it may."""
    location = headers.get("location")
    if status not in _MOVED or not location or request.method not in ("GET", "HEAD"):
        return None
    try:
        target = _address(str(url.join(location)))
    except (httpx2.InvalidURL, UnicodeError, ValueError) as error:
        raise Forbidden(f"redirect to something that is not a URL: {error}") from error
    if url.scheme == "https" and target.scheme != "https":
        raise Forbidden("redirect from https to http")
    return target


async def _body(
    request: Fetch, answer: httpcore2.Response, headers: Mapping[str, str]
) -> tuple[bytes, int]:
    inflater = Inflater(headers.get("content-encoding"), request.limit, request.ratio)
    length = headers.get("content-length", "")
    if length.isdecimal() and len(length) < 20 and int(length) > request.limit:
        raise TooBig(f"announces {length} bytes; the limit is {request.limit}")
    plain = bytearray()
    async for piece in answer.aiter_stream():
        for part in inflater.feed(piece):
            plain += part
    inflater.finish()
    return bytes(plain), inflater.wire


__all__ = [
    "Client",
    "Fetch",
    "FetchError",
    "Fetched",
    "Forbidden",
    "Garbled",
    "Secret",
    "TooBig",
    "TooSlow",
    "Unreachable",
    "origin",
    "shown",
]
