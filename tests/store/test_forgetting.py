"""A drill is forgotten whole: no table keeps a row that names it. Readers are forgotten, too."""

from pathlib import Path

from copytaster.store import open_sqlite
from copytaster.store._statements import sql
from tests.store.contract_reports import DAY
from tests.store.contract_reports import report
from tests.store.making import NOON

_SPARED = {"notices", "log_leaves"}
"""tables in which a drill has no row, or is not forgotten (old_drills.sql)"""


def test_every_table_that_names_a_story_lets_go_of_a_drill() -> None:
    """A table that is added later and not named here would stop drills from being forgotten."""
    store = open_sqlite(":memory:")
    db = store._engine._writer
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    naming = {
        table
        for table in tables
        for row in db.execute(f"PRAGMA foreign_key_list({table})")
        if row[2] == "stories"
    }
    store.close()
    forgotten = {table for table in naming if f"DELETE FROM {table}\n" in _forgetting()}
    assert naming - forgotten == _SPARED
    assert all(table in sql("old_drills") for table in _SPARED)


def _forgetting() -> str:
    return sql("forget_drill").replace(" WHERE", "\nWHERE")


def test_a_reader_who_was_forgotten_is_in_no_byte_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "desk.sqlite"
    told = (b"kingfisher" * 300, b"asa@reader.example", b"Asa Nilsdotter", b"7k2m9qx4e0")
    words, email, name, ticket = (word.decode() for word in told)
    store = open_sqlite(file)
    store.reports.keep(report(ticket, text=words, email=email, name=name))
    store.close()
    assert all(word in file.read_bytes() for word in (b"kingfisher", *told[1:]))
    store = open_sqlite(file)
    assert store.reports.forget(NOON + DAY) == [ticket]
    store.close()
    assert [path.name for path in tmp_path.iterdir()] == ["desk.sqlite"]
    assert not any(word in file.read_bytes() for word in (b"kingfisher", *told[1:]))
