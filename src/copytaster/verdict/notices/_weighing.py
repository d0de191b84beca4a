"""How well a story fits what a notice names: the weights, and the scales of one notice.

The weights order the ways of naming as the trade trusts them: id, then service number, then
headline and the time it moved, then slug (design §4). What follows from them is ``_resolve``'s.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from datetime import tzinfo
from zoneinfo import ZoneInfo

import msgspec

from copytaster.story import Message
from copytaster.verdict.notices import _names
from copytaster.verdict.notices._names import Name
from copytaster.verdict.notices._names import NameKind
from copytaster.verdict.notices._types import Moved
from copytaster.verdict.notices._types import Notice
from copytaster.verdict.notices._types import Pointer

ID, NUMBER, HEADLINE, SAME_MINUTE, SLUG = 100, 60, 60, 40, 40
"""what each way of naming weighs when it fits"""
OLD_NUMBER = 40
"""the number, but of another day: agencies count anew each day, and today's may still come; where
it is here, it is clearly the one"""
NEAR_MINUTE = 15
LIKE_HEADLINE = 40
ANOTHER_MINUTE = -60
"""the notice says when its story moved, and this one did not move then"""
LEAST = 40
"""below this a story is not meant"""
CLEAR = 20
"""by so much the best must outweigh the next to be the one"""
SURE = 60
"""below this a story may be meant, and is never surely meant, however alone it stands: a headline
that is nearly the same, a slug"""

TOLERANCE = 1
NEAR = 5
"""minutes: between the clock of a desk that writes a notice and that of its wire"""
_LIKE = 0.8
THE_MINUTE = "the minute it moved"
NOT_WRAPPED = (timedelta(hours=36), timedelta(hours=6))
"""before and after a notice: so long a service number means the same story"""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A story that has one of the names asked for."""

    story: str
    guid: str
    versions: tuple[Message, ...]
    """the story's own versions, without the notices about it"""
    names: tuple[frozenset[Name], ...] = ()
    """of each version; found out here, once"""

    def __post_init__(self) -> None:
        names = tuple(frozenset(_names.calls_of(version)) for version in self.versions)
        msgspec.structs.force_setattr(self, "names", names)


class Weighed(msgspec.Struct, frozen=True, kw_only=True):
    """How well a story fits a pointer, and by what."""

    score: int
    candidate: Candidate
    evidence: str
    is_sure: bool
    """no story that is still to come could fit clearly better: so that a kill laid today would
    be laid whatever else had come before it (law 3)"""


class Scales:
    """The stories that one notice may mean, on scales."""

    def __init__(self, notice: Notice, candidates: Sequence[Candidate], zone: str | None) -> None:
        self._said = notice.said
        self._zone = zone
        self._candidates = candidates

    def weighed(self, pointer: Pointer) -> list[Weighed]:
        """Every story that may be meant by a pointer, the likeliest first."""
        found = [self.weigh(pointer, candidate) for candidate in self._candidates]
        likely = [one for one in found if one.score >= LEAST]
        return sorted(likely, key=lambda one: (-one.score, one.candidate.story))

    def weigh(self, pointer: Pointer, candidate: Candidate) -> Weighed:
        """How well a story fits a pointer, and by what; its best version counts."""
        moved = instants_of(pointer.moved, self._said, self._zone) if pointer.moved else ()
        versions = zip(candidate.versions, candidate.names, strict=True)
        weights = (self._weigh_version(pointer, *version, moved) for version in versions)
        score, evidence, by_id = max(weights, default=(0, "", False))
        return Weighed(
            score=score,
            candidate=candidate,
            evidence=evidence,
            is_sure=score >= SURE and (by_id or _most(pointer, len(moved)) - score < CLEAR),
        )

    def _weigh_version(
        self, pointer: Pointer, version: Message, names: frozenset[Name], moved: Sequence[datetime]
    ) -> tuple[int, str, bool]:
        """``moved`` are the instants that the pointer's time may mean; none where it has none."""
        by_id = _by_id(pointer, names)
        weights = [
            by_id,
            self._by_number(pointer, version, names, moved),
            _by_headline(pointer, names),
            _by_key(NameKind.slug, keys_of_slug(pointer), names, SLUG),
            _by_time(moved, version),
        ]
        told = [what for weight, what in weights if weight > 0]
        return sum(weight for weight, _ in weights), ", ".join(told), by_id[0] == ID

    def _by_number(
        self, pointer: Pointer, version: Message, names: frozenset[Name], moved: Sequence[datetime]
    ) -> tuple[int, str]:
        """A number is sure on the day that the notice names, else on the notice's own. That of
        another day counts less, while it cannot have wrapped, and not where a day is named."""
        weight, what = _by_key(NameKind.number, keys_of_number(pointer), names, NUMBER)
        if not weight:
            return 0, ""
        named = day_of(pointer)
        days = {named} if named else {self._day(at) for at in moved or (self._said,)}
        if any(self._day(at) in days for at in _names.moved(version)):
            return weight, what
        before, after = NOT_WRAPPED
        is_late = any(-after <= self._said - at <= before for at in _names.moved(version))
        return (OLD_NUMBER, f"{what}, of another day") if is_late and not named else (0, "")

    def _day(self, instant: datetime) -> date:
        """The agency's day; in UTC where nobody says its zone."""
        try:
            return instant.astimezone(ZoneInfo(self._zone) if self._zone else UTC).date()
        except OverflowError:
            return instant.date()


