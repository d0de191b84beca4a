"""The patrol looks at pictures as it looks at words: seen where they may be, and nowhere else."""

import httpx2
import pytest

from copytaster.newsroom.patrol import Patrol
from copytaster.newsroom.picture_orders import decide_picture
from copytaster.story import DecisionKind
from tests.darkroom.drawing import jpeg
from tests.door import Door
from tests.newsroom.calls import Calls
from tests.newsroom.making import BASE
from tests.newsroom.making import House
from tests.newsroom.photos import PHOTOS
from tests.newsroom.photos import Wall
from tests.newsroom.photos import photo
from tests.newsroom.stale import Stale

pytestmark = pytest.mark.anyio

QUAY_ID = "urn:seaboard:photo:quay"


async def _no_time(seconds: float) -> None:
    """Nobody waits."""


@pytest.fixture
async def wall(house: House) -> Wall:
    wall = Wall(house)
    wall.server.has = {f"{PHOTOS}/quay.jpg": jpeg(1, (300, 200))}
    house.send(associations={"main": photo()})
    await wall.fetch()
    return wall


async def look(house: House) -> tuple[Stale, Calls]:
    return await look_behind(house, {})


async def look_behind(house: House, cached: dict[str, bytes]) -> tuple[Stale, Calls]:
    """One look at the story, where a cache before the site serves what is given."""
    calls = Calls()
    site = Door(house.site, raising=False)
    async with Stale(BASE, site) as reader:

        async def answer(path: str) -> httpx2.Response | None:
            return httpx2.Response(200, content=cached[path]) if path in cached else None

        reader.answer = answer
        await Patrol(house.desk, reader.reader, calls, sleep=_no_time).story(house.story())
        return reader, calls


def found(house: House) -> list[tuple[str, str]]:
    return [(one.address, one.code) for one in house.desk.store.findings()]


async def test_of_a_picture_that_is_shown_its_own_file_and_a_rendition_are_looked_at(
    house: House, wall: Wall
) -> None:
    own, *made = wall.addresses(QUAY_ID)
    reader, _ = await look(house)
    assert own in reader.asked
    assert len(set(made) & set(reader.asked)) == 1
    assert found(house) == []


async def test_of_a_picture_that_was_taken_back_every_file_is_looked_at(
    house: House, wall: Wall
) -> None:
    decide_picture(house.desk, DecisionKind.kill, QUAY_ID, reason="altered", by="an editor")
    reader, _ = await look(house)
    assert set(wall.addresses(QUAY_ID)) <= set(reader.asked)
    assert found(house) == []


@pytest.mark.parametrize("deed", ["picture", "story"])
async def test_a_copy_of_what_was_taken_back_calls_a_person(
    deed: str, house: House, wall: Wall
) -> None:
    address = wall.addresses(QUAY_ID)[1]
    if deed == "story":
        house.kill()
    else:
        decide_picture(house.desk, DecisionKind.kill, QUAY_ID, reason="altered", by="an editor")
    _, calls = await look_behind(house, {address: b"what a cache still has"})
    assert found(house) == [(address, "picture-visible")]
    assert [code for code, *_ in calls.all] == ["patrol-critical"]
    await look(house)
    assert found(house) == []


async def test_a_file_of_ours_that_is_not_what_was_kept_is_made_again(
    house: House, wall: Wall
) -> None:
    _, made, *_ = wall.addresses(QUAY_ID)
    photos = house.desk.photos.folder
    right = (await house.get(made)).content
    photos.write(made.rpartition("/")[2], b"half of a pic")
    await look(house)
    assert found(house) == [(made, "bytes-differ")]
    await wall.fetch()
    assert (await house.get(made)).content == right
    await look(house)
    assert found(house) == []


async def test_what_a_cache_serves_instead_is_told_and_nothing_of_ours_is_touched(
    house: House, wall: Wall
) -> None:
    own, *_ = wall.addresses(QUAY_ID)
    await look_behind(house, {own: b"another picture"})
    assert found(house) == [(own, "bytes-differ")]
    assert wall.server.asked == [f"{PHOTOS}/quay.jpg"]
    assert house.desk.store.pictures.wanted(house.now, 1) == []
