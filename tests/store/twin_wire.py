"""The wire in a plain dictionary."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from copytaster.store import StoryChange
from copytaster.store import Wired
from copytaster.story import State

if TYPE_CHECKING:
    from tests.store.twin import Twin


class TwinWire:
    """:class:`copytaster.store.WireStore`, without a file."""

    def __init__(self, twin: "Twin") -> None:
        self._twin = twin

    def write(self, change: StoryChange) -> None:
        instants = [message.arrival.received for message in change.messages]
        instants += [event.at for event in change.events]
        instants += [change.judged.at] if change.judged else []
        if instants and not change.story.drill:
            self._twin.kept.last_wired += 1
            place = (self._twin.kept.last_wired, max(instants))
            self._twin.kept.wire[change.story.id] = place

    @property
    def last(self) -> int:
        return max((number for number, _ in self._twin.kept.wire.values()), default=0)

    def newest(
        self,
        *,
        states: Sequence[State] | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> list[Wired]:
        found = [one for one in self._all()[::-1] if before is None or one.number < before]
        return [one for one in found if states is None or one.story.state in states][:limit]

    def since(self, number: int, limit: int = 100) -> list[Wired]:
        return [one for one in self._all() if one.number > number][:limit]

    def counted(self, states: Sequence[State], most: int) -> int:
        return min(most, sum(one.story.state in states for one in self._all()))

    def among(self, stories: Sequence[str]) -> list[Wired]:
        return [one for one in self._all()[::-1] if one.story.id in stories]

    def seen_to_by(
        self,
        person: str,
        states: Sequence[State],
        *,
        before: int | None = None,
        limit: int = 50,
    ) -> list[Wired]:
        found = self.newest(states=states, before=before, limit=len(self._all()))
        mine = [one for one in found if self._twin.remarks.person(one.story.id) == person]
        return mine[:limit]

    def counted_of(self, person: str, states: Sequence[State], most: int) -> int:
        return len(self.seen_to_by(person, states, limit=most))

    def _all(self) -> list[Wired]:
        return sorted(map(self._wired, self._twin.kept.wire), key=lambda one: one.number)

    def _wired(self, id: str) -> Wired:
        number, at = self._twin.kept.wire[id]
        messages = self._twin.kept.messages.get(id, [])
        versions = [one for one in messages if one.target is None]
        newest = (versions or messages)[-1:]
        return Wired(
            number=number,
            at=at,
            story=self._twin.kept.stories[id],
            item=newest[0].item if newest else None,
            versions=len(versions),
        )
