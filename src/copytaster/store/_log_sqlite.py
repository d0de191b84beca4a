"""The public log in SQLite: the store's part that :class:`LogStore` describes."""

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime

import apsw
import msgspec

from copytaster.store._log_port import ControlDraft
from copytaster.store._log_port import DayCount
from copytaster.store._log_port import Leaf
from copytaster.store._log_port import LeafDraft
from copytaster.store._log_port import Opening
from copytaster.store._part import Part
from copytaster.store._rows import Row
from copytaster.store._rows import instant
from copytaster.store._rows import micros
from copytaster.store._statements import sql


class LogInSqlite(Part):
    """:class:`LogStore` on one engine."""

    def count(self) -> int:
        return int(self._one("log_count")[0])

    def entries(self, first: int, limit: int) -> list[bytes]:
        return [bytes(data) for (data,) in self._all("log_entries", first=first, limit=limit)]

    def of(self, story: str) -> list[Leaf]:
        return [_leaf(row) for row in self._all("log_of_story", id=story)]

    def opening(self, position: int) -> Opening | None:
        row = self._first("log_opening", position=position)
        return None if row is None else Opening(**dict(zip(_SALTS, row, strict=True)))

    def add(self, draft: ControlDraft) -> bool:
        with self._engine.writing() as db:
            return _write_control(db, draft)

    def is_told(self, event: str) -> bool:
        return self._first("log_control", event=event) is not None

    def feeds(self) -> Mapping[str, int]:
        return {str(agency): int(number) for agency, number in self._all("log_feeds")}

    def register(self, agency: str, entry: Callable[[int], ControlDraft]) -> int:
        with self._engine.writing() as db:
            number = db.execute(sql("new_log_feed"), {"agency": agency}).get
            if number is not None:
                _write_control(db, entry(number))
        return self.feeds()[agency]

    def day(self, agency: str, since: datetime, until: datetime) -> DayCount:
        asked = {"agency": agency, "since": micros(since), "until": micros(until)}
        return DayCount(
            deliveries=int(self._all("log_day_deliveries", **asked)[0][0]),
            events={str(event): int(n) for event, n in self._all("log_day_events", **asked)},
            guids=tuple(str(guid) for (guid,) in self._all("log_day_guids", **asked)),
        )


_SALTS = Opening.__struct_fields__


def _leaf(row: Row) -> Leaf:
    position, event, edition, at, data = row
    return Leaf(position=position, event=event, edition=edition, at=instant(at), bytes=bytes(data))


def write_leaves(db: apsw.Connection, story: int, drafts: Sequence[LeafDraft]) -> None:
    """Give these entries their places, in the transaction of their events. ``story``: its
    number."""
    for draft in drafts:
        previous = db.execute(sql("log_before"), {"story": story}).get
        kept = {
            "story": story,
            "event": draft.event,
            "edition": draft.edition,
            "at": micros(draft.at),
            "bytes": draft.completed(previous),
        }
        _write_opening(db, db.execute(sql("keep_leaf"), kept).get, draft.opening)


def destroy_openings(db: apsw.Connection, story: str, editions: Sequence[int] = ()) -> None:
    """Destroy what opens the commitments to these editions of a story, or to all of it, in the
    transaction of its erasure. ``story``: its public id."""
    for edition in editions or (None,):
        db.execute(sql("destroy_openings"), {"id": story, "edition": edition})


def _write_control(db: apsw.Connection, draft: ControlDraft) -> bool:
    kept = {"event": draft.event, "at": micros(draft.at), "bytes": draft.bytes}
    position = db.execute(sql("keep_control"), kept).get
    if position is not None:
        _write_opening(db, position, draft.opening)
    return position is not None


def _write_opening(db: apsw.Connection, position: int, opening: Opening | None) -> None:
    if opening is not None:
        salts = msgspec.structs.asdict(opening)
        db.execute(sql("keep_opening"), {"position": position, **salts})
