"""The public site as somebody outside sees it: over HTTP, through whatever stands in front."""

import ssl
from collections.abc import Mapping
from functools import cache

import httpx2
import msgspec

_BODY_LIMIT = 64 * 1024 * 1024
_TIMEOUT = 10.0


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What one address answered."""

    status: int
    headers: Mapping[str, str]
    """names in lower case"""
    body: bytes


@cache
def trusted() -> ssl.SSLContext:
    """The certificates of the machine. To read them takes 50 ms of a desk that is starting: all
    who look at the public site share them."""
    return httpx2.create_ssl_context(trust_env=False)


class Reader:
    """Fetches public addresses at ``base``; follows no redirect, sends no cookie.

    ``transport``: how they are fetched, when not over the network.
    """

    def __init__(self, base: str, *, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self._client = httpx2.AsyncClient(
            base_url=base,
            trust_env=False,
            timeout=_TIMEOUT,
            verify=trusted(),
            transport=transport,
        )

    async def get(self, address: str) -> Answer:
        """Raises httpx2.HTTPError when nothing answers, ValueError for an endless body."""
        async with self._client.stream("GET", address) as response:
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > _BODY_LIMIT:
                    raise ValueError(f"{address}: more than {_BODY_LIMIT} bytes")
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(status=response.status_code, headers=headers, body=bytes(body))

    async def look(self, address: str) -> tuple[int, bytes]:
        """Status and body, as the proof of a withdrawal wants them."""
        answer = await self.get(address)
        return answer.status, answer.body

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()
