"""Sitemaps as views of the store: what search engines may have, and when it last changed.

Two say what that is: the rights under which a story's newest edition was made (a source's
narrower contract, a wish of the item's own page), and its agency's contract of today. The
stricter holds, here as on the page.
"""

from collections.abc import Iterator
from datetime import datetime
from datetime import timedelta
from functools import lru_cache

from copytaster import press
from copytaster.agency import Indexing
from copytaster.press import Entry
from copytaster.store import Mapped
from copytaster.web._door import Newsroom

_NEWS_DAYS = timedelta(days=2)
_NEWS_MOST = 1000
"""a news sitemap holds no more (handbook: publishing §3)"""
_KEPT = 50_000


class Sitemaps:
    """Makes them. What an edition's rights said is kept: a part tells of a thousand stories, and
    is made anew at every kill."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._site = newsroom.house.site
        self._of_edition = lru_cache(_KEPT)(self._read)

    def index(self, now: datetime) -> bytes:
        """``/sitemap.xml``."""
        parts = ((part.number, part.changed) for part in self._newsroom.store.sitemap())
        return press.sitemap_index(parts, self._site)

    def part(self, number: int) -> bytes:
        """``/sitemap/<n>.xml``."""
        mapped = self._newsroom.store.sitemap_part(number)
        stories = ((one.story, one.changed) for one in mapped if self._is_mapped(one))
        return press.sitemap_part(stories, self._site)

    def news(self, now: datetime) -> bytes:
        """``/news-sitemap.xml``."""
        agencies = self._newsroom.store.agencies()
        if all(self._contract(agency) is not Indexing.own for agency in agencies):
            return press.news_sitemap((), self._site)
        return press.news_sitemap(self._recent(now - _NEWS_DAYS), self._site)

    def _recent(self, since: datetime) -> Iterator[Entry]:
        """Stories that were written since then, not only first shown."""
        for listed in self._newsroom.store.recent(since, _NEWS_MOST):
            entry = press.decode_entry(listed.entry) if listed.entry is not None else None
            if entry is not None and entry.published >= since and self._is_news(entry):
                yield entry

    def _is_news(self, entry: Entry) -> bool:
        return self._contract(entry.agency) is Indexing.own

    def _is_mapped(self, one: Mapped) -> bool:
        if not press.in_sitemap(self._contract(one.agency)):
            return False
        said = self._of_edition(one.story, one.changed)
        return said is not None and press.in_sitemap(said)

    def _contract(self, agency: str) -> Indexing:
        return self._newsroom.house.profile(agency).contract.indexing

    def _read(self, id: str, changed: datetime) -> Indexing | None:
        """What the rights of the newest edition said; it is another one after ``changed``."""
        story = self._newsroom.store.story(id)
        edition = self._newsroom.store.edition(id, story.edition) if story else None
        return press.indexing_of(edition.entry) if edition else None
