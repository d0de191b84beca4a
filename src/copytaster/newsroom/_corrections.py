"""What each edition corrected, found once and kept while its story is live.

The list is made again whenever the store moves, and fetched for every kill: comparing thirty
pairs of texts each time would take longer than the kill. An edition never changes, so what it
changed is kept by story and edition, and forgotten when the story is withdrawn.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime

from copytaster import press
from copytaster.item import Item
from copytaster.newsroom._facts import withdrawn
from copytaster.newsroom._made_from import item_of
from copytaster.newsroom.house import House
from copytaster.press import Changes
from copytaster.press import CorrectionFacts
from copytaster.press import CorrectionLine
from copytaster.press import Quoted
from copytaster.store import Correction
from copytaster.store import Event
from copytaster.store import EventKind
from copytaster.store import Store
from copytaster.store import Story
from copytaster.story import Cause

_KEPT = 1000
_TOLD = 50
_CHANGES = frozenset({EventKind.updated, EventKind.withdrawn})
_CLASSES = frozenset({"correction", "refile"})


class Corrections:
    """The lines of corrections. Safe from any thread."""

    def __init__(self, house: House, store: Store) -> None:
        self._house = house
        self._store = store
        self._kept: OrderedDict[tuple[str, int], Changes] = OrderedDict()
        self._lock = threading.Lock()

    def line(self, listed: Correction) -> CorrectionLine:
        """A correction or refile, or an edition that was withdrawn; nothing is quoted of a story
        that is not live now, nor of such an edition."""
        events = self._store.events(story=listed.story.id)
        facts = self._facts(listed, events)
        return CorrectionLine(story=facts, face_changed=_told_anew(listed.event, events))

    def of_story(self, story: Story) -> tuple[bytes, tuple[CorrectionFacts, ...]]:
        """The entry of a live story's newest edition, and each change of its words, newest
        first; no more than the newest fifty."""
        newest = self._store.edition(story.id, story.edition)
        if newest is None:
            raise ValueError(f"story {story.id} has no edition {story.edition}")
        events = self._store.events(story=story.id)
        changed = [event for event in reversed(events) if event.kind in _CHANGES][:_TOLD]
        listed = (Correction(event=one, story=story, entry=newest.entry) for one in changed)
        return newest.entry, tuple(self._facts(one, events) for one in listed)

    def _facts(self, listed: Correction, events: Sequence[Event]) -> CorrectionFacts:
        story, event = listed.story, listed.event
        edition, gone = event.edition or story.edition, withdrawn(events)
        return CorrectionFacts(
            story=story.id,
            edition=edition,
            what=_what(event),
            gone=gone,
            is_houses=_is_houses(events, {edition - 1, edition}),
            at=event.at,
            agency=self._house.profile(story.agency),
            quoted=self._quoted(listed, edition, gone),
        )

    def forget(self, story: str) -> None:
        """Keep no words of a story that was withdrawn."""
        with self._lock:
            for key in [key for key in self._kept if key[0] == story]:
                del self._kept[key]

    def _quoted(self, listed: Correction, edition: int, gone: frozenset[int]) -> Quoted | None:
        if listed.entry is None:
            return None
        entry = press.decode_entry(listed.entry)
        compared = gone.isdisjoint({edition - 1, edition})
        return Quoted(
            headline=entry.headline,
            language=entry.language,
            note=listed.event.note if edition not in gone else None,
            changes=self._changes(listed, edition) if compared else None,
        )

    def _changes(self, listed: Correction, edition: int) -> Changes:
        key = (listed.story.id, edition)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        before, after = (self._shown_in(listed.story.id, n) for n in (edition - 1, edition))
        found = press.changes(before, after, self._house.profile(listed.story.agency))
        with self._lock:
            self._kept[key] = found
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found

    def _shown_in(self, story: str, number: int) -> Item | None:
        """What an edition was made from."""
        edition = self._store.edition(story, number)
        return item_of(self._store, edition) if edition is not None else None


def _is_houses(events: Sequence[Event], editions: set[int]) -> bool:
    """Whether the house, and not the agency, took one of these editions back."""
    return any(
        event.kind is EventKind.withdrawn
        and event.edition in editions
        and event.reason not in (None, Cause.agency.value)
        for event in events
    )


def _what(event: Event) -> str:
    """correction, refile, updated or withdrawn."""
    return event.reason if event.reason in _CLASSES else event.kind.value


def _told_anew(event: Event, events: Sequence[Event]) -> datetime:
    """When a correction's line last read differently: its story left, or came back."""
    later = [
        one.at
        for one in events
        if one.sequence > event.sequence
        if one.kind not in (EventKind.published, EventKind.updated)
    ]
    return max(later, default=event.at)
