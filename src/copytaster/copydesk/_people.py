"""Pages about persons: the way in, oneself, everybody, and what everybody did."""

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote
from urllib.parse import urlencode

import msgspec

from copytaster.copydesk._frame import Frame
from copytaster.copydesk._seat import Role
from copytaster.copydesk._times import Shown
from copytaster.copydesk._times import shown
from copytaster.copydesk._wrong import Wrong

ROLES: Mapping[Role, str] = {
    Role.reader: "sees everything that the desk knows",
    Role.editor: "decides on stories as well: hold, release, kill",
    Role.chief: "recalls, pauses, drills and changes rules as well, and reads the audit trail",
    Role.admin: "manages persons as well",
}
"""what each may do, in words"""
_EMPTY = dict.fromkeys(("name", "shown", "role", "token", "days", "why"), "")
_TOKEN_DAYS = 90
"""what is offered for a new token"""


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """A form that could not be done: what was filled in (never a password), and what is wrong."""

    form: str
    """which of the page's forms: the last part of its address"""
    values: Mapping[str, str] = {}
    wrong: Wrong


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A person in a list, or on their own page."""

    name: str
    shown: str
    role: Role
    since: datetime
    disabled: datetime | None = None
    sessions: tuple["Browser", ...] = ()
    tokens: tuple["Program", ...] = ()


class Browser(msgspec.Struct, frozen=True, kw_only=True):
    """A session."""

    key: str
    """by which a form names it; opens nothing"""
    agent: str
    address: str
    since: datetime
    seen: datetime
    here: bool = False
    """the one in which the page is looked at"""


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """A token."""

    name: str
    role: Role
    since: datetime
    used: datetime | None = None
    until: datetime


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation, or a link for another password."""

    key: str
    """by which a form names it; opens nothing"""
    name: str | None
    role: Role
    resets: bool
    by: str
    until: datetime


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the audit trail."""

    sequence: int
    at: datetime
    by: str
    token: str | None
    what: str
    about: str
    why: str
    address: str


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """What of the audit trail is asked for."""

    by: str = ""
    about: str = ""
    before: int | None = None


def sign_in(frame: Frame, to: str, filled: Filled | None = None) -> bytes:
    """The way in; ``to``: where it leads."""
    return frame.page("sign-in.html", title="Sign in", to=to, **_form(filled))


def join(frame: Frame, link: Link, action: str, filled: Filled | None = None) -> bytes:
    """What a link opens: somebody becomes a person of the desk, or chooses another password."""
    title = "Choose another password" if link.resets else "Your place at the desk"
    return frame.page(
        "join.html", title=title, action=action, link=link, can=ROLES[link.role], **_form(filled)
    )


def me(
    frame: Frame,
    member: Member,
    zone: str | None,
    filled: Filled | None = None,
    *,
    secret: str | None = None,
) -> bytes:
    """Oneself: password, sessions, tokens. ``secret``: of the token that was just made."""
    return frame.page(
        "me.html",
        title="You",
        at="/desk/me",
        member=_member(member, zone),
        own=True,
        roles=[role.value for role in Role if member.role.may(role)],
        days=_TOKEN_DAYS,
        secret=secret,
        **_form(filled),
    )


def people(
    frame: Frame,
    members: Sequence[Member],
    links: Sequence[Link],
    zone: str | None,
    filled: Filled | None = None,
    *,
    made: str | None = None,
) -> bytes:
    """Everybody, and who was invited. ``made``: the address of a link that was just made."""
    return frame.page(
        "people.html",
        title="People",
        members=[_member(one, zone) for one in members],
        links=[{**_plain(one), "until": _dated(one.until, zone)} for one in links],
        made=made,
        roles=_roles(),
        **_form(filled),
    )


def person(
    frame: Frame,
    member: Member,
    zone: str | None,
    filled: Filled | None = None,
    *,
    made: str | None = None,
) -> bytes:
    """One person, as an admin manages them."""
    return frame.page(
        "person.html",
        title=member.name,
        at=person_path(member.name),
        member=_member(member, zone),
        own=False,
        made=made,
        roles=_roles(),
        **_form(filled),
    )


def trail(
    frame: Frame, lines: Sequence[Line], sought: Sought, zone: str | None, *, more: bool
) -> bytes:
    """The audit trail, the newest first; ``more``: it goes on below."""
    asked = {name: value for name in ("by", "about") if (value := getattr(sought, name))}
    older = urlencode({**asked, "before": lines[-1].sequence}) if more and lines else None
    return frame.page(
        "trail.html",
        title="Audit trail",
        lines=[_line(one, zone) for one in lines],
        by=sought.by,
        about=sought.about,
        older=f"/desk/trail?{older}" if older else None,
        newest=f"/desk/trail?{urlencode(asked)}" if sought.before is not None else None,
    )


def person_path(name: str) -> str:
    """The address of a person's page."""
    return f"/desk/people/{quote(name, safe='')}"


def _form(filled: Filled | None) -> dict[str, Any]:
    """What the forms of a page are filled with; the one that was refused says why."""
    if filled is None:
        return {"form": "", "values": _EMPTY, "field": "", "fault": ""}
    wrong = filled.wrong
    return {
        "form": filled.form,
        "values": {**_EMPTY, **filled.values},
        "field": wrong.field,
        "fault": wrong.sentence,
    }


def _roles() -> list[dict[str, str]]:
    return [{"role": role.value, "can": can} for role, can in ROLES.items()]


def _dated(at: datetime, zone: str | None) -> Shown:
    return shown(at, zone, year=True)


def _plain(struct: msgspec.Struct) -> dict[str, Any]:
    return msgspec.structs.asdict(struct)


def _member(member: Member, zone: str | None) -> dict[str, Any]:
    return {
        **_plain(member),
        "href": person_path(member.name),
        "since": _dated(member.since, zone),
        "disabled": member.disabled and _dated(member.disabled, zone),
        "sessions": [
            {**_plain(one), "since": _dated(one.since, zone), "seen": _dated(one.seen, zone)}
            for one in member.sessions
        ],
        "tokens": [
            {
                **_plain(one),
                "since": _dated(one.since, zone),
                "used": one.used and _dated(one.used, zone),
                "until": _dated(one.until, zone),
            }
            for one in member.tokens
        ],
    }


def _line(line: Line, zone: str | None) -> dict[str, Any]:
    return {
        **_plain(line),
        "at": _dated(line.at, zone),
        "by_href": f"/desk/trail?{urlencode({'by': line.by})}",
        "about_href": f"/desk/trail?{urlencode({'about': line.about})}",
    }
