"""Piles, ruled on: what came for each story, the notices that bear on it, the copies of the killed.

One lot of deliveries is ruled on as a whole, because what is in it may bear on stories that are
not, and all of it is kept in one commit (design §5).
"""

import logging
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from functools import partial
from typing import TypeVar

import msgspec

from copytaster.agency import DRILL
from copytaster.delivery import Delivery
from copytaster.item import PubStatus
from copytaster.item import TargetKind
from copytaster.newsroom import licence
from copytaster.newsroom import noting
from copytaster.newsroom._copies import Copies
from copytaster.newsroom._copies import copies
from copytaster.newsroom._hanging import hanging
from copytaster.newsroom._intake import Addressed
from copytaster.newsroom._intake import Opened
from copytaster.newsroom._intake import is_news
from copytaster.newsroom._joining import read_in
from copytaster.newsroom._linking import Linker
from copytaster.newsroom._pile import Key
from copytaster.newsroom._pile import Pile
from copytaster.newsroom._replacing import NOTHING_TO_READ
from copytaster.newsroom._replacing import also_replaced
from copytaster.newsroom._replacing import instead_of
from copytaster.newsroom._ruling import Look
from copytaster.newsroom._ruling import Ruling
from copytaster.newsroom._ruling import is_unruled
from copytaster.newsroom._ruling import rule
from copytaster.newsroom._ruling import suspend
from copytaster.newsroom.house import House
from copytaster.newsroom.house import new_story_id
from copytaster.newsroom.house_rules import Match
from copytaster.newsroom.house_rules import asked
from copytaster.readingroom import ReadingRoom
from copytaster.readingroom import Text
from copytaster.rules import Rule
from copytaster.store import Call
from copytaster.store import Face
from copytaster.store import Store
from copytaster.store import StoreError
from copytaster.store import Story
from copytaster.store import Taken
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import State
from copytaster.verdict.rights import NOWHERE

log = logging.getLogger("copytaster.desk")

T = TypeVar("T")
_LOOKS = 2
"""for copies; what is held at the second one lets nothing go"""
_LATER = timedelta(minutes=1)
"""until a story that was taken down unruled is looked at again"""


class Unresolved(LookupError):
    """No story, or source, answers to what was named; the message says what to check."""


class Ruled(msgspec.Struct, frozen=True, kw_only=True):
    """What one lot of deliveries, or one decision, comes to."""

    rulings: Mapping[Key, Ruling]
    reasons: Mapping[Key, str] = {}
    """stories that could not be ruled on, and why"""
    calls: tuple[Call, ...] = ()
    """whom to call, once it is kept"""
    matches: tuple[Match, ...] = ()
    """what rules of the house call an editor for"""


