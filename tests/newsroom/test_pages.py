"""The files behind a story's addresses: written as kept, made again when lost, gone on a kill."""

import shutil
import threading
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from copytaster import wire
from copytaster.agency import DRILL
from copytaster.agency import DRILL_SOURCE
from copytaster.config import Config
from copytaster.newsroom import _drill_copy as drill_copy
from copytaster.newsroom import open_desk
from copytaster.newsroom.keeper import Keeper
from copytaster.store import Face
from copytaster.store import Full
from copytaster.store import WorkKind
from copytaster.story import DecisionKind
from copytaster.story import State
from tests.newsroom import making
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import House
from tests.newsroom.making import config
from tests.newsroom.making import ninjs

pytestmark = pytest.mark.anyio

SECOND = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z", "headline": "Ferry full"}
FORMS = ("", ".txt", ".json")
EDITION = ["html", "json", "txt", "v1.html", "v1.json", "v1.txt"]
"""the files of a story that has one edition and is open to file servers"""


def files_of(house: House, story: str) -> list[str]:
    """Names of the story's files on the disk, without its id."""
    found = (house.data / "site").rglob(f"{story}.*")
    return sorted(path.name.removeprefix(f"{story}.") for path in found)


def put(house: House, story: str, name: str, data: bytes) -> None:
    Path(house.desk.pressroom.folder.path(story, name)).write_bytes(data)


async def served(house: House, story: str) -> dict[str, tuple[int, bytes]]:
    stems = [f"/s/{story}", f"/s/{story}/v1", f"/s/{story}/v2"]
    answers = [await house.get(stem + form) for stem in stems for form in FORMS]
    return {answer.url.path: (answer.status_code, answer.content) for answer in answers}


# --- written ------------------------------------------------------------------------------------


def test_the_files_of_an_edition_have_the_hashes_that_were_kept(house: House) -> None:
    house.send()
    story = house.send(**SECOND)
    edition = house.desk.store.edition(story.id, 2)
    assert edition is not None
    assert [name for name, _ in edition.files] == ["v2.html", "v2.txt", "v2.json"]
    assert house.desk.pressroom.folder.differences(story.id, dict(edition.files)) == []


def test_a_publication_leaves_a_receipt_that_its_files_were_checked(house: House) -> None:
    story = house.send()
    (receipt,) = house.desk.store.receipts(story.id)
    assert (receipt.kind, receipt.clean, receipt.detail) == (WorkKind.publish, True, "hash")
    assert receipt.address == f"/s/{story.id}"
    assert house.desk.store.work(house.now, 10) == []


def test_the_page_of_an_older_edition_says_that_it_is_older(house: House) -> None:
    story = house.send()
    alone = house.desk.pressroom.folder.read(story.id, "v1.html")
    house.send(**SECOND)
    older = house.desk.pressroom.folder.read(story.id, "v1.html")
    assert alone is not None
    assert older is not None
    assert alone != older
    assert house.desk.pressroom.folder.read(story.id, "v1.txt") is not None


# --- lost and stale -----------------------------------------------------------------------------


async def test_every_form_is_made_again_when_the_site_folder_is_lost(house: House) -> None:
    house.send()
    story = house.send(**SECOND)
    before = await served(house, story.id)
    assert {status for status, _ in before.values()} == {200}
    shutil.rmtree(house.data / "site")
    house.restart()
    assert await served(house, story.id) == before


@pytest.mark.parametrize("withdraw", ["kill", "hold"])
async def test_a_notice_is_made_again_when_the_site_folder_is_lost(
    withdraw: str, house: House
) -> None:
    story = house.send()
    getattr(house, withdraw)()
    before = await house.get(f"/s/{story.id}")
    shutil.rmtree(house.data / "site")
    house.restart()
    after = await house.get(f"/s/{story.id}")
    assert (after.status_code, after.content) == (before.status_code, before.content)


async def test_a_lost_page_is_made_again_without_a_restart(house: House) -> None:
    story = house.send()
    before = await house.get(f"/s/{story.id}")
    shutil.rmtree(house.data / "site")
    assert (await house.get(f"/s/{story.id}")).content == before.content


