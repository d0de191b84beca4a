"""``/desk/people``: who is here, who is invited, as what; for admins."""

from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Mapping

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from copytaster import copydesk
from copytaster.copydesk import Filled
from copytaster.copydesk import Frame
from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.copydesk import Wrong
from copytaster.copydesk import person_path
from copytaster.web.desk._doors import Door
from copytaster.web.desk._doors import page
from copytaster.web.desk._forms import again
from copytaster.web.desk._forms import form
from copytaster.web.desk._forms import posted
from copytaster.web.desk._forms import sent_on
from copytaster.web.desk._people import People
from copytaster.web.desk._people import end_sessions
from copytaster.web.desk._told import link_told
from copytaster.web.desk._told import member

HERE = "/desk/people"
_DONE = {
    "withdraw": "The link is withdrawn.",
    "role": "The role is changed.",
    "enable": "They may sign in again.",
    "disable": "They are disabled, and signed out everywhere.",
    "sessions": "What was to end is ended.",
    "token": "The token is ended.",
}

Order = Callable[[Seat, str, Mapping[str, str]], object]
"""(who orders, about whom, the form)"""


class Everybody:
    """The doors to all persons. ``url``: the site's public base, with which links begin."""

    def __init__(self, people: People, house: str, zone: str | None, url: str) -> None:
        self._staff = people.staff
        self._house = house
        self._zone = zone
        self._url = url

    def doors(self) -> list[Door]:
        posts = {
            HERE: self.invite,
            f"{HERE}/links/withdraw": self.withdraw,
            f"{HERE}/{{name}}/reset": self.reset,
            f"{HERE}/{{name}}/role": self._ordered("role", self._set_role),
            f"{HERE}/{{name}}/disable": self._ordered("disable", self._disable),
            f"{HERE}/{{name}}/enable": self._ordered("enable", self._enable),
            f"{HERE}/{{name}}/sessions": self._ordered("sessions", self._end_sessions),
            f"{HERE}/{{name}}/tokens/end": self._ordered("token", self._end_token),
        }
        return [
            Door(HERE, Role.admin, self.read),
            Door(f"{HERE}/{{name}}", Role.admin, self.person),
            *(
                Door(path, Role.admin, posted(post, self._house), ("POST",))
                for path, post in posts.items()
            ),
        ]

    # --- all of them -----------------------------------------------------------------------

    async def read(self, request: Request, seat: Seat) -> Response:
        told = _DONE.get(request.query_params.get("done", ""))
        return page(await to_thread.run_sync(lambda: self._page(seat, told=told)))

    def _page(
        self,
        seat: Seat,
        filled: Filled | None = None,
        *,
        told: str | None = None,
        made: str | None = None,
    ) -> bytes:
        members = [member(one) for one in self._staff.persons()]
        links = [link_told(one) for one in self._staff.links()]
        frame = Frame(house=self._house, seat=seat, here=HERE, told=told)
        return copydesk.people(frame, members, links, self._zone, filled, made=made)

    async def invite(self, request: Request, seat: Seat) -> Response:
        sent = await form(request)
        name, role = sent.get("name", ""), sent.get("role", "")
        try:
            if not name.strip():
                raise Wrong("name", "Say by what name they will sign in.")
            secret = await to_thread.run_sync(self._staff.invite, seat, role, name)
        except Wrong as wrong:
            values = {"name": name[:200], "role": role[:20]}
            filled = Filled(form="people", values=values, wrong=wrong)
            return again(await to_thread.run_sync(lambda: self._page(seat, filled)), wrong)
        made = self._address(secret)
        return page(await to_thread.run_sync(lambda: self._page(seat, made=made)))

    def _address(self, secret: str) -> str:
        return f"{self._url}/desk/join/{secret}"

    async def withdraw(self, request: Request, seat: Seat) -> Response:
        link = (await form(request)).get("link", "")
        await to_thread.run_sync(self._staff.withdraw, seat, link)
        return sent_on(f"{HERE}?done=withdraw")

    # --- one of them -----------------------------------------------------------------------

    async def person(self, request: Request, seat: Seat) -> Response:
        told = _DONE.get(request.query_params.get("done", ""))
        return await self._shown(request, seat, told=told)

    async def _shown(
        self,
        request: Request,
        seat: Seat,
        wrong: Wrong | None = None,
        *,
        told: str | None = None,
        made: str | None = None,
    ) -> Response:
        name = request.path_params["name"]
        filled = None if wrong is None else Filled(form="person", wrong=wrong)
        frame = Frame(house=self._house, seat=seat, here=HERE, told=told)

        def body() -> bytes:
            person = self._staff.person(name)
            sessions, tokens = self._staff.sessions(person.name), self._staff.tokens(person.name)
            shown = member(person, sessions, tokens)
            return copydesk.person(frame, shown, self._zone, filled, made=made)

        try:
            whole = await to_thread.run_sync(body)
        except Wrong as nobody:
            said = copydesk.said(frame, "Nobody", nobody.sentence, back=HERE)
            return page(said, 404)
        return page(whole) if wrong is None else again(whole, wrong)

    async def reset(self, request: Request, seat: Seat) -> Response:
        name = request.path_params["name"]
        try:
            secret = await to_thread.run_sync(self._staff.reset, seat, name)
        except Wrong as wrong:
            return await self._shown(request, seat, wrong)
        return await self._shown(request, seat, made=self._address(secret))

    def _ordered(self, done: str, order: Order) -> Callable[[Request, Seat], Awaitable[Response]]:
        async def post(request: Request, seat: Seat) -> Response:
            sent, name = await form(request), request.path_params["name"]
            try:
                await to_thread.run_sync(order, seat, name, sent)
            except Wrong as wrong:
                return await self._shown(request, seat, wrong)
            return sent_on(f"{person_path(name)}?done={done}")

        return post

    def _set_role(self, seat: Seat, name: str, sent: Mapping[str, str]) -> object:
        return self._staff.set_role(seat, name, sent.get("role", ""))

    def _disable(self, seat: Seat, name: str, sent: Mapping[str, str]) -> object:
        why = sent.get("why", "").strip()
        if not why:
            raise Wrong("why", "Say why, for the record.")
        return self._staff.disable(seat, name, why)

    def _enable(self, seat: Seat, name: str, _sent: Mapping[str, str]) -> object:
        return self._staff.enable(seat, name)

    def _end_sessions(self, seat: Seat, name: str, sent: Mapping[str, str]) -> object:
        return end_sessions(self._staff, seat, self._staff.person(name).name, sent)()

    def _end_token(self, seat: Seat, name: str, sent: Mapping[str, str]) -> object:
        person = self._staff.person(name)
        return self._staff.end_token(seat, person.name, sent.get("token", ""))
