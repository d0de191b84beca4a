"""Press and proof in SQLite: the store's part that :class:`PressStore` describes."""

from collections.abc import Sequence
from datetime import datetime

from copytaster.store import _press_rows as press_rows
from copytaster.store import _rows as rows
from copytaster.store._part import Part
from copytaster.store._press_port import PressWork
from copytaster.store._press_port import Receipt
from copytaster.store._statements import sql


class PressInSqlite(Part):
    """:class:`PressStore` on one engine."""

    def work(self, now: datetime, limit: int) -> list[PressWork]:
        found = self._all("work", now=rows.micros(now), limit=limit)
        return [press_rows.work(row) for row in found]

    def work_in_bulk(self, now: datetime, limit: int) -> list[PressWork]:
        found = self._all("work_in_bulk", now=rows.micros(now), limit=limit)
        return [press_rows.work(row) for row in found]

    def unpressed(self, story: str) -> bool:
        return self._first("unpressed", id=story) is not None

    def work_done(self, done: Sequence[PressWork]) -> None:
        with self._engine.writing() as db:
            db.executemany(sql("work_done"), [press_rows.work_bindings(work) for work in done])

    def work_failed(self, work: PressWork, due: datetime) -> None:
        self._write("work_failed", **{**press_rows.work_bindings(work), "due": rows.micros(due)})

    def work_put_off(self, work: Sequence[PressWork], due: datetime) -> None:
        put_off = [{**press_rows.work_bindings(one), "due": rows.micros(due)} for one in work]
        with self._engine.writing() as db:
            db.executemany(sql("work_failed"), put_off)

    def note_receipts(self, receipts: Sequence[Receipt]) -> None:
        with self._engine.writing() as db:
            db.executemany(
                sql("keep_receipt"), [press_rows.receipt_bindings(receipt) for receipt in receipts]
            )

    def receipts(self, story: str) -> list[Receipt]:
        return [press_rows.receipt(row) for row in self._all("receipts", id=story)]
