"""Looking for live stories that rest on ones just killed, in small steps.

Those of other agencies that cite the killed one's and are about the same; and those of whatever
agency that are versions of its text, of which only word-for-word copies are held by themselves.

Nobody waits for this: a kill is finished without it. So it is done when the desk has nothing
else to do, a few stories at a time, and what was not looked at when the process ends is not
looked at. What was killed together, be it thousands by a recall, is looked for in one walk
through the other agencies' stories.
"""

from collections import deque
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import datetime
from datetime import timedelta
from itertools import chain

from copytaster.newsroom._copies import same_words
from copytaster.newsroom.house import House
from copytaster.store import Call
from copytaster.store import Face
from copytaster.store import History
from copytaster.store import Store
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.store import Twin
from copytaster.story import State
from copytaster.verdict.notices import Ground

_SPAN = timedelta(days=3)
"""how old a story may be that rests on one that is killed now"""
_MOST = 5_000
"""others that one walk looks at for each agency whose stories were killed, and killed ones"""
_MOST_CALLS = 20
"""calls about single stories in one walk; of the rest a person is told together"""
_STEP = 25


class Leaning:
    """Stories killed, and those still to be compared with them."""

    def __init__(self, house: House, store: Store) -> None:
        self._house = house
        self._store = store
        self._killed: deque[Story] = deque()
        self._begin()

    def _begin(self) -> None:
        """The next walk; nothing of it is read yet."""
        self._grounds: dict[str, Ground] = {}
        self._known = 0
        self._others: deque[str] = deque()
        self._found: list[str] = []

    def add(self, killed: Iterable[Story]) -> None:
        """Stories were killed just now."""
        self._killed.extend(killed)

    def step(self, now: datetime) -> tuple[bool, list[Call]]:
        """Read or compare a few; (whether there was anything to do, whom to call)."""
        if self._others:
            return True, list(self._compare())
        if not self._killed:
            return False, []
        calls: list[Call] = []
        for _ in range(min(_STEP, len(self._killed))):
            calls += self._learn(self._killed.popleft())
        if not self._killed or self._known >= _MOST:
            elsewhere = (self._store.elsewhere(own, now - _SPAN, _MOST) for own in self._grounds)
            others = dict.fromkeys(chain.from_iterable(elsewhere))
            self._others.extend(id for id in others if id not in self._found)
            if not self._others:
                calls += self._end()
        return True, calls

    def _learn(self, killed: Story) -> Iterator[Call]:
        """What one killed story was about, unless its kill was undone meanwhile; whom to call
        about versions of its text."""
        history = self._store.history_of(killed.id)
        if history.story is None or history.story.state is not State.killed:
            return
        yield from self._versions(history)
        if killed.agency not in self._grounds:
            profile = self._house.profile(killed.agency)
            self._grounds[killed.agency] = Ground((profile.name, *profile.cited_as))
        own = (message.item for message in history.messages if message.target is None)
        self._grounds[killed.agency].add(killed.id, own)
        self._known += 1

    def _versions(self, killed: History) -> Iterator[Call]:
        """Copies word for word are held, or called about, when the kill is ruled on."""
        assert killed.story is not None
        twins = self._store.twins.of(killed.story.id)
        copies = same_words(self._store, killed) if twins else ()
        for twin in twins:
            other = self._store.story(twin.other)
            if other is not None and other.face is Face.live and other.id not in copies:
                call = version_of_killed(other, killed.story, twin)
                yield from self._counted([call] if call else [])

    def _compare(self) -> Iterator[Call]:
        for _ in range(min(_STEP, len(self._others))):
            yield from self._counted(self._leaning(self._store.history_of(self._others.popleft())))
        if not self._others:
            yield from self._end()

    def _counted(self, calls: Iterable[Call]) -> Iterator[Call]:
        for call in calls:
            if call.about not in self._found:
                self._found.append(call.about)
                if len(self._found) <= _MOST_CALLS:
                    yield call

    def _end(self) -> Iterator[Call]:
        if len(self._found) > _MOST_CALLS:
            yield _more(self._found)
        self._begin()

    def _leaning(self, other: History) -> Iterator[Call]:
        if other.story is None or other.story.face is not Face.live:
            return
        items = [message.item for message in other.messages if message.target is None]
        for agency, ground in self._grounds.items():
            if agency == other.story.agency:
                continue
            killed = next((story for item in items if (story := ground.under(item))), None)
            if killed is not None:
                yield self._call(other.story, agency, killed)

    def _call(self, other: Story, agency: str, killed: str) -> Call:
        return Call(
            code="leans-on-killed",
            text=f"story {other.id} of {other.agency} cites {self._house.profile(agency).name} and "
            f"is about the same as story {killed}, which was killed: look at it, and hold or "
            "kill it by hand if it rests on that",
            about=other.id,
        )


def version_of_killed(story: Story, killed: Story, twin: Twin) -> Call | None:
    """Whom to call about a live story whose text is a version of a killed one's; nobody where it
    stands in its place. ``twin``: from either side."""
    if twin.link is not None or killed.substitute == story.id or story.drill:
        return None
    return Call(
        code="leans-on-killed",
        text=f"the text of story {story.id} of {story.agency} is a version of that of story "
        f"{killed.id} of {killed.agency}, which was killed: look at it, and hold or kill it by "
        "hand if it says what was taken back",
        about=story.id,
    )


def versions_of_killed(store: Store, changes: Iterable[StoryChange]) -> Iterator[Call]:
    """Whom to call about stories that are shown from these changes on."""
    for change in changes:
        for twin in change.twins or ():
            other = store.story(twin.other)
            if other is not None and other.state is State.killed:
                call = version_of_killed(change.story, other, twin)
                if call is not None:
                    yield call
                    break


def _more(found: list[str]) -> Call:
    """Thousands killed together may have hundreds that rest on them; nobody reads so many calls."""
    more = len(found) - _MOST_CALLS
    return Call(
        code="leans-on-killed",
        text=f"{more} more stories rest on what was killed together, by their text or by citing "
        "its agency: look for them with `copytaster recall --phrase`, and hold what rests on it",
        about=found[_MOST_CALLS],
    )
