"""The desk's rounds: stories whose time has come are looked at again, whatever the clock does."""

import logging
from collections.abc import Callable
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from typing import Protocol

import msgspec

from copytaster.newsroom._ruler import Ruler
from copytaster.newsroom._ruling import Ruling
from copytaster.newsroom._ruling import is_unruled
from copytaster.newsroom._setback import Setback
from copytaster.store import Call
from copytaster.store import Store
from copytaster.store import StoreError
from copytaster.store import StoryChange
from copytaster.store import Taken
from copytaster.wire import Alert

log = logging.getLogger("copytaster.desk")

LOT = 500
"""stories that one commit wakes"""
_LATER = timedelta(minutes=1)
"""until a story that could not be looked at is looked at again"""


class Commit(Protocol):
    """Keeps rulings, and whom they call."""

    def __call__(
        self, rulings: Sequence[Ruling], taken: Sequence[Taken], calls: Sequence[Call] = ()
    ) -> None: ...


class Rounds:
    """The timers of one desk, on its thread."""

    def __init__(
        self, store: Store, ruler: Ruler, commit: Commit, alert: Callable[[], Alert]
    ) -> None:
        self._store = store
        self._ruler = ruler
        self._commit = commit
        self._alert = alert
        """by whatever way people are called now"""
        self._setback = Setback(store)

    def ring(self, now: datetime, limit: int) -> int:
        """Look again at stories whose time has come; returns at how many."""
        if (gone_back := self._setback.since(now)) is not None:
            self._believe(now, gone_back)
        elif self._setback.is_over(now):
            self._alert().over("clock-set-back", "clock")
        due = self._store.due(now, limit)
        if due:
            self._look_again(due, now)
        return len(due)

    def _believe(self, now: datetime, gone_back: timedelta) -> None:
        """The clock was set back: what is public before its time by it is looked at again."""
        self._setback.hurry(now, gone_back)
        stories = self._setback.early(now)
        for first in range(0, len(stories), LOT):
            self.wake(stories[first : first + LOT], now)
        self._alert()(
            "clock-set-back",
            f"the system's clock went back by {gone_back}: {len(stories)} stories became public at "
            "times still to come; what is under an embargo by it is held until then; "
            "check the time service of this machine",
            "clock",
        )

    def _look_again(self, stories: Sequence[str], since: datetime) -> None:
        """Together; where that fails, each by itself, and what fails alone is taken down."""
        try:
            ruled = self._ruler.anew(stories, since)
            rulings = list(ruled.rulings.values())
            self._commit(rulings, (), ruled.calls)
        except StoreError:
            raise
        except Exception as error:
            log.exception("looking again at %s failed", " ".join(stories))
            if len(stories) == 1:
                self._take_down(stories[0], since, _told(error))
                return
            for id in stories:
                self._look_again([id], since)
            return
        for ruling in filter(_is_ruled_at_last, rulings):
            self._alert().over("story-not-ruled", ruling.change.story.id)

    def _take_down(self, story: str, since: datetime, why: str) -> None:
        """A story whose time has come, and on which nobody can rule, is not shown: its licence
        may have ended. It is looked at every minute."""
        try:
            ruling, call = self._ruler.unruled(story, since, why)
            self._commit([ruling], (), [call])
        except StoreError:
            raise
        except Exception:
            log.exception("taking story %s down failed", story)
            self.wake([story], since + _LATER)

    def wake(self, stories: Sequence[str], at: datetime) -> None:
        """Look again at these at this instant, whatever else they wait for."""
        found = (self._store.story(id) for id in stories)
        changes = [
            StoryChange(story=msgspec.structs.replace(story, look_again=at))
            for story in found
            if story is not None
        ]
        self._store.commit(changes)


def _is_ruled_at_last(ruling: Ruling) -> bool:
    read = ruling.read
    return read is not None and is_unruled(read) and not is_unruled(ruling.change.story)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
