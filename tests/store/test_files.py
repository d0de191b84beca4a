"""What is true of the files: durable, whole, upgraded, refused, and full disks survived."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from pathlib import Path

import apsw
import pytest
from msgspec.structs import replace

from copytaster.store import Face
from copytaster.store import Full
from copytaster.store import ListQuery
from copytaster.store import Moved
from copytaster.store import Store
from copytaster.store import StoreError
from copytaster.store import Taken
from copytaster.store import Unfit
from copytaster.store import open_sqlite
from copytaster.store._engine import APPLICATION_ID
from copytaster.store._engine import Engine
from copytaster.store._statements import migrations
from tests.store.making import at
from tests.store.making import change
from tests.store.making import delivery
from tests.store.making import message
from tests.store.making import publishing
from tests.store.making import story
from tests.store.making import work

PROJECT = Path(__file__).resolve().parents[2]
MEBIBYTE = 1024 * 1024


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "desk.sqlite"


@pytest.fixture
def opened() -> Iterator[Callable[..., Store]]:
    """Open stores that are closed when the test ends."""
    stores: list[Store] = []

    def open_(*args: object, **named: object) -> Store:
        stores.append(open_sqlite(*args, **named))  # type: ignore[arg-type]
        return stores[-1]

    yield open_
    for store in stores:
        store.close()


def in_child(script: str, *args: object) -> subprocess.Popen[str]:
    """Another process that may use the project and these tests' records."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, args)],
        cwd=PROJECT,
        env=os.environ | {"PYTHONPATH": f"{PROJECT / 'src'}{os.pathsep}{PROJECT}"},
        stdout=subprocess.PIPE,
        text=True,
    )


# --- durable ---------------------------------------------------------------------------------

DIE_AFTER_KEEP = """
import os, sys
from datetime import UTC
from datetime import datetime
from pathlib import Path
from copytaster.store import open_sqlite
from tests.store.making import delivery
open_sqlite(Path(sys.argv[1])).keep([delivery("a"), delivery("b")])
os._exit(7)
"""

COMMIT_UNTIL_KILLED = """
import sys
from datetime import UTC
from datetime import datetime
from pathlib import Path
from copytaster.store import Taken, open_sqlite
from tests.store.making import change, delivery, edition, event, live, message, work
store = open_sqlite(Path(sys.argv[1]))
for n in range(1, 100000):
    store.keep([delivery(str(n))])
    store.commit(
        [
            change(
                live(n, shelves=("section/sport",)), message(str(n)), work=work(n),
                edition=edition(n), events=(event(n),),
            )
        ],
        [Taken(delivery=str(n))],
    )
    print(n, flush=True)
"""


def test_what_was_kept_outlives_a_process_that_died_at_once(
    file: Path, opened: Callable[..., Store]
) -> None:
    with in_child(DIE_AFTER_KEEP, file) as child:
        assert child.wait() == 7
    assert [one.id for one in opened(file).waiting(10)] == ["a", "b"]


def test_a_killed_process_leaves_whole_commits_and_all_it_told_of(
    file: Path, opened: Callable[..., Store]
) -> None:
    with in_child(COMMIT_UNTIL_KILLED, file) as child:
        assert child.stdout is not None
        told = [int(child.stdout.readline()) for _ in range(25)]
        child.kill()
        told += [int(line) for line in child.stdout.read().split()]
    store = opened(file)
    assert store.check() == []
    kept = [one.story.number for one in store.front(ListQuery(limit=1000))]
    assert len(kept) in {told[-1], told[-1] + 1}
    for n in kept:
        id = story(n).id
        assert [len(store.history_of(id).messages), len(store.editions(id))] == [1, 1]
        assert len(store.events(story=id)) == 1
    assert len(store.front(ListQuery(shelf="section/sport", limit=1000))) == len(kept)
    counts = store.counts()
    assert (counts["live"], counts["work"]) == (len(kept), len(kept))
    assert counts["waiting"] in {0, 1}


