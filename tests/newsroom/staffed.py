"""A desk with persons, on a clock that stands still until a test moves it."""

from datetime import datetime
from datetime import timedelta
from typing import Any

from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.newsroom.people import Passwords
from copytaster.newsroom.people import People
from copytaster.newsroom.people import in_a_shell
from copytaster.store import PeopleStore
from tests.newsroom.making import MORNING

HERE = "192.0.2.7"
AGENT = "Browser/1.0"
PASSWORD = "three wet harbour cats"
SHELL = in_a_shell("root")


def quick() -> Passwords:
    """The same strings as the desk's own, at a cost that tests can pay."""
    return Passwords(memory_kib=8, passes=1)


class Staffed:
    """The people of a desk, and what somebody does at its doors."""

    def __init__(self, store: PeopleStore, passwords: Passwords | None = None) -> None:
        self.now = MORNING
        self.store = store
        self.people = People(store, self.clock, passwords=passwords or quick())

    def clock(self) -> datetime:
        return self.now

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)

    def join(self, name: str, role: str = "admin", password: str = PASSWORD) -> str:
        """Somebody new, by a link; the secret of their session."""
        if self.store.persons():
            link = self.people.staff.invite(SHELL, role, name)
        else:
            link = self.people.entrance.first_link() or ""
        return self.open(link, name=name, password=password)

    def open(self, link: str, **filled: Any) -> str:
        given = {"name": "ada", "shown": "Ada Quay", "password": PASSWORD}
        return self.people.entrance.join(
            link,
            **({"again": (given | filled)["password"]} | given | filled),
            agent=AGENT,
            address=HERE,
        )

    def sign_in(self, name: str = "ada", password: str = PASSWORD, address: str = HERE) -> str:
        return self.people.entrance.sign_in(name, password, agent=AGENT, address=address)

    def seat(self, session: str) -> Seat | None:
        return self.people.entrance.by_session(session, HERE)

    def program(self, token: str) -> Seat | None:
        return self.people.entrance.by_token(token, HERE)

    def whats(self) -> list[str]:
        """What was done, the newest first."""
        return [deed.what for deed in self.people.trail.deeds()]


def seated(name: str = "ada", role: Role = Role.admin) -> Seat:
    """Somebody who sits at the desk already."""
    return Seat(person=name, role=role, address=HERE)
