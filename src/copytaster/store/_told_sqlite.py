"""The desk's search in SQLite: the store's part that :class:`ToldStore` describes."""

from datetime import datetime

from copytaster.query import Query
from copytaster.store import _rows as rows
from copytaster.store import _told_rows as told_rows
from copytaster.store._part import Part
from copytaster.store._statements import sql
from copytaster.store._told_port import Told
from copytaster.store._told_write import told


class ToldInSqlite(Part):
    """:class:`ToldStore` on one engine."""

    def find(
        self, asked: Query, now: datetime, *, limit: int = 50, before: int | None = None
    ) -> list[Told]:
        found: list[rows.Row] = []
        last = rows.LAST if before is None else before
        with self._engine.reading() as db:
            for stretch in told_rows.stretches(asked, now):
                looked = {
                    "match": stretch.match,
                    "since": stretch.since,
                    "until": min(stretch.until, last),
                    "limit": limit - len(found),
                }
                found += db.execute(sql("find"), looked)
                if len(found) >= limit:
                    break
            return [told(db, row) for row in found]

    def of(self, story: str) -> Told | None:
        with self._engine.reading() as db:
            row = db.execute(sql("told_of"), {"id": story}).fetchone()
            return None if row is None else told(db, row)
