"""What is taken back is shown by no door from the commit on, whatever the press has yet to do."""

from pathlib import Path

import pytest

from copytaster.store import Face
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import House

pytestmark = pytest.mark.anyio


def _spoil(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"<!-- other bytes -->")


async def test_a_page_made_again_has_another_tag(house: House) -> None:
    story = house.send()
    path = f"/s/{story.id}"
    before = (await house.get(path)).headers["etag"]
    folder = house.desk.pressroom.folder
    name = f"v{story.edition}.html"
    _spoil(Path(folder.path(story.id, name)))
    answer = await house.get(path, headers={"if-none-match": before})
    assert answer.status_code == 200
    assert answer.headers["etag"] != before


@pytest.mark.parametrize("asked", ["from=1600-01-01", "to=1600-01-01", "from=0001-01-01"])
async def test_a_search_from_before_the_calendar_of_the_store_is_answered(
    asked: str, house: House
) -> None:
    house.send()
    for door in ("/search", "/search/feed.atom"):
        answer = await house.get(f"{door}?q={HEADLINE.split()[0]}&{asked}")
        assert answer.status_code in (200, 400), door


async def test_the_api_says_who_may_ask_each_time(house: House) -> None:
    story = house.send()
    assert story.face is Face.live
    for _ in range(3):
        answer = await house.get(f"/api/stories/{story.id}")
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-origin" not in (await house.get(f"/s/{story.id}")).headers


async def test_words_of_phrases_count_as_words(house: House) -> None:
    phrases = " ".join('"the of the of a in"' for _ in range(4))
    answer = await house.get("/search", params={"q": phrases})
    assert answer.status_code == 400
    assert "too many words" in answer.text
