"""``/corrections``: what was corrected and what was withdrawn, newest first, and its feeds.

A view of the store like every list: a kill takes a story's words out of it at once (design §3).
"""

import re
from collections.abc import Sequence

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from copytaster import press
from copytaster.press import CorrectionLine
from copytaster.store import Correction
from copytaster.web import _answer
from copytaster.web._door import Newsroom
from copytaster.web._kept import Clock
from copytaster.web._kept import Lists
from copytaster.web.lists import FEEDS
from copytaster.web.lists import FRONT
from copytaster.web.stories import missing

_PATH = "/corrections"
_CURSOR = re.compile(r"[0-9]{1,16}")


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    """What is listed, and how pages and feeds tell it."""

    listed: Correction
    line: CorrectionLine
    carried: CorrectionLine | None
    """as its agency's contract lets feeds carry it; None where they may not"""

    @property
    def key(self) -> tuple[int, str, int]:
        return _key(self.listed)


def _key(listed: Correction) -> tuple[int, str, int]:
    """What is told of an event is the same for as long as its story's record is."""
    return listed.event.sequence, listed.story.id, listed.story.revision


class _Newest:
    """The newest lines, as of one state of the store: the first page and all feeds share them,
    since every kill has each of them fetched. Of thirty, twenty-nine are those of before."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._kept: tuple[int, list[_Told]] = (-1, [])

    def get(self) -> list[_Told]:
        """One more than a page holds."""
        amended = self._newsroom.store.amended  # read first: what comes later makes it stale
        begun, told = self._kept
        if begun != amended:
            told = _told(self._newsroom, None, told)
            self._kept = (amended, told)
        return told


def _told(newsroom: Newsroom, before: int | None, known: Sequence[_Told] = ()) -> list[_Told]:
    kept = {one.key: one for one in known}
    listed = newsroom.store.corrections(before=before, limit=FRONT + 1)
    return [kept.get(_key(one)) or _tell(newsroom, one) for one in listed]


def _tell(newsroom: Newsroom, listed: Correction) -> _Told:
    line = newsroom.pressroom.correction(listed)
    allowed = newsroom.house.profile(listed.story.agency).contract.feeds
    entry = press.decode_entry(listed.entry) if listed.entry is not None else None
    return _Told(listed=listed, line=line, carried=press.correction_in_feeds(line, entry, allowed))


def routes(newsroom: Newsroom, clock: Clock) -> list[Route]:
    """The routes of the page and its feeds."""
    version = press.template_version(newsroom.house.site)
    lists = Lists(lambda: newsroom.store.amended, clock, version)
    newest = _Newest(newsroom)

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
    told = newest.get() if before is None else _told(newsroom, before)
    more = len(told) > FRONT
    return press.corrections(
        [one.line for one in told[:FRONT]],
        newsroom.house.site,
        older=f"{_PATH}?before={told[FRONT - 1].listed.event.sequence}" if more else None,
        newer=_PATH if before is not None else None,
    )


def _feed(newsroom: Newsroom, newest: _Newest, kind: str) -> bytes:
    _, write = FEEDS[kind]
    title = press.corrections_title(newsroom.house.site)
    lines = [one.carried for one in newest.get() if one.carried is not None]
    return write(title, lines[:FRONT], newsroom.house.site, path=_PATH)
