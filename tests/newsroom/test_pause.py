"""Pausing: nothing new is published, everything that restricts goes on."""

from datetime import timedelta
from pathlib import Path

import pytest

from copytaster import verdict
from copytaster.config import Config
from copytaster.newsroom import Unresolved
from copytaster.store import Face
from copytaster.story import State
from tests.newsroom import making
from tests.newsroom.making import AGENCY
from tests.newsroom.making import GUID
from tests.newsroom.making import House
from tests.newsroom.making import codes
from tests.newsroom.making import config
from tests.newsroom.making import ninjs
from tests.newsroom.test_desk import fails_for

pytestmark = pytest.mark.anyio

UPDATE = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z", "headline": "Ferry full"}


@pytest.fixture
def two_sources() -> Config:
    push = {"route": "push", "agency": AGENCY, "token_env": "UNUSED"}
    return config(sources={"morning": push, "evening": push})


def public(house: House, guid: str = GUID) -> bytes | None:
    story = house.story(guid)
    return house.desk.pressroom.folder.read(story.id, f"v{story.edition}.html")


async def test_while_paused_new_copy_is_received_and_waits(house: House) -> None:
    house.desk.pause()
    story = house.send()
    assert (story.state, codes(story)) == (State.held, ["paused"])
    assert story.face is Face.none
    assert (await house.get(f"/s/{story.id}")).status_code == 404


def test_resume_publishes_what_waited(house: House) -> None:
    house.desk.pause()
    for guid in ("urn:a", "urn:b"):
        house.send(guid)
    house.now += timedelta(hours=1)
    assert house.desk.resume() == 2
    house.desk.settle()
    for guid in ("urn:a", "urn:b"):
        story = house.story(guid)
        assert (story.state, story.face) == (State.live, Face.live)
        assert story.first_public == house.now
        assert public(house, guid) is not None


def test_a_pause_survives_a_restart(house: House) -> None:
    house.desk.pause()
    waiting = house.send("urn:before")
    house.restart()
    assert house.desk.paused == {"*"}
    assert codes(house.send("urn:after")) == ["paused"]
    assert house.desk.resume() == 2
    house.restart()
    house.desk.settle()
    assert house.desk.paused == frozenset()
    assert house.story("urn:before").id == waiting.id
    assert house.story("urn:before").state is house.story("urn:after").state is State.live


async def test_an_update_of_a_live_story_leaves_the_old_edition_public(house: House) -> None:
    first = house.send()
    page = await house.get(f"/s/{first.id}")
    house.desk.pause()
    waiting = house.send(**UPDATE)
    assert (waiting.state, codes(waiting), waiting.face) == (State.held, ["paused"], Face.live)
    assert waiting.edition == 1
    assert (await house.get(f"/s/{first.id}")).content == page.content
    house.desk.resume()
    house.desk.settle()
    assert house.story().edition == 2
    assert "Ferry full" in (await house.get(f"/s/{first.id}")).text


def test_a_hold_and_a_kill_go_through_while_paused(house: House) -> None:
    house.send("urn:a")
    house.send("urn:b")
    house.desk.pause()
    assert house.hold("urn:a").face is Face.hold
    killed = house.send("urn:b", **(UPDATE | {"pubstatus": "canceled"}))
    assert (killed.state, killed.face) == (State.killed, Face.gone)


def test_a_kill_ends_what_waited_and_resume_does_not_bring_it_back(house: House) -> None:
    house.desk.pause()
    house.send()
    house.kill()
    assert house.desk.resume() == 0
    house.desk.settle()
    assert house.story().state is State.killed
    assert house.story().face is Face.none


def test_a_release_while_paused_waits_too(house: House) -> None:
    house.send()
    house.hold()
    house.desk.pause()
    released = house.release()
    assert (codes(released), released.face) == (["paused"], Face.hold)
    house.desk.resume()
    house.desk.settle()
    assert house.story().face is Face.live


def test_an_embargo_that_ends_while_paused_opens_nothing_before_resume(house: House) -> None:
    house.desk.pause()
    house.send(embargoed="2026-03-02T09:30:00Z")
    assert house.story().state is State.embargoed
    house.wait(hours=1)
    assert codes(house.story()) == ["paused"]
    house.desk.resume()
    house.desk.settle()
    assert house.story().state is State.live


def test_a_licence_that_ends_while_an_update_waits_takes_the_page_down(tmp_path: Path) -> None:
    folder = tmp_path / "agencies"
    folder.mkdir()
    (folder / f"{AGENCY}.toml").write_text(
        f'id = "{AGENCY}"\nname = "Seaboard"\n[contract]\nretention_days = 2\n'
    )
    with making.house(tmp_path / "data", config(agencies=str(folder))) as house:
        house.send()
        house.desk.pause()
        assert house.send(**UPDATE).face is Face.live
        house.wait(days=3)
        story = house.story()
        assert (story.state, story.face) == (State.expired, Face.expired)
        assert house.desk.resume() == 0


def test_one_source_is_paused_and_the_others_go_on(tmp_path: Path, two_sources: Config) -> None:
    with making.house(tmp_path / "data", two_sources) as house:
        house.desk.pause("morning")
        house.receive(
            house.delivery(ninjs("urn:m"), source="morning"),
            house.delivery(ninjs("urn:e"), source="evening"),
        )
        assert codes(house.story("urn:m")) == ["paused"]
        assert house.story("urn:e").state is State.live
        house.desk.pause("evening")
        house.receive(house.delivery(ninjs("urn:e2"), source="evening"))
        house.desk.resume("evening")
        house.desk.settle()
        assert house.story("urn:e2").state is State.live
        assert codes(house.story("urn:m")) == ["paused"], "its own source is still paused"
        house.desk.resume("morning")
        house.desk.settle()
        assert house.story("urn:m").state is State.live


def test_what_a_paused_source_brought_waits_although_another_brings_it_too(
    tmp_path: Path, two_sources: Config
) -> None:
    with making.house(tmp_path / "data", two_sources) as house:
        house.desk.pause("morning")
        house.receive(house.delivery(ninjs(), source="morning"))
        house.receive(house.delivery(ninjs(), source="evening"))
        assert codes(house.story()) == ["paused"]


def test_a_source_nobody_knows_cannot_be_paused(house: House) -> None:
    with pytest.raises(Unresolved, match=r"no source 'inbxo' to pause; known: inbox"):
        house.desk.pause("inbxo")
    assert house.desk.paused == frozenset()


def test_resuming_one_source_while_all_are_paused_is_refused(house: House) -> None:
    house.desk.pause()
    with pytest.raises(Unresolved, match=r"source 'inbox' is not paused; paused: \*"):
        house.desk.resume("inbox")


def test_one_waiting_story_that_cannot_be_ruled_on_does_not_stop_resume(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.desk.pause()
    house.send("urn:bad")
    house.send("urn:good")
    with monkeypatch.context() as patch:
        patch.setattr(verdict, "decide", fails_for("urn:bad", ValueError("no such day")))
        house.desk.resume()
        house.desk.settle()
    assert house.story("urn:good").state is State.live
    house.wait(minutes=2)
    assert house.story("urn:bad").state is State.live
