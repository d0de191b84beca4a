"""Lists as views: fronts of sections, topics, places and agencies, feeds and sitemaps, made
from the store.
"""

import re
from collections import OrderedDict
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from itertools import islice

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from copytaster import press
from copytaster import section
from copytaster import shelf
from copytaster.agency import Feeds
from copytaster.press import FeedLine
from copytaster.store import Listed
from copytaster.store import ListQuery
from copytaster.store import Story
from copytaster.web import _answer
from copytaster.web._door import Newsroom
from copytaster.web._folding import fold
from copytaster.web._kept import Clock
from copytaster.web._kept import Lists
from copytaster.web._sitemaps import Sitemaps
from copytaster.web.stories import missing

Pictures = Mapping[str, Sequence[press.Picture]]
"""by story, those that readers see beside it"""

FRONT = 30
FEED = 50
_FEED_LOOKS = 20
"""pages of stories looked through for those that feeds may carry"""
_NOTICE_DAYS = timedelta(days=7)
CURSOR = re.compile(r"([0-9]{1,16})-([0-9]{1,12})")
_NOTICES = 1024
_EPOCH = datetime.fromtimestamp(0, UTC)
_XML = "application/xml; charset=utf-8"
_WORD = re.compile(r"[a-z0-9-]{1,40}")
_PART = re.compile(r"0|[1-9][0-9]{0,11}")


class _Place(msgspec.Struct, frozen=True):
    """Which lists: the whole site, a shelf or an agency."""

    base: str
    """the address as the router reads it"""
    title: str | None
    shelf: str | None = None
    agency: str | None = None

    @property
    def path(self) -> str:
        """The address as links write it."""
        return self.base if self.shelf is None else shelf.path(self.shelf)

    def has(self, story: Story) -> bool:
        """Whether a live story is in these lists."""
        is_there = self.shelf is None or self.shelf in story.shelves
        return is_there and (self.agency is None or self.agency == story.agency)


_BASES = ("", "/agency/{agency}", *(f"/{kind}/{{{kind}}}" for kind in shelf.KINDS))


