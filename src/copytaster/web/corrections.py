"""``/corrections``: what was corrected and what was withdrawn, newest first, and its feeds.

A view of the store like every list: a kill takes a story's words out of it at once (design §3).
"""

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from copytaster import press
from copytaster.press import CorrectionLine
from copytaster.store import Correction
from copytaster.web import _answer
from copytaster.web._door import Newsroom
from copytaster.web.lists import FEEDS
from copytaster.web.lists import FRONT
from copytaster.web.lists import Clock
from copytaster.web.lists import Lists
from copytaster.web.stories import missing

_PATH = "/corrections"
_CURSOR = re.compile(r"[0-9]{1,16}")


class _Newest:
    """The newest lines, as of one state of the store: the first page and all feeds share them,
    since every kill has each of them fetched."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._kept: tuple[int, list[Correction], list[CorrectionLine]] | None = None

    def get(self) -> tuple[list[Correction], list[CorrectionLine]]:
        """What is listed, and how it is told; one more than a page holds."""
        amended = self._newsroom.store.amended  # read first: what comes later makes it stale
        kept = self._kept
        if kept is None or kept[0] != amended:
            kept = (amended, *_told(self._newsroom, None))
            self._kept = kept
        return kept[1:]


def _told(newsroom: Newsroom, before: int | None) -> tuple[list[Correction], list[CorrectionLine]]:
    listed = newsroom.store.corrections(before=before, limit=FRONT + 1)
    return listed, [newsroom.pressroom.correction(one) for one in listed]


def routes(newsroom: Newsroom, clock: Clock) -> list[Route]:
    """The routes of the page and its feeds."""
    lists, newest = Lists(lambda: newsroom.store.amended, clock), _Newest(newsroom)

    async def page(request: Request) -> Response:
        before = request.query_params.get("before")
        if before is not None and not _CURSOR.fullmatch(before):
            return missing(newsroom)
        place = int(before) if before is not None else None
        return await lists.serve(
            request, _answer.HTML, lambda _now: _page(newsroom, newest, place), before
        )

    async def feed(request: Request) -> Response:
        kind = request.scope["path"].rpartition(".")[2]
        media_type, _ = FEEDS[kind]
        return await lists.serve(request, media_type, lambda _now: _feed(newsroom, newest, kind))

    return [Route(_PATH, page), *(Route(f"{_PATH}/feed.{kind}", feed) for kind in FEEDS)]


def _page(newsroom: Newsroom, newest: _Newest, before: int | None) -> bytes:
    listed, lines = newest.get() if before is None else _told(newsroom, before)
    more = len(listed) > FRONT
    return press.corrections(
        lines[:FRONT],
        newsroom.house.site,
        older=f"{_PATH}?before={listed[FRONT - 1].event.sequence}" if more else None,
        newer=_PATH if before is not None else None,
    )


def _feed(newsroom: Newsroom, newest: _Newest, kind: str) -> bytes:
    carried = [_carried(newsroom, *pair) for pair in zip(*newest.get(), strict=True)]
    _, write = FEEDS[kind]
    title = press.corrections_title(newsroom.house.site)
    lines = [line for line in carried if line is not None]
    return write(title, lines[:FRONT], newsroom.house.site, path=_PATH)


def _carried(newsroom: Newsroom, listed: Correction, line: CorrectionLine) -> CorrectionLine | None:
    """The line as its agency's contract lets feeds carry it."""
    allowed = newsroom.house.profile(listed.story.agency).contract.feeds
    entry = press.decode_entry(listed.entry) if listed.entry is not None else None
    return press.correction_in_feeds(line, entry, allowed)
