"""Looks through everything that was ever received, for editors who are about to recall.

A look reads every story once, on a thread of its own, and can be asked how far it is. What it
found is what a recall may take back: nobody recalls more than they saw.
"""

import logging
import threading
from collections import Counter
from collections import OrderedDict
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from copytaster import query
from copytaster.copydesk import Look
from copytaster.copydesk import Sample
from copytaster.newsroom.house import new_story_id
from copytaster.newsroom.recalls import Found
from copytaster.newsroom.recalls import search
from copytaster.query import Query
from copytaster.store import Face
from copytaster.store import Store

log = logging.getLogger("copytaster.recall")

_KEPT = 20
_AT_A_TIME = 2
_SAMPLE = 20


class Busy(ValueError):
    """Others look already; the message says what to do."""


class Looks:
    """The looks of one desk; safe from any thread."""

    def __init__(self, store: Store, zone: str | None) -> None:
        self._store = store
        self._zone = ZoneInfo(zone or "UTC")
        self._kept: OrderedDict[str, _Looking] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, asked: str, now: datetime) -> str:
        """Start looking; the look's id. Raises ``query.QueryError`` and :class:`Busy`."""
        wanted = query.read(asked, self._zone)
        with self._lock:
            if sum(not one.is_done for one in self._kept.values()) >= _AT_A_TIME:
                raise Busy("two others are looking through everything; wait until one has ended")
            id = new_story_id()
            looking = self._kept[id] = _Looking(self._store, wanted, now)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        threading.Thread(target=looking.run, name="look", daemon=True).start()
        return id

    def look(self, id: str) -> Look | None:
        """How far it is, and what it has found; None for one that is not kept."""
        with self._lock:
            looking = self._kept.get(id)
        return None if looking is None else looking.told(id)

    def found(self, id: str) -> tuple[str, list[str]] | None:
        """The query and the stories of a look that has ended."""
        with self._lock:
            looking = self._kept.get(id)
        if looking is None or not looking.is_done or looking.failed:
            return None
        return query.write(looking.wanted), [one.story for one in looking.found]


class _Looking:
    """One look, under way or ended."""

    def __init__(self, store: Store, wanted: Query, now: datetime) -> None:
        self._store = store
        self._now = now
        self.wanted = wanted
        counts = store.counts()
        self.total = sum(counts.values()) - counts["waiting"] - counts["dead"] - counts["work"]
        self.looked = 0
        self.found: list[Found] = []
        self.is_done = False
        self.failed: str | None = None

    def run(self) -> None:
        try:
            for found in search(self._store, self.wanted, self._now):
                self.looked += 1
                if found is not None:
                    self.found.append(found)
        except Exception as error:  # noqa: BLE001  whoever looks is told
            self.failed = f"{type(error).__name__}: {error}"
            log.warning("a look for a recall failed: %s", self.failed)
        self.is_done = True

    def told(self, id: str) -> Look:
        found = sorted(self.found, key=lambda one: one.came, reverse=True)
        return Look(
            id=id,
            query=query.write(self.wanted),
            looked=self.looked,
            total=max(self.total, self.looked),
            is_done=self.is_done,
            failed=self.failed,
            count=len(found),
            counts=_counts(found) if self.is_done else {},
            sample=tuple(_sample(one) for one in found[:_SAMPLE]),
        )


def _sample(found: Found) -> Sample:
    return Sample(
        story=found.story,
        agency=found.agency,
        state=found.state.value,
        came=found.came.isoformat(),
        headline=found.headline or "(no headline)",
    )


def _counts(found: Iterable[Found]) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """How many by what readers see, by agency and by month; the most first."""
    rows = list(found)
    kinds = {
        "shown as": Counter("waiting" if f.face is Face.none else f.face.value for f in rows),
        "agency": Counter(f.agency for f in rows),
        "month": Counter(f"{f.came:%Y-%m}" for f in rows),
    }
    return {title: tuple(counted.most_common(12)) for title, counted in kinds.items()}
