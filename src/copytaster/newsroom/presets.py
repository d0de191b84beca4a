"""Searches that editors keep under a name, for themselves or for all."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from copytaster import query
from copytaster.copydesk import Role
from copytaster.copydesk import Saved
from copytaster.copydesk import Seat
from copytaster.newsroom.people import People
from copytaster.query import QueryError
from copytaster.store import Preset
from copytaster.store import Store

LONGEST_NAME = 60
_MOST = 100
"""searches of one person"""


class Presets:
    """Keeps them; safe from any thread."""

    def __init__(self, store: Store, people: People, zone: Callable[[], str | None]) -> None:
        self._store = store
        self._people = people
        self._zone = zone

    def of(self, seat: Seat) -> tuple[Saved, ...]:
        """Theirs, then what others share."""
        return tuple(
            Saved(
                number=one.number,
                name=one.name,
                asked=one.asked,
                by=None if one.person == seat.person else one.person,
                shared=one.shared,
                may_drop=_may_drop(seat, one),
            )
            for one in self._store.presets.of(seat.person)
        )

    def keep(self, seat: Seat, name: str, asked: str, *, shared: bool) -> None:
        """In place of the one that has this name. Raises ValueError with what is wrong."""
        named = " ".join(name.split())
        if not named:
            raise ValueError("Give the search a name.")
        if len(named) > LONGEST_NAME:
            raise ValueError(f"A name has {LONGEST_NAME} characters at most.")
        try:
            query.read(asked, ZoneInfo(self._zone() or "UTC"))
        except QueryError as error:
            raise ValueError(f"This is no query: {error.what}") from error
        own = [one for one in self._store.presets.of(seat.person) if one.person == seat.person]
        if len(own) >= _MOST and named not in {one.name for one in own}:
            raise ValueError(f"You keep {_MOST} searches; drop one first.")
        said = asked.strip()
        self._store.presets.keep(Preset(person=seat.person, name=named, asked=said, shared=shared))
        self._people.note(seat, "keep a search", named)

    def drop(self, seat: Seat, number: int) -> None:
        """One's own; a chief also what others share. Raises ValueError."""
        preset = self._store.presets.find(number)
        if preset is None:
            return
        if not _may_drop(seat, preset):
            raise ValueError(f"This search is {preset.person}'s; only they or a chief drop it.")
        self._store.presets.drop(number)
        self._people.note(seat, "drop a search", preset.name)


def _may_drop(seat: Seat, preset: Preset) -> bool:
    return preset.person == seat.person or (preset.shared and seat.role.may(Role.chief))