class Ruler:
    """Rules on piles with the house's rules at the desk's time; keeps nothing itself."""

    def __init__(
        self,
        house: House,
        store: Store,
        clock: Callable[[], datetime],
        paused: frozenset[str],
        in_force: Callable[[], Sequence[Rule]],
        reading_room: ReadingRoom,
    ) -> None:
        self._house = house
        self._store = store
        self._clock = clock
        self._in_force = in_force
        """the rules of the house"""
        self._reading_room = reading_room
        self._linker = Linker(house, store)
        self.paused = paused
        """sources whose publishing is paused; ``*`` is all"""

    def ruled(self, opened: Sequence[Opened]) -> Ruled:
        """Every story that these deliveries bear on, ruled on: theirs, and those that notices
        among them mean."""
        piles, reasons, matches = self._piles(opened)
        self._hand_over(piles)
        linked = self._linker.link(piles, self._clock())
        reasons.update(linked.failed)
        rulings: dict[Key, Ruling] = {}
        calls = list(linked.calls)
        lot = {**linked.piles}
        lot |= {pile.key: pile for pile in also_replaced(self._store, lot, self._clock())}
        for key, pile in lot.items():
            ruling = _or_reason(key, partial(self.rule, pile, lot))
            if not isinstance(ruling, Ruling) and _may_take_back(pile):
                ruling = self._instead(pile, ruling, calls)
            if isinstance(ruling, Ruling):
                rulings[key] = ruling
            else:
                reasons[key] = ruling
        calls += self._with_copies(rulings)
        return Ruled(
            rulings=rulings,
            reasons=reasons,
            calls=tuple(calls),
            matches=tuple(_of_stories(matches, rulings.values())),
        )

    def decided(self, piles: Iterable[Pile]) -> Ruled:
        """The stories of these piles; those that a part among them is read in; and the copies
        of what is taken back or let go now."""
        lot: dict[Key, Pile] = {}
        ordered: list[Key] = []
        for pile in piles:
            known = lot.get(pile.key)
            fresh = (*(known.fresh if known else ()), *pile.fresh)
            lot[pile.key] = msgspec.structs.replace(pile, fresh=fresh)
            lot |= {base.key: base for base in read_in(self._store, pile, lot)}
            ordered.append(pile.key)
        rulings = {key: self.rule(lot[key]) for key in ordered}
        calls: list[Call] = []
        for key, pile in lot.items():
            if key not in rulings:
                self._rule_beside(pile, rulings, calls)
        return Ruled(rulings=rulings, calls=(*calls, *self._with_copies(rulings)))

    def anew(self, stories: Iterable[str], since: datetime) -> Ruled:
        """These stories, looked at again with nothing new on them, and the copies of what is
        taken back or let go by that. Raises :class:`Unresolved` when one of them is not there."""
        piles = [self.known(id, since) for id in stories]
        rulings = {pile.key: self.rule(pile) for pile in piles}
        calls = self._with_copies(rulings)
        return Ruled(rulings=rulings, calls=calls)

    def rule(self, pile: Pile, lot: Mapping[Key, Pile] = {}) -> Ruling:
        """What may be public of one story now, and what that changes; ``lot`` is ruled on with
        it."""
        known = pile.history.story is not None
        return rule(
            Look(
                pile=pile,
                events=tuple(self._store.events(story=pile.story.id)) if known else (),
                profile=self._house.profile(pile.story.agency),
                site=self._house.site,
                mappings=self._house.mappings(pile.story.agency),
                ground=licence.ground_of(
                    self._house, self._store, pile.story.agency, pile.history, pile.fresh
                ),
                now=self._clock(),
                paused=self.paused,
                hanging=hanging(self._store, pile),
                instead=instead_of(self._store, pile, lot),
                editions=tuple(self._store.editions(pile.story.id)) if _may_part(pile) else (),
                reads=self._reading_room.read,
                notes=self._notes_of(pile),
            )
        )

    def _hand_over(self, piles: Iterable[Pile]) -> None:
        """Have these read while they are ruled on."""
        try:
            self._reading_room.ahead(self._to_read(piles))
        except Exception:
            # A defect of reading must hold up no story: each is read when its turn comes.
            log.exception("handing texts over to be read failed")

    def _to_read(self, piles: Iterable[Pile]) -> Iterator[Text]:
        """What may be shown of these, read before it is known whether it is."""
        for pile in piles:
            profile = self._house.profile(pile.story.agency)
            for message in pile.fresh:
                if message.target is None and message.item.pub_status is PubStatus.usable:
                    yield noting.text_of(message.item, profile, self._house.site)

    def _notes_of(self, pile: Pile) -> bytes | None:
        """Beside what is shown again when the story is, or when a person has read it."""
        story = pile.story
        if not story.edition or (story.face is Face.live and not pile.decisions):
            return None
        found = self._store.edition(story.id, story.edition)
        return None if found is None else found.notes

    def unruled(self, id: str, since: datetime, why: str) -> tuple[Ruling, Call]:
        """A story that was to be looked at again and cannot be ruled on, taken down; and whom to
        call."""
        pile = self.known(id, since)
        call = Call(
            code="story-not-ruled",
            text=f"story {id} of {pile.story.agency} is not shown: it was to be looked at again, "
            f"and that failed: {why}; it is done every minute; report it",
            about=id,
        )
        return self._suspended(pile), call

    def _suspended(self, pile: Pile) -> Ruling:
        now = self._clock()
        look = Look(
            pile=pile,
            events=(),
            profile=self._house.profile(pile.story.agency),
            site=self._house.site,
            mappings=self._house.mappings(pile.story.agency),
            ground=NOWHERE,
            now=now,
        )
        return suspend(look, now + _LATER)

    def again(self, ruling: Ruling) -> Ruling:
        """The same look at a story that has moved meanwhile. What could not be ruled on stays
        down until its next look."""
        pile = ruling.pile
        history = self._store.history(*pile.key)
        story = history.story or pile.story
        pile = msgspec.structs.replace(pile, story=story, history=history)
        return self._suspended(pile) if is_unruled(ruling.change.story) else self.rule(pile)

    def known(self, id: str, since: datetime) -> Pile:
        """The pile of a story on which nothing new lies. Raises :class:`Unresolved`."""
        history = self._store.history_of(id)
        if history.story is None:
            raise Unresolved(f"no story {id}; give the 16 characters of its address")
        return Pile(story=history.story, history=history, since=since)

    def check_substitute(self, story: Story, kind: DecisionKind, substitute: str) -> None:
        """Raises :class:`Unresolved` unless readers of what is killed can be sent to this one."""
        if kind is not DecisionKind.kill:
            raise Unresolved(
                f"only a kill names a substitute, and this is a {kind.value}: leave it out"
            )
        found = self._store.story(substitute)
        if found is None:
            raise Unresolved(f"no story {substitute} to read instead; give the address of one here")
        if found.id == story.id:
            raise Unresolved(f"story {story.id} cannot be read instead of itself; name another")
        if found.state in NOTHING_TO_READ or found.drill:
            raise Unresolved(
                f"story {substitute} is {found.state.value}: nobody can read it instead"
            )

    def _piles(self, opened: Iterable[Opened]) -> tuple[list[Pile], dict[Key, str], list[Match]]:
        """What lies before the desk for each story, with what the house's rules say of it."""
        piles: list[Pile] = []
        reasons: dict[Key, str] = {}
        matches: list[Match] = []
        for key, arrived in _by_story(opened).items():
            found = _or_reason(key, partial(self._pile, key, arrived))
            if isinstance(found, str):
                reasons[key] = found
                continue
            pile, matched = asked(self._house, self._in_force(), found, self._clock())
            piles.append(pile)
            matches += matched
        return piles, reasons, matches

    def _pile(self, key: Key, arrived: Sequence[tuple[Delivery, Addressed]]) -> Pile:
        """What is known of a story, and what of this says something new about it."""
        history = self._store.history(*key)
        fresh: list[Message] = []
        for _, addressed in arrived:
            grown = msgspec.structs.replace(history, messages=(*history.messages, *fresh))
            if is_news(addressed.message, grown):
                fresh.append(addressed.message)
        return Pile(
            story=history.story or _new_story(key),
            history=history,
            since=max(delivery.received for delivery, _ in arrived),
            fresh=tuple(fresh),
        )

    def _with_copies(self, rulings: dict[Key, Ruling]) -> tuple[Call, ...]:
        """Hold, or let go, the copies among and beside these; whom to call about others.

        What is let go may be the copy of another: it is looked at once more.
        """
        calls: list[Call] = []
        looked = list(rulings)
        for _ in range(_LOOKS):
            found = copies(self._store, rulings, looked, self._clock()) if looked else Copies()
            calls += found.calls
            looked = [key for pile in found.piles for key in self._looked_at(pile, rulings, calls)]
        return tuple(calls)

    def _looked_at(self, pile: Pile, rulings: dict[Key, Ruling], calls: list[Call]) -> list[Key]:
        """Rule on a copy anew, and on the stories that it is read in; the keys of these."""
        piles = [pile, *read_in(self._store, pile, {key: r.pile for key, r in rulings.items()})]
        return [one.key for one in piles if self._rule_beside(one, rulings, calls)]

    def _rule_beside(self, pile: Pile, rulings: dict[Key, Ruling], calls: list[Call]) -> bool:
        """Rule on a story that others bear on; where that fails it is taken down, and keeps no
        other story up."""
        ruling = _or_reason(pile.key, partial(self.rule, pile))
        if not isinstance(ruling, Ruling):
            ruling = self._instead(pile, ruling, calls)
        if not isinstance(ruling, Ruling):
            return False
        rulings[pile.key] = ruling
        return True

    def _instead(self, pile: Pile, reason: str, calls: list[Call]) -> Ruling | str:
        """A story that could not be ruled on, taken down, and whom to call."""
        calls.append(_not_ruled(pile, reason))
        return _or_reason(pile.key, partial(self._suspended, pile))


