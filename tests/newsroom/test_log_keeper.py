"""The log's writer: what it writes in which order, how it goes on, and when it refuses to."""

import os
import shutil
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from copytaster import store as stores
from copytaster.ledger import control
from copytaster.ledger import leaf
from copytaster.ledger import note
from copytaster.ledger.control import Tally
from copytaster.newsroom import log_report
from copytaster.newsroom.log_keeper import LogKeeper
from copytaster.newsroom.log_keeper import Refused
from copytaster.store import LeafDraft
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.story import State
from tests.newsroom import live as lives
from tests.newsroom import making
from tests.newsroom.live import until
from tests.newsroom.logs import controls
from tests.newsroom.logs import fingerprint
from tests.newsroom.logs import keeper
from tests.newsroom.logs import logged
from tests.newsroom.logs import read_whole
from tests.newsroom.making import GUID
from tests.newsroom.making import MORNING
from tests.newsroom.making import House
from tests.newsroom.making import ninjs
from tests.pager import Pager

pytestmark = pytest.mark.anyio


def folder(house: House) -> Path:
    return house.data / "site" / "log"


def more(house: House, *numbers: int) -> None:
    """Entries of any kind, all kept at once."""
    id = "0" * 16
    story = Story(id=id, agency="any", guid="any", state=State.held)
    drafts = tuple(
        LeafDraft(story=id, event="held", at=MORNING, before=b"%d " % number, after=b"\n")
        for number in numbers
    )
    known = house.desk.store.story(id)
    house.desk.store.commit([StoryChange(story=known or story, leaves=drafts)])


def signed(house: House) -> int:
    """A new writer begins, as at each start, and signs all there is; the size of the log."""
    keeper(house).step()
    return read_whole(folder(house))[0].size


def refusal(house: House) -> str:
    """Why the log is not signed at a start; its files are as they were."""
    before = fingerprint(folder(house))
    with pytest.raises(Refused) as refused:
        keeper(house).step()
    assert fingerprint(folder(house)) == before
    assert "\n" not in str(refused.value)
    return str(refused.value)


# --- writing ------------------------------------------------------------------------------------


def test_what_is_logged_is_in_the_files_after_one_step(house: House) -> None:
    house.send()
    writer = keeper(house)
    assert writer.step() == 3
    said, told = read_whole(folder(house))
    assert (said.size, said.origin) == (3, "desk.example/log/1")
    assert told == logged(house)
    house.kill()
    assert writer.step() == 1
    assert read_whole(folder(house))[1] == logged(house)


def test_an_empty_log_is_signed_too_and_nothing_is_written_where_nothing_is_new(
    house: House,
) -> None:
    writer = keeper(house)
    writer.step()
    assert read_whole(folder(house))[0].size == 0
    before = {path: path.stat().st_mtime_ns for path in folder(house).iterdir()}
    assert writer.step() == 0
    assert {path: path.stat().st_mtime_ns for path in folder(house).iterdir()} == before


@pytest.mark.parametrize("steps", [(255, 256, 257), (1, 300, 511, 512, 513), (600,)])
def test_a_log_grows_over_the_ends_of_its_tiles(steps: tuple[int, ...], house: House) -> None:
    writer, size = keeper(house), 0
    for step in steps:
        more(house, *range(size, step))
        size = step
        writer.step()
        said, told = read_whole(folder(house))
        assert said.size == size
        assert told == logged(house)


def test_parts_that_are_long_outgrown_are_removed_and_the_newest_stay(house: House) -> None:
    writer = keeper(house)
    for first in range(0, 700, 50):
        more(house, *range(first, first + 50))
        writer.step()
    bundles = sorted(path.name for path in (folder(house) / "tile" / "entries").iterdir())
    assert bundles == ["000", "001", "001.p", "002.p"]


def test_the_key_is_made_once_for_its_owner_only(house: House) -> None:
    signed(house)
    path = house.data / "secrets" / "log.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    key = note.decode_secret(path.read_text().strip())
    vkey = (folder(house) / "vkey").read_text()
    assert vkey == f"{note.encode_vkey(key.verifier)}\n"
    signed(house)
    assert note.decode_secret(path.read_text().strip()) == key


