"""Where a story stands by what the log says of it (``docs/reference/log.md``, "Leaf").

A fold over a story's events in their order. It says what whoever looks at the story's addresses
must find there, and what may come next.
"""

from enum import StrEnum
from typing import Final

import msgspec

from copytaster.ledger.leaf import Event
from copytaster.ledger.leaf import Kind

_SHOWING: Final = {Kind.published, Kind.updated, Kind.released}
_MAKING: Final = {Kind.published, Kind.updated}


class State(StrEnum):
    """What readers must find."""

    shown = "shown"
    held = "held"
    killed = "killed"
    expired = "expired"
    erased = "erased"


class Standing(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Where a story stands after its newest event."""

    index: int
    """of that event in the log"""
    state: State
    first: int
    """the number of the first edition that the log knows; more than 1 for a story that is older
    than its log"""
    made: tuple[int, ...]
    """indices of the entries that tell of its editions, one after the other"""
    gone: tuple[int, ...] = ()
    """numbers of editions that were taken back one by one"""
    is_erased: bool = False
    """that every word of it was destroyed, whatever was said of it since"""

    @property
    def edition(self) -> int:
        """The number of the newest edition."""
        return self.first + len(self.made) - 1


def follow(event: Event, index: int, standing: Standing | None) -> Standing:
    """Where the story stands after the event, which :func:`broken` has nothing against."""
    if standing is None:
        return _begun(event, index)
    made = (*standing.made, index) if event.kind in _MAKING else standing.made
    gone, state, is_erased = standing.gone, standing.state, standing.is_erased
    if event.kind in _SHOWING:
        state = State.shown
    elif isinstance(event.edition, int):
        gone = tuple(sorted({*gone, event.edition}))
    else:
        state = State(event.kind.value)
        is_erased = is_erased or event.kind == Kind.erased
    return Standing(index, state, standing.first, made, gone, is_erased)


def _begun(event: Event, index: int) -> Standing:
    number = event.edition if isinstance(event.edition, int) else 0
    state = State.shown if event.kind in _SHOWING else State(event.kind.value)
    return Standing(index, state, number, (index,), (), event.kind == Kind.erased)


def broken(event: Event, standing: Standing | None) -> str | None:
    """What is wrong with an event behind what the log said last of its story; None if nothing."""
    if standing is None:
        if event.kind != Kind.published:
            return f"the story {event.story} is {event.kind} and was never published"
        return None
    if event.kind == Kind.published:
        return f"the story {event.story} is published twice, before at {standing.index:,}"
    if event.prev != standing.index:
        return f"the story {event.story} goes on from {event.prev:,}, not from {standing.index:,}"
    if standing.is_erased and event.kind in _SHOWING:
        return f"the story {event.story} is {event.kind} after it was erased"
    if event.kind == Kind.updated and event.edition != standing.edition + 1:
        return f"the story {event.story} has edition {event.edition} after {standing.edition}"
    if isinstance(event.edition, int) and event.edition > standing.edition + (
        event.kind == Kind.updated
    ):
        return f"the story {event.story} has no edition {event.edition} to be {event.kind}"
    return None
