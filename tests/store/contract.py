"""What every store promises, told against the port: inherit it and give a ``store`` fixture."""

from collections.abc import Callable
from datetime import timedelta
from datetime import timezone
from threading import Thread

import pytest
from msgspec.structs import replace

from copytaster.item import PubStatus
from copytaster.item import Target
from copytaster.store import BatchProgress
from copytaster.store import Called
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import Fate
from copytaster.store import FateState
from copytaster.store import History
from copytaster.store import Listed
from copytaster.store import ListQuery
from copytaster.store import Moved
from copytaster.store import Past
from copytaster.store import PressWork
from copytaster.store import Reach
from copytaster.store import Receipt
from copytaster.store import Seeking
from copytaster.store import SitemapPart
from copytaster.store import Sought
from copytaster.store import Store
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.store import Taken
from copytaster.store import WorkKind
from copytaster.story import DecisionKind
from copytaster.story import Reason
from copytaster.story import State
from tests.store.contract_calls import CallContract
from tests.store.contract_dead_letters import CameContract
from tests.store.contract_dead_letters import DeadLetterContract
from tests.store.contract_evidence import CorrectionsContract
from tests.store.contract_evidence import EvidenceContract
from tests.store.contract_figures import FiguresContract
from tests.store.contract_log import LogContract
from tests.store.contract_outbox import OutboxContract
from tests.store.contract_patrol import PatrolContract
from tests.store.contract_people import PeopleContract
from tests.store.contract_pictures import PicturesContract
from tests.store.contract_presets import PresetsContract
from tests.store.contract_remarks import RemarksContract
from tests.store.contract_reports import ReportsContract
from tests.store.contract_twins import TwinsContract
from tests.store.contract_window import WindowContract
from tests.store.contract_wire import WireContract
from tests.store.making import NOON
from tests.store.making import at
from tests.store.making import batch
from tests.store.making import change
from tests.store.making import decision
from tests.store.making import delivery
from tests.store.making import digest
from tests.store.making import edition
from tests.store.making import event
from tests.store.making import item
from tests.store.making import live
from tests.store.making import message
from tests.store.making import moment
from tests.store.making import publishing
from tests.store.making import story
from tests.store.making import work

LATER = at(1_000_000)
THREE = [publishing(1), publishing(2), publishing(3)]


def read_again(store: Store, n: int = 1) -> Story:
    kept = store.story(f"{n:016d}")
    assert kept is not None
    return kept


def called(name: int, seconds: float) -> Called:
    return Called(name=name, first=at(seconds), last=at(seconds))


def sought(name: int, since: float, until: float) -> Sought:
    return Sought(name=name, since=at(since), until=at(until))


def numbers(listed: list[Listed]) -> list[int]:
    return [one.story.number for one in listed]


def become(store: Store, n: int, seconds: float, **facts: object) -> None:
    """The n-th story changes as said, and its face at that second."""
    kept = read_again(store, n)
    store.commit([change(replace(kept, face_changed=at(seconds), **facts))])


