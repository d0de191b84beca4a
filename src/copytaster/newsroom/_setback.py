"""A system clock that is set back, and what follows for what is public already.

When a clock goes back, the later of its two times may have ended an embargo too early, and nobody
here can tell which of them is right. The earlier is believed: never live before the embargo
(law 2). Each story that became public at a time which is still to come is looked at again, once,
and a person is called. A step of less than a second, as time services make, is stood still
through, so that a story that has just opened does not close and open again.
"""

import threading
from collections.abc import Callable
from datetime import datetime
from datetime import timedelta

from copytaster.store import ListQuery
from copytaster.store import PressWork
from copytaster.store import Store

SMALL = timedelta(seconds=1)
"""a step back that is shorter is stood still through"""

_LOT = 500
_RETRY = timedelta(hours=1)
"""longer than any work of the press is put off"""


class Steady:
    """A clock that stands still where another would go back a little. Safe from any thread."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._last: datetime | None = None
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        with self._lock:
            now = self._clock()
            if self._last is not None and timedelta() < self._last - now < SMALL:
                return self._last
            self._last = now
            return now


class Setback:
    """Notices that the clock was set back, while the desk runs or while it was down."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._latest: datetime | None = None
        self._caught_up: datetime | None = None
        """set after a step back: when the clock is again where it was"""

    def since(self, now: datetime) -> timedelta | None:
        """By how much the clock has gone back since it was last looked at; None: it has not."""
        latest = self._latest if self._latest is not None else self._newest_face()
        self._latest = now
        if latest is None or latest - now < SMALL:
            return None
        self._caught_up = max(latest, self._caught_up or latest)
        return latest - now

    def is_over(self, now: datetime) -> bool:
        """Whether the clock has caught up with where it once was; said once."""
        if self._caught_up is None or now < self._caught_up:
            return False
        self._caught_up = None
        return True

    def _newest_face(self) -> datetime | None:
        """The latest instant of the record that the public knows: the clock was there."""
        newest = self._store.feed(ListQuery(limit=1))
        return newest[0].story.face_changed if newest else None

    def early(self, now: datetime) -> list[str]:
        """Live stories that became so at an instant that is still to come."""
        found: list[str] = []
        before: tuple[datetime, int] | None = None
        while listed := self._store.feed(ListQuery(limit=_LOT, before=before)):
            last = listed[-1].story
            early = [one.story.id for one in listed if _is_to_come(one.story.face_changed, now)]
            found += early
            if len(early) < len(listed) or last.face_changed is None:
                break
            before = (last.face_changed, last.number)
        return found

    def hurry(self, now: datetime, gone_back: timedelta) -> None:
        """What the press was to do again by the old time is due now: a withdrawal cannot wait."""
        for piece in self._put_off(now, gone_back):
            self._store.work_failed(piece, now)

    def _put_off(self, now: datetime, gone_back: timedelta) -> list[PressWork]:
        owed = self._store.work(now + gone_back + _RETRY, 1_000_000)
        return [piece for piece in owed if _is_to_come(piece.due, now)]


def _is_to_come(instant: datetime | None, now: datetime) -> bool:
    return instant is not None and instant > now
