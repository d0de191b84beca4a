"""The table of one lot: the piles under way, those fetched to them, and what each goes by."""

from collections.abc import Iterable
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from itertools import islice

import msgspec

from copytaster.newsroom._intake import is_news
from copytaster.newsroom._pile import Key
from copytaster.newsroom._pile import Pile
from copytaster.newsroom._pile import with_fresh
from copytaster.store import Called
from copytaster.store import Face
from copytaster.store import Seeking
from copytaster.store import Sought
from copytaster.store import Store
from copytaster.story import Message
from copytaster.story import State
from copytaster.verdict import notices
from copytaster.verdict.notices import NO_AGENCY
from copytaster.verdict.notices import Name
from copytaster.verdict.notices import NameKind
from copytaster.verdict.notices import Wanted

MOST = 100
"""stories of one name that are looked at, the last moved"""
MOST_IN_ALL = 500
"""stories that one notice may touch"""
_FIRST = datetime(1, 1, 3, tzinfo=UTC)
_LAST = datetime(9999, 12, 29, tzinfo=UTC)


class Table:
    """The piles under way, and those fetched to them."""

    def __init__(self, store: Store, arrived: Iterable[Pile], now: datetime) -> None:
        self._store = store
        self._now = now
        self.piles: dict[Key, Pile] = {pile.key: called(pile) for pile in arrived}
        self._keys = {pile.story.id: pile.key for pile in self.piles.values()}
        self._fetched: dict[Key, Pile] = {}
        """read, and not touched so far; as many as one notice may touch"""
        self.cut: set[Key] = set()
        """notices that give a name which more stories have than were looked at"""

    def of_story(self, id: str) -> Pile | None:
        """The pile of a story, fetched where it is not yet on the table; None: there is none."""
        key = self._keys.get(id)
        pile = self.piles.get(key) or self._fetched.get(key) if key is not None else None
        return pile or self._fetch(id)

    def _fetch(self, id: str) -> Pile | None:
        history = self._store.history_of(id)
        if history.story is None:
            return None
        pile = Pile(story=history.story, history=history, since=self._now)
        if len(self._fetched) >= MOST_IN_ALL:
            self._fetched.clear()
        self._keys[id] = pile.key
        self._fetched[pile.key] = pile
        return pile

    def _fetched_by(self, key: Key) -> Pile | None:
        history = self._store.history(*key)
        if history.story is None:
            return None
        return Pile(story=history.story, history=history, since=self._now)

    def forget(self, pile: Pile) -> None:
        """Leave a pile unkept, so that a retry finds its notice new and links it. What readers
        see is kept for what its notice says of itself."""
        if pile.story.face is Face.none:
            self.piles.pop(pile.key, None)

    def heard(self, wanted: Iterable[Wanted], notice: Key) -> dict[str, frozenset[Name]]:
        """The stories that go by a name a notice gives, on the table or kept, and by which.

        Each name is looked up by itself: a slug that a thousand stories have must not crowd out
        the one whose id is given. A name with more stories than are looked at counts as
        everybody's: how many of them go by it is not known.
        """
        heard: dict[str, set[Name]] = {}
        crowded: set[Name] = set()
        for one in wanted:
            sought = _sought(one, notice[0])
            kept = self._store.named([sought], MOST)
            if len(kept) == MOST:
                crowded.add(one.name)
            for id in (*self._here(sought, notice[0]), *kept):
                heard.setdefault(id, set()).add(one.name)
        if len(heard) > MOST_IN_ALL or crowded:
            self.cut.add(notice)
        few = islice(heard.items(), MOST_IN_ALL)
        return {id: frozenset(names | crowded) for id, names in few}

    def _here(self, sought: Sought, agency: str) -> Iterator[str]:
        for pile in self.piles.values():
            if pile.key[0] == agency and _goes_by(pile, sought):
                yield pile.story.id

    def down(self, ids: Iterable[str]) -> Iterator[Pile]:
        """Those of these stories that are not live: only they can stand under a suspicion."""
        for id in ids:
            story = self._store.story(id)
            if id in self._keys or (story is not None and story.state is not State.live):
                pile = self.of_story(id)
                if pile is not None:
                    yield pile

    def lay(self, pile: Pile, message: Message) -> None:
        """Lay a notice on a story's pile, unless it lies there already.

        Time to clean counts from the notice's arrival; for one that waited, from the story's.
        """
        known = self.piles.get(pile.key, pile)
        grown = msgspec.structs.replace(known.history, messages=known.messages)
        if not is_news(message, grown):
            return
        laid = with_fresh(known, message)
        received = message.arrival.received
        if pile.key not in self.piles and self._arrived(message):
            laid = msgspec.structs.replace(laid, since=received)
        self.piles[pile.key] = laid

    def _arrived(self, message: Message) -> bool:
        """Whether a notice came just now."""
        said = message.item.content_hash
        return any(
            said == fresh.item.content_hash
            for pile in self.piles.values()
            for fresh in pile.fresh
            if fresh.target is None
        )

    def keep_seeking(
        self, key: Key, message: Message, wanted: Iterable[Wanted], *, is_more: bool
    ) -> None:
        """Keep that a notice looks for these names, in case its story is still to come.

        Of a notice that came before, only what it looks for now and did not then.
        """
        pile = self.piles.get(key)
        if pile is None and is_more:
            pile = self._fetched_by(key)
        sought = tuple({one.name: _sought(one, key[0]) for one in wanted}.values())
        if pile is None or not sought or not (is_more or message in pile.fresh):
            return
        seeking = Seeking(content_hash=message.item.content_hash, sought=sought)
        self.piles[key] = msgspec.structs.replace(pile, seeking=(*pile.seeking, seeking))


def _goes_by(pile: Pile, sought: Sought) -> bool:
    return any(
        name.name == sought.name and name.last >= sought.since and name.first <= sought.until
        for name in pile.names
    )


def _sought(wanted: Wanted, agency: str) -> Sought:
    return Sought(
        name=wanted.name.digest(agency),
        since=wanted.since or _FIRST,
        until=wanted.until or _LAST,
    )


def called(pile: Pile) -> Pile:
    """The pile with the names that its fresh versions go by."""
    names: dict[int, Called] = {}
    for message in pile.fresh:
        if message.target is None:
            for name in _called(message, pile.story.agency):
                names[name.name] = _stretched(names.get(name.name), name)
    return msgspec.structs.replace(pile, names=tuple(names.values()))


def _called(message: Message, agency: str) -> Iterator[Called]:
    first, last = _moved(message)
    for name in notices.calls_of(message):
        yield Called(name=name.digest(agency), first=first, last=last)
    for _, called in worded(message, agency):
        yield called


def worded(message: Message, agency: str) -> Iterator[tuple[NameKind, Called]]:
    """The names of a version's words. A whole text is the same text whoever sends it; the same
    line of two agencies is two messages."""
    first, last = _moved(message)
    for name in notices.words_of(message.item):
        whose = NO_AGENCY if name.kind is NameKind.words else agency
        yield name.kind, Called(name=name.digest(whose), first=first, last=last)


def _moved(message: Message) -> tuple[datetime, datetime]:
    moved = [_within(instant) for instant in notices.moved(message)]
    return min(moved), max(moved)


def _stretched(known: Called | None, name: Called) -> Called:
    if known is None:
        return name
    return Called(
        name=name.name, first=min(known.first, name.first), last=max(known.last, name.last)
    )


def _within(instant: datetime) -> datetime:
    """The instant in UTC; one too near the ends of the calendar stands at its end."""
    return min(max(instant, _FIRST), _LAST).astimezone(UTC)
