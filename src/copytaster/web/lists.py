"""Lists as views: fronts, sections, agencies, feeds and sitemaps, made from the store.

A list is kept until the store's sequence moves, so that a story costs the same with a hundred
thousand behind it, and a kill leaves every list at once (design §3).
"""

import asyncio
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from functools import cache
from itertools import islice

import msgspec
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from copytaster import press
from copytaster import section
from copytaster.agency import Feeds
from copytaster.agency import Indexing
from copytaster.press import FeedLine
from copytaster.store import Listed
from copytaster.store import ListQuery
from copytaster.store import Story
from copytaster.web import _answer
from copytaster.web._door import Newsroom
from copytaster.web.stories import missing

Clock = Callable[[], datetime]
Pictures = Mapping[str, Sequence[press.Picture]]
"""by story, those that readers see beside it"""

FRONT = 30
_FEED = 50
_FEED_LOOKS = 20
"""pages of stories looked through for those that feeds may carry"""
_NOTICE_DAYS = timedelta(days=7)
_NEWS_DAYS = timedelta(days=2)
_CURSOR = re.compile(r"([0-9]{1,16})-([0-9]{1,12})")
_NEWS_MOST = 1000
"""a news sitemap holds no more (handbook: publishing §3)"""
_KEPT = 256
_NOTICES = 1024
_EPOCH = datetime.fromtimestamp(0, UTC)
_XML = "application/xml; charset=utf-8"
_WORD = re.compile(r"[a-z0-9-]{1,40}")
_PART = re.compile(r"0|[1-9][0-9]{0,11}")


class _Kept(msgspec.Struct, frozen=True):
    """A list as made at one state of the store."""

    sequence: int
    made: datetime
    body: bytes


Make = Callable[[datetime], bytes | Mapping[str, bytes]]
"""how a list is made; or several at once, by the names under which they are kept"""
_Making = asyncio.Task[Mapping[str, _Kept]]


class Lists:
    """Makes lists, and keeps the newest ones.

    ``reached``: a number that grows with every commit by which these lists may change;
    ``version``: of how they look.
    """

    def __init__(self, reached: Callable[[], int], clock: Clock, version: str) -> None:
        self._reached = reached
        self._version = version
        self._clock = clock
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._making: dict[str, tuple[int, _Making]] = {}
        self._lock = threading.Lock()

    async def serve(
        self,
        request: Request,
        media_type: str,
        make: Make,
        page: str | None = None,
        *,
        together: str | None = None,
        live: bool = False,
    ) -> Response:
        """The list of this address: kept, or made now on a worker thread.

        ``page``: what of the query makes it another list; whatever else readers append does not.
        ``together``: the name under which several lists are made at once, by their addresses.
        ``live``: its script may run.
        """
        key = f"{request.scope['path']}?{page or ''}"
        kept = self._find(key)
        if kept is None:
            kept = (await self._made(together or key, key, make))[key]
        etag = f'"{kept.sequence:x}-{self._version}-{int(kept.made.timestamp()):x}"'
        return _answer.answer(request, kept.body, media_type, etag=etag, live=live)

    def _find(self, key: str) -> _Kept | None:
        with self._lock:
            kept = self._kept.get(key)
        if kept is None or kept.sequence != self._reached():
            return None
        # Notices leave feeds, and stories the news sitemap, by time alone.
        return kept if self._clock() - kept.made < timedelta(minutes=1) else None

    async def _made(self, name: str, key: str, make: Make) -> Mapping[str, _Kept]:
        """Made once, however many ask at a time; never by a making that began before the store
        reached the state in which it was asked for."""
        sequence = self._reached()
        begun, task = self._making.get(name, (-1, None))
        if task is None or begun != sequence:
            task = asyncio.create_task(to_thread.run_sync(self._make, key, make))
            self._making[name] = sequence, task
            task.add_done_callback(lambda done: self._forget(name, done))
        return await asyncio.shield(task)

    def _forget(self, name: str, done: _Making) -> None:
        if self._making.get(name, (0, None))[1] is done:
            del self._making[name]

    def _make(self, key: str, make: Make) -> Mapping[str, _Kept]:
        sequence = self._reached()  # read first: what comes later makes it stale
        now = self._clock()
        made = make(now)
        bodies = {key: made} if isinstance(made, bytes) else made
        lists = {name: _Kept(sequence, now, body) for name, body in bodies.items()}
        with self._lock:
            for name, kept in lists.items():
                self._keep(name, kept)
        return lists

    def _keep(self, name: str, kept: _Kept) -> None:
        """Unless a later one was made meanwhile."""
        known = self._kept.get(name)
        if known is None or known.sequence <= kept.sequence:
            self._kept[name] = kept
        self._kept.move_to_end(name)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)


