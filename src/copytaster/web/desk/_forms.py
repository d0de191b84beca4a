"""Forms of the app's pages about persons: read within limits, done on a worker thread."""

from collections.abc import Callable
from collections.abc import Mapping
from datetime import timedelta
from typing import TypeVar

from anyio import CapacityLimiter
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.responses import Response

from copytaster import copydesk
from copytaster.copydesk import Frame
from copytaster.copydesk import Seat
from copytaster.copydesk import Wrong
from copytaster.web._form import Refused
from copytaster.web._form import fields
from copytaster.web.desk._doors import HEADERS
from copytaster.web.desk._doors import Handler
from copytaster.web.desk._doors import page

T = TypeVar("T")

_LIMIT = 16 * 1024
_MOST_FIELDS = 10
_SECONDS = 20.0
_AT_ONCE = 2
_WAITING = 16
_AGENT = 500
_MOMENT = timedelta(seconds=2)


async def form(request: Request) -> Mapping[str, str]:
    """The fields of a form. Raises :class:`Refused` for what no page of ours sends."""
    return await fields(request, limit=_LIMIT, most=_MOST_FIELDS, seconds=_SECONDS)


def refusal(frame: Frame, refused: Refused) -> Response:
    """What to say to such a one."""
    return page(copydesk.said(frame, "Not done", f"Nothing was done: {refused}."), refused.status)


def posted(post: Handler, house: str) -> Handler:
    """A handler of a form, which says so when what came is none."""

    async def handler(request: Request, seat: Seat) -> Response:
        try:
            return await post(request, seat)
        except Refused as refused:
            return refusal(Frame(house=house, seat=seat), refused)

    return handler


def agent(request: Request) -> str:
    """What the browser says of itself."""
    return request.headers.get("user-agent", "")[:_AGENT]


def again(body: bytes, wrong: Wrong) -> Response:
    """The page once more, with what is wrong."""
    answer = page(body, 422 if wrong.wait is None else 429)
    if wrong.wait is not None:
        answer.headers["retry-after"] = str(max(1, -(-wrong.wait // timedelta(seconds=1))))
    return answer


def sent_on(to: str) -> RedirectResponse:
    """On to a page of ours, so that a reload does nothing twice."""
    return RedirectResponse(to, 303, headers=dict(HEADERS))


class Slowly:
    """Runs what takes a core and 19 MiB, trying a password, for two at a time. Whoever finds many
    waiting is asked to come back: a flood must not keep the desk from its work."""

    def __init__(self) -> None:
        self._limiter: CapacityLimiter | None = None

    async def run(self, deed: Callable[[], T]) -> T:
        """Raises :class:`Wrong` when too many wait."""
        if self._limiter is None:
            self._limiter = CapacityLimiter(_AT_ONCE)
        if self._limiter.statistics().tasks_waiting >= _WAITING:
            raise Wrong("", "Many are trying at once; wait a moment, then try again.", _MOMENT)
        return await to_thread.run_sync(deed, limiter=self._limiter)
