"""What agencies are owed, in a plain dictionary."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any

from msgspec.structs import replace

from copytaster.store import Acknowledgement
from copytaster.store import PressWork
from copytaster.store import WorkKind

if TYPE_CHECKING:
    from tests.store.twin import Twin


class TwinOutbox:
    """:class:`copytaster.store.Outbox`, without a file."""

    def __init__(self, twin: "Twin") -> None:
        self._twin = twin

    def owe(self, work: PressWork, owed: Sequence[Acknowledgement]) -> None:
        with self._twin.turn:
            kept = self._twin.kept
            newest = kept.work.get(work.story)
            if work.kind is WorkKind.withdraw and newest and newest.key == work.key:
                for one in owed:
                    kept.acknowledgements.setdefault(_key(one), one)

    def first(self, agency: str, route: str) -> Acknowledgement | None:
        owed = [one for one in self._owed() if (one.agency, one.route) == (agency, route)]
        return min(owed, key=self._turn_of, default=None)

    def _owed(self) -> list[Acknowledgement]:
        return [one for one in self._twin.kept.acknowledgements.values() if one.due is not None]

    def _turn_of(self, one: Acknowledgement) -> Any:
        return (one.due, self._twin.kept.stories[one.story].number, one.suspended)

    def ways(self) -> list[tuple[str, str]]:
        return sorted({(one.agency, one.route) for one in self._owed()})

    def keep(self, acknowledgement: Acknowledgement) -> None:
        with self._twin.turn:
            kept = self._twin.kept.acknowledgements
            known = kept.get(_key(acknowledgement))
            if known is not None and known.due is not None:
                fate = ("attempts", "due", "ended", "sent_to", "detail")
                became = {name: getattr(acknowledgement, name) for name in fate}
                kept[_key(known)] = replace(known, **became)

    def of(self, story: str) -> list[Acknowledgement]:
        kept = self._twin.kept.acknowledgements.values()
        found = [one for one in kept if one.story == story]
        return sorted(found, key=lambda one: (one.suspended, one.route))


def _key(one: Acknowledgement) -> tuple[object, ...]:
    return one.story, one.suspended, one.route
