"""The window in a plain dictionary."""

from collections.abc import Collection
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from copytaster.store import Alike
from copytaster.store import Face
from copytaster.store import ListQuery
from copytaster.store import Shingled
from copytaster.store import Story

if TYPE_CHECKING:
    from tests.store.twin import Twin


class TwinWindow:
    """:class:`copytaster.store.WindowStore`, without a file."""

    def __init__(self, twin: "Twin") -> None:
        self._twin = twin

    def keep(self, texts: Sequence[Shingled]) -> None:
        with self._twin.turn:
            for text in texts:
                key = (text.story, text.content_hash)
                known = self._twin.kept.window.get(key)
                if self._is_kept(*key) and (known is None or known.scheme != text.scheme):
                    self._twin.kept.window[key] = text

    def _is_kept(self, story: str, content_hash: str) -> bool:
        return (
            not self._twin.kept.stories[story].drill
            and any(
                one.target is None and one.item.content_hash == content_hash
                for one in self._twin.kept.messages[story]
            )
            if story in self._twin.kept.stories
            else False
        )

    def alike(
        self,
        scheme: str,
        shingles: Collection[int],
        *,
        at_least: int,
        live: bool = False,
        limit: int = 50,
    ) -> list[Alike]:
        found = [
            Alike(
                story=one.story,
                content_hash=one.content_hash,
                at=one.at,
                shared=len(one.shingles & set(shingles)),
                of=len(one.shingles),
            )
            for _, one in sorted(self._twin.kept.window.items())
            if one.scheme == scheme
            and (not live or self._twin.kept.stories[one.story].face is Face.live)
        ]
        enough = [one for one in found if one.shared >= max(1, at_least)]
        newest = sorted(enough, key=lambda one: one.at, reverse=True)
        return sorted(newest, key=lambda one: -one.shared)[:limit]

    def missing(
        self,
        scheme: str,
        since: datetime,
        *,
        before: tuple[datetime, int] | None = None,
        limit: int = 20,
    ) -> list[Story]:
        live = [
            one.story
            for one in self._twin.front(ListQuery(limit=1_000_000, before=before))
            if one.story.first_public is not None and one.story.first_public >= since
        ]
        return [story for story in live if not self._has(story, scheme)][:limit]

    def _has(self, story: Story, scheme: str) -> bool:
        edition = self._twin.edition(story.id, story.edition)
        if edition is None:
            return True
        known = self._twin.kept.window.get((story.id, edition.content_hash))
        return known is not None and known.scheme == scheme

    def forget(self, before: datetime, *, most: int = 50_000, limit: int = 20) -> int:
        with self._twin.turn:
            texts = sorted(self._twin.kept.window.items(), key=lambda text: text[1].at)
            over = len(texts) - most
            old = [key for n, (key, one) in enumerate(texts) if one.at < before or n < over]
            for key in old[:limit]:
                del self._twin.kept.window[key]
            return len(old[:limit])