def test_a_commit_waits_for_the_disk(file: Path, opened: Callable[..., Store]) -> None:
    """No test can cut the power: FULL is what makes SQLite sync the WAL at each commit."""
    writer = opened(file)._engine._writer
    assert (writer.pragma("journal_mode"), writer.pragma("synchronous")) == ("wal", 2)


def test_everything_is_there_when_the_store_is_opened_again(
    file: Path, opened: Callable[..., Store]
) -> None:
    first = opened(file)
    first.keep([delivery("a"), delivery("b")])
    sequence = first.commit([publishing(1)], [Taken(delivery="a")])
    front = first.front(ListQuery())
    first.close()
    again = opened(file)
    assert again.front(ListQuery()) == front
    assert again.sequence == sequence
    assert [one.id for one in again.waiting(10)] == ["b"]


def test_the_sequence_never_repeats_over_restarts(file: Path, opened: Callable[..., Store]) -> None:
    """A story that leaves without an event is counted too."""
    seen = []
    for face in (Face.live, Face.gone, Face.live):
        store = opened(file)
        kept = store.story(story(1).id)
        made = publishing(1) if kept is None else change(replace(kept, face=face))
        seen.append(store.commit([made]))
        store.close()
    assert seen == sorted(set(seen))


def test_a_closed_store_is_one_file_and_says_that_it_is_closed(file: Path) -> None:
    store = open_sqlite(file)
    store.commit([publishing(1)])
    store.front(ListQuery())
    store.close()
    store.close()
    assert [one.name for one in file.parent.iterdir()] == [file.name]
    for deed in (store.counts, lambda: store.keep([delivery("a")]), store.check):
        with pytest.raises(StoreError, match="is closed"):
            deed()


def test_a_second_process_may_look_and_cannot_overwrite_unseen(
    file: Path, opened: Callable[..., Store]
) -> None:
    desk, shell = opened(file), opened(file)
    desk.commit([publishing(1)])
    read = shell.story(story(1).id)
    assert read is not None
    desk.commit([change(read, message())])
    with pytest.raises(Moved):
        shell.commit([change(read, message("other"))])


# --- fit for use -----------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["3.7.0", "3.40.1", "3.44.5", "3.50.6", "3.51.2", "3.49.9"])
def test_a_library_that_can_lose_pages_is_refused(version: str) -> None:
    with pytest.raises(Unfit, match=f"SQLite {version} .*install an apsw"):
        open_sqlite(":memory:", library=version)


@pytest.mark.parametrize("version", ["3.44.6", "3.50.7", "3.51.3", "3.53.0", "3.54.1", "4.0"])
def test_a_library_with_the_fix_is_used(version: str) -> None:
    open_sqlite(":memory:", library=version).close()


def test_a_store_of_a_later_version_is_refused_and_left_alone(file: Path) -> None:
    open_sqlite(file).close()
    with apsw.Connection(str(file)) as later:
        later.pragma("user_version", len(migrations()) + 1)
    later.close()
    with pytest.raises(Unfit, match="install the newer Copytaster"):
        open_sqlite(file)


def test_a_file_of_another_program_is_refused_and_left_alone(file: Path) -> None:
    other = apsw.Connection(str(file))
    other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    before = file.read_bytes()
    with pytest.raises(Unfit, match="not a Copytaster store"):
        open_sqlite(file)
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(file: Path) -> None:
    file.write_bytes(b"Dear editor, " * 1000)
    with pytest.raises(Unfit, match="use a sound backup"):
        open_sqlite(file)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="check that its folder exists"):
        open_sqlite(tmp_path / "nowhere" / "desk.sqlite")


def test_damage_is_told_in_a_sentence(file: Path, opened: Callable[..., Store]) -> None:
    store = opened(file)
    store.commit([publishing(n) for n in range(1, 200)])
    store.close()
    pages = bytearray(file.read_bytes())
    pages[-20 * 4096 : -10 * 4096] = bytes(10 * 4096)
    file.write_bytes(pages)
    wrong = opened(file).check()
    assert wrong
    assert all(sentence.startswith("the file is damaged: ") for sentence in wrong)


