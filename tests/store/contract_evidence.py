"""What every store promises of corrections and of evidence: a part of the contract."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from copytaster.store import Correction
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import Receipt
from copytaster.store import Store
from copytaster.store import WorkKind
from copytaster.story import Reason
from copytaster.story import State
from tests.store.making import NOON
from tests.store.making import at
from tests.store.making import change
from tests.store.making import edition
from tests.store.making import event
from tests.store.making import judged
from tests.store.making import live
from tests.store.making import message
from tests.store.making import publishing
from tests.store.making import story


def corrected(store: Store, n: int, reason: str = "correction", **facts: object) -> None:
    """The n-th story is live with another edition, for that reason."""
    kept = store.story(f"{n:016d}")
    assert kept is not None
    made = edition(n, kept.edition + 1, f"edition {kept.edition + 1}", label=reason)
    happened = event(n, EventKind.updated, reason=reason, edition=made.number, **facts)
    store.commit([change(replace(kept, edition=made.number), edition=made, events=(happened,))])


def turned(store: Store, n: int, face: Face, kind: EventKind) -> None:
    kept = store.story(f"{n:016d}")
    assert kept is not None
    store.commit([change(replace(kept, face=face), events=(event(n, kind),))])


def told(listed: list[Correction]) -> list[tuple[int, str]]:
    """(story, reason or kind) of each."""
    return [(one.story.number, one.event.reason or one.event.kind.value) for one in listed]


class CorrectionsContract:
    """What the corrections page lists."""

    def test_corrections_and_refiles_are_listed_newest_first(self, store: Store) -> None:
        store.commit([publishing(1), publishing(2)])
        corrected(store, 1, note="Corrects the day.")
        corrected(store, 2, "update")
        corrected(store, 2, "refile")
        corrected(store, 1)
        listed = store.corrections()
        assert told(listed) == [(1, "correction"), (2, "refile"), (1, "correction")]
        assert listed[2].event.note == "Corrects the day."
        assert [one.event.edition for one in listed] == [3, 3, 2]
        assert listed[0].entry == b"entry 1/3"
        assert listed[0].story == store.story(story(1).id)

    def test_a_withdrawal_is_listed_while_it_stands(self, store: Store) -> None:
        store.commit([publishing(1), publishing(2), publishing(3)])
        corrected(store, 1)
        turned(store, 1, Face.hold, EventKind.held)
        turned(store, 2, Face.gone, EventKind.killed)
        assert told(store.corrections()) == [(2, "killed"), (1, "held"), (1, "correction")]
        assert [one.entry for one in store.corrections()] == [None, None, None]
        turned(store, 1, Face.live, EventKind.released)
        assert told(store.corrections()) == [(2, "killed"), (1, "correction")]
        turned(store, 1, Face.hold, EventKind.held)
        turned(store, 1, Face.gone, EventKind.killed)
        turned(store, 2, Face.legal, EventKind.killed)
        turned(store, 3, Face.hold, EventKind.held)
        turned(store, 3, Face.expired, EventKind.expired)
        assert told(store.corrections()) == [(2, "killed"), (1, "killed"), (1, "correction")]

    def test_an_edition_that_was_withdrawn_is_listed_for_good(self, store: Store) -> None:
        store.commit([publishing(1)])
        corrected(store, 1)
        turned(store, 1, Face.live, EventKind.withdrawn)
        assert told(store.corrections()) == [(1, "withdrawn"), (1, "correction")]
        assert [one.entry for one in store.corrections()] == [b"entry 1/2", b"entry 1/2"]
        corrected(store, 1, "update")
        turned(store, 1, Face.gone, EventKind.killed)
        assert told(store.corrections()) == [(1, "killed"), (1, "withdrawn"), (1, "correction")]

    def test_paging_meets_each_once_while_more_arrive(self, store: Store) -> None:
        store.commit([publishing(n) for n in range(1, 4)])
        for n in (1, 2, 3, 1, 2):
            corrected(store, n)
        met: list[tuple[int, int | None]] = []
        before = None
        while page := store.corrections(before=before, limit=2):
            met += [(one.story.number, one.event.edition) for one in page]
            before = page[-1].event.sequence
            corrected(store, 3)
        assert met == [(2, 3), (1, 3), (3, 2), (2, 2), (1, 2)]

    def test_the_corrections_of_one_story(self, store: Store) -> None:
        store.commit([publishing(1), publishing(2)])
        corrected(store, 1)
        corrected(store, 2)
        turned(store, 1, Face.gone, EventKind.killed)
        assert told(store.corrections(story=story(1).id)) == [(1, "killed"), (1, "correction")]
        assert store.corrections(story="none") == []

    def test_a_drill_is_not_listed(self, store: Store) -> None:
        store.commit([publishing(1, drill=True)])
        corrected(store, 1)
        turned(store, 1, Face.gone, EventKind.killed)
        assert store.corrections() == store.corrections(story=story(1).id) == []


class EvidenceContract:
    """What an evidence pack is made from."""

    def test_a_message_names_the_delivery_that_brought_it(self, store: Store) -> None:
        came = message()
        came = replace(came, arrival=replace(came.arrival, delivery="a"))
        again = replace(came, arrival=replace(came.arrival, delivery="b"))
        store.commit([change(story(), came, again)])
        assert store.history_of(story().id).messages == (came,)
        assert store.item_of(story().id, came.item.content_hash) == came

    def test_what_was_held_of_a_story_comes_back_in_its_order(self, store: Store) -> None:
        first = judged(1, State.held, reasons=(Reason(code="unknown-status", detail="odd"),))
        second = judged(1, State.killed, seconds=-5, cause="desk")
        store.commit([change(story(1), judged=first), change(story(2), judged=judged(2))])
        kept = store.story(story(1).id)
        assert kept is not None
        store.commit([change(kept, judged=second)])
        assert store.verdicts(story(1).id) == [first, second]
        assert store.verdicts("none") == []

    def test_a_verdict_belongs_to_its_story(self, store: Store) -> None:
        with pytest.raises(ValueError, match=story(1).id):
            store.commit([change(story(1), judged=judged(2))])
        assert store.story(story(1).id) is None

    def test_a_receipt_tells_how_often_and_what_was_last_wrong(self, store: Store) -> None:
        store.commit([change(live())])
        for seconds, clean, detail in (
            (1, False, "still shows the text"),
            (2, False, "answered 500"),
            (3, True, None),
            (3, True, None),  # the same look, told once more
            (2.5, False, "told late"),
            (4, True, None),
        ):
            seen = Receipt(
                story=live().id,
                channel="site",
                address="/",
                kind=WorkKind.withdraw,
                since=NOON,
                seen=NOON + timedelta(seconds=seconds),
                clean=clean,
                detail=detail,
            )
            store.note_receipts([seen])
        (receipt,) = store.receipts(live().id)
        assert (receipt.clean, receipt.seen, receipt.looks) == (True, at(4), 4)
        assert (receipt.dirty_seen, receipt.dirty_detail) == (at(2), "answered 500")
