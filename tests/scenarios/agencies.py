"""The scripted agencies' picture servers, without a network."""

from functools import cache
from urllib.parse import urlsplit

from copytaster import darkroom
from copytaster.darkroom import Developed
from copytaster.demo.drawings import draw
from copytaster.wire import Fetch
from copytaster.wire import Fetched


class Agencies:
    """Every agency has every picture: it draws it."""

    async def fetch(self, request: Fetch) -> Fetched:
        agency, name = urlsplit(request.url).path.lstrip("/").removesuffix(".jpg").split("/")
        data = draw(agency, name)
        return Fetched(status=200, headers={}, body=data, final_url=request.url)

    async def aclose(self) -> None:
        """Nothing is held."""


@cache
def developed(data: bytes) -> Developed:
    """Scripts are played many times over the same few pictures."""
    return darkroom.develop(data)


async def develop(data: bytes) -> Developed:
    return developed(data)
