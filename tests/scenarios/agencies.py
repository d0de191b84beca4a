"""The scripted agencies' picture servers, without a network."""

from functools import cache
from urllib.parse import urlsplit

from copytaster import darkroom
from copytaster.darkroom import Developed
from copytaster.darkroom import Sizes
from copytaster.demo.drawings import draw
from copytaster.wire import Fetch
from copytaster.wire import Fetched

FEW = Sizes(widths=(320,))


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
    return darkroom.develop(data, FEW)


async def develop(data: bytes, sizes: Sizes) -> Developed:
    return developed(data)
