"""The corrections page is a view of the store: a kill takes a story's words out of it at once."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from copytaster.store import Face
from copytaster.store import Story
from copytaster.story import DecisionKind
from tests.newsroom import making
from tests.newsroom.making import AGENCY
from tests.newsroom.making import GUID
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import TEXT
from tests.newsroom.making import House
from tests.newsroom.making import config
from tests.newsroom.making import ninjs
from tests.web.test_lists import FEEDS

pytestmark = pytest.mark.anyio

WRONG = TEXT
RIGHT = TEXT.replace("seven", "nine")
PATHS = ("/corrections", *(f"/corrections/{feed}" for feed in FEEDS))


def correct(house: House, guid: str = GUID, version: int = 2, **fields: object) -> Story:
    """The next version, which says that it corrects."""
    house.now += timedelta(minutes=1)
    return house.send(guid, **(corrected(version) | fields))


def corrected(version: int) -> dict[str, Any]:
    """What a version says that corrects the one before it."""
    return {
        "version": str(version),
        "versioncreated": f"2026-03-02T08:{55 + version % 5}:0{version % 10}Z",
        "text": RIGHT,
        "signals": ["sig:correction"],
    }


def lines(page: str) -> list[str]:
    """Story ids of the lines, in their order."""
    return re.findall(r'<h2[^>]*><a href="/s/([0-9a-z]{16})"', page)


async def test_a_correction_is_listed_with_what_it_changed(house: House) -> None:
    house.send()
    story = correct(house)
    page = (await house.get("/corrections")).text
    assert lines(page) == [story.id]
    assert re.search(r"<del>[^\n]*seven[^\n]*</del> <ins>[^\n]*nine[^\n]*</ins>", page)
    assert HEADLINE in page
    for feed, media_type in FEEDS.items():
        answer = await house.get(f"/corrections/{feed}")
        assert answer.headers["content-type"] == media_type
        assert f"/s/{story.id}/v2" in answer.text


async def test_an_update_is_no_correction(house: House) -> None:
    house.send()
    correct(house, signals=None)
    assert lines((await house.get("/corrections")).text) == []


@pytest.mark.parametrize("kind", [DecisionKind.kill, DecisionKind.hold])
async def test_nothing_is_quoted_of_a_story_from_the_commit_that_takes_it_down(
    kind: DecisionKind, house: House
) -> None:
    house.send()
    story = correct(house)
    for path in PATHS:
        assert HEADLINE in (await house.get(path)).text, path
    house.desk.decide(story.id, kind, reason="desk", by="x")  # nothing pressed
    for path in PATHS:
        answer = (await house.get(path)).text
        assert story.id in answer, path
        for words in (HEADLINE, "seven", "nine", "north quay"):
            assert words not in answer, path
    assert lines((await house.get("/corrections")).text) == [story.id, story.id]


async def test_what_is_released_is_told_again_and_its_hold_is_no_line_any_more(
    house: House,
) -> None:
    house.send()
    story = correct(house)
    before = json.loads((await house.get("/corrections/feed.json")).text)["items"]
    house.hold()
    held = json.loads((await house.get("/corrections/feed.json")).text)["items"]
    assert [entry["_wire"]["status"] for entry in held] == ["withheld", "canceled"]
    house.now += timedelta(minutes=1)
    house.release()
    page = (await house.get("/corrections")).text
    assert lines(page) == [story.id]
    assert "<ins>" in page
    (after,) = json.loads((await house.get("/corrections/feed.json")).text)["items"]
    assert after["content_html"] == before[0]["content_html"]
    assert after["date_modified"] > held[1]["date_modified"] > before[0]["date_modified"]


async def test_an_ended_licence_is_no_correction(tmp_path: Path) -> None:
    folder = tmp_path / "agencies"
    folder.mkdir()
    (folder / f"{AGENCY}.toml").write_text(
        f'id = "{AGENCY}"\nname = "Seaboard"\n[contract]\nretention_days = 1\n'
    )
    with making.house(tmp_path / "data", config(agencies=str(folder))) as house:
        house.send()
        story = correct(house)
        house.wait(days=2)
        assert house.story().face is Face.expired
        page = (await house.get("/corrections")).text
        assert lines(page) == [story.id]
        assert HEADLINE not in page


async def test_the_list_is_paged_to_its_end_while_more_arrive(house: House) -> None:
    house.receive(*(ninjs(f"urn:{number}") for number in range(35)), ninjs("urn:late"))
    stories = [house.story(f"urn:{number}").id for number in range(35)]
    house.now += timedelta(minutes=1)
    house.receive(*(ninjs(f"urn:{number}", **corrected(2)) for number in range(35)))
    path, seen = "/corrections", []
    while path:
        page = (await house.get(path)).text
        found = re.search(r'href="[^"]*(/corrections\?before=[0-9]+)"', page)
        seen += lines(page)
        path = found[1] if found else ""
        correct(house, "urn:late", version=len(seen))
    assert seen == stories[::-1]


@pytest.mark.parametrize("before", ["", "x", "-1", "1.0", "9" * 17, "1-1", "\u0661"])
async def test_a_place_nobody_gave_out_is_no_page(before: str, house: House) -> None:
    assert (await house.get(f"/corrections?before={before}")).status_code == 404


async def test_an_empty_list_is_a_page(house: House) -> None:
    for path in PATHS:
        assert (await house.get(path)).status_code == 200
    assert (await house.get("/corrections?before=0")).status_code == 200


async def test_every_page_leads_to_it(house: House) -> None:
    story = house.send()
    for path in ("/", f"/s/{story.id}", "/about/automation", "/s/nothing"):
        assert 'href="/corrections"' in (await house.get(path)).text


async def test_the_list_costs_no_more_than_it_shows(house: House) -> None:
    """It is kept until the store moves, and asked for again is answered without a body."""
    house.receive(ninjs())
    answer = await house.get("/corrections")
    again = await house.get("/corrections", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    house.kill()
    moved = await house.get("/corrections", headers={"if-none-match": answer.headers["etag"]})
    assert moved.status_code == 200
    assert AGENCY in moved.text


@pytest.mark.parametrize("feeds", ["headline", "none"])
async def test_a_feed_carries_no_more_than_the_contract_allows(feeds: str, tmp_path: Path) -> None:
    folder = tmp_path / "agencies"
    folder.mkdir()
    (folder / f"{AGENCY}.toml").write_text(
        f'id = "{AGENCY}"\nname = "Seaboard"\n[contract]\nfeeds = "{feeds}"\n'
    )
    with making.house(tmp_path / "data", config(agencies=str(folder))) as house:
        house.send()
        story = correct(house)
        assert "<ins>" in (await house.get("/corrections")).text
        for feed in FEEDS:
            said = (await house.get(f"/corrections/{feed}")).text
            assert (story.id in said) == (feeds == "headline")
            for words in ("seven", "nine", "ins>"):
                assert words not in said
