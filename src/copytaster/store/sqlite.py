"""The store on SQLite, through apsw.

Every deed is one SQL file under ``sql/``; the schema is in ``migrations/``; what the files in
the data folder are and what survives what is told in docs/reference/store.md.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import apsw

from copytaster.store._call_sqlite import CallsInSqlite
from copytaster.store._copy import copy_whole
from copytaster.store._delivery_sqlite import DeliveriesInSqlite
from copytaster.store._engine import Engine
from copytaster.store._engine import faults
from copytaster.store._engine import refuse_unfit_library
from copytaster.store._erasure_sqlite import ErasuresInSqlite
from copytaster.store._figure_sqlite import FiguresInSqlite
from copytaster.store._list_sqlite import ListsInSqlite
from copytaster.store._log_sqlite import LogInSqlite
from copytaster.store._name_sqlite import NamesInSqlite
from copytaster.store._outbox_sqlite import OutboxInSqlite
from copytaster.store._patrol_sqlite import PatrolInSqlite
from copytaster.store._people_sqlite import PeopleInSqlite
from copytaster.store._pictures import PicturesInSqlite
from copytaster.store._port import Store
from copytaster.store._preset_sqlite import PresetsInSqlite
from copytaster.store._press_sqlite import PressInSqlite
from copytaster.store._recall_sqlite import RecallsInSqlite
from copytaster.store._remark_sqlite import RemarksInSqlite
from copytaster.store._report_sqlite import ReportsInSqlite
from copytaster.store._story_sqlite import StoriesInSqlite
from copytaster.store._told_sqlite import ToldInSqlite
from copytaster.store._twin_sqlite import TwinsInSqlite
from copytaster.store._window_sqlite import WindowInSqlite
from copytaster.store._wire_sqlite import WireInSqlite
from copytaster.story import State

STORE_FILE = "desk.sqlite"
"""the store's name in a data folder"""
RESERVE = 64 * 1024 * 1024
"""bytes of the disk that deliveries leave free, so that kills still find room"""
_COUNTED = (*(state.value for state in State), "waiting", "dead", "work")


def free_bytes(folder: Path) -> int:
    """Room left on the disk of a folder."""
    return shutil.disk_usage(folder).free


def open_sqlite(
    path: Path | Literal[":memory:"],
    *,
    reserve: int = RESERVE,
    free: Callable[[Path], int] = free_bytes,
    max_bytes: int | None = None,
    library: str | None = None,
) -> Store:
    """The store in this file, made when missing and brought up to date when older.

    ``reserve``: bytes of the disk ``keep`` leaves free, measured by ``free`` on the file's
    folder. ``max_bytes``: a limit on the file itself. ``library``: the version of SQLite to
    judge instead of the linked one. Raises :class:`Unfit`; the data folder is locked apart
    (``lock_folder``).
    """
    refuse_unfit_library(library or apsw.sqlite_lib_version())
    file = None if path == ":memory:" else Path(path)

    def room() -> int:
        return reserve if file is None else free(file.parent)

    return _SqliteStore(Engine(file, max_bytes=max_bytes, reserve=reserve, room=room))


class _SqliteStore(
    DeliveriesInSqlite,
    StoriesInSqlite,
    NamesInSqlite,
    PressInSqlite,
    RecallsInSqlite,
    ListsInSqlite,
    PatrolInSqlite,
):
    """:class:`Store` on one engine, put together from its parts."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.pictures = PicturesInSqlite(engine, self._reached)
        self.outbox = OutboxInSqlite(engine)
        self.calls = CallsInSqlite(engine)
        self.reports = ReportsInSqlite(engine)
        self.people = PeopleInSqlite(engine)
        self.remarks = RemarksInSqlite(engine)
        self.presets = PresetsInSqlite(engine)
        self.log = LogInSqlite(engine)
        self.erasures = ErasuresInSqlite(engine, self._reached)
        self.twins = TwinsInSqlite(engine)
        self.wire = WireInSqlite(engine)
        self.window = WindowInSqlite(engine)
        self.told = ToldInSqlite(engine)
        self.figures = FiguresInSqlite(engine)

    def counts(self) -> dict[str, int]:
        return dict.fromkeys(_COUNTED, 0) | self._tally()

    def _tally(self) -> dict[str, int]:
        return {str(name): int(n) for name, n in self._all("counts")}

    def source_state(self, source: str) -> bytes | None:
        row = self._first("source_state", source=source)
        return None if row is None else bytes(row[0])

    def keep_source_state(self, source: str, state: bytes) -> None:
        self._write("keep_source_state", source=source, state=state)

    def setting(self, key: str) -> str | None:
        row = self._first("setting", key=key)
        return None if row is None else str(row[0])

    def keep_setting(self, key: str, value: str | None) -> None:
        if value is None:
            self._write("forget_setting", key=key)
        else:
            self._write("keep_setting", key=key, value=value)

    def backup(self, target: Path) -> None:
        with self._engine.reading() as db:
            copy_whole(db, target)

    def check(self) -> list[str]:
        with self._engine.reading() as db:
            return faults(db)

    def close(self) -> None:
        self._engine.close()
