"""A desk's public addresses: which one is meant, and fetching them as any reader does.

Bounded in bytes and time; never off the site that was named, wherever an answer points; never
faster than the pace. What a reader would not fetch is not fetched.
"""

import asyncio
import re
from collections.abc import Callable
from collections.abc import Mapping
from ipaddress import ip_address
from types import TracebackType
from typing import Final
from typing import Self
from urllib.parse import urlsplit

import msgspec

from copytaster.inspection._errors import NoAddress
from copytaster.inspection._errors import NoAnswer
from copytaster.ledger import Read
from copytaster.ledger import leaf
from copytaster.ledger import tiles
from copytaster.wire import Client
from copytaster.wire import Fetch
from copytaster.wire import FetchError
from copytaster.wire import Network
from copytaster.wire import networks

LOG: Final = "/log/"
_LARGEST = 16 * 1024 * 1024
"""bytes of a page: a body of 50,000 words is a thirtieth of it"""
_SECONDS = 30.0
_GONE = (404, 410)
_LOOPBACK = networks(("127.0.0.0/8", "::1/128"))
_STORY = re.compile(
    rf"(?P<base>.*)/s/(?P<story>{leaf.STORY})(?:/v(?P<edition>[1-9][0-9]{{0,8}}))?"
    r"(?:\.(?:txt|json|tlog-proof))?/?",
    re.ASCII,
)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What an address answered. Names of headers are in lower case."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = {}


Get = Callable[[str], Answer]
"""asks a site's address, given from its root on (``/s/…``); raises :class:`NoAnswer`"""


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """A story, or one edition of it, at its address."""

    site: str
    story: str
    edition: int | None = None
    """None: the newest"""

    @property
    def path(self) -> str:
        """``/s/<id>`` or ``/s/<id>/v<n>``; what is added gives its other forms."""
        return f"/s/{self.story}" + ("" if self.edition is None else f"/v{self.edition}")

    @property
    def url(self) -> str:
        """The whole address of its page."""
        return self.site + self.path


def target(url: str) -> Target:
    """Which story an address means. Raises :class:`NoAddress`."""
    site, path = _parted(url)
    found = _STORY.fullmatch(path)
    if found is None:
        raise NoAddress(f"{url[:200]} is no story's address; it looks like https://…/s/<id>")
    edition = found["edition"]
    return Target(
        site=site + found["base"],
        story=found["story"],
        edition=None if edition is None else int(edition),
    )


def root(url: str) -> str:
    """The site that any address of it means: scheme, host, and the path it lives under."""
    site, path = _parted(url)
    found = _STORY.fullmatch(path)
    return site + (found["base"] if found is not None else path.rstrip("/"))


def _parted(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise NoAddress(f"{url[:200]!r} is no web address: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NoAddress(f"{url[:200]!r} is no web address; begin it with https://")
    if "@" in parts.netloc:
        raise NoAddress("a user or password in an address is not sent to anybody; leave it out")
    return f"{parts.scheme}://{parts.netloc.lower()}", parts.path


def is_loopback(site: str) -> bool:
    """Whether it is on this machine: its address says nothing about whose it is."""
    host = urlsplit(site).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _allowed(site: str) -> tuple[Network, ...]:
    """What may be spoken to beside the public network: this machine or a private address, if
    that is what was asked for. A public name that leads there is refused (``wire._guard``)."""
    if is_loopback(site):
        return _LOOPBACK
    try:
        return networks((str(ip_address(urlsplit(site).hostname or "")),))
    except ValueError:
        return ()


class Visit:
    """Fetching from one site, one address after the other. Use it as a context manager."""

    def __init__(self, site: str, pace: Callable[[], None] | None = None) -> None:
        """``pace`` is called before each request, and waits."""
        self._site = site
        self._pace = pace
        self._runner = asyncio.Runner()
        self._client = Client(_allowed(site), agent="Copytaster (reading the public log)")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._runner:
            self._runner.run(self._client.aclose())

    def get(self, path: str) -> Answer:
        """What the address answers now. Raises :class:`NoAnswer`."""
        if self._pace is not None:
            self._pace()
        asked = Fetch(
            url=self._site + path,
            headers={"cache-control": "no-cache"},
            limit=_LARGEST,
            seconds=_SECONDS,
            redirects=0,
        )
        try:
            fetched = self._runner.run(self._client.fetch(asked))
        except FetchError as error:
            raise NoAnswer(str(error)) from error
        if 300 <= fetched.status < 400:
            where = fetched.headers.get("location", "nowhere")[:200]
            raise NoAnswer(f"{asked.url} sends on to {where!r}; give the address that it has there")
        return Answer(status=fetched.status, body=fetched.body, headers=fetched.headers)


def log_of(get: Get) -> Read:
    """The files of a site's log, each fetched once. What is not there is None; an answer that
    says neither that a file is there nor that it is not raises :class:`NoAnswer`."""
    kept: dict[str, bytes | None] = {}

    def read(path: str) -> bytes | None:
        if path not in kept:
            kept[path] = _file(get, path)
        return kept[path]

    return read


def _file(get: Get, path: str) -> bytes | None:
    answer = get(LOG + path)
    if answer.status in _GONE:
        return None
    if answer.status != 200:
        raise NoAnswer(f"{LOG}{path} answered {answer.status}; try again later")
    return answer.body


def checkpoint_of(read: Read) -> bytes:
    """The log's checkpoint as it was read. Raises :class:`NoAnswer` where there is none."""
    data = read(tiles.CHECKPOINT)
    if data is None:
        raise NoAnswer(f"the site has no {LOG}{tiles.CHECKPOINT}: it keeps no public log")
    return data