def routes(newsroom: Newsroom, clock: Clock) -> list[Route]:
    """The routes of all lists."""
    version = press.template_version(newsroom.house.site)
    lists = Lists(lambda: newsroom.store.sequence, clock, version)
    notices, sitemaps = _Notices(newsroom), Sitemaps(newsroom)

    async def front(request: Request) -> Response:
        place, before = _place(newsroom, request), request.query_params.get("before")
        if place is None or (before is not None and not CURSOR.fullmatch(before)):
            return missing(newsroom)
        return await lists.serve(
            request,
            _answer.HTML,
            lambda now: _front(newsroom, place, cursor(before), now),
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

    async def index(request: Request) -> Response:
        return await lists.serve(request, _XML, sitemaps.index)

    async def news(request: Request) -> Response:
        return await lists.serve(request, _XML, sitemaps.news)

    async def part(request: Request) -> Response:
        number = request.path_params["number"]
        if not _PART.fullmatch(number):
            return missing(newsroom)
        return await lists.serve(request, _XML, lambda _now: sitemaps.part(int(number)))

    return [
        Route("/", front),
        Route("/sitemap.xml", index),
        Route("/news-sitemap.xml", news),
        Route("/sitemap/{number}.xml", part),
        *(Route(base, front) for base in _BASES if base),
        *(Route(f"{base}/feed.{kind}", feed) for base in _BASES for kind in FEEDS),
    ]


def _place(newsroom: Newsroom, request: Request) -> _Place | None:
    for kind in shelf.KINDS:
        code = request.path_params.get(kind)
        if code is not None:
            return _on_shelf(newsroom, kind, code)
    agency = request.path_params.get("agency")
    if agency is None:
        return _Place("", None)
    if not _WORD.fullmatch(agency) or not _was_public(newsroom, ListQuery(agency=agency)):
        return None
    return _Place(f"/agency/{agency}", newsroom.house.profile(agency).name, agency=agency)


def _on_shelf(newsroom: Newsroom, kind: str, code: str) -> _Place | None:
    """A section is always there; a topic or place is where anything of it is, or was."""
    there = f"{kind}/{code}"
    if kind == "section":
        site = newsroom.house.site
        named = press.section_name(code, site.language, among=site.vocabulary)
        return _Place(f"/{there}", named, shelf=there) if code in section.NAMES else None
    if len(code) > shelf.LONGEST or not _was_public(newsroom, ListQuery(shelf=there)):
        return None
    return _Place(f"/{there}", _name(newsroom, kind, code), shelf=there)


def _name(newsroom: Newsroom, kind: str, code: str) -> str:
    """What the newest live story of a topic or place calls it."""
    for one in newsroom.store.front(ListQuery(shelf=f"{kind}/{code}", limit=1)):
        entry = press.decode_entry(one.entry or b"")
        named = dict(entry.topics if kind == "topic" else entry.places)
        return named.get(code, code)
    return press.shelf_kind(kind, newsroom.house.site)


def _was_public(newsroom: Newsroom, query: ListQuery) -> bool:
    """Whether anything is, or was, in this list: its feed still tells of a kill."""
    ever = msgspec.structs.replace(query, limit=1, notices_since=_EPOCH)
    return bool(newsroom.store.feed(ever))


def cursor(before: str | None) -> tuple[datetime, int] | None:
    """The place after which a front goes on."""
    if before is None:
        return None
    micros, _, number = before.partition("-")
    return _EPOCH + timedelta(microseconds=int(micros)), int(number)


def _front(
    newsroom: Newsroom, place: _Place, before: tuple[datetime, int] | None, now: datetime
) -> bytes:
    query = ListQuery(shelf=place.shelf, agency=place.agency, limit=FRONT + 1, before=before)
    listed = newsroom.store.front(query)
    page = listed[:FRONT]
    folds = fold(newsroom.store, page, place.has)
    return press.front(
        place.title,
        list(entries(one.listed for one in folds)),
        newsroom.house.site,
        path=place.path or "/",
        now=now,
        older=_older(place, page) if len(listed) > FRONT else None,
        newer=(place.path or "/") if before else None,
        sections=tuple(newsroom.store.shelves("section")),
        pictures=newsroom.photos.shown([one.story.id for one in page]) if before is None else {},
        versions={one.listed.story.id: tuple(entries(one.beside)) for one in folds},
    )


def entries(listed: Iterable[Listed]) -> Iterator[press.Entry]:
    """Live stories as the press lists them."""
    return (press.decode_entry(one.entry) for one in listed if one.entry is not None)


def _older(place: _Place, page: Sequence[Listed]) -> str:
    return f"{place.path or '/'}?before={place_of(page[-1].story)}"


def place_of(story: Story) -> str:
    """A story's place in a list, as addresses write it."""
    micros = ((story.first_public or _EPOCH) - _EPOCH) // timedelta(microseconds=1)
    return f"{micros}-{story.number}"


def _feeds(
    newsroom: Newsroom, notices: "_Notices", place: _Place, now: datetime
) -> dict[str, bytes]:
    """A place's feed in every format, by address: reading it takes longer than writing it."""
    query = ListQuery(
        shelf=place.shelf,
        agency=place.agency,
        limit=FEED,
        notices_since=now - _NOTICE_DAYS,
    )
    lines = list(islice(_feed_lines(newsroom, notices, query), FEED))
    return {
        f"{place.base}/feed.{kind}?": write(
            place.title, lines, newsroom.house.site, path=place.path or "/"
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
    if listed.entry is not None:
        return entry_line(newsroom, listed, pictures)
    story = listed.story
    if newsroom.house.profile(story.agency).contract.feeds is Feeds.none:
        return None
    return FeedLine(story=notices.facts(story), face_changed=story.face_changed or _EPOCH)


def entry_line(newsroom: Newsroom, listed: Listed, pictures: Pictures) -> FeedLine | None:
    """A live story as feeds may carry it; None where they may not."""
    story = listed.story
    allowed = newsroom.house.profile(story.agency).contract.feeds
    said = press.in_feeds(press.decode_entry(listed.entry or b""), allowed)
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


FEEDS: Mapping[str, tuple[str, Callable[..., bytes]]] = {
    "atom": ("application/atom+xml; charset=utf-8", press.atom),
    "rss": ("application/rss+xml; charset=utf-8", press.rss),
    "json": ("application/feed+json", press.json_feed),
}
