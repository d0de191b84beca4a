"""The desk: reads what came, rules on it, keeps it, has it pressed. One step at a time.

Every method is synchronous and belongs to one thread, but :meth:`Desk.accept`, which may be
called from any. The clock is passed in.
"""

import logging
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from errno import ENOTDIR
from pathlib import Path

import msgspec

from copytaster import store as stores
from copytaster.channels import SiteFolder
from copytaster.config import Config
from copytaster.delivery import Delivery
from copytaster.newsroom._intake import Addressed
from copytaster.newsroom._intake import Opened
from copytaster.newsroom._intake import is_news
from copytaster.newsroom._intake import open_delivery
from copytaster.newsroom._pressroom import Pressroom
from copytaster.newsroom._ruling import PAUSED
from copytaster.newsroom._ruling import UNTIL_RESUMED
from copytaster.newsroom._ruling import Look
from copytaster.newsroom._ruling import Ruling
from copytaster.newsroom._ruling import rule
from copytaster.newsroom.house import House
from copytaster.newsroom.house import house
from copytaster.newsroom.house import new_story_id
from copytaster.newsroom.recalls import Recalls
from copytaster.store import History
from copytaster.store import Moved
from copytaster.store import PressWork
from copytaster.store import Receipt
from copytaster.store import Store
from copytaster.store import StoreError
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.store import Taken
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import State

log = logging.getLogger("copytaster.desk")

Clock = Callable[[], datetime]
_PAUSED = "paused"
_EVERY = 1_000_000
_LOT = 500
"""stories that one commit of ``resume`` wakes"""
_LATER = timedelta(minutes=1)
"""until a story that could not be looked at is looked at again"""


class Unresolved(LookupError):
    """No story, or source, answers to what was named; the message says what to check."""


