"""The wire in SQLite: the store's part that :class:`WireStore` describes."""

from collections.abc import Sequence
from datetime import datetime

import apsw

from copytaster.store import _rows as rows
from copytaster.store._part import Part
from copytaster.store._statements import sql
from copytaster.store._story_port import StoryChange
from copytaster.store._wire_port import Wired
from copytaster.story import State


class WireInSqlite(Part):
    """:class:`WireStore` on one engine."""

    @property
    def last(self) -> int:
        return int(self._one("wire_last")[0])

    def newest(
        self,
        *,
        states: Sequence[State] | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> list[Wired]:
        below = rows.LAST if before is None else before
        if states is None:
            found = self._all("wire_newest", before=below, limit=limit)
        else:
            named = rows.json([state.value for state in states])
            found = self._all("wire_in_states", states=named, before=below, limit=limit)
        return [_wired(row) for row in found]

    def since(self, number: int, limit: int = 100) -> list[Wired]:
        return [_wired(row) for row in self._all("wire_since", number=number, limit=limit)]

    def counted(self, states: Sequence[State], most: int) -> int:
        named = rows.json([state.value for state in states])
        return int(self._all("wire_counted", states=named, most=most)[0][0])

    def among(self, stories: Sequence[str]) -> list[Wired]:
        return [_wired(row) for row in self._all("wire_among", stories=rows.json(list(stories)))]

    def seen_to_by(
        self,
        person: str,
        states: Sequence[State],
        *,
        before: int | None = None,
        limit: int = 50,
    ) -> list[Wired]:
        below = rows.LAST if before is None else before
        named = rows.json([state.value for state in states])
        found = self._all("wire_seen_to", person=person, states=named, before=below, limit=limit)
        return [_wired(row) for row in found]

    def counted_of(self, person: str, states: Sequence[State], most: int) -> int:
        named = rows.json([state.value for state in states])
        found = self._all("wire_seen_to_counted", person=person, states=named, most=most)
        return int(found[0][0])


def _wired(row: rows.Row) -> Wired:
    number, at, item, versions, *story = row
    return Wired(
        number=number,
        at=rows.instant(at),
        story=rows.story(tuple(story)),
        item=None if item is None else rows.item(item),
        versions=versions,
    )


def write_wire(db: apsw.Connection, number: int, change: StoryChange) -> None:
    """A story at a new place, where anything happened to it that an editor wants to see."""
    at = _happened(change)
    if at is not None and not change.story.drill:
        state = change.story.state.value
        db.execute(sql("keep_wired"), {"story": number, "at": rows.micros(at), "state": state})


def _happened(change: StoryChange) -> datetime | None:
    """When, by the last of what this change says of it."""
    instants = [message.arrival.received for message in change.messages]
    instants += [event.at for event in change.events]
    if change.judged is not None:
        instants.append(change.judged.at)
    return max(instants, default=None)
