"""The port's part for twins: stories whose texts are versions of one."""

from collections.abc import Sequence
from typing import Protocol

from copytaster.store._list_port import Listed
from copytaster.store._story_port import Twin


class TwinStore(Protocol):
    """What the store keeps of which stories are twins; it is written by ``commit``, and always
    from both sides."""

    def of(self, story: str) -> list[Twin]:
        """The twins of a story, whatever became of them, in the order in which they were made."""

    def live(self, story: str) -> list[Listed]:
        """Those of its twins that readers see now, by first publication."""

    def families(self, stories: Sequence[str]) -> list[tuple[Listed, ...]]:
        """The live stories that are connected with one of these, as twins or through twins: each
        family once, its newest by first publication first. Whoever is alone makes none."""
