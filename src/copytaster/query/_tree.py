"""The tree of a query: what can be asked of a story, joined by and, or and not."""

from datetime import datetime
from datetime import timedelta
from enum import StrEnum

import msgspec

from copytaster.story import State


class _Node(msgspec.Struct, frozen=True):
    """Base of the nodes: immutable, equal by what they say."""


class _ById(_Node, frozen=True):
    id: str


class _ByWords(_Node, frozen=True):
    """Whole words in their order; ``storm*`` begins with ``storm``."""

    words: str


class _AtInstant(_Node, frozen=True):
    at: datetime


class _Ago(_Node, frozen=True):
    span: timedelta


class _Joined(_Node, frozen=True):
    of: tuple["Query", ...]


# --- what it says --------------------------------------------------------------------------


class Phrase(_ByWords, frozen=True):
    """In anything that readers see."""


class Title(_ByWords, frozen=True):
    """In a headline."""


class Byline(_ByWords, frozen=True):
    """In who wrote it: the line readers see, or the names the agency gives beside it."""


class Slug(_ByWords, frozen=True):
    """In the slug line."""


class Subject(_ByWords, frozen=True):
    """In the names and codes of its subjects, or in its keywords."""


class Person(_Node, frozen=True):
    """A person or organisation: named in the item's fields, or in any words readers see."""

    name: str


# --- what it is ----------------------------------------------------------------------------


class Agency(_ById, frozen=True):
    """The agency that sent it, by its id."""


class Source(_ById, frozen=True):
    """The way it came, by its id."""


class Guid(_ById, frozen=True):
    """The agency's id of the story, exactly."""


class InState(_Node, frozen=True):
    """Its state now."""

    state: State


class InSection(_Node, frozen=True):
    """A section of the house, by its code."""

    code: str


class Language(_Node, frozen=True):
    """The language the agency says it is in: ``de`` is ``de-AT`` too. In small letters."""

    tag: str


class Urgency(_Node, frozen=True):
    """The agency's urgency: from 1, a flash, to 9; both ends are meant."""

    first: int
    last: int


class Thing(StrEnum):
    """What a story may have."""

    picture = "picture"
    """the agency wants a picture or graphic beside it"""
    correction = "correction"
    """it says that it corrects, or brings a correction's text"""
    embargo = "embargo"
    """an embargo was set, readable or not, over or not"""
    note = "note"
    """a note of the agency to editors"""
    text = "text"
    """a body, not only a headline"""


class Has(_Node, frozen=True):
    thing: Thing


# --- when it came --------------------------------------------------------------------------


class Since(_AtInstant, frozen=True):
    """At this instant or later."""


class Until(_AtInstant, frozen=True):
    """Before this instant."""


class Newer(_Ago, frozen=True):
    """No longer ago than this, whenever it is asked."""


class Older(_Ago, frozen=True):
    """Longer ago than this, whenever it is asked."""


# --- joined --------------------------------------------------------------------------------


class Every(_Joined, frozen=True):
    """All of these; of none, every story."""


class Either(_Joined, frozen=True):
    """At least one of these."""


class Not(_Node, frozen=True):
    """Whatever this is not true of."""

    of: "Query"


Words = Phrase | Title | Byline | Slug | Subject | Person
Came = Since | Until | Newer | Older
Term = Words | Agency | Source | Guid | InState | InSection | Language | Urgency | Has | Came
Query = Term | Every | Either | Not


def names_a_state(query: Query) -> bool:
    """Whether a state is asked for anywhere in it."""
    if isinstance(query, _Joined):
        return any(names_a_state(part) for part in query.of)
    if isinstance(query, Not):
        return names_a_state(query.of)
    return isinstance(query, InState)