class Desk:
    """One house's desk over one store."""

    def __init__(
        self,
        house: House,
        store: Store,
        site_folder: SiteFolder,
        clock: Clock,
        *,
        let_go: Callable[[], None],
    ) -> None:
        self.house = house
        self.store = store
        self.clock = clock
        self.pressroom = Pressroom(house, store, site_folder)
        self.recalls = Recalls(store, clock, self.decide_together)
        self.on_opened: Callable[[Opened, int], None] = _ignore
        """told of each delivery read and how many of its messages were new"""
        self._paused = frozenset(_sources(store.setting(_PAUSED)))
        self._closers = [let_go, store.close]

    # --- receiving -------------------------------------------------------------------------

    def accept(self, deliveries: Sequence[Delivery]) -> None:
        """Make deliveries durable; safe from any thread. Raises ``store.Full``."""
        self.store.keep(deliveries)

    def settle(self) -> None:
        """Do all that is to be done now: read, rule, press. Fetches nothing."""
        while self.read() or self.ring() or self.press():
            pass
        while self.recalls.step() or self.press_in_bulk():
            pass

    def read(self, limit: int = 32) -> int:
        """Take waiting deliveries; returns how many. What may restrict something is not made to
        wait for what came with it."""
        waiting = self.store.waiting(limit)
        taken = [delivery for delivery in waiting if delivery.urgent] or waiting
        if taken:
            self._take(taken)
        return len(taken)

    def _take(self, waiting: Sequence[Delivery]) -> None:
        """Open, rule and keep together; where that fails, each by itself, and what fails alone
        is a dead letter, so that its neighbours go on (law 6)."""
        opened = [open_delivery(d, self.house.profile(d.agency)) for d in waiting]
        changes = {
            key: self._rule_or_reason(key, addressed)
            for key, addressed in self._by_story(opened).items()
        }
        try:
            self._keep(opened, changes)
        except StoreError:
            raise  # a full or failing disk is nobody's bad item: everything waits
        except Exception as error:
            log.exception("keeping %d deliveries failed", len(waiting))
            if len(waiting) == 1:
                self._bury(waiting[0], f"keeping failed: {_told(error)}; retry it")
                return
            for one in waiting:
                self._take([one])
            return
        self._tell(opened, changes)

    def _bury(self, delivery: Delivery, reason: str) -> None:
        self.store.commit((), [Taken(delivery=delivery.id, error=reason)])

    def _by_story(
        self, opened: Iterable[Opened]
    ) -> dict[tuple[str, str], list[tuple[Delivery, Addressed]]]:
        stories: dict[tuple[str, str], list[tuple[Delivery, Addressed]]] = {}
        for one in opened:
            for addressed in one.addressed:
                key = (one.delivery.agency, addressed.guid)
                stories.setdefault(key, []).append((one.delivery, addressed))
        return stories

    def _rule_or_reason(
        self, key: tuple[str, str], arrived: Sequence[tuple[Delivery, Addressed]]
    ) -> Ruling | str:
        """The ruling on one story, or why there is none (kept with the dead letter)."""
        try:
            history = self.store.history(*key)
            fresh: list[Message] = []
            for _, addressed in arrived:
                grown = msgspec.structs.replace(history, messages=(*history.messages, *fresh))
                if is_news(addressed.message, grown):
                    fresh.append(addressed.message)
            since = max(delivery.received for delivery, _ in arrived)
            return self._rule(key, history, tuple(fresh), since=since)
        except StoreError:
            raise
        except Exception as error:
            # One story that cannot be ruled on must not stall the others (law 6).
            log.exception("ruling on %r of %s failed", key[1], key[0])
            return f"ruling failed: {_told(error)}; retry it"

    def _rule(
        self,
        key: tuple[str, str],
        history: History,
        fresh: tuple[Message, ...],
        *,
        since: datetime,
        decisions: tuple[Decision, ...] = (),
    ) -> Ruling:
        agency, guid = key
        story = history.story or Story(
            id=new_story_id(), agency=agency, guid=guid, state=State.held
        )
        events = tuple(self.store.events(story=story.id)) if history.story else ()
        return rule(
            Look(
                story=story,
                history=history,
                events=events,
                fresh=fresh,
                decisions=decisions,
                profile=self.house.profile(agency),
                site=self.house.site,
                now=self.clock(),
                since=since,
                paused=self._paused,
            )
        )

    def _keep(
        self, opened: Sequence[Opened], changes: Mapping[tuple[str, str], Ruling | str]
    ) -> None:
        rulings = [ruling for ruling in changes.values() if isinstance(ruling, Ruling)]
        taken = [_taken(one, changes) for one in opened]
        self._commit(rulings, taken)

    def _tell(
        self, opened: Sequence[Opened], changes: Mapping[tuple[str, str], Ruling | str]
    ) -> None:
        for one in opened:
            known = [changes[one.delivery.agency, a.guid] for a in one.addressed]
            fresh = sum(isinstance(r, Ruling) and bool(r.change.messages) for r in known)
            self.on_opened(one, fresh)

    def _commit(self, rulings: Sequence[Ruling], taken: Sequence[Taken]) -> None:
        """Keep rulings; a story that moved meanwhile is looked at again."""
        for _ in range(5):
            changes = [r.change for r in rulings if _says_something(r)]
            try:
                self.store.commit(changes, taken)
            except Moved as moved:
                rulings = [
                    self._again(r) if r.change.story.id in moved.stories else r for r in rulings
                ]
                continue
            self.pressroom.expect(rulings)
            return
        raise Moved([r.change.story.id for r in rulings])

    def _again(self, ruling: Ruling) -> Ruling:
        change = ruling.change
        key = (change.story.agency, change.story.guid)
        since = change.work.since if change.work else self.clock()
        history = self.store.history(*key)
        return self._rule(key, history, change.messages, since=since, decisions=change.decisions)

    # --- time, decisions, pauses -----------------------------------------------------------

    def ring(self, limit: int = 32) -> int:
        """Look again at stories whose time has come; returns at how many."""
        now = self.clock()
        due = self.store.due(now, limit)
        if due:
            self._look_again(due, now)
        return len(due)

    def next_ring(self) -> datetime | None:
        """When the next timer rings; None when none is set."""
        due = self.store.next_due()
        return None if due is None or due >= UNTIL_RESUMED else due

    def _look_again(self, stories: Sequence[str], since: datetime) -> None:
        """Together; where that fails, each by itself, and what fails alone is put off."""
        try:
            self._commit([self._rule_anew(id, since) for id in stories], ())
        except StoreError:
            raise
        except Exception:
            log.exception("looking again at %s failed", " ".join(stories))
            if len(stories) == 1:
                self._wake(stories, since + _LATER)
                return
            for id in stories:
                self._look_again([id], since)

    def _rule_anew(self, id: str, since: datetime) -> Ruling:
        history = self.store.history_of(id)
        if history.story is None:
            raise Unresolved(f"no story {id}; give the 16 characters of its address")
        key = (history.story.agency, history.story.guid)
        return self._rule(key, history, (), since=since)

    def _wake(self, stories: Sequence[str], at: datetime) -> None:
        """Look again at these at this instant, whatever else they wait for."""
        found = (self.store.story(id) for id in stories)
        changes = [
            StoryChange(story=msgspec.structs.replace(story, look_again=at))
            for story in found
            if story is not None
        ]
        self.store.commit(changes)

    def decide(self, story: str, kind: DecisionKind, *, reason: str, by: str) -> Story:
        """Carry out an editor's decision; returns the story as it is now.

        Raises :class:`Unresolved` when there is no such story.
        """
        history = self.store.history_of(story)
        if history.story is None:
            raise Unresolved(f"no story {story}; give the 16 characters of its address")
        now = self.clock()
        decision = Decision(
            id=new_story_id(),
            kind=kind,
            at=now,
            reason=reason,
            by=by,
            content_hash=self._seen_content(history) if kind is DecisionKind.release else None,
        )
        key = (history.story.agency, history.story.guid)
        self._commit([self._rule(key, history, (), since=now, decisions=(decision,))], ())
        return self.store.story(story) or history.story

    def decide_together(self, decisions: Mapping[str, Decision]) -> None:
        """Carry out one decision on each of these stories, in one commit."""
        found = ((self.store.history_of(story), one) for story, one in decisions.items())
        rulings = [
            self._rule(
                (history.story.agency, history.story.guid),
                history,
                (),
                since=decision.at,
                decisions=(decision,),
            )
            for history, decision in found
            if history.story is not None
        ]
        self._commit(rulings, ())

    def _seen_content(self, history: History) -> str | None:
        """The content a release approves: what the verdict holds up now."""
        if history.story is None:
            return None
        key = (history.story.agency, history.story.guid)
        current = self._rule(key, history, (), since=self.clock()).verdict.current
        return current.content_hash if current else None

    def pause(self, source: str = "*") -> None:
        """Stop publishing (all, or one source); receiving, holds and kills go on.

        Raises :class:`Unresolved` for a source the house does not have: a slip of the finger
        must not leave it publishing.
        """
        if source != "*" and source not in self.house.sources:
            known = ", ".join(sorted(self.house.sources))
            raise Unresolved(f"no source {source!r} to pause; known: {known}")
        self._set_paused(self._paused | {source})

    def resume(self, source: str = "*") -> int:
        """Publish again; returns how many stories waited for it.

        They are made due, and looked at as other timers are, so that a kill need not wait
        behind them. Raises :class:`Unresolved` for a source that is not paused.
        """
        if source != "*" and source not in self._paused:
            paused = ", ".join(sorted(self._paused)) or "none"
            raise Unresolved(f"source {source!r} is not paused; paused: {paused}")
        parked = [id for id in self.store.due(UNTIL_RESUMED, _EVERY) if self._is_parked(id)]
        for first in range(0, len(parked), _LOT):
            self._wake(parked[first : first + _LOT], self.clock())
        self._set_paused(frozenset() if source == "*" else self._paused - {source})
        return len(parked)

    def _is_parked(self, id: str) -> bool:
        story = self.store.story(id)
        return story is not None and any(reason.code == PAUSED for reason in story.reasons)

    @property
    def paused(self) -> frozenset[str]:
        """Sources whose publishing is paused; ``*`` is all."""
        return self._paused

    def _set_paused(self, sources: frozenset[str]) -> None:
        self.store.keep_setting(_PAUSED, " ".join(sorted(sources)) or None)
        self._paused = sources

    # --- the press -------------------------------------------------------------------------

    def press(self, limit: int = 64) -> list[PressWork]:
        """Write what the press owes; returns the work that was carried out."""
        return self.pressroom.press(self.clock(), limit)

    def press_in_bulk(self, limit: int = 48) -> list[PressWork]:
        """The same for what recalls owe."""
        return self.pressroom.press_in_bulk(self.clock(), limit)

    def proved(self, work: Sequence[PressWork], receipts: Sequence[Receipt]) -> None:
        """Every surface of these withdrawals was seen clean: keep the receipts, end the work."""
        self.store.note_receipts(receipts)
        self.store.work_done(work)

    def find(self, agency: str, guid: str) -> str | None:
        """The story's public id, None when the agency sent no such guid."""
        story = self.store.history(agency, guid).story
        return story.id if story else None

    # --- the end ---------------------------------------------------------------------------

    def close(self) -> None:
        """Let go of the store and the folder; safe to call twice."""
        while self._closers:
            self._closers.pop()()