def test_the_name_of_the_log_is_fixed_at_its_first_start(tmp_path: Path) -> None:
    with making.house(tmp_path / "data") as house:
        signed(house)
    moved = making.config(site={"url": "https://elsewhere.example"})
    with making.house(tmp_path / "data", moved) as house:
        house.send()
        signed(house)
        assert read_whole(folder(house))[0].origin == "desk.example/log/1"


def test_a_house_names_its_log(tmp_path: Path) -> None:
    named = making.config(log={"origin": "wire.example/public"})
    with making.house(tmp_path / "data", named) as house:
        signed(house)
        assert read_whole(folder(house))[0].origin == "wire.example/public"


# --- going on -----------------------------------------------------------------------------------


def test_another_start_goes_on_where_the_log_is(house: House) -> None:
    more(house, *range(300))
    assert signed(house) == 300
    house.restart()
    more(house, *range(300, 310))
    assert signed(house) == 310
    assert read_whole(folder(house))[1] == logged(house)


def _all(log: Path) -> None:
    shutil.rmtree(log)


def _checkpoint(log: Path) -> None:
    (log / "checkpoint").unlink()


def _a_tile(log: Path) -> None:
    (log / "tile" / "0" / "000").unlink()


def _the_last_bundle(log: Path) -> None:
    shutil.rmtree(log / "tile" / "entries" / "001.p")


def _half_a_tile(log: Path) -> None:
    file = next((log / "tile" / "0" / "001.p").iterdir())
    file.write_bytes(file.read_bytes()[:40])


@pytest.mark.parametrize("lose", [_all, _checkpoint, _the_last_bundle, _half_a_tile])
def test_lost_files_are_made_again_in_the_same_bytes(
    lose: Callable[[Path], None], house: House
) -> None:
    more(house, *range(300))
    signed(house)
    before = fingerprint(folder(house))
    lose(folder(house))
    house.restart()
    assert signed(house) == 300
    assert fingerprint(folder(house)) == before


def test_a_crash_between_memory_and_checkpoint_costs_nothing(house: House) -> None:
    more(house, 1, 2)
    signed(house)
    old = (folder(house) / "checkpoint").read_bytes()
    more(house, 3)
    signed(house)
    (folder(house) / "checkpoint").write_bytes(old)
    assert signed(house) == 3


def test_a_rebuilding_mends_what_nobody_has_missed_yet(house: House) -> None:
    more(house, *range(600))
    signed(house)
    before = fingerprint(folder(house))
    _a_tile(folder(house))
    (folder(house) / "tile" / "entries" / "000").write_bytes(b"torn")
    assert keeper(house).remake() == 600
    assert fingerprint(folder(house)) == before


def doctor(house: House) -> str:
    return "; ".join(
        log_report.faults(house.desk.store, house.desk.pressroom.folder.log, house.data)
    )


def test_a_doctor_says_what_is_wrong_with_the_log(house: House) -> None:
    assert doctor(house) == "", "it has never begun"
    more(house, *range(300))
    signed(house)
    assert doctor(house) == ""
    _the_last_bundle(folder(house))
    assert "cannot be used" in doctor(house)
    signed(house)
    tile = next((folder(house) / "tile" / "0" / "001.p").iterdir())
    tile.write_bytes(bytes(tile.stat().st_size))
    assert "do not come to its checkpoint" in doctor(house)
    signed(house)
    (house.data / "secrets" / "log.key").unlink()
    assert "log.key is gone" in doctor(house)
    _replaced_by(house, range(10))
    house.desk.store.keep_setting("log.signed", "10 00")
    assert "signed with 300 entries and the store has 10" in doctor(house)
    _checkpoint(folder(house))
    assert "has no checkpoint" in doctor(house)


# --- refusing -----------------------------------------------------------------------------------


def _replaced_by(house: House, entries: range) -> None:
    """The store is that of a backup, which has gone on by itself since."""
    house.desk.close()
    for file in house.data.glob("desk.sqlite*"):
        file.unlink()
    house._open()
    more(house, *entries)


def test_a_store_that_is_older_than_the_log_is_not_signed(house: House) -> None:
    more(house, *range(20))
    signed(house)
    _replaced_by(house, range(15))
    assert "signed with 20 entries and the store has 15" in refusal(house)


