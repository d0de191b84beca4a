"""The port's part for the wire: every story as editors watch it, by what happened to it last."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from copytaster.item import Item
from copytaster.store._story_port import Story
from copytaster.story import State


class Wired(msgspec.Struct, frozen=True, kw_only=True):
    """A story at its place on the wire."""

    number: int
    """its place; a new one with whatever happens to it"""
    at: datetime
    """when that was"""
    story: Story
    item: Item | None
    """what it said last; a notice where nothing else came"""
    versions: int
    """messages of it that are no notices about it"""


class WireStore(Protocol):
    """What the store knows of the wire; ``commit`` writes it. No drills."""

    @property
    def last(self) -> int:
        """The newest place, 0 where nothing ever happened; cheap to ask for."""

    def newest(
        self,
        *,
        states: Sequence[State] | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> list[Wired]:
        """Stories in these states (all without), the newest place first, those below ``before``."""

    def since(self, number: int, limit: int = 100) -> list[Wired]:
        """Stories at places above this number, the oldest first: what happened since."""

    def counted(self, states: Sequence[State], most: int) -> int:
        """How many are in these states, counted no further than ``most``."""

    def among(self, stories: Sequence[str]) -> list[Wired]:
        """Those of these stories, by their public ids, that are on the wire; the newest place
        first."""

    def seen_to_by(
        self,
        person: str,
        states: Sequence[State],
        *,
        before: int | None = None,
        limit: int = 50,
    ) -> list[Wired]:
        """Stories in these states that are this person's to see to (``remarks``), as ``newest``."""

    def counted_of(self, person: str, states: Sequence[State], most: int) -> int:
        """How many those are, counted no further than ``most``."""
