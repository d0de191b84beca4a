"""The one door every route hands its deliveries through, and what may go wrong in this room.

WireError
├── NoRoom            the desk cannot keep more just now (disk full): offer it again later
└── FetchError        a remote address gave nothing usable (see ``wire/http.py``)
    ├── Forbidden     the address, scheme or redirect is not allowed; nothing was sent there
    ├── TooBig        more bytes than the limit, on the wire or inflated
    ├── TooSlow       not finished within the time allowed
    ├── Garbled       the content coding is unknown, broken or cut short
    └── Unreachable   no such host, no connection, no HTTP
"""

from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from copytaster.delivery import Delivery

Accept = Callable[[Sequence[Delivery]], Awaitable[None]]
"""Given by the newsroom. Returns when the deliveries are durable; raises :class:`NoRoom`."""

Clock = Callable[[], datetime]
"""Gives the present instant: aware, UTC."""


class Alert(Protocol):
    """Calls a person, and says when it is over."""

    def __call__(self, code: str, text: str, about: str | None = None) -> None:
        """``code`` is stable (docs/reference/alerts.md), ``text`` one sentence. The same code
        ``about`` the same thing is one alert until :meth:`over`."""

    def over(self, code: str, about: str) -> None:
        """The all-clear; nothing where there was no alert."""


class WireError(Exception):
    """Root of what can go wrong in the wire room."""


class NoRoom(WireError):
    """The desk cannot keep more just now; nothing of this call was kept. Offer it again later."""


class FetchError(WireError):
    """A remote address gave nothing usable. The message names the address without its query."""


class Forbidden(FetchError):
    """The address, scheme or redirect is not allowed; nothing was sent there."""


class TooBig(FetchError):
    """More bytes than the limit, on the wire or inflated."""


class TooSlow(FetchError):
    """Not finished within the time allowed."""


class Garbled(FetchError):
    """The content coding is unknown, broken or cut short."""


class Unreachable(FetchError):
    """No such host, no connection, or an answer that is not HTTP."""
