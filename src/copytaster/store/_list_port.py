"""The port's part for lists: fronts, feeds, sitemaps and corrections, as readers ask for them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from copytaster.store._story_port import Event
from copytaster.store._story_port import Story


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A story in a list: its record and its newest edition's entry."""

    story: Story
    entry: bytes | None
    """None where the face is a notice"""


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A correction or refile, or the withdrawal (hold, kill) that stands, and its story now."""

    event: Event
    story: Story
    entry: bytes | None
    """the newest edition's entry; None where the face is a notice"""


class ListQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which list. Fronts hold live stories by first publication, newest first; feeds hold
    live stories and the notices of the last days, by the change of their public face."""

    shelf: str | None = None
    agency: str | None = None
    limit: int = 30
    before: tuple[datetime, int] | None = None
    """continue after this (first_public or face_changed, story number)"""
    notices_since: datetime | None = None
    """set for feeds: include notices (hold, gone) that changed since then"""


class SearchQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What readers look for: phrases, compared as ``text.fold`` makes words comparable. A phrase
    stands in the headline, in the byline or in the text; it never reaches from one to another."""

    phrases: tuple[str, ...]
    """all of these; of none, or of none with a letter, nothing is found"""
    without: tuple[str, ...] = ()
    """none of these"""
    agency: str | None = None
    shelf: str | None = None
    language: str | None = None
    """a primary subtag: ``hi``"""
    since: datetime | None = None
    """first public at this instant or later"""
    until: datetime | None = None
    """first public before this instant"""
    limit: int = 30
    before: tuple[datetime, int] | None = None
    """continue after this (first_public, story number)"""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a live story says, in words made comparable (``text.fold``)."""

    story: str
    headline: str
    text: str


class SitemapPart(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    """part n holds the stories with number // 1000 == n"""
    changed: datetime
    stories: int


class Mapped(msgspec.Struct, frozen=True, kw_only=True):
    """What a sitemap needs of a live story."""

    story: str
    agency: str
    changed: datetime
    """when its public face last did"""


class ListStore(Protocol):
    """The part of the store that lists are answered from."""

    def front(self, query: ListQuery) -> list[Listed]: ...

    def feed(self, query: ListQuery) -> list[Listed]: ...

    def corrections(
        self, *, story: str | None = None, before: int | None = None, limit: int = 30
    ) -> list[Correction]:
        """Newest first, those of an event before this sequence; of one story or all. No drills."""

    def sitemap(self) -> list[SitemapPart]: ...

    def sitemap_part(self, number: int) -> list[Mapped]:
        """Live stories of one part, by their number."""

    def recent(self, since: datetime, limit: int = 1000) -> list[Listed]:
        """Live stories first public since then (the news sitemap)."""

    def elsewhere(self, agency: str, since: datetime, limit: int) -> list[str]:
        """Ids of live stories of other agencies, first public since then, newest first."""

    def agencies(self) -> list[str]:
        """Agencies with a live story."""

    def shelves(self, kind: str, *, after: str = "", limit: int = 1000) -> list[str]:
        """Codes of the shelves of a kind on which a live story stands, in their order, those
        behind ``after``."""

    def search(self, query: SearchQuery) -> list[Listed]:
        """Live stories that answer it, by first publication, newest first."""

    def count_found(self, query: SearchQuery, most: int) -> int:
        """How many answer it, counted no further than ``most``; whatever page it asks for."""

    def spoken(self, phrases: Sequence[str]) -> dict[str, int]:
        """How many live stories say each of these folded words; of several words with blanks
        between them, no more than say the rarest of them."""

    def saying(
        self,
        phrases: Sequence[str],
        since: datetime,
        until: datetime,
        *,
        besides: str,
        limit: int = 50,
    ) -> list[Said]:
        """Live stories besides this one that say any of these folded phrases and were first public
        in this span; newest first."""
