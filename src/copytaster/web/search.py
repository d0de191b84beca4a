"""``/search``: readers' search over the stories that are live, and its feeds.

A view of the store like every list: a kill leaves it at once (design §3). What was asked for is
hostile: it is bounded before it is read, and no more than a few are looked for at a time.
"""

from collections.abc import Callable
from collections.abc import Mapping
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import msgspec
from anyio import CapacityLimiter
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from copytaster import press
from copytaster import query
from copytaster.press import SearchForm
from copytaster.store import SearchQuery
from copytaster.web import _answer
from copytaster.web._door import Newsroom
from copytaster.web._kept import Clock
from copytaster.web._kept import Lists
from copytaster.web.lists import CURSOR
from copytaster.web.lists import FEED
from copytaster.web.lists import FEEDS
from copytaster.web.lists import FRONT
from copytaster.web.lists import cursor
from copytaster.web.lists import entry_line
from copytaster.web.lists import place_of
from copytaster.web.stories import missing

_PATH = "/search"
_FIELDS: Mapping[str, str] = {
    "q": "typed",
    "from": "since",
    "to": "until",
    "agency": "agency",
    "section": "section",
    "language": "language",
}
"""what an address calls a field of the form"""
_LONGEST = 40
"""characters of any field but the words"""
_COUNTED = 1000
_AT_ONCE = 2
"""searches made at a time: the desk's own work goes on beside them"""
_DAY = timedelta(days=1)


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader asked for: what to look for, or why it cannot be looked for."""

    form: SearchForm
    query: SearchQuery | None = None
    error: str | None = None

    def address(self, suffix: str = "", **more: str) -> str:
        """The address under which this is asked."""
        said = msgspec.structs.asdict(self.form)
        fields = {name: said[field] for name, field in _FIELDS.items() if said[field]}
        return f"{_PATH}{suffix}?{urlencode(fields | more)}"


def routes(newsroom: Newsroom, clock: Clock) -> list[Route]:
    """The routes of the search."""
    room = CapacityLimiter(_AT_ONCE)
    version = press.template_version(newsroom.house.site)
    lists = Lists(lambda: newsroom.store.sequence, clock, version, room=room)

    async def page(request: Request) -> Response:
        before = request.query_params.get("before")
        if before is not None and not CURSOR.fullmatch(before):
            return missing(newsroom)
        asked = _asked(newsroom, request)
        if asked.error is not None:
            return _refused(newsroom, asked)
        return await lists.serve(
            request,
            _answer.HTML,
            lambda _now: _page(newsroom, asked, before),
            f"{asked.address()}&{before or ''}",
            noindex=True,
        )

    async def feed(request: Request) -> Response:
        asked = _asked(newsroom, request)
        if asked.query is None:
            return missing(newsroom)
        media_type, write = FEEDS[request.scope["path"].rpartition(".")[2]]
        return await lists.serve(
            request,
            media_type,
            lambda _now: _feed(newsroom, asked, write),
            asked.address(),
            noindex=True,
        )

    return [Route(_PATH, page), *(Route(f"{_PATH}/feed.{kind}", feed) for kind in FEEDS)]


def _asked(newsroom: Newsroom, request: Request) -> _Asked:
    given = {field: request.query_params.get(name, "") for name, field in _FIELDS.items()}
    typed = given.pop("typed").strip()
    form = SearchForm(
        typed=typed[: query.LONGEST_ASKED + 1],
        **{field: said.strip()[:_LONGEST] for field, said in given.items()},
    )
    try:
        return _Asked(form=form, query=_query(form, ZoneInfo(newsroom.house.site.zone or "UTC")))
    except query.AskError as error:
        return _Asked(form=form, error=error.code)
    except (ValueError, OverflowError):
        return _Asked(form=form, error="day")


def _query(form: SearchForm, zone: ZoneInfo) -> SearchQuery | None:
    since, until = _day(form.since, zone), _day(form.until, zone, _DAY)
    asked = query.ask(form.typed)
    if asked is None:
        return None
    phrases, without = query.sought(asked)
    return SearchQuery(
        phrases=phrases,
        without=without,
        agency=form.agency or None,
        shelf=f"section/{form.section}" if form.section else None,
        language=form.language or None,
        since=since,
        until=until,
        limit=FRONT + 1,
    )


def _day(said: str, zone: ZoneInfo, later: timedelta = timedelta()) -> datetime | None:
    """The beginning of a day on the site's clocks; ``later``: of one after it."""
    if not said:
        return None
    return datetime.combine(date.fromisoformat(said) + later, time(), zone).astimezone(UTC)


def _page(newsroom: Newsroom, asked: _Asked, before: str | None) -> bytes:
    found = None if asked.query is None else _found(newsroom, asked, asked.query, before)
    return press.search(asked.form, newsroom.house.site, found=found, **_choices(newsroom))


def _found(
    newsroom: Newsroom, asked: _Asked, sought: SearchQuery, before: str | None
) -> press.Found:
    listed = newsroom.store.search(msgspec.structs.replace(sought, before=cursor(before)))
    page = listed[:FRONT]
    whole = before is None and len(listed) <= FRONT
    number = len(listed) if whole else newsroom.store.count_found(sought, _COUNTED + 1)
    older = asked.address(before=place_of(page[-1].story)) if len(listed) > FRONT else None
    return press.Found(
        entries=[press.decode_entry(one.entry) for one in page if one.entry is not None],
        phrases=sought.phrases,
        number=min(number, _COUNTED),
        is_more=number > _COUNTED,
        older=older,
        newest=asked.address() if before else None,
        feeds={kind: asked.address(f"/feed.{kind}") for kind in FEEDS},
    )


def _choices(newsroom: Newsroom) -> dict[str, Any]:
    agencies = {id: newsroom.house.profile(id).name for id in newsroom.store.agencies()}
    return {"agencies": agencies, "sections": newsroom.store.shelves("section")}


def _refused(newsroom: Newsroom, asked: _Asked) -> Response:
    """The form again, with why, to be mended."""
    site = newsroom.house.site
    body = press.search(asked.form, site, error=asked.error, **_choices(newsroom))
    headers = {**_answer.SECURITY, "cache-control": _answer.NO_STORE, "x-robots-tag": "noindex"}
    return Response(body, 400, headers, media_type=_answer.HTML)


def _feed(newsroom: Newsroom, asked: _Asked, write: Callable[..., bytes]) -> bytes:
    """The newest that answer it, as feeds may carry them. No notices: the words of what was
    withdrawn are not kept to be found by."""
    if asked.query is None:
        raise ValueError("a feed of no search")
    listed = newsroom.store.search(msgspec.structs.replace(asked.query, limit=FEED))
    pictures = newsroom.photos.shown([one.story.id for one in listed])
    lines = [entry_line(newsroom, one, pictures) for one in listed]
    query_string = asked.address().removeprefix(_PATH)
    kept = [line for line in lines if line is not None]
    return write(asked.form.typed, kept, newsroom.house.site, path=_PATH, asked=query_string)
