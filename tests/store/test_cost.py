"""A list costs the same however many stories lie behind it, counted in steps of the engine."""

from collections.abc import Callable
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import ListQuery
from copytaster.store import Reach
from copytaster.store import Shingled
from copytaster.store import Store
from copytaster.store import StoryChange
from copytaster.store import Taken
from copytaster.story import State
from tests import blank
from tests.store.making import at
from tests.store.making import batch
from tests.store.making import change
from tests.store.making import delivery
from tests.store.making import event
from tests.store.making import judged
from tests.store.making import message
from tests.store.making import publishing
from tests.store.making import story
from tests.store.making import work


def filled(n: int) -> Store:
    """So many stories: a third live, a third killed, a third never public.

    Of the kills, those of one agency are new and those of the other are old.
    """
    store = blank.in_memory()
    store.keep([delivery(str(number)) for number in range(1, n + 1)])
    made = [_made(number, n) for number in range(1, n + 1)]
    store.commit(made, [Taken(delivery=str(number)) for number in range(11, n + 1)])
    store.keep_batch(batch(), [one.story.id for one in made])
    store.window.keep([_shingled(number) for number in range(1, n + 1)])
    return store


def _shingled(number: int) -> Shingled:
    """A text with a shingle that all have, one that few have, and one of its own."""
    return Shingled(
        story=story(number).id,
        content_hash=message().item.content_hash,
        at=at(number),
        scheme="w5",
        shingles=frozenset({0, number // 10, 10_000 + number}),
    )


def _made(number: int, n: int) -> StoryChange:
    facts = {
        "agency": "hill" if number % 2 else "harbour",
        "shelves": ("section/sport", "section/world"),
        "look_again": at(number),
    }
    if number % 3 == 2:
        bulk = number % 2 == 0
        return change(story(number, **facts), message(), work=work(number, bulk=bulk))
    published = publishing(number, seconds=number - n, **facts)
    happened = [event(number, EventKind.updated, reason="correction")]
    happened += [event(number, EventKind.held), event(number, EventKind.released)]
    published = replace(published, events=(*published.events, *happened), judged=judged(number))
    if number % 3 == 1:
        changed = at(-15) if number % 2 else at(-n)
        gone = replace(
            published.story,
            face=Face.gone,
            face_changed=changed,
            shelves=("section/sport", "section/closed"),
        )
        return replace(published, story=gone)
    return published


@pytest.fixture(scope="module")
def few() -> Iterator[Store]:
    store = filled(999)
    yield store
    store.close()


@pytest.fixture(scope="module")
def many() -> Iterator[Store]:
    store = filled(4000)
    yield store
    store.close()


def steps(store: Store, deed: Callable[[Store], object]) -> int:
    """How many instructions of SQLite's machine the deed takes."""
    taken = 0

    def one_more() -> bool:
        nonlocal taken
        taken += 1
        return False

    engine = store._engine._writer
    deed(store)  # statements are compiled once
    engine.set_progress_handler(one_more, 1)
    deed(store)
    engine.set_progress_handler(None)
    return taken


FEED = {"limit": 10, "notices_since": at(-20)}
QUESTIONS: dict[str, Callable[[Store], object]] = {
    "front": lambda store: store.front(ListQuery(limit=10)),
    "front of an agency": lambda store: store.front(ListQuery(limit=10, agency="hill")),
    "front of a section": lambda store: store.front(ListQuery(limit=10, shelf="section/sport")),
    "later page": lambda store: store.front(ListQuery(limit=10, before=(at(-150), 0))),
    "feed": lambda store: store.feed(ListQuery(**FEED)),
    "feed of an agency": lambda store: store.feed(ListQuery(**FEED, agency="harbour")),
    "feed of a section": lambda store: store.feed(ListQuery(**FEED, shelf="section/sport")),
    "recent": lambda store: store.recent(at(-20)),
    "recent of other agencies": lambda store: store.elsewhere("hill", at(-20), 10),
    "agencies": lambda store: store.agencies(),
    "sections": lambda store: store.shelves("section"),
    "counts": lambda store: store.counts(),
    "work": lambda store: store.work(at(0), 10),
    "work in bulk": lambda store: store.work_in_bulk(at(0), 10),
    "batches owed": lambda store: store.batches_owed(),
    "batch owed": lambda store: store.batch_owed("b1", 10, 3),
    "past": lambda store: store.past(Reach(after=3, limit=10)),
    "waiting": lambda store: store.waiting(10),
    "dead letters": lambda store: store.dead_letters(10),
    "due": lambda store: store.due(at(9), 10),
    "next due": lambda store: store.next_due(),
    "history": lambda store: store.history("harbour", "urn:harbour:6"),
    "editions": lambda store: store.editions(story(6).id),
    "events of a story": lambda store: store.events(story=story(6).id),
    "events since": lambda store: store.events(since=5, limit=10),
    "corrections": lambda store: store.corrections(limit=10),
    "corrections on a later page": lambda store: store.corrections(before=900, limit=10),
    "corrections of a story": lambda store: store.corrections(story=story(6).id),
    "verdicts of a story": lambda store: store.verdicts(story(6).id),
    "sitemap part": lambda store: store.sitemap_part(0),
    "next story": lambda store: store.story_after(5),
    "story before": lambda store: store.story_before(5),
    "withdrawn lately": lambda store: store.withdrawn(at(-20), limit=10),
    "drills": lambda store: store.drills(),
    "open findings": lambda store: store.open_findings(),
    "what shares words": lambda store: store.window.alike("w5", (0, 3, 10_038), at_least=2),
    "item of an edition": lambda store: store.item_of(story(5).id, message().item.content_hash),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_costs_the_same_with_four_times_the_stories(
    question: str, few: Store, many: Store
) -> None:
    ask = QUESTIONS[question]
    assert steps(many, ask) <= steps(few, ask) * 1.05 + 5


def test_a_commit_costs_the_same_with_four_times_the_stories(few: Store, many: Store) -> None:
    def update(store: Store) -> None:
        read = store.story(story(6).id)
        assert read is not None
        moved = replace(read, state=State.killed, face=Face.hold, face_changed=at(read.revision))
        store.commit([change(moved, message(str(read.revision)), work=work(6))])

    assert steps(many, update) <= steps(few, update) * 1.05 + 5
