"""What changed in a story, edition by edition: a view of the store, gone with its story."""

import pytest

from copytaster.story import DecisionKind
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import House
from tests.web.test_corrections import correct

pytestmark = pytest.mark.anyio


async def test_every_change_of_words_is_told_newest_first(house: House) -> None:
    house.send()
    correct(house, signals=None)
    story = correct(house, version=3, headline="Another headline")
    page = (await house.get(f"/s/{story.id}/changes")).text
    assert page.index(f"/s/{story.id}/v3") < page.index(f"/s/{story.id}/v1")
    assert "<del>" in page
    assert HEADLINE in page  # it was the headline before
    assert (await house.get(f"/s/{story.id}/changes")).headers["x-robots-tag"] == "noindex"


async def test_a_story_of_one_edition_has_not_changed(house: House) -> None:
    story = house.send()
    page = (await house.get(f"/s/{story.id}/changes")).text
    assert "There is one edition of this story so far" in page


@pytest.mark.parametrize(
    ("kind", "status"), [(DecisionKind.kill, 410), (DecisionKind.hold, 200)], ids=str
)
async def test_it_leaves_with_its_story_in_the_commit_that_takes_it_down(
    kind: DecisionKind, status: int, house: House
) -> None:
    house.send()
    story = correct(house)
    assert HEADLINE in (await house.get(f"/s/{story.id}/changes")).text
    house.desk.decide(story.id, kind, reason="desk", by="x")
    gone = await house.get(f"/s/{story.id}/changes")  # nothing pressed yet
    assert HEADLINE not in gone.text
    house.decide(kind)  # once more, and pressed
    gone = await house.get(f"/s/{story.id}/changes")
    assert gone.status_code == status
    assert HEADLINE not in gone.text
    assert gone.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("id", ["0" * 16, "x", "../etc", "0" * 15 + "U"])
async def test_there_is_none_of_what_was_never_public(id: str, house: House) -> None:
    assert (await house.get(f"/s/{id}/changes")).status_code == 404
