"""The port's part for erasure: what a story was made of is destroyed, what happened stays."""

from datetime import datetime
from typing import Protocol

import msgspec

from copytaster.store._log_port import LeafDraft
from copytaster.store._name_port import Called
from copytaster.store._story_port import Event
from copytaster.store._story_port import Story

_TOKEN = "erased:"


class Erasure(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be destroyed of one story; all of it was taken back from the public before."""

    story: str
    at: datetime
    events: tuple[Event, ...] = ()
    """the lines of its public history; none for a story that nobody ever saw"""
    leaves: tuple[LeafDraft, ...] = ()
    """what the public log is told of these"""
    deliveries: tuple[str, ...]
    """whose bytes carried it"""
    contents: tuple[str, ...] | None = None
    """content hashes of the versions that are meant; None: the whole story"""
    editions: tuple[int, ...] | None = None
    """the editions made from these; None: all"""
    names: tuple[Called, ...] = ()
    """by which what stays of it goes"""


class Destroyed(msgspec.Struct, frozen=True, kw_only=True):
    """What there was, and is no more."""

    messages: int = 0
    """versions of the story, and notices about it"""
    editions: int = 0
    deliveries: int = 0
    siblings: tuple[str, ...] = ()
    """other stories that came in these deliveries: they keep item and text, without the bytes"""
    notices_kept: int = 0
    """notices about it that mean other stories too, and stay for those"""
    pictures: tuple[str, ...] = ()
    """names of pictures that hang beside no story any more: their files are to be destroyed"""


class ErasureStore(Protocol):
    """What the store destroys."""

    def carriers(self, story: str) -> list[str]:
        """The deliveries, read and not erased, that brought anything of a story, also what was
        known; the oldest first."""

    def not_all_read(self, agency: str) -> list[str]:
        """Deliveries of an agency that hold more than was read of them: dead letters, dismissed
        ones too, and those of which something was set aside."""

    def erase(self, erasure: Erasure) -> Destroyed:
        """Destroy it, in one transaction. Of a whole story stays that it was, its public history
        without a word, and what keeps it from being published again: ``history`` still finds it
        by its guid, which is not kept. Every digest that tells of its words is replaced. Raises
        ValueError when there is no such story."""

    @property
    def is_owed(self) -> bool:
        """Whether the file may still hold what was erased: :meth:`sweep` did not end since."""

    def sweep(self) -> None:
        """Write the file anew, without what is not kept any more, and cut the log that may hold
        it. Everything else waits meanwhile. Raises StoreError while a reader holds the log."""


def is_erased(story: Story) -> bool:
    """Whether nothing is kept of what the story said. An agency may give such a guid; only the
    desk gives the reason."""
    is_decided = any(reason.code == "erased" for reason in story.reasons)
    return is_decided and story.guid.startswith(_TOKEN)


def token(digest: str) -> str:
    """What stands in the place of a guid."""
    return f"{_TOKEN}{digest}"
