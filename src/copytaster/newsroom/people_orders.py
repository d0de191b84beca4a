"""What a shell may ask about persons: list them, invite, disable, reset; their tokens.

The same functions work on a running desk and on a data folder alone.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from copytaster.copydesk import Seat
from copytaster.newsroom.desk import Desk
from copytaster.newsroom.people import in_a_shell
from copytaster.store import Invitation
from copytaster.store import Person
from copytaster.store import Token


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One order about persons, as a shell gives it."""

    action: str
    by: str
    """the user of the shell"""
    person: str | None = None
    role: str | None = None
    reason: str = ""
    make: str | None = None
    """the name of a token to make"""
    end: str | None = None
    """the name of a token to end"""
    days: int = 90


READING = frozenset({"list", "tokens"})
"""what changes nothing, unless it makes or ends a token"""


def carry_out(desk: Desk, order: Order) -> dict[str, Any]:
    """Carry it out; what came of it, for a shell. Raises ValueError with what to do."""
    return _ORDERS[order.action](desk, order, in_a_shell(order.by))


def first_link(desk: Desk) -> str | None:
    """The address by which the first admin comes, while nobody is here."""
    secret = desk.people.entrance.first_link()
    return None if secret is None else _address(desk, secret)


def _address(desk: Desk, secret: str) -> str:
    return f"{desk.house.site.url}/desk/join/{secret}"


def _list(desk: Desk, _order: Order, _seat: Seat) -> dict[str, Any]:
    staff = desk.people.staff
    return {
        "people": [_told(desk, one) for one in staff.persons()],
        "links": [_link_told(one) for one in staff.links()],
    }


def _invite(desk: Desk, order: Order, seat: Seat) -> dict[str, Any]:
    secret = desk.people.staff.invite(seat, order.role or "", order.person)
    return _made(desk, secret)


def _reset(desk: Desk, order: Order, seat: Seat) -> dict[str, Any]:
    return _made(desk, desk.people.staff.reset(seat, order.person or ""))


def _made(desk: Desk, secret: str) -> dict[str, Any]:
    link = desk.people.entrance.invited(secret)
    assert link is not None, "it was made just now"
    return {"address": _address(desk, secret), **_link_told(link)}


def _role(desk: Desk, order: Order, seat: Seat) -> dict[str, Any]:
    return _told(desk, desk.people.staff.set_role(seat, order.person or "", order.role or ""))


def _disable(desk: Desk, order: Order, seat: Seat) -> dict[str, Any]:
    return _told(desk, desk.people.staff.disable(seat, order.person or "", order.reason))


def _enable(desk: Desk, order: Order, seat: Seat) -> dict[str, Any]:
    return _told(desk, desk.people.staff.enable(seat, order.person or "", order.reason))


def _tokens(desk: Desk, order: Order, seat: Seat) -> dict[str, Any]:
    staff = desk.people.staff
    name = None if order.person is None else staff.person(order.person).name
    made = None
    if order.make is not None:
        made = staff.make_token(seat, name or "", order.make, order.role or "reader", order.days)
    if order.end is not None and not staff.end_token(seat, name or "", order.end):
        raise ValueError(f"{name} has no token called {order.end!r}; `people tokens` lists them")
    told = {"tokens": [_token_told(one) for one in staff.tokens(name)]}
    return told if made is None else {"token": made, **told}


_ORDERS: dict[str, Callable[[Desk, Order, Seat], dict[str, Any]]] = {
    "list": _list,
    "invite": _invite,
    "disable": _disable,
    "enable": _enable,
    "role": _role,
    "reset": _reset,
    "tokens": _tokens,
}
ACTIONS = tuple(_ORDERS)


def _told(desk: Desk, person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "shown": person.shown,
        "role": person.role,
        "created": person.created.isoformat(),
        "disabled": _iso(person.disabled),
        "sessions": len(desk.people.staff.sessions(person.name)),
        "tokens": len(desk.people.staff.tokens(person.name)),
    }


def _link_told(link: Invitation) -> dict[str, Any]:
    return {
        "name": link.name,
        "role": link.role,
        "resets": link.resets,
        "by": link.by,
        "until": link.expires.isoformat(),
    }


def _token_told(token: Token) -> dict[str, Any]:
    return {
        "person": token.person,
        "name": token.name,
        "role": token.role,
        "created": token.created.isoformat(),
        "used": _iso(token.used),
        "until": token.expires.isoformat(),
    }


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None
