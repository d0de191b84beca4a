"""A release approves what the editor saw, and nothing that came after the order was given."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from copytaster.newsroom import Unresolved
from copytaster.newsroom._sight import Sight
from copytaster.store import Story
from copytaster.story import DecisionKind
from copytaster.story import State
from tests.newsroom.making import GUID
from tests.newsroom.making import House
from tests.newsroom.making import codes
from tests.newsroom.making import ninjs

NOTE = {"ednote": "This story is killed."}
LATER = {"version": "2", "versioncreated": "2026-03-02T09:04:00Z"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path / "data")
    yield house
    house.desk.close()


def release(house: House, seen: Sight | None = None, guid: str = GUID) -> Story:
    id = house.story(guid).id
    return house.desk.decide(id, DecisionKind.release, reason="desk", by="ada", seen=seen)


def content(house: House, place: int = 0) -> str:
    messages = house.desk.store.history_of(house.story().id).messages
    return messages[place].item.content_hash


def test_words_that_come_after_the_order_are_not_released(house: House) -> None:
    story = house.send()
    house.hold()
    seen = house.desk.sight(story.id)
    house.wait(minutes=5)
    house.send(**LATER, headline="Other words")
    with pytest.raises(Unresolved, match="not those that were seen"):
        release(house, seen)
    assert house.story().state is State.held
    assert release(house, house.desk.sight(story.id)).state is State.live


def test_a_doubt_that_comes_after_the_order_is_not_released(house: House) -> None:
    house.send("urn:a", text="One. " + "The quay is closed to cars until the end of May. " * 3)
    house.send("urn:b", text="Two. " + "The quay is closed to cars until the end of May. " * 3)
    seen = house.desk.sight(house.story("urn:a").id)
    house.wait(minutes=1)
    headline = house.desk.store.history_of(seen_story(house)).messages[0].item.headline
    house.receive(ninjs("urn:kill", headline="KILL KILL KILL", text=f'Please kill "{headline}".'))
    assert codes(house.story("urn:a")) == ["kill-unresolved"]
    assert release(house, seen, "urn:a").state is State.held, "nobody had seen that doubt"
    now = house.desk.sight(house.story("urn:a").id)
    assert release(house, now, "urn:a").state is State.live


def seen_story(house: House) -> str:
    return house.story("urn:a").id


def test_a_hold_that_comes_after_the_order_outlasts_it(house: House) -> None:
    story = house.send()
    seen = house.desk.sight(story.id)
    house.wait(minutes=1)
    house.hold()
    assert release(house, seen).state is State.held


def test_content_that_is_named_is_released_while_it_is_current(house: House) -> None:
    story = house.send(**NOTE)
    assert codes(story) == ["kill-note"]
    for said in (content(house), content(house)[:8].upper()):
        assert house.desk.sight(story.id, said).content == content(house)
    assert release(house, house.desk.sight(story.id, content(house)[:12])).state is State.live


def test_content_that_is_named_and_is_not_current_releases_nothing(house: House) -> None:
    story = house.send(**NOTE)
    first = content(house)
    house.send(**LATER, **NOTE, headline="Other words")
    with pytest.raises(Unresolved, match="nothing was released"):
        release(house, house.desk.sight(story.id, first))
    assert codes(house.story()) == ["kill-note"]


@pytest.mark.parametrize("said", ["", "0000000", "not a hash at all", "0" * 64])
def test_content_that_no_version_has_is_refused(said: str, house: House) -> None:
    story = house.send()
    with pytest.raises(Unresolved, match="no version of story"):
        house.desk.sight(story.id, said)
