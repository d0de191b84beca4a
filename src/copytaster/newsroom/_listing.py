"""The patrol's look at lists: what each names, against what it may name."""

from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta

import msgspec

from copytaster import press
from copytaster.channels.patrol import CORRECTIONS
from copytaster.channels.patrol import compare_list
from copytaster.channels.patrol import lists
from copytaster.channels.patrol import named
from copytaster.channels.proof import Surface
from copytaster.finding import Fault
from copytaster.newsroom._reader import Answer
from copytaster.newsroom.desk import Desk
from copytaster.newsroom.proving import public_marks
from copytaster.store import Face
from copytaster.store import ListQuery
from copytaster.store import Mapped
from copytaster.store import Story

_WANTED = 10
"""newest stories that a list must name; every list is longer than this"""
_NOTICES_FOR = timedelta(days=6)
"""feeds keep a notice for seven days; one about to leave is not asked for"""
_NOTICES = frozenset({Face.hold, Face.gone, Face.legal})


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One list and whose it is."""

    surface: Surface
    section: str | None = None
    agency: str | None = None


class Listing:
    """Takes one list after the other."""

    def __init__(self, desk: Desk, fetch: Callable[[str], Awaitable[Answer | Fault]]) -> None:
        self._desk = desk
        self._store = desk.store
        self._fetch = fetch
        self._turn = -1

    def places(self) -> list[Place]:
        """Every list the site has now."""
        parts = [part.number for part in self._store.sitemap()]
        found = lists(self._store.sections(), self._store.agencies(), parts)
        return [Place(surface=one, section=code, agency=id) for one, code, id in found]

    def next(self) -> Place:
        places = self.places()
        self._turn = (self._turn + 1) % len(places)
        return places[self._turn]

    async def look(self, place: Place) -> Sequence[Fault]:
        """What is wrong with this list."""
        sequence, began = self._store.sequence, self._desk.clock()
        wanted = self._wanted(place)
        answer = await self._fetch(place.surface.address)
        if isinstance(answer, Fault):
            return (answer,)
        if not self._exists(place):
            return ()  # its last story left meanwhile
        stories = [(id, self._store.story(id)) for id in sorted(named(answer.body))]
        gone = [story for _, story in stories if story is not None and _withdrawn(story, began)]
        return compare_list(
            place.surface,
            answer.status,
            answer.body,
            withdrawn=[public_marks(self._store, story.id) for story in gone],
            unpublished=[id for id, story in stories if not _may_be_named(story, place, began)],
            wanted=wanted if self._store.sequence == sequence else (),
        )

    def _exists(self, place: Place) -> bool:
        return place in self.places()

    def _wanted(self, place: Place) -> list[str]:
        """The newest stories the list must name, while nothing changes."""
        address = place.surface.address
        if address.startswith("/sitemap/"):
            part = int(address.removeprefix("/sitemap/").removesuffix(".xml"))
            mapped = [one for one in self._store.sitemap_part(part) if self._is_mapped(one)]
            return [one.story for one in mapped[-_WANTED:]]
        if address.endswith("sitemap.xml") or address.startswith(CORRECTIONS):
            return []
        since = self._desk.clock() - _NOTICES_FOR if place.surface.kind == "feed" else None
        query = ListQuery(
            section=place.section, agency=place.agency, limit=_WANTED, notices_since=since
        )
        ask = self._store.feed if since is not None else self._store.front
        return [listed.story.id for listed in ask(query)]

    def _is_mapped(self, one: Mapped) -> bool:
        return press.in_sitemap(self._desk.house.profile(one.agency).contract.indexing.value)


def _withdrawn(story: Story, began: datetime) -> bool:
    """Whether only its notice may be named: fronts drop it, feeds keep the id (design §6)."""
    return story.face in _NOTICES and _since_before(story, began)


def _may_be_named(story: Story | None, place: Place, began: datetime) -> bool:
    """Whether this list may name it; what left while the list was made may still be there."""
    if story is None or story.drill or story.face is Face.none:
        return False
    for_good = place.surface.address.startswith(CORRECTIONS)
    return for_good or story.face is not Face.expired or not _since_before(story, began)


def _since_before(story: Story, began: datetime) -> bool:
    return story.face_changed is not None and story.face_changed < began
