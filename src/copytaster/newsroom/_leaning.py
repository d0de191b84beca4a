"""Looking for other agencies' live stories that rest on one just killed, in small steps.

Nobody waits for this: a kill is finished without it. So it is done when the desk has nothing
else to do, a few stories at a time, and what was not looked at when the process ends is not
looked at.
"""

from collections import deque
from collections.abc import Iterator
from datetime import datetime
from datetime import timedelta

from copytaster.item import Item
from copytaster.newsroom.house import House
from copytaster.store import Call
from copytaster.store import Face
from copytaster.store import Store
from copytaster.store import Story
from copytaster.verdict import notices

_SPAN = timedelta(days=3)
"""how old a story may be that rests on one that is killed now"""
_MOST = 5_000
_STEP = 25


class Leaning:
    """Stories killed, and those still to be compared with them."""

    def __init__(self, house: House, store: Store) -> None:
        self._house = house
        self._store = store
        self._killed: deque[Story] = deque()
        self._others: deque[str] = deque()
        self._items: tuple[Item, ...] = ()

    def add(self, killed: Story) -> None:
        """A story was killed just now."""
        self._killed.append(killed)

    def step(self, now: datetime) -> tuple[bool, list[Call]]:
        """Compare a few; (whether there was anything to do, whom to call)."""
        if not self._others and not self._begin(now):
            return False, []
        killed = self._killed[0]
        few = [self._others.popleft() for _ in range(min(_STEP, len(self._others)))]
        calls = list(self._leaning(killed, few))
        if not self._others:
            self._killed.popleft()
        return True, calls

    def _begin(self, now: datetime) -> bool:
        """Gather what the next killed story is to be compared with."""
        while self._killed:
            killed = self._killed[0]
            others = self._store.elsewhere(killed.agency, now - _SPAN, _MOST)
            if others:
                self._others.extend(others)
                self._items = self._own(killed)
                return True
            self._killed.popleft()
        return False

    def _own(self, killed: Story) -> tuple[Item, ...]:
        messages = self._store.history_of(killed.id).messages
        return tuple(message.item for message in messages if message.target is None)

    def _leaning(self, killed: Story, others: list[str]) -> Iterator[Call]:
        profile = self._house.profile(killed.agency)
        names = (profile.name, *profile.cited_as)
        for id in others:
            history = self._store.history_of(id)
            if history.story is None or history.story.face is not Face.live:
                continue
            own = [message.item for message in history.messages if message.target is None]
            if any(notices.leans_on(item, self._items, names) for item in own):
                yield Call(
                    code="leans-on-killed",
                    text=f"story {id} of {history.story.agency} cites {profile.name} and is about "
                    f"the same as story {killed.id}, which was killed: look at it, and hold or "
                    "kill it by hand if it rests on that",
                    about=id,
                )
