"""What a way to reach a person is."""

from typing import Protocol

from copytaster.newsroom._latch import Call


class Unreached(Exception):
    """Nobody was told: the message says why, in one line, without any secret."""


class Route(Protocol):
    """A way to reach a person. ``tell`` waits, within a limit of its own."""

    @property
    def name(self) -> str:
        """``email``, ``webhook`` or ``command``."""

    @property
    def shown(self) -> str:
        """Where it leads, for the operator's eyes: no secret."""

    def tell(self, call: Call) -> str | None:
        """Tell a person. Raises :class:`Unreached`; returns what was wrong all the same, where
        somebody was told but not everybody."""
