"""Lists in SQLite: the store's part that :class:`ListStore` describes."""

from collections.abc import Sequence
from datetime import datetime

from copytaster.store import _rows as rows
from copytaster.store import _search_rows as search_rows
from copytaster.store._list_port import Correction
from copytaster.store._list_port import Listed
from copytaster.store._list_port import ListQuery
from copytaster.store._list_port import Mapped
from copytaster.store._list_port import Said
from copytaster.store._list_port import SearchQuery
from copytaster.store._list_port import SitemapPart
from copytaster.store._part import Part


class ListsInSqlite(Part):
    """:class:`ListStore` on one engine."""

    def front(self, query: ListQuery) -> list[Listed]:
        return self._list("front", query)

    def feed(self, query: ListQuery) -> list[Listed]:
        return self._list("feed", query)

    def _list(self, statement: str, query: ListQuery) -> list[Listed]:
        before = query.before
        found = self._all(
            statement + _scope(query),
            shelf=query.shelf,
            agency=query.agency,
            limit=query.limit,
            time=rows.LAST if before is None else rows.micros(before[0]),
            number=rows.LAST if before is None else before[1],
            notices_since=rows.micros_or_none(query.notices_since),
        )
        return [rows.listed_again(row) for row in found]

    def corrections(
        self, *, story: str | None = None, before: int | None = None, limit: int = 30
    ) -> list[Correction]:
        statement = "corrections" if story is None else "corrections_of_story"
        last = rows.LAST if before is None else before
        found = self._all(statement, id=story, before=last, limit=limit)
        return [rows.correction(row) for row in found]

    def sitemap(self) -> list[SitemapPart]:
        return [rows.sitemap_part(row) for row in self._all("sitemap")]

    def sitemap_part(self, number: int) -> list[Mapped]:
        return [rows.mapped(row) for row in self._all("sitemap_part", part=number)]

    def recent(self, since: datetime, limit: int = 1000) -> list[Listed]:
        found = self._all("recent", since=rows.micros(since), limit=limit)
        return [rows.listed(row) for row in found]

    def elsewhere(self, agency: str, since: datetime, limit: int) -> list[str]:
        found = self._all("elsewhere", agency=agency, since=rows.micros(since), limit=limit)
        return [id for (id,) in found]

    def agencies(self) -> list[str]:
        return [agency for (agency,) in self._all("agencies")]

    def shelves(self, kind: str, *, after: str = "", limit: int = 1000) -> list[str]:
        found = self._all("shelves", after=f"{kind}/{after}", end=f"{kind}0", limit=limit)
        return [shelf.removeprefix(f"{kind}/") for (shelf,) in found]

    def search(self, query: SearchQuery) -> list[Listed]:
        bindings = search_rows.query_bindings(query)
        found = self._all("search", **bindings) if bindings["match"] else []
        return [rows.listed_again(row) for row in found]

    def count_found(self, query: SearchQuery, most: int) -> int:
        bindings = search_rows.query_bindings(query) | {"most": most}
        return int(self._all("count_found", **bindings)[0][0]) if bindings["match"] else 0

    def spoken(self, phrases: Sequence[str]) -> dict[str, int]:
        words = sorted({word for phrase in phrases for word in phrase.split()})
        said: dict[str, int] = dict(self._all("spoken", words=rows.json(words)))
        return {
            phrase: min((said.get(word, 0) for word in phrase.split()), default=0)
            for phrase in phrases
        }

    def saying(
        self,
        phrases: Sequence[str],
        since: datetime,
        until: datetime,
        *,
        besides: str,
        limit: int = 50,
    ) -> list[Said]:
        match = search_rows.any_of(phrases)
        if not match:
            return []
        found = self._all(
            "saying",
            match=match,
            since=search_rows.first_place(since),
            until=search_rows.first_place(until),
            story=besides,
            limit=limit,
        )
        return [search_rows.said(story, words) for story, words in found]


def _scope(query: ListQuery) -> str:
    """Which of the statements of a list: a shelf's also narrows to an agency."""
    if query.shelf is not None:
        return "_of_shelf"
    return "_of_agency" if query.agency is not None else ""
