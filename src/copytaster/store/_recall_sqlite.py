"""Recalls in SQLite: the store's part that :class:`RecallStore` describes."""

from collections.abc import Sequence
from datetime import datetime

import apsw

from copytaster.store import _recall_rows as recall_rows
from copytaster.store import _rows as rows
from copytaster.store._part import Part
from copytaster.store._recall_port import Batch
from copytaster.store._recall_port import BatchProgress
from copytaster.store._recall_port import Past
from copytaster.store._recall_port import Reach
from copytaster.store._statements import sql
from copytaster.store._story_port import Story


class RecallsInSqlite(Part):
    """:class:`RecallStore` on one engine."""

    def keep_batch(self, batch: Batch, stories: Sequence[str]) -> None:
        with self._engine.writing() as db:
            db.execute(sql("keep_batch"), recall_rows.batch_bindings(batch))
            number = db.last_insert_rowid()
            db.executemany(
                sql("keep_batch_story"), [{"batch": number, "story": story} for story in stories]
            )

    def undo_batch(self, id: str, *, at: datetime, by: str, reason: str) -> bool:
        undone = {"id": id, "at": rows.micros(at), "by": by, "reason": reason}
        with self._engine.writing() as db:
            db.execute(sql("undo_batch"), undone)
            if not db.changes():
                return False
            db.execute(sql("owe_undoing"), {"id": id})
        return True

    def batch(self, id: str) -> Batch | None:
        row = self._first("batch", id=id)
        return None if row is None else recall_rows.batch(row)

    def batches(self, limit: int = 100) -> list[Batch]:
        return [recall_rows.batch(row) for row in self._all("batches", limit=limit)]

    def batches_owed(self) -> list[Batch]:
        return [recall_rows.batch(row) for row in self._all("batches_owed")]

    def batch_owed(self, id: str, limit: int, after: int = 0) -> list[tuple[str, int]]:
        found = self._all("batch_owed", id=id, limit=limit, after=after)
        return [(story, number) for story, number in found]

    def batch_stories(self, id: str, limit: int, after: int = 0) -> list[tuple[str, int]]:
        found = self._all("batch_stories", id=id, limit=limit, after=after)
        return [(story, number) for story, number in found]

    def batch_progress(self, id: str) -> BatchProgress:
        stories, decided, owed, pressing = self._all("batch_progress", id=id)[0]
        return BatchProgress(stories=stories, decided=decided, owed=owed, pressing=pressing)

    def past_of(self, story: str) -> Past | None:
        with self._engine.reading() as db:
            row = db.execute(sql("story"), {"id": story}).fetchone()
            return None if row is None else _past(db, rows.story(row))

    def past(self, reach: Reach) -> list[Past]:
        with self._engine.reading() as db:
            found = db.execute(sql("past"), recall_rows.reach_bindings(reach)).fetchall()
            return [_past(db, rows.story(row)) for row in found]


def _past(db: apsw.Connection, story: Story) -> Past:
    number = {"story": story.number}
    messages = db.execute(sql("messages"), number).fetchall()
    shown = db.execute(sql("shown_contents"), number).fetchall()
    return Past(
        story=story,
        messages=tuple(rows.message(row) for row in messages),
        shown=frozenset(str(content) for (content,) in shown),
    )
