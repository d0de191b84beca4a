"""What machines may do, said on every answer (publishing §5).

A story's own addresses speak for its agency's contracts; everything else may hold copy of any
agency with a live story, and speaks for all of them. Of these and the site's policy the
stricter holds.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from functools import cache

from starlette.types import ASGIApp
from starlette.types import Message
from starlette.types import Receive
from starlette.types import Scope
from starlette.types import Send

from copytaster import press
from copytaster.press import Uses
from copytaster.web._door import Newsroom

_NAME = b"content-usage"
Raw = tuple[tuple[bytes, bytes], ...]


class Usage:
    """The uses that are allowed, as the store stands."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._kept: tuple[int, Uses] = (-1, Uses())
        self.of = cache(self._of)

    def _of(self, agency: str) -> Mapping[str, str]:
        """The headers of a story of this agency."""
        house = self._newsroom.house
        return press.usage_headers(house.uses(agency), house.site)

    def shared(self) -> Uses:
        """Of whatever may hold copy of any agency that readers see now."""
        store = self._newsroom.store
        sequence = store.sequence  # read first: what comes later makes it stale
        if self._kept[0] != sequence:
            self._kept = (sequence, self._newsroom.house.shared_uses(store.agencies()))
        return self._kept[1]


class SaysUsage:
    """Puts the headers on answers that do not have them of their own."""

    def __init__(self, app: ASGIApp, newsroom: Newsroom) -> None:
        self._app = app
        self._usage = Usage(newsroom)
        self._site = newsroom.house.site
        self._raw = cache(self._headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def saying(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = message.get("headers", ())
                message["headers"] = [*said, *self._missing({name for name, _ in said})]
            await send(message)

        await self._app(scope, receive, saying if scope["type"] == "http" else send)

    def _missing(self, said: Iterable[bytes]) -> Raw:
        wanted = () if _NAME in said else self._raw(self._usage.shared())
        return (*wanted, *(one for one in self._unlisted if one[0] not in said))

    @property
    def _unlisted(self) -> Raw:
        """A site that is for no search engine says so everywhere."""
        return () if self._site.uses.search else ((b"x-robots-tag", b"noindex"),)

    def _headers(self, uses: Uses) -> Raw:
        headers = press.usage_headers(uses, self._site)
        return tuple((name.encode(), value.encode("latin-1")) for name, value in headers.items())