def test_a_row_without_its_story_is_told_in_a_sentence(
    file: Path, opened: Callable[..., Store]
) -> None:
    opened(file).close()
    other = apsw.Connection(str(file))  # not ours: it minds no references
    other.execute("INSERT INTO work VALUES (99, 'publish', 0, 0, NULL, 0)")
    other.close()
    assert opened(file).check() == ["work 99 names a row of stories that is not there"]


def test_a_reader_in_flight_ends_well_when_the_store_is_closed(file: Path) -> None:
    engine = Engine(file)
    with engine.reading() as db:
        engine.close()
        assert db.execute("SELECT value FROM sequence").get == 0
    assert [one.name for one in file.parent.iterdir()] == [file.name]


# --- full disks ------------------------------------------------------------------------------


def fill(store: Store) -> int:
    """Keep deliveries until there is no room; how many were kept."""
    for n in range(10_000):
        try:
            store.keep([delivery(str(n), os.urandom(20_000)), delivery(f"{n}b")])
        except Full:
            return n
    raise AssertionError("it never got full")


def test_a_full_store_keeps_nothing_of_the_call_and_stays_usable(
    file: Path, opened: Callable[..., Store]
) -> None:
    small = opened(file, max_bytes=2 * MEBIBYTE)
    kept = fill(small)
    assert kept > 10
    assert small.counts()["waiting"] == len(small.waiting(10_000)) == kept * 2
    with pytest.raises(Full, match="make room"):
        small.commit([publishing(n) for n in range(1, 500)])
    assert small.story(story(1).id) is None
    assert small.check() == []
    small.close()
    larger = opened(file)
    larger.keep([delivery("after")])
    assert larger.counts()["waiting"] == kept * 2 + 1


FILE_LIMIT = """
import resource, signal, sys
from datetime import UTC
from datetime import datetime
from pathlib import Path
from copytaster.store import open_sqlite
from tests.store.making import delivery, publishing
from tests.store.test_files import fill
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = open_sqlite(Path(sys.argv[1]))
store.commit([publishing(1)])
_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (1280 * 1024, most))
kept = fill(store)
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
store.keep([delivery("after")])
print(kept, store.counts()["waiting"], store.check())
"""


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="the system has no file limits")
def test_writes_the_system_refuses_are_survived_in_the_same_process(file: Path) -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY
    with in_child(FILE_LIMIT, file) as child:
        assert child.stdout is not None
        kept, waiting, wrong = child.stdout.read().strip().split(maxsplit=2)
    assert int(kept) > 10
    assert (int(waiting), wrong) == (int(kept) * 2 + 1, "[]")


def test_deliveries_leave_a_reserve_that_kills_may_use(
    file: Path, opened: Callable[..., Store]
) -> None:
    room = [100]
    store = opened(file, reserve=100, free=lambda folder: room[0] if folder == file.parent else 0)
    store.keep([delivery("a")])
    store.commit([publishing(1)])
    room[0] = 99
    with pytest.raises(Full, match="kills and publishing go on"):
        store.keep([delivery("b")])
    kept = store.story(story(1).id)
    assert kept is not None
    store.commit(
        [change(replace(kept, face=Face.gone, face_changed=at(9)), work=work(1))],
        [Taken(delivery="a")],
    )
    assert store.front(ListQuery()) == []
    room[0] = 100
    store.keep([delivery("b")])
    assert [one.id for one in store.waiting(10)] == ["b"]


def test_memory_needs_no_room_on_a_disk(opened: Callable[..., Store]) -> None:
    store = opened(":memory:", free=lambda _: 0)
    store.keep([delivery("a")])
    assert store.delivery("a") == delivery("a")


# --- upgrades --------------------------------------------------------------------------------