def taken_of(one: Opened, ruled: Ruled) -> Taken:
    """The end of a delivery's way: the stories it bears on, or why it is a dead letter."""
    keys = list(dict.fromkeys((one.delivery.agency, a.guid) for a in one.addressed))
    faults = [ruled.reasons[key] for key in keys if key in ruled.reasons]
    stories = [ruled.rulings[key].change.story.id for key in keys if key in ruled.rulings]
    return Taken(
        delivery=one.delivery.id,
        stories=tuple(stories),
        aside=one.aside,
        error=one.error or (faults[0] if faults else None),
    )


def _of_stories(matches: Iterable[Match], rulings: Iterable[Ruling]) -> Iterator[Match]:
    """Those about which an editor can still do something: the story is kept, and not over."""
    stories = (ruling.change.story for ruling in rulings)
    meant = {story.id for story in stories if story.state not in (State.killed, State.never)}
    return (match for match in matches if match.story in meant)


def _by_story(opened: Iterable[Opened]) -> dict[Key, list[tuple[Delivery, Addressed]]]:
    stories: dict[Key, list[tuple[Delivery, Addressed]]] = {}
    for one in opened:
        for addressed in one.addressed:
            key = (one.delivery.agency, addressed.guid)
            stories.setdefault(key, []).append((one.delivery, addressed))
    return stories


