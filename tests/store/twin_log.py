"""The public log in a plain list."""

from collections import Counter
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from copytaster.store import ControlDraft
from copytaster.store import DayCount
from copytaster.store import Leaf
from copytaster.store import LeafDraft
from copytaster.store import Opening

if TYPE_CHECKING:
    from tests.store.twin import Twin


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry and whose it is; None: nobody's."""

    leaf: Leaf
    story: str | None


class TwinLog:
    """:class:`copytaster.store.LogStore`, without a file."""

    def __init__(self, twin: "Twin") -> None:
        self._twin = twin

    @property
    def _log(self) -> list[Entry]:
        return self._twin.kept.log

    def write(self, story: str, drafts: Sequence[LeafDraft]) -> None:
        """In the commit's transaction."""
        for draft in drafts:
            before = [one.leaf.position for one in self._log if one.story == story]
            data = draft.completed(max(before, default=None))
            self._append(story, draft.event, draft.edition, draft.at, data, draft.opening)

    def _append(
        self,
        story: str | None,
        event: str,
        edition: int | None,
        at: datetime,
        data: bytes,
        opening: Opening | None,
    ) -> None:
        position = len(self._log)
        leaf = Leaf(position=position, event=event, edition=edition, at=at, bytes=data)
        self._log.append(Entry(leaf=leaf, story=story))
        if opening is not None:
            self._twin.kept.openings[position] = opening

    def count(self) -> int:
        return len(self._log)

    def entries(self, first: int, limit: int) -> list[bytes]:
        return [one.leaf.bytes for one in self._log[first : first + limit]]

    def of(self, story: str) -> list[Leaf]:
        return [one.leaf for one in self._log if one.story == story]

    def opening(self, position: int) -> Opening | None:
        return self._twin.kept.openings.get(position)

    def add(self, draft: ControlDraft) -> bool:
        with self._twin.turn:
            if self.is_told(draft.event):
                return False
            self._append(None, draft.event, None, draft.at, draft.bytes, draft.opening)
            return True

    def is_told(self, event: str) -> bool:
        return any(one.story is None and one.leaf.event == event for one in self._log)

    def feeds(self) -> Mapping[str, int]:
        return dict(self._twin.kept.feeds)

    def register(self, agency: str, entry: Callable[[int], ControlDraft]) -> int:
        with self._twin.turn:
            feeds = self._twin.kept.feeds
            if agency not in feeds:
                draft = entry(len(feeds) + 1)
                feeds[agency] = len(feeds) + 1
                self.add(draft)
            return feeds[agency]

    def day(self, agency: str, since: datetime, until: datetime) -> DayCount:
        kept = self._twin.kept
        came = [
            one.id
            for one in kept.deliveries.values()
            if one.agency == agency and since <= one.received < until
        ]
        theirs = {story.id for story in kept.stories.values() if story.agency == agency}
        events = Counter(
            one.leaf.event
            for one in self._log
            if one.story in theirs and since <= one.leaf.at < until
        )
        named = {story for id in came for story in kept.fates[id].stories}
        guids = {kept.stories[story].guid for story in named if story in kept.stories}
        return DayCount(deliveries=len(came), events=dict(events), guids=tuple(sorted(guids)))

    def destroy_openings(self, story: str, editions: Sequence[int]) -> None:
        """In an erasure's transaction."""
        for leaf in self.of(story):
            if not editions or leaf.edition in editions:
                self._twin.kept.openings.pop(leaf.position, None)
