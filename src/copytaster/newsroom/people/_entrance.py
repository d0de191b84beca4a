"""The way in: sessions and tokens that are known again, passwords tried, links opened.

A session has a new secret at every sign-in, so that none that somebody planted before is worth
anything after (session fixation). A name that nobody has is tried as slowly as any other and
refused with the same words; so is that of somebody who was disabled.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from datetime import timedelta

from msgspec.structs import replace

from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.copydesk import Wrong
from copytaster.newsroom.people import _names
from copytaster.newsroom.people._passwords import Passwords
from copytaster.newsroom.people._passwords import refuse_weak
from copytaster.newsroom.people._secrets import digest
from copytaster.newsroom.people._secrets import is_secret
from copytaster.newsroom.people._trail import Trail
from copytaster.newsroom.people._tries import Tries
from copytaster.store import Full
from copytaster.store import Invitation
from copytaster.store import Moved
from copytaster.store import PeopleStore
from copytaster.store import Person
from copytaster.store import Session

log = logging.getLogger("copytaster.people")

SESSION_DAYS = 14
LINK_HOURS = 24
_IDLE = timedelta(hours=12)
_LONGEST = timedelta(days=SESSION_DAYS)
_NOTED = timedelta(minutes=1)
"""between two notes of when a session or a token was last seen"""
_MOST = 20
"""sessions of one person"""
_AGENT = 200
MEANWHILE = "This was changed by somebody else meanwhile: look again."
_SPENT = "This link was used or withdrawn, or is older than 24 hours. Ask for another one."


class Entrance:
    """Safe from any thread. ``passwords`` takes long: call what tries one on a worker thread."""

    def __init__(
        self,
        store: PeopleStore,
        clock: Callable[[], datetime],
        trail: Trail,
        passwords: Passwords,
        new_secret: Callable[[], str],
    ) -> None:
        self._store = store
        self._clock = clock
        self._trail = trail
        self._passwords = passwords
        self._new_secret = new_secret
        self._turn = threading.Lock()
        wait = {"first": timedelta(seconds=2), "longest": timedelta(minutes=15)}
        self._names = Tries(free=5, **wait)
        self._addresses = Tries(free=20, **wait)

    # --- who is there ----------------------------------------------------------------------

    def by_session(self, secret: str, address: str) -> Seat | None:
        """Whoever has the cookie of a session that is not over."""
        known = self._store.session(digest(secret)) if is_secret(secret) else None
        now = self._clock()
        if known is None or not is_open(known[0], now):
            return None
        session, person = known
        if person.disabled is not None:
            return None
        if now - session.seen >= _NOTED:
            _noted(self._store.saw_session, session.digest, now)
        return Seat(person=person.name, role=Role(person.role), address=address)

    def by_token(self, secret: str, address: str) -> Seat | None:
        """A program with a token that has not expired: as what the token says, and never as
        more than its person is now."""
        known = self._store.token(digest(secret)) if is_secret(secret) else None
        now = self._clock()
        if known is None:
            return None
        token, person = known
        if person.disabled is not None or now >= token.expires:
            return None
        if token.used is None or now - token.used >= _NOTED:
            _noted(self._store.saw_token, token.digest, now)
        role = Role(token.role).at_most(Role(person.role))
        return Seat(person=person.name, role=role, token=token.name, address=address)

    # --- in and out ------------------------------------------------------------------------

    def sign_in(self, name: str, password: str, *, agent: str, address: str) -> str:
        """The secret of a new session. Raises :class:`Wrong`, which tells nobody whether it was
        the name or the password."""
        asked = _names.folded(name)
        is_blocked = self._begin(asked, address)
        person = self._store.person(asked)
        able = person if person is not None and person.disabled is None else None
        right = self._passwords.is_right(password, None if able is None else able.password)
        if able is None or not right:
            if is_blocked and able is not None:
                seat = Seat(person=able.name, role=Role(able.role), address=address)
                self._trail.note(seat, "sign-in-blocked", able.name)
            raise Wrong("password", "The name or the password is wrong.")
        self._end(asked, address)
        return self._open(able, agent=agent, address=address)

    def _begin(self, name: str, address: str) -> bool:
        """Count a try before it is looked at, so that many at once are as many; whether the next
        one has to wait. Raises :class:`Wrong` when this one has to."""
        now = self._clock()
        with self._turn:
            waits = (self._names.wait(name, now), self._addresses.wait(address, now))
            wait = max(filter(None, waits), default=None)
            if wait is not None:
                raise Wrong("", f"Too many tries: wait {_said(wait)}, then try again.", wait)
            self._addresses.count(address, now)
            return self._names.count(name, now)

    def _end(self, name: str, address: str) -> None:
        with self._turn:
            self._names.forget(name)
            self._addresses.take_back(address)

    def _open(self, person: Person, *, agent: str, address: str) -> str:
        secret, now = self._new_secret(), self._clock()
        session = Session(
            digest=digest(secret),
            person=person.name,
            created=now,
            seen=now,
            expires=now + _LONGEST,
            agent=_names.clean(agent)[:_AGENT],
            address=address,
        )
        seat = Seat(person=person.name, role=Role(person.role), address=address)
        line = self._trail.line(seat, "sign-in", person.name)
        if not self._store.open_session(session, person, line, most=_MOST):
            raise Wrong("", MEANWHILE)
        return secret

    def sign_out(self, seat: Seat, secret: str) -> None:
        """End the session of this secret."""
        line = self._trail.line(seat, "sign-out", seat.person)
        self._store.end_sessions(seat.person, line, only=digest(secret))

    def change_password(self, seat: Seat, old: str, new: str, again: str, *, agent: str) -> str:
        """Another password: all their sessions end, and this is the secret of a new one. Raises
        :class:`Wrong`."""
        refuse_weak(new, again, seat.person)
        self._begin(seat.person, seat.address)
        person = self._store.person(seat.person)
        right = self._passwords.is_right(old, None if person is None else person.password)
        if person is None or not right:
            raise Wrong("old", "This is not your password.")
        self._end(seat.person, seat.address)
        changed = replace(person, password=self._passwords.kept(new))
        try:
            self._store.amend(person, changed, self._trail.line(seat, "password", seat.person))
        except Moved as error:
            raise Wrong("", MEANWHILE) from error
        ended = self._trail.line(seat, "sessions-end", seat.person, "the password was changed")
        self._store.end_sessions(seat.person, ended)
        return self._open(changed, agent=agent, address=seat.address)

    # --- links -----------------------------------------------------------------------------

    def first_link(self) -> str | None:
        """While nobody is here at all: the secret of a link by which the first admin comes, in
        place of any such link before it."""
        if self._store.persons(limit=1):
            return None
        secret, now = self._new_secret(), self._clock()
        invitation = Invitation(
            digest=digest(secret),
            role=Role.admin,
            first=True,
            by="desk",
            created=now,
            expires=now + timedelta(hours=LINK_HOURS),
        )
        seat = Seat(person="desk", role=Role.admin)
        self._store.invite(invitation, self._trail.line(seat, "invite", why=Role.admin))
        return secret

    def invited(self, secret: str) -> Invitation | None:
        """What a link is for, while it can be used."""
        found = self._store.invitation(digest(secret)) if is_secret(secret) else None
        if found is None or self._clock() >= found.expires:
            return None
        return None if found.first and self._store.persons(limit=1) else found

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
        """Use a link up: whoever has it is signed in, with the password that they chose; the
        secret of their session. Raises :class:`Wrong`."""
        link = self.invited(secret)
        if link is None:
            raise Wrong("", _SPENT)
        person = self._meant(link, name, shown)
        refuse_weak(password, again, person.name)
        person = replace(person, password=self._passwords.kept(password))
        seat = Seat(person=person.name, role=Role(person.role), address=address)
        line = self._trail.line(seat, "reset" if link.resets else "join", person.name, link.by)
        try:
            joined = self._store.join(link.digest, person, line)
        except ValueError as error:
            raise Wrong("name", "This name is given already; choose another.") from error
        if not joined:
            raise Wrong("", _SPENT)
        self._end(person.name, address)
        return self._open(person, agent=agent, address=address)

    def _meant(self, link: Invitation, name: str, shown: str) -> Person:
        """Who a link makes, or whose password it resets; without a password yet."""
        if link.resets:
            known = self._store.person(link.name or "")
            if known is None or known.disabled is not None:
                raise Wrong("", _SPENT)
            return known
        given = _names.new_name(link.name or name)
        if self._store.person(given) is not None:
            raise Wrong("name", "This name is given already; choose another.")
        return Person(
            name=given,
            shown=_names.shown_name(shown),
            role=link.role,
            password="",
            created=self._clock(),
        )


def is_open(session: Session, now: datetime) -> bool:
    """Whether a session is not over: neither too old, nor unused for too long."""
    return now < session.expires and now < session.seen + _IDLE


def _noted(saw: Callable[[str, datetime], None], key: str, now: datetime) -> None:
    """When it was last seen. On a full disk that is not noted: whoever is here may still kill."""
    try:
        saw(key, now)
    except Full as error:
        log.warning("when somebody was last seen is not noted: %s", error)


def _said(wait: timedelta) -> str:
    """A time to wait, rounded up."""
    seconds = max(1, -(-wait // timedelta(seconds=1)))
    if seconds < 60:
        return f"{seconds} second{'s' if seconds > 1 else ''}"
    minutes = -(-seconds // 60)
    return f"{minutes} minute{'s' if minutes > 1 else ''}"
