"""Calls that are owed, in a plain dictionary."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from copytaster.store import Call
from copytaster.store import OwedCall

if TYPE_CHECKING:
    from tests.store.twin import Twin


class TwinCalls:
    """:class:`copytaster.store.CallStore`, without a file."""

    def __init__(self, twin: "Twin") -> None:
        self._twin = twin

    def owe(self, calls: Sequence[Call]) -> None:
        """In the commit's transaction."""
        for call in calls:
            self._twin.kept.last_call += 1
            self._twin.kept.calls[self._twin.kept.last_call] = call

    def owed(self, limit: int = 100) -> list[OwedCall]:
        kept = self._twin.kept.calls.items()
        return [OwedCall(number=number, call=call) for number, call in kept][:limit]

    def made(self, calls: Sequence[OwedCall]) -> None:
        with self._twin.turn:
            for one in calls:
                self._twin.kept.calls.pop(one.number, None)
