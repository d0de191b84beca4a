"""``/desk/me``: one's own password, sessions and tokens."""

from collections.abc import Mapping
from hashlib import sha256

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from copytaster import copydesk
from copytaster.copydesk import Filled
from copytaster.copydesk import Frame
from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.copydesk import Wrong
from copytaster.web.desk._doors import Door
from copytaster.web.desk._doors import page
from copytaster.web.desk._forms import Slowly
from copytaster.web.desk._forms import again
from copytaster.web.desk._forms import agent
from copytaster.web.desk._forms import form
from copytaster.web.desk._forms import posted
from copytaster.web.desk._forms import sent_on
from copytaster.web.desk._people import People
from copytaster.web.desk._people import end_sessions
from copytaster.web.desk._seats import SignedIn
from copytaster.web.desk._told import member

HERE = "/desk/me"
_DONE = {
    "password": "Your password is changed. Everywhere else you are signed out.",
    "session": "The session is ended.",
    "token": "The token is ended.",
}


class Me:
    """The doors to oneself, for everybody. ``zone``: in which the house reads times."""

    def __init__(
        self, people: People, seats: SignedIn, house: str, zone: str | None, slowly: Slowly
    ) -> None:
        self._entrance = people.entrance
        self._staff = people.staff
        self._seats = seats
        self._house = house
        self._zone = zone
        self._slowly = slowly

    def doors(self) -> list[Door]:
        posts = {
            "password": self.password,
            "sessions": self.sessions,
            "tokens": self.tokens,
            "tokens/end": self.end_token,
        }
        return [
            Door(HERE, Role.reader, self.read),
            *(
                Door(f"{HERE}/{name}", Role.reader, posted(post, self._house), ("POST",))
                for name, post in posts.items()
            ),
        ]

    async def read(self, request: Request, seat: Seat) -> Response:
        told = _DONE.get(request.query_params.get("done", ""))
        return page(await to_thread.run_sync(lambda: self._page(request, seat, told=told)))

    def _page(
        self,
        request: Request,
        seat: Seat,
        filled: Filled | None = None,
        *,
        told: str | None = None,
        secret: str | None = None,
    ) -> bytes:
        held = self._seats.secret(request)
        mine = member(
            self._staff.person(seat.person),
            self._staff.sessions(seat.person),
            self._staff.tokens(seat.person),
            "" if held is None else sha256(held.encode()).hexdigest(),
        )
        frame = Frame(house=self._house, seat=seat, here=HERE, told=told)
        return copydesk.me(frame, mine, self._zone, filled, secret=secret)

    async def _again(
        self, request: Request, seat: Seat, name: str, sent: Mapping[str, str], wrong: Wrong
    ) -> Response:
        values = {field: sent.get(field, "")[:200] for field in ("token", "role", "days")}
        filled = Filled(form=name, values=values, wrong=wrong)
        return again(await to_thread.run_sync(lambda: self._page(request, seat, filled)), wrong)

    async def password(self, request: Request, seat: Seat) -> Response:
        sent = await form(request)
        old, new, twice = (sent.get(name, "") for name in ("old", "password", "again"))
        try:
            secret = await self._slowly.run(
                lambda: self._entrance.change_password(seat, old, new, twice, agent=agent(request))
            )
        except Wrong as wrong:
            return await self._again(request, seat, "password", sent, wrong)
        return self._seats.let_in(sent_on(f"{HERE}?done=password"), secret)

    async def sessions(self, request: Request, seat: Seat) -> Response:
        sent = await form(request)
        await to_thread.run_sync(end_sessions(self._staff, seat, seat.person, sent))
        return sent_on(f"{HERE}?done=session")

    async def tokens(self, request: Request, seat: Seat) -> Response:
        sent = await form(request)
        name, role, days = (sent.get(field, "") for field in ("token", "role", "days"))
        try:
            secret = await to_thread.run_sync(
                lambda: self._staff.make_token(seat, seat.person, name, role, days)
            )
        except Wrong as wrong:
            return await self._again(request, seat, "tokens", sent, wrong)
        return page(await to_thread.run_sync(lambda: self._page(request, seat, secret=secret)))

    async def end_token(self, request: Request, seat: Seat) -> Response:
        name = (await form(request)).get("token", "")
        await to_thread.run_sync(self._staff.end_token, seat, seat.person, name)
        return sent_on(f"{HERE}?done=token")
