"""The patrol's look at lists: what each names, against what it may name."""

import itertools
from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from itertools import islice

from copytaster import press
from copytaster import shelf
from copytaster.channels.patrol import API
from copytaster.channels.patrol import CORRECTIONS
from copytaster.channels.patrol import ListPlace
from copytaster.channels.patrol import compare_list
from copytaster.channels.patrol import lists
from copytaster.channels.patrol import named
from copytaster.channels.site import found_surface
from copytaster.finding import Fault
from copytaster.newsroom._placing import placement
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
_LOT = 100
"""topics, and places, of one round"""
_SOUGHT = 3
"""withdrawn stories looked for in a round"""
_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_NOTICES = frozenset({Face.hold, Face.gone, Face.legal})


class Listing:
    """Takes one list after the other, round after round.

    A round has every section and agency, a lot of the topics and places (an agency may name any
    number of them), and readers' search for the newest stories: what is live is found by its own
    words, what was withdrawn is not.
    """

    def __init__(self, desk: Desk, fetch: Callable[[str], Awaitable[Answer | Fault]]) -> None:
        self._desk = desk
        self._store = desk.store
        self._fetch = fetch
        self._round: list[ListPlace] = []
        self._reached = dict.fromkeys(("topic", "place"), "")
        self._sought: tuple[datetime, int] | None = None

    def next(self) -> ListPlace:
        if not self._round:
            self._round = [*self._lists(), *self._searches()][::-1]
        return self._round.pop()

    def _lists(self) -> Iterator[ListPlace]:
        shelves = shelf.named("section", self._store.shelves("section"))
        lots = (shelf.named(kind, self._lot(kind)) for kind in self._reached)
        parts = [part.number for part in self._store.sitemap()]
        yield from lists((*shelves, *itertools.chain(*lots)), self._store.agencies(), parts)

    def _lot(self, kind: str) -> list[str]:
        """The next topics, or places; after the last the first again."""
        found = self._store.shelves(kind, after=self._reached[kind], limit=_LOT)
        self._reached[kind] = found[-1] if len(found) == _LOT else ""
        return found

    def _searches(self) -> Iterator[ListPlace]:
        live = [one.story for one in self._store.front(ListQuery(limit=1))]
        for story in (*live, *self._withdrawn()):
            placed = placement(self._store, story)
            surface = found_surface(placed) if placed is not None else None
            if surface is not None:
                yield ListPlace(surface=surface, sought=story.id)

    def _withdrawn(self) -> list[Story]:
        """The next of those withdrawn lately; after the last the newest again."""
        since = self._desk.clock() - _NOTICES_FOR
        found = self._store.withdrawn(since, before=self._sought, limit=_SOUGHT)
        last = found[-1] if len(found) == _SOUGHT else None
        self._sought = (last.face_changed, last.number) if last and last.face_changed else None
        return found

    async def look(self, place: ListPlace) -> Sequence[Fault]:
        """What is wrong with this list."""
        sequence, began = self._store.sequence, self._desk.clock()
        wanted = self._wanted(place)
        answer = await self._fetch(place.surface.asks or place.surface.address)
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

    def _exists(self, place: ListPlace) -> bool:
        if place.shelf is None and place.agency is None:
            return True
        ever = ListQuery(shelf=place.shelf, agency=place.agency, limit=1, notices_since=_EVER)
        return bool(self._store.feed(ever))

    def _wanted(self, place: ListPlace) -> list[str]:
        """The newest stories the list must name, while nothing changes."""
        if place.sought is not None:
            sought = self._store.story(place.sought)
            return [place.sought] if sought is not None and sought.face is Face.live else []
        address = place.surface.address
        if address.startswith("/sitemap/"):
            part = int(address.removeprefix("/sitemap/").removesuffix(".xml"))
            newest = reversed(self._store.sitemap_part(part))
            mapped = (one.story for one in newest if self._is_mapped(one))
            return list(islice(mapped, _WANTED))
        if address.endswith("sitemap.xml") or address.startswith((API, CORRECTIONS)):
            return []
        since = self._desk.clock() - _NOTICES_FOR if place.surface.kind == "feed" else None
        query = ListQuery(
            shelf=place.shelf, agency=place.agency, limit=_WANTED, notices_since=since
        )
        ask = self._store.feed if since is not None else self._store.front
        return [listed.story.id for listed in ask(query)]

    def _is_mapped(self, one: Mapped) -> bool:
        """Its agency's contract lets search engines have it, and so do its own rights."""
        if not press.in_sitemap(self._desk.house.profile(one.agency).contract.indexing):
            return False
        story = self._store.story(one.story)
        edition = self._store.edition(one.story, story.edition) if story else None
        return edition is not None and press.in_sitemap(press.indexing_of(edition.entry))


def _withdrawn(story: Story, began: datetime) -> bool:
    """Whether only its notice may be named: fronts drop it, feeds keep the id (design §6)."""
    return story.face in _NOTICES and _since_before(story, began)


def _may_be_named(story: Story | None, place: ListPlace, began: datetime) -> bool:
    """Whether this list may name it; what left while the list was made may still be there."""
    if story is None or story.drill or story.face is Face.none:
        return False
    for_good = place.surface.address.startswith(CORRECTIONS)
    return for_good or story.face is not Face.expired or not _since_before(story, began)


def _since_before(story: Story, began: datetime) -> bool:
    return story.face_changed is not None and story.face_changed < began
