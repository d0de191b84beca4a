"""What lies before the desk for one story: what is known of it, and what has just come."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import msgspec

from copytaster.store import Called
from copytaster.store import History
from copytaster.store import Seeking
from copytaster.store import Story
from copytaster.story import Decision
from copytaster.story import Message

Key = tuple[str, str]
"""(agency, guid)"""


class Pile(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one look at one story begins with."""

    story: Story
    """the record as it was read, or a new one with its address"""
    history: History
    since: datetime
    """arrival of what caused this look: time to clean counts from here"""
    fresh: tuple[Message, ...] = ()
    decisions: tuple[Decision, ...] = ()
    names: tuple[Called, ...] = ()
    seeking: tuple[Seeking, ...] = ()
    beside: bool = False
    """looked at because of a recall of many others: pressed beside everything else, as they are"""

    @property
    def bulk(self) -> bool:
        """Whether this look is part of an order about many stories."""
        return self.beside or any(decision.batch is not None for decision in self.decisions)

    @property
    def key(self) -> Key:
        return self.story.agency, self.story.guid

    @property
    def messages(self) -> tuple[Message, ...]:
        """The whole set, with what has just come."""
        return (*self.history.messages, *self.fresh)


def with_fresh(pile: Pile, message: Message) -> Pile:
    """The pile with one more message on it."""
    return msgspec.structs.replace(pile, fresh=(*pile.fresh, message))


def with_decision(pile: Pile, decision: Decision) -> Pile:
    """The pile with one more decision on it."""
    return msgspec.structs.replace(pile, decisions=(*pile.decisions, decision))


def latest(pile: Pile) -> datetime:
    """The instant that a new decision must not lie before: it is made knowing all of this, and
    is the newest word, even where the clock was set back meanwhile."""
    decided = [decision.at + timedelta.resolution for decision in pile.history.decisions]
    received = [message.arrival.received for message in pile.messages]
    return max((*decided, *received), default=datetime.min.replace(tzinfo=UTC))
