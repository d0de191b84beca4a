"""The breaker at work on one desk: what it counted, what it stopped, kept over a restart.

What is kept is the counts of obituaries and old copy, which are rare, and every trip. The other
counts begin anew with the process: writing them for each item would cost what a sync costs.
"""

import logging
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from hashlib import sha256

import msgspec

from copytaster.item import PubStatus
from copytaster.newsroom import breaker
from copytaster.newsroom._obituaries import is_obituary
from copytaster.newsroom._ruling import Ruling
from copytaster.newsroom.breaker import Counts
from copytaster.newsroom.breaker import Sighting
from copytaster.newsroom.breaker import Trip
from copytaster.newsroom.house import House
from copytaster.store import Face
from copytaster.store import Store
from copytaster.story import Message
from copytaster.story import State

log = logging.getLogger("copytaster.breaker")

TRIPPED = "breaker-tripped"
"""the alert that calls a person"""
_SETTING = "breaker"
_ON_THE_WAY = (State.live, State.embargoed)
_NONE = Counts()
_AGAIN = timedelta(hours=1)


class Kept(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the store keeps of the breaker."""

    counts: Mapping[str, Counts] = {}
    tripped: Mapping[str, Trip] = {}


class Watch:
    """Counts what each source brings; belongs to the desk's thread."""

    def __init__(self, house: House, store: Store) -> None:
        self._house = house
        self._store = store
        kept = _read(store.setting(_SETTING))
        self._counts = dict(kept.counts)
        self._tripped = dict(kept.tripped)
        self._kept = kept
        self._named: dict[str, datetime] = {}
        """when a stopped source was last named"""

    @property
    def tripped(self) -> Mapping[str, Trip]:
        """Sources that the breaker has stopped, with the reason."""
        return dict(self._tripped)

    def see(self, rulings: Iterable[Ruling], now: datetime) -> list[Trip]:
        """Count what these rulings, not yet kept, would bring; the sources that must stop. One
        that was stopped and goes on sending is named again every hour."""
        found: dict[str, list[Sighting]] = {}
        for source, sighting in self._sightings(rulings):
            found.setdefault(source, []).append(sighting)
        trips = [
            trip
            for source, seen in found.items()
            if (trip := self._trip_of(source, seen, now)) is not None
        ]
        for trip in trips:
            self._tripped.setdefault(trip.source, trip)
            self._named[trip.source] = now
        self._keep()
        return trips

    def _trip_of(self, source: str, seen: list[Sighting], now: datetime) -> Trip | None:
        trip = self._tripped.get(source)
        if trip is None:
            return self._count(source, seen, now)
        return trip if now - self._named.get(source, trip.at) >= _AGAIN else None

    def _count(self, source: str, seen: list[Sighting], now: datetime) -> Trip | None:
        table = self._house.config.sources.get(source)
        limits = breaker.rules(self._house.config.breaker, table.breaker if table else None)
        counts = self._counts.get(source, _NONE)
        self._counts[source], trip = breaker.count(counts, limits, source, seen, now)
        return trip

    def reset(self, source: str) -> list[str]:
        """A person looked, and publishing goes on: count anew. ``*`` is every source. Returns
        the sources that had been stopped."""
        named = list(self._tripped) if source == "*" else [source]
        closed = [one for one in named if self._tripped.pop(one, None) is not None]
        for one in list(self._counts) if source == "*" else [source]:
            self._counts.pop(one, None)
        self._keep()
        return closed

    def forget(self, words: Sequence[str]) -> None:
        """Say none of these any more: what stopped a source is named by the newest headline."""
        for source, trip in self._tripped.items():
            if any(word[: breaker.LONGEST_EXAMPLE] in trip.text for word in words):
                text = f"the limit {trip.rule} was passed"
                self._tripped[source] = msgspec.structs.replace(trip, text=text)
        self._keep()

    def _keep(self) -> None:
        rare = {source: _rare(counts) for source, counts in self._counts.items()}
        counts = {source: counts for source, counts in rare.items() if counts != _NONE}
        kept = Kept(counts=counts, tripped=self._tripped)
        if kept != self._kept:
            words = msgspec.json.encode(kept).decode()
            self._store.keep_setting(_SETTING, words if kept != Kept() else None)
            self._kept = msgspec.structs.replace(kept, tripped=dict(self._tripped))

    # --- what is seen ----------------------------------------------------------------------

    def _sightings(self, rulings: Iterable[Ruling]) -> Iterator[tuple[str, Sighting]]:
        for ruling in rulings:
            if not ruling.change.story.drill:
                for message in ruling.change.messages:
                    yield message.arrival.source, self._sighting(ruling, message)

    def _sighting(self, ruling: Ruling, message: Message) -> Sighting:
        item, story, read = message.item, ruling.change.story, ruling.read
        meant = ruling.verdict.current
        current = meant is not None and meant.content_hash == item.content_hash
        language = item.language or self._house.profile(story.agency).language
        dated = item.version_created or item.first_created
        return Sighting(
            item=_digest(item.guid, item.content_hash),
            story=_digest(story.agency, story.guid),
            headline=item.headline,
            public=current and ruling.verdict.state in _ON_THE_WAY,
            obituary=is_obituary(item.headline, language),
            change=read is not None
            and read.face is Face.live
            and ruling.change.edition is not None,
            kill=_is_kill(ruling, message),
            dated=dated.instant if dated is not None else None,
        )


def _digest(*names: str) -> str:
    """Short, whatever length an agency gives to its ids."""
    return sha256("\0".join(names).encode(errors="surrogatepass")).hexdigest()[:24]


def _is_kill(ruling: Ruling, message: Message) -> bool:
    """Whether the message takes a story back for good: one that is killed by it, or that says
    so of itself."""
    if message.item.pub_status is PubStatus.canceled:
        return True
    was = ruling.read.state if ruling.read is not None else None
    return ruling.verdict.state is State.killed and was is not State.killed


def _rare(counts: Counts) -> Counts:
    return Counts(obituaries=counts.obituaries, old=counts.old)


def _read(setting: str | None) -> Kept:
    if setting is None:
        return Kept()
    try:
        return msgspec.json.decode(setting, type=Kept)
    except msgspec.DecodeError:
        # The pause itself is kept apart: a source that was stopped stays so.
        log.exception("what the breaker counted cannot be read; it begins anew")
        return Kept()
