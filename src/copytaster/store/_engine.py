"""The SQLite files: opened fit for use, one writer, readers beside it, errors in our words.

A file has one writing connection behind a lock, and a reading connection for every reader
there ever was at one time: a reader borrows one and gives it back, so that threads may come
and go. A store in memory has one connection for everything.
"""

import errno
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import apsw

from copytaster.store._errors import Full
from copytaster.store._errors import StoreError
from copytaster.store._errors import Unfit
from copytaster.store._picture_rows import differing_bits
from copytaster.store._statements import migrations

APPLICATION_ID = 0x436F7079  # "Copy": marks the file as ours
BUSY_MS = 10_000
"""how long to wait for another process, such as a command in a shell"""
WRITER_CACHE_KIB = 8_192
READER_CACHE_KIB = 2_048
MMAP_BYTES = 16 * 1024 * 1024
"""every mapped page counts as resident, once for each connection: keep it moderate"""
WAL_KEPT_BYTES = 64 * 1024 * 1024
"""a WAL that grew beyond this, under a long backup, is cut back"""

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""the disk, the quota, or the limit on one file; SQLite itself names only some of these full"""
_FIXED_BRANCHES = {(3, 44): 6, (3, 50): 7}


def refuse_unfit_library(version: str) -> None:
    """Raise :class:`Unfit` for a SQLite with the WAL-reset fault.

    From 3.7.0 to 3.51.2 a checkpoint and a commit from two connections can lose committed
    pages. Fixed in 3.51.3; the fix went back to 3.50.7 and 3.44.6 (handbook: stack §4).
    """
    major, minor, patch = ([int(part) for part in version.split(".")] + [0, 0])[:3]
    fixed_in = _FIXED_BRANCHES.get((major, minor))
    if (major, minor, patch) >= (3, 51, 3) or (fixed_in is not None and patch >= fixed_in):
        return
    raise Unfit(
        f"SQLite {version} can lose committed pages (WAL-reset fault); "
        "install an apsw that carries SQLite 3.51.3 or later"
    )


class Engine:
    """Connections to one store."""

    def __init__(
        self,
        path: Path | None,
        *,
        max_bytes: int | None = None,
        reserve: int = 0,
        room: Callable[[], int] | None = None,
    ) -> None:
        self.name = str(path) if path else ":memory:"
        self._path = path
        self._reserve = reserve
        self._room = room
        self._turn = Lock()
        self._idle: list[apsw.Connection] = []
        self._closed = False
        with in_our_words(self.name, None):
            self._writer = apsw.Connection(self.name)
        try:
            self._prepare(max_bytes)
        except BaseException:
            self._writer.close()
            raise

    def _prepare(self, max_bytes: int | None) -> None:
        db = self._writer
        with in_our_words(self.name, db):
            refuse_foreign_schema(db, self.name)
            mode = db.pragma("journal_mode", "wal")
            if self._path is not None and mode != "wal":
                raise Unfit(f"{self.name} cannot use a WAL here; keep it on a local disk")
            _tune(db, WRITER_CACHE_KIB)
            db.pragma("synchronous", "full")
            db.pragma("journal_size_limit", WAL_KEPT_BYTES)
            migrate(db)
            if max_bytes is not None:
                db.pragma("max_page_count", max_bytes // db.pragma("page_size"))

    @contextmanager
    def writing(self) -> Iterator[apsw.Connection]:
        """One transaction, durable when the block ends, undone whole when it raises."""
        with self._turn, in_our_words(self.name, self._writer):
            self._refuse_when_closed()
            db = self._writer
            try:
                db.execute("BEGIN IMMEDIATE")
                yield db
                db.execute("COMMIT")
            finally:
                if db.in_transaction:  # what went wrong, a full disk too, leaves nothing behind
                    db.execute("ROLLBACK")

    @contextmanager
    def alone(self) -> Iterator[apsw.Connection]:
        """The writing connection in no transaction, for what SQLite does only so; everybody who
        wants to write waits."""
        with self._turn, in_our_words(self.name, self._writer):
            self._refuse_when_closed()
            yield self._writer

    @contextmanager
    def reading(self) -> Iterator[apsw.Connection]:
        """One consistent state of the store, however many statements read it."""
        if self._path is None:
            with self._turn, self._snapshot(self._writer):
                yield self._writer
            return
        db = self._borrow()
        try:
            with self._snapshot(db):
                yield db
        finally:
            self._give_back(db)

    @contextmanager
    def _snapshot(self, db: apsw.Connection) -> Iterator[None]:
        self._refuse_when_closed()
        with in_our_words(self.name, db):
            db.execute("BEGIN")
            try:
                yield
            finally:
                db.execute("ROLLBACK")

    def _borrow(self) -> apsw.Connection:
        self._refuse_when_closed()
        try:
            return self._idle.pop()
        except IndexError:
            with in_our_words(self.name, None):
                db = apsw.Connection(self.name, flags=apsw.SQLITE_OPEN_READWRITE)
                _tune(db, READER_CACHE_KIB)
                db.pragma("query_only", True)  # noqa: FBT003 - the pragma's own value
            return db

    def _give_back(self, db: apsw.Connection) -> None:
        self._idle.append(db)
        if self._closed:
            self._close_idle()

    def _close_idle(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def refuse_when_tight(self) -> None:
        """Raise :class:`Full` when less than the reserve is left of the disk."""
        if self._room is not None and self._room() < self._reserve:
            raise Full(
                f"less than {self._reserve} bytes are free for {self.name}: nothing of "
                "this was kept; make room on the disk (kills and publishing go on)"
            )

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise StoreError(f"{self.name} is closed")

    def close(self) -> None:
        """Let go of the files; safe to call twice. A reader in flight closes its own."""
        with self._turn:
            if not self._closed:
                self._closed = True
                self._close_idle()
                self._writer.close()


def _tune(db: apsw.Connection, cache_kib: int) -> None:
    db.set_busy_timeout(BUSY_MS)
    db.pragma("foreign_keys", True)  # noqa: FBT003 - the pragma's own value
    db.pragma("cache_size", -cache_kib)
    db.pragma("mmap_size", MMAP_BYTES)
    db.create_scalar_function("differing_bits", differing_bits, 2, deterministic=True)


def refuse_foreign_schema(db: apsw.Connection, name: str) -> None:
    """Raise :class:`Unfit` for a file that is not ours, or is of a later version than we."""
    owner = db.pragma("application_id")
    empty = db.execute("SELECT count(*) FROM sqlite_schema").get == 0
    if owner != APPLICATION_ID and not empty:
        raise Unfit(f"{name} is not a Copytaster store; name another folder, or move it aside")
    version, known = db.pragma("user_version"), len(migrations())
    if version > known:
        raise Unfit(
            f"{name} has schema {version}, this Copytaster knows up to {known}; "
            "install the newer Copytaster, or restore a backup made before the upgrade"
        )


def migrate(db: apsw.Connection) -> None:
    """Bring the schema up to date, all steps in one transaction."""
    steps = migrations()
    if db.pragma("user_version") == len(steps):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        # Read again: another process may have done it before we had the lock.
        for step in steps[db.pragma("user_version") :]:
            db.execute(step)
        db.pragma("application_id", APPLICATION_ID)
        db.pragma("user_version", len(steps))
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def faults(db: apsw.Connection, check: str = "quick_check") -> list[str]:
    """What is wrong with a store's file, in sentences; empty when it is sound.

    ``check``: ``quick_check``, or ``integrity_check``, which also compares every index.
    """
    try:
        lines = [line for (line,) in db.execute(f"PRAGMA {check}") if line != "ok"]
        found = [f"the file is damaged: {line}" for line in lines]
        for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
            found.append(f"{table} {row} names a row of {parent} that is not there")
        version = db.pragma("user_version")
    except apsw.CorruptError as error:
        return [f"the file is damaged: {error}"]
    if version != len(migrations()):
        found.append(f"the schema is {version}; this Copytaster needs {len(migrations())}")
    return found


@contextmanager
def in_our_words(name: str, db: apsw.Connection | None) -> Iterator[None]:
    """Turn what the engine raises into the store's errors, with the file's name."""
    try:
        yield
    except apsw.FullError as error:
        raise _full(name) from error
    except apsw.IOError as error:
        if db is not None and db.system_errno in _NO_ROOM:
            raise _full(name) from error
        raise StoreError(f"{name}: the disk failed: {error}; check it, then start again") from error
    except apsw.ConstraintError as error:
        raise ValueError(f"{name} refuses the record: {error}") from error
    except (apsw.NotADBError, apsw.CorruptError) as error:
        raise Unfit(f"{name} is damaged ({error}); use a sound backup") from error
    except apsw.CantOpenError as error:
        raise StoreError(f"cannot open {name}: {error}; check that its folder exists") from error
    except apsw.Error as error:
        raise StoreError(f"{name}: {error}") from error


def _full(name: str) -> Full:
    return Full(f"no room for {name}: nothing of this was kept; make room on the disk")
