"""Persons, their sessions and tokens, and the audit trail in SQLite: :class:`PeopleStore`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import apsw
import msgspec

from copytaster.store._errors import LastAdmin
from copytaster.store._errors import Moved
from copytaster.store._part import Part
from copytaster.store._people_port import Deed
from copytaster.store._people_port import Invitation
from copytaster.store._people_port import Person
from copytaster.store._people_port import Session
from copytaster.store._people_port import Token
from copytaster.store._rows import LAST
from copytaster.store._rows import Bindings
from copytaster.store._rows import Row
from copytaster.store._rows import instant
from copytaster.store._rows import instant_or_none
from copytaster.store._rows import micros
from copytaster.store._statements import sql

_DEEDS: Mapping[tuple[bool, bool], str] = {
    (False, False): "deeds",
    (True, False): "deeds_by",
    (False, True): "deeds_about",
    (True, True): "deeds_by_about",
}
"""which statement, by whether a person and whether a thing is asked for"""


class PeopleInSqlite(Part):
    """:class:`PeopleStore` on one engine."""

    # --- persons ---------------------------------------------------------------------------

    def persons(self, limit: int = 1000) -> list[Person]:
        return [_person(row) for row in self._all("persons", limit=limit)]

    def person(self, name: str) -> Person | None:
        row = self._first("person", name=name)
        return None if row is None else _person(row)

    def amend(self, was: Person, person: Person, deed: Deed, *, ending: bool = False) -> None:
        old = {f"was_{name}": value for name, value in _bindings(was).items()}
        with self._engine.writing() as db:
            before = _count(db, "count_admins")
            if not _done(db, "amend_person", old | _bindings(person)):
                raise Moved([was.name])
            if before and not _count(db, "count_admins"):
                raise LastAdmin(f"{person.name} is the last admin who can sign in")
            if ending:
                whose = {"person": person.name}
                _done(db, "end_sessions", {**whose, "only": None})
                _done(db, "end_tokens", whose)
                _done(db, "drop_invitations_of", whose)
            _note(db, deed)

    # --- sessions --------------------------------------------------------------------------

    def open_session(self, session: Session, person: Person, deed: Deed, *, most: int) -> bool:
        old = {"now": micros(session.created), "person": session.person, "others": most - 1}
        new = _bindings(session) | {"password": person.password}
        with self._engine.writing() as db:
            _done(db, "drop_old_sessions", old)
            opened = bool(_done(db, "keep_session", new))
            if opened:
                _note(db, deed)
        return opened

    def session(self, digest: str) -> tuple[Session, Person] | None:
        row = self._first("session", digest=digest)
        return None if row is None else (_session(row[:7]), _person(row[7:]))

    def saw_session(self, digest: str, at: datetime) -> None:
        self._write("saw_session", digest=digest, at=micros(at))

    def sessions(self, person: str) -> list[Session]:
        return [_session(row) for row in self._all("sessions_of_person", person=person)]

    def end_sessions(self, person: str, deed: Deed, *, only: str | None = None) -> int:
        with self._engine.writing() as db:
            ended = _done(db, "end_sessions", {"person": person, "only": only})
            if ended:
                _note(db, deed)
        return ended

    # --- tokens ----------------------------------------------------------------------------

    def keep_token(self, token: Token, deed: Deed) -> None:
        with self._engine.writing() as db:
            _done(db, "drop_old_tokens", {"now": micros(token.created)})
            _done(db, "keep_token", _bindings(token))
            _note(db, deed)

    def token(self, digest: str) -> tuple[Token, Person] | None:
        row = self._first("token", digest=digest)
        return None if row is None else (_token(row[:7]), _person(row[7:]))

    def saw_token(self, digest: str, at: datetime) -> None:
        self._write("saw_token", digest=digest, at=micros(at))

    def tokens(self, person: str | None = None, limit: int = 1000) -> list[Token]:
        found = self._all("tokens_of_person", person=person, limit=limit)
        return [_token(row) for row in found]

    def end_token(self, person: str, name: str, deed: Deed) -> bool:
        return self._gone("end_token", deed, person=person, name=name)

    def _gone(self, statement: str, deed: Deed, **bindings: Any) -> bool:
        with self._engine.writing() as db:
            gone = bool(_done(db, statement, bindings))
            if gone:
                _note(db, deed)
        return gone

    # --- invitations -----------------------------------------------------------------------

    def invite(self, invitation: Invitation, deed: Deed) -> None:
        kept = _bindings(invitation)
        with self._engine.writing() as db:
            old = {name: kept[name] for name in ("created", "name", "first")}
            _done(db, "drop_old_invitations", old)
            _done(db, "keep_invitation", kept)
            _note(db, deed)

    def invitation(self, digest: str) -> Invitation | None:
        row = self._first("invitation", digest=digest)
        return None if row is None else _invitation(row)

    def invitations(self, limit: int = 1000) -> list[Invitation]:
        return [_invitation(row) for row in self._all("invitations", limit=limit)]

    def withdraw(self, digest: str, deed: Deed) -> bool:
        return self._gone("drop_invitation", deed, digest=digest)

    def join(self, digest: str, person: Person, deed: Deed) -> bool:
        with self._engine.writing() as db:
            row = db.execute(sql("invitation"), {"digest": digest}).fetchone()
            if row is None:
                return False
            invitation = _invitation(row)
            if invitation.first and _count(db, "count_persons"):
                return False
            if not invitation.resets:
                _done(db, "keep_person", _bindings(person))
            elif _done(db, "set_password", _bindings(person)):
                _done(db, "end_sessions", {"person": person.name, "only": None})
            else:
                return False
            _done(db, "drop_invitation", {"digest": digest})
            _note(db, deed)
        return True

    # --- the audit trail -------------------------------------------------------------------

    def note(self, deed: Deed) -> None:
        with self._engine.writing() as db:
            _note(db, deed)

    def deeds(
        self,
        *,
        before: int | None = None,
        by: str | None = None,
        about: str | None = None,
        limit: int = 100,
    ) -> list[Deed]:
        asked = {"by": by, "about": about}
        bindings = {name: value for name, value in asked.items() if value is not None}
        statement = _DEEDS[by is not None, about is not None]
        end = LAST if before is None else before
        return [_deed(row) for row in self._all(statement, before=end, limit=limit, **bindings)]


def _done(db: apsw.Connection, statement: str, bindings: Bindings) -> int:
    """How many rows changed."""
    db.execute(sql(statement), bindings)
    return db.changes()


def _count(db: apsw.Connection, statement: str) -> int:
    return int(db.execute(sql(statement)).get)


def _note(db: apsw.Connection, deed: Deed) -> None:
    bindings = _bindings(deed)
    del bindings["sequence"]
    db.execute(sql("keep_deed"), bindings)


def _bindings(record: msgspec.Struct) -> Bindings:
    """The fields of a record as they are kept, under their own names."""
    return {
        name: micros(value) if isinstance(value, datetime) else value
        for name, value in msgspec.structs.asdict(record).items()
    }


def _person(row: Row) -> Person:
    name, shown, role, password, created, disabled = row
    return Person(
        name=name,
        shown=shown,
        role=role,
        password=password,
        created=instant(created),
        disabled=instant_or_none(disabled),
    )


def _session(row: Row) -> Session:
    digest, person, created, seen, expires, agent, address = row
    return Session(
        digest=digest,
        person=person,
        created=instant(created),
        seen=instant(seen),
        expires=instant(expires),
        agent=agent,
        address=address,
    )


def _token(row: Row) -> Token:
    digest, person, name, role, created, used, expires = row
    return Token(
        digest=digest,
        person=person,
        name=name,
        role=role,
        created=instant(created),
        used=instant_or_none(used),
        expires=instant(expires),
    )


def _invitation(row: Row) -> Invitation:
    digest, name, role, resets, first, by, created, expires = row
    return Invitation(
        digest=digest,
        name=name,
        role=role,
        resets=bool(resets),
        first=bool(first),
        by=by,
        created=instant(created),
        expires=instant(expires),
    )


def _deed(row: Row) -> Deed:
    sequence, at, by, token, what, about, why, address = row
    return Deed(
        sequence=sequence,
        at=instant(at),
        by=by,
        token=token,
        what=what,
        about=about,
        why=why,
        address=address,
    )
