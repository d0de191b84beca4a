"""What a migration left: stories of before, of which something is to be made that they have not.

A migration can move rows, but the words of a story are read with code. So it leaves a note of how
far the numbers of older stories go, and the desk works it off, a few at a time when there is
nothing else to do. A restart goes on where it was; new stories have it from the beginning.
"""

import logging
from collections.abc import Callable

from copytaster.store import Moved
from copytaster.store import Store
from copytaster.store import Story
from copytaster.store import StoryChange

log = logging.getLogger("copytaster.filing")

_LOT = 20
_TOLD_EVERY = 1000


class Backlog:
    """Works off one note. One thread at a time, the one that rules."""

    def __init__(
        self,
        store: Store,
        note: str,
        done: str,
        change_of: Callable[[Store, Story], StoryChange | None],
    ) -> None:
        """``note``: the setting that says how far it is, ``<number reached>/<last number>``;
        ``done``: what was done with the stories, in words."""
        self._store = store
        self._note = note
        self._done = done
        self._change_of = change_of
        self._reached, self._last = progress(store, note)

    def step(self) -> bool:
        """Do some; whether there was anything to do."""
        if self._reached >= self._last:
            return False
        stories = self._next()
        found = (self._change_of(self._store, story) for story in stories)
        try:
            self._store.commit([change for change in found if change is not None])
        except Moved:
            return True  # a command in a shell was quicker; they are read again
        self._pass(stories[-1].number if stories else self._last)
        return True

    def _next(self) -> list[Story]:
        found: list[Story] = []
        after = self._reached
        while len(found) < _LOT and (story := self._store.story_after(after)) is not None:
            if story.number > self._last:
                break
            found.append(story)
            after = story.number
        return found

    def _pass(self, number: int) -> None:
        told = number // _TOLD_EVERY > self._reached // _TOLD_EVERY
        self._reached = number
        if number >= self._last:
            log.info("all older stories are %s", self._done)
            self._store.keep_setting(self._note, None)
            return
        self._store.keep_setting(self._note, f"{number}/{self._last}")
        if told:
            log.info("older stories are being %s: %d of %d", self._done, number, self._last)


def progress(store: Store, note: str) -> tuple[int, int]:
    """The number that was reached, and the last; (0, 0) when nothing is left to do."""
    reached, _, last = (store.setting(note) or "").partition("/")
    return (int(reached), int(last)) if reached.isdigit() and last.isdigit() else (0, 0)
