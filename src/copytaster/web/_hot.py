"""Pages that many ask for at once: kept in memory, and held against store and disk each time.

The store still says what an address shows: its sequence moves in the commit that changes
anything public, and with it everything kept here is void. The file's own marks are looked at
too, so that what is served is what is on the disk.
"""

from collections.abc import Callable
from collections.abc import Mapping

import msgspec
from starlette.types import ASGIApp
from starlette.types import Receive
from starlette.types import Scope
from starlette.types import Send

from copytaster.web import _answer

_BYTES = 8 * 1024 * 1024
"""of pages kept at a time; a process with a hundred thousand stories has 250 MB in all"""

Mark = tuple[int, int, int]
"""a file's inode, time of change and size: of other bytes another"""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One answer, ready to be sent, and what makes it void."""

    sequence: int
    """the store's, read before what the address shows was"""
    mark: Mark
    look: Callable[[], Mark | None]
    """the file's mark as it is now"""
    etag: str
    bare: list[tuple[bytes, bytes]]
    """the headers of a 304"""
    whole: list[tuple[bytes, bytes]]
    body: bytes


class Hot:
    """The pages kept, by path; emptied when they are more than the memory they may have."""

    def __init__(self, sequence: Callable[[], int]) -> None:
        self._sequence = sequence
        self._kept: dict[str, Kept] = {}
        self._bytes = 0

    def get(self, path: str) -> Kept | None:
        """The answer for this path, if nothing has changed since it was made."""
        kept = self._kept.get(path)
        if kept is None:
            return None
        if kept.sequence == self._sequence() and kept.mark == kept.look():
            return kept
        del self._kept[path]
        self._bytes -= len(kept.body)
        return None

    def keep(
        self,
        path: str,
        body: bytes,
        headers: Mapping[str, str],
        media_type: str,
        *,
        sequence: int,
        mark: Mark,
        look: Callable[[], Mark | None],
    ) -> None:
        """Answer so for this path, while the store's ``sequence`` and the file's ``mark`` stay."""
        if len(body) > _BYTES // 8 or path in self._kept:
            return
        if self._bytes + len(body) > _BYTES:
            self._kept.clear()
            self._bytes = 0
        whole = [(name.encode(), said.encode()) for name, said in headers.items()]
        length = (b"content-length", str(len(body)).encode())
        self._kept[path] = Kept(
            sequence=sequence,
            mark=mark,
            look=look,
            etag=headers["etag"],
            bare=[(name, said) for name, said in whole if name != b"repr-digest"],
            whole=[length, *whole, (b"content-type", media_type.encode())],
            body=body,
        )
        self._bytes += len(body)


class Swift:
    """Answers for what is kept, before any route is looked for."""

    def __init__(self, app: ASGIApp, hot: Hot) -> None:
        self._app = app
        self._hot = hot

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kept = None
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            kept = self._hot.get(scope["path"])
        if kept is None:
            await self._app(scope, receive, send)
        else:
            await _send(kept, _asked(scope), send)


def _asked(scope: Scope) -> str | None:
    """What copy the reader has, as Starlette reads it."""
    found = [said for name, said in scope["headers"] if name == b"if-none-match"]
    return found[0].decode("latin-1") if found else None


async def _send(kept: Kept, asked: str | None, send: Send) -> None:
    known = asked is not None and _answer.matches(asked, kept.etag)
    status, headers, body = (304, kept.bare, b"") if known else (200, kept.whole, kept.body)
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
