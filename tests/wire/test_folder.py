"""Copy that is put into a folder: what is taken, when, and where it goes."""

import asyncio
import os
import random

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from copytaster.wire.folder import Folder
from copytaster.wire.folder import FolderSource
from tests.pager import Pager
from tests.wire.conftest import Clock
from tests.wire.conftest import Desk

pytestmark = pytest.mark.anyio


class Newsroom:
    """Says what became of a delivery: dead letters by their bytes."""

    def __init__(self, desk) -> None:
        self.desk = desk
        self.dead: dict[bytes, str] = {}
        self.silent = False

    async def outcome(self, id: str) -> str | None:
        if self.silent:
            await asyncio.sleep(60)
        (data,) = [kept.data for kept in self.desk.kept if kept.id == id]
        return self.dead.get(data)


@pytest.fixture
def newsroom(desk) -> Newsroom:
    return Newsroom(desk)


@pytest.fixture
def alerts() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def pager(alerts) -> Pager:
    return Pager(alerts)


@pytest.fixture
def inside(tmp_path):
    return tmp_path / "in"


@pytest.fixture
def watch(inside, desk, newsroom, clock, pager):
    def make(**changed):
        source = FolderSource(id="drop", agency="ani", path=inside, limit=1000, **changed)
        return Folder(
            source,
            desk.accept,
            newsroom.outcome,
            clock,
            pager,
            random.Random(1),
        )

    inside.mkdir(exist_ok=True)
    return make


async def drop(folder, name, data: bytes, age: float = 0) -> None:
    """Put a file in place as a careful sender does: written elsewhere, then renamed."""
    hidden = folder / f".{name}"
    hidden.write_bytes(data)
    if age:
        when = hidden.stat().st_mtime - age
        os.utime(hidden, (when, when))
    else:
        await asyncio.sleep(0.02)  # a file system's clock ticks every few milliseconds
    hidden.rename(folder / name)


async def run_until(folder: Folder, done) -> None:
    """Run the watch until ``done()``, then end it as the process would."""
    running = asyncio.create_task(folder.run())
    try:
        async with asyncio.timeout(10):
            while not done():  # noqa: ASYNC110  the disk has no event
                await asyncio.sleep(0.02)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def names(folder) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir() if entry.is_file())


async def look(folder: Folder) -> None:
    await folder.look()
    await folder.settled()


async def test_a_renamed_file_is_taken_at_the_first_look(watch, inside, desk):
    await drop(inside, "one.xml", b"<a/>")
    await look(watch())
    (kept,) = desk.kept
    assert (kept.source, kept.agency, kept.data) == ("drop", "ani", b"<a/>")
    assert names(inside) == []
    assert names(inside / "done") == ["one.xml"]


async def test_a_file_written_in_place_is_taken_once_it_has_settled(watch, inside, desk, clock):
    folder = watch(settle=2.0)
    (inside / "slow.xml").write_bytes(b"<a>")
    await look(folder)
    clock.move(1.9)
    with (inside / "slow.xml").open("ab") as file:
        file.write(b"</a>")
    await look(folder)
    clock.move(1.9)
    await look(folder)
    assert desk.kept == []
    clock.move(0.2)
    await look(folder)
    assert desk.bodies == [b"<a></a>"]


async def test_unfinished_names_and_folders_are_left_alone(watch, inside, desk, clock):
    for name in (".hidden", "a.tmp", "b.PART", "c.filepart"):
        (inside / name).write_bytes(b"x")
    (inside / "sub").mkdir()
    folder = watch()
    for _ in range(3):
        await look(folder)
        clock.move(10)
    assert desk.kept == []
    assert len(names(inside)) == 4


async def test_the_oldest_file_is_taken_first(watch, inside, desk):
    await drop(inside, "a.xml", b"third", age=10)
    await drop(inside, "b.xml", b"first", age=30)
    await drop(inside, "c.xml", b"second", age=20)
    await look(watch())
    assert desk.bodies == [b"first", b"second", b"third"]


async def test_a_dead_letter_goes_to_failed_with_its_reason(watch, inside, newsroom):
    newsroom.dead[b"rubbish"] = "unknown format"
    await drop(inside, "bad.xml", b"rubbish")
    await drop(inside, "good.xml", b"<a/>")
    await look(watch())
    assert names(inside / "done") == ["good.xml"]
    assert names(inside / "failed") == ["bad.xml", "bad.xml.reason.txt"]
    assert (inside / "failed" / "bad.xml.reason.txt").read_text() == "unknown format\n"
    assert (inside / "failed" / "bad.xml").read_bytes() == b"rubbish"


