"""Notices and the stories they mean, brought together in the transaction that understands them.

A notice is looked at when it comes and again whenever a story comes that goes by a name it
gives, so that it does not matter which is first (law 3). What a notice means is the verdict
room's to say (``notices.ask`` and ``resolve``); here names are looked up, and the notice is laid
on the piles of the stories it means.
"""

import logging
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from functools import partial
from itertools import chain
from itertools import islice

import msgspec

from copytaster.newsroom._intake import is_news
from copytaster.newsroom._joining import join
from copytaster.newsroom._pile import Key
from copytaster.newsroom._pile import Pile
from copytaster.newsroom._pile import with_fresh
from copytaster.newsroom.house import House
from copytaster.store import Called
from copytaster.store import Face
from copytaster.store import Seeking
from copytaster.store import Sought
from copytaster.store import Store
from copytaster.store import StoreError
from copytaster.story import Message
from copytaster.verdict import notices
from copytaster.verdict.notices import ASKING
from copytaster.verdict.notices import NO_AGENCY
from copytaster.verdict.notices import Candidate
from copytaster.verdict.notices import Name
from copytaster.verdict.notices import NameKind
from copytaster.verdict.notices import Notice
from copytaster.verdict.notices import NoticeKind
from copytaster.verdict.notices import Resolution
from copytaster.verdict.notices import Wanted

log = logging.getLogger("copytaster.linking")

_UNSURE = {
    NoticeKind.kill: "all are suspended; kill the one it means, release the others",
    NoticeKind.hold: "all are suspended; hold the one it means, release the others",
    NoticeKind.release: "what is held stays held; ask the agency to send it anew",
}
MOST = 100
"""stories of one name that are weighed, the last moved"""
MOST_IN_ALL = 500
"""stories that one notice may touch"""
MOST_WAITING = 1000
"""notices that one lot of copy may wake"""
_FIRST = datetime(1, 1, 3, tzinfo=UTC)
_LAST = datetime(9999, 12, 29, tzinfo=UTC)


class Overwhelmed(RuntimeError):
    """More notices wait for what came than one lot may wake; it is for a person to look at."""


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """That a person is to be called, once what it tells of is kept."""

    code: str
    text: str
    about: str


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """The piles with every notice laid where it belongs."""

    piles: Mapping[Key, Pile]
    calls: tuple[Call, ...] = ()
    failed: Mapping[Key, str] = {}
    """piles whose notice could not be linked, and why"""


