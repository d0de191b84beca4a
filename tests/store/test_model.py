"""Whatever is done, in whatever order: SQLite and the twin tell the same story."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from hypothesis.stateful import invariant
from hypothesis.stateful import rule
from msgspec.structs import replace

from copytaster import query
from copytaster.item import Target
from copytaster.store import Erasure
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import ListQuery
from copytaster.store import Moved
from copytaster.store import PressWork
from copytaster.store import Reach
from copytaster.store import Receipt
from copytaster.store import Store
from copytaster.store import StoryChange
from copytaster.store import Taken
from copytaster.store import WorkKind
from copytaster.story import DecisionKind
from copytaster.story import State
from tests import blank
from tests.store.contract_outbox import acknowledgement
from tests.store.making import at
from tests.store.making import batch
from tests.store.making import change
from tests.store.making import decision
from tests.store.making import delivery
from tests.store.making import digest
from tests.store.making import edition
from tests.store.making import event
from tests.store.making import judged
from tests.store.making import message
from tests.store.making import story
from tests.store.making import work
from tests.store.twin import Twin

_DIGEST = re.compile(r"\b[0-9a-f]{40,64}\b")
_KNOWN = {digest(one) for one in (b"", b"first", b"second", b"transformation", b"page", b"text")}
seconds = st.integers(0, 5)
instants = seconds.map(at)
maybe_instants = st.none() | instants
story_numbers = st.integers(1, 4)
words = st.sampled_from(["first", "second"])
delivery_ids = st.sampled_from(["a", "b", "c"])
shelves = st.lists(st.sampled_from(["section/sport", "topic/world"]), max_size=2).map(tuple)
kinds = st.sampled_from([WorkKind.publish, WorkKind.withdraw])
messages = st.builds(
    message,
    words,
    archive=st.booleans(),
    seen=maybe_instants,
    received=instants,
    target=st.sampled_from([None, Target(idref="urn:a"), Target(idref="urn:b")]),
)
decisions = st.builds(
    decision,
    st.sampled_from(["d1", "d2"]),
    seconds,
    kind=st.sampled_from([DecisionKind.hold, DecisionKind.undo]),
    batch=st.sampled_from([None, "b1", "b2"]),
)
records = st.fixed_dictionaries(
    {
        "state": st.sampled_from(State),
        "face": st.sampled_from(Face),
        "shelves": shelves,
        "first_public": instants,
        "face_changed": instants,
        "look_again": maybe_instants,
        "edition": st.integers(0, 2),
    }
)

ALL = query.Every(())


@st.composite
def parts(draw: st.DrawFn, n: int) -> dict[str, Any]:
    return {
        "decisions": tuple(draw(st.lists(decisions, max_size=1))),
        "edition": draw(st.none() | st.builds(edition, st.just(n), st.integers(1, 2), words)),
        "events": tuple(
            draw(
                st.lists(
                    st.builds(
                        event,
                        st.just(n),
                        st.sampled_from(EventKind),
                        reason=st.sampled_from([None, "update", "correction"]),
                    ),
                    max_size=1,
                )
            )
        ),
        "judged": draw(st.none() | st.builds(judged, st.just(n), st.sampled_from(State))),
        "work": draw(st.none() | st.builds(work, st.just(n), kinds, seconds, bulk=st.booleans())),
    }


class TwoStores(RuleBasedStateMachine):
    """One is SQLite, the other the twin; every deed is done to both."""

    def __init__(self) -> None:
        super().__init__()
        self.real: Store = blank.in_memory()
        self.twin: Store = Twin()
        self.sequences = (0, 0)

    def both(self, deed: Callable[[Store], object]) -> None:
        real, twin = _outcome(deed, self.real), _outcome(deed, self.twin)
        assert real == twin or _plain(real) == _plain(twin)

    @rule(id=delivery_ids, data=st.binary(max_size=3), urgent=st.booleans(), received=instants)
    def keep(self, **facts: Any) -> None:
        self.both(lambda store: store.keep([delivery(**facts)]))

    @rule(data=st.data(), chosen=st.lists(story_numbers, min_size=1, max_size=2, unique=True))
    def commit(self, data: st.DataObject, chosen: list[int]) -> None:
        changes = [self._change(data, n) for n in chosen]
        outcomes = st.builds(
            Taken,
            delivery=delivery_ids,
            stories=st.just((changes[0].story.id,)),
            error=st.sampled_from([None, "bad"]),
        )
        taken = data.draw(st.lists(outcomes, max_size=1))
        self.both(lambda store: store.commit(changes, taken) * 0)

    def _change(self, data: st.DataObject, n: int) -> StoryChange:
        facts = data.draw(records)
        read = self.twin.story(f"{n:016d}")
        if read is None:  # stories 3 and 4 contend for one guid; 2 is a drill
            read = story(n, guid=f"urn:harbour:{min(n, 3)}", drill=n == 2)
        if data.draw(st.integers(0, 9)) == 0:
            read = replace(read, revision=read.revision + 1)
        said = data.draw(st.lists(messages, max_size=2))
        return change(replace(read, **facts), *said, **data.draw(parts(n)))

    @rule(n=story_numbers, kind=kinds, since=seconds, failed=maybe_instants)
    def work_of_any_kind_ends(self, n: int, kind: WorkKind, since: int, failed: Any) -> None:
        self._end(work(n, kind, since), failed)

    @rule(failed=maybe_instants)
    def owed_work_ends(self, failed: Any) -> None:
        for owed in (*self.twin.work(at(9), 1), *self.twin.work_in_bulk(at(9), 1)):
            self._end(owed, failed)

    def _end(self, ended: PressWork, failed: Any) -> None:
        if failed is None:
            self.both(lambda store: store.work_done([ended]))
        else:
            self.both(lambda store: store.work_failed(ended, failed))

    @rule(chosen=st.lists(story_numbers, min_size=1, max_size=2))
    def keep_batch(self, chosen: list[int]) -> None:
        made = f"b{len(self.twin.batches()) + 1}"
        self.both(lambda store: store.keep_batch(batch(made), [f"{n:016d}" for n in chosen]))

    @rule(id=st.sampled_from(["b1", "b2"]))
    def undo_batch(self, id: str) -> None:
        self.both(lambda store: store.undo_batch(id, at=at(1), by="x", reason="y"))

    @rule(id=delivery_ids)
    def retry(self, id: str) -> None:
        self.both(lambda store: store.retry(id))

    @rule(n=story_numbers, kind=kinds, seen=instants, clean=st.booleans())
    def receipt(self, n: int, **facts: Any) -> None:
        noted = Receipt(story=f"{n:016d}", channel="site", address="/", since=at(0), **facts)
        self.both(lambda store: store.note_receipts([noted]))

    @rule(n=story_numbers, content=st.none() | words, deliveries=st.sets(delivery_ids, max_size=2))
    def erase(self, n: int, content: str | None, deliveries: set[str]) -> None:
        erasure = Erasure(
            story=f"{n:016d}",
            at=at(6),
            events=(event(n, EventKind.erased, edition=content and 1),),
            deliveries=tuple(sorted(deliveries)),
            contents=content and (digest(content.encode()),),
            editions=content and (1,),
        )
        self.both(lambda store: store.erasures.erase(erasure))

    @rule(suspended=instants, ended=st.booleans())
    def acknowledge(self, suspended: datetime, *, ended: bool) -> None:
        for done in self.twin.work(at(9), 9):
            self._acknowledge(done, suspended, ended=ended)

    def _acknowledge(self, done: PressWork, suspended: datetime, *, ended: bool) -> None:
        kept = self.twin.story(done.story)
        assert kept is not None
        told = acknowledgement(
            kept.number, story=kept.id, agency=kept.agency, guid=kept.guid, suspended=suspended
        )
        self.both(lambda store: store.outbox.owe(done, [told]))
        if ended:
            self.both(lambda store: store.outbox.keep(replace(told, due=None)))

    @invariant()
    def lists_are_equal(self) -> None:
        for scope in (
            {},
            {"shelf": "section/sport"},
            {"agency": "harbour"},
            {"shelf": "topic/world", "agency": "x"},
        ):
            for since in (None, at(2)):
                query = ListQuery(notices_since=since, limit=2, **scope)
                self.both(lambda store, query=query: (store.front(query), store.feed(query)))
                after = replace(query, before=(at(3), 2))
                self.both(lambda store, query=after: (store.front(query), store.feed(query)))
        self.both(lambda store: (store.sitemap(), store.sitemap_part(0), store.agencies()))
        self.both(lambda store: store.shelves("section"))
        self.both(lambda store: (store.corrections(), store.corrections(before=3, limit=1)))
        self.both(lambda store: (store.recent(at(2)), store.counts(), store.events()))
        self.both(lambda store: [(t.story.id, t.facts.slug) for t in store.told.find(ALL, at(1))])
        self.both(lambda store: [store.elsewhere(one, at(1), 3) for one in store.agencies()])

    @invariant()
    def stories_are_equal(self) -> None:
        for n in range(1, 5):
            id = f"{n:016d}"
            self.both(lambda store, n=id: (store.history_of(n), store.editions(n)))
            self.both(lambda store, n=id: (store.receipts(n), store.events(story=n)))
            self.both(lambda store, n=id: store.unpressed(n))
            self.both(lambda store, n=id: (store.verdicts(n), store.corrections(story=n)))
            self.both(lambda store, n=id: store.outbox.of(n))
        self.both(lambda store: store.history("harbour", "urn:harbour:3"))

    @invariant()
    def queues_are_equal(self) -> None:
        self.both(lambda store: (store.waiting(9), store.dead_letters()))
        self.both(lambda store: (store.work(at(2), 9), store.due(at(2)), store.next_due()))
        self.both(lambda store: [store.fate(id) for id in "abc"])
        self.both(lambda store: (store.outbox.ways(), store.outbox.first("harbour", "email")))
        self.both(lambda store: (store.work_in_bulk(at(2), 9), store.batches_owed()))
        for id in ("b1", "b2"):
            self.both(lambda store, id=id: (store.batch(id), store.batch_progress(id)))
            self.both(lambda store, id=id: (store.batch_owed(id, 9), store.batch_owed(id, 1, 1)))

    @invariant()
    def the_past_is_equal(self) -> None:
        whole = Reach(sources=frozenset({"wire"}), since=at(2))
        self.both(lambda store: (store.past(Reach(limit=2)), store.past(whole)))

    @invariant()
    def sequences_grow_together(self) -> None:
        now = (self.real.sequence, self.twin.sequence)
        grew = [after > before for before, after in zip(self.sequences, now, strict=True)]
        assert grew in ([True, True], [False, False])
        assert now >= self.sequences
        self.sequences = now

    def teardown(self) -> None:
        assert self.real.check() == []
        self.real.close()


def _plain(outcome: object) -> str:
    """What stands in the place of a digest that was erased is random."""
    return _DIGEST.sub(lambda found: found[0] if found[0] in _KNOWN else "random", repr(outcome))


def _outcome(deed: Callable[[Store], object], store: Store) -> object:
    try:
        return deed(store)
    except Moved as moved:
        return moved.stories
    except ValueError:
        return "refused"


TestTwoStores = TwoStores.TestCase
TestTwoStores.settings = settings(
    # Each example is a whole day at the desk: a quarter as many say as much.
    max_examples=max(10, settings.default.max_examples // 4),
    stateful_step_count=15,
)
