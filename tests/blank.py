"""An empty store as the migrations leave it: made once in a process, copied from then on.

Making one takes longer than most tests. What asks how a store is made or brought up to date
makes its own (tests/store/test_files.py).
"""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import apsw

from copytaster.store import STORE_FILE
from copytaster.store import Store
from copytaster.store import open_sqlite

_JOURNAL = b"\1\1"
"""what a SQLite file says at byte 18 when it has no WAL, which there is none of in memory"""


def lay(folder: Path) -> None:
    """Put an empty store where a desk would make one; where one is, it stays."""
    file = folder / STORE_FILE
    if not file.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_bytes(_made())


def in_memory() -> Store:
    """An empty store in memory."""
    made = _made()

    def fill(db: apsw.Connection) -> None:
        db.deserialize("main", made[:18] + _JOURNAL + made[20:])

    apsw.connection_hooks.append(fill)
    try:
        return open_sqlite(":memory:")
    finally:
        apsw.connection_hooks.remove(fill)


@cache
def _made() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / STORE_FILE
        open_sqlite(file).close()
        return file.read_bytes()
