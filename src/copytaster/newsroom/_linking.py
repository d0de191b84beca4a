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
from datetime import datetime
from functools import partial

import msgspec

from copytaster.item import PubStatus
from copytaster.item import Target
from copytaster.newsroom import _notice_calls as notice_calls
from copytaster.newsroom._joining import join
from copytaster.newsroom._pile import Key
from copytaster.newsroom._pile import Pile
from copytaster.newsroom._table import Table
from copytaster.newsroom.house import House
from copytaster.store import Call
from copytaster.store import Store
from copytaster.store import StoreError
from copytaster.story import Message
from copytaster.verdict import notices
from copytaster.verdict.notices import ASKING
from copytaster.verdict.notices import Candidate
from copytaster.verdict.notices import Notice
from copytaster.verdict.notices import Resolution
from copytaster.verdict.notices import Wanted

log = logging.getLogger("copytaster.linking")

MOST_WAITING = 1000
"""notices that one lot of copy may wake"""


class Overwhelmed(RuntimeError):
    """More notices wait for what came than one lot may wake; it is for a person to look at."""


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
        table = Table(self._store, arrived, now)
        calls: list[Call] = []
        failed: dict[Key, str] = {}
        for pile, message, notice in self._arrived_notices(table):
            try:
                resolution = self._lay(table, pile, message, notice)
                calls += notice_calls.calls(pile, notice, resolution, is_new=True)
                calls += notice_calls.calls_of_much(
                    pile, notice, resolution, is_cut=pile.key in table.cut
                )
            except StoreError:
                raise
            except Exception as error:
                # One notice that cannot be linked must not stall the wire: it is a dead letter,
                # and a person does what it asks for.
                log.exception("linking the notice %r failed", message.item.guid)
                table.forget(pile)
                failed[pile.key] = f"linking failed: {type(error).__name__}: {error}; retry it"
                calls.append(notice_calls.not_linked(pile, message, notice))
        # One that waited and cannot be linked now keeps what it may mean from going live: what
        # raises here makes a dead letter of that, not of its neighbours.
        waiting = self._waiting(table)
        for pile, message, notice in self._waiting_notices(table, waiting):
            resolution = self._lay(table, pile, message, notice)
            calls += notice_calls.calls(pile, notice, resolution, is_new=False)
            self._free(table, pile.key, message, notice, resolution)
        join(self._store, table, waiting, partial(self._going_by, table))
        return Linked(piles=table.piles, calls=tuple(calls), failed=failed)

    def _arrived_notices(self, table: Table) -> list[tuple[Pile, Message, Notice]]:
        return [
            (pile, message, notice)
            for pile in list(table.piles.values())
            for message in pile.fresh
            if message.target is None and (notice := self._read(pile.key[0], message)) is not None
        ]

    def _waiting(self, table: Table) -> list[tuple[str, str]]:
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
        self, table: Table, waiting: Iterable[tuple[str, str]]
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

    def _lay(self, table: Table, pile: Pile, message: Message, notice: Notice) -> Resolution:
        """Lay one notice on the piles of the stories it means."""
        key = pile.key
        resolution, wanted, series = self._resolve(table, key, message, notice)
        table.keep_seeking(key, message, [*wanted, *series], is_more=bool(series))
        for finding in resolution.found:
            target = table.of_story(finding.story)
            if target is not None and target.key != key:  # of its own story its status says it
                laid = _in_turn(finding.target, target, message)
                table.lay(target, msgspec.structs.replace(message, target=laid))
        return resolution

    def _free(
        self, table: Table, key: Key, message: Message, notice: Notice, resolution: Resolution
    ) -> None:
        """Free what a notice suspected before the story came that it is known to mean."""
        zone = self._house.profile(key[0]).zone
        meant = {finding.story for finding in resolution.found}
        minutes = notices.ask_minutes(notice, notice.pointers, zone)
        heard = table.heard((*notices.ask(notice, zone), *minutes), key)
        freed = self._freed(table, (id for id in heard if id not in meant), message)
        if any(pointer.series for pointer in notice.pointers):
            candidates = [self._candidate(pile, message) for pile in freed]
            more = table.heard(notices.series(candidates, notice), key)
            self._freed(table, (id for id in more if id not in meant), message)

    def _freed(self, table: Table, ids: Iterable[str], notice: Message) -> list[Pile]:
        """Those of these stories that this notice suspected, each with that taken back."""
        freed: list[Pile] = []
        for pile in table.down(ids):
            turn, stands = notices.suspicion_of(notice, pile.messages)
            if stands:
                void = notices.void(pile.story.guid, turn)
                table.lay(pile, msgspec.structs.replace(notice, target=void))
                freed.append(pile)
        return freed

    def _resolve(
        self, table: Table, key: Key, message: Message, notice: Notice
    ) -> tuple[Resolution, Sequence[Wanted], Sequence[Wanted]]:
        """What the notice means, the names it gives, and those of its series."""
        zone = self._house.profile(key[0]).zone
        wanted = notices.ask(notice, zone)
        candidates = self._candidates(table, key, wanted, message, notice)
        resolution = notices.resolve(notice, candidates, zone)
        missing = (*resolution.missing, *resolution.missing_substitutes)
        if minutes := notices.ask_minutes(notice, missing, zone):
            wanted = (*wanted, *minutes)
            candidates = self._candidates(table, key, wanted, message, notice)
            resolution = notices.resolve(notice, candidates, zone)
        if not any(pointer.series for pointer in notice.pointers) or not resolution.found:
            return resolution, wanted, ()
        meant = {finding.story for finding in resolution.found}
        more = notices.series([c for c in candidates if c.story in meant], notice)
        related = self._read_all(table, table.heard(more, key), message)
        return notices.resolve(notice, candidates, zone, related), wanted, more

    def _candidates(
        self, table: Table, key: Key, wanted: Iterable[Wanted], message: Message, notice: Notice
    ) -> list[Candidate]:
        """The stories that may be meant, read whole; those that cannot be are left unread."""
        zone = self._house.profile(key[0]).zone
        unread = table.heard(wanted, key)
        read: list[Candidate] = []
        while likeliest := notices.likeliest(notice, unread, read, zone):
            read += self._read_all(table, likeliest, message)
            for story in likeliest:
                del unread[story]
        return read

    def _going_by(
        self, table: Table, key: Key, wanted: Iterable[Wanted], besides: Message
    ) -> list[Candidate]:
        """All stories that go by one of these names."""
        return self._read_all(table, table.heard(wanted, key), besides)

    def _read_all(self, table: Table, ids: Iterable[str], notice: Message) -> list[Candidate]:
        piles = (table.of_story(id) for id in ids)
        found = (self._candidate(pile, notice) for pile in piles if pile is not None)
        return [candidate for candidate in found if candidate.versions]

    def _candidate(self, pile: Pile, notice: Message) -> Candidate:
        """A story with its versions for readers; a notice never means another notice."""
        versions = tuple(
            message
            for message in pile.messages
            if message.target is None
            and message.item.content_hash != notice.item.content_hash
            and not notices.not_for_readers(message.item)
            and self._read(pile.key[0], message) is None
        )
        return Candidate(story=pile.story.id, guid=pile.story.guid, versions=versions)


def _in_turn(target: Target, pile: Pile, notice: Message) -> Target:
    """A suspicion counted on from the last one that was taken back."""
    turn, stands = notices.suspicion_of(notice, pile.messages)
    if not target.suspected or target.new_status is PubStatus.usable:
        return target
    return msgspec.structs.replace(target, turn=turn if stands else turn + 1)
