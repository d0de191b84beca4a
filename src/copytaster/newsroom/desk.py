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
from pathlib import Path

from copytaster import press
from copytaster.agency import DRILL
from copytaster.agency import DRILL_SOURCE
from copytaster.channels import SiteFolder
from copytaster.delivery import Delivery
from copytaster.newsroom import _pausing
from copytaster.newsroom import _sight as sights
from copytaster.newsroom import acknowledging
from copytaster.newsroom._calls import Switchboard
from copytaster.newsroom._counting import counted
from copytaster.newsroom._dead_letters import DeadLetters
from copytaster.newsroom._filing import filing
from copytaster.newsroom._freshness import Freshness
from copytaster.newsroom._intake import Opened
from copytaster.newsroom._intake import open_delivery
from copytaster.newsroom._latch import Bell
from copytaster.newsroom._leaning import Leaning
from copytaster.newsroom._leaning import versions_of_killed
from copytaster.newsroom._logbook import Logbook
from copytaster.newsroom._pausing import ALL
from copytaster.newsroom._pausing import Pausing
from copytaster.newsroom._pile import Pile
from copytaster.newsroom._pile import latest
from copytaster.newsroom._pile import with_decision
from copytaster.newsroom._pressroom import Pressroom
from copytaster.newsroom._rounds import LOT
from copytaster.newsroom._rounds import Rounds
from copytaster.newsroom._ruler import Ruled
from copytaster.newsroom._ruler import Ruler
from copytaster.newsroom._ruler import Unresolved
from copytaster.newsroom._ruler import taken_of
from copytaster.newsroom._ruling import UNTIL_RESUMED
from copytaster.newsroom._ruling import Ruling
from copytaster.newsroom._ruling import is_killed_now
from copytaster.newsroom._ruling import says_something
from copytaster.newsroom._sight import Sight
from copytaster.newsroom._telling import telling
from copytaster.newsroom._twinning import Twinning
from copytaster.newsroom._watch import TRIPPED
from copytaster.newsroom._watch import Watch
from copytaster.newsroom.alerts import Nobody
from copytaster.newsroom.breaker import Trip
from copytaster.newsroom.house import House
from copytaster.newsroom.house import new_story_id
from copytaster.newsroom.house_rules import RULE_MATCHED
from copytaster.newsroom.house_rules import HouseRules
from copytaster.newsroom.house_rules import RuleCalls
from copytaster.newsroom.people import People
from copytaster.newsroom.photo_desk import PhotoDesk
from copytaster.newsroom.recalls import Recalls
from copytaster.newsroom.reporting import ReportDesk
from copytaster.readingroom import ReadingRoom
from copytaster.store import Call
from copytaster.store import Dismissal
from copytaster.store import Event
from copytaster.store import Face
from copytaster.store import LeafDraft
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
from copytaster.wire import Alert

log = logging.getLogger("copytaster.desk")