@pytest.mark.parametrize("size", [256, 300])
@pytest.mark.parametrize("beyond", [0, 1, 400])
def test_a_store_that_went_on_from_an_older_state_is_not_signed(
    size: int, beyond: int, house: House
) -> None:
    more(house, *range(size))
    signed(house)
    _replaced_by(house, range(1000, 1000 + size + beyond))
    assert "are not those that were signed" in refusal(house)


def test_a_store_remembers_what_it_signed_where_the_checkpoint_is_gone(house: House) -> None:
    more(house, 1, 2, 3)
    signed(house)
    shutil.rmtree(folder(house))
    house.desk.store.keep_setting("log.signed", f"4 {'00' * 32}")
    assert "signed with 4 entries" in refusal(house)
    house.desk.store.keep_setting("log.signed", f"3 {'00' * 32}")
    assert "are not those" in refusal(house)


def test_another_key_than_the_log_was_signed_with_signs_nothing(house: House) -> None:
    signed(house)
    key = house.data / "secrets" / "log.key"
    kept = key.read_text()
    key.unlink()
    assert "is gone" in refusal(house)
    assert not key.exists(), "no other is made"
    other = note.SignerKey(name="desk.example/log/1", seed=bytes(32))
    key.write_text(note.encode_secret(other))
    assert "is not the key of the log" in refusal(house)
    key.write_text("nonsense")
    assert "cannot be used" in refusal(house)
    key.write_text(kept)
    assert signed(house) == 0


def test_a_checkpoint_that_nobody_signed_is_not_gone_on_from(house: House) -> None:
    more(house, 1)
    signed(house)
    (folder(house) / "checkpoint").write_text("other/log\n1\nAAAA\n\n")
    assert "none of this log" in refusal(house)


def test_publishing_goes_on_and_a_person_is_called(house: House) -> None:
    more(house, 1, 2)
    signed(house)
    _replaced_by(house, range(1))
    pager = Pager()
    assert keeper(house, pager)._is_refused()
    assert [code for code, _ in pager.calls] == ["log-refused"]
    assert house.send().edition == 1
    assert len(logged(house)) == 4


def test_a_disk_that_fails_is_tried_again(house: House) -> None:
    more(house, 1)
    pager = Pager()
    writer = keeper(house, pager)
    folder(house).parent.mkdir(exist_ok=True)
    folder(house).write_text("in the way")
    assert not writer._is_refused()
    assert pager.open == {("log-stalled", "log")}
    folder(house).unlink()
    assert not writer._is_refused()
    assert pager.open == set()
    assert read_whole(folder(house))[0].size == 1


# --- restoring, and another log -----------------------------------------------------------------


def _restored(house: House, tmp_path: Path, *, lose_files: bool) -> None:
    """A backup of now, put back after the log has gone on."""
    house.desk.store.backup(tmp_path / "backup.sqlite")
    more(house, 8, 9)
    signed(house)
    house.desk.close()
    stores.restore(tmp_path / "backup.sqlite", house.data, replace=True)
    if lose_files:
        shutil.rmtree(folder(house))
    house._open()


def test_a_restored_store_does_not_sign_beside_the_log_it_once_was(
    house: House, tmp_path: Path
) -> None:
    more(house, 1, 2)
    signed(house)
    _restored(house, tmp_path, lose_files=False)
    assert "signed with 4 entries and the store has 2" in refusal(house)


def test_a_restored_store_without_the_log_s_files_does_not_sign(
    house: House, tmp_path: Path
) -> None:
    more(house, 1, 2)
    signed(house)
    _restored(house, tmp_path, lose_files=True)
    assert "was restored from a backup" in refusal(house)


def test_a_restored_store_that_lost_nothing_goes_on(house: House, tmp_path: Path) -> None:
    more(house, 1, 2)
    signed(house)
    house.desk.store.backup(tmp_path / "backup.sqlite")
    house.desk.close()
    stores.restore(tmp_path / "backup.sqlite", house.data, replace=True)
    house._open()
    more(house, 3)
    assert signed(house) == 3
    shutil.rmtree(folder(house))
    assert signed(house) == 3, "once it is known how far the log was signed, it is known"