class _Place(msgspec.Struct, frozen=True):
    """Which lists: the whole site, a section or an agency."""

    base: str
    title: str | None
    section: str | None = None
    agency: str | None = None


def routes(newsroom: Newsroom, clock: Clock) -> list[Route]:
    """The routes of all lists."""
    version = press.template_version(newsroom.house.site)
    lists = Lists(lambda: newsroom.store.sequence, clock, version)
    notices = _Notices(newsroom)

    async def front(request: Request) -> Response:
        place, before = _place(newsroom, request), request.query_params.get("before")
        if place is None or (before is not None and not _CURSOR.fullmatch(before)):
            return missing(newsroom)
        return await lists.serve(
            request,
            _answer.HTML,
            lambda now: _front(newsroom, place, _cursor(before), now),
            before,
            live=newsroom.house.site.live and before is None,
        )

    async def feed(request: Request) -> Response:
        place = _place(newsroom, request)
        if place is None:
            return missing(newsroom)
        media_type, _ = FEEDS[request.scope["path"].rpartition(".")[2]]
        return await lists.serve(
            request,
            media_type,
            lambda now: _feeds(newsroom, notices, place, now),
            together=f"{place.base}/feed",
        )

    async def machine(request: Request) -> Response:
        make = _MACHINES[request.scope["path"]]
        return await lists.serve(request, _XML, lambda now: make(newsroom, now))

    async def part(request: Request) -> Response:
        number = request.path_params["number"]
        if not _PART.fullmatch(number):
            return missing(newsroom)
        return await lists.serve(request, _XML, lambda _now: _sitemap_part(newsroom, int(number)))

    return [
        Route("/", front),
        *(Route(path, machine) for path in _MACHINES),
        Route("/sitemap/{number}.xml", part),
        Route("/section/{section}", front),
        Route("/agency/{agency}", front),
        *(
            Route(f"{base}/feed.{kind}", feed)
            for base in ("", "/section/{section}", "/agency/{agency}")
            for kind in FEEDS
        ),
    ]


def _place(newsroom: Newsroom, request: Request) -> _Place | None:
    code = request.path_params.get("section")
    agency = request.path_params.get("agency")
    if code is not None:
        if code not in section.NAMES:
            return None
        site = newsroom.house.site
        name = press.section_name(code, site.language, among=site.vocabulary)
        return _Place(f"/section/{code}", name, section=code)
    if agency is not None:
        if not _WORD.fullmatch(agency) or not _was_public(newsroom, agency):
            return None
        return _Place(f"/agency/{agency}", newsroom.house.profile(agency).name, agency=agency)
    return _Place("", None)


def _was_public(newsroom: Newsroom, agency: str) -> bool:
    """Whether anything of the agency is, or was, in a list: its feed still tells of a kill."""
    query = ListQuery(agency=agency, limit=1, notices_since=_EPOCH)
    return bool(newsroom.store.feed(query))


def _cursor(before: str | None) -> tuple[datetime, int] | None:
    """The place after which a front goes on."""
    if before is None:
        return None
    micros, _, number = before.partition("-")
    return _EPOCH + timedelta(microseconds=int(micros)), int(number)


def _front(
    newsroom: Newsroom, place: _Place, before: tuple[datetime, int] | None, now: datetime
) -> bytes:
    query = ListQuery(section=place.section, agency=place.agency, limit=FRONT + 1, before=before)
    listed = newsroom.store.front(query)
    page = listed[:FRONT]
    return press.front(
        place.title,
        [press.decode_entry(one.entry) for one in page if one.entry is not None],
        newsroom.house.site,
        path=place.base or "/",
        now=now,
        older=_older(place, page) if len(listed) > FRONT else None,
        newer=(place.base or "/") if before else None,
        sections=tuple(newsroom.store.sections()),
        pictures=newsroom.photos.shown([one.story.id for one in page]) if before is None else {},
    )


