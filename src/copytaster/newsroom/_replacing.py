"""What readers of a story that is gone are told to read instead, and when that changes.

An agency says it in a field (``verdict.notices.replaced_by``), a notice in words, an editor with
the order to kill. Whichever of the two stories comes first, the notice links to the other as soon
as a version of it is here.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime

from copytaster.newsroom._pile import Key
from copytaster.newsroom._pile import Pile
from copytaster.store import Store
from copytaster.story import State
from copytaster.verdict import notices

_GONE = frozenset({State.killed, State.withheld})
NOTHING_TO_READ = frozenset({State.killed, State.never})


def also_replaced(store: Store, piles: Mapping[Key, Pile], now: datetime) -> Iterator[Pile]:
    """The stories that are gone, in whose place one stands that has just come."""
    seen = set(piles)
    for pile in piles.values():
        if not any(message.target is None for message in pile.fresh):
            continue
        agency, guid = pile.key
        for other in notices.stands_for(pile.messages, guid):
            if (agency, other) in seen:
                continue
            seen.add((agency, other))
            history = store.history(agency, other)
            if history.story is not None and history.story.state in _GONE:
                yield Pile(story=history.story, history=history, since=now)


def instead_of(store: Store, pile: Pile, lot: Mapping[Key, Pile]) -> str | None:
    """Public id of the story that the agency puts in this one's place, once it is here."""
    agency, guid = pile.key
    other = notices.replaced_by(pile.messages, guid)
    if other is None:
        return None
    beside = lot.get((agency, other))
    if beside is not None:
        return beside.story.id if _has_version(beside) else None
    story = store.history(agency, other).story
    return None if story is None or story.state in NOTHING_TO_READ else story.id


def _has_version(pile: Pile) -> bool:
    if pile.history.story is not None and pile.history.story.state is State.killed:
        return False
    return any(message.target is None for message in pile.messages)


def is_gone(state: State) -> bool:
    """Whether readers of a story in this state are told what to read instead."""
    return state in _GONE
