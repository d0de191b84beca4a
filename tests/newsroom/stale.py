"""A reader behind somebody's cache: real HTTP to the site, but for what the cache answers."""

from collections.abc import Awaitable
from collections.abc import Callable

import httpx2

from copytaster.newsroom._reader import Reader

Answer = Callable[[str], Awaitable[httpx2.Response | None]]


async def _fresh(path: str) -> None:
    """Nothing is in the cache."""


class Stale(httpx2.AsyncBaseTransport):
    """``answer`` says what the cache answers for a path; None: it asks the site."""

    def __init__(self, base: str, site: httpx2.AsyncBaseTransport | None = None) -> None:
        self._site = site or httpx2.AsyncHTTPTransport()
        self.answer: Answer = _fresh
        self.asked: list[str] = []
        self._kept: dict[str, httpx2.Response] = {}
        self._keeps: Callable[[str], bool] = lambda path: False
        self.reader = Reader(base, transport=self)

    async def __aenter__(self) -> "Stale":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.reader.close()

    def keep(self, wanted: Callable[[str], bool]) -> None:
        """Answer these addresses for ever as they were answered first."""
        self._keeps = wanted

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path
        self.asked.append(path)
        answer = self._kept.get(path) or await self.answer(path)
        if answer is None:
            answer = await self._site.handle_async_request(request)
            if self._keeps(path) and answer.status_code == 200:
                self._kept[path] = httpx2.Response(
                    200, headers=_kept_headers(answer), content=await answer.aread()
                )
                answer = self._kept[path]
        return answer

    async def aclose(self) -> None:
        await self._site.aclose()


def _kept_headers(answer: httpx2.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "content-length"}
