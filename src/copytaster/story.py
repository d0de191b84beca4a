"""What the desk holds for one story: messages, decisions, states and reasons.

A leaf: the verdict room computes with these, the store keeps them. They carry no rules, but for
what makes two messages the same.
"""

from datetime import datetime
from enum import StrEnum

import msgspec

from copytaster.item import EditorialType
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.item import Target


class State(StrEnum):
    """What may be public now."""

    live = "live"
    held = "held"
    embargoed = "embargoed"
    withheld = "withheld"
    killed = "killed"
    expired = "expired"
    never = "never"
    """a notice, a test, a package or a picture: not a story for readers"""


class Cause(StrEnum):
    """Who brought a state about; a reader's notice says so."""

    agency = "agency"
    desk = "desk"
    rights = "rights"
    legal = "legal"


class DecisionKind(StrEnum):
    kill = "kill"
    hold = "hold"
    release = "release"
    erase = "erase"
    undo = "undo"
    """takes back what its batch decided, or a hold of the desk's own, and nothing else"""
    review = "review"
    """a person has read exactly this content, after it was published; changes no state"""
    unreview = "unreview"
    """takes that back"""


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """How a message came: the facts of its first delivery that bear on publishing."""

    source: str
    received: datetime
    seen: datetime | None = None
    """when a feed without versions was seen saying this; ranks messages of equal date
    (docs/decisions/0003). None for formats that number or date their versions."""
    archive: bool = False
    """back-fill or replay: kept, never published unattended"""
    publish_after: datetime | None = None
    """a feed's first poll publishes only what is newer than this"""
    delivery: str | None = None
    """id of the delivery that brought it: its bytes are the evidence"""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One item in a story's set: a version of the story, or a notice that names it."""

    item: Item
    arrival: Arrival
    target: Target | None = None
    """set when the item is a notice about this story rather than a version of it"""


_HOLDING = frozenset({PubStatus.withheld, PubStatus.hold})
_HOLDING_TYPES = frozenset({EditorialType.withhold, EditorialType.disregard})


def is_said_anew(message: Message) -> bool:
    """Whether the message is another one each time that it is received.

    A hold without a date counts as made when it came (docs/explanation/lifecycle.md): said once
    more after its all-clear, it holds again. An all-clear does not: brought once more by a slow
    route, it would lift what came since. What an archive repeats, or a feed goes on showing,
    nobody has said again.
    """
    item, target = message.item, message.target
    dates = (target.when if target is not None else None, item.version_created)
    if message.arrival.seen is not None or message.arrival.archive:
        return False
    if any(date is not None and date.instant is not None for date in dates):
        return False
    if target is not None:
        return target.new_status in _HOLDING
    return not _HOLDING_TYPES.isdisjoint(item.editorial_types)


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """An editor's word on a story: one more message in the set. Ranked by (at, id)."""

    id: str
    kind: DecisionKind
    at: datetime
    reason: str
    """a reason word: ``agency``, ``legal``, ``desk``, ``rights``, or free text for the record"""
    by: str
    content_hash: str | None = None
    """for ``release`` and ``review``: the content the editor saw"""
    batch: str | None = None
    """the recall it belongs to: one order about many stories, which can be undone"""
    code: str | None = None
    """for a ``hold`` the desk made by itself, and its ``undo``: the reason code; None for an
    editor's"""
    substitute: str | None = None
    """for a ``kill``: public id of the story to read instead"""


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why. ``code`` is stable and documented; ``verdict.sentence`` gives it in words."""

    code: str
    detail: str | None = None
