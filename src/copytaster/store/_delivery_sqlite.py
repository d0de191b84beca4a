"""Deliveries in SQLite: the store's part that :class:`DeliveryStore` describes."""

from collections.abc import Sequence
from datetime import datetime

from copytaster.delivery import Delivery
from copytaster.store import _delivery_rows as delivery_rows
from copytaster.store._delivery_port import Came
from copytaster.store._delivery_port import DeadLetter
from copytaster.store._delivery_port import Dismissal
from copytaster.store._delivery_port import Fate
from copytaster.store._part import Part
from copytaster.store._rows import instant
from copytaster.store._rows import instant_or_none
from copytaster.store._rows import micros
from copytaster.store._statements import sql

_HOUR = 3_600_000_000
"""microseconds"""


class DeliveriesInSqlite(Part):
    """:class:`DeliveryStore` on one engine."""

    def keep(self, deliveries: Sequence[Delivery]) -> None:
        self._engine.refuse_when_tight()
        raw = [delivery_rows.raw_bindings(delivery) for delivery in deliveries]
        kept = [delivery_rows.delivery_bindings(delivery) for delivery in deliveries]
        with self._engine.writing() as db:
            db.executemany(sql("keep_raw"), raw)
            db.executemany(sql("keep_delivery"), kept)

    def delivery(self, id: str) -> Delivery | None:
        row = self._first("delivery", id=id)
        return None if row is None else delivery_rows.delivery(row)

    def waiting(self, limit: int) -> list[Delivery]:
        return [delivery_rows.delivery(row) for row in self._all("waiting_deliveries", limit=limit)]

    def fate(self, id: str) -> Fate | None:
        row = self._first("fate", id=id)
        return None if row is None else delivery_rows.fate(row)

    def dead_letters(self, limit: int = 100) -> list[DeadLetter]:
        return [delivery_rows.dead_letter(row) for row in self._all("dead_letters", limit=limit)]

    def dead_sources(self) -> list[str]:
        return [source for (source,) in self._all("dead_sources")]

    def came(self, source: str, since: datetime) -> Came:
        first, last = self._all("source_ends", source=source)[0]
        hours = self._all("source_hours", source=source, since=micros(since))
        return Came(
            first=instant_or_none(first),
            last=instant_or_none(last),
            hours={instant(hour * _HOUR): count for hour, count in hours},
        )

    def retry(self, delivery: str) -> bool:
        return self._write("retry_dead_letter", id=delivery) > 0

    def dismiss(self, delivery: str, dismissal: Dismissal) -> bool:
        said = {"at": micros(dismissal.at), "by": dismissal.by, "why": dismissal.why}
        return self._write("dismiss_dead_letter", id=delivery, **said) > 0
