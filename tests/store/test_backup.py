"""Copies made while the desk runs, and put back."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event as Flag
from threading import Thread

import apsw
import pytest

from copytaster.store import ListQuery
from copytaster.store import Locked
from copytaster.store import Store
from copytaster.store import StoreError
from copytaster.store import Unfit
from copytaster.store import lock_folder
from copytaster.store import open_sqlite
from copytaster.store import restore
from tests.store.contract_people import DEED
from tests.store.contract_people import invitation
from tests.store.contract_people import join
from tests.store.contract_people import person
from tests.store.contract_people import session
from tests.store.contract_people import sign_in
from tests.store.contract_people import token
from tests.store.making import delivery
from tests.store.making import publishing


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    store = open_sqlite(folder / "desk.sqlite")
    yield store
    store.close()


@pytest.fixture
def copy(store: Store, tmp_path: Path) -> Path:
    """A backup with one story and one delivery."""
    store.commit([publishing(1, shelves=("section/sport",))])
    store.keep([delivery("a", b"bytes" * 1000)])
    store.backup(tmp_path / "copy.sqlite")
    return tmp_path / "copy.sqlite"


def test_a_backup_is_one_file_with_everything_in_it(
    store: Store, copy: Path, tmp_path: Path
) -> None:
    assert {one.name for one in tmp_path.iterdir()} == {"data", "copy.sqlite"}
    assert restore(copy, tmp_path / "new") is None
    new = open_sqlite(tmp_path / "new" / "desk.sqlite")
    assert new.front(ListQuery(shelf="section/sport")) == store.front(ListQuery())
    assert new.waiting(10) == store.waiting(10)
    assert (new.counts(), new.events()) == (store.counts(), store.events())
    assert new.check() == []
    new.close()


def test_a_backup_made_while_the_desk_writes_is_of_one_instant(
    store: Store, tmp_path: Path
) -> None:
    store.commit([publishing(n) for n in range(1, 200)])
    store.keep([delivery("large", os.urandom(10_000_000))])  # more than is copied in one step
    stop = Flag()

    def desk() -> None:
        n = 200
        while not stop.is_set():
            store.commit([publishing(n)])
            n += 1

    writer = Thread(target=desk)
    writer.start()
    try:
        for name in ("first", "second"):
            store.backup(tmp_path / name)
    finally:
        stop.set()
        writer.join()
    sizes = []
    for name in ("first", "second"):
        restore(tmp_path / name, tmp_path / f"{name}-data")
        copied = open_sqlite(tmp_path / f"{name}-data" / "desk.sqlite")
        sizes.append(len(copied.front(ListQuery(limit=10**6))))
        assert copied.check() == []
        assert copied.counts()["live"] == len(copied.events(limit=10**6)) == sizes[-1]
        copied.close()
    assert 199 <= sizes[0] <= sizes[1] <= len(store.front(ListQuery(limit=10**6)))


def test_a_store_in_memory_can_be_backed_up(tmp_path: Path) -> None:
    store = open_sqlite(":memory:")
    store.commit([publishing(1)])
    store.backup(tmp_path / "copy")
    store.close()
    restore(tmp_path / "copy", tmp_path / "data")
    kept = open_sqlite(tmp_path / "data" / "desk.sqlite")
    assert len(kept.front(ListQuery())) == 1
    kept.close()


def test_a_backup_never_overwrites_a_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("letters")
    with pytest.raises(StoreError, match="name a new file"):
        store.backup(tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "letters"


def test_a_backup_that_fails_leaves_no_half_and_the_store_usable(
    store: Store, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        store.backup(tmp_path / "nowhere" / "copy")
    store.commit([publishing(1)])
    assert len(store.front(ListQuery())) == 1


def test_a_store_that_is_there_is_not_replaced_unasked(
    store: Store, copy: Path, folder: Path
) -> None:
    with pytest.raises(StoreError, match="has a store already"):
        restore(copy, folder)
    assert len(store.front(ListQuery())) == 1


def test_a_replaced_store_is_moved_aside_whole(store: Store, copy: Path, folder: Path) -> None:
    store.commit([publishing(2)])
    store.close()
    aside = [restore(copy, folder, replace=True) for _ in range(2)]
    assert aside == [folder / "replaced-1", folder / "replaced-2"]
    for place, stories in ((folder, 1), (folder / "replaced-1", 2), (folder / "replaced-2", 1)):
        kept = open_sqlite(place / "desk.sqlite")
        assert len(kept.front(ListQuery())) == stories
        kept.close()


def test_a_running_desk_is_not_replaced(copy: Path, folder: Path) -> None:
    with lock_folder(folder), pytest.raises(Locked):
        restore(copy, folder, replace=True)


def test_a_restored_store_never_gives_a_sequence_twice(
    store: Store, copy: Path, tmp_path: Path
) -> None:
    """Caches of the time after the backup must not match what comes now."""
    after = [store.commit([publishing(n)]) for n in range(2, 10)]
    restore(copy, tmp_path / "new")
    new = open_sqlite(tmp_path / "new" / "desk.sqlite")
    assert new.sequence > max(after)
    new.close()


def test_a_damaged_backup_is_refused_and_changes_nothing(
    copy: Path, tmp_path: Path, store: Store, folder: Path
) -> None:
    store.close()
    before = (folder / "desk.sqlite").read_bytes()
    pages = bytearray(copy.read_bytes())
    pages[len(pages) // 2 :] = bytes(len(pages) - len(pages) // 2)
    copy.write_bytes(pages)
    with pytest.raises(Unfit, match=r"copy\.sqlite .*(use a sound backup|use another one)"):
        restore(copy, folder, replace=True)
    assert (folder / "desk.sqlite").read_bytes() == before
    assert {one.name for one in folder.iterdir()} <= {"desk.sqlite", "desk.lock"}


@pytest.mark.parametrize("bytes_", [b"", b"no database " * 500])
def test_a_file_that_is_no_backup_is_refused(tmp_path: Path, bytes_: bytes) -> None:
    (tmp_path / "letter").write_bytes(bytes_)
    with pytest.raises(Unfit, match="letter"):
        restore(tmp_path / "letter", tmp_path / "data")
    assert not (tmp_path / "data" / "desk.sqlite").exists()


def test_a_backup_of_a_later_version_is_refused(copy: Path, tmp_path: Path) -> None:
    later = apsw.Connection(str(copy))
    later.pragma("user_version", 1_000)
    later.close()
    with pytest.raises(Unfit, match="newer Copytaster"):
        restore(copy, tmp_path / "new")


def test_a_missing_backup_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no backup"):
        restore(tmp_path / "nothing", tmp_path / "data")


def test_nobody_is_signed_in_at_a_restored_desk(store: Store, tmp_path: Path) -> None:
    """Who was signed out since, and which link was used since, the backup does not know."""
    join(store, person("ada"))
    sign_in(store, session("a"))
    store.people.keep_token(token("cron"), DEED)
    store.people.invite(invitation("a", name="bo"), DEED)
    store.backup(tmp_path / "copy.sqlite")
    restore(tmp_path / "copy.sqlite", tmp_path / "new")
    new = open_sqlite(tmp_path / "new" / "desk.sqlite")
    assert new.people.sessions("ada") == new.people.invitations() == []
    assert new.people.persons() == [person("ada")]
    assert new.people.tokens() == [token("cron")]
    assert new.people.deeds() == store.people.deeds()
    new.close()
