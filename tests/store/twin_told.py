"""The desk's search in the twin: every story asked, each time, what it is asked in memory."""

from datetime import datetime
from typing import TYPE_CHECKING
from typing import Any

from copytaster import query
from copytaster.query import Query
from copytaster.store import StoryChange
from copytaster.store import Told
from tests.store.making import NOON

if TYPE_CHECKING:
    from tests.store.twin import Twin

MOST = 10**6
"""stories told in one microsecond"""


class TwinTold:
    """:class:`copytaster.store.ToldStore`, without an index."""

    def __init__(self, twin: "Twin") -> None:
        self._twin = twin

    @property
    def _kept(self) -> Any:
        return self._twin.kept

    def write(self, change: StoryChange) -> None:
        id, known = change.story.id, self._kept.messages.get(change.story.id, [])
        meant = change.current
        if not meant and id not in self._kept.told:
            versions = [one for one in change.messages if one.target is None]
            meant = tuple(versions or change.messages)
        if not meant or change.story.drill:
            return
        contents = dict.fromkeys(one.item.content_hash for one in meant)
        hashes = [one.item.content_hash for one in known]
        if not contents.keys() <= set(hashes):
            raise ValueError(f"what {id} says now was never kept")
        self._kept.told[id] = tuple(map(hashes.index, contents))
        self._place(id)

    def _place(self, id: str) -> None:
        messages = [self._kept.messages[id][n] for n in self._kept.told[id]]
        came = max(one.arrival.received for one in messages)
        micros = round((came - NOON).total_seconds() * 10**6)
        if self._kept.places.get(id, -(10**30)) // MOST != micros:
            self._kept.last_told += 1
            self._kept.places[id] = micros * MOST + self._kept.last_told

    def of(self, story: str) -> Told | None:
        if story not in self._kept.told:
            return None
        messages = self._kept.messages[story]
        return Told(
            story=self._kept.stories[story],
            messages=tuple(messages[n] for n in self._kept.told[story]),
            place=self._kept.places[story],
        )

    def find(
        self, asked: Query, now: datetime, *, limit: int = 50, before: int | None = None
    ) -> list[Told]:
        told = [one for one in map(self.of, self._kept.told) if one is not None]
        found = [one for one in told if query.matches(asked, one.facts, now)]
        found.sort(key=lambda one: one.place, reverse=True)
        return [one for one in found if before is None or one.place < before][:limit]
