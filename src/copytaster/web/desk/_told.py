"""Persons as the store keeps them, told as pages show them."""

from collections.abc import Sequence

import msgspec

from copytaster.copydesk import Browser
from copytaster.copydesk import Line
from copytaster.copydesk import Link
from copytaster.copydesk import Member
from copytaster.copydesk import Program
from copytaster.copydesk import Role
from copytaster.store import Deed
from copytaster.store import Invitation
from copytaster.store import Person
from copytaster.store import Session
from copytaster.store import Token


def member(
    person: Person, sessions: Sequence[Session] = (), tokens: Sequence[Token] = (), here: str = ""
) -> Member:
    """``here``: the digest of the session in which the page is looked at."""
    return Member(
        name=person.name,
        shown=person.shown,
        role=Role(person.role),
        since=person.created,
        disabled=person.disabled,
        sessions=tuple(_browser(one, here) for one in sessions),
        tokens=tuple(_program(one) for one in tokens),
    )


def _browser(session: Session, here: str) -> Browser:
    return Browser(
        key=session.digest,
        agent=session.agent,
        address=session.address,
        since=session.created,
        seen=session.seen,
        here=session.digest == here,
    )


def _program(token: Token) -> Program:
    return Program(
        name=token.name,
        role=Role(token.role),
        since=token.created,
        used=token.used,
        until=token.expires,
    )


def link_told(invitation: Invitation) -> Link:
    """A link, of which nothing tells the secret."""
    return Link(
        key=invitation.digest,
        name=invitation.name,
        role=Role(invitation.role),
        resets=invitation.resets,
        by=invitation.by,
        until=invitation.expires,
    )


def line(deed: Deed) -> Line:
    """A line of the audit trail."""
    return Line(**msgspec.structs.asdict(deed))
