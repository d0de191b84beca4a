"""The audit trail: who did what, about what, why, and whence."""

from collections.abc import Callable
from datetime import datetime

from copytaster.copydesk import Seat
from copytaster.newsroom.people import _names
from copytaster.store import Deed
from copytaster.store import PeopleStore

_WHY = 500
_ABOUT = 200


class Trail:
    """Safe from any thread."""

    def __init__(self, store: PeopleStore, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def line(self, seat: Seat, what: str, about: str = "", why: str = "") -> Deed:
        """A line for what happens now."""
        return Deed(
            at=self._clock(),
            by=seat.person,
            token=seat.token,
            what=what,
            about=_cut(about, _ABOUT),
            why=_cut(why, _WHY),
            address=seat.address,
        )

    def note(self, seat: Seat, what: str, about: str = "", why: str = "") -> None:
        """Keep that ``seat`` did ``what`` (a word such as ``kill``) about ``about`` (the id of a
        story, a recall, a source), and ``why`` in their own words, never with words of copy."""
        self._store.note(self.line(seat, what, about, why))

    def deeds(
        self,
        *,
        before: int | None = None,
        by: str | None = None,
        about: str | None = None,
        limit: int = 100,
    ) -> list[Deed]:
        """The newest first, from before this sequence on, of a person, about a thing."""
        return self._store.deeds(before=before, by=by, about=about, limit=limit)


def _cut(words: str, longest: int) -> str:
    clean = _names.clean(words)
    return clean if len(clean) <= longest else clean[: longest - 1] + "…"
