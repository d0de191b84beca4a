"""Deliveries that could not be read: a person is called for each, and told when it is over.

What is unreadable may be a kill, and nobody else will ever read it. So a dead letter calls once
for its source; one that may take something back calls for itself, and louder. A flood of them is
still few calls: one bell for each source, and of the louder as many as the latch allows.
"""

import logging
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

from copytaster.item import PubStatus
from copytaster.newsroom._intake import MOST_TARGETS
from copytaster.newsroom._intake import Opened
from copytaster.newsroom._latch import OTHERS
from copytaster.newsroom._latch import Bell
from copytaster.newsroom.house import House
from copytaster.store import Call
from copytaster.store import Dismissal
from copytaster.store import FateState
from copytaster.store import Store
from copytaster.store import Taken
from copytaster.verdict import notices
from copytaster.wire import Alert

log = logging.getLogger("copytaster.desk")

_DEAD = "dead-letter"
_MAYBE_KILL = "dead-letter-kill"
_NOT_LINKED = "notice-not-linked"
_MOST_KNOWN = 10_000
"""unreadable entries that are remembered, so that a feed does not call again at every poll"""
_SHOWN = 3
_Entry = tuple[str, str, str]
"""agency, source, and what is said of an entry that could not be read"""


class DeadLetters:
    """Whom to call for what could not be read, and when that has an end."""

    def __init__(self, house: House, store: Store) -> None:
        self._house = house
        self._store = store
        self._known: dict[_Entry, None] = {}

    def calls(
        self, opened: Sequence[Opened], taken: Sequence[Taken], called: Iterable[Call] = ()
    ) -> list[Call]:
        """Whom to call for what was not read of these deliveries; for what was ``called``
        already, nobody."""
        about = {call.about for call in called}
        quiet: dict[str, list[Taken]] = {}
        loud: list[Call] = []
        for one, end in zip(opened, taken, strict=True):
            if end.error is None or end.delivery in about:
                continue
            if self._may_take_back(one):
                loud.append(_loud(one, end))
            else:
                quiet.setdefault(one.delivery.source, []).append(end)
        dead = [_quiet(source, ends) for source, ends in quiet.items()]
        return [*loud, *dead, *self._calls_of_parts(opened)]

    def _may_take_back(self, one: Opened) -> bool:
        messages = [addressed.message for addressed in one.addressed]
        if messages:
            return any(
                message.target is not None
                or message.item.editorial_types
                or message.item.pub_status is not PubStatus.usable
                for message in messages
            )
        try:
            profile = self._house.profile(one.delivery.agency)
            return notices.may_take_back(one.delivery.data, profile)
        except Exception:
            # A defect of ours that these bytes bring out must not stall the wire (law 6).
            log.exception("looking through delivery %s failed", one.delivery.id)
            return True

    def _calls_of_parts(self, opened: Sequence[Opened]) -> Iterator[Call]:
        """What was left out of deliveries that were read."""
        here: set[_Entry] = set()
        for one in opened:
            if one.beyond:
                yield _too_wide(one)
            fresh = [e for e in _unreadable(one) if e not in self._known and e not in here]
            here.update(fresh)
            if fresh:
                yield _entries(one, [text for _, _, text in fresh])

    def _remember(self, one: Opened) -> None:
        for entry in _unreadable(one):
            if entry not in self._known and len(self._known) >= _MOST_KNOWN:
                self._known.pop(next(iter(self._known)))
            self._known[entry] = None

    def end(self, opened: Iterable[Opened], alert: Alert) -> None:
        """These are kept, and the calls for them: what they called for is known from now on, and
        dead letters that were read at last have their all-clears."""
        for one in opened:
            self._remember(one)
            fate = self._store.fate(one.delivery.id)
            if fate is not None and fate.attempts and fate.error is None:
                self._over(one.delivery.id, one.delivery.source, alert)

    def dismiss(self, letters: Iterable[str], said: Dismissal, alert: Alert) -> None:
        """A person has read these and wants no more of them."""
        for id in letters:
            delivery = self._store.delivery(id)
            if delivery is not None and self._store.dismiss(id, said):
                self._over(id, delivery.source, alert)

    def end_old(self, opened: Iterable[Bell], alert: Alert) -> None:
        """The all-clears that a desk owed when it ended: what rings and is dead no more."""
        dead = {*self._store.dead_sources(), OTHERS}
        for bell in opened:
            if bell.code == _DEAD and bell.about not in dead:
                alert.over(_DEAD, bell.about)
            elif bell.code in (_MAYBE_KILL, _NOT_LINKED) and not self._is_dead(bell.about):
                alert.over(bell.code, bell.about)

    def _is_dead(self, delivery: str) -> bool:
        fate = self._store.fate(delivery)
        return delivery == OTHERS or (fate is not None and fate.state is not FateState.taken)

    def _over(self, delivery: str, source: str, alert: Alert) -> None:
        alert.over(_MAYBE_KILL, delivery)
        alert.over(_NOT_LINKED, delivery)
        if source not in self._store.dead_sources():
            alert.over(_DEAD, source)


def _loud(one: Opened, end: Taken) -> Call:
    return Call(
        code="dead-letter-kill",
        text=f"delivery {end.delivery} from {one.delivery.source} MAY TAKE A STORY BACK and could "
        f"not be read: `copytaster letters {end.delivery}` shows its bytes; kill or hold by hand "
        f"what it means, then `copytaster letters --dismiss {end.delivery}`; it failed with: "
        f"{end.error}",
        about=end.delivery,
    )


def _quiet(source: str, ends: Sequence[Taken]) -> Call:
    newest = ends[-1]
    many = "a delivery" if len(ends) == 1 else f"{len(ends)} deliveries"
    return Call(
        code="dead-letter",
        text=f"{many} from {source} could not be read: `copytaster letters` lists what waits, "
        "`copytaster retry` reads it again, `copytaster letters --dismiss` ends it; the last, "
        f"{newest.delivery}, failed with: {newest.error}",
        about=source,
    )


def _unreadable(one: Opened) -> list[_Entry]:
    """What could not be read of a delivery that was."""
    delivery = one.delivery
    failed = one.parsed.failed if one.parsed is not None else ()
    said = (f"{bad.guid or f'number {bad.index + 1}'}: {bad.error}" for bad in failed)
    return list(dict.fromkeys((delivery.agency, delivery.source, text) for text in said))


def _entries(one: Opened, failed: Sequence[str]) -> Call:
    more = f" and {len(failed) - _SHOWN} more" if len(failed) > _SHOWN else ""
    return Call(
        code="entry-unreadable",
        text=f"{len(failed)} of what delivery {one.delivery.id} from {one.delivery.source} holds "
        f"could not be read, the rest was: `copytaster letters {one.delivery.id}` shows its bytes; "
        f"if it takes something back, do so by hand: {'; '.join(failed[:_SHOWN])}{more}",
        about=one.delivery.source,
    )


def _too_wide(one: Opened) -> Call:
    """A feed that is polled says the same again and again."""
    is_feed = one.parsed is not None and one.parsed.snapshot
    return Call(
        code="notice-too-wide",
        text=f"delivery {one.delivery.id} from {one.delivery.source} says {one.beyond} things "
        f"of stories beyond the {MOST_TARGETS} that one delivery may say: `copytaster letters "
        f"{one.delivery.id}` shows its bytes; kill or hold by hand what else it means",
        about=one.delivery.source if is_feed else one.delivery.id,
    )
