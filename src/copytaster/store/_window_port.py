"""The port's part for the window: the texts of the last days, by what they have in common."""

from collections.abc import Collection
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from copytaster.store._story_port import Story


class Shingled(msgspec.Struct, frozen=True, kw_only=True):
    """The shingles by which one version of a story is found; what they are, the reader knows."""

    story: str
    content_hash: str
    at: datetime
    """when it came"""
    scheme: str
    shingles: frozenset[int]
    """numbers of 32 bits, not negative"""


class Alike(msgspec.Struct, frozen=True, kw_only=True):
    """A version that shares shingles with what is looked up."""

    story: str
    content_hash: str
    at: datetime
    shared: int
    of: int
    """shingles that are kept of it"""


class WindowStore(Protocol):
    """What the store keeps of the texts of the last days. It is derived: what is lost of it is made
    again from the messages, and erasing a version destroys its shingles with it."""

    def keep(self, texts: Sequence[Shingled]) -> None:
        """Shingles of versions that are kept; once for each content of a story and scheme. What no
        story has, or has no more, and what belongs to a drill is left out. Raises :class:`Full`
        when less than the reserve is left of the disk."""

    def alike(
        self,
        scheme: str,
        shingles: Collection[int],
        *,
        at_least: int,
        live: bool = False,
        limit: int = 50,
    ) -> list[Alike]:
        """The versions that share so many of these, by the same scheme; those that share most
        first, then those that came last. With ``live`` only of stories that readers see now: what
        is shown to readers must lead to no other.

        A shingle that hundreds of texts have is a house's formula: only the newest of them count.
        """

    def missing(
        self,
        scheme: str,
        since: datetime,
        *,
        before: tuple[datetime, int] | None = None,
        limit: int = 20,
    ) -> list[Story]:
        """Live stories, first public since then, whose newest text is not in the window by this
        scheme; newest first, those behind this (first_public, story number)."""

    def forget(self, before: datetime, *, most: int = 50_000, limit: int = 20) -> int:
        """Let go of texts that came before this, and of all but the newest; of some at a time, so
        that nobody waits long. How many went: call it again while it is ``limit``."""