class Linker:
    """Finds the stories of notices, and the notices of stories."""

    def __init__(self, house: House, store: Store) -> None:
        self._house = house
        self._store = store

    def link(self, arrived: Iterable[Pile], now: datetime) -> Linked:
        """Lay every notice among what arrived, and every one that waited for it, on the piles
        of the stories it means; piles of stories that did not arrive are added."""
        table = _Table(self._store, arrived, now)
        calls: list[Call] = []
        failed: dict[Key, str] = {}
        for pile, message, notice in self._arrived_notices(table):
            try:
                resolution = self._lay(table, pile, message, notice)
                calls += _calls(pile, notice, resolution, is_new=True)
                calls += _calls_of_much(pile, notice, resolution, is_cut=pile.key in table.cut)
            except StoreError:
                raise
            except Exception as error:
                # One notice that cannot be linked must not stall the wire: it is a dead letter,
                # and a person does what it asks for.
                log.exception("linking the notice %r failed", message.item.guid)
                table.forget(pile)
                failed[pile.key] = f"linking failed: {type(error).__name__}: {error}; retry it"
                calls.append(_not_linked(pile, message, notice))
        # One that waited and cannot be linked now keeps what it may mean from going live: what
        # raises here makes a dead letter of that, not of its neighbours.
        waiting = self._waiting(table)
        for pile, message, notice in self._waiting_notices(table, waiting):
            resolution = self._lay(table, pile, message, notice)
            calls += _calls(pile, notice, resolution, is_new=False)
            if notices.answers(resolution):
                self._free(table, pile.key, message, notice, resolution)
        join(self._store, table, waiting, partial(self._candidates, table))
        return Linked(piles=table.piles, calls=tuple(calls), failed=failed)

    def _arrived_notices(self, table: "_Table") -> list[tuple[Pile, Message, Notice]]:
        return [
            (pile, message, notice)
            for pile in list(table.piles.values())
            for message in pile.fresh
            if message.target is None and (notice := self._read(pile.key[0], message)) is not None
        ]

    def _waiting(self, table: "_Table") -> list[tuple[str, str]]:
        """(story, content) of what came before and looks for a name that has now come.

        Raises :class:`Overwhelmed` when there are more than can be laid in one transaction: one
        left out would let its story go live.
        """
        names = [name for pile in table.piles.values() for name in pile.names]
        found = self._store.seeking(names, MOST_WAITING + 1)
        if len(found) > MOST_WAITING:
            raise Overwhelmed(f"more than {MOST_WAITING} notices may mean what came")
        return found

    def _waiting_notices(
        self, table: "_Table", waiting: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[Pile, Message, Notice]]:
        """The notices among what waited."""
        for story, content in waiting:
            message = self._store.item_of(story, content)
            pile = table.of_story(story)
            if message is None or pile is None:
                continue
            notice = self._read(pile.key[0], message)
            if notice is not None:
                yield pile, message, notice

    def _read(self, agency: str, message: Message) -> Notice | None:
        profile = self._house.profile(agency)
        notice = notices.read(message.item, profile, message.arrival.received)
        return notice if notice is not None and notice.kind in ASKING else None

    def _lay(self, table: "_Table", pile: Pile, message: Message, notice: Notice) -> Resolution:
        """Lay one notice on the piles of the stories it means."""
        key = pile.key
        resolution, wanted, series = self._resolve(table, key, message, notice)
        table.keep_seeking(key, message, [*wanted, *series], is_more=bool(series))
        for finding in resolution.found:
            target = table.of_story(finding.story)
            if target is not None and target.key != key:  # of its own story its status says it
                table.lay(target, msgspec.structs.replace(message, target=finding.target))
        return resolution

    def _free(
        self, table: "_Table", key: Key, message: Message, notice: Notice, resolution: Resolution
    ) -> None:
        """Free what a notice suspected by its minute, before the story that it means came."""
        zone = self._house.profile(key[0]).zone
        minutes = notices.ask_minutes(notice, notice.pointers, zone)
        meant = {finding.story for finding in resolution.found}
        for other in table.named([_sought(one, key[0]) for one in minutes], key):
            if other.story.id not in meant and _is_suspected(other, message):
                free = notices.void(other.story.guid)
                table.lay(other, msgspec.structs.replace(message, target=free))

    def _resolve(
        self, table: "_Table", key: Key, message: Message, notice: Notice
    ) -> tuple[Resolution, Sequence[Wanted], Sequence[Wanted]]:
        """What the notice means, the names it gives, and those of its series."""
        zone = self._house.profile(key[0]).zone
        wanted = notices.ask(notice)
        candidates = self._candidates(table, key, wanted, message)
        resolution = notices.resolve(notice, candidates, zone)
        missing = (*resolution.missing, *resolution.missing_substitutes)
        if minutes := notices.ask_minutes(notice, missing, zone):
            wanted = (*wanted, *minutes)
            candidates = self._candidates(table, key, wanted, message)
            resolution = notices.resolve(notice, candidates, zone)
        if not any(pointer.series for pointer in notice.pointers) or not resolution.found:
            return resolution, wanted, ()
        meant = {finding.story for finding in resolution.found}
        more = notices.series([c for c in candidates if c.story in meant], notice)
        related = self._candidates(table, key, more, message)
        return notices.resolve(notice, candidates, zone, related), wanted, more

    def _candidates(
        self, table: "_Table", key: Key, wanted: Iterable[Wanted], besides: Message
    ) -> list[Candidate]:
        sought = [_sought(one, key[0]) for one in wanted]
        return [
            Candidate(story=pile.story.id, guid=pile.story.guid, versions=versions)
            for pile in table.named(sought, key)
            if (versions := self._versions(pile, besides))
        ]

    def _versions(self, pile: Pile, notice: Message) -> tuple[Message, ...]:
        """The versions of a story for readers; a notice never means another notice."""
        return tuple(
            message
            for message in pile.messages
            if message.target is None
            and message.item.content_hash != notice.item.content_hash
            and not notices.not_for_readers(message.item)
            and self._read(pile.key[0], message) is None
        )


