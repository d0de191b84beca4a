"""The public API: live stories, each of them whole, and all that happened to them.

It says what the site says, from the same store and the same files: a kill turns it in the same
transaction. Everybody may read it from anywhere, so any page may ask it (CORS).
"""

import re
from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from urllib.parse import urlencode
from zlib import crc32

import msgspec
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from copytaster import press
from copytaster.press import ApiChange
from copytaster.press import ApiChanges
from copytaster.press import ApiDescription
from copytaster.press import ApiEditions
from copytaster.press import ApiFault
from copytaster.press import ApiNinjs
from copytaster.press import ApiStories
from copytaster.press import ApiStory
from copytaster.press import Change
from copytaster.store import Event
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import Listed
from copytaster.store import ListQuery
from copytaster.store import Story
from copytaster.web import _answer
from copytaster.web import _asking
from copytaster.web._asking import AskedChanges
from copytaster.web._asking import AskedStories
from copytaster.web._asking import Unusable
from copytaster.web._door import Newsroom
from copytaster.web._kept import Lists
from copytaster.web._openapi import About
from copytaster.web._openapi import Told
from copytaster.web._openapi import document
from copytaster.web.stories import StoryFiles

_EPOCH = datetime.fromtimestamp(0, UTC)
_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{16}")
_AT_ONCE = 100
_LOOKS = 10
"""pages of stories looked through for those that were asked for"""

_NOT_LIVE: Mapping[int, tuple[type, ...]] = {
    304: (),
    404: (ApiFault,),
    410: (ApiNinjs,),
    451: (ApiNinjs,),
}
_WORDS: Mapping[int, str] = {
    200: "Here it is.",
    304: "As you have it: the ETag is the same.",
    400: "A parameter cannot be used; the error says which, and what to give.",
    404: "There is none, or it was never public.",
    410: "It was withdrawn, or its licence has ended: the notice in its place.",
    451: "It cannot be shown for legal reasons: the notice in its place.",
}
_DESCRIPTION = (
    "Stories of news agencies as they are public now, word for word. A story that its agency "
    "withdraws is gone from here at once; /api/changes tells of it for good."
)
Ask = Callable[[Request], Awaitable[Response]]


def routes(newsroom: Newsroom) -> list[Route]:
    """The routes of the API: those of the table, which its OpenAPI document is made from."""
    return [Route(one.path, _open(one.answer)) for one in table(newsroom)]


def table(newsroom: Newsroom) -> tuple[Told[Ask], ...]:
    """Every route of the public API, and what is told of it."""
    api = _Api(newsroom)
    told = (
        Told(
            path="/api/stories",
            summary="Live stories, newest first",
            answer=api.stories,
            answers={200: (ApiStories,), 304: (), 400: (ApiFault,)},
            parameters=_asking.STORIES,
        ),
        Told(
            path="/api/stories/{id}",
            summary="A story as ninjs 3.1, or the notice in its place",
            answer=api.story,
            answers={200: (ApiNinjs,), **_NOT_LIVE},
        ),
        Told(
            path="/api/stories/{id}/editions",
            summary="Every edition of a live story; of any other the notice in its place",
            answer=api.editions,
            answers={200: (ApiEditions, ApiNinjs), **_NOT_LIVE},
        ),
        Told(
            path="/api/changes",
            summary="Every public event after a cursor: published, updated, killed …, for good",
            answer=api.changes,
            answers={200: (ApiChanges,), 304: (), 400: (ApiFault,), 410: (ApiFault,)},
            parameters=_asking.CHANGES,
        ),
    )
    own = Told(
        path="/api/openapi.json",
        summary="This description",
        answer=api.described,
        answers={200: (ApiDescription,), 304: ()},
    )
    site = newsroom.house.site
    about = About(title=site.name, description=_DESCRIPTION, url=site.url, words=_WORDS)
    api.description = document((*told, own), about)
    return (*told, own)


def _open(ask: Ask) -> Ask:
    """Any page may ask, without a reader's cookies: there are none."""

    async def opened(request: Request) -> Response:
        try:
            response = await ask(request)
        except Unusable as error:
            response = fault(400, str(error))
        response.headers["access-control-allow-origin"] = "*"
        response.headers["access-control-expose-headers"] = "ETag"
        return response

    return opened


def fault(status: int, error: str) -> Response:
    """Why there is no answer, as every API here says it."""
    body = msgspec.json.encode(ApiFault(error=error))
    return _answer.notice(body, _answer.JSON, status)