def _older(place: _Place, page: Sequence[Listed]) -> str:
    last = page[-1].story
    micros = ((last.first_public or _EPOCH) - _EPOCH) // timedelta(microseconds=1)
    return f"{place.base or '/'}?before={micros}-{last.number}"


def _feeds(
    newsroom: Newsroom, notices: "_Notices", place: _Place, now: datetime
) -> dict[str, bytes]:
    """A place's feed in every format, by address: reading it takes longer than writing it."""
    query = ListQuery(
        section=place.section,
        agency=place.agency,
        limit=_FEED,
        notices_since=now - _NOTICE_DAYS,
    )
    lines = list(islice(_feed_lines(newsroom, notices, query), _FEED))
    return {
        f"{place.base}/feed.{kind}?": write(
            place.title, lines, newsroom.house.site, path=place.base or "/"
        )
        for kind, (_, write) in FEEDS.items()
    }


def _feed_lines(newsroom: Newsroom, notices: "_Notices", query: ListQuery) -> Iterator[FeedLine]:
    """What feeds may carry, newest first; what they may not is stepped over."""
    for _ in range(_FEED_LOOKS):
        listed = newsroom.store.feed(query)
        pictures = newsroom.photos.shown([one.story.id for one in listed])
        lines = (_feed_line(newsroom, notices, one, pictures) for one in listed)
        yield from filter(None, lines)
        if len(listed) < query.limit:
            return
        last = listed[-1].story
        query = msgspec.structs.replace(query, before=(last.face_changed or _EPOCH, last.number))


def _feed_line(
    newsroom: Newsroom, notices: "_Notices", listed: Listed, pictures: Pictures
) -> FeedLine | None:
    story = listed.story
    allowed = newsroom.house.profile(story.agency).contract.feeds
    said: press.Entry | press.NoticeFacts | None
    if listed.entry is not None:
        said = press.in_feeds(press.decode_entry(listed.entry), allowed)
    else:
        said = None if allowed is Feeds.none else notices.facts(story)
    if said is None:
        return None
    return FeedLine(
        story=said,
        face_changed=story.face_changed or _EPOCH,
        pictures=tuple(pictures.get(story.id, ())) if allowed is Feeds.full else (),
    )


class _Notices:
    """What notices say, kept by the revision of their story: after a recall the feeds hold
    little else, and each is read from its history."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._kept: OrderedDict[tuple[str, int], press.NoticeFacts] = OrderedDict()

    def facts(self, story: Story) -> press.NoticeFacts:
        key = (story.id, story.revision)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = self._newsroom.pressroom.notice_facts(story)
            while len(self._kept) > _NOTICES:
                self._kept.popitem(last=False)
        return kept


def _sitemap(newsroom: Newsroom, now: datetime) -> bytes:
    parts = ((part.number, part.changed) for part in newsroom.store.sitemap())
    return press.sitemap_index(parts, newsroom.house.site)


def _sitemap_part(newsroom: Newsroom, number: int) -> bytes:
    @cache
    def is_mapped(agency: str) -> bool:
        return press.in_sitemap(newsroom.house.profile(agency).contract.indexing.value)

    stories = (
        (one.story, one.changed)
        for one in newsroom.store.sitemap_part(number)
        if is_mapped(one.agency)
    )
    return press.sitemap_part(stories, newsroom.house.site)


def _news(newsroom: Newsroom, now: datetime) -> bytes:
    allowed = (newsroom.house.profile(agency) for agency in newsroom.store.agencies())
    if all(profile.contract.indexing is not Indexing.own for profile in allowed):
        return press.news_sitemap((), newsroom.house.site)
    listed = newsroom.store.recent(now - _NEWS_DAYS, _NEWS_MOST)
    entries = [press.decode_entry(one.entry) for one in listed if one.entry is not None]
    return press.news_sitemap(entries, newsroom.house.site)


FEEDS: Mapping[str, tuple[str, Callable[..., bytes]]] = {
    "atom": ("application/atom+xml; charset=utf-8", press.atom),
    "rss": ("application/rss+xml; charset=utf-8", press.rss),
    "json": ("application/feed+json", press.json_feed),
}
_MACHINES: Mapping[str, Callable[[Newsroom, datetime], bytes]] = {
    "/sitemap.xml": _sitemap,
    "/news-sitemap.xml": _news,
}
