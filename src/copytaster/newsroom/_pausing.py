"""The pause of publishing: of one source or of all, by a person or by the breaker; kept over a
restart. Receiving, holds and kills go on."""

from collections.abc import Iterable

from copytaster.newsroom._ruler import Ruler
from copytaster.newsroom._ruler import Unresolved
from copytaster.newsroom._ruling import PAUSED
from copytaster.newsroom._ruling import UNTIL_RESUMED
from copytaster.newsroom.house import House
from copytaster.store import Store

ALL = "*"
_SETTING = "paused"
_EVERY = 1_000_000


class Pausing:
    """Which sources are paused; belongs to the desk's thread."""

    def __init__(self, house: House, store: Store, ruler: Ruler) -> None:
        self._house = house
        self._store = store
        self._ruler = ruler

    def pause(self, source: str) -> None:
        """Raises :class:`Unresolved` for a source the house does not have: a slip of the finger
        must not leave it publishing."""
        if source != ALL and source not in self._house.sources:
            known = ", ".join(sorted(self._house.sources))
            raise Unresolved(f"no source {source!r} to pause; known: {known}")
        self.stop(source)

    def stop(self, source: str) -> None:
        """Pause what brought something, whatever it is called."""
        self._set(self._ruler.paused | {source})

    def parked(self, source: str) -> list[str]:
        """The stories that wait for a pause to end. Raises :class:`Unresolved` for a source that is
        not paused."""
        if source != ALL and source not in self._ruler.paused:
            paused = ", ".join(sorted(self._ruler.paused)) or "none"
            raise Unresolved(f"source {source!r} is not paused; paused: {paused}")
        return [id for id in self._store.due(UNTIL_RESUMED, _EVERY) if self._is_parked(id)]

    def end(self, source: str) -> None:
        """Its pause, or all of them."""
        self._set(frozenset() if source == ALL else self._ruler.paused - {source})

    def _is_parked(self, id: str) -> bool:
        story = self._store.story(id)
        return story is not None and any(reason.code == PAUSED for reason in story.reasons)

    def _set(self, sources: frozenset[str]) -> None:
        self._store.keep_setting(_SETTING, " ".join(sorted(sources)) or None)
        self._ruler.paused = sources


def kept(store: Store, tripped: Iterable[str]) -> frozenset[str]:
    """What was paused when the desk ended, and what its breaker has stopped."""
    return frozenset([*(store.setting(_SETTING) or "").split(), *tripped])
