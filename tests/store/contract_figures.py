"""What every store promises of figures: a part of the contract."""

from datetime import date
from datetime import timedelta
from typing import Any

from copytaster.store import Count
from copytaster.store import Dated
from copytaster.store import DrillFigures
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import KillFigures
from copytaster.store import Receipt
from copytaster.store import Store
from copytaster.store import Taken
from copytaster.store import WorkKind
from copytaster.story import Reason
from copytaster.story import State
from tests.store.making import NOON
from tests.store.making import at
from tests.store.making import change
from tests.store.making import delivery
from tests.store.making import event
from tests.store.making import judged
from tests.store.making import live
from tests.store.making import publishing
from tests.store.making import story

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
EVER = at(-1_000_000)
UTC = timedelta(0)
VERSION = Count(what="version", kind="1")


def take(store: Store, id: str, *counts: Count, **facts: Any) -> None:
    store.keep([delivery(id, **facts)])
    store.commit([], [Taken(delivery=id, counts=counts)])


def seen(address: str, seconds: float, **facts: Any) -> Receipt:
    given = {"channel": "site", "kind": WorkKind.withdraw, "since": at(10), "clean": True}
    given |= {"story": story(1).id, "seen": at(seconds)}
    return Receipt(address=address, **(given | facts))


def killed(store: Store, n: int = 1, seconds: float = 11, **facts: Any) -> None:
    store.commit([publishing(n, **facts)])
    read = store.story(story(n).id)
    assert read is not None
    gone = live(n, state=State.killed, face=Face.gone, revision=read.revision, **facts)
    told = event(n, EventKind.killed, at=at(seconds), reason="agency")
    store.commit([change(gone, events=(told,))])


