"""The port's part for the desk's search: every story, by what it says now and what it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from copytaster.query import Facts
from copytaster.query import Query
from copytaster.query import Version
from copytaster.store._story_port import Story
from copytaster.story import Message


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A story as it stands now."""

    story: Story
    messages: tuple[Message, ...]
    """what it consists of: the version that is meant, or the parts it is joined from; never none"""
    place: int
    """where it stands among all: the greater, the newer"""

    @property
    def came(self) -> datetime:
        """When the last of these did."""
        return came(self.messages)

    @property
    def facts(self) -> Facts:
        """What a query is asked of."""
        return facts_of(self.story, self.messages)


def came(messages: Sequence[Message]) -> datetime:
    """When a story came that consists of these messages: parts make one story."""
    return max(message.arrival.received for message in messages)


def facts_of(story: Story, messages: Sequence[Message]) -> Facts:
    """What can be asked of a story that consists of these messages."""
    received = came(messages)
    return Facts(
        agency=story.agency,
        guid=story.guid,
        state=story.state,
        sections=story.sections,
        versions=tuple(
            Version(item=message.item, source=message.arrival.source, received=received)
            for message in messages
        ),
    )


class ToldStore(Protocol):
    """What the desk finds stories by. Drills are not among them, nor a story of which no message
    was ever kept."""

    def find(
        self, asked: Query, now: datetime, *, limit: int = 50, before: int | None = None
    ) -> list[Told]:
        """The stories that answer at ``now``, exactly as ``query.matches`` says of their facts;
        those that came last first, continued after the one at this place."""

    def of(self, story: str) -> Told | None: ...