@pytest.mark.parametrize("kind", ["kill", "hold"])
def test_a_withdrawal_removes_every_file_of_every_edition(kind: str, house: House) -> None:
    house.send()
    story = house.send(**SECOND)
    put(house, story.id, "v2.html.new", b"left behind by a crash")
    assert len(files_of(house, story.id)) == 10
    status = getattr(house, kind)().face.status
    assert files_of(house, story.id) == [f"{status}.{form}" for form in ("html", "json", "txt")]


def test_a_release_takes_the_notice_away(house: House) -> None:
    story = house.send()
    house.hold()
    house.release()
    assert files_of(house, story.id) == EDITION


@pytest.mark.parametrize(("kind", "status"), [("kill", 410), ("hold", 200)])
async def test_a_stale_file_of_a_withdrawn_story_is_never_served(
    kind: str, status: int, house: House, tmp_path: Path
) -> None:
    house.send()
    story = house.send(**SECOND)
    shutil.copytree(house.data / "site", tmp_path / "old")
    getattr(house, kind)()
    shutil.copytree(tmp_path / "old", house.data / "site", dirs_exist_ok=True)
    assert "v1.html" in files_of(house, story.id)
    for address, (seen, body) in (await served(house, story.id)).items():
        assert seen == status, address
        assert HEADLINE.encode() not in body, address
        assert b"Ferry full" not in body, address


async def test_an_old_site_folder_put_back_whole_leaks_nothing(
    house: House, tmp_path: Path
) -> None:
    story = house.send()
    shutil.copytree(house.data / "site", tmp_path / "old")
    house.kill()
    house.desk.close()
    shutil.rmtree(house.data / "site")
    shutil.copytree(tmp_path / "old", house.data / "site")
    house.restart()
    assert files_of(house, story.id) == EDITION
    page = await house.get(f"/s/{story.id}")
    assert page.status_code == 410
    assert HEADLINE not in page.text
    assert "v1.html" not in files_of(house, story.id), "asking for it destroyed what was stale"


async def test_a_story_released_after_a_hold_serves_its_page_again(house: House) -> None:
    story = house.send()
    before = await house.get(f"/s/{story.id}.txt")
    house.hold()
    assert (await house.get(f"/s/{story.id}.txt")).content != before.content
    house.release()
    assert (await house.get(f"/s/{story.id}.txt")).content == before.content