def _most(pointer: Pointer, instants: int) -> int:
    """What a story would weigh that fits everything a pointer gives."""
    return (
        ID * (pointer.id is not None)
        + NUMBER * (pointer.number is not None)
        + HEADLINE * bool(_names.fold(pointer.headline or ""))
        + SLUG * bool(keys_of_slug(pointer))
        + (SAME_MINUTE if instants == 1 else NEAR_MINUTE) * (instants > 0)
    )


# --- each way of naming -------------------------------------------------------------------------


def _by_key(
    kind: NameKind, keys: Iterable[str], names: frozenset[Name], weight: int
) -> tuple[int, str]:
    fits = any(Name(kind, key) in names for key in keys)
    return (weight, kind.value) if fits else (0, "")


def _by_id(pointer: Pointer, names: frozenset[Name]) -> tuple[int, str]:
    """The id as it is written clearly outweighs one that only shares a part with it."""
    keys = keys_of_id(pointer)
    written = _by_key(NameKind.id, keys[:1], names, ID)
    return written if written[0] else _by_key(NameKind.id, keys[1:], names, ID - CLEAR)


def _by_headline(pointer: Pointer, names: frozenset[Name]) -> tuple[int, str]:
    wanted = _names.fold(pointer.headline or "")
    if not wanted:
        return 0, ""
    if Name(NameKind.headline, wanted) in names:
        return HEADLINE, "headline"
    if any(_is_like(wanted, name.key) for name in names if name.kind is NameKind.headline):
        return LIKE_HEADLINE, "headline, nearly"
    return 0, ""


def _is_like(wanted: str, key: str) -> bool:
    """One opens with the other, or nearly all their words are the same."""
    if len(wanted) >= 20 and (key.startswith(wanted) or wanted.startswith(key)) and len(key) >= 20:
        return True
    one, other = set(wanted.split()), set(key.split())
    return len(one) >= 4 and len(one & other) >= _LIKE * len(one | other)


def _by_time(wanted: Sequence[datetime], version: Message) -> tuple[int, str]:
    if not wanted:
        return 0, ""
    apart = min(_minutes_apart(at, moved) for at in wanted for moved in _names.moved(version))
    if apart > NEAR:
        return ANOTHER_MINUTE, ""
    is_sure = len(wanted) == 1 and apart <= TOLERANCE
    return (SAME_MINUTE, THE_MINUTE) if is_sure else (NEAR_MINUTE, "about when it moved")


def _minutes_apart(wanted: datetime, moved: datetime) -> float:
    """A time of day has no seconds: its whole minute is meant."""
    late = (moved - wanted).total_seconds()
    return 0 if 0 <= late < 60 else abs(late - 59 if late > 0 else late) / 60


# --- what a pointer gives -----------------------------------------------------------------------


def day_of(pointer: Pointer) -> date | None:
    """The day that the words give."""
    return pointer.day or (pointer.moved.on if pointer.moved else None)


def keys_of_id(pointer: Pointer) -> list[str]:
    return _names.id_keys(pointer.id) if pointer.id else []


def keys_of_number(pointer: Pointer) -> list[str]:
    return _names.number_keys(pointer.number)[:1] if pointer.number else []


def keys_of_slug(pointer: Pointer) -> list[str]:
    return _names.slug_keys(pointer.slug) if pointer.slug else []


def instants_of(moved: Moved, said: datetime, zone: str | None) -> tuple[datetime, ...]:
    """The instants a time of day may mean: the last such time before the notice was made.

    Where nobody says in which zone, every whole hour and half hour of the world may be meant.
    """
    named = moved.zone or zone
    if named is not None:
        return (_last(moved, said, ZoneInfo(named)),)
    zones = (timezone(timedelta(minutes=30 * half)) for half in range(-12 * 2, 14 * 2 + 1))
    return tuple(dict.fromkeys(_last(moved, said, offset) for offset in zones))


def _last(moved: Moved, said: datetime, zone: tzinfo) -> datetime:
    local = said.astimezone(zone)
    on = moved.on or local.date()
    instant = datetime.combine(on, moved.at, tzinfo=zone)
    if moved.on is None and instant > local + timedelta(minutes=NEAR):
        instant -= timedelta(days=1)
    return instant.astimezone(UTC)
