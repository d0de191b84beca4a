"""Pages kept in memory: never served once store or disk say anything else."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from copytaster.story import DecisionKind
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import TEXT
from tests.newsroom.making import House

pytestmark = pytest.mark.anyio

SECOND = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z", "headline": "Ferry full"}


def put(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)


@pytest.fixture
def reads(house: House, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that were read, from now on."""
    folder, names = house.desk.pressroom.folder, []
    read = folder.read

    def watched(story: str, name: str) -> bytes | None:
        names.append(name)
        return read(story, name)

    monkeypatch.setattr(folder, "read", watched)
    return names


async def test_a_page_is_read_once_and_answered_the_same_ever_after(
    house: House, reads: list[str]
) -> None:
    story = house.send()
    del reads[:]
    first = await house.get(f"/s/{story.id}")
    for _ in range(3):
        again = await house.get(f"/s/{story.id}")
        assert (again.status_code, again.content) == (200, first.content)
        assert again.headers == first.headers
    assert reads == ["v1.html"]


async def test_a_reader_who_has_the_page_is_told_so_without_reading_it(
    house: House, reads: list[str]
) -> None:
    story = house.send()
    first = await house.get(f"/s/{story.id}.txt")
    del reads[:]
    tag = first.headers["etag"]
    for asked in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = await house.get(f"/s/{story.id}.txt", headers={"if-none-match": asked})
        assert (again.status_code, again.content) == (304, b"")
        assert "content-length" not in again.headers
    other = await house.get(f"/s/{story.id}.txt", headers={"if-none-match": '"other"'})
    assert (other.status_code, other.content) == (200, first.content)
    assert reads == []


@pytest.mark.parametrize(("kind", "status"), [("kill", 410), ("hold", 200)])
async def test_a_withdrawal_turns_it_in_the_commit_whether_or_not_the_press_was_there(
    kind: str, status: int, house: House
) -> None:
    story = house.send()
    assert TEXT in (await house.get(f"/s/{story.id}.txt")).text
    house.desk.decide(story.id, DecisionKind(kind), reason="desk", by="an editor")
    answer = await house.get(f"/s/{story.id}.txt")
    assert answer.status_code == status
    assert TEXT not in answer.text


async def test_an_edition_that_goes_while_its_story_stays_is_not_shown_again(house: House) -> None:
    house.send()
    house.now += timedelta(minutes=1)
    story = house.send(**SECOND)
    assert HEADLINE in (await house.get(f"/s/{story.id}/v1")).text
    house.now += timedelta(minutes=1)
    kill = {**SECOND, "version": "1", "pubstatus": "canceled"}
    house.send(**kill)
    assert (await house.get(f"/s/{story.id}/v1")).status_code == 410


async def test_another_file_in_its_place_is_what_is_served(house: House) -> None:
    story = house.send()
    page = (await house.get(f"/s/{story.id}")).content
    path = Path(house.desk.pressroom.folder.path(story.id, "v1.html"))
    put(path, page.replace(b"seven", b"eight"))
    assert (await house.get(f"/s/{story.id}")).content == page.replace(b"seven", b"eight")
    put(path, None)
    assert (await house.get(f"/s/{story.id}")).content == page, "made again"


async def test_no_more_is_kept_than_there_is_memory_for(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    stories = [house.send(f"urn:{n}", text=f"{TEXT} {n}") for n in range(4)]
    size = len((await house.get(f"/s/{stories[0].id}.txt")).content)
    monkeypatch.setattr("copytaster.web._hot._BYTES", 8 * size)
    hot: Any = house.site.state.hot
    for story in stories * 4:
        for form in (".txt", "/v1.txt"):
            assert (await house.get(f"/s/{story.id}{form}")).status_code == 200
            assert hot._bytes == sum(len(kept.body) for kept in hot._kept.values()) <= 8 * size
    assert hot._kept