Clock = Callable[[], datetime]
_READS = (DecisionKind.review, DecisionKind.unreview)
_OF_WORDS = (DecisionKind.release, DecisionKind.review)
"""decisions about exactly the content that was seen"""


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
        rules: Path | None = None,
    ) -> None:
        self.house = house
        self.store = store
        self.clock = clock
        self.pressroom = Pressroom(house, store, site_folder)
        version = press.template_version(house.site)
        self.freshness = Freshness(store, self.pressroom, version, self._alert)
        self.photos = PhotoDesk(
            store,
            self.pressroom,
            site_folder.pictures,
            clock,
            self._alert,
            make_calls=self._owe_calls,
        )
        self.recalls = Recalls(store, clock, self.decide_together, self._alert)
        self.on_opened: Callable[[Opened, int], None] = _ignore
        """told of each delivery read and how many of its messages were new"""
        self.alert: Alert = Nobody()
        """calls a person; the running desk and the shell set it"""
        self.people = People(store.people, clock)
        self.reports = ReportDesk(house.config.reports, store.reports, clock, lambda: self.alert)
        self.on_owed: Callable[[], None] = _nothing
        """told that an agency is to be told that its withdrawal was seen clean"""
        self._watch = Watch(house, store)
        paused = _pausing.kept(store, self._watch.tripped)
        self._leaning = Leaning(house, store)
        self._twinning = Twinning(store)
        self._backlogs = (filing(store), telling(store))
        self._switchboard = Switchboard(store)
        self._letters = DeadLetters(house, store)
        self.logbook = Logbook(house, store)
        self.rules = HouseRules(
            rules, store, house.config.site.zone, is_named=house.config.rules.file is not None
        )
        self._rule_calls = RuleCalls()
        self.reading_room = ReadingRoom()
        """reads in a process of its own, once the running desk has opened it"""
        self._ruler = Ruler(
            house, store, clock, paused, lambda: self.rules.in_force, self.reading_room
        )
        self._pausing = Pausing(house, store, self._ruler)
        self._rounds = Rounds(store, self._ruler, self._commit, lambda: self.alert)
        self._closers = [let_go, store.close, self.reading_room.close]

    # --- receiving -------------------------------------------------------------------------

    def accept(self, deliveries: Sequence[Delivery]) -> None:
        """Make deliveries durable; safe from any thread. Raises ``store.Full``, and ValueError
        for copy that claims to be a drill's and is not: a drill is in no list, so nobody may
        publish through it."""
        for one in deliveries:
            if (one.agency == DRILL.id) != (one.source == DRILL_SOURCE):
                raise ValueError(f"delivery {one.id} from {one.source} is no drill of this desk")
        self.store.keep(deliveries)

    def settle(self) -> None:
        """Do all that is to be done now: read, rule, press. Fetches nothing."""
        while self.read() or self.ring() or self.press() or self._recall() or self.tidy():
            pass

    def _recall(self) -> bool:
        return bool(self.recalls.step() or self.press_in_bulk())

    def read(self, limit: int = 8) -> int:
        """Take waiting deliveries; returns how many. What may restrict something is not made to
        wait for what came with it."""
        self._look_at_rules()
        self.make_calls()
        waiting = self.store.waiting(limit)
        taken = [delivery for delivery in waiting if delivery.urgent] or waiting
        if taken:
            self._take(taken)
        return len(taken)

    def _look_at_rules(self) -> None:
        """Before anything is asked; and tell what rules matched that nobody was told yet."""
        now = self.clock()
        self.rules.look(now, self.alert)
        calls, told = self._rule_calls.over(now)
        if calls:
            self._keep((), (), calls)
            self._rule_calls.keep(told)

    def _take(self, waiting: Sequence[Delivery]) -> None:
        """Open, rule and keep together; where that fails, each by itself, and what fails alone
        is a dead letter, so that its neighbours go on (law 6)."""
        opened = [open_delivery(d, self.house.profile(d.agency)) for d in waiting]
        try:
            ruled = self._ruler.ruled(opened)
            if self._breaks(ruled):
                ruled = self._ruler.ruled(opened)  # nothing was kept yet: now it waits
            if self._take_pictures_down(ruled):
                ruled = self._ruler.ruled(opened)
            taken = [counted(taken_of(one, ruled), one, ruled.rulings) for one in opened]
            matched, told = self._rule_calls.of(ruled.matches, self.clock())
            calls = [*ruled.calls, *self._letters.calls(opened, taken, ruled.calls), *matched]
            with self.logbook.reading(waiting):
                self._commit(list(ruled.rulings.values()), taken, calls)
            self._rule_calls.keep(told)
            held = (one for r in ruled.rulings.values() for one in r.change.decisions)
            self.rules.lately.count(held, self.clock())
        except StoreError:
            raise  # a full or failing disk is nobody's bad item: everything waits
        except Exception as error:
            log.exception("keeping %d deliveries failed", len(waiting))
            if len(waiting) == 1:
                self._bury(opened[0], f"keeping failed: {_told(error)}; retry it")
                return
            for one in waiting:
                self._take([one])
            return
        self._tell(opened, ruled)

    def _breaks(self, ruled: Ruled) -> bool:
        """Whether the breaker stops a source before any of this is kept (agencies §3, row 10)."""
        trips = self._watch.see(ruled.rulings.values(), self.clock())
        for trip in trips:
            self._pausing.stop(trip.source)
            self.alert(TRIPPED, trip.told, trip.source)
        return bool(trips)

    def _take_pictures_down(self, ruled: Ruled) -> bool:
        """Heed what new messages say against pictures, before anything else of them is kept;
        whether any picture went."""
        struck = [
            self.photos.heed(self.house.profile(change.story.agency), change.messages)
            for change in (ruling.change for ruling in ruled.rulings.values())
            if change.messages
        ]
        return any(one.all for one in struck)

    def _bury(self, opened: Opened, reason: str) -> None:
        taken = [counted(Taken(delivery=opened.delivery.id, error=reason), opened, {})]
        self._keep((), taken, self._letters.calls([opened], taken))
        self._letters.end([opened], self.alert)

    def _tell(self, opened: Sequence[Opened], ruled: Ruled) -> None:
        for one in opened:
            known = (ruled.rulings.get((one.delivery.agency, a.guid)) for a in one.addressed)
            self.on_opened(one, sum(bool(r and r.change.messages) for r in known))
        self._letters.end(opened, self.alert)

    def tidy(self) -> bool:
        """A little of what can wait until there is nothing else to do; whether there was any."""
        return (
            self._compare()
            or any(backlog.step() for backlog in self._backlogs)
            or self._twinning.step(self.clock())
        )

    def _compare(self) -> bool:
        """Look whether other agencies' stories rest on what was killed: a few, when there is
        nothing else to do. Returns whether there was anything to compare."""
        busy, calls = self._leaning.step(self.clock())
        if calls:
            self._keep((), (), calls)
        return busy

    def _alert(self, code: str, text: str, about: str | None) -> None:
        """By whatever way people are called now."""
        self.alert(code, text, about)

    def make_calls(self) -> None:
        """Call persons for what is kept, also what a desk kept that ended before it called."""
        self._switchboard.make(self.alert)

    def _owe_calls(self) -> None:
        self._switchboard.owes = True
        self.make_calls()

    def _keep(
        self, changes: Sequence[StoryChange], taken: Sequence[Taken], calls: Sequence[Call]
    ) -> None:
        """One commit with what the public log is told of it, and whom it calls."""
        entered = self.logbook.entered(changes)
        calls = (*calls, *entered.calls)
        with self.pressroom.shutting(entered.changes):
            self.store.commit(entered.changes, taken, calls)
        if calls:
            self._owe_calls()

    def _commit(
        self, rulings: Sequence[Ruling], taken: Sequence[Taken], calls: Sequence[Call] = ()
    ) -> None:
        """Keep rulings; a story that moved meanwhile is looked at again."""
        for _ in range(5):
            said = [ruling for ruling in rulings if says_something(ruling)]
            found = self._twinning.found(said)
            try:
                self._keep(found.changes, taken, [*calls, *self._leaning_on(found.changes, calls)])
            except Moved as moved:
                rulings = [
                    self._ruler.again(r) if r.change.story.id in moved.stories else r
                    for r in rulings
                ]
                continue
            self._twinning.kept(found, self.clock())
            self.pressroom.expect(rulings, found.changes)
            self._leaning.add(r.change.story for r in rulings if is_killed_now(r))
            return
        raise Moved([r.change.story.id for r in rulings])

    def _leaning_on(self, changes: Sequence[StoryChange], calls: Sequence[Call]) -> list[Call]:
        """Whom to call about stories that are shown now and rest on one that was killed, and
        about which nobody is called anyway."""
        called = {call.about for call in calls if call.code != RULE_MATCHED}
        found = versions_of_killed(self.store, changes)
        return [call for call in found if call.about not in called]

    # --- time, decisions, pauses -----------------------------------------------------------

    def ring(self, limit: int = 32) -> int:
        """Look again at stories whose time has come; returns at how many."""
        return self._rounds.ring(self.clock(), limit)

    def catch_up(self) -> None:
        """Look at all stories whose time came while no desk ran, before a reader is served: what
        expired then, or was to be looked at again, is not shown for the first seconds either."""
        try:
            while self.ring():
                pass
        except StoreError as error:  # a full disk keeps no desk from starting
            log.warning("stories whose time has come are looked at later: %s", error)

    def next_ring(self) -> datetime | None:
        """When the next timer rings; None when none is set."""
        due = self.store.next_due()
        return None if due is None or due >= UNTIL_RESUMED else due

    def sight(self, story: str, content: str | None = None) -> Sight:
        """What an editor who gives an order now has before them; safe from any thread.

        ``content``: what they say they saw, by its hash or how that begins. Raises
        :class:`Unresolved` when there is no such story, or no such content in it.
        """
        now = self.clock()
        pile = self._ruler.known(story, now)
        at = max(now, latest(pile))
        if content is not None:
            return sights.named(pile, content, at)
        return Sight(content=self._current(pile), at=at)

    def decide(
        self,
        story: str,
        kind: DecisionKind,
        *,
        reason: str,
        by: str,
        seen: Sight | None = None,
        substitute: str | None = None,
    ) -> Story:
        """Carry out an editor's decision; returns the story as it is now.

        ``seen``: what was before the editor when a release or a review was ordered; without it,
        what is current now. ``substitute``: the story to be read instead of one that is killed.
        Raises :class:`Unresolved` when there is no such story, no such substitute, or when its
        words are other ones than were seen.
        """
        now = self.clock()
        pile = self._ruler.known(story, now)
        if substitute is not None:
            self._ruler.check_substitute(pile.story, kind, substitute)
        content = self._current(pile) if kind in _OF_WORDS else None
        if kind in _READS and pile.story.face is not Face.live:
            raise Unresolved(f"story {story} is not live: only what readers see can be reviewed")
        if seen is not None:
            sights.refuse_other(pile, content, seen)
        decision = Decision(
            id=new_story_id(),
            kind=kind,
            at=max(now, latest(pile)) if seen is None else seen.at,
            reason=reason,
            by=by,
            content_hash=content,
            substitute=substitute,
        )
        ruled = self._ruler.decided([with_decision(pile, decision)])
        self._commit(list(ruled.rulings.values()), (), ruled.calls)
        return self.store.story(story) or pile.story

    def keep_change(self, change: StoryChange) -> None:
        """Keep what a person ordered of one story that needs no verdict."""
        self._keep([change], (), ())

    def logged(self, story: Story, events: Sequence[Event]) -> tuple[LeafDraft, ...]:
        """What the public log is told of events that are kept in another way than by a change."""
        entered = self.logbook.entered([StoryChange(story=story, events=tuple(events))])
        for call in entered.calls:
            self.alert(call.code, call.text, call.about)
        return entered.changes[0].leaves

    def forget_words(self, words: Sequence[str]) -> None:
        """Words of a story that was erased: nobody is told them any more."""
        self._watch.forget(words)

    def decide_together(self, decisions: Mapping[str, Decision]) -> None:
        """Carry out one decision on each of these stories, in one commit, and on what says the
        same as they do."""
        ruled = self._ruler.decided(
            with_decision(self._ruler.known(story, decision.at), decision)
            for story, decision in decisions.items()
        )
        self._commit(list(ruled.rulings.values()), (), ruled.calls)

    def _current(self, pile: Pile) -> str | None:
        """The content a release approves: what the verdict holds up now."""
        current = self._ruler.rule(pile).verdict.current
        return current.content_hash if current else None

    def dismiss(self, letters: Sequence[str], said: Dismissal) -> None:
        """A person wants no more of these dead letters; what was called for them is over."""
        self._letters.dismiss(letters, said, self.alert)

    def end_old_calls(self, opened: Iterable[Bell]) -> None:
        """What rings since a desk ran before, and has ended since, is over."""
        self._letters.end_old(opened, self.alert)

    def pause(self, source: str = ALL) -> None:
        """Stop publishing (all, or one source); receiving, holds and kills go on.

        Raises :class:`Unresolved` for a source the house does not have: a slip of the finger
        must not leave it publishing.
        """
        self._pausing.pause(source)

    def resume(self, source: str = ALL) -> int:
        """Publish again; returns how many stories waited for it.

        They are made due, and looked at as other timers are, so that a kill need not wait
        behind them. Raises :class:`Unresolved` for a source that is not paused.
        """
        parked = self._pausing.parked(source)
        for first in range(0, len(parked), LOT):
            self._rounds.wake(parked[first : first + LOT], self.clock())
        for closed in self._watch.reset(source):
            self.alert.over(TRIPPED, closed)
        self._pausing.end(source)
        return len(parked)

    @property
    def paused(self) -> frozenset[str]:
        """Sources whose publishing is paused; ``*`` is all."""
        return self._ruler.paused

    @property
    def tripped(self) -> Mapping[str, Trip]:
        """Sources among them that the breaker has stopped, with the reason."""
        return self._watch.tripped

    # --- the press -------------------------------------------------------------------------

    def press(self, limit: int = 64) -> list[PressWork]:
        """Write what the press owes; returns the work that was carried out."""
        return self.pressroom.press(self.clock(), limit)

    def press_in_bulk(self, limit: int = 48) -> list[PressWork]:
        """The same for what recalls owe."""
        return self.pressroom.press_in_bulk(self.clock(), limit)

    def proved(self, work: Sequence[PressWork], receipts: Sequence[Receipt]) -> None:
        """Every surface of these withdrawals was seen clean: keep the receipts, and what agencies
        are to be told of it; end the work."""
        self.store.note_receipts(receipts)
        if acknowledging.owe(self.house, self.store, work, receipts):
            self.on_owed()
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


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _ignore(opened: Opened, fresh: int) -> None:
    """Nobody wants to be told."""


def _nothing() -> None:
    """There is nothing to do."""
