"""Who is looking: a person at the desk, and what they may do."""

from enum import StrEnum

import msgspec


class Role(StrEnum):
    """What a person may do. Each may do what those before it may."""

    reader = "reader"
    """see everything that the desk knows"""
    editor = "editor"
    """decide on stories: hold, release, kill, review; take what waits"""
    chief = "chief"
    """recall, rules, pauses, drills; the second pair of eyes"""
    admin = "admin"
    """people, their roles and tokens"""

    def may(self, needed: "Role") -> bool:
        """Whether this role is enough for what needs that one."""
        order = list(Role)
        return order.index(self) >= order.index(needed)

    def at_most(self, other: "Role") -> "Role":
        """The lesser of the two."""
        return other if self.may(other) else self


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """An order of somebody at the desk, as the audit trail keeps it; it quotes no copy."""

    seat: "Seat"
    order: str
    what: str | None = None
    """a closer word for it: the kind of a decision"""
    about: str = ""
    """a story, a recall, a delivery; of a recall that begins its id, which it does not have yet"""
    why: str = ""


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """A person who is signed in, or a program with a token of theirs."""

    person: str
    """the name they sign in with; every action is kept under it"""
    role: Role
    token: str | None = None
    """the name of the token that a program came with; None for a person in a browser"""
    address: str = ""
    """whence they come, as the audit trail tells it"""
