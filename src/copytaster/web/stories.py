"""A story's own addresses: ``/s/<id>``, its editions, both as text and JSON, and their proofs.

The store says what the address shows; the file behind it is read. So a kill turns page,
editions, text and JSON at once, in the transaction that understands it, whether or not the
notice has been written yet.
"""

import re
from collections.abc import Mapping
from functools import partial

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from copytaster import press
from copytaster.store import Face
from copytaster.store import Story
from copytaster.web import _answer
from copytaster.web import _proofs
from copytaster.web._door import Newsroom
from copytaster.web._usage import Usage

_NAME = re.compile(r"([0-9a-hjkmnp-tv-z]{16})(?:/v([1-9][0-9]{0,5}))?(\.txt|\.json|\.tlog-proof)?")
_MEDIA: Mapping[str, tuple[str, str]] = {
    "": ("html", _answer.HTML),
    ".txt": ("txt", _answer.TEXT),
    ".json": ("json", _answer.JSON),
}
_PROOF = ".tlog-proof"
_FORMS = {"": "page", ".txt": "text", ".json": "json"}


def routes(newsroom: Newsroom) -> list[Route]:
    """The routes of story addresses."""
    files = StoryFiles(newsroom)

    async def story(request: Request) -> Response:
        match = _NAME.fullmatch(request.path_params["name"])
        if match is None:
            return missing(newsroom)
        id, edition, suffix = match.groups(default="")
        return await files.answer(request, id, int(edition) if edition else None, suffix)

    async def changes(request: Request) -> Response:
        return await _changes(newsroom, files, request)

    return [Route("/s/{story}/changes", changes), Route("/s/{name:path}", story)]


async def _changes(newsroom: Newsroom, files: "StoryFiles", request: Request) -> Response:
    """How a live story changed; in the place of any other what its own address answers."""
    id = request.path_params["story"]
    match = _NAME.fullmatch(id)
    story = newsroom.store.story(id) if match and match[1] == id else None
    if story is None or story.face is Face.none:
        return missing(newsroom)
    if story.face is not Face.live:
        return await files.answer(request, id, None, "")
    version = press.template_version(newsroom.house.site)
    etag = f'"{story.id}-{story.revision}-changes-{version}"'
    body = await to_thread.run_sync(newsroom.pressroom.changes, story)
    now = newsroom.store.story(id)
    if now is None or now.revision != story.revision:
        return await _changes(newsroom, files, request)  # it moved while its page was made
    return _answer.answer(request, body, _answer.HTML, etag=etag, noindex=True)


class StoryFiles:
    """Answers with a story's file, or with the notice in its place."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._usage = Usage(newsroom)

    async def answer(self, request: Request, id: str, number: int | None, suffix: str) -> Response:
        """Edition ``number``, or the newest, in the form of this suffix."""
        response = self._look(request, id, number, suffix)
        if response is None:
            await to_thread.run_sync(self._newsroom.pressroom.restore, id, number)
            response = self._look(request, id, number, suffix)
        return response or busy()

    def _look(self, request: Request, id: str, number: int | None, suffix: str) -> Response | None:
        """The answer as things stand; None when the file behind it is not there."""
        sequence = self._newsroom.store.sequence
        story = self._newsroom.store.story(id)
        if story is None or story.face is Face.none or not 1 <= (number or 1) <= story.edition:
            return missing(self._newsroom)
        gone = None
        if story.face is Face.live and number is not None:
            gone = self._newsroom.pressroom.edition_notice(story, number)
        if suffix == _PROOF:
            return self._proof(request, story, number, is_gone=gone is not None)
        extension, media_type = _MEDIA[suffix]
        if gone is not None:
            return _answer.notice(gone[_FORMS[suffix]], media_type, 410, None)
        if story.face is Face.live:
            name = f"v{number or story.edition}.{extension}"
            return self._live(request, story, name, suffix, sequence)
        body = self._newsroom.pressroom.folder.read(id, f"{story.face.status}.{extension}")
        if body is None:
            return None
        blocked_by = _blocked_by(self._newsroom, story)
        return _answer.notice(body, media_type, story.face.status, blocked_by)

    def _proof(
        self, request: Request, story: Story, number: int | None, *, is_gone: bool
    ) -> Response:
        """What the log proves of the story, or of one edition of it."""
        room = self._newsroom
        if story.face is Face.live and not is_gone:
            found = _proofs.edition(room, request, story, number or story.edition)
        elif number is not None and story.face is not Face.hold:
            found = _proofs.gone(room, story, number, _blocked_by(room, story))
        else:
            found = _proofs.withdrawal(room, story)
        return found or missing(room)

    def _live(
        self, request: Request, story: Story, name: str, suffix: str, sequence: int
    ) -> Response | None:
        """One file of a live story, kept at hand for whoever asks next."""
        _, media_type = _MEDIA[suffix]
        look = partial(self._newsroom.pressroom.folder.mark, story.id, name)
        mark = look()
        body = self._newsroom.pressroom.folder.read(story.id, name)
        if body is None or mark is None:
            return None
        etag = _etag(self._newsroom, story, name, mark)
        headers = self._headers(story, suffix)
        if suffix == ".txt":
            headers["repr-digest"] = _answer.digest(body)
        if not story.drill and _is_own(request.scope["path"]):
            whole = _answer.validated(etag, story.face_changed) | headers
            request.app.state.hot.keep(
                request.scope["path"],
                body,
                whole,
                media_type,
                sequence=sequence,
                mark=mark,
                look=look,
            )
        changed = story.face_changed
        return _answer.answer(request, body, media_type, etag=etag, changed=changed, more=headers)

    def _headers(self, story: Story, suffix: str) -> dict[str, str]:
        """What machines may do with it. A page says in its head what search engines may; its
        other forms have no head, and no business in an index: whatever the contract, they are
        kept out."""
        kept_out = {"x-robots-tag": "noindex"} if story.drill or suffix else {}
        return {**self._usage.of(story.agency), **kept_out}


def _is_own(path: str) -> bool:
    """Whether it is an address of the story itself, and no other door to the same file."""
    return path.startswith("/s/") and _NAME.fullmatch(path.removeprefix("/s/")) is not None


def _etag(newsroom: Newsroom, story: Story, name: str, mark: tuple[int, int, int]) -> str:
    """From story, edition and template, never from the text (handbook: publishing §3); and from
    the file's own time, since the store moves a moment before the file is made anew."""
    moment = f"{mark[1]:x}"
    version = press.template_version(newsroom.house.site)
    number, _, extension = name.removeprefix("v").partition(".")
    return f'"{story.id}-{number}-{moment}-{extension}-{version}"'


def _blocked_by(newsroom: Newsroom, story: Story) -> str | None:
    """RFC 7725 §4: a 451 names who demanded it; the desk's own address stands for that."""
    if story.face is not Face.legal:
        return None
    return f'<{newsroom.house.site.url}/>; rel="blocked-by"'


def busy() -> Response:
    """503: the file behind an address is being made, or fetched, again."""
    return Response(
        "This page is being made; try again in a second.\n",
        503,
        {**_answer.SECURITY, "retry-after": "1", "cache-control": _answer.NO_STORE},
        media_type=_answer.TEXT,
    )


def missing(newsroom: Newsroom) -> Response:
    """404: what was never public does not exist (design §6)."""
    body = press.not_found(newsroom.house.site)
    headers = {**_answer.SECURITY, "cache-control": _answer.NO_STORE}
    return Response(body, 404, headers, media_type=_answer.HTML)