def test_another_name_begins_another_log_with_another_key(house: House, tmp_path: Path) -> None:
    more(house, 1, 2)
    signed(house)
    vkey = (folder(house) / "vkey").read_text()
    ended = fingerprint(folder(house))
    _restored(house, tmp_path, lose_files=False)
    refusal(house)
    house.settings = making.config(log={"origin": "desk.example/log/2"})
    house.restart()
    assert signed(house) == 2
    assert read_whole(folder(house))[0].origin == "desk.example/log/2"
    assert (folder(house) / "vkey").read_text() != vkey
    assert ended.items() <= fingerprint(house.data / "log-1").items() | ended.items()
    assert read_whole(house.data / "log-1")[0].size == 4
    assert (house.data / "secrets" / "log-1.key").exists()
    house.restart()
    assert signed(house) == 2


# --- the days -----------------------------------------------------------------------------------


def tallies(house: House) -> list[Tally]:
    return [one for one in controls(house) if isinstance(one, Tally)]


def test_a_day_is_told_in_numbers_once_it_is_over(house: House) -> None:
    writer = keeper(house)
    writer.step()
    house.send()
    house.send("urn:seaboard:held", pubstatus="withheld")
    house.kill()
    writer.step()
    house.now = MORNING.replace(hour=0, minute=4) + timedelta(days=1)
    writer.step()
    assert tallies(house) == [], "what came at midnight may still be read"
    house.now += timedelta(minutes=1)
    writer.step()
    writer.step()
    (told,) = tallies(house)
    assert (told.feed, told.day, told.deliveries) == (1, MORNING.date(), 2)
    assert (told.published, told.killed, told.updated) == (1, 1, 0)
    salts = house.desk.store.log.opening(len(logged(house)) - 1)
    assert salts is not None
    assert salts.ids is not None
    ids = control.ids([GUID, "urn:seaboard:held"])
    assert told.ids == leaf.commit("ids", salts.ids, ids)
    assert read_whole(folder(house))[0].size == len(logged(house))


def test_days_without_a_desk_are_told_when_it_runs_again_and_none_twice(house: House) -> None:
    keeper(house).step()
    house.send()
    house.now += timedelta(days=3)
    house.restart()
    keeper(house).step()
    keeper(house).step()
    assert [(one.day - MORNING.date()).days for one in tallies(house)] == [0, 1, 2]
    assert [one.deliveries for one in tallies(house)] == [1, 0, 0]


# --- in the running desk ------------------------------------------------------------------------


async def test_a_running_desk_signs_within_seconds_and_once_more_when_it_ends(
    tmp_path: Path,
) -> None:
    async with lives.live(tmp_path / "data") as desk:
        await desk.push(ninjs())
        log = tmp_path / "data" / "site" / "log"

        async def is_signed() -> bool:
            served = log / "checkpoint"
            return served.exists() and int(served.read_text().split("\n")[1]) >= 3

        await until(is_signed)
        answer = await desk.client.get("/log/checkpoint")
        assert answer.text == (log / "checkpoint").read_text()
    said, told = read_whole(log)
    assert said.size == len(told) >= 3


def test_a_desk_without_a_log_starts_no_writer(tmp_path: Path) -> None:
    with making.house(tmp_path / "data", making.config(log={"enabled": False})) as house:
        writer: LogKeeper = keeper(house)
        writer.start()
        writer.stop()
        assert not folder(house).exists()


def test_what_is_not_synced_has_no_name_yet(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file of the log is on the disk before it is renamed, the checkpoint last."""
    done: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace

    def sync(handle: int) -> None:
        done.append(f"sync {Path(f'/proc/self/fd/{handle}').readlink().name}")
        real_sync(handle)

    def replace(self: Path, target: Path) -> Path:
        done.append(f"name {Path(target).name}")
        return real_replace(self, target)

    writer = keeper(house)
    writer.step()
    more(house, 1)
    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    writer.step()
    assert done.index("sync 1.new") < done.index("name 1")
    assert done[-3:] == ["sync checkpoint.new", "name checkpoint", "sync log"]
    assert done.index("sync 000.p") < done.index("sync checkpoint.new")