async def test_a_file_over_the_limit_is_refused_and_stalls_nobody(watch, inside, desk):
    await drop(inside, "a.xml", b"x" * 1001, age=9)
    await drop(inside, "b.xml", b"<b/>")
    await look(watch())
    assert desk.bodies == [b"<b/>"]
    assert "1001 bytes" in (inside / "failed" / "a.xml.reason.txt").read_text()


async def test_links_and_pipes_are_refused_unread(watch, inside, desk, tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"not yours")
    (inside / "link.xml").symlink_to(secret)
    (inside / "dangling.xml").symlink_to(tmp_path / "nothing")
    os.mkfifo(inside / "pipe.xml")
    await drop(inside, "good.xml", b"<a/>")
    await look(watch())
    assert desk.bodies == [b"<a/>"]
    assert names(inside) == []
    assert "not a plain file" in (inside / "failed" / "link.xml.reason.txt").read_text()
    assert (inside / "failed" / "dangling.xml").is_symlink()
    assert secret.read_bytes() == b"not yours"


async def test_after_a_crash_before_the_move_the_same_bytes_come_again(
    watch, inside, desk, newsroom
):
    await drop(inside, "one.xml", b"<a/>")
    newsroom.silent = True
    await run_until(watch(), lambda: desk.kept)
    assert names(inside) == ["one.xml"]
    newsroom.silent = False
    await look(watch())
    assert desk.bodies == [b"<a/>", b"<a/>"]
    assert len({kept.sha256 for kept in desk.kept}) == 1
    assert names(inside / "done") == ["one.xml"]


async def test_a_full_desk_leaves_the_file_where_it_is_and_says_so_once(
    watch, inside, desk, alerts, pager
):
    await drop(inside, "one.xml", b"<a/>")
    folder = watch(rescan=0.01)
    desk.full = True
    await run_until(folder, lambda: desk.asked >= 3)
    assert names(inside) == ["one.xml"]
    assert [code for code, _ in alerts] == ["folder-stalled"]
    assert pager.open == {("folder-stalled", "drop")}
    desk.full = False
    await run_until(folder, lambda: not names(inside))
    assert desk.bodies == [b"<a/>"]
    assert pager.open == set()


async def test_a_silent_newsroom_stalls_no_other_file(watch, inside, desk, newsroom):
    newsroom.silent = True
    folder = watch(patience=0.05)
    await drop(inside, "one.xml", b"1")
    await folder.look()
    await drop(inside, "two.xml", b"2")
    await folder.look()
    assert desk.bodies == [b"1", b"2"]
    await folder.settled()
    assert names(inside / "done") == ["one.xml", "two.xml"]


async def test_files_of_one_name_do_not_overwrite_each_other(watch, inside, newsroom):
    newsroom.dead[b"bad"] = "no"
    folder = watch()
    for data in (b"1", b"2", b"bad", b"bad"):
        await drop(inside, "latest.xml", data)
        await look(folder)
    done = {(inside / "done" / name).read_bytes() for name in names(inside / "done")}
    assert done == {b"1", b"2"}
    assert len(names(inside / "failed")) == 4


async def test_taken_files_are_removed_when_the_house_wants_that(watch, inside, desk):
    await drop(inside, "one.xml", b"<a/>")
    await look(watch(keep_done=False))
    assert desk.bodies == [b"<a/>"]
    assert not (inside / "done").exists()
    assert names(inside) == []


async def test_a_file_that_cannot_leave_is_taken_once_and_told(
    watch, inside, desk, alerts, pager, monkeypatch
):
    def no_way(*_):
        raise PermissionError(13, "Permission denied")

    await drop(inside, "one.xml", b"<a/>")
    folder = watch()
    with monkeypatch.context() as patch:
        patch.setattr("copytaster.wire.folder._move", no_way)
        for _ in range(3):
            await look(folder)
    assert desk.bodies == [b"<a/>"]
    assert [code for code, _ in alerts] == ["folder-stuck"]
    assert pager.open == {("folder-stuck", str(inside / "one.xml"))}
    await drop(inside, "one.xml", b"<b/>")
    await look(folder)
    assert pager.open == set()


async def test_a_file_named_done_is_read_like_any_other(watch, inside, desk, clock, alerts):
    await drop(inside, "done", b"mine")
    await drop(inside, "one.xml", b"<a/>")
    folder = watch()
    for _ in range(4):
        await look(folder)
        clock.move(5)
    assert set(desk.bodies) == {b"mine", b"<a/>"}
    assert names(inside) == []
    assert len(names(inside / "done")) == 2
    assert alerts == []


