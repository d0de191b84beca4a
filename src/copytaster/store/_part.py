"""What every part of the store in SQLite stands on: statements by name, read or written."""

from typing import Any

from copytaster.store._engine import Engine
from copytaster.store._rows import Row
from copytaster.store._statements import sql


class Part:
    """One part of the store, on one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def _all(self, statement: str, **bindings: Any) -> list[Row]:
        with self._engine.reading() as db:
            return db.execute(sql(statement), bindings).fetchall()

    def _first(self, statement: str, **bindings: Any) -> Row | None:
        found = self._all(statement, **bindings)
        return found[0] if found else None

    def _one(self, statement: str) -> Row:
        (row,) = self._all(statement)
        return row

    def _write(self, statement: str, **bindings: Any) -> int:
        """How many rows changed."""
        with self._engine.writing() as db:
            db.execute(sql(statement), bindings)
            return db.changes()