def open_desk(
    data: Path,
    config: Config,
    clock: Clock,
    *,
    url: str = "http://127.0.0.1:8420",
    reading: bool = False,
) -> Desk:
    """The desk of a data folder, which it locks, but for ``reading`` only.

    ``url`` is the public base where the configuration names none. Raises ``store.Locked`` when
    another desk has the folder, ``store.Unfit`` when its files cannot be used.
    """
    if data.is_file():
        raise NotADirectoryError(ENOTDIR, "no folder; name another for the data", str(data))
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = None if reading else stores.lock_folder(data)
    try:
        store = stores.open_sqlite(data / "desk.sqlite", reserve=config.limits.disk_reserve_bytes)
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    let_go = lock.release if lock is not None else _nothing
    return Desk(house(config, url), store, SiteFolder(data / "site"), clock, let_go=let_go)


def _taken(one: Opened, changes: Mapping[tuple[str, str], Ruling | str]) -> Taken:
    results = [changes[one.delivery.agency, a.guid] for a in one.addressed]
    faults = [result for result in results if isinstance(result, str)]
    stories = [result.change.story.id for result in results if isinstance(result, Ruling)]
    return Taken(
        delivery=one.delivery.id,
        stories=tuple(dict.fromkeys(stories)),
        aside=one.aside,
        error=one.error or (faults[0] if faults else None),
    )


def _says_something(ruling: Ruling) -> bool:
    """Whether anything of this ruling is not yet kept."""
    change = ruling.change
    return bool(change.messages or change.decisions or change.events or change.story != ruling.read)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _sources(setting: str | None) -> Sequence[str]:
    return (setting or "").split()


def _ignore(opened: Opened, fresh: int) -> None:
    """Nobody wants to be told."""


def _nothing() -> None:
    """There is no lock to let go of."""