def in_threads(*deeds: Callable[[], None]) -> None:
    """Run the deeds at once; the first that failed fails here."""
    failed: list[BaseException] = []

    def guarded(deed: Callable[[], None]) -> None:
        try:
            deed()
        except BaseException as error:  # noqa: BLE001 - told again below, in the test's thread
            failed.append(error)

    threads = [Thread(target=guarded, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


class DeliveriesContract:
    """Deliveries and intake."""

    def test_a_kept_delivery_comes_back_as_it_came(self, store: Store) -> None:
        came = delivery(
            "a",
            bytes(range(256)) * 40,
            content_type="text/xml; charset=utf-8",
            url="https://wire.example/a",
            archive=True,
            publish_after=at(0.000001),
            urgent=True,
        )
        store.keep([came])
        assert store.delivery("a") == came
        assert store.waiting(10) == [came]

    def test_an_empty_delivery_is_kept_too(self, store: Store) -> None:
        store.keep([delivery("a", b"")])
        kept = store.delivery("a")
        assert kept is not None
        assert kept.data == b""

    def test_the_same_bytes_sent_twice_are_two_deliveries(self, store: Store) -> None:
        store.keep([delivery("a", b"same"), delivery("b", b"same", source="other")])
        assert [one.source for one in store.waiting(10)] == ["wire", "other"]

    def test_an_unknown_delivery_is_none(self, store: Store) -> None:
        assert store.delivery("a") is None
        assert store.fate("a") is None

    def test_urgent_deliveries_come_first_then_the_order_of_arrival(self, store: Store) -> None:
        store.keep([delivery("a", received=at(2)), delivery("b", received=at(3), urgent=True)])
        store.keep([delivery("c", received=at(1)), delivery("d", received=at(4), urgent=True)])
        store.keep([delivery("e", received=at(2))])
        assert [one.id for one in store.waiting(10)] == ["b", "d", "c", "a", "e"]
        assert [one.id for one in store.waiting(2)] == ["b", "d"]

    def test_bytes_under_a_wrong_digest_are_refused_and_nothing_is_kept(self, store: Store) -> None:
        wrong = delivery("b", b"other", sha256=digest(b"bytes"))
        with pytest.raises(ValueError, match="b"):
            store.keep([delivery("a"), wrong])
        assert store.waiting(10) == []
        assert store.counts()["waiting"] == 0

    def test_an_id_is_never_used_for_two_deliveries(self, store: Store) -> None:
        store.keep([delivery("a", b"first")])
        with pytest.raises(ValueError, match="deliver"):
            store.keep([delivery("b"), delivery("a", b"second")])
        assert [one.data for one in store.waiting(10)] == [b"first"]

    def test_a_taken_delivery_waits_no_longer_and_its_fate_is_known(self, store: Store) -> None:
        store.keep([delivery("a"), delivery("b")])
        store.commit([], [Taken(delivery="a", stories=("s1", "s2"), aside=("picture: p",))])
        assert [one.id for one in store.waiting(10)] == ["b"]
        assert store.fate("a") == Fate(
            id="a",
            state=FateState.taken,
            received=NOON,
            stories=("s1", "s2"),
            aside=("picture: p",),
        )
        assert store.fate("b") == Fate(id="b", state=FateState.waiting, received=NOON)

    def test_a_delivery_nobody_kept_cannot_be_taken(self, store: Store) -> None:
        with pytest.raises(ValueError, match="unknown"):
            store.commit([change(story())], [Taken(delivery="unknown")])
        assert store.story(story().id) is None


class StoriesContract:
    """Commits, and what can be read of them."""

    def test_a_story_comes_back_as_it_was_committed(self, store: Store) -> None:
        given = live(
            reasons=(Reason(code="a", detail="b"), Reason(code="c")),
            cause="desk",
            edition_hash=digest(b"x"),
            language="hi",
            shelves=("section/world", "section/sport"),
            look_again=at(0.000001),
            substitute="s" * 16,
        )
        store.commit([change(given)])
        assert read_again(store) == replace(given, revision=1, number=1)

    def test_stories_are_numbered_from_one_as_they_are_made(self, store: Store) -> None:
        store.commit([change(story(1)), change(story(2))])
        store.commit([change(story(3))])
        assert [read_again(store, n).number for n in (1, 2, 3)] == [1, 2, 3]

    def test_the_revision_grows_by_one_with_each_commit(self, store: Store) -> None:
        store.commit([change(story())])
        for revision in (1, 2):
            assert read_again(store).revision == revision
            store.commit([change(read_again(store))])

    def test_a_story_that_moved_is_named_and_nothing_is_kept(self, store: Store) -> None:
        store.keep([delivery("a")])
        store.commit([change(story(1)), change(story(2))])
        stale = [read_again(store, 1), read_again(store, 2)]
        store.commit([change(read_again(store, 1), message("meanwhile"))])
        before = store.sequence
        with pytest.raises(Moved) as moved:
            store.commit(
                [
                    change(stale[1], message("other"), work=work(2), events=(event(2),)),
                    change(stale[0], message("late"), work=work(1)),
                    publishing(3),
                ],
                [Taken(delivery="a")],
            )
        assert moved.value.stories == (story(1).id,)
        assert [m.item.slugline for m in store.history_of(story(1).id).messages] == ["meanwhile"]
        assert store.history_of(story(2).id).messages == ()
        assert store.story(story(3).id) is None
        assert (store.work(LATER, 10), store.events(), store.sequence) == ([], [], before)
        assert [one.id for one in store.waiting(10)] == ["a"]

    def test_every_story_that_moved_is_named(self, store: Store) -> None:
        store.commit([change(story(1)), change(story(2))])
        with pytest.raises(Moved) as moved:
            store.commit([change(story(1)), change(replace(story(2), revision=7))])
        assert set(moved.value.stories) == {story(1).id, story(2).id}

    def test_a_story_made_meanwhile_by_another_is_moved(self, store: Store) -> None:
        store.commit([change(story(1))])
        again = story(2, guid=story(1).guid)
        with pytest.raises(Moved) as moved:
            store.commit([change(again, message())])
        assert moved.value.stories == (again.id,)
        assert store.story(again.id) is None

    def test_a_guid_belongs_to_its_agency(self, store: Store) -> None:
        other = story(2, agency="hill", guid=story(1).guid)
        store.commit([change(story(1)), change(other)])
        assert store.history("hill", other.guid).story == read_again(store, 2)
        assert store.history("harbour", other.guid).story == read_again(store, 1)

    def test_a_revision_of_a_story_nobody_made_is_moved(self, store: Store) -> None:
        with pytest.raises(Moved):
            store.commit([change(story(1, revision=1))])

    def test_the_parts_of_a_change_belong_to_its_story(self, store: Store) -> None:
        for parts in ({"work": work(2)}, {"events": (event(2),)}, {"edition": edition(2)}):
            with pytest.raises(ValueError, match=story(1).id):
                store.commit([change(story(1), **parts)])
        assert store.story(story(1).id) is None

    def test_history_is_the_same_by_guid_and_by_id(self, store: Store) -> None:
        first, second = message("first"), message("second", version="2", received=at(1))
        decisions = (decision("b", 5), decision("a", 5), decision("c", 1, content_hash="h"))
        store.commit([change(story(), first, decisions=decisions[:1])])
        store.commit([change(read_again(store), second, decisions=decisions[1:])])
        expected = History(
            story=read_again(store),
            messages=(first, second),
            decisions=(decisions[2], decisions[1], decisions[0]),
        )
        assert store.history("harbour", story().guid) == expected
        assert store.history_of(story().id) == expected

    def test_an_unknown_story_has_no_history(self, store: Store) -> None:
        assert store.history("harbour", "urn:none") == History(story=None)
        assert store.history_of("none") == History(story=None)
        assert store.story("none") is None

    def test_a_message_comes_back_with_the_offset_the_agency_wrote(self, store: Store) -> None:
        kolkata = timezone(timedelta(hours=5, minutes=30))
        sent = message(version_created=moment(NOON.astimezone(kolkata)))
        target = Target(idref="urn:x", new_status=PubStatus.canceled, when=moment(at(1)))
        notice = message("notice", target=target, seen=at(2), publish_after=at(3))
        store.commit([change(story(), sent, notice)])
        kept = store.history_of(story().id).messages
        assert kept == (sent, notice)
        created = kept[0].item.version_created
        assert created is not None
        assert created.instant is not None
        assert created.instant.utcoffset() == timedelta(hours=5, minutes=30)

    def test_a_repeated_message_is_not_kept_twice(self, store: Store) -> None:
        store.commit([change(story(), message(), message(received=at(1)))])
        store.commit([change(read_again(store), message(received=at(2)))])
        assert store.history_of(story().id).messages == (message(),)

    @pytest.mark.parametrize(
        ("status", "kept"),
        [(PubStatus.withheld, 2), (PubStatus.usable, 1), (PubStatus.canceled, 1)],
    )
    def test_a_hold_without_a_date_is_kept_each_time_it_comes(
        self, store: Store, status: PubStatus, kept: int
    ) -> None:
        target = Target(idref="urn:harbour:1", new_status=status)
        said = [message(target=target, received=at(n), version_created=None) for n in (0, 1)]
        store.commit([change(story(), *said, said[0])])
        assert store.history_of(story().id).messages == tuple(said[:kept])

    def test_two_notices_of_the_same_words_are_two(self, store: Store) -> None:
        target = Target(idref="urn:harbour:1")
        said = [message(target=target, guid=guid) for guid in ("urn:kill:1", "urn:kill:2")]
        store.commit([change(story(), *said)])
        assert store.history_of(story().id).messages == tuple(said)

    @pytest.mark.parametrize(
        "other",
        [
            message("second"),
            message(version="2"),
            message(version_created=moment(at(1))),
            message(seen=at(1)),
            message(target=Target(idref="urn:harbour:1")),
        ],
        ids=["content", "version", "version date", "sighting", "notice"],
    )
    def test_a_message_that_differs_is_kept(self, store: Store, other: object) -> None:
        store.commit([change(story(), message())])
        store.commit([change(read_again(store), other)])
        assert store.history_of(story().id).messages == (message(), other)

    @pytest.mark.parametrize("order", [(True, False), (False, True)])
    def test_how_a_message_came_the_first_time_stands(
        self, store: Store, order: tuple[bool, bool]
    ) -> None:
        store.commit([change(story(), *(message(archive=archive) for archive in order))])
        (kept,) = store.history_of(story().id).messages
        assert kept.arrival.archive is order[0]

    def test_the_same_message_may_belong_to_two_stories(self, store: Store) -> None:
        store.commit([change(story(1), message()), change(story(2), message())])
        assert store.history_of(story(1).id).messages == (message(),)
        assert store.history_of(story(2).id).messages == (message(),)

    def test_a_repeated_decision_is_not_kept_twice(self, store: Store) -> None:
        store.commit([change(story(), decisions=(decision("a"),))])
        store.commit([change(read_again(store), decisions=(decision("a"),))])
        assert store.history_of(story().id).decisions == (decision("a"),)

    def test_the_substitute_that_a_kill_names_is_kept(self, store: Store) -> None:
        kill = decision("a", kind=DecisionKind.kill, substitute=story(2).id)
        store.commit([change(story(), decisions=(kill,))])
        assert store.history_of(story().id).decisions == (kill,)

    def test_editions_come_oldest_first(self, store: Store) -> None:
        store.commit([change(live(), edition=edition(1, 1))])
        store.commit([change(read_again(store), edition=edition(1, 2, "second"))])
        assert store.editions(story().id) == [edition(1, 1), edition(1, 2, "second")]
        assert store.edition(story().id, 2) == edition(1, 2, "second")
        assert store.edition(story().id, 3) is None
        assert store.edition("none", 1) is None
        assert store.editions("none") == []

    def test_an_edition_may_be_made_again_from_the_same_content_only(self, store: Store) -> None:
        store.commit([change(live(), edition=edition())])
        again = edition(transform=digest(b"newer"), entry=b"newer")
        store.commit([change(read_again(store), edition=again)])
        with pytest.raises(ValueError, match="edition 1"):
            store.commit([change(read_again(store), edition=edition(content="other"))])
        assert store.editions(story().id) == [again]

    def test_what_is_noted_beside_an_edition_is_kept_and_noted_anew(self, store: Store) -> None:
        made = edition(notes=b"notes")
        store.commit([change(live(), edition=made)])
        assert store.editions(story().id) == [made]
        sequence = store.sequence
        store.note(story().id, 1, b"other notes")
        store.note(story().id, 2, b"of no edition")
        store.note("none", 1, b"of no story")
        assert store.editions(story().id) == [edition(notes=b"other notes")]
        assert store.sequence == sequence

    def test_the_parts_of_an_edition_are_kept_and_count_as_shown(self, store: Store) -> None:
        made = edition(parts=("first", "second"))
        store.commit([change(live(), edition=made)])
        assert store.edition(story().id, 1) == made
        past = store.past_of(story().id)
        assert past is not None
        assert past.shown == {made.content_hash, "first", "second"}
        with pytest.raises(ValueError, match="edition 1"):
            store.commit([change(read_again(store), edition=edition(parts=("first",)))])

    def test_the_item_of_an_edition_is_found_by_its_content(self, store: Store) -> None:
        older, newer = message("same", version="1"), message("same", version="2")
        notice = message("same", target=Target(idref="urn:harbour:1"))
        store.commit([change(story(), older, newer, notice, message("other"))])
        assert store.item_of(story().id, item("same").content_hash) == newer
        assert store.item_of(story().id, "unknown") is None
        assert store.item_of("none", item("same").content_hash) is None

    def test_events_are_numbered_in_the_order_of_the_commits(self, store: Store) -> None:
        store.commit([change(live(1), events=(event(1, edition=1),)), publishing(2)])
        killed = event(1, EventKind.killed, reason="legal", note="Copy withdrawn.", at=at(9))
        store.commit([change(read_again(store, 1), events=(killed,))])
        expected = [
            event(1, edition=1, sequence=1),
            event(2, sequence=2),
            replace(killed, sequence=3),
        ]
        assert store.events() == expected
        assert store.events(since=1) == expected[1:]
        assert store.events(limit=2) == expected[:2]
        assert store.events(story=story(1).id) == [expected[0], expected[2]]
        assert store.events(story=story(1).id, since=1) == [expected[2]]
        assert store.events(story="none") == []

    def test_a_timer_rings_from_its_instant_on(self, store: Store) -> None:
        store.commit(
            [
                change(story(1, look_again=at(20))),
                change(story(2, look_again=at(10))),
                change(story(3)),
            ]
        )
        assert store.next_due() == at(10)
        assert store.due(at(9.999999)) == []
        assert store.due(at(10)) == [story(2).id]
        assert store.due(at(30)) == [story(2).id, story(1).id]
        assert store.due(at(30), limit=1) == [story(2).id]

    def test_a_timer_that_was_taken_off_never_rings(self, store: Store) -> None:
        store.commit([change(story(look_again=at(10)))])
        store.commit([change(replace(read_again(store), look_again=None))])
        assert store.next_due() is None
        assert store.due(LATER) == []


class PressContract:
    """Work and receipts."""

    def owe(self, store: Store, *owed: PressWork) -> None:
        for one in owed:
            n = int(one.story)
            kept = store.story(one.story) or story(n)
            store.commit([change(kept, work=one)])

    def test_withdrawals_come_first_then_the_oldest(self, store: Store) -> None:
        publish, withdraw = WorkKind.publish, WorkKind.withdraw
        owed = [
            work(1, publish, 5),
            work(2, publish, 1),
            work(3, withdraw, 9),
            work(4, withdraw, 8),
        ]
        self.owe(store, *owed)
        assert store.work(LATER, 10) == [owed[3], owed[2], owed[1], owed[0]]
        assert store.work(LATER, 1) == [owed[3]]

    @pytest.mark.parametrize("first", [WorkKind.publish, WorkKind.withdraw])
    def test_newer_work_replaces_older(self, store: Store, first: WorkKind) -> None:
        (second,) = {WorkKind.publish, WorkKind.withdraw} - {first}
        self.owe(store, work(1, first, 1), work(1, second, 2))
        assert store.work(LATER, 10) == [work(1, second, 2)]

    def test_a_publication_does_not_end_the_withdrawal_of_an_edition(self, store: Store) -> None:
        gone = event(1, EventKind.withdrawn, edition=1)
        withdrawal = work(1, WorkKind.withdraw, 1)
        store.commit([change(live(1), events=(event(1), gone), work=withdrawal)])
        self.owe(store, work(1, WorkKind.publish, 5, bulk=True))
        (left,) = store.work(LATER, 10)
        assert left.kind is WorkKind.withdraw
        assert at(1) < left.since < at(1.001)
        store.work_done([withdrawal])
        assert store.work(LATER, 10) == [left]
        store.work_done([left])
        self.owe(store, work(1, WorkKind.publish, 9))
        assert store.work(LATER, 10) == [work(1, WorkKind.publish, 9)]

    def test_work_that_is_done_is_owed_no_more(self, store: Store) -> None:
        self.owe(store, work(1), work(2))
        store.work_done([work(1)])
        assert store.work(LATER, 10) == [work(2)]

    def test_the_end_of_older_work_leaves_newer_work(self, store: Store) -> None:
        self.owe(store, work(1, seconds=1), work(1, seconds=2))
        store.work_done([work(1, seconds=1), work(1, WorkKind.withdraw, 2)])
        assert store.work(LATER, 10) == [work(1, seconds=2)]

    @pytest.mark.parametrize("kinds", [["publish"] * 2, ["publish", "withdraw", "publish"]])
    def test_the_end_of_older_work_leaves_newer_work_of_the_same_instant(
        self, store: Store, kinds: list[str]
    ) -> None:
        self.owe(store, work(1, WorkKind(kinds[0])))
        (taken,) = store.work(LATER, 10)
        self.owe(store, *(work(1, WorkKind(kind)) for kind in kinds[1:]))
        store.work_done([taken])
        (left,) = store.work(LATER, 10)
        assert left.kind == kinds[-1]
        assert at(0) < left.since < at(0.001)

    def test_failed_work_is_tried_again_when_it_is_due(self, store: Store) -> None:
        self.owe(store, work(1))
        store.work_failed(work(1), at(30))
        assert store.work(at(29), 10) == []
        assert store.work(at(30), 10) == [replace(work(1), attempts=1, due=at(30))]
        store.work_failed(store.work(at(30), 10)[0], at(60))
        assert store.work(at(60), 10) == [replace(work(1), attempts=2, due=at(60))]

    def test_a_clock_set_back_does_not_put_work_off(self, store: Store) -> None:
        """Else a withdrawal would wait for an hour to be proved again."""
        self.owe(store, work(1))
        store.work_failed(work(1), at(3630))
        assert store.work(at(3600), 10) == []
        assert len(store.work(at(0), 10)) == 1

    def test_the_failure_of_older_work_does_not_delay_newer_work(self, store: Store) -> None:
        self.owe(store, work(1), work(1, WorkKind.withdraw, 1))
        store.work_failed(work(1), at(30))
        assert store.work(at(2), 10) == [work(1, WorkKind.withdraw, 1)]

    def test_newer_work_does_not_wait_for_the_failure_of_older(self, store: Store) -> None:
        self.owe(store, work(1))
        store.work_failed(work(1), at(30))
        self.owe(store, work(1, seconds=1))
        assert store.work(at(2), 10) == [work(1, seconds=1)]

    def receipt(self, seen: float, **facts: object) -> Receipt:
        given = {"channel": "site", "address": "/s/1", "kind": WorkKind.withdraw}
        return Receipt(
            story=story().id, since=NOON, seen=at(seen), **({"clean": False} | given | facts)
        )

    def test_the_newest_receipt_of_an_address_is_kept(self, store: Store) -> None:
        store.commit([change(story())])
        clean = self.receipt(2, clean=True, status=410, detail="gone")
        store.note_receipts([self.receipt(1), clean])
        store.note_receipts([self.receipt(1.5, status=200)])
        other = self.receipt(3, address="/feed.atom")
        earlier = self.receipt(0, kind=WorkKind.publish)
        store.note_receipts([other, earlier])
        kept = store.receipts(story().id)
        assert [(one.seen, one.address) for one in kept] == [
            (one.seen, one.address) for one in (earlier, clean, other)
        ]
        assert (kept[1].clean, kept[1].status, kept[1].detail) == (True, 410, "gone")
        assert store.receipts("none") == []

    def test_a_receipt_needs_its_story(self, store: Store) -> None:
        with pytest.raises(ValueError, match="story"):
            store.note_receipts([self.receipt(1)])


class ListsContract:
    """Fronts, feeds, sitemaps, counts."""

    def test_a_front_holds_live_stories_newest_first(self, store: Store) -> None:
        store.commit(
            [
                publishing(1, seconds=20),
                publishing(2, seconds=30),
                publishing(3, seconds=10),
                change(story(4)),
                change(live(5, state=State.killed, face=Face.gone)),
            ]
        )
        assert numbers(store.front(ListQuery())) == [2, 1, 3]
        assert numbers(store.front(ListQuery(limit=1))) == [2]
        first = store.front(ListQuery())[0]
        assert first == Listed(story=read_again(store, 2), entry=b"entry 2/1")

    def test_the_entry_is_the_newest_editions(self, store: Store) -> None:
        store.commit([publishing(1)])
        newer = edition(1, 2, "second")
        store.commit([change(replace(read_again(store), edition=2), edition=newer)])
        assert [one.entry for one in store.front(ListQuery())] == [newer.entry]

    def test_an_update_leaves_a_front_as_it_was_and_heads_the_feed(self, store: Store) -> None:
        store.commit(THREE)
        become(store, 1, 50)
        assert numbers(store.front(ListQuery())) == [3, 2, 1]
        assert numbers(store.feed(ListQuery())) == [1, 3, 2]

    @pytest.mark.parametrize("list_", ["front", "feed"])
    def test_a_list_of_an_agency_or_a_section_holds_only_its_stories(
        self, store: Store, list_: str
    ) -> None:
        store.commit(
            [
                publishing(1, shelves=("section/sport", "section/world", "section/sport")),
                publishing(2, shelves=("section/sport",), agency="hill"),
                publishing(3),
            ]
        )
        read = getattr(store, list_)
        assert numbers(read(ListQuery(agency="harbour"))) == [3, 1]
        assert numbers(read(ListQuery(shelf="section/sport"))) == [2, 1]
        assert numbers(read(ListQuery(shelf="section/sport", agency="hill"))) == [2]
        assert numbers(read(ListQuery(shelf="section/none"))) == []
        assert numbers(read(ListQuery(agency="none"))) == []

    @pytest.mark.parametrize("list_", ["front", "feed"])
    @pytest.mark.parametrize("scope", [{}, {"shelf": "section/sport"}, {"agency": "harbour"}])
    def test_paging_meets_every_story_once_ties_too(
        self, store: Store, list_: str, scope: dict[str, str]
    ) -> None:
        store.commit(
            [publishing(n, seconds=n // 3, shelves=("section/sport",)) for n in range(1, 12)]
        )
        met: list[int] = []
        before = None
        while page := getattr(store, list_)(ListQuery(limit=2, before=before, **scope)):
            met += numbers(page)
            last = page[-1].story
            before = (last.first_public, last.number)
        assert met == list(range(11, 0, -1))

    @pytest.mark.parametrize("scope", [{}, {"shelf": "section/sport"}, {"agency": "harbour"}])
    def test_a_feed_keeps_the_notices_of_the_last_days(
        self, store: Store, scope: dict[str, str]
    ) -> None:
        faces = [Face.live, Face.hold, Face.gone, Face.legal, Face.expired, Face.none, Face.gone]
        store.commit([publishing(n, shelves=("section/sport",)) for n in range(1, 8)])
        for n, face in enumerate(faces, start=1):
            become(store, n, 100 if n < 7 else 50, face=face)
        feed = store.feed(ListQuery(notices_since=at(60), **scope))
        assert numbers(feed) == [4, 3, 2, 1]
        assert [one.entry for one in feed] == [None, None, None, b"entry 1/1"]
        assert numbers(store.feed(ListQuery(**scope))) == [1]
        assert numbers(store.front(ListQuery(**scope))) == [1]
        rest = ListQuery(notices_since=at(60), before=(at(100), 3), limit=1, **scope)
        assert numbers(store.feed(rest)) == [2]

    def test_a_story_that_leaves_a_section_leaves_its_lists(self, store: Store) -> None:
        store.commit([publishing(1, shelves=("section/sport", "section/world"))])
        store.commit(
            [change(replace(read_again(store), shelves=("section/world", "section/arts")))]
        )
        assert [
            numbers(store.front(ListQuery(shelf=f"section/{section}")))
            for section in ("sport", "world", "arts")
        ] == [[], [1], [1]]

    def test_a_drill_is_in_no_list_and_no_count(self, store: Store) -> None:
        store.commit([publishing(1, drill=True, shelves=("section/sport",))])
        become(store, 1, 5, state=State.held, face=Face.hold)
        become(store, 1, 6, state=State.live, face=Face.live)
        for query in (ListQuery(notices_since=NOON), ListQuery(shelf="section/sport")):
            assert store.front(query) == store.feed(query) == []
        assert store.recent(NOON) == []
        assert store.sitemap() == store.sitemap_part(0) == []
        assert store.agencies() == store.shelves("section") == []
        assert set(store.counts().values()) == {0}
        assert read_again(store).drill

    def test_recent_is_what_was_first_public_since_then(self, store: Store) -> None:
        store.commit(THREE)
        become(store, 1, 50)
        assert numbers(store.recent(at(2))) == [3, 2]
        assert numbers(store.recent(at(2), limit=1)) == [3]

    def test_elsewhere_is_what_other_agencies_published_since_then(self, store: Store) -> None:
        others = [live(n, agency=agency) for n, agency in ((4, "hill"), (5, "moor"), (6, "hill"))]
        store.commit([*THREE, *(change(one) for one in others), change(story(7, agency="moor"))])
        own = story(1).agency
        found = [story(n).id for n in (6, 5, 4)]
        assert store.elsewhere(own, at(0), 10) == found
        assert store.elsewhere(own, at(5), 10) == found[:2]
        assert store.elsewhere(own, at(0), 1) == found[:1]
        assert store.elsewhere("hill", at(3), 10) == [story(5).id, story(3).id]

    def test_a_sitemap_part_tells_its_live_stories_and_last_change(self, store: Store) -> None:
        store.commit([*THREE, change(story(4))])
        assert store.sitemap() == [SitemapPart(number=0, changed=at(3), stories=3)]
        become(store, 1, 60, face=Face.gone)
        assert store.sitemap() == [SitemapPart(number=0, changed=at(60), stories=2)]
        become(store, 2, 50)
        assert store.sitemap() == [SitemapPart(number=0, changed=at(60), stories=2)]
        assert [(one.story, one.changed) for one in store.sitemap_part(0)] == [
            (story(2).id, at(50)),
            (story(3).id, at(3)),
        ]
        assert {one.agency for one in store.sitemap_part(0)} == {story(2).agency}
        assert store.sitemap_part(1) == []

    def test_a_sitemap_part_without_live_stories_is_left_out(self, store: Store) -> None:
        store.commit([publishing(1)])
        become(store, 1, 60, face=Face.hold)
        assert store.sitemap() == []

    def test_sitemap_parts_hold_a_thousand_numbers(self, store: Store) -> None:
        store.commit([change(story(n)) for n in range(1, 999)])
        store.commit([publishing(n) for n in range(999, 1002)])
        assert [(part.number, part.stories) for part in store.sitemap()] == [(0, 1), (1, 2)]
        assert [one.story for one in store.sitemap_part(1)] == [story(1000).id, story(1001).id]

    def test_agencies_are_those_with_a_live_story(self, store: Store) -> None:
        store.commit(
            [
                publishing(1, agency="hill"),
                publishing(2, agency="harbour"),
                publishing(3, agency="hill"),
                change(story(4, agency="quiet")),
            ]
        )
        assert store.agencies() == ["harbour", "hill"]
        become(store, 2, 9, face=Face.gone)
        assert store.agencies() == ["hill"]

    def test_shelves_are_those_with_a_live_story(self, store: Store) -> None:
        store.commit(
            [
                publishing(1, shelves=("section/world", "section/sport")),
                publishing(2, shelves=("section/arts", "section/sport")),
                change(story(3, shelves=("section/quiet",))),
            ]
        )
        assert store.shelves("section") == ["arts", "sport", "world"]
        assert store.shelves("section", after="arts", limit=1) == ["sport"]
        assert store.shelves("topic") == store.shelves("sectio") == []
        become(store, 2, 9, face=Face.gone)
        assert store.shelves("section") == ["sport", "world"]

    def test_counts_follow_every_change(self, store: Store) -> None:
        none = dict.fromkeys([*State, "waiting", "dead", "work"], 0)
        assert store.counts() == none
        store.keep([delivery(id) for id in "abc"])
        store.commit(
            [change(story(1), work=work(1)), publishing(2), publishing(3)],
            [Taken(delivery="a"), Taken(delivery="b", error="bad")],
        )
        expected = {"held": 1, "live": 2, "waiting": 1, "dead": 1, "work": 1}
        assert store.counts() == none | expected
        become(store, 2, 9, state=State.killed, face=Face.gone)
        store.retry("b")
        store.work_done([work(1)])
        expected = {"held": 1, "live": 1, "killed": 1, "waiting": 2}
        assert store.counts() == none | expected

    def test_a_face_without_its_instants_is_refused(self, store: Store) -> None:
        """Such a story would be public and in no list."""
        for missing in ("first_public", "face_changed"):
            with pytest.raises(ValueError, match="instant"):
                store.commit([change(live(**{missing: None}))])


class FolderContract:
    """Sources, settings, sequence, and many threads at once."""

    def test_what_a_source_remembers_is_kept(self, store: Store) -> None:
        assert store.source_state("wire") is None
        store.keep_source_state("wire", b"\x00etag")
        store.keep_source_state("wire", b"")
        store.keep_source_state("other", b"x")
        assert store.source_state("wire") == b""

    def test_settings_are_kept_and_forgotten(self, store: Store) -> None:
        assert store.setting("paused") is None
        store.keep_setting("paused", "wire")
        store.keep_setting("paused", "")
        assert store.setting("paused") == ""
        store.keep_setting("paused", None)
        store.keep_setting("paused", None)
        assert store.setting("paused") is None

    @pytest.mark.parametrize(
        "seen",
        [
            change(story(1), events=(event(1),)),
            change(live(1), edition=edition(1)),
            change(live(1)),
            change(live(1, face=Face.hold)),
        ],
        ids=["event", "edition", "live", "notice"],
    )
    def test_the_sequence_grows_with_what_readers_may_see(
        self, store: Store, seen: StoryChange
    ) -> None:
        before = store.sequence
        assert store.commit([seen]) == store.sequence > before

    def test_the_sequence_grows_when_a_story_leaves_without_an_event(self, store: Store) -> None:
        before = store.commit([publishing(1)])
        become(store, 1, 60, face=Face.gone)
        assert store.sequence > before

    def test_what_is_only_added_amends_nothing(self, store: Store) -> None:
        before = store.amended
        store.commit([change(story(1)), change(live(2), edition=edition(2), events=(event(2),))])
        assert store.sequence > store.amended == before

    @pytest.mark.parametrize(
        "kind", [kind for kind in EventKind if kind is not EventKind.published]
    )
    def test_what_readers_saw_is_amended_by_every_other_event(
        self, store: Store, kind: EventKind
    ) -> None:
        store.commit([publishing(1)])
        before = store.amended
        told = replace(event(1), kind=kind)
        store.commit([change(read_again(store), events=(told,))])
        assert store.amended == store.sequence > before

    def test_a_face_that_changes_without_an_event_is_amended(self, store: Store) -> None:
        store.commit([publishing(1)])
        before = store.amended
        become(store, 1, 60, face=Face.gone)
        assert store.amended == store.sequence > before

    def test_the_sequence_rests_while_readers_see_no_difference(self, store: Store) -> None:
        store.commit([publishing(1)])
        before = store.sequence
        store.keep([delivery("a")])
        unseen = change(replace(read_again(store), look_again=at(9)), message(), work=work(1))
        assert store.commit([unseen, change(story(2))], [Taken(delivery="a")]) == before
        assert store.sequence == before

    def test_a_sound_store_has_no_faults(self, store: Store) -> None:
        store.commit(THREE)
        assert store.check() == []

    def test_intake_desk_and_readers_work_at_once(self, store: Store) -> None:
        def intake(name: str) -> None:
            for n in range(20):
                store.keep([delivery(f"{name}{n}")])

        def desk() -> None:
            for n in range(1, 21):
                store.commit([publishing(n)])

        def reader() -> None:
            for _ in range(40):
                front = numbers(store.front(ListQuery()))
                assert front == list(range(len(front), 0, -1))

        in_threads(lambda: intake("a"), lambda: intake("b"), desk, reader, reader)
        assert store.counts()["waiting"] == 40
        assert len(store.front(ListQuery())) == 20

    def test_no_commit_is_lost_between_two_desks(self, store: Store) -> None:
        store.commit([change(story())])

        def desk(name: str) -> None:
            for n in range(15):
                while True:
                    try:
                        store.commit([change(read_again(store), message(f"{name}{n}"))])
                        break
                    except Moved:
                        continue

        in_threads(lambda: desk("a"), lambda: desk("b"))
        history = store.history_of(story().id)
        assert history.story is not None
        assert history.story.revision == 31
        assert len(history.messages) == 30

    def test_a_history_is_of_one_instant(self, store: Store) -> None:
        """The revision belongs to the messages read with it, or the check would be worth
        nothing."""
        store.commit([change(story(), message("0"))])

        def desk() -> None:
            for n in range(1, 60):
                store.commit([change(read_again(store), message(str(n)))])

        def reader() -> None:
            for _ in range(60):
                history = store.history_of(story().id)
                assert history.story is not None
                assert history.story.revision == len(history.messages)

        in_threads(desk, reader, reader)


class BatchesContract:
    """Orders about many stories, and looking through everything."""

    @pytest.fixture
    def three(self, store: Store) -> Store:
        store.commit(THREE)
        return store

    def decide(self, store: Store, n: int, id: str, **facts: object) -> None:
        made = decision(id, batch="b1", **facts)
        store.commit([change(read_again(store, n), decisions=(made,))])

    def test_a_batch_is_kept_and_owes_each_of_its_stories_a_decision(self, three: Store) -> None:
        ids = [story(3).id, story(1).id]
        three.keep_batch(batch(), ids)
        assert three.batch("b1") == batch()
        assert three.batch_owed("b1", 10) == [(ids[1], 1), (ids[0], 3)]
        assert three.batch_owed("b1", 1) == [(ids[1], 1)]
        assert three.batch_owed("b1", 10, after=1) == [(ids[0], 3)]
        assert three.batches_owed() == [batch()]
        assert three.batch_progress("b1") == BatchProgress(stories=2, decided=0, owed=2, pressing=0)

    def test_a_decision_of_the_batch_pays_what_was_owed_and_others_do_not(
        self, three: Store
    ) -> None:
        three.keep_batch(batch(), [story(1).id, story(2).id])
        three.commit([change(read_again(three, 2), decisions=(decision("x"),))])
        assert len(three.batch_owed("b1", 10)) == 2
        self.decide(three, 1, "y")
        self.decide(three, 3, "z")
        assert three.batch_owed("b1", 10) == [(story(2).id, 2)]
        assert three.history_of(story(1).id).decisions == (decision("y", batch="b1"),)
        self.decide(three, 2, "y")
        assert three.batches_owed() == []
        assert three.batch_progress("b1").decided == 2

    def test_an_undo_is_owed_to_what_was_decided_and_ends_the_rest(self, three: Store) -> None:
        three.keep_batch(batch(), [story(1).id, story(2).id])
        self.decide(three, 1, "y")
        assert three.undo_batch("b1", at=at(5), by="chief", reason="mistake")
        assert three.batch("b1") == batch(
            undone_at=at(5), undone_by="chief", undone_reason="mistake"
        )
        assert three.batch_owed("b1", 10) == [(story(1).id, 1)]
        self.decide(three, 1, "z", kind=DecisionKind.undo)
        assert three.batches_owed() == []
        assert three.batch_progress("b1") == BatchProgress(stories=2, decided=0, owed=0, pressing=0)

    def test_a_batch_is_undone_once(self, three: Store) -> None:
        three.keep_batch(batch(), [story(1).id])
        assert three.undo_batch("b1", at=at(5), by="chief", reason="mistake")
        assert not three.undo_batch("b1", at=at(6), by="other", reason="again")
        assert not three.undo_batch("b2", at=at(6), by="other", reason="unknown")
        undone = three.batch("b1")
        assert undone is not None
        assert undone.undone_by == "chief"

    def test_batches_are_listed_newest_first_and_owed_oldest_first(self, three: Store) -> None:
        for id, n in (("b1", 1), ("b2", 1), ("b3", 2)):
            three.keep_batch(batch(id), [story(n).id])
        assert [one.id for one in three.batches()] == ["b3", "b2", "b1"]
        assert [one.id for one in three.batches(limit=1)] == ["b3"]
        assert [one.id for one in three.batches_owed()] == ["b1", "b2", "b3"]
        assert three.batch("b4") is None
        assert three.batch_owed("b4", 10) == []

    def test_a_batch_names_stories_that_are_there_and_each_once(self, three: Store) -> None:
        for wrong in ([story(1).id, story(9).id], [story(1).id, story(1).id]):
            with pytest.raises(ValueError, match=r"batch|refuses"):
                three.keep_batch(batch(), wrong)
        three.keep_batch(batch(), [])
        with pytest.raises(ValueError, match=r"batch|refuses"):
            three.keep_batch(batch(), [story(1).id])
        assert len(three.batches()) == 1

    def test_work_of_a_batch_is_apart_and_what_was_put_off_comes_last(self, three: Store) -> None:
        withdraw = WorkKind.withdraw
        bulk = [work(1, withdraw, 1, bulk=True), work(2, withdraw, 2, bulk=True)]
        three.keep_batch(batch(), [story(1).id, story(2).id])
        for n, owed in enumerate((*bulk, work(3, withdraw, 3)), start=1):
            three.commit([change(read_again(three, n), work=owed)])
        assert three.work(LATER, 10) == [work(3, withdraw, 3)]
        assert three.work_in_bulk(LATER, 10) == bulk
        assert three.batch_progress("b1").pressing == 2
        three.work_put_off(bulk[:1], at(30))
        assert three.work_in_bulk(at(29), 10) == bulk[1:]
        again = replace(bulk[0], attempts=1, due=at(30))
        assert three.work_in_bulk(at(30), 10) == [bulk[1], again]
        three.work_done(bulk)
        assert three.work_in_bulk(LATER, 10) == []
        assert three.batch_progress("b1").pressing == 0

    def test_what_was_never_tried_is_unpressed(self, three: Store) -> None:
        owed = work(1, WorkKind.withdraw, 1)
        three.commit([change(read_again(three, 1), work=owed)])
        assert [three.unpressed(story(n).id) for n in (1, 2, 9)] == [True, False, False]
        three.work_failed(owed, at(30))
        assert not three.unpressed(story(1).id)

    def test_single_work_replaces_work_of_a_batch(self, three: Store) -> None:
        held = work(1, WorkKind.withdraw, 1, bulk=True)
        killed = work(1, WorkKind.withdraw, 2)
        for owed in (held, killed):
            three.commit([change(read_again(three, 1), work=owed)])
        assert three.work(LATER, 10) == [killed]
        assert three.work_in_bulk(LATER, 10) == []

    def test_the_past_is_read_by_number_with_all_that_was_shown(self, three: Store) -> None:
        later = message("second", version="2")
        three.commit([change(read_again(three, 2), message(), later)])
        whole = three.past(Reach())
        assert [past.story.number for past in whole] == [1, 2, 3]
        assert whole[1] == Past(
            story=read_again(three, 2),
            messages=(message(), later),
            shown=frozenset({digest(b"first")}),
        )
        assert three.past_of(story(2).id) == whole[1]
        assert three.past_of(story(9).id) is None
        assert [past.story.number for past in three.past(Reach(after=1, limit=1))] == [2]
        assert three.past(Reach(after=3)) == []

    def test_the_past_is_narrowed_by_agency_source_and_time(self, store: Store) -> None:
        store.commit(
            [
                change(story(1), message(received=at(1)), message("x", received=at(9))),
                change(story(2, agency="hill"), message(received=at(5))),
                change(story(3)),
            ]
        )

        def found(**narrowed: object) -> list[int]:
            return [past.story.number for past in store.past(Reach(**narrowed))]

        assert found(agencies=frozenset({"hill", "dale"})) == [2]
        assert found(agencies=frozenset()) == []
        assert found(sources=frozenset({"wire"})) == [1, 2]
        assert found(sources=frozenset({"feed"})) == []
        assert found(since=at(9)) == [1]
        assert found(until=at(5)) == [1]
        assert found(since=at(5), until=at(5.000001)) == [1, 2]


class StoreContract(
    DeliveriesContract,
    CameContract,
    DeadLetterContract,
    CallContract,
    StoriesContract,
    PressContract,
    BatchesContract,
    ListsContract,
    CorrectionsContract,
    EvidenceContract,
    LogContract,
    FolderContract,
    PatrolContract,
    PicturesContract,
    OutboxContract,
    PresetsContract,
    RemarksContract,
    ReportsContract,
    TwinsContract,
    PeopleContract,
    WindowContract,
    WireContract,
    FiguresContract,
):
    """All of it."""

    # --- names, and notices that look for them ---------------------------------------------

    def test_a_story_is_found_by_any_of_its_names(self, store: Store) -> None:
        store.commit([change(story(1), names=(called(7, 0), called(-8, 0)))])
        assert store.named([sought(7, -1, 1)]) == [story(1).id]
        assert store.named([sought(-8, -1, 1), sought(99, -1, 1)]) == [story(1).id]
        assert store.named([sought(99, -1, 1)]) == []
        assert store.named([]) == []

    def test_a_name_is_found_only_when_a_version_of_it_moved_then(self, store: Store) -> None:
        store.commit([change(story(1), names=(called(7, 100),))])
        assert store.named([sought(7, 0, 99)]) == []
        assert store.named([sought(7, 100, 100)]) == [story(1).id]
        assert store.named([sought(7, 101, 200)]) == []

    def test_later_versions_stretch_when_a_name_moved(self, store: Store) -> None:
        store.commit([change(story(1), names=(called(7, 100),))])
        store.commit([change(read_again(store), names=(called(7, 50), called(7, 300)))])
        assert store.named([sought(7, 50, 50)]) == [story(1).id]
        assert store.named([sought(7, 300, 300)]) == [story(1).id]

    def test_stories_of_one_name_come_last_moved_first(self, store: Store) -> None:
        store.commit([change(story(n), names=(called(7, n),)) for n in (1, 3, 2)])
        ids = [story(n).id for n in (3, 2, 1)]
        assert store.named([sought(7, 0, 9)]) == ids
        assert store.named([sought(7, 0, 9)], limit=2) == ids[:2]

    def test_a_notice_looks_for_names_that_come_after_it(self, store: Store) -> None:
        notice = message("kill", guid="urn:harbour:kill")
        looks = Seeking(
            content_hash=notice.item.content_hash, sought=(sought(7, 0, 9), sought(8, 0, 9))
        )
        store.commit([change(story(1), notice, seeking=(looks,))])
        kept = [(story(1).id, notice.item.content_hash)]
        assert store.seeking([called(7, 5)]) == kept
        assert store.seeking([called(7, 5), called(8, 5)]) == kept
        assert store.seeking([called(7, 10)]) == []
        assert store.seeking([called(9, 5)]) == []
        assert store.seeking([]) == []

    def test_a_notice_said_again_looks_for_more(self, store: Store) -> None:
        notice = message("kill", guid="urn:harbour:kill")
        for name in (7, 8):
            looks = Seeking(content_hash=notice.item.content_hash, sought=(sought(name, 0, 9),))
            known = store.story(story(1).id) or story(1)
            store.commit([change(known, seeking=(looks,))])
        assert store.seeking([called(7, 5)]) == store.seeking([called(8, 5)])
        assert len(store.seeking([called(7, 5), called(8, 5)])) == 1

    def test_why_the_desk_held_by_itself_is_kept(self, store: Store) -> None:
        held = decision("d1", code="copy-of-killed")
        store.commit([change(story(1), decisions=(held,))])
        assert store.history_of(story(1).id).decisions == (held,)
