"""Persons, their sessions and tokens, and the audit trail, in plain dictionaries."""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from copytaster.store import Deed
from copytaster.store import Invitation
from copytaster.store import LastAdmin
from copytaster.store import Moved
from copytaster.store import Person
from copytaster.store import Session
from copytaster.store import Token

if TYPE_CHECKING:
    from tests.store.twin import Twin


class TwinPeople:
    """:class:`copytaster.store.PeopleStore`, without a file."""

    def __init__(self, twin: "Twin") -> None:
        self._twin = twin

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """All of the block is kept, or nothing."""
        with self._twin.turn:
            before, self._twin.kept = self._twin.kept, self._twin.kept.copied()
            try:
                yield
            except BaseException:
                self._twin.kept = before
                raise

    def note(self, deed: Deed) -> None:
        with self._twin.turn:
            deeds = self._twin.kept.deeds
            deeds.append(replace(deed, sequence=len(deeds) + 1))

    def deeds(
        self,
        *,
        before: int | None = None,
        by: str | None = None,
        about: str | None = None,
        limit: int = 100,
    ) -> list[Deed]:
        found = [
            deed
            for deed in reversed(self._twin.kept.deeds)
            if (before is None or deed.sequence < before)
            and by in (None, deed.by)
            and about in (None, deed.about)
        ]
        return found[:limit]

    def persons(self, limit: int = 1000) -> list[Person]:
        return [one for _, one in sorted(self._twin.kept.persons.items())][:limit]

    def person(self, name: str) -> Person | None:
        return self._twin.kept.persons.get(name)

    def _admins(self) -> int:
        able = [one for one in self._twin.kept.persons.values() if one.disabled is None]
        return sum(one.role == "admin" for one in able)

    def amend(self, was: Person, person: Person, deed: Deed, *, ending: bool = False) -> None:
        with self._whole():
            before = self._admins()
            known = self._twin.kept.persons.get(was.name)
            if known is None or replace(known, created=was.created) != was:
                raise Moved([was.name])
            self._twin.kept.persons[was.name] = replace(person, created=known.created)
            if before and not self._admins():
                raise LastAdmin(f"{person.name} is the last admin who can sign in")
            if ending:
                self._drop_sessions(lambda one: one.person == person.name)
                self._drop_tokens(lambda one: one.person == person.name)
                self._drop_invitations(lambda one: person.name in (one.by, one.name))
            self.note(deed)

    def _drop_sessions(self, meant: Callable[[Session], bool]) -> int:
        kept = self._twin.kept.sessions
        gone = [one.digest for one in kept.values() if meant(one)]
        for digest in gone:
            del kept[digest]
        return len(gone)

    def _drop_tokens(self, meant: Callable[[Token], bool]) -> int:
        kept = self._twin.kept.tokens
        gone = [one.digest for one in kept.values() if meant(one)]
        for digest in gone:
            del kept[digest]
        return len(gone)

    def _drop_invitations(self, meant: Callable[[Invitation], bool]) -> int:
        kept = self._twin.kept.invitations
        gone = [one.digest for one in kept.values() if meant(one)]
        for digest in gone:
            del kept[digest]
        return len(gone)

    def open_session(self, session: Session, person: Person, deed: Deed, *, most: int) -> bool:
        with self._whole():
            self._drop_sessions(lambda one: one.expires <= session.created)
            for old in self.sessions(session.person)[most - 1 :]:
                del self._twin.kept.sessions[old.digest]
            known = self._twin.kept.persons.get(session.person)
            if known is None or known.disabled or known.password != person.password:
                return False
            self._twin.kept.sessions[session.digest] = session
            self.note(deed)
        return True

    def session(self, digest: str) -> tuple[Session, Person] | None:
        found = self._twin.kept.sessions.get(digest)
        return None if found is None else (found, self._twin.kept.persons[found.person])

    def saw_session(self, digest: str, at: datetime) -> None:
        found = self._twin.kept.sessions.get(digest)
        if found is not None:
            self._twin.kept.sessions[digest] = replace(found, seen=max(found.seen, at))

    def sessions(self, person: str) -> list[Session]:
        found = [one for one in self._twin.kept.sessions.values() if one.person == person]
        by_digest = sorted(found, key=lambda one: one.digest)
        return sorted(by_digest, key=lambda one: one.created, reverse=True)

    def end_sessions(self, person: str, deed: Deed, *, only: str | None = None) -> int:
        with self._whole():
            ended = self._drop_sessions(
                lambda one: one.person == person and only in (None, one.digest)
            )
            if ended:
                self.note(deed)
        return ended

    def keep_token(self, token: Token, deed: Deed) -> None:
        with self._whole():
            self._drop_tokens(lambda one: one.expires <= token.created)
            if any(one.name == token.name for one in self.tokens(token.person)):
                raise ValueError(f"tokens: {token.person} has {token.name} already")
            self._twin.kept.tokens[token.digest] = token
            self.note(deed)

    def token(self, digest: str) -> tuple[Token, Person] | None:
        found = self._twin.kept.tokens.get(digest)
        return None if found is None else (found, self._twin.kept.persons[found.person])

    def saw_token(self, digest: str, at: datetime) -> None:
        found = self._twin.kept.tokens.get(digest)
        if found is not None:
            used = at if found.used is None else max(found.used, at)
            self._twin.kept.tokens[digest] = replace(found, used=used)

    def tokens(self, person: str | None = None, limit: int = 1000) -> list[Token]:
        kept = self._twin.kept.tokens.values()
        found = [one for one in kept if person in (None, one.person)]
        return sorted(found, key=lambda one: (one.person, one.name))[:limit]

    def end_token(self, person: str, name: str, deed: Deed) -> bool:
        with self._whole():
            gone = self._drop_tokens(lambda one: (one.person, one.name) == (person, name))
            if gone:
                self.note(deed)
        return bool(gone)

    def invite(self, invitation: Invitation, deed: Deed) -> None:
        with self._whole():
            self._drop_invitations(
                lambda one: (
                    one.expires <= invitation.created
                    or (one.name is not None and one.name == invitation.name)
                    or (one.first and invitation.first)
                )
            )
            self._twin.kept.invitations[invitation.digest] = invitation
            self.note(deed)

    def invitation(self, digest: str) -> Invitation | None:
        return self._twin.kept.invitations.get(digest)

    def invitations(self, limit: int = 1000) -> list[Invitation]:
        by_digest = sorted(self._twin.kept.invitations.values(), key=lambda one: one.digest)
        return sorted(by_digest, key=lambda one: one.created, reverse=True)[:limit]

    def withdraw(self, digest: str, deed: Deed) -> bool:
        with self._whole():
            gone = self._drop_invitations(lambda one: one.digest == digest)
            if gone:
                self.note(deed)
        return bool(gone)

    def join(self, digest: str, person: Person, deed: Deed) -> bool:
        with self._whole():
            found = self._twin.kept.invitations.pop(digest, None)
            if found is None:
                return False
            if found.first and self._twin.kept.persons:
                self._twin.kept.invitations[digest] = found
                return False
            if found.resets:
                known = self._twin.kept.persons[person.name]
                if known.disabled:
                    self._twin.kept.invitations[digest] = found
                    return False
                self._twin.kept.persons[person.name] = replace(known, password=person.password)
                self._drop_sessions(lambda one: one.person == person.name)
            elif person.name in self._twin.kept.persons:
                raise ValueError(f"persons: {person.name} is given already")
            else:
                self._twin.kept.persons[person.name] = person
            self.note(deed)
        return True
