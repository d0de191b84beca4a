"""Packs that a chief takes away: of a story, and of a whole recall."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import httpx2
import pytest

from copytaster.newsroom.proving import Prover
from tests.door import Door
from tests.newsroom.making import BASE
from tests.newsroom.making import House
from tests.pager import Pager
from tests.web.desk.making import App
from tests.web.desk.making import seen
from tests.web.desk.test_recall import CHIEF
from tests.web.desk.test_recall import look
from tests.web.desk.test_wire import send

pytestmark = pytest.mark.anyio


@pytest.fixture
def app(house: House) -> App:
    return App(house)


def opened(answer: httpx2.Response) -> dict[str, bytes]:
    """The members of a pack, each of which has the sum that stands in it."""
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as zip:
        members = {name: zip.read(name) for name in zip.namelist()}
    sums = dict(line.split("  ")[::-1] for line in members["SHA256SUMS"].decode().splitlines())
    assert sums == {
        name: hashlib.sha256(data).hexdigest()
        for name, data in members.items()
        if name != "SHA256SUMS"
    }
    return members


async def recalled(app: App) -> str:
    """The id of a recall of two."""
    path = await look(app, "ferry")
    answer = await app.post(path, CHIEF, kind="hold", why="it is false", count="2")
    return str(answer.headers["location"]).rpartition("/")[2]


async def test_a_chief_takes_a_story_away_and_the_trail_says_so(app: App) -> None:
    id = send(app.house, "one", headline="Ferry runs")
    assert "Take the evidence away" in seen(await app.get(f"/desk/s/{id}", "chief cy"))
    assert "Take the evidence away" not in seen(await app.get(f"/desk/s/{id}"))
    answer = await app.get(f"/desk/s/{id}/evidence", "chief cy")
    assert f'filename="story-{id}.zip"' in answer.headers["content-disposition"]
    assert json.loads(opened(answer)["story.json"])["story"] == id
    (deed,) = app.house.desk.people.trail.deeds(about=id)
    assert (deed.what, deed.by) == ("evidence of a story", "cy")


async def test_a_recall_s_pack_has_every_story_and_what_was_seen_of_it(app: App) -> None:
    house = app.house
    ids = {send(house, guid, headline=f"Ferry {guid}") for guid in ("one", "two")}
    send(house, "three", headline="Choir sings")
    batch = await recalled(app)
    first = opened(await app.get(f"/desk/recall/b/{batch}/evidence", "chief cy"))
    assert "every public copy seen to be gone of 0" in first["README.txt"].decode()
    prover = Prover(house.desk, BASE, Pager(), transport=Door(house.site))
    for work in house.desk.store.work_in_bulk(house.now + timedelta(days=1), 10):
        assert await prover.withdrawn(work)
    await prover.close()
    pack = opened(await app.get(f"/desk/recall/b/{batch}/evidence", "chief cy"))
    lines = [json.loads(line) for line in pack["stories.jsonl"].splitlines()]
    assert {line["story"] for line in lines} == ids
    for line in lines:
        assert line["withdrawal"]["clean"] is True
        assert [one["kind"] for one in line["decided"]] == ["hold"]
    assert "found     2; decided on 2; every public copy seen to be gone of 2" in (
        pack["README.txt"].decode()
    )
    assert json.loads(pack["recall.json"])["query"] == "ferry"
    assert b"What one says" not in b"".join(pack.values())


@pytest.mark.parametrize("path", ["/desk/s/0000000000000000", "/desk/recall/b/none"])
async def test_of_nothing_there_is_no_pack(app: App, path: str) -> None:
    answer = await app.get(f"{path}/evidence", "chief cy")
    assert answer.status_code == 404
    assert app.house.desk.people.trail.deeds() == []
