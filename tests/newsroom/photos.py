"""An agency's picture server, without a network: what it has, and what it was asked for."""

from collections.abc import Callable
from functools import cache
from typing import Any

from copytaster.channels import picture_path
from copytaster.channels import rendition_path
from copytaster.darkroom import Developed
from copytaster.darkroom import Sizes
from copytaster.darkroom import Unfit
from copytaster.darkroom import develop
from copytaster.newsroom.picture_proving import PictureProver
from copytaster.newsroom.picturing import Picturing
from copytaster.store import Picture
from copytaster.store import StoryPicture
from copytaster.wire import Fetch
from copytaster.wire import Fetched
from copytaster.wire import Unreachable
from tests.newsroom.making import House

PHOTOS = "https://photos.seaboard.example"


class Server:
    """Gives what it has; what it has not, it refuses with 404."""

    def __init__(self) -> None:
        self.has: dict[str, bytes | int] = {}
        """URL → bytes, or a status; 0 for no answer"""
        self.asked: list[str] = []

    async def fetch(self, request: Fetch) -> Fetched:
        self.asked.append(request.url)
        given = self.has.get(request.url, 404)
        if given == 0:
            raise Unreachable(f"{request.url}: no answer")
        status, body = (given, b"") if isinstance(given, int) else (200, given)
        return Fetched(status=status, headers={}, body=body, final_url=request.url)

    async def aclose(self) -> None:
        """Nothing is held."""


class Pager:
    """Keeps what a person was called for, until it is over."""

    def __init__(self, calls: list[tuple[str, str]]) -> None:
        self.calls = calls

    def __call__(self, code: str, text: str, about: str | None = None) -> None:
        self.calls.append((code, text))

    def over(self, code: str, about: str) -> None:
        self.calls[:] = [call for call in self.calls if call[0] != code]


class Wall:
    """A house with a photo desk: pictures are fetched from ``server`` when they are due."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.server = Server()
        self.calls: list[tuple[str, str]] = []
        pager = Pager(self.calls)
        house.desk.alert = pager
        prover = PictureProver(house.desk, self._fetch, pager)
        self._picturing = Picturing(
            house.desk, self._call, prover, develop=self._develop, client=lambda _: self.server
        )
        self.stale: dict[str, bytes] = {}
        """what a cache before the site still serves, by address"""
        self.developed: Developed | Unfit | None = None
        """what the darkroom makes of anything; None: what there is to make of it"""

    async def _call(self, order: Callable[[], Any]) -> Any:
        done = order()
        self.house.desk.settle()
        return done

    async def _fetch(self, address: str) -> tuple[int, bytes]:
        if address in self.stale:
            return 200, self.stale[address]
        answer = await self.house.get(address)
        return answer.status_code, answer.content

    async def _develop(self, data: bytes, sizes: Sizes) -> Developed:
        if isinstance(self.developed, Unfit):
            raise self.developed
        return self.developed or _developed(data, _FEW)

    async def fetch(self) -> None:
        """Fetch what is due now, prove what is owed, and press what follows from it."""
        await self._picturing.settle()
        self.house.desk.settle()

    def pictures(self, guid: str = "") -> list[StoryPicture]:
        story = self.house.story(guid) if guid else self.house.story()
        return self.house.desk.store.pictures.of(story.id)

    def known(self, id: str) -> Picture:
        (picture,) = self.house.desk.store.pictures.named(None, id)
        return picture

    def addresses(self, id: str) -> list[str]:
        """Its own, and those of its renditions."""
        picture = self.known(id)
        made = picture.renditions
        return [
            self.address(id),
            *(rendition_path(picture.name, one.media_type, one.width) for one in made),
        ]

    def address(self, id: str) -> str:
        picture = self.known(id)
        return picture_path(picture.name, picture.media_type)


_FEW = Sizes(widths=(160,))
_developed = cache(develop)
"""every test sends the same few pictures"""


def photo(name: str = "quay", **facts: Any) -> dict[str, Any]:
    """A ninjs association: a usable picture of this name."""
    given = {
        "name": name,
        "uri": f"urn:seaboard:photo:{name}",
        "type": "picture",
        "pubstatus": "usable",
        "renditions": [{"name": "web", "href": f"{PHOTOS}/{name}.jpg", "mimetype": "image/jpeg"}],
    }
    return {key: value for key, value in (given | facts).items() if value is not None}
