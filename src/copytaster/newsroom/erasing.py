"""Erasing a story: taken back from the public first, then destroyed, then shown to be gone.

A kill keeps everything, for whoever must answer for it later. An erasure keeps that there was a
story and what was done with it, and nothing of what it said: not in the store, its free pages and
its log, not in files, not in what a person was called for (handbook: ledger §6). What is out of
reach is said, so that a person can see to it.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

import msgspec

from copytaster.newsroom import _spelling
from copytaster.newsroom._copies import same_words
from copytaster.newsroom._facts import withdrawn
from copytaster.newsroom._intake import open_delivery
from copytaster.newsroom._packs import packs_of
from copytaster.newsroom._pile import Pile
from copytaster.newsroom._ruler import Unresolved
from copytaster.newsroom._table import called
from copytaster.newsroom.alerts import Alerts
from copytaster.newsroom.desk import Desk
from copytaster.store import Called
from copytaster.store import Destroyed
from copytaster.store import Dismissal
from copytaster.store import Edition
from copytaster.store import Erasure
from copytaster.store import Event
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import FateState
from copytaster.store import History
from copytaster.store import PressWork
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.store import WorkKind
from copytaster.store import is_erased
from copytaster.story import Cause
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import State

_TELLING = 6
"""characters that tell what a story said from what any text may say"""


class Why(StrEnum):
    """Why a story is erased: a word of its public history."""

    request = "request"
    """somebody with a right to it asked"""
    court = "court"
    """its notice is a 451"""
    retention = "retention"
    """the time for which it may be kept is over"""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be erased, why, and who says so."""

    story: str
    reason: Why
    by: str
    editions: tuple[int, ...] = ()
    """none: the whole story"""


