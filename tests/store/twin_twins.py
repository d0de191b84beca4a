"""Which stories are twins, in a plain dictionary."""

from collections.abc import Iterable
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from copytaster.store import Face
from copytaster.store import Listed
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.store import Twin as OtherStory

if TYPE_CHECKING:
    from tests.store.twin import Twin


class TwinTwins:
    """:class:`copytaster.store.TwinStore`, without a file."""

    def __init__(self, twin: "Twin") -> None:
        self._twin = twin

    def of(self, story: str) -> list[OtherStory]:
        found = [one for (id, _), one in self._twin.kept.twins.items() if id == story]
        return sorted(found, key=lambda one: self._story(one.other).number)

    def live(self, story: str) -> list[Listed]:
        return self._listed(one.other for one in self.of(story))

    def families(self, stories: Sequence[str]) -> list[tuple[Listed, ...]]:
        found: list[set[str]] = []
        for story in stories:
            if self._is_live(story) and not any(story in family for family in found):
                found.append(self._family(story))
        listed = [tuple(self._listed(family)[::-1]) for family in found if len(family) > 1]
        return sorted(listed, key=lambda family: -family[0].story.number)

    def _family(self, story: str) -> set[str]:
        family, more = {story}, [story]
        while more:
            near = {one.other for one in self.of(more.pop()) if self._is_live(one.other)}
            more += near - family
            family |= near
        return family

    def write(self, change: StoryChange, *, was_live: bool) -> None:
        if change.twins is None and was_live is self._is_live(change.story.id):
            return
        self._owe_beside(change)
        if change.twins is not None:
            self.drop(change.story.id)
            for one in change.twins:
                self._keep(one)
            self._owe_beside(change)

    def drop(self, story: str) -> None:
        kept = self._twin.kept.twins
        self._twin.kept.twins = {key: one for key, one in kept.items() if story not in key}

    def _keep(self, one: OtherStory) -> None:
        pair = [self._twin.kept.stories.get(id) for id in (one.story, one.other)]
        if one.story == one.other or any(story is None or story.drill for story in pair):
            return
        back = {"story": one.other, "other": one.story}
        shares = {"in_other": one.of_other, "of_other": one.in_other}
        self._twin.kept.twins[one.story, one.other] = one
        self._twin.kept.twins[one.other, one.story] = replace(one, **back, **shares)

    def _owe_beside(self, change: StoryChange) -> None:
        for one in self.of(change.story.id):
            if change.story.face_changed is not None and self._is_live(one.other):
                self._twin.owe_page(one.other, change.story.face_changed)

    def _listed(self, stories: Iterable[str]) -> list[Listed]:
        """Live ones, by first publication."""
        live = [self._story(id) for id in stories if self._is_live(id)]
        ordered = sorted(live, key=lambda story: (story.first_public, story.number))
        return self._twin.listed(ordered)

    def _is_live(self, id: str) -> bool:
        story = self._twin.kept.stories.get(id)
        return story is not None and story.face is Face.live and not story.drill

    def _story(self, id: str) -> Story:
        return self._twin.kept.stories[id]
