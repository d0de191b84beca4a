"""``/corrections``: what was corrected and what was withdrawn, newest first, and its feeds.

A view of the store like every list: a kill takes a story's words out of it at once (design §3).
"""

import re
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from copytaster import press
from copytaster.web import _answer
from copytaster.web._door import Newsroom
from copytaster.web.lists import FEED
from copytaster.web.lists import FEEDS
from copytaster.web.lists import FRONT
from copytaster.web.lists import Clock
from copytaster.web.lists import Lists
from copytaster.web.stories import missing

_PATH = "/corrections"
_CURSOR = re.compile(r"[0-9]{1,16}")


def routes(newsroom: Newsroom, clock: Clock) -> list[Route]:
    """The routes of the page and its feeds."""
    lists = Lists(newsroom, clock)

    async def page(request: Request) -> Response:
        before = request.query_params.get("before")
        if before is not None and not _CURSOR.fullmatch(before):
            return missing(newsroom)
        place = int(before) if before is not None else None
        return await lists.serve(request, _answer.HTML, lambda _now: _page(newsroom, place), before)

    async def feed(request: Request) -> Response:
        kind = request.scope["path"].rpartition(".")[2]
        media_type, _ = FEEDS[kind]
        return await lists.serve(request, media_type, lambda now: _feed(newsroom, now, kind))

    return [Route(_PATH, page), *(Route(f"{_PATH}/feed.{kind}", feed) for kind in FEEDS)]


def _page(newsroom: Newsroom, before: int | None) -> bytes:
    listed = newsroom.store.corrections(before=before, limit=FRONT + 1)
    here = listed[:FRONT]
    more = len(listed) > FRONT
    return press.corrections(
        [newsroom.pressroom.correction(one) for one in here],
        newsroom.house.site,
        older=f"{_PATH}?before={here[-1].event.sequence}" if more else None,
        newer=_PATH if before is not None else None,
    )


def _feed(newsroom: Newsroom, now: datetime, kind: str) -> bytes:
    listed = newsroom.store.corrections(limit=FEED)
    lines = [newsroom.pressroom.correction(one) for one in listed]
    _, write = FEEDS[kind]
    title = press.corrections_title(newsroom.house.site)
    return write(title, lines, newsroom.house.site, path=_PATH)
