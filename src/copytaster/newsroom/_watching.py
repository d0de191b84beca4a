"""The wire and the queue, as editors' lists are given them."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime

import msgspec

from copytaster.copydesk import Listing
from copytaster.copydesk import Row
from copytaster.copydesk import Waiting
from copytaster.item import Item
from copytaster.newsroom.house import House
from copytaster.newsroom.told import headline
from copytaster.query import Query
from copytaster.store import Listed
from copytaster.store import Margin
from copytaster.store import Store
from copytaster.store import Story
from copytaster.store import Told
from copytaster.store import Wired
from copytaster.story import State
from copytaster.verdict import Weight
from copytaster.verdict import sentence
from copytaster.verdict import weight

_PAGE = 50
_COUNTED = 999
"""stories in the queue that are counted; more is 999+"""
_NO_HEADLINE = "(no headline)"

KINDS: Mapping[str, tuple[str, State]] = {
    "held": ("Held", State.held),
    "embargoed": ("Under embargo", State.embargoed),
    "withheld": ("Withheld by the agency", State.withheld),
}
"""what waits: its name in addresses, its name for people, the state"""
THEIRS = "yours"
"""of all that, what is somebody's to see to"""
_WAITING = tuple(state for _, state in KINDS.values())


def listing(house: House, store: Store, *, kind: str | None, before: int | None) -> Listing:
    """A page of the wire (``kind`` None), or of one kind of the queue."""
    last = store.wire.last  # read first: what comes meanwhile is told as news
    states = None if kind is None else [KINDS[kind][1]]
    found = store.wire.newest(states=states, before=before, limit=_PAGE + 1)
    return _listed(house, store, found, before, last)


def theirs(house: House, store: Store, person: str, *, before: int | None) -> Listing:
    """A page of what waits and is this person's to see to."""
    found = store.wire.seen_to_by(person, _WAITING, before=before, limit=_PAGE + 1)
    return _listed(house, store, found, before, store.wire.last)


def _listed(
    house: House, store: Store, found: Sequence[Wired], before: int | None, last: int
) -> Listing:
    page = found[:_PAGE]
    rows = _with_margins(store, [row_of(house, store, one) for one in page])
    return Listing(
        rows=tuple(_folded(store, page, rows)),
        last=last,
        older=page[-1].number if len(found) > _PAGE else None,
        is_first=before is None,
    )


def _with_margins(store: Store, rows: Iterable[Row]) -> list[Row]:
    """With what editors said to each other of them."""
    known = list(rows)
    margins = store.remarks.margins([row.story for row in known])
    return [_with_margin(row, margins.get(row.story, Margin())) for row in known]


def _with_margin(row: Row, margin: Margin) -> Row:
    asked_by = margin.asked_by if row.state == State.held.value else None
    return msgspec.structs.replace(row, person=margin.person, notes=margin.notes, asked_by=asked_by)


def found(
    house: House, store: Store, asked: Query, now: datetime, *, before: int | None
) -> Listing:
    """A page of what answers a query, that which came last first."""
    last = store.wire.last  # read first: what comes meanwhile is told as news
    told = store.told.find(asked, now, limit=_PAGE + 1, before=before)
    page = told[:_PAGE]
    return Listing(
        rows=tuple(_with_margins(store, (_answer(house, one) for one in page))),
        last=last,
        older=page[-1].place if len(told) > _PAGE else None,
        is_first=before is None,
    )


def waiting(store: Store, person: str) -> tuple[Waiting, ...]:
    """How many stories of each kind wait, and how many of them are this person's."""
    most = _COUNTED + 1
    counts = [
        *((kind, name, store.wire.counted([state], most)) for kind, (name, state) in KINDS.items()),
        (THEIRS, "Yours", store.wire.counted_of(person, _WAITING, most)),
    ]
    return tuple(
        Waiting(kind=kind, name=name, count=min(count, _COUNTED), capped=count > _COUNTED)
        for kind, name, count in counts
    )


def since(house: House, store: Store, number: int, limit: int = 100) -> list[Row]:
    """What happened after this place, the oldest first."""
    came = store.wire.since(number, limit)
    return _with_margins(store, (row_of(house, store, one) for one in came))


def row_of(house: House, store: Store, one: Wired) -> Row:
    """A story as a line of a list."""
    row = _row(house, one.story, one.item, one.number, one.at)
    headline = _headline(store, one)
    return msgspec.structs.replace(row, headline=headline, versions=one.versions)


def _answer(house: House, told: Told) -> Row:
    row = _row(house, told.story, told.messages[0].item, told.place, told.came)
    fallback = f"{_NO_HEADLINE} {told.story.guid}"
    return msgspec.structs.replace(row, headline=headline(told) or fallback)


def _row(house: House, story: Story, item: Item | None, place: int, at: datetime) -> Row:
    weights = {weight(reason.code) for reason in story.reasons}
    return Row(
        place=place,
        story=story.id,
        at=at.isoformat(),
        agency=house.profile(story.agency).name,
        headline="",
        slug=_slug(story, item),
        language=story.language or (None if item is None else item.language),
        urgency=None if item is None else item.urgency,
        state=story.state.value,
        reasons=tuple(sentence(reason) for reason in story.reasons),
        releasable=story.state is State.held and weights == {Weight.soft},
    )


def _headline(store: Store, one: Wired) -> str:
    """What it said last; a cancellation often has no headline, and the one before has."""
    if one.item is not None and one.item.headline:
        return one.item.headline
    messages = store.history_of(one.story.id).messages if one.versions > 1 else ()
    said = (message.item.headline for message in reversed(messages) if message.target is None)
    return next(filter(None, said), f"{_NO_HEADLINE} {one.story.guid}")


def _slug(story: Story, item: Item | None) -> str | None:
    """Some formats have no slug and repeat the id in its place."""
    slug = None if item is None else item.slugline
    return None if slug == story.guid else slug


def _folded(store: Store, page: Sequence[Wired], rows: Sequence[Row]) -> Iterator[Row]:
    """Versions of one text, the last of the page first and the others under it."""
    families = store.twins.families([one.story.id for one in page])
    head = {row.story: row.story for row in rows}
    for family in families:
        members = [row.story for row in rows if row.story in _ids(family)]
        head |= dict.fromkeys(members, members[0])
    for row in rows:
        if head[row.story] == row.story:
            beside = tuple(r for r in rows if head[r.story] == row.story and r is not row)
            yield msgspec.structs.replace(row, beside=beside)


def _ids(family: Iterable[Listed]) -> frozenset[str]:
    return frozenset(one.story.id for one in family)
