"""A backup put back into a data folder."""

from pathlib import Path

import apsw

from copytaster import durable
from copytaster.store._copy import copy_whole
from copytaster.store._engine import faults
from copytaster.store._engine import in_our_words
from copytaster.store._engine import migrate
from copytaster.store._engine import refuse_foreign_schema
from copytaster.store._errors import StoreError
from copytaster.store._errors import Unfit
from copytaster.store._statements import sql
from copytaster.store.lock import lock_folder
from copytaster.store.sqlite import STORE_FILE

_SEQUENCE_STEP = 1_000_000
"""how far ahead of its backup a restored store counts: readers may hold pages and cursors from
the time after the backup, and must not take what comes now for those"""
RESTORED_FILE = f"{STORE_FILE}.restored"
"""a restored store that has not got its name yet"""
RESTORED_SETTING = "log.restored"
"""set in a restored store that has entries of the public log: more of them may have been signed
than it knows of, and it must not sign others in their place"""
_SIDE_FILES = ("", "-wal", "-shm")


def restore(source: Path, folder: Path, *, replace: bool = False) -> Path | None:
    """Put the backup ``source`` into ``folder``; where the store it replaced lies now, or None.

    The backup is checked whole first and is not changed. A store that is there already is
    refused, or with ``replace`` moved aside into ``replaced-<n>``, never deleted. Raises
    :class:`Locked` when a desk runs on the folder, :class:`Unfit` when the backup is no store,
    or of a later version, and :class:`StoreError` otherwise.
    """
    if not source.is_file():
        raise StoreError(f"there is no backup {source}; name the file that `backup` wrote")
    with lock_folder(folder):
        kept = folder / STORE_FILE
        if kept.exists() and not replace:
            raise StoreError(f"{folder} has a store already; with --replace it is moved aside")
        fresh = folder / RESTORED_FILE
        fresh.unlink(missing_ok=True)
        _copy_checked(source, fresh)
        aside = _move_aside(folder) if kept.exists() else None
        fresh.rename(kept)
        durable.sync_folder(folder)
        return aside


def _copy_checked(source: Path, fresh: Path) -> None:
    with in_our_words(str(source), None):
        db = apsw.Connection(str(source), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            refuse_foreign_schema(db, str(source))
            wrong = faults(db, "integrity_check")
            if wrong:
                raise Unfit(f"the backup {source} is unsound: {wrong[0]}; use another one")
            db.execute("BEGIN")
            copy_whole(db, fresh, _ready)
        finally:
            db.close()


def _ready(copy: apsw.Connection) -> None:
    migrate(copy)
    copy.execute(sql("close_doors"))
    copy.execute("UPDATE sequence SET value = value + ?", (_SEQUENCE_STEP,))
    if copy.execute(sql("log_count")).get:
        copy.execute(sql("keep_setting"), {"key": RESTORED_SETTING, "value": "yes"})


def _move_aside(folder: Path) -> Path:
    number = 1
    while (folder / f"replaced-{number}").exists():
        number += 1
    aside = folder / f"replaced-{number}"
    aside.mkdir()
    for side in _SIDE_FILES:
        file = folder / f"{STORE_FILE}{side}"
        if file.exists():
            file.rename(aside / file.name)
    durable.sync_folder(aside)
    return aside
