"""What the app's doors need of the persons of the desk; all of it is safe from any thread.

What somebody filled in wrongly raises :class:`copytaster.copydesk.Wrong`.
"""

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Protocol

from copytaster.copydesk import Seat
from copytaster.store import Deed
from copytaster.store import Invitation
from copytaster.store import Person
from copytaster.store import Session
from copytaster.store import Token


class Entrance(Protocol):
    """The way in. What tries a password takes long: call it on a worker thread."""

    def by_session(self, secret: str, address: str) -> Seat | None: ...
    def by_token(self, secret: str, address: str) -> Seat | None: ...
    def sign_in(self, name: str, password: str, *, agent: str, address: str) -> str:
        """The secret of a new session."""

    def sign_out(self, seat: Seat, secret: str) -> None: ...
    def change_password(self, seat: Seat, old: str, new: str, again: str, *, agent: str) -> str:
        """The secret of the session that takes the place of all before."""

    def invited(self, secret: str) -> Invitation | None: ...
    def join(
        self,
        secret: str,
        *,
        name: str,
        shown: str,
        password: str,
        again: str,
        agent: str,
        address: str,
    ) -> str:
        """The secret of a new session."""


class Staff(Protocol):
    """Managing persons."""

    def persons(self) -> Sequence[Person]: ...
    def person(self, name: str) -> Person: ...
    def set_role(self, seat: Seat, name: str, role: str) -> Person: ...
    def disable(self, seat: Seat, name: str, why: str = "") -> Person: ...
    def enable(self, seat: Seat, name: str, why: str = "") -> Person: ...
    def invite(self, seat: Seat, role: str, name: str | None = None) -> str:
        """The secret of a link."""

    def reset(self, seat: Seat, name: str) -> str:
        """The secret of a link."""

    def links(self) -> Sequence[Invitation]: ...
    def withdraw(self, seat: Seat, link: str) -> bool: ...
    def sessions(self, person: str) -> Sequence[Session]: ...
    def end_session(self, seat: Seat, person: str, session: str) -> bool: ...
    def end_sessions(self, seat: Seat, person: str) -> int: ...
    def tokens(self, person: str | None = None) -> Sequence[Token]: ...
    def make_token(self, seat: Seat, person: str, name: str, role: str, days: str | int) -> str:
        """The secret of a token."""

    def end_token(self, seat: Seat, person: str, name: str) -> bool: ...


def end_sessions(
    staff: Staff, seat: Seat, person: str, sent: Mapping[str, str]
) -> Callable[[], int | bool]:
    """What a form about somebody's sessions orders: an end of all, or of the one it names."""
    if "all" in sent:
        return lambda: staff.end_sessions(seat, person)
    return lambda: staff.end_session(seat, person, sent.get("session", ""))


class Trail(Protocol):
    """What was done."""

    def deeds(
        self,
        *,
        before: int | None = None,
        by: str | None = None,
        about: str | None = None,
        limit: int = 100,
    ) -> Sequence[Deed]: ...


class People(Protocol):
    """The persons of the desk."""

    @property
    def entrance(self) -> Entrance: ...
    @property
    def staff(self) -> Staff: ...
    @property
    def trail(self) -> Trail: ...
