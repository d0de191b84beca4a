"""Renditions: shown with their picture, taken down with it, made again when they are lost."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from copytaster import darkroom
from copytaster.darkroom import RECIPE
from copytaster.darkroom import Sizes
from copytaster.newsroom.evidence import write_pack
from copytaster.newsroom.orders import dossier
from copytaster.newsroom.picture_orders import decide_picture
from copytaster.newsroom.picture_orders import told_picture
from copytaster.store import PictureState
from copytaster.store import Store
from copytaster.story import DecisionKind
from tests.darkroom.drawing import jpeg
from tests.newsroom.making import House
from tests.newsroom.photos import PHOTOS
from tests.newsroom.photos import Wall
from tests.newsroom.photos import photo

pytestmark = pytest.mark.anyio

QUAY = jpeg(1, (300, 200))
QUAY_ID = "urn:seaboard:photo:quay"
ALONE = Sizes(widths=(), webp=False)


@pytest.fixture
def wall(house: House) -> Wall:
    wall = Wall(house)
    wall.server.has = {f"{PHOTOS}/quay.jpg": QUAY}
    return wall


def files(house: House) -> list[Path]:
    return [path for path in house.desk.photos.folder._root.rglob("*") if path.is_file()]


async def statuses(house: House, addresses: list[str]) -> set[int]:
    return {(await house.get(address)).status_code for address in addresses}


async def test_a_page_offers_renditions_and_each_is_served(house: House, wall: Wall) -> None:
    story = house.send(associations={"main": photo()})
    await wall.fetch()
    _, *made = wall.addresses(QUAY_ID)
    page = LexborHTMLParser((await house.get(f"/s/{story.id}")).content)
    offered = " ".join(str(one.attributes["srcset"]) for one in page.css("figure [srcset]"))
    assert made
    for address in made:
        assert address in offered
        answer = await house.get(address)
        kind = address.rpartition(".")[2].replace("jpg", "jpeg")
        assert (answer.status_code, answer.headers["content-type"]) == (200, f"image/{kind}")
        assert answer.headers["cache-control"] == "public, max-age=0, must-revalidate"
        assert "sandbox" in answer.headers["content-security-policy"]
        again = await house.get(address, headers={"if-none-match": answer.headers["etag"]})
        assert again.status_code == 304
    assert len({(await house.get(address)).headers["etag"] for address in made}) == len(made)


async def test_an_address_that_no_rendition_has_is_not_there(house: House, wall: Wall) -> None:
    house.send(associations={"main": photo()})
    await wall.fetch()
    own = wall.address(QUAY_ID)
    wrong = [own.replace(".jpg", f"-{width}.jpg") for width in ("161", "0160", "9" * 9, "-160")]
    assert await statuses(house, wrong) == {404}


async def test_a_killed_picture_goes_with_every_rendition(house: House, wall: Wall) -> None:
    story = house.send(associations={"main": photo()})
    await wall.fetch()
    addresses = wall.addresses(QUAY_ID)
    left = files(house)[0].parent / f"{wall.known(QUAY_ID).name}-999.webp"
    left.write_bytes(b"named by no store")
    assert len(files(house)) == len(addresses) + 1
    one = addresses[-1]
    decide_picture(house.desk, DecisionKind.kill, one, reason="altered", by="an editor")
    assert await statuses(house, addresses) == {410}
    assert files(house) == []
    await wall.fetch()
    seen = {one.address for one in house.desk.store.receipts(story.id) if one.clean}
    assert set(addresses) <= seen
    assert (await house.get(one)).headers["cache-control"] == "no-store"


async def test_the_evidence_names_every_address_that_was_seen_to_be_gone(
    house: House, wall: Wall, tmp_path: Path
) -> None:
    story = house.send(associations={"main": photo()})
    await wall.fetch()
    decide_picture(house.desk, DecisionKind.kill, QUAY_ID, reason="altered", by="an editor")
    await wall.fetch()
    write_pack(house.desk, house.data, story.id, tmp_path / "pack.zip")
    with ZipFile(tmp_path / "pack.zip") as pack:
        (name,) = (one for one in pack.namelist() if one.endswith("story.json"))
        told = json.loads(pack.read(name))
    seen = {one["address"] for one in told["receipts"] if one["clean"]}
    assert set(wall.addresses(QUAY_ID)) <= seen


async def test_a_proof_is_not_given_while_one_rendition_is_there(
    house: House, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.send(associations={"main": photo()})
    await wall.fetch()
    stale = wall.addresses(QUAY_ID)[1]
    wall.stale = {stale: b"a copy in front of us"}
    monkeypatch.setattr("copytaster.newsroom.picture_proving._WAITS", ())
    decide_picture(house.desk, DecisionKind.kill, stale, reason="altered", by="an editor")
    await wall.fetch()
    assert wall.known(QUAY_ID).since is not None
    (dirty,) = (one for one in house.desk.store.receipts(house.story().id) if not one.clean)
    assert (dirty.address, dirty.status) == (stale, 200)


async def test_a_shell_is_told_every_address_of_a_picture(house: House, wall: Wall) -> None:
    house.send(associations={"main": photo()})
    await wall.fetch()
    own, *made = wall.addresses(QUAY_ID)
    told = told_picture(house.desk, wall.known(QUAY_ID).name)
    assert (told["address"], told["renditions"]) == (own, made)


@pytest.mark.parametrize("sent", [b"<svg/>", QUAY[:900]], ids=["no picture", "half of one"])
async def test_a_story_says_why_a_picture_is_missing(sent: bytes, house: House, wall: Wall) -> None:
    wall.server.has = {f"{PHOTOS}/quay.jpg": sent}
    story = house.send(associations={"main": photo()})
    await wall.fetch()
    (told,) = dossier(house.desk, story.id)["pictures"]
    assert (told["shown"], told["state"], told["next"]) == (False, "not fetched", None)
    assert "not decoded" in told["because"]
    assert (await house.get(f"/s/{story.id}")).status_code == 200


async def test_a_rendition_that_is_lost_is_made_again_without_the_agency(
    house: House, wall: Wall
) -> None:
    house.send(associations={"main": photo()})
    await wall.fetch()
    _, lost, *_ = wall.addresses(QUAY_ID)
    before = (await house.get(lost)).content
    next(path for path in files(house) if path.name == lost.rpartition("/")[2]).unlink()
    wall.server.has = {}
    assert (await house.get(lost)).status_code == 503
    await wall.fetch()
    answer = await house.get(lost)
    assert (answer.status_code, answer.content) == (200, before)


def as_before(house: House, wall: Wall, data: bytes = QUAY) -> None:
    """A picture that was shown before there were renditions."""
    made = darkroom.develop(QUAY, ALONE)
    wall.developed = replace(made, data=data)


async def test_a_picture_shown_before_there_were_renditions_gets_them(
    house: House, wall: Wall
) -> None:
    as_before(house, wall)
    story = house.send(associations={"main": photo()})
    await wall.fetch()
    assert wall.addresses(QUAY_ID) == [wall.address(QUAY_ID)]
    wall.developed = None
    make_old(house.desk.store, wall)
    wall.server.has = {}
    await wall.fetch()
    own, *made = wall.addresses(QUAY_ID)
    assert made
    assert await statuses(house, [own, *made]) == {200}
    page = (await house.get(f"/s/{story.id}")).text
    assert all(address in page for address in made)
    assert house.story().edition == 1
    assert wall.known(QUAY_ID).recipe == RECIPE


async def test_bytes_that_would_not_be_served_today_are_exchanged_and_proved_gone(
    house: House, wall: Wall
) -> None:
    as_before(house, wall, data=QUAY + b"<html>what nobody looked at</html>")
    story = house.send(associations={"main": photo()})
    await wall.fetch()
    before = wall.address(QUAY_ID)
    wall.developed = None
    make_old(house.desk.store, wall)
    await wall.fetch()
    after = wall.address(QUAY_ID)
    assert after != before
    assert (await house.get(after)).content == QUAY
    assert (await house.get(before)).status_code == 410
    assert before.encode() not in (await house.get(f"/s/{story.id}")).content
    old = house.desk.store.pictures.get(before[7:39])
    assert old is not None
    assert (old.state, old.first_public is None) == (PictureState.good, False)
    assert [path for path in files(house) if path.name.startswith(old.name)] == []


async def test_a_picture_for_which_there_was_no_time_is_tried_again(
    house: House, wall: Wall
) -> None:
    wall.developed = darkroom.Late("not decoded within 120 s")
    story = house.send(associations={"main": photo()})
    await wall.fetch()
    (told,) = dossier(house.desk, story.id)["pictures"]
    assert told["because"] == "not decoded within 120 s"
    assert told["next"] is not None
    wall.developed = None
    house.wait(seconds=10)
    await wall.fetch()
    assert await statuses(house, wall.addresses(QUAY_ID)) == {200}


async def test_a_picture_of_which_nothing_can_be_made_is_shown_as_it_was(
    house: House, wall: Wall
) -> None:
    as_before(house, wall)
    house.send(associations={"main": photo()})
    await wall.fetch()
    make_old(house.desk.store, wall)
    wall.developed = darkroom.Unfit("nobody could")
    await wall.fetch()
    assert wall.known(QUAY_ID).recipe == RECIPE
    assert await statuses(house, wall.addresses(QUAY_ID)) == {200}


def make_old(store: Store, wall: Wall) -> None:
    store.pictures.develop_again(wall.known(QUAY_ID).sha256)
    assert wall.known(QUAY_ID).recipe == 0