class Done(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What an erasure came to."""

    story: str
    address: str
    reason: Why
    editions: tuple[int, ...] | None
    """None: the whole story"""
    before: datetime | None = None
    """when it was erased already; nothing was left to destroy"""
    messages: int = 0
    deliveries: int = 0
    siblings: tuple[str, ...] = ()
    """other stories whose bytes were destroyed with it; they keep their text"""
    pictures: int = 0
    packs: tuple[str, ...] = ()
    """evidence packs in the data folder"""
    notices_kept: int = 0
    same_words: tuple[str, ...] = ()
    """other stories that say the same: nobody asked to erase those"""
    backups_until: datetime | None = None
    beyond: tuple[str, ...] = ()
    """what could not be reached, each in a sentence"""


def take_down(desk: Desk, order: Order) -> Story:
    """Take back from the public what is to be erased, where it is not taken back already.

    Raises :class:`Unresolved` when there is no such story or edition, or when readers see that
    edition as the newest.
    """
    history = _history(desk, order)
    story = history.story
    assert story is not None
    if order.editions:
        refuse_unfit(desk, story, order)
        return _withdraw_editions(desk, story, order)
    if not any(d.kind is DecisionKind.erase for d in history.decisions):
        return desk.decide(story.id, DecisionKind.erase, reason=order.reason.value, by=order.by)
    return story


def _history(desk: Desk, order: Order) -> History:
    history = desk.store.history_of(order.story)
    if history.story is None:
        raise Unresolved(f"no story {order.story}; give the 16 characters of its address /s/<id>")
    return history


def refuse_unfit(desk: Desk, story: Story, order: Order) -> None:
    """Raise :class:`Unresolved` for editions that cannot be erased by themselves."""
    editions = desk.store.editions(story.id)
    unknown = sorted(set(order.editions) - {edition.number for edition in editions})
    if unknown:
        raise Unresolved(f"story {story.id} has no edition {unknown[0]}: {_numbers(editions)}")
    if story.edition in order.editions and story.state is not State.killed:
        raise Unresolved(
            f"edition {story.edition} of story {story.id} is its newest: erase the whole story, "
            "or have its agency correct it first"
        )
    kept = _contents(edition for edition in editions if edition.number not in order.editions)
    for edition in editions:
        if edition.number in order.editions and kept.intersection(_contents([edition])):
            raise Unresolved(
                f"edition {edition.number} of story {story.id} was made from words that another "
                "edition has too: name that as well, or erase the whole story"
            )


def _numbers(editions: Sequence[Edition]) -> str:
    return f"it has 1 to {editions[-1].number}" if editions else "none of it was ever public"


def _contents(editions: Iterable[Edition]) -> frozenset[str]:
    return frozenset(one for edition in editions for one in (edition.content_hash, *edition.parts))


def _withdraw_editions(desk: Desk, story: Story, order: Order) -> Story:
    """As by a notice that declares a later version good; of a killed story nothing is seen."""
    known = withdrawn(desk.store.events(story=story.id))
    wanted = [number for number in order.editions if number not in known]
    if not wanted or story.face is Face.gone or story.face is Face.legal:
        return story
    now = desk.clock()
    desk.keep_change(
        StoryChange(
            story=msgspec.structs.replace(story, face_changed=now),
            events=tuple(
                Event(
                    story=story.id,
                    kind=EventKind.withdrawn,
                    at=now,
                    edition=number,
                    reason=_cause(order.reason).value,
                )
                for number in wanted
            ),
            work=PressWork(story=story.id, kind=WorkKind.withdraw, since=now),
        )
    )
    return desk.store.story(story.id) or story


def _cause(reason: Why) -> Cause:
    return Cause.legal if reason is Why.court else Cause.desk


# --- destroying ----------------------------------------------------------------------------------


def look(desk: Desk, order: Order, looked: Callable[[int, int], None]) -> list[str]:
    """The deliveries in which it is found only by reading them again; changes nothing, and may
    take long. ``looked`` is told at how many of how many."""
    return _found(desk, order).looked_through(looked)


def _found(desk: Desk, order: Order) -> "_Found":
    history = _history(desk, order)
    assert history.story is not None
    return _Found(desk, history, history.story, order)


def destroy(desk: Desk, data: Path, order: Order, looked_through: Sequence[str]) -> Done:
    """Destroy what was taken down, but for what :func:`sweep` does. ``looked_through`` is what
    :func:`look` found.

    The store is last, because it tells what else is to be destroyed: cut off anywhere, it is all
    done by the same order given again.
    """
    found = _found(desk, order)
    story = found.story
    carriers = found.carriers(looked_through)
    before = _erased_at(desk, story, order)
    if before is not None and not carriers:
        _end_what_was_cut_off(desk, order)
        return _done(desk, data, order, found, before=before)
    same = same_words(desk.store, found.history) if not order.editions else ()
    words = found.words()
    letters = [id for id in carriers if _is_dead(desk, id)]
    now = desk.clock()
    if letters:
        desk.dismiss(letters, Dismissal(at=now, by=order.by, why="erased"))
    packs = packs_of(data, story.id)
    for pack in packs:
        pack.unlink(missing_ok=True)
    if isinstance(desk.alert, Alerts):
        desk.alert.erase([story.id, *carriers, *words])
    desk.forget_words(words)
    if not order.editions:
        desk.pressroom.erase(story.id)
    destroyed = _destroy_kept(desk, found, carriers, now, before)
    if order.editions:
        desk.pressroom.remake(story.id)
    for name in destroyed.pictures:
        desk.pressroom.folder.pictures.destroy(name)
    done = _done(desk, data, order, found)
    return msgspec.structs.replace(
        done,
        messages=destroyed.messages,
        deliveries=destroyed.deliveries,
        siblings=destroyed.siblings,
        pictures=len(destroyed.pictures),
        packs=tuple(str(pack) for pack in packs),
        notices_kept=destroyed.notices_kept,
        same_words=same,
    )


def _end_what_was_cut_off(desk: Desk, order: Order) -> None:
    """Files that went after the store did, where nobody knows whether they went."""
    if not desk.store.erasures.is_owed:
        return
    if order.editions:
        desk.pressroom.remake(order.story)
    pictures = desk.pressroom.folder.pictures
    for name in pictures.names():
        if desk.store.pictures.get(name) is None:
            pictures.destroy(name)


def sweep(desk: Desk) -> None:
    """Let the store's files hold nothing of what was destroyed. Writers wait meanwhile."""
    if desk.store.erasures.is_owed:
        desk.store.erasures.sweep()


class _Found:
    """What of the store is meant by an order."""

    def __init__(self, desk: Desk, history: History, story: Story, order: Order) -> None:
        self._desk = desk
        self.history = history
        self.story = story
        self.order = order
        meant = [e for e in desk.store.editions(story.id) if e.number in order.editions]
        self.contents = _contents(meant) if order.editions else None

    @property
    def messages(self) -> list[Message]:
        """The messages that are meant."""
        wanted = self.contents
        return [
            message
            for message in self.history.messages
            if wanted is None or message.item.content_hash in wanted
        ]

    def carriers(self, looked_through: Sequence[str]) -> list[str]:
        """The deliveries that carried it: of a whole story all that are known to have brought
        it, however many came since they were looked through."""
        known = () if self.order.editions else self._desk.store.erasures.carriers(self.story.id)
        return list(dict.fromkeys([*known, *looked_through]))

    def looked_through(self, looked: Callable[[int, int], None]) -> list[str]:
        """Of the deliveries that brought the story those with the versions that are meant; and
        of those not all of which could be read, those with its guid or headline in the bytes."""
        store = self._desk.store
        brought = store.erasures.carriers(self.story.id) if self.order.editions else []
        others = [id for id in store.erasures.not_all_read(self.story.agency) if id not in brought]
        names = _spelling.spellings(self._names())
        found = []
        for number, id in enumerate([*brought, *others], start=1):
            looked(number, len(brought) + len(others))
            if self._brought(id) if number <= len(brought) else self._says(id, names):
                found.append(id)
        return found

    def _names(self) -> list[str]:
        items = [m.item for m in self.messages if m.target is None]
        guids = [] if self.order.editions else [self.story.guid]
        headlines = [item.headline for item in items if item.headline]
        return [*guids, *headlines]

    def _says(self, delivery: str, names: Sequence[bytes]) -> bool:
        found = self._desk.store.delivery(delivery)
        return found is not None and any(name in found.data for name in names)

    def _brought(self, delivery: str) -> bool:
        """Whether one of the meant versions is in a delivery, by reading it again."""
        found = self._desk.store.delivery(delivery)
        if found is None or self.contents is None:
            return False
        if any(message.arrival.delivery == delivery for message in self.messages):
            return True
        opened = open_delivery(found, self._desk.house.profile(found.agency))
        items = () if opened.parsed is None else opened.parsed.items
        return any(item.content_hash in self.contents for item in items)

    def names_left(self) -> tuple[Called, ...]:
        """By what the story goes once these messages are gone."""
        if self.contents is None:
            return ()
        kept = [m for m in self.history.messages if m.item.content_hash not in self.contents]
        pile = Pile(
            story=self.story,
            history=History(story=self.story),
            since=self._desk.clock(),
            fresh=tuple(kept),
        )
        return called(pile).names

    def words(self) -> list[str]:
        """What of it may have been told to a person."""
        own = [message.item for message in self.messages]
        said = [
            words
            for item in own
            for words in (
                item.guid if not self.order.editions else None,
                *(headline.value for headline in item.headlines),
                item.slugline,
                item.by,
                item.ed_note,
            )
            if words and len(words) >= _TELLING
        ]
        return list(dict.fromkeys(said))


def _is_dead(desk: Desk, delivery: str) -> bool:
    fate = desk.store.fate(delivery)
    return fate is not None and fate.state is FateState.dead


def _erased_at(desk: Desk, story: Story, order: Order) -> datetime | None:
    """When this was erased; None where it was not, or not to the end."""
    if not order.editions and not is_erased(story):
        return None
    numbers: Iterable[int | None] = order.editions or (None,)
    at = {e.edition: e.at for e in desk.store.events(story=story.id) if e.kind is EventKind.erased}
    if not order.editions and story.first_public is None:
        decided = desk.store.history_of(story.id).decisions
        return max(d.at for d in decided if d.kind is DecisionKind.erase)
    return max(at[n] for n in numbers) if all(n in at for n in numbers) else None


def _destroy_kept(
    desk: Desk, found: _Found, carriers: Sequence[str], now: datetime, before: datetime | None
) -> Destroyed:
    is_told = found.story.first_public is not None and before is None
    events = tuple(_events(desk, found, now)) if is_told else ()
    return desk.store.erasures.erase(
        Erasure(
            story=found.story.id,
            at=now,
            events=events,
            leaves=desk.logged(found.story, events),
            deliveries=tuple(carriers),
            contents=None if found.contents is None else tuple(sorted(found.contents)),
            editions=found.order.editions or None,
            names=found.names_left(),
        )
    )


def _events(desk: Desk, found: _Found, now: datetime) -> Iterator[Event]:
    """A line of history for the story, or for each edition."""
    deadline = backups_until(desk, now)
    for number in found.order.editions or (None,):
        yield Event(
            story=found.story.id,
            kind=EventKind.erased,
            at=now,
            edition=number,
            reason=found.order.reason.value,
            note=None if deadline is None else f"backups until {deadline:%Y-%m-%d}",
        )


def backups_until(desk: Desk, now: datetime) -> datetime | None:
    """When the last backup that may hold it is gone, as the house says."""
    days = desk.house.config.erase.backups_kept_days
    return None if days is None else now + timedelta(days=days)


def _done(
    desk: Desk, data: Path, order: Order, found: _Found, before: datetime | None = None
) -> Done:
    return Done(
        story=order.story,
        address=f"/s/{order.story}",
        reason=order.reason,
        editions=order.editions or None,
        before=before,
        backups_until=backups_until(desk, before or desk.clock()),
        beyond=tuple(_beyond(desk, data)),
    )


def _beyond(desk: Desk, data: Path) -> Iterator[str]:
    """What no desk can destroy by itself."""
    if desk.house.config.erase.backups_kept_days is None:
        yield "backups made before: set [erase] backups_kept_days to have it said until when"
    for aside in sorted(data.glob("replaced-*")):
        yield f"{aside}, the store that a restore moved aside: delete it when it is not needed"
    for id, table in desk.house.config.sources.items():
        path = getattr(table, "path", None)
        if path is not None:
            yield f"source {id}: what lies in {path}, read or not, is its sender's: delete it there"
    yield "what readers, caches, search engines and other services copied while it was public"
