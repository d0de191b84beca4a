"""What holds of the desk's persons after whatever is done, in whatever order."""

import contextlib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from copytaster.copydesk import Role
from copytaster.copydesk import Wrong
from tests.newsroom.staffed import PASSWORD
from tests.newsroom.staffed import SHELL
from tests.newsroom.staffed import Staffed
from tests.newsroom.staffed import quick
from tests.newsroom.staffed import seated
from tests.store.twin import Twin

PASSWORDS = quick()
PEOPLE = ("ada", "bo", "cy")
OTHER = "four dry quayside dogs"

names = st.sampled_from(PEOPLE)
roles = st.sampled_from([role.value for role in Role])
deeds = st.one_of(
    st.tuples(st.just("join"), names, roles),
    st.tuples(st.just("role"), names, roles),
    st.tuples(st.just("disable"), names),
    st.tuples(st.just("enable"), names),
    st.tuples(st.just("reset"), names, st.booleans()),
    st.tuples(st.just("sign_in"), names),
    st.tuples(st.just("change"), names),
    st.tuples(st.just("end"), names),
    st.tuples(st.just("token"), names, roles),
    st.tuples(st.just("end_token"), names),
    st.tuples(st.just("wait"), st.sampled_from([1, 13, 24 * 15])),
)


class Played:
    """A desk, what was done there, and what each may come in by."""

    def __init__(self) -> None:
        self.desk = Staffed(Twin().people, PASSWORDS)
        self.passwords = {"ada": PASSWORD}
        self.sessions: dict[str, set[str]] = {name: set() for name in PEOPLE}
        self.tokens: dict[str, set[str]] = {name: set() for name in PEOPLE}
        self.over: set[str] = set()
        """secrets that were ended, or whose person was disabled"""
        self.sessions["ada"].add(self.desk.join("ada"))

    def do(self, what: str, *arguments: Any) -> None:
        with contextlib.suppress(Wrong):  # refused, as it may be
            getattr(self, what)(*arguments)

    def join(self, name: str, role: str) -> None:
        self.sessions[name].add(self.desk.join(name, role))
        self.passwords[name] = PASSWORD

    def role(self, name: str, role: str) -> None:
        self.desk.people.staff.set_role(SHELL, name, role)

    def disable(self, name: str) -> None:
        self.desk.people.staff.disable(SHELL, name)
        self.end_all(name)
        self.end_all_tokens(name)

    def enable(self, name: str) -> None:
        self.desk.people.staff.enable(SHELL, name)

    def reset(self, name: str, opened: bool) -> None:
        link = self.desk.people.staff.reset(SHELL, name)
        if opened:
            new = self.desk.open(link, name=name, password=OTHER)
            self.end_all(name)
            self.passwords[name] = OTHER
            self.sessions[name].add(new)

    def sign_in(self, name: str) -> None:
        self.sessions[name].add(self.desk.sign_in(name, self.passwords.get(name, PASSWORD)))

    def change(self, name: str) -> None:
        old = self.passwords.get(name, PASSWORD)
        new = OTHER if old == PASSWORD else PASSWORD
        change = self.desk.people.entrance.change_password
        session = change(seated(name), old, new, new, agent="")
        self.end_all(name)
        self.passwords[name] = new
        self.sessions[name].add(session)

    def end(self, name: str) -> None:
        self.desk.people.staff.end_sessions(SHELL, name)
        self.end_all(name)

    def token(self, name: str, role: str) -> None:
        made = self.desk.people.staff.make_token(SHELL, name, "cron", role, 10)
        self.tokens[name].add(made)

    def end_token(self, name: str) -> None:
        if self.desk.people.staff.end_token(SHELL, name, "cron"):
            self.end_all_tokens(name)

    def wait(self, hours: int) -> None:
        self.desk.wait(hours=hours)

    def end_all(self, name: str) -> None:
        self.over |= self.sessions[name]
        self.sessions[name].clear()

    def end_all_tokens(self, name: str) -> None:
        self.over |= self.tokens[name]
        self.tokens[name].clear()


@given(st.lists(deeds, max_size=25))
def test_there_is_always_an_admin_who_can_sign_in(done: list[tuple[Any, ...]]) -> None:
    played = Played()
    for what, *arguments in done:
        played.do(what, *arguments)
    desk = played.desk
    desk.wait(days=1)  # whoever tried too often may try again
    admins = [one.name for one in desk.people.staff.persons() if one.role == "admin"]
    seats = []
    for name in admins:
        try:
            seats.append(desk.seat(desk.sign_in(name, played.passwords[name])))
        except Wrong:
            assert desk.people.staff.person(name).disabled is not None
    assert any(seat is not None and seat.role is Role.admin for seat in seats)


@given(st.lists(deeds, max_size=25))
def test_whoever_was_put_out_never_gets_in_again(done: list[tuple[Any, ...]]) -> None:
    played = Played()
    for what, *arguments in done:
        played.do(what, *arguments)
        for secret in played.over:
            assert played.desk.seat(secret) is None
            assert played.desk.program(secret) is None
    for name in PEOPLE:
        person = played.desk.store.person(name)
        for secret in played.tokens[name]:
            seat = played.desk.program(secret)
            assert seat is None or (person is not None and Role(person.role).may(seat.role))