class FiguresContract:
    """Figures of sources, drills and days."""

    def test_what_is_counted_of_a_source_is_summed_from_an_hour_on(self, store: Store) -> None:
        late = Count(what="late", kind="5", n=3)
        take(store, "a", VERSION, late)
        take(store, "b", VERSION, received=NOON + HOUR)
        take(store, "c", VERSION, source="other")
        assert store.figures.counted("wire", NOON) == [late, Count(what="version", kind="1", n=2)]
        assert store.figures.counted("wire", NOON + HOUR / 2)[-1].n == 2
        assert store.figures.counted("wire", NOON + HOUR) == [VERSION]
        assert store.figures.counted("nowhere", NOON) == []

    def test_what_was_counted_over_a_week_ago_goes_with_the_next(self, store: Store) -> None:
        take(store, "a", VERSION)
        take(store, "b", VERSION, received=NOON + 8 * DAY)
        assert store.figures.counted("wire", NOON)[0].n == 2
        take(store, "c", VERSION, received=NOON + 8 * DAY + HOUR)
        assert store.figures.counted("wire", NOON)[0].n == 2

    def test_drills_are_kept_newest_first_for_as_long_as_is_said(self, store: Store) -> None:
        first = DrillFigures(began=NOON, outcome="dirty", slow=5.0)
        second = DrillFigures(
            began=NOON + DAY,
            outcome="clean",
            slow=5.0,
            to_publish=0.25,
            to_clean=0.5,
            kinds={"own": 0.25, "feed": 0.5},
        )
        for one in (first, second, second):
            store.figures.keep_drill(one, 2 * DAY)
        assert store.figures.drills(EVER) == [second, first]
        assert store.figures.drills(EVER, limit=1) == [second]
        assert store.figures.drills(NOON + HOUR) == [second]
        third = DrillFigures(began=NOON + 2 * DAY + HOUR, outcome="clean", slow=5.0)
        store.figures.keep_drill(third, 2 * DAY)
        assert store.figures.drills(EVER) == [third, second]

    def test_a_kill_took_until_its_last_address_was_seen_clean(self, store: Store) -> None:
        killed(store)
        store.note_receipts([seen("/s/1", 12), seen("/", 12.5), seen("/x", 99, channel="pictures")])
        kill = KillFigures(story=story(1).id, at=at(11), reason="agency", to_clean=2.5)
        assert store.figures.kills(EVER) == [kill]
        assert store.figures.kills(at(12)) == []

    def test_a_kill_that_is_not_seen_clean_everywhere_has_no_time(self, store: Store) -> None:
        killed(store)
        assert [one.to_clean for one in store.figures.kills(EVER)] == [None]
        store.note_receipts([seen("/s/1", 12), seen("/", 12.5, clean=False)])
        assert [one.to_clean for one in store.figures.kills(EVER)] == [None]

    def test_what_is_taken_back_before_and_after_a_kill_is_not_its_time(self, store: Store) -> None:
        killed(store)
        store.note_receipts(
            [
                seen("/s/1", 10.5, since=at(3)),
                seen("/s/1", 13),
                seen("/s/1", 500, since=at(400)),
                seen("/s/1", 14, kind=WorkKind.publish),
            ]
        )
        assert [one.to_clean for one in store.figures.kills(EVER)] == [3.0]

    def test_kills_are_told_newest_first_and_drills_are_none(self, store: Store) -> None:
        for n in (1, 2):
            killed(store, n, seconds=20 + n)
        killed(store, 3, seconds=30, drill=True)
        assert [one.at for one in store.figures.kills(EVER)] == [at(22), at(21)]
        assert [one.at for one in store.figures.kills(EVER, limit=1)] == [at(22)]
        assert store.figures.killed_by_day(EVER, UTC) == [
            Dated(day=date(2026, 3, 1), kind="agency", n=2)
        ]

    def test_a_day_is_that_of_the_house(self, store: Store) -> None:
        killed(store, 1, seconds=0)
        (told,) = store.figures.killed_by_day(EVER, timedelta(hours=12))
        assert told.day == date(2026, 3, 2)
        (told,) = store.figures.killed_by_day(EVER, timedelta(hours=11, minutes=59))
        assert told.day == date(2026, 3, 1)
        assert store.figures.killed_by_day(at(1), UTC) == []

    def test_corrections_are_counted_and_other_updates_are_not(self, store: Store) -> None:
        store.commit([publishing(1)])
        read = store.story(story(1).id)
        assert read is not None
        events = [
            event(1, EventKind.updated, reason=reason, at=at(second))
            for second, reason in enumerate(("correction", "update", "refile", "correction"))
        ]
        store.commit([change(read, events=tuple(events))])
        assert store.figures.corrected_by_day(EVER, UTC) == [
            Dated(day=date(2026, 3, 1), kind="correction", n=2)
        ]
        assert [one.n for one in store.figures.corrected_by_day(at(1), UTC)] == [1]

    def test_a_story_is_held_once_a_day_for_each_reason(self, store: Store) -> None:
        reasons = (Reason(code="burst"), Reason(code="backfill", detail="old"))
        held = [
            judged(1, reasons=reasons),
            judged(1, seconds=5, reasons=reasons[:1]),
            judged(1, state=State.live, seconds=6, reasons=(Reason(code="ok"),)),
            judged(1, seconds=86_400, reasons=reasons[:1]),
        ]
        for revision, one in enumerate(held):
            store.commit([change(story(1, revision=revision), judged=one)])
        store.commit([change(story(2), judged=judged(2, reasons=reasons[:1]))])
        drill = change(story(3, drill=True), judged=judged(3, reasons=reasons))
        store.commit([drill])
        first, second = date(2026, 3, 1), date(2026, 3, 2)
        assert store.figures.held_by_day(EVER, UTC) == [
            Dated(day=first, kind="backfill", n=1),
            Dated(day=first, kind="burst", n=2),
            Dated(day=second, kind="burst", n=1),
        ]
        assert store.figures.held_by_day(at(1), UTC) == [
            Dated(day=first, kind="burst", n=1),
            Dated(day=second, kind="burst", n=1),
        ]