def _or_reason(key: Key, do: Callable[[], T]) -> T | str:
    """What was done for one story, or why it failed (kept with the dead letter): one story
    that cannot be ruled on must not stall the others (law 6)."""
    try:
        return do()
    except StoreError:
        raise
    except Exception as error:
        log.exception("ruling on %r of %s failed", key[1], key[0])
        return f"ruling failed: {type(error).__name__}: {error}; retry it"


def _may_part(pile: Pile) -> bool:
    """Whether one edition of a public story may be taken back while the story stays."""
    return pile.story.edition > 0 and any(
        message.target is not None
        and (message.target.spares or message.target.kind is TargetKind.part)
        for message in pile.messages
    )


def _may_take_back(pile: Pile) -> bool:
    """Whether something new says of a story that is kept that it must not be used."""
    return pile.history.story is not None and any(
        message.target is not None
        or message.item.editorial_types
        or message.item.pub_status is not PubStatus.usable
        for message in pile.fresh
    )


def _not_ruled(pile: Pile, reason: str) -> Call:
    return Call(
        code="story-not-ruled",
        text=f"story {pile.story.id} of {pile.story.agency} is taken down: a message may take it "
        f"back, and {reason}; that is done every minute; report it",
        about=pile.story.id,
    )


def _new_story(key: Key) -> Story:
    agency, guid = key
    drill = agency == DRILL.id
    return Story(id=new_story_id(), agency=agency, guid=guid, state=State.held, drill=drill)
