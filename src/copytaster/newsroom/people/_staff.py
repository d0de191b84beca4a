"""Managing persons: who is invited, as what; whose sessions, tokens and time here end.

What an admin does, and, of their own sessions and tokens, everybody. Who may order what is not
looked at here; what must never be is: no order takes the last admin away.
"""

from collections.abc import Callable
from datetime import datetime
from datetime import timedelta

from msgspec.structs import replace

from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.copydesk import Wrong
from copytaster.newsroom.people import _names
from copytaster.newsroom.people._entrance import LINK_HOURS
from copytaster.newsroom.people._entrance import MEANWHILE
from copytaster.newsroom.people._entrance import is_open
from copytaster.newsroom.people._secrets import digest
from copytaster.newsroom.people._trail import Trail
from copytaster.store import Deed
from copytaster.store import Invitation
from copytaster.store import LastAdmin
from copytaster.store import Moved
from copytaster.store import PeopleStore
from copytaster.store import Person
from copytaster.store import Session
from copytaster.store import Token

_TOKENS = 50
"""of one person"""
_LONGEST_DAYS = 366


class Staff:
    """Safe from any thread."""

    def __init__(
        self,
        store: PeopleStore,
        clock: Callable[[], datetime],
        trail: Trail,
        new_secret: Callable[[], str],
    ) -> None:
        self._store = store
        self._clock = clock
        self._trail = trail
        self._new_secret = new_secret

    # --- persons ---------------------------------------------------------------------------

    def persons(self) -> list[Person]:
        """All, by name; those who were disabled too."""
        return self._store.persons()

    def person(self, name: str) -> Person:
        """Raises :class:`Wrong` for nobody."""
        found = self._store.person(_names.folded(name))
        if found is None:
            raise Wrong("", f"There is nobody called {_names.clean(name)[:64]!r} here.")
        return found

    def set_role(self, seat: Seat, name: str, role: str) -> Person:
        """Their tokens do no more than the new role from now on. Raises :class:`Wrong`."""
        person, wanted = self.person(name), _names.role(role)
        if person.role == wanted:
            return person
        line = self._trail.line(seat, "role", person.name, f"{person.role} to {wanted.value}")
        return self._amended(person, replace(person, role=wanted.value), line)

    def disable(self, seat: Seat, name: str, why: str = "") -> Person:
        """Nobody comes in as them any more, from this moment on. Raises :class:`Wrong`."""
        person = self.person(name)
        if person.disabled is not None:
            return person
        line = self._trail.line(seat, "disable", person.name, why)
        return self._amended(person, replace(person, disabled=self._clock()), line, ending=True)

    def enable(self, seat: Seat, name: str, why: str = "") -> Person:
        """They sign in again with the password they had. Raises :class:`Wrong`."""
        person = self.person(name)
        if person.disabled is None:
            return person
        line = self._trail.line(seat, "enable", person.name, why)
        return self._amended(person, replace(person, disabled=None), line, ending=True)

    def _amended(self, was: Person, person: Person, line: Deed, *, ending: bool = False) -> Person:
        try:
            self._store.amend(was, person, line, ending=ending)
        except LastAdmin as error:
            raise Wrong(
                "", f"{person.name} is the last admin who can sign in; make another one first."
            ) from error
        except Moved as error:
            raise Wrong("", MEANWHILE) from error
        return person

    # --- links -----------------------------------------------------------------------------

    def invite(self, seat: Seat, role: str, name: str | None = None) -> str:
        """The secret of a link for somebody new, who has a day to open it. Raises
        :class:`Wrong`."""
        wanted = _names.role(role)
        given = _names.new_name(name) if name else None
        if given is not None and self._store.person(given) is not None:
            raise Wrong("name", f"{given} is given already; choose another name.")
        if wanted is not Role.admin and not self._store.persons(limit=1):
            raise Wrong("role", "The first person here is an admin; invite that one first.")
        line = self._trail.line(seat, "invite", given or "", wanted.value)
        return self._linked(seat, line, role=wanted, name=given)

    def reset(self, seat: Seat, name: str) -> str:
        """The secret of a link by which they choose another password; until then the old one
        stays. Raises :class:`Wrong`."""
        person = self.person(name)
        if person.disabled is not None:
            raise Wrong("", f"{person.name} is disabled; enable them first.")
        line = self._trail.line(seat, "reset-link", person.name)
        return self._linked(seat, line, role=Role(person.role), name=person.name, resets=True)

    def _linked(
        self, seat: Seat, line: Deed, *, role: Role, name: str | None, resets: bool = False
    ) -> str:
        secret, now = self._new_secret(), self._clock()
        invitation = Invitation(
            digest=digest(secret),
            name=name,
            role=role.value,
            resets=resets,
            by=seat.person,
            created=now,
            expires=now + timedelta(hours=LINK_HOURS),
        )
        self._store.invite(invitation, line)
        return secret

    def links(self) -> list[Invitation]:
        """Those that can be used, the newest first."""
        now = self._clock()
        nobody = not self._store.persons(limit=1)
        found = self._store.invitations()
        return [one for one in found if now < one.expires and (nobody or not one.first)]

    def withdraw(self, seat: Seat, link: str) -> bool:
        """A link, by its digest, opens nothing any more."""
        known = self._store.invitation(link)
        about = "" if known is None else known.name or known.role
        return self._store.withdraw(link, self._trail.line(seat, "withdraw-link", about))

    # --- sessions and tokens ---------------------------------------------------------------

    def sessions(self, person: str) -> list[Session]:
        """Where somebody is signed in, the newest first."""
        now = self._clock()
        return [one for one in self._store.sessions(person) if is_open(one, now)]

    def end_session(self, seat: Seat, person: str, session: str) -> bool:
        """End one of a person's sessions, by its digest."""
        line = self._trail.line(seat, "session-end", person)
        return bool(self._store.end_sessions(person, line, only=session))

    def end_sessions(self, seat: Seat, person: str) -> int:
        """End all of them."""
        return self._store.end_sessions(person, self._trail.line(seat, "sessions-end", person))

    def tokens(self, person: str | None = None) -> list[Token]:
        """Those that have not expired: of a person, or all."""
        now = self._clock()
        return [one for one in self._store.tokens(person) if now < one.expires]

    def make_token(self, seat: Seat, person: str, name: str, role: str, days: str | int) -> str:
        """The secret of a new token of a person, shown this once. Raises :class:`Wrong`."""
        whose = self.person(person)
        if whose.disabled is not None:
            raise Wrong("", f"{whose.name} is disabled; enable them first.")
        named, wanted, now = _names.token_name(name), _names.role(role), self._clock()
        if not Role(whose.role).may(wanted):
            raise Wrong("role", f"A token of {whose.name} has the role {whose.role} at most.")
        if len(self.tokens(whose.name)) >= _TOKENS:
            raise Wrong("", f"{whose.name} has {_TOKENS} tokens; end one first.")
        secret = self._new_secret()
        token = Token(
            digest=digest(secret),
            person=whose.name,
            name=named,
            role=wanted.value,
            created=now,
            expires=now + timedelta(days=_days(days)),
        )
        line = self._trail.line(seat, "token", whose.name, f"{named} ({wanted.value})")
        try:
            self._store.keep_token(token, line)
        except ValueError as error:
            sentence = f"{whose.name} has a token called {named!r}; end it, or choose another name."
            raise Wrong("token", sentence) from error
        return secret

    def end_token(self, seat: Seat, person: str, name: str) -> bool:
        """Programs with it are let in no more."""
        line = self._trail.line(seat, "token-end", person, name)
        return self._store.end_token(person, name, line)


def _days(written: str | int) -> int:
    try:
        days = int(str(written)[:4])
    except ValueError:
        days = 0
    if not 1 <= days <= _LONGEST_DAYS:
        raise Wrong("days", f"A token is good for 1 to {_LONGEST_DAYS} days.")
    return days
