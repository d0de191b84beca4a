"""The port's part for the persons of the desk: who may come in, and what was done by whom.

Whatever changes something takes the line of the audit trail that tells of it, and both are kept or
neither. What opens something is known by its SHA-256 only (``digest``, in hexadecimal).
"""

from datetime import datetime
from typing import Protocol

import msgspec


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may sign in, or might once. A name is never given to another."""

    name: str
    shown: str
    role: str
    """``reader``, ``editor``, ``chief`` or ``admin``"""
    password: str
    """Argon2id, as a PHC string"""
    created: datetime
    disabled: datetime | None = None


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A browser in which a person is signed in."""

    digest: str
    person: str
    created: datetime
    seen: datetime
    expires: datetime
    agent: str
    """what the browser said of itself: a stranger's words"""
    address: str
    """whence it signed in"""


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """What a program of a person's comes in with."""

    digest: str
    person: str
    name: str
    role: str
    """never of more use than the person's own"""
    created: datetime
    used: datetime | None = None
    expires: datetime


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """A link by which somebody becomes a person here, or chooses another password; once."""

    digest: str
    name: str | None = None
    """None: whoever opens it chooses one"""
    role: str
    resets: bool = False
    """for another password of the person of that name, who is there"""
    first: bool = False
    """of use only while there is no person at all"""
    by: str
    created: datetime
    expires: datetime


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the audit trail. It quotes no copy: what was erased must not live on in it."""

    at: datetime
    by: str
    token: str | None = None
    """the name of the token that a program came with"""
    what: str
    about: str = ""
    why: str = ""
    address: str = ""
    sequence: int = 0
    """given by the store, from 1"""


class PeopleStore(Protocol):
    """What the store keeps of persons."""

    def persons(self, limit: int = 1000) -> list[Person]:
        """By name."""

    def person(self, name: str) -> Person | None: ...

    def amend(self, was: Person, person: Person, deed: Deed, *, ending: bool = False) -> None:
        """Keep another shown name, role, password or end of the person who ``was``. ``ending``:
        with it go their sessions, tokens and unused links, and links that they made.

        Nothing is kept when it raises: :class:`Moved` when the person is not as they were, which
        is when two orders meet; :class:`LastAdmin` when no admin could sign in any more.
        """

    def open_session(self, session: Session, person: Person, deed: Deed, *, most: int) -> bool:
        """For this person, of whose sessions the newest ``most`` are kept; all that expired go.
        False, and nothing is kept, when they were disabled meanwhile, or have another password.
        """

    def session(self, digest: str) -> tuple[Session, Person] | None: ...

    def saw_session(self, digest: str, at: datetime) -> None: ...

    def sessions(self, person: str) -> list[Session]:
        """The newest first; expired ones too, until they go."""

    def end_sessions(self, person: str, deed: Deed, *, only: str | None = None) -> int:
        """All of a person, or the one of this digest; how many. None: no line is written."""

    def keep_token(self, token: Token, deed: Deed) -> None:
        """Raises ValueError when the person has one of that name. Those that expired go."""

    def token(self, digest: str) -> tuple[Token, Person] | None: ...

    def saw_token(self, digest: str, at: datetime) -> None: ...

    def tokens(self, person: str | None = None, limit: int = 1000) -> list[Token]:
        """Of a person, or all; by person and name."""

    def end_token(self, person: str, name: str, deed: Deed) -> bool: ...

    def invite(self, invitation: Invitation, deed: Deed) -> None:
        """In place of an unused one for the same name. Those that expired go, and all for a first
        person when this is one."""

    def invitation(self, digest: str) -> Invitation | None: ...

    def invitations(self, limit: int = 1000) -> list[Invitation]:
        """Those not used, the newest first; expired ones too, until they go."""

    def withdraw(self, digest: str, deed: Deed) -> bool:
        """An invitation is of no use any more."""

    def join(self, digest: str, person: Person, deed: Deed) -> bool:
        """Use up an invitation: keep the person, who is new; or, where it resets, their password,
        and end their sessions. False, and nothing is kept, when it is not there any more, is for a
        first person and there is one, or resets that of somebody who was disabled. Raises
        ValueError when the name is given already.
        """

    def note(self, deed: Deed) -> None:
        """One more line of the audit trail, for what was done elsewhere."""

    def deeds(
        self,
        *,
        before: int | None = None,
        by: str | None = None,
        about: str | None = None,
        limit: int = 100,
    ) -> list[Deed]:
        """The newest first; ``before`` a sequence, of one person, about one thing."""