def _is_suspected(pile: Pile, notice: Message) -> bool:
    """Whether a story is suspected of being meant by this notice, for its minute alone."""
    return any(
        message.target is not None
        and message.target.tentative
        and message.item.content_hash == notice.item.content_hash
        for message in pile.messages
    )


def _calls(pile: Pile, notice: Notice, resolution: Resolution, *, is_new: bool) -> Iterator[Call]:
    """Whom a person must look at: a notice is never guessed at, and never ignored."""
    who = _who(pile, notice)
    if not resolution.is_unique:
        stories = " ".join(f.story for f in resolution.found if f.target.suspected)
        yield Call(
            code="notice-not-unique",
            text=f"{who} may mean any of {stories}: {_UNSURE[notice.kind]}",
            about=pile.story.id,
        )
    if not is_new:
        return
    if not notice.pointers:
        yield Call(
            code="notice-names-nothing",
            text=f"{who} names no story that can be read: kill or hold by hand what it means",
            about=pile.story.id,
        )
    if resolution.missing:
        yield Call(
            code="notice-waits",
            text=f"{who} names {len(resolution.missing)} that nothing here answers to: it waits "
            "for them; if the story is here under another name, kill it by hand",
            about=pile.story.id,
        )


def _calls_of_much(
    pile: Pile, notice: Notice, resolution: Resolution, *, is_cut: bool
) -> Iterator[Call]:
    """What a notice names beyond what was looked at is not ignored either."""
    is_settled = resolution.is_unique and not resolution.missing
    if notice.is_whole and (is_settled or not is_cut):
        return
    yield Call(
        code="notice-too-wide",
        text=f"{_who(pile, notice)} names more than was looked at; {len(resolution.found)} stories "
        "were: read it, and kill or hold by hand what else it means",
        about=pile.story.id,
    )


def _not_linked(pile: Pile, message: Message, notice: Notice) -> Call:
    delivery = message.arrival.delivery or pile.story.guid
    return Call(
        code="notice-not-linked",
        text=f"a {notice.kind} notice of {pile.story.agency} (delivery {delivery}) could not be "
        "brought to the stories it means: kill or hold them by hand, then report it; `copytaster "
        "doctor` has the reason",
        about=delivery,
    )


def _who(pile: Pile, notice: Notice) -> str:
    return f"a {notice.kind} notice of {pile.story.agency} (`copytaster story {pile.story.id}`)"


