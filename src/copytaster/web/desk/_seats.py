"""Who asks: by the cookie of a session, or by a bearer token, and whence.

A request with a bearer token is a program's: no cookie of it is looked at, and it gets as far as
``/api/`` only. The token of the house (``secrets/desk.token``) is one of these, with a reader's
role.
"""

import re
from collections.abc import Sequence

from anyio import to_thread
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.web._address import networks
from copytaster.web._address import sender
from copytaster.web.desk._doors import is_program
from copytaster.web.desk._people import People
from copytaster.wire.bearer import bears

_HOUSE = Seat(person="house", role=Role.reader, token="desk")  # noqa: S106  its name
"""as whom a program comes that has the house's own token"""
_DAYS = 14
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


class SignedIn:
    """The seats of those who are signed in. ``url``: the site's public base; over https the
    cookie goes nowhere else, and nobody but this very host can have set it (``__Host-``).
    ``proxies``: networks that are believed when they say whom they ask for."""

    def __init__(
        self, people: People, *, token: str, url: str, proxies: Sequence[str] = ()
    ) -> None:
        self._people = people
        self._token = token
        self._proxies = networks(proxies)
        self._is_secure = url.startswith("https://")
        self.cookie = "__Host-copytaster" if self._is_secure else "copytaster"

    async def of(self, request: Request) -> Seat | None:
        scheme, _, said = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return await self._program(request, said.strip()) if is_program(request) else None
        secret = self.secret(request)
        if secret is None:
            return None
        entrance, address = self._people.entrance, self.address(request)
        return await to_thread.run_sync(entrance.by_session, secret, address)

    async def _program(self, request: Request, said: str) -> Seat | None:
        address = self.address(request)
        if bears(request, self._token):
            return replace(_HOUSE, address=address)
        if _SECRET.fullmatch(said) is None:
            return None
        return await to_thread.run_sync(self._people.entrance.by_token, said, address)

    def secret(self, request: Request) -> str | None:
        """What the session's cookie holds, if it can be one of ours."""
        held = request.cookies.get(self.cookie, "")
        return held if _SECRET.fullmatch(held) else None

    def address(self, request: Request) -> str:
        """Whence somebody asks, as limits and the audit trail know it."""
        return sender(request, self._proxies)

    def let_in(self, answer: Response, secret: str) -> Response:
        """Give the browser the cookie of its session. It goes with links from elsewhere, so that
        an editor can follow one to a story, and with no form from elsewhere (SameSite=Lax)."""
        answer.set_cookie(
            self.cookie,
            secret,
            max_age=_DAYS * 24 * 3600,
            path="/",
            secure=self._is_secure,
            httponly=True,
            samesite="lax",
        )
        return answer

    def let_out(self, answer: Response) -> Response:
        """Take the cookie back."""
        answer.delete_cookie(
            self.cookie, path="/", secure=self._is_secure, httponly=True, samesite="lax"
        )
        return answer
