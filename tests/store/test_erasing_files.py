"""What was erased is in no page of the store's file, free or not, and not in its log."""

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from msgspec.structs import replace

from copytaster import query
from copytaster.item import Headline
from copytaster.store import Erasure
from copytaster.store import Face
from copytaster.store import Filing
from copytaster.store import Store
from copytaster.store import StoreError
from copytaster.store import open_sqlite
from copytaster.story import DecisionKind
from copytaster.story import State
from tests.newsroom.traces import left
from tests.store.contract_told import held
from tests.store.making import at
from tests.store.making import change
from tests.store.making import decision
from tests.store.making import edition
from tests.store.making import live
from tests.store.making import message
from tests.store.making import story

STORIES = 400


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_sqlite(tmp_path / "desk.sqlite")
    yield opened
    opened.close()


def word(n: int) -> str:
    """Alike in the beginning, so that little less than the whole word tells one from the next."""
    return f"zwyntherapolquexillion{n:06d}"


def public(store: Store) -> None:
    changes = []
    for n in range(1, STORIES + 1):
        filing = Filing(story=f"{n:016d}", entry=b"e", headline=word(n), byline="", text="fog")
        changes.append(change(live(n), edition=edition(n), filing=filing))
    store.commit(changes)


def kill(store: Store, n: int) -> None:
    known = store.story(f"{n:016d}")
    assert known is not None
    gone = replace(known, state=State.killed, face=Face.gone, face_changed=at(900))
    store.commit([change(gone, decisions=(decision("d", kind=DecisionKind.erase),))])


def signposts(path: Path) -> set[bytes]:
    db = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return {bytes(term)[1:] for (term,) in db.execute("SELECT term FROM found_idx")}
    finally:
        db.close()


def test_no_signpost_of_the_search_index_tells_a_word(store: Store, tmp_path: Path) -> None:
    public(store)
    posts = signposts(tmp_path / "desk.sqlite")
    n = next(n for n in range(1, STORIES + 1) if word(n).encode() in posts)
    kill(store, n)
    assert word(n).encode() in signposts(tmp_path / "desk.sqlite"), "secure-delete leaves it"
    store.erasures.erase(Erasure(story=f"{n:016d}", at=at(1000), deliveries=()))
    store.erasures.sweep()
    assert left(tmp_path, [word(n)]) == {}
    assert store.check() == []
    others = [one for one in range(1, STORIES + 1) if one != n]
    assert set(left(tmp_path, [word(others[0]), word(others[-1])]))


def test_free_pages_and_the_log_hold_nothing(store: Store, tmp_path: Path) -> None:
    public(store)
    kill(store, 7)
    store.erasures.erase(Erasure(story=f"{7:016d}", at=at(1000), deliveries=()))
    assert left(tmp_path, [word(7)]), "or this test shows nothing"
    store.erasures.sweep()
    assert left(tmp_path, [word(7)]) == {}


def test_the_desks_index_holds_nothing(store: Store, tmp_path: Path) -> None:
    """Told twice, so that what was told first is deleted from it, and merged into nothing yet."""
    said = message("said", guid="g", headlines=(Headline(value=word(7)),))
    store.commit([change(story(1), said), *(held(n, word(n)) for n in range(100, 200))])
    known = store.story(story(1).id)
    assert known is not None
    store.commit([change(replace(known, state=State.killed))])
    assert store.told.find(query.read(word(7)), at(1))
    store.erasures.erase(Erasure(story=story(1).id, at=at(1000), deliveries=()))
    assert store.told.find(query.read(word(7)), at(1)) == []
    assert left(tmp_path, [word(7)]), "or this test shows nothing"
    store.erasures.sweep()
    assert left(tmp_path, [word(7)]) == {}
    assert set(left(tmp_path, [word(100), word(199)]))
    assert store.check() == []


def test_a_log_that_a_reader_holds_is_no_success(store: Store, tmp_path: Path) -> None:
    public(store)
    kill(store, 7)
    reader = apsw.Connection(str(tmp_path / "desk.sqlite"), flags=apsw.SQLITE_OPEN_READONLY)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM stories").fetchall()
    store.erasures.erase(Erasure(story=f"{7:016d}", at=at(1000), deliveries=()))
    with pytest.raises(StoreError, match="a reader, perhaps a backup, holds"):
        store.erasures.sweep()
    assert store.erasures.is_owed
    reader.close()
    store.erasures.sweep()
    assert left(tmp_path, [word(7)]) == {}
