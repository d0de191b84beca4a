"""Seeing that a picture is gone, while its stories stay: every address that showed or named it
fetched until none does.

Its own addresses, one for each of its files, must answer 410 (404 where no reader ever saw it);
pages, data, feeds and fronts of the stories beside which it hung must not hold its name, under
which all of them knew it.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from copytaster.channels import Fetch
from copytaster.channels import Marks
from copytaster.channels import Seen
from copytaster.channels import Surface
from copytaster.channels import prove
from copytaster.channels.site import list_addresses
from copytaster.newsroom._picture_files import gone
from copytaster.newsroom.desk import Desk
from copytaster.store import Face
from copytaster.store import Picture
from copytaster.store import Receipt
from copytaster.store import Story
from copytaster.store import WorkKind
from copytaster.wire import Alert

PICTURES = "pictures"
"""the channel of receipts that tell of a picture alone: its story was not withdrawn"""
_NOT_GONE = "picture-not-gone"
_WAITS = (0.02, 0.1, 0.5, 2.0, 8.0)
"""seconds between rounds; after the last it is tried anew after :data:`_LATER`"""
_LATER = timedelta(seconds=30)


class PictureProver:
    """Fetches addresses with ``fetch`` and keeps what was seen."""

    def __init__(self, desk: Desk, fetch: Fetch, alert: Alert) -> None:
        self._desk = desk
        self._fetch = fetch
        self._alert = alert
        self._alarm = desk.house.config.proof.alarm_seconds

    async def withdrawn(self, picture: Picture) -> bool:
        """Prove that a picture is gone; False when it was not clean in time."""
        stories = self._stories(picture)
        wanted = tuple(self._surfaces(picture, stories))
        marks = Marks(story=picture.name, words=(picture.name.encode(),))
        seen: dict[str, Seen] = {}
        for wait in (*_WAITS, None):
            if self._desk.store.pictures.is_shown(picture.sha256):
                self._desk.store.pictures.prove_later(picture, None)
                self._alert.over(_NOT_GONE, picture.sha256)
                return False  # it was released, or another story shows it: nothing to prove
            for one in await prove(wanted, marks, self._fetch, self._desk.clock):
                seen[one.surface.address] = one
            wanted = tuple(one.surface for one in seen.values() if not one.clean)
            if not wanted or wait is None:
                break
            self._complain(picture, seen)
            await asyncio.sleep(wait)
        self._desk.store.note_receipts(self._receipts(picture, stories, tuple(seen.values())))
        due = self._desk.clock() + _LATER if wanted else None
        self._desk.store.pictures.prove_later(picture, due)
        if not wanted:
            self._alert.over(_NOT_GONE, picture.sha256)
        return not wanted

    def _stories(self, picture: Picture) -> list[Story]:
        """The stories beside which it hung and that readers know."""
        beside = self._desk.store.pictures.beside(picture.sha256)
        found = (self._desk.store.story(id) for id in dict.fromkeys(one.story for one in beside))
        return [story for story in found if story is not None and story.face is not Face.none]

    def _surfaces(self, picture: Picture, stories: Sequence[Story]) -> list[Surface]:
        lists = dict.fromkeys(
            listed for one in stories for listed in list_addresses(one.agency, one.shelves)
        )
        return [
            *gone(picture),
            *(surface for story in stories for surface in _pages(story)),
            *(Surface(address=place, kind="picture") for place in lists),
        ]

    def _complain(self, picture: Picture, seen: dict[str, Seen]) -> None:
        passed = self._desk.clock() - (picture.since or self._desk.clock())
        dirty = [one for one in seen.values() if not one.clean]
        if passed.total_seconds() < self._alarm or not dirty:
            return
        self._alert(
            _NOT_GONE,
            f"picture {picture.name}: {len(dirty)} public addresses still show it, "
            f"first {dirty[0].surface.address} ({dirty[0].detail}); look at its stories with "
            "`copytaster story`",
            picture.sha256,
        )

    def _receipts(
        self, picture: Picture, stories: Sequence[Story], seen: Sequence[Seen]
    ) -> list[Receipt]:
        """Each story has the receipts of the picture's own addresses and of its own; the first,
        those of the lists as well."""
        return [
            Receipt(
                story=story.id,
                channel=PICTURES,
                address=one.surface.address,
                kind=WorkKind.withdraw,
                since=picture.since or one.at,
                seen=one.at,
                clean=one.clean,
                status=one.status,
                detail=one.detail,
            )
            for place, story in enumerate(stories)
            for one in seen
            if _belongs(one.surface, story, first=place == 0)
        ]


def _pages(story: Story) -> list[Surface]:
    """Every address of a story that has pictures."""
    stems = [f"/s/{story.id}", *(f"/s/{story.id}/v{n + 1}" for n in range(story.edition))]
    return [
        Surface(address=stem + form, kind="picture", status=story.face.status)
        for stem in stems
        for form in ("", ".json")
    ]


def _belongs(surface: Surface, story: Story, *, first: bool) -> bool:
    if surface.kind == "own" or f"/s/{story.id}" in surface.address:
        return True
    return first and not surface.address.startswith("/s/")
