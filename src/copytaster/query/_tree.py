"""The tree of a query: nine things that can be asked of a story, joined by and, or and not."""

from datetime import datetime

import msgspec

from copytaster.story import State


class _Node(msgspec.Struct, frozen=True):
    """Base of the nodes: immutable, equal by what they say."""


class _ById(_Node, frozen=True):
    id: str


class _AtInstant(_Node, frozen=True):
    at: datetime


class _Joined(_Node, frozen=True):
    of: tuple["Query", ...]


class Agency(_ById, frozen=True):
    """The agency that sent it, by its id."""


class Source(_ById, frozen=True):
    """The way any of its versions came, by its id."""


class Person(_Node, frozen=True):
    """A person or organisation: named in the item's fields, or in any words readers see."""

    name: str


class Phrase(_Node, frozen=True):
    """Whole words in their order, in a headline or the text; ``storm*`` begins with ``storm``."""

    words: str


class InSection(_Node, frozen=True):
    """A section of the house, by its code."""

    code: str


class Since(_AtInstant, frozen=True):
    """A version of it came at this instant or later."""


class Until(_AtInstant, frozen=True):
    """A version of it came before this instant."""


class InState(_Node, frozen=True):
    """Its state now."""

    state: State


class Every(_Joined, frozen=True):
    """All of these; of none, every story."""


class Either(_Joined, frozen=True):
    """At least one of these."""


class Not(_Node, frozen=True):
    """Whatever this is not true of."""

    of: "Query"


Query = (
    Agency | Source | Person | Phrase | InSection | Since | Until | InState | Every | Either | Not
)


def names_a_state(query: Query) -> bool:
    """Whether a state is asked for anywhere in it."""
    if isinstance(query, _Joined):
        return any(names_a_state(part) for part in query.of)
    if isinstance(query, Not):
        return names_a_state(query.of)
    return isinstance(query, InState)
