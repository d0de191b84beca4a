"""The persons of one desk, as web and shell know them."""

from collections.abc import Callable
from datetime import datetime

from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.newsroom.people._entrance import Entrance
from copytaster.newsroom.people._passwords import Passwords
from copytaster.newsroom.people._secrets import new_secret
from copytaster.newsroom.people._staff import Staff
from copytaster.newsroom.people._trail import Trail
from copytaster.store import PeopleStore

SHELL = "shell"


class People:
    """Safe from any thread."""

    def __init__(
        self,
        store: PeopleStore,
        clock: Callable[[], datetime],
        *,
        passwords: Passwords | None = None,
        new_secret: Callable[[], str] = new_secret,
    ) -> None:
        self.trail = Trail(store, clock)
        self.entrance = Entrance(store, clock, self.trail, passwords or Passwords(), new_secret)
        self.staff = Staff(store, clock, self.trail, new_secret)

    def note(self, seat: Seat, what: str, about: str = "", why: str = "") -> None:
        """A line of the audit trail; see :meth:`Trail.note`."""
        self.trail.note(seat, what, about, why)


def in_a_shell(user: str) -> Seat:
    """Whoever works on the desk's own machine as the owner of its files: they may do all."""
    return Seat(person=user, role=Role.admin, address=SHELL)
