"""A drill is forgotten whole: no table keeps a row that names it."""

from copytaster.store import open_sqlite
from copytaster.store._statements import sql

_SPARED = {"notices"}
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