OLDER = """
INSERT INTO stories (number, id, agency, guid, revision, state, reasons, cause, face, edition,
    sections, drill, first_public, face_changed)
VALUES
    (1, '{id}', 'harbour', 'urn:harbour:1', 1, 'killed', '[]', 'agency', 'gone', 2, '[]', 0, 1, 9);
INSERT INTO raw VALUES (1, x'00', x'00');
INSERT INTO deliveries (number, id, source, agency, received, raw, archive, urgent, stories)
VALUES (1, 'a', 'wire', 'harbour', 7, 1, 0, 0, '["other"]'),
    (2, 'b', 'wire', 'harbour', 7, 1, 0, 0, '["{id}"]'),
    (3, 'c', 'wire', 'harbour', 7, 1, 0, 0, '["{id}"]');
INSERT INTO messages (story, identity, content_hash, source, received, archive, item_z)
VALUES (1, x'01', 'h', 'wire', 7, 0, x'00'), (1, x'02', 'h', 'lost', 7, 0, x'00');
INSERT INTO events (story, kind, at, edition, reason)
VALUES (1, 'published', 1, 1, NULL), (1, 'updated', 2, 2, 'correction'), (1, 'held', 3, 2, 'desk'),
    (1, 'killed', 4, 2, 'agency');
INSERT INTO receipts VALUES (1, '/', 'withdraw', 4, 'site', 5, 0, 200, 'still listed');
"""


def older(file: Path, step: str) -> None:
    """A store as it was before the migration of this name, with one story in it."""
    names = sorted(path.name for path in (PROJECT / "src/copytaster/store/migrations").iterdir())
    db = apsw.Connection(str(file))
    before = names.index(step)
    for statements in migrations()[:before]:
        db.execute(statements)
    db.execute(OLDER.format(id=story(1).id))
    db.pragma("application_id", APPLICATION_ID)
    db.pragma("user_version", before)
    db.close()


def test_an_older_store_learns_its_corrections_deliveries_and_dirty_looks(
    file: Path, opened: Callable[..., Store]
) -> None:
    older(file, "0007_corrections.sql")
    store = opened(file)
    listed = [(one.event.kind.value, one.event.sequence) for one in store.corrections()]
    assert listed == [("killed", 4), ("updated", 2)]
    db = store._engine._writer
    assert db.execute("SELECT delivery FROM messages ORDER BY number").fetchall() == [
        ("b",),
        (None,),
    ]
    (receipt,) = store.receipts(story(1).id)
    assert (receipt.looks, receipt.dirty_detail) == (1, "still listed")
    assert receipt.dirty_seen == receipt.seen
    assert store.check() == []


def test_sections_of_an_older_store_become_shelves_and_its_stories_are_to_be_filed(
    file: Path, opened: Callable[..., Store]
) -> None:
    names = sorted(path.name for path in (PROJECT / "src/copytaster/store/migrations").iterdir())
    before = names.index("0014_shelves_and_search.sql")
    db = apsw.Connection(str(file))
    for statements in migrations()[:before]:
        db.execute(statements)
    db.execute(OLDER.partition("INSERT INTO raw")[0].format(id=story(1).id))
    db.execute("""UPDATE stories SET sections = '["sport","world"]'""")
    db.pragma("application_id", APPLICATION_ID)
    db.pragma("user_version", before)
    db.close()
    store = opened(file)
    read = store.story(story(1).id)
    assert read is not None
    assert read.shelves == ("section/sport", "section/world")
    (listed,) = store.feed(
        ListQuery(shelf="section/world", notices_since=datetime(1970, 1, 1, tzinfo=UTC))
    )
    assert listed.story == read
    assert store.setting("filing") == store.setting("telling") == "0/1"
    assert store.check() == []


def test_a_new_store_has_nothing_to_be_filed(file: Path, opened: Callable[..., Store]) -> None:
    store = opened(file)
    assert store.setting("filing") is store.setting("telling") is None