def test_a_page_that_cannot_be_written_now_is_written_later(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(house.desk.pressroom.folder, "publish", refuse)
        story = house.send()
    assert files_of(house, story.id) == []
    assert len(house.desk.store.work(house.now.replace(year=2027), 10)) == 1
    house.wait(minutes=1)
    assert files_of(house, story.id) == EDITION


def test_a_page_that_cannot_be_written_stalls_no_other(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = house.desk.pressroom.folder.publish

    def publish(story: str, *rest: Any, **how: Any) -> None:
        if story == house.story("urn:bad").id:
            refuse()
        real(story, *rest, **how)

    with monkeypatch.context() as patch:
        patch.setattr(house.desk.pressroom.folder, "publish", publish)
        house.receive(ninjs("urn:bad"), ninjs("urn:good"))
    assert files_of(house, house.story("urn:bad").id) == []
    assert files_of(house, house.story("urn:good").id) != []


# --- open and shut ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [DecisionKind.kill, DecisionKind.hold])
def test_file_servers_have_nothing_left_of_a_story_when_its_withdrawal_is_kept(
    kind: DecisionKind, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However late the press is: it has not run when this looks."""
    story = house.send()
    folder, commit = house.desk.pressroom.folder, house.desk.store.commit
    seen: list[bool] = []

    def watched(*given: Any) -> int:
        seen.append(folder.is_open(story.id))
        return commit(*given)

    monkeypatch.setattr(house.desk.store, "commit", watched)
    house.desk.decide(story.id, kind, reason="desk", by="an editor")
    assert seen == [False]
    assert not folder.is_open(story.id)


def test_a_withdrawal_that_could_not_be_kept_leaves_the_story_open(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = house.send()

    def full(*_: Any) -> int:
        raise Full("no room")

    with monkeypatch.context() as patch:
        patch.setattr(house.desk.store, "commit", full)
        with pytest.raises(Full):
            house.desk.decide(story.id, DecisionKind.kill, reason="desk", by="an editor")
    assert files_of(house, story.id) == EDITION


def test_nobody_presses_while_a_withdrawal_is_being_kept(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader's question may have a lost page made again, and would open the story."""
    story = house.send()
    commit, pressroom = house.desk.store.commit, house.desk.pressroom
    pressing = threading.Thread(target=pressroom.restore, args=(story.id,))

    def slow(*given: Any) -> int:
        pressing.start()
        pressing.join(0.05)
        assert pressing.is_alive(), "it waits"
        return commit(*given)

    monkeypatch.setattr(house.desk.store, "commit", slow)
    house.desk.decide(story.id, DecisionKind.kill, reason="desk", by="an editor")
    pressing.join()
    assert not pressroom.folder.is_open(story.id)


def test_a_drill_is_left_to_the_desk(house: House) -> None:
    """Its headers ask robots away, and no file has headers."""
    drill = drill_copy.story(drill_copy.compose("mark", "Example", house.now), house.now)
    house.receive(house.delivery(drill, agency=DRILL.id, source=DRILL_SOURCE))
    (story,) = house.desk.store.drills()
    assert story.face is Face.live
    assert files_of(house, story.id) == ["v1.html", "v1.json", "v1.txt"]


def refuse(*_: Any, **_how: Any) -> None:
    raise OSError(28, "No space left on device")


async def test_on_a_disk_without_room_the_killed_text_still_goes(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = house.send()
    with monkeypatch.context() as patch:
        patch.setattr(house.desk.pressroom.folder, "_write", refuse)
        house.kill()
    assert files_of(house, story.id) == []
    page = await house.get(f"/s/{story.id}")
    assert page.status_code == 410
    assert HEADLINE not in page.text


# --- disk full ----------------------------------------------------------------------------------


@pytest.fixture
def no_room() -> Config:
    """More is to be kept free than any disk has."""
    return config(limits={"disk_reserve_bytes": 2**62})


async def test_without_room_new_deliveries_are_refused_and_what_is_kept_goes_on(
    tmp_path: Path, no_room: Config
) -> None:
    with making.house(tmp_path / "data") as before:
        before.send("urn:live")
        before.desk.accept([before.delivery(ninjs("urn:waiting"))])
    with making.house(tmp_path / "data", no_room) as house:
        with pytest.raises(Full):
            house.desk.accept([house.delivery(ninjs("urn:new"))])
        house.desk.settle()
        assert house.story("urn:waiting").state is State.live
        assert house.kill("urn:live").face is Face.gone
        assert (await house.get(f"/s/{house.story('urn:live').id}")).status_code == 410
        assert house.desk.find(making.AGENCY, "urn:new") is None


async def test_a_sender_without_room_is_asked_to_come_again(
    tmp_path: Path, no_room: Config
) -> None:
    with making.house(tmp_path / "data", no_room) as house:
        keeper = Keeper(house.desk.accept, lambda: None)
        keeper.start()
        source = wire.PushSource(id="inbox", token="secret")
        house.serve(
            wire.routes({"inbox": source}, keeper.accept, lambda _: None, lambda: house.now)
        )
        sent = {"method": "POST", "content": ninjs(), "headers": {"authorization": "Bearer secret"}}
        answer = await house.get("/wire/inbox", **sent)
        keeper.stop()
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert house.desk.store.counts()["waiting"] == 0


def test_a_new_data_folder_is_its_owners_alone(tmp_path: Path):
    """It holds copy that nobody may read yet."""
    desk = open_desk(tmp_path / "data", Config(), lambda: datetime(2026, 3, 2, tzinfo=UTC))
    desk.close()
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