async def test_a_link_named_done_leads_no_file_away(inside, desk, clock, tmp_path):
    away = tmp_path / "away"
    away.mkdir()
    inside.mkdir()

    async def outcome(_id):
        if not (inside / "done").exists():
            (inside / "done").symlink_to(away)

    source = FolderSource(id="drop", agency="ani", path=inside)
    folder = Folder(source, desk.accept, outcome, clock, Pager())
    await drop(inside, "one.xml", b"<a/>")
    await look(folder)
    assert names(away) == []
    assert names(inside / "done") == ["one.xml"]


@pytest.mark.parametrize("keep_done", [True, False])
async def test_a_file_written_anew_while_the_old_one_leaves_is_read_too(
    inside, desk, clock, keep_done
):
    inside.mkdir()

    async def outcome(_id):
        if len(desk.kept) == 1:
            await drop(inside, "latest.xml", b"new!")

    source = FolderSource(id="drop", agency="ani", path=inside, keep_done=keep_done)
    folder = Folder(source, desk.accept, outcome, clock, Pager())
    await drop(inside, "latest.xml", b"old!")
    for _ in range(4):
        await look(folder)
        clock.move(5)
    assert desk.bodies == [b"old!", b"new!"]
    assert names(inside) == []


async def test_names_of_any_length_and_any_bytes_can_fail(watch, inside, newsroom):
    newsroom.dead[b"bad"] = "no"
    long = "x" * 250 + ".xml"
    strange = os.fsdecode(b"\xff\xfe.xml")
    for name in (long, strange):
        (inside / name).write_bytes(b"bad")
        os.utime(inside / name, (1, 1))
    await look(watch())
    assert len(names(inside / "failed")) == 4
    assert names(inside) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.sampled_from(["write", "grow", "rename", "look", "look"]), max_size=25))
def test_no_file_is_ever_taken_early_lost_or_taken_twice(tmp_path_factory, steps):
    """Whatever the senders do between looks, each file arrives once, after it was left alone."""
    asyncio.run(_story(tmp_path_factory.mktemp("drop"), steps))


async def _story(path, steps) -> None:
    clock, desk, whole = Clock(), Desk(), set()
    source = FolderSource(id="d", agency="a", path=path, settle=2.0)
    folder = Folder(source, desk.accept, _well, clock, Pager(), random.Random(1))
    growing, touched = path / "0.xml", clock.now
    for number, step in enumerate(steps):
        if step == "write":
            whole |= _held(growing)
            growing, touched = path / f"{number}.xml", clock.now
            growing.write_bytes(b"<%d>" % number)
        elif step == "grow" and growing.exists():
            touched = clock.now
            with growing.open("ab") as file:
                file.write(b"+")
        elif step == "rename":
            (path / ".new").write_bytes(b"r%d" % number)
            os.utime(path / ".new", (1, 1))
            (path / ".new").rename(path / f"r{number}")
            whole.add(b"r%d" % number)
        elif step == "look":
            held = _held(growing)
            await look(folder)
            if not growing.exists() and held:
                assert (clock.now - touched).total_seconds() >= source.settle
                whole |= held
            clock.move(0.5)
    whole |= _held(growing)
    for _ in range(3):
        await look(folder)
        clock.move(2.5)
    assert sorted(desk.bodies) == sorted(whole)
    assert names(path) == []


def _held(growing) -> set[bytes]:
    return {growing.read_bytes()} if growing.exists() else set()


async def _well(_id):
    """Every delivery is read well."""


async def test_the_watch_hears_of_files_and_survives_bad_ones(inside, desk, newsroom, clock):
    inside.mkdir()
    newsroom.dead[b"bad"] = "no"
    source = FolderSource(id="drop", agency="a", path=inside, rescan=0.2, settle=0.05)
    folder = Folder(source, desk.accept, newsroom.outcome, clock, Pager())

    async def send():
        for n in range(5):
            await drop(inside, f"{n}.xml", b"bad" if n % 2 else b"%d" % n)

    sending = asyncio.create_task(send())
    await run_until(folder, lambda: len(desk.kept) == 5 and not names(inside))
    await sending
    assert sorted(desk.bodies) == [b"0", b"2", b"4", b"bad", b"bad"]


async def test_a_folder_that_is_missing_is_made(inside, desk, newsroom, clock):
    folder = Folder(
        FolderSource(id="drop", agency="a", path=inside / "deep" / "er"),
        desk.accept,
        newsroom.outcome,
        clock,
        Pager(),
    )
    await look(folder)
    assert (inside / "deep" / "er").is_dir()