class _Api:
    """Answers; each list is kept until the store moves."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._site = newsroom.house.site
        self._files = StoryFiles(newsroom)
        self._version = press.template_version(newsroom.house.site)
        self._lists = Lists(lambda: newsroom.store.sequence, newsroom.clock, self._version)
        self.description = b""

    async def stories(self, request: Request) -> Response:
        asked = _asking.stories(request)
        return await self._lists.serve(
            request, _answer.JSON, lambda _now: self._stories(asked), _query(request)
        )

    async def story(self, request: Request) -> Response:
        id = request.path_params["id"]
        if not _ID.fullmatch(id):
            return _none()
        response = await self._files.answer(request, id, None, ".json")
        return _none() if response.status_code == 404 else response

    async def editions(self, request: Request) -> Response:
        id = request.path_params["id"]
        story = self._newsroom.store.story(id) if _ID.fullmatch(id) else None
        if story is None or story.face is not Face.live:
            return await self.story(request)
        body = await to_thread.run_sync(self._editions, story)
        etag = f'"{story.id}-{story.revision:x}-{self._version}"'
        return _answer.answer(request, body, _answer.JSON, etag=etag, noindex=True)

    async def changes(self, request: Request) -> Response:
        asked = _asking.changes(request)
        if asked.since and not self._newsroom.store.events(since=asked.since - 1, limit=1):
            return fault(410, "this cursor is of another time; begin again with since=0")
        return await self._lists.serve(
            request, _answer.JSON, lambda _now: self._changes(asked), _query(request)
        )

    async def described(self, request: Request) -> Response:
        etag = f'"{self._version}-{crc32(self.description):x}"'
        return _answer.answer(request, self.description, _answer.JSON, etag=etag, noindex=True)

    # --- lists ------------------------------------------------------------------------------

    def _stories(self, asked: AskedStories) -> bytes:
        found, place = self._look_through(asked)
        older = None if place is None else self._older(asked, place)
        return _encoded(ApiStories(stories=tuple(found), next=older))

    def _look_through(
        self, asked: AskedStories
    ) -> tuple[list[ApiStory], tuple[datetime, int] | None]:
        """The stories, and the place after which to go on; None at the end of the list. However
        few fit, so many are looked at and no more."""
        found: list[ApiStory] = []
        last = asked.before
        for listed in self._listed(asked):
            changed = listed.story.face_changed or _EPOCH
            if asked.since is not None and changed < asked.since:
                return found, None
            last = _place(listed.story, by_change=asked.since is not None)
            line = self._line(listed, asked)
            if line is not None:
                found.append(line)
            if len(found) == asked.limit:
                return found, last
        return found, last if self._goes_on(asked, last) else None

    def _listed(self, asked: AskedStories) -> Iterator[Listed]:
        before = asked.before
        for _ in range(_LOOKS):
            page = self._ask(asked, before, _AT_ONCE)
            yield from page
            if len(page) < _AT_ONCE:
                return
            before = _place(page[-1].story, by_change=asked.since is not None)

    def _ask(
        self, asked: AskedStories, before: tuple[datetime, int] | None, limit: int
    ) -> Sequence[Listed]:
        store = self._newsroom.store
        shelved = f"section/{asked.section}" if asked.section else None
        query = ListQuery(shelf=shelved, agency=asked.agency, limit=limit, before=before)
        # A feed without a time for its notices has none: live stories by their last change.
        return store.front(query) if asked.since is None else store.feed(query)

    def _goes_on(self, asked: AskedStories, last: tuple[datetime, int] | None) -> bool:
        return last is not None and bool(self._ask(asked, last, 1))

    def _line(self, listed: Listed, asked: AskedStories) -> ApiStory | None:
        if listed.entry is None:
            return None
        entry = press.decode_entry(listed.entry)
        if not asked.speaks(entry.language):
            return None
        allowed = self._newsroom.house.profile(entry.agency).contract.feeds
        return press.api_story(entry, listed.story.face_changed or _EPOCH, self._site, allowed)

    def _older(self, asked: AskedStories, place: tuple[datetime, int]) -> str:
        instant, number = place
        micros = (instant - _EPOCH) // timedelta(microseconds=1)
        kept = {
            "section": asked.section,
            "agency": asked.agency,
            "language": asked.language,
            "updated_since": asked.since.isoformat() if asked.since else None,
            "limit": asked.limit,
        }
        more = urlencode({name: value for name, value in kept.items() if value is not None})
        return f"{self._site.url}/api/stories?before={micros}-{number}&{more}"

    def _editions(self, story: Story) -> bytes:
        store = self._newsroom.store
        gone = {e.edition for e in store.events(story=story.id) if e.kind is EventKind.withdrawn}
        lines = tuple(
            press.api_edition(
                story.id,
                one.number,
                self._site,
                made=one.made,
                label=one.label,
                state=_standing(one.number, story, withdrawn=one.number in gone),
            )
            for one in store.editions(story.id)
        )
        url = press.story_url(self._site, story.id)
        return _encoded(ApiEditions(id=story.id, url=url, editions=lines))

    def _changes(self, asked: AskedChanges) -> bytes:
        events = self._newsroom.store.events(since=asked.since, limit=asked.limit)
        lines = tuple(filter(None, map(self._change, events)))
        more = len(events) == asked.limit
        # A drill's events are forgotten with it: a cursor that stays is one of those that stay.
        known = events[-1].sequence if more else max([asked.since, *(n.cursor for n in lines)])
        url = f"{self._site.url}/api/changes?{urlencode({'since': known, 'limit': asked.limit})}"
        return _encoded(ApiChanges(changes=lines, next=url, more=more))

    def _change(self, event: Event) -> ApiChange | None:
        """None for a drill's: it is in no list."""
        story = self._newsroom.store.story(event.story)
        if story is None or story.drill:
            return None
        told = Change(kind=event.kind, at=event.at, edition=event.edition, reason=event.reason)
        return press.api_change(
            told, self._site, cursor=event.sequence, story=story.id, agency=story.agency
        )


def _none() -> Response:
    return fault(404, "no story has this id, or it was never public")


def _standing(number: int, story: Story, *, withdrawn: bool) -> str:
    if withdrawn:
        return "withdrawn"
    return "current" if number == story.edition else "earlier"


def _place(story: Story, *, by_change: bool) -> tuple[datetime, int]:
    instant = story.face_changed if by_change else story.first_public
    return instant or _EPOCH, story.number


def _query(request: Request) -> str:
    """What was asked, whatever order it was asked in."""
    return urlencode(sorted(request.query_params.multi_items()))


def _encoded(answer: msgspec.Struct) -> bytes:
    return msgspec.json.encode(answer) + b"\n"
