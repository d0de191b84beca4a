"""Figures on plain dictionaries: every answer is counted anew."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import TYPE_CHECKING

from copytaster.store import Count
from copytaster.store import Dated
from copytaster.store import DrillFigures
from copytaster.store import Event
from copytaster.store import EventKind
from copytaster.store import KillFigures
from copytaster.store import Receipt
from copytaster.store import Taken
from copytaster.store import WorkKind
from copytaster.story import State

if TYPE_CHECKING:
    from tests.store.twin import Twin

_KEPT = 8 * 24


class TwinFigures:
    """:class:`copytaster.store.FigureStore`, without a file."""

    def __init__(self, twin: "Twin") -> None:
        self._twin = twin

    def count(self, taken: Taken) -> None:
        """In the commit's transaction."""
        delivery, kept = self._twin.kept.deliveries[taken.delivery], self._twin.kept.counted
        hour = _hour(delivery.received)
        for one in taken.counts:
            key = (delivery.source, hour, one.what, one.kind)
            kept[key] = kept.get(key, 0) + one.n
        old = [key for key in kept if key[0] == delivery.source and key[1] < hour - _KEPT]
        for key in old if taken.counts else ():
            del kept[key]

    def counted(self, source: str, since: datetime) -> list[Count]:
        sums: Counter[tuple[str, str]] = Counter()
        for (whose, hour, what, kind), n in self._twin.kept.counted.items():
            if whose == source and hour >= _hour(since):
                sums[what, kind] += n
        return [Count(what=what, kind=kind, n=n) for (what, kind), n in sorted(sums.items())]

    def keep_drill(self, figures: DrillFigures, keep: timedelta) -> None:
        with self._twin.turn:
            kept = self._twin.kept.drill_figures | {figures.began: figures}
            self._twin.kept.drill_figures = {
                began: one for began, one in kept.items() if began >= figures.began - keep
            }

    def drills(self, since: datetime, limit: int = 500) -> list[DrillFigures]:
        kept = sorted(self._twin.kept.drill_figures.items(), reverse=True)
        return [one for began, one in kept if began >= since][:limit]

    def kills(self, since: datetime, limit: int = 500) -> list[KillFigures]:
        killed = [one for one in self._events(since) if one.kind is EventKind.killed]
        newest = sorted(killed, key=lambda one: (one.at, one.sequence), reverse=True)
        return [self._killed(one) for one in newest][:limit]

    def _events(self, since: datetime) -> list[Event]:
        stories = self._twin.kept.stories
        return [
            one
            for one in self._twin.kept.events
            if one.at >= since and not stories[one.story].drill
        ]

    def _killed(self, event: Event) -> KillFigures:
        seen = [one for one in self._twin.kept.receipts.values() if _tells_of(one, event)]
        known = [one for one in seen if one.seen >= event.at]
        cause = max((one.since for one in known), default=None)
        mine = [one for one in seen if one.since == cause]
        took = max((one.seen for one in mine), default=event.at) - (cause or event.at)
        is_clean = bool(mine) and all(one.clean for one in mine)
        return KillFigures(
            story=event.story,
            at=event.at,
            reason=event.reason,
            to_clean=took.total_seconds() if is_clean else None,
        )

    def held_by_day(self, since: datetime, offset: timedelta) -> Sequence[Dated]:
        stories = self._twin.kept.stories
        held = {
            ((one.at + offset).date(), reason.code, one.story)
            for one in self._twin.kept.verdicts
            if one.state is State.held and one.at >= since and not stories[one.story].drill
            for reason in one.reasons
        }
        return _dated((day, code) for day, code, _ in held)

    def killed_by_day(self, since: datetime, offset: timedelta) -> Sequence[Dated]:
        killed = (one for one in self._events(since) if one.kind is EventKind.killed)
        return _dated(((one.at + offset).date(), one.reason or "agency") for one in killed)

    def corrected_by_day(self, since: datetime, offset: timedelta) -> Sequence[Dated]:
        shown = (one for one in self._events(since) if _is_correction(one))
        return _dated(((one.at + offset).date(), "correction") for one in shown)


def _hour(at: datetime) -> int:
    return int(at.timestamp() // 3600)


def _tells_of(receipt: Receipt, event: Event) -> bool:
    is_withdrawal = receipt.kind is WorkKind.withdraw and receipt.channel != "pictures"
    return receipt.story == event.story and is_withdrawal and receipt.since <= event.at


def _is_correction(event: Event) -> bool:
    return event.kind is EventKind.updated and event.reason == "correction"


def _dated(named: Iterable[tuple[date, str]]) -> list[Dated]:
    counts = Counter(named)
    return [Dated(day=day, kind=kind, n=n) for (day, kind), n in sorted(counts.items())]
