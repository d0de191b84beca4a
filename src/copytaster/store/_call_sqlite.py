"""Calls in SQLite: the store's part that :class:`CallStore` describes."""

from collections.abc import Sequence

import apsw

from copytaster.store._call_port import Call
from copytaster.store._call_port import OwedCall
from copytaster.store._part import Part
from copytaster.store._statements import sql


class CallsInSqlite(Part):
    """:class:`CallStore` on one engine."""

    def owed(self, limit: int = 100) -> list[OwedCall]:
        return [
            OwedCall(number=number, call=Call(code=code, text=text, about=about))
            for number, code, text, about in self._all("owed_calls", limit=limit)
        ]

    def made(self, calls: Sequence[OwedCall]) -> None:
        with self._engine.writing() as db:
            db.executemany(sql("call_made"), [{"number": one.number} for one in calls])


def write_calls(db: apsw.Connection, calls: Sequence[Call]) -> None:
    """Owe these calls, in the transaction of what they tell of."""
    for call in calls:
        db.execute(sql("owe_call"), {"code": call.code, "text": call.text, "about": call.about})