class _Table:
    """The piles under way, and those fetched to them."""

    def __init__(self, store: Store, arrived: Iterable[Pile], now: datetime) -> None:
        self._store = store
        self._now = now
        self.piles: dict[Key, Pile] = {pile.key: called(pile) for pile in arrived}
        self._keys = {pile.story.id: pile.key for pile in self.piles.values()}
        self.cut: set[Key] = set()
        """notices that give a name which more stories have than were looked at"""

    def of_story(self, id: str) -> Pile | None:
        """The pile of a story, fetched where it is not yet on the table; None: there is none."""
        if id in self._keys:
            return self.piles.get(self._keys[id]) or self._fetched(id)
        return self._fetched(id)

    def _fetched(self, id: str) -> Pile | None:
        history = self._store.history_of(id)
        if history.story is None:
            return None
        pile = Pile(story=history.story, history=history, since=self._now)
        self._keys[id] = pile.key
        return self.piles.get(pile.key, pile)

    def _fetched_by(self, key: Key) -> Pile | None:
        history = self._store.history(*key)
        if history.story is None:
            return None
        return Pile(story=history.story, history=history, since=self._now)

    def forget(self, pile: Pile) -> None:
        """Leave a pile unkept, so that a retry finds its notice new and links it. What readers
        see is kept for what its notice says of itself."""
        if pile.story.face is Face.none:
            self.piles.pop(pile.key, None)

    def named(self, sought: Sequence[Sought], notice: Key) -> list[Pile]:
        """The stories that go by one of the names a notice gives, on the table or kept.

        Each name is looked up by itself: a slug that a thousand stories have must not crowd out
        the one whose id is given.
        """
        here = [
            pile.story.id
            for pile in self.piles.values()
            if pile.key[0] == notice[0] and _goes_by(pile, sought)
        ]
        kept = [self._store.named([one], MOST) for one in sought]
        ids = dict.fromkeys(chain(here, *kept))
        if len(ids) > MOST_IN_ALL or any(len(found) == MOST for found in kept):
            self.cut.add(notice)
        few = islice(ids, MOST_IN_ALL)
        return [pile for id in few if (pile := self.of_story(id)) is not None]

    def lay(self, pile: Pile, message: Message) -> None:
        """Lay a notice on a story's pile, unless it lies there already.

        Time to clean counts from the notice's arrival; for one that waited, from the story's.
        """
        known = self.piles.get(pile.key, pile)
        grown = msgspec.structs.replace(known.history, messages=known.messages)
        if not is_news(message, grown):
            return
        laid = with_fresh(known, message)
        received = message.arrival.received
        if pile.key not in self.piles and self._arrived(message):
            laid = msgspec.structs.replace(laid, since=received)
        self.piles[pile.key] = laid

    def _arrived(self, message: Message) -> bool:
        """Whether a notice came just now."""
        said = message.item.content_hash
        return any(
            said == fresh.item.content_hash
            for pile in self.piles.values()
            for fresh in pile.fresh
            if fresh.target is None
        )

    def keep_seeking(
        self, key: Key, message: Message, wanted: Iterable[Wanted], *, is_more: bool
    ) -> None:
        """Keep that a notice looks for these names, in case its story is still to come.

        Of a notice that came before, only what it looks for now and did not then.
        """
        pile = self.piles.get(key)
        if pile is None and is_more:
            pile = self._fetched_by(key)
        sought = tuple({one.name: one for one in (_sought(w, key[0]) for w in wanted)}.values())
        if pile is None or not sought or not (is_more or message in pile.fresh):
            return
        seeking = Seeking(content_hash=message.item.content_hash, sought=sought)
        self.piles[key] = msgspec.structs.replace(pile, seeking=(*pile.seeking, seeking))


def _goes_by(pile: Pile, sought: Sequence[Sought]) -> bool:
    names = {name.name: name for name in pile.names}
    return any(
        (name := names.get(one.name)) is not None
        and name.last >= one.since
        and name.first <= one.until
        for one in sought
    )


def _sought(wanted: Wanted, agency: str) -> Sought:
    return Sought(
        name=wanted.name.digest(agency),
        since=wanted.since or _FIRST,
        until=wanted.until or _LAST,
    )


def called(pile: Pile) -> Pile:
    """The pile with the names that its fresh versions go by."""
    names: dict[int, Called] = {}
    for message in pile.fresh:
        if message.target is None:
            for name in _called(message, pile.story.agency):
                names[name.name] = _stretched(names.get(name.name), name)
    return msgspec.structs.replace(pile, names=tuple(names.values()))


def _called(message: Message, agency: str) -> Iterator[Called]:
    moved = [_within(instant) for instant in notices.moved(message)]
    for name in notices.names_of(message):
        yield Called(name=_digest(name, agency), first=min(moved), last=max(moved))


def _digest(name: Name, agency: str) -> int:
    return name.digest(NO_AGENCY if name.kind is NameKind.words else agency)


def _stretched(known: Called | None, name: Called) -> Called:
    if known is None:
        return name
    return Called(
        name=name.name, first=min(known.first, name.first), last=max(known.last, name.last)
    )


def _within(instant: datetime) -> datetime:
    """The instant in UTC; one too near the ends of the calendar stands at its end."""
    return min(max(instant, _FIRST), _LAST).astimezone(UTC)
