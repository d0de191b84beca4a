"""What every store promises of erasure: a part of the contract."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from copytaster.item import Headline
from copytaster.item import PubStatus
from copytaster.item import RawRef
from copytaster.item import Target
from copytaster.store import Call
from copytaster.store import Called
from copytaster.store import Destroyed
from copytaster.store import Erasure
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import FateState
from copytaster.store import Filing
from copytaster.store import Moved
from copytaster.store import PictureState
from copytaster.store import Receipt
from copytaster.store import Remark
from copytaster.store import RemarkKind
from copytaster.store import Report
from copytaster.store import ReportKind
from copytaster.store import SearchQuery
from copytaster.store import Sought
from copytaster.store import Store
from copytaster.store import Story
from copytaster.store import Taken
from copytaster.store import WorkKind
from copytaster.store import is_erased
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import Reason
from copytaster.story import State
from tests.store.making import NOON
from tests.store.making import at
from tests.store.making import batch
from tests.store.making import change
from tests.store.making import decision
from tests.store.making import delivery
from tests.store.making import digest
from tests.store.making import edition
from tests.store.making import event
from tests.store.making import hung
from tests.store.making import judged
from tests.store.making import live
from tests.store.making import message
from tests.store.making import picture
from tests.store.making import story
from tests.store.making import work

DAY = timedelta(days=1)
WORDS = "Zwyntherapol"
ID = f"{1:016d}"
GUID = "urn:harbour:1"
NAME = Called(name=77, first=NOON, last=NOON)


def said(content: str = "first", came: str = "a", **facts: Any) -> Message:
    """A version that quotes its words in every way, brought by a delivery."""
    given: dict[str, Any] = {
        "headlines": (Headline(value=f"{WORDS} {content}"),),
        "by": WORDS,
        "ed_note": WORDS,
        "status_raw": WORDS,
        "raw_ref": RawRef(sha256=digest(came.encode()), length=9),
    }
    one = message(content, **(given | facts))
    return replace(one, arrival=replace(one.arrival, delivery=came))


def published(store: Store) -> Story:
    """The first story, public, in a delivery that brought the second as well."""
    store.keep([delivery("a", b"a"), delivery("b", b"b"), delivery("again", b"a")])
    beside = said("other", guid="urn:harbour:2", headlines=(Headline(value="Fog"),))
    store.commit(
        [
            change(
                live(1, shelves=("section/sport", "place/zwyn")),
                said(),
                edition=edition(1, entry=WORDS.encode()),
                events=(event(1, note=WORDS),),
                names=(NAME,),
                judged=judged(1, State.live, reasons=(Reason(code="x", detail=WORDS),)),
                filing=Filing(story=ID, entry=b"e", headline=WORDS, byline="", text=WORDS),
            ),
            change(live(2), beside, edition=edition(2), events=(event(2),)),
        ],
        [Taken(delivery=one, stories=(ID, f"{2:016d}")) for one in ("a", "again")]
        + [Taken(delivery="b", stories=(f"{2:016d}",))],
    )
    return killed(store)


def killed(store: Store) -> Story:
    kept = store.story(ID)
    assert kept is not None
    gone = replace(
        kept,
        state=State.killed,
        face=Face.gone,
        face_changed=at(60),
        reasons=(Reason(code="kill-notice", detail=WORDS), Reason(code="erased", detail="request")),
    )
    kill = decision("d", 60, kind=DecisionKind.erase, reason="request")
    why = decision("c", 50, kind=DecisionKind.kill, reason=WORDS, content_hash=digest(b"first"))
    store.commit(
        [change(gone, decisions=(kill, why), events=(event(1, EventKind.killed, at=at(60)),))]
    )
    found = store.story(ID)
    assert found is not None
    return found


def whole(*deliveries: str, **facts: Any) -> Erasure:
    told = event(1, EventKind.erased, at=at(90), reason="request", note="backups until 2026-04-01")
    given: dict[str, Any] = {"at": at(90), "events": (told,), "deliveries": deliveries}
    return Erasure(story=ID, **(given | facts))


class ErasuresContract:
    """What is destroyed, and what is not."""

    def test_a_story_that_is_not_there_cannot_be_erased(self, store: Store) -> None:
        with pytest.raises(ValueError, match="no story"):
            store.erasures.erase(whole())

    def test_every_delivery_that_brought_it_is_found(self, store: Store) -> None:
        published(store)
        assert store.erasures.carriers(ID) == ["a", "again"]
        assert store.erasures.carriers(f"{2:016d}") == ["a", "b", "again"]
        assert store.erasures.carriers("0" * 16) == []

    def test_deliveries_not_all_of_which_was_read_are_found(self, store: Store) -> None:
        store.keep([delivery(one) for one in "abcd"] + [delivery("e", agency="other")])
        store.commit(
            [],
            [
                Taken(delivery="a", error="unreadable"),
                Taken(delivery="b", aside=("too-long: x",)),
                Taken(delivery="c"),
                Taken(delivery="e", error="unreadable"),
            ],
        )
        assert store.erasures.not_all_read("harbour") == ["a", "b"]

    def test_what_it_came_to_is_counted(self, store: Store) -> None:
        published(store)
        assert store.erasures.erase(whole("a", "again")) == Destroyed(
            messages=1, editions=1, deliveries=2, siblings=(f"{2:016d}",)
        )

    def test_no_word_of_it_is_left(self, store: Store) -> None:
        published(store)
        before = store.history_of(ID).messages[0].item
        store.erasures.erase(whole("a", "again"))
        history = store.history_of(ID)
        (left,) = (one.item for one in history.messages)
        assert WORDS not in repr(history)
        assert (left.headlines, left.by, left.copy.blocks, left.slugline) == ((), None, (), None)
        assert left.content_hash != before.content_hash
        assert left.raw_ref.sha256 != before.raw_ref.sha256
        assert (left.version, left.pub_status, left.version_created) == (
            before.version,
            before.pub_status,
            before.version_created,
        )
        (kept,) = store.editions(ID)
        assert (kept.entry, kept.files, kept.number) == (b"", (), 1)
        assert kept.content_hash == left.content_hash
        assert WORDS not in repr(store.verdicts(ID))
        assert store.verdicts(ID)[0].reasons == (Reason(code="x"),)

    def test_its_record_says_that_it_was(self, store: Store) -> None:
        before = published(store)
        store.erasures.erase(whole("a", "again"))
        now = store.story(ID)
        assert now is not None
        assert is_erased(now)
        assert (now.state, now.face, now.edition, now.number) == (
            State.killed,
            Face.gone,
            1,
            before.number,
        )
        assert (now.edition_hash, now.shelves) == (None, ("section/sport",))
        assert now.reasons == (Reason(code="kill-notice"), Reason(code="erased", detail="request"))
        assert now.revision == before.revision + 1
        kinds = [(one.kind, one.note) for one in store.events(story=ID)]
        assert kinds == [
            (EventKind.published, None),
            (EventKind.killed, None),
            (EventKind.erased, "backups until 2026-04-01"),
        ]
        assert [d.reason for d in store.history_of(ID).decisions] == ["erased", "request"]
        assert [d.content_hash for d in store.history_of(ID).decisions] == [None, None]

    def test_its_guid_is_not_kept_and_still_known(self, store: Store) -> None:
        published(store)
        store.erasures.erase(whole("a", "again"))
        assert GUID not in repr(store.history_of(ID))
        found = store.history("harbour", GUID).story
        assert found is not None
        assert (found.id, found.guid) == (ID, GUID)
        assert store.history("other", GUID).story is None
        kept = store.story(ID)
        assert kept is not None
        assert store.history("harbour", kept.guid).story is not None

    def test_a_look_that_began_before_is_told_that_it_moved(self, store: Store) -> None:
        before = published(store)
        store.erasures.erase(whole("a", "again"))
        with pytest.raises(Moved):
            store.commit([change(before)])
        found = store.history("harbour", GUID).story
        assert found is not None
        store.commit([change(found)])
        kept = store.story(ID)
        assert kept is not None
        assert is_erased(kept)

    def test_the_bytes_are_gone_and_that_they_came_is_not(self, store: Store) -> None:
        published(store)
        store.erasures.erase(whole("a"))
        for gone in ("a", "again"):  # the same bytes
            assert store.delivery(gone) is None
            fate = store.fate(gone)
            assert fate is not None
            assert (fate.erased, fate.state, fate.received) == (at(90), FateState.taken, NOON)
        other = store.delivery("b")
        assert other is not None
        assert other.data == b"b"
        assert store.erasures.carriers(ID) == []

    def test_the_same_bytes_sent_again_are_a_delivery_like_any(self, store: Store) -> None:
        published(store)
        store.erasures.erase(whole("a"))
        store.keep([delivery("new", b"a")])
        assert store.waiting(10) == [delivery("new", b"a")]
        assert store.delivery("a") is None

    def test_a_dead_letter_that_is_erased_is_not_read_again(self, store: Store) -> None:
        published(store)
        store.keep([delivery("dead", b"dead")])
        store.commit([], [Taken(delivery="dead", error=WORDS)])
        store.erasures.erase(whole("a", "dead"))
        assert store.dead_letters() == []
        assert store.retry("dead") is False
        fate = store.fate("dead")
        assert fate is not None
        assert fate.error is None
        assert store.counts()["dead"] == 0

    def test_a_sibling_keeps_its_item(self, store: Store) -> None:
        published(store)
        (before,) = store.history_of(f"{2:016d}").messages
        store.erasures.erase(whole("a", "again"))
        (left,) = store.history_of(f"{2:016d}").messages
        assert left.item.raw_ref.sha256 != before.item.raw_ref.sha256
        assert replace(left.item, raw_ref=before.item.raw_ref) == before.item
        assert store.edition(f"{2:016d}", 1) == edition(2)
        second = store.story(f"{2:016d}")
        assert second is not None
        assert second.face is Face.live

    def test_nothing_finds_it_by_its_names_or_words(self, store: Store) -> None:
        published(store)
        sought = [Sought(name=77, since=NOON - DAY, until=NOON + DAY)]
        assert store.named(sought) == [ID]
        store.erasures.erase(whole("a"))
        assert store.named(sought) == []
        assert store.search(SearchQuery(phrases=(WORDS,), limit=10)) == []

    def test_what_persons_and_proofs_said_of_it_is_gone(self, store: Store) -> None:
        published(store)
        store.reports.keep(
            Report(ticket="t", kind=ReportKind.fact, received=NOON, story=ID, text=WORDS)
        )
        seen = Receipt(
            story=ID,
            channel="site",
            address=f"/s/{ID}",
            kind=WorkKind.withdraw,
            since=at(60),
            seen=at(61),
            clean=False,
            status=200,
            detail=WORDS,
        )
        store.remarks.keep(
            Remark(
                story=ID, at=NOON, by="ada", kind=RemarkKind.asked, words=WORDS, content_hash="a"
            )
        )
        store.note_receipts([seen, replace(seen, clean=True, seen=at(62), detail=None)])
        store.keep_batch(batch(query=WORDS, reason=WORDS, stories=1), [ID])
        store.commit([], (), [Call(code="c", text=WORDS, about=ID)])
        store.erasures.erase(whole("a"))
        report = store.reports.find("t")
        assert report is not None
        assert report.text == "erased"
        (remark,) = store.remarks.of(ID)
        assert (remark.words, remark.content_hash) == ("erased", None)
        (receipt,) = store.receipts(ID)
        assert (receipt.dirty_detail, receipt.clean, receipt.looks) == (None, True, 2)
        (known,) = store.batches()
        assert (known.query, known.reason) == ("erased", "erased")
        (owed,) = store.calls.owed()
        assert owed.call.text == f"story {ID} was erased"

    def test_pictures_that_hang_nowhere_are_named_and_others_stay(self, store: Store) -> None:
        published(store)
        quay, boat = picture("quay"), picture("boat")
        for one in (quay, boat):
            store.pictures.keep(one)
        for n, hanging in ((1, [hung(1, 0, picture=quay), hung(1, 1, picture=boat)]),
                           (2, [hung(2, 0, picture=boat)])):  # fmt: skip
            known = store.story(f"{n:016d}")
            assert known is not None
            store.commit([change(known, pictures=tuple(hanging))])
        assert store.erasures.erase(whole("a")).pictures == (quay.name,)
        assert store.pictures.of(ID) == []
        assert store.pictures.get(quay.name) is None
        assert store.pictures.get(boat.name) is not None

    def test_a_killed_picture_stays_known(self, store: Store) -> None:
        published(store)
        quay = picture("quay", state=PictureState.killed, judged=at(1))
        store.pictures.keep(quay)
        assert store.erasures.erase(whole("a")).pictures == (quay.name,)
        assert store.pictures.get(quay.name) is not None

    def test_a_notice_is_erased_in_its_own_story_too(self, store: Store) -> None:
        published(store)
        noted(store, targets=(ID,))
        done = store.erasures.erase(whole("a", "n"))
        assert (done.messages, done.notices_kept) == (2, 0)
        own = store.history_of(f"{9:016d}")
        assert WORDS not in repr(own)
        assert own.messages[0].item.pub_status is PubStatus.usable
        assert WORDS not in repr(store.history_of(ID))

    def test_a_notice_that_binds_other_stories_goes_on_binding_them(self, store: Store) -> None:
        published(store)
        noted(store, targets=(ID, f"{2:016d}"))
        done = store.erasures.erase(whole("a", "n"))
        assert done.notices_kept == 1
        assert WORDS not in repr(store.history_of(ID))
        bound = store.history_of(f"{2:016d}").messages[-1]
        assert bound.item.headline == f"{WORDS} notice"

    def test_it_is_done_twice_and_says_nothing_twice(self, store: Store) -> None:
        published(store)
        store.erasures.erase(whole("a"))
        token = store.history_of(ID).story
        assert token is not None
        store.erasures.erase(whole(events=()))
        again = store.history_of(ID).story
        assert again is not None
        assert again.guid == token.guid
        assert len(store.events(story=ID)) == 3

    def test_sweeping_is_owed_until_it_is_done(self, store: Store) -> None:
        published(store)
        assert not store.erasures.is_owed
        store.erasures.erase(whole("a"))
        assert store.erasures.is_owed
        store.erasures.sweep()
        assert not store.erasures.is_owed
        assert store.check() == []

    def test_lists_are_made_anew(self, store: Store) -> None:
        published(store)
        before = store.sequence
        store.erasures.erase(whole("a"))
        assert store.sequence == before + 1
        assert store.amended == store.sequence


class ErasingEditionsContract:
    """One edition of a story that stays."""

    def test_only_what_it_was_made_from_is_destroyed(self, store: Store) -> None:
        corrected(store)
        done = store.erasures.erase(first_edition())
        assert (done.messages, done.editions, done.deliveries) == (1, 1, 1)
        first, second = (one.item for one in store.history_of(ID).messages)
        assert (first.headline, second.headline) == (None, f"{WORDS} second")
        one, two = store.editions(ID)
        assert (one.entry, two.entry) == (b"", b"second")
        assert store.delivery("a") is None
        assert store.delivery("b") is not None

    def test_the_story_stays_as_it_is(self, store: Store) -> None:
        before = corrected(store)
        store.erasures.erase(first_edition())
        now = store.story(ID)
        assert now == replace(before, revision=before.revision + 1)
        notes = [(one.edition, one.note) for one in store.events(story=ID)]
        assert notes == [(1, None), (2, "second"), (1, None), (1, "told")]
        sought = [Sought(name=name, since=NOON - DAY, until=NOON + DAY) for name in (77, 78)]
        assert [store.named([one]) for one in sought] == [[], [ID]]

    def test_the_corrections_page_lists_what_it_did(self, store: Store) -> None:
        corrected(store)
        before = [(one.event.kind, one.event.edition) for one in store.corrections(limit=10)]
        store.erasures.erase(first_edition())
        now = [(one.event.kind, one.event.edition) for one in store.corrections(limit=10)]
        assert now == before == [(EventKind.withdrawn, 1), (EventKind.updated, 2)]


def corrected(store: Store) -> Story:
    """A live story whose first edition was taken back."""
    store.keep([delivery("a", b"a"), delivery("b", b"b")])
    store.commit(
        [
            change(
                live(1),
                said(),
                edition=edition(1, entry=b"first"),
                events=(event(1, note=WORDS, edition=1),),
                names=(NAME,),
            )
        ],
        [Taken(delivery="a", stories=(ID,))],
    )
    known = store.story(ID)
    assert known is not None
    store.commit(
        [
            change(
                replace(known, edition=2),
                said("second", "b"),
                edition=edition(1, 2, "second", entry=b"second"),
                events=(
                    event(1, EventKind.updated, reason="correction", edition=2, note="second"),
                    event(1, EventKind.withdrawn, edition=1),
                ),
                names=(replace(NAME, name=78),),
                work=work(1, WorkKind.withdraw),
            )
        ],
        [Taken(delivery="b", stories=(ID,))],
    )
    found = store.story(ID)
    assert found is not None
    return found


def first_edition() -> Erasure:
    told = event(1, EventKind.erased, at=at(90), edition=1, reason="request", note="told")
    return Erasure(
        story=ID,
        at=at(90),
        events=(told,),
        deliveries=("a",),
        contents=(digest(b"first"),),
        editions=(1,),
        names=(replace(NAME, name=78),),
    )


def noted(store: Store, targets: tuple[str, ...]) -> None:
    """A notice with a story of its own, that means these stories."""
    own = said("notice", "n", guid="urn:harbour:9")
    about = replace(own, target=Target(new_status=PubStatus.canceled, evidence=WORDS))
    store.keep([delivery("n", b"n")])
    known = [store.story(id) for id in targets]
    store.commit(
        [
            change(story(9), own),
            *(change(one, about) for one in known if one is not None),
        ],
        [Taken(delivery="n", stories=(f"{9:016d}", *targets))],
    )
