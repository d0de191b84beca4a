"""What cannot be shown word for word is held, and never public."""

import pytest

from copytaster.store import Face
from copytaster.story import State
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import House
from tests.newsroom.making import codes
from tests.newsroom.making import ninjs

pytestmark = pytest.mark.anyio

UNFIT = {
    "a bell in the headline": {"headline": "Ferry\x07 runs"},
    "a lone escape in the headline": {"headline": "\x1b[31mFerry runs"},
    "a non-character in the byline": {"byline": "Ada \uffff Quay"},
    "no headline": {"headline": " "},
}


@pytest.mark.parametrize("what", UNFIT)
async def test_a_story_that_fails_the_gate_is_held_and_was_never_public(
    what: str, house: House
) -> None:
    story = house.send(**UNFIT[what])
    assert story.state is State.held
    assert story.face is Face.none
    assert (await house.get(f"/s/{story.id}")).status_code == 404
    assert story.id not in (await house.get("/feed.atom")).text
    assert house.desk.store.events(story=story.id) == []
    assert list((house.data / "site").rglob("v1.*")) == []


def test_the_reason_names_the_gate_and_the_character(house: House) -> None:
    story = house.send(headline="Ferry\x07 runs")
    assert codes(story) == ["gate-failed"]
    assert "U+0007" in (story.reasons[0].detail or "")


def test_a_release_does_not_get_past_the_gate(house: House) -> None:
    house.send(headline="Ferry\x07 runs")
    released = house.release()
    assert codes(released) == ["gate-failed"]
    assert released.face is Face.none


def test_a_sound_version_after_one_that_failed_is_published(house: House) -> None:
    house.send(headline="Ferry\x07 runs")
    story = house.send(version="2", versioncreated="2026-03-02T08:58:00Z")
    assert (story.state, story.edition) == (State.live, 1)


async def test_an_update_that_fails_the_gate_takes_the_old_words_down(house: House) -> None:
    first = house.send()
    story = house.send(version="2", versioncreated="2026-03-02T08:58:00Z", headline="Ferry\x07")
    assert (story.state, codes(story), story.face) == (State.held, ["gate-failed"], Face.hold)
    page = await house.get(f"/s/{first.id}")
    assert page.status_code == 200
    assert HEADLINE not in page.text


def test_the_neighbours_of_what_fails_the_gate_are_published(house: House) -> None:
    house.receive(ninjs("urn:a"), ninjs("urn:bad", headline="Ferry\x07"), ninjs("urn:c"))
    assert codes(house.story("urn:bad")) == ["gate-failed"]
    assert house.story("urn:a").state is house.story("urn:c").state is State.live
