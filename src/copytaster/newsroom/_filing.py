"""Filing live stories anew, under what is noted of them; and those that were live before this
Copytaster, under topics and places, and for search.

A migration can move rows, but the words of a story are read with code. So it leaves a note of how
far the numbers of older stories go, and the desk works it off, a few at a time when there is
nothing else to do. A restart goes on where it was; new stories are filed as they are published.
"""

import logging

import msgspec

from copytaster import press
from copytaster import shelf
from copytaster.newsroom import _facts
from copytaster.newsroom import noting
from copytaster.newsroom._made_from import item_of
from copytaster.store import Face
from copytaster.store import Moved
from copytaster.store import Store
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.text import plain

log = logging.getLogger("copytaster.filing")

NOTE = "filing"
"""the setting that says how far it is: ``<number reached>/<last number>``"""
_LOT = 20
_TOLD_EVERY = 1000


def filed(store: Store, story: Story) -> StoryChange | None:
    """The change that files a live story under what is noted beside its newest edition; None for
    what is not live, which is filed when it comes back."""
    edition = store.edition(story.id, story.edition)
    if story.face is not Face.live or edition is None:
        return None
    item = item_of(store, edition)
    if item is None:
        log.warning("story %s is not filed: the item of its edition is gone", story.id)
        return None
    subjects = noting.subjects(edition.notes)
    entry = msgspec.structs.replace(
        press.decode_entry(edition.entry),
        sections=shelf.sections(item, subjects),
        topics=shelf.topics(item, subjects),
        places=shelf.places(item),
    )
    return StoryChange(
        story=msgspec.structs.replace(story, shelves=shelf.of(item, subjects)),
        filing=_facts.filing(entry, plain(item.copy)),
    )


class Filer:
    """Works off what a migration left. One thread at a time, the one that rules."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reached, self._last = _read(store.setting(NOTE))

    def step(self) -> bool:
        """File some; whether there was anything to file."""
        if self._reached >= self._last:
            return False
        stories = self._next()
        filings = (filed(self._store, story) for story in stories)
        changes = [change for change in filings if change is not None]
        try:
            self._store.commit(changes)
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
            log.info("older stories are filed under topics and places, and for search")
            self._store.keep_setting(NOTE, None)
            return
        self._store.keep_setting(NOTE, f"{number}/{self._last}")
        if told:
            log.info("filing older stories for search: %d of %d", number, self._last)


def _read(note: str | None) -> tuple[int, int]:
    reached, _, last = (note or "").partition("/")
    return (int(reached), int(last)) if reached.isdigit() and last.isdigit() else (0, 0)
