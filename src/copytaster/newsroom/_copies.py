"""The words of a killed story, under another id: held, so that a kill is not undone by a re-send.

Backfills, second routes and careless re-issues bring killed copy back under a new guid. A story
of the same agency with the same whole text waits for a person, whichever of the two came first;
the declared substitute does not. Another agency's story of the same text is not touched: a
notice binds its own agency's stories (design §4), and a person is told.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import UTC
from datetime import datetime

import msgspec

from copytaster.newsroom._pile import Key
from copytaster.newsroom._pile import Pile
from copytaster.newsroom._pile import with_decision
from copytaster.newsroom._ruling import Ruling
from copytaster.newsroom.house import new_story_id
from copytaster.store import Call
from copytaster.store import Sought
from copytaster.store import Store
from copytaster.store import Story
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import State
from copytaster.verdict import notices
from copytaster.verdict.notices import NO_AGENCY

COPY_OF_KILLED = "copy-of-killed"
ITSELF = "copytaster"
"""who made a decision that nobody made"""
_MOST = 100
_FIRST = datetime(1, 1, 3, tzinfo=UTC)
_LAST = datetime(9999, 12, 29, tzinfo=UTC)


class Copies(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be looked at once more because its words were killed, and whom to tell."""

    piles: tuple[Pile, ...] = ()
    calls: tuple[Call, ...] = ()


def copies(store: Store, rulings: Mapping[Key, Ruling], now: datetime) -> Copies:
    """The copies of killed stories among and beside these rulings, each with a hold laid on."""
    piles: dict[Key, Pile] = {}
    calls: list[Call] = []
    here = _Here(rulings)
    for ruling in rulings.values():
        for other in _others(store, ruling, here):
            killed, copy = _told_apart(ruling.change.story, other)
            if killed is None or copy is None or copy.id == killed.substitute:
                continue
            if copy.agency != killed.agency:
                calls.append(_elsewhere(killed, copy))
                continue
            key = (copy.agency, copy.guid)
            pile = piles.get(key) or _pile(store, rulings, copy, ruling.pile.since)
            if not _is_held_for(pile, killed):
                piles[key] = with_decision(pile, _hold(killed, now))
    return Copies(piles=tuple(piles.values()), calls=tuple(calls))


class _Here:
    """The stories of one lot, by their words: a feed of a thousand entries is looked through
    once and not once for each of them."""

    def __init__(self, rulings: Mapping[Key, Ruling]) -> None:
        self.stories = {r.change.story.id: r.change.story for r in rulings.values()}
        self.words = {r.change.story.id: _words(r.pile) for r in rulings.values()}
        self._by_words: dict[int, list[str]] = {}
        for id, words in self.words.items():
            for name in words:
                self._by_words.setdefault(name, []).append(id)

    def with_words(self, words: set[int]) -> Iterator[str]:
        return (id for name in sorted(words) for id in self._by_words.get(name, ()))


def _others(store: Store, ruling: Ruling, here: _Here) -> Iterator[Story]:
    """Other stories with the same words, where this look may have made a difference to that."""
    if ruling.change.story.drill or not _may_matter(ruling):
        return
    words = here.words[ruling.change.story.id]
    if not words:
        return
    sought = [Sought(name=name, since=_FIRST, until=_LAST) for name in sorted(words)]
    for id in dict.fromkeys((*here.with_words(words), *store.named(sought, _MOST))):
        if id != ruling.change.story.id:
            story = here.stories.get(id) or store.story(id)
            if story is not None and not story.drill:
                yield story


def _may_matter(ruling: Ruling) -> bool:
    """New words came, or the story was killed just now."""
    was = ruling.read.state if ruling.read is not None else None
    killed_now = ruling.verdict.state is State.killed and was is not State.killed
    return killed_now or any(message.target is None for message in ruling.pile.fresh)


def _words(pile: Pile) -> set[int]:
    return {
        name.digest(NO_AGENCY)
        for message in pile.messages
        if message.target is None
        for name in notices.words_of(message.item)
    }


def _told_apart(one: Story, other: Story) -> tuple[Story | None, Story | None]:
    """(the killed one, its copy); nothing where both or neither are killed."""
    if (one.state is State.killed) == (other.state is State.killed):
        return None, None
    return (one, other) if one.state is State.killed else (other, one)


def _pile(store: Store, rulings: Mapping[Key, Ruling], copy: Story, since: datetime) -> Pile:
    ruling = rulings.get((copy.agency, copy.guid))
    if ruling is not None:
        return ruling.pile
    history = store.history_of(copy.id)
    return Pile(story=history.story or copy, history=history, since=since)


def _is_held_for(pile: Pile, killed: Story) -> bool:
    """A person may have let it go since: it is held once for each killed story."""
    decisions: Iterable[Decision] = (*pile.history.decisions, *pile.decisions)
    return any(d.code == COPY_OF_KILLED and d.reason == killed.id for d in decisions)


def _hold(killed: Story, now: datetime) -> Decision:
    return Decision(
        id=new_story_id(),
        kind=DecisionKind.hold,
        at=now,
        reason=killed.id,
        by=ITSELF,
        code=COPY_OF_KILLED,
    )


def _elsewhere(killed: Story, copy: Story) -> Call:
    return Call(
        code="copy-elsewhere",
        text=f"story {copy.id} of {copy.agency} has the text of story {killed.id}, which "
        f"{killed.agency} killed: it is not touched; look at it, and hold or kill it by hand",
        about=copy.id,
    )
