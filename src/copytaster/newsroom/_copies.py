"""The words of a story that was taken back, under another id: held, so that no re-send undoes it.

Backfills, second routes and careless re-issues bring killed copy back under a new guid. A story
of the same agency that says the same waits for a person, whichever of the two came first; the
declared substitute does not. While a story is only held or withheld, its copies are held with it,
and are free again when it is. Another agency's story of the same text is not touched: a notice
binds its own agency's stories (design §4), and a person is told.
"""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import UTC
from datetime import datetime

import msgspec

from copytaster.item import Item
from copytaster.newsroom._pile import Key
from copytaster.newsroom._pile import Pile
from copytaster.newsroom._pile import latest
from copytaster.newsroom._pile import with_decision
from copytaster.newsroom._ruling import NOT_RULED
from copytaster.newsroom._ruling import Ruling
from copytaster.newsroom._table import worded
from copytaster.newsroom.house import new_story_id
from copytaster.store import Call
from copytaster.store import Called
from copytaster.store import History
from copytaster.store import Sought
from copytaster.store import Store
from copytaster.store import Story
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import State
from copytaster.verdict import is_taken_back
from copytaster.verdict import notices
from copytaster.verdict.notices import ONE_EVENT
from copytaster.verdict.notices import NameKind

COPY_OF_KILLED = "copy-of-killed"
COPY_OF_HELD = "copy-of-held"
_AS_COPY = frozenset({COPY_OF_KILLED, COPY_OF_HELD})
_AGAINST = frozenset(
    {
        "withheld",
        "withhold-notice",
        "hold-notice",
        "kill-unresolved",
        "kill-note",
        "desk-hold",
        NOT_RULED,
    }
)
"""reasons that speak against what a story says. An embargo, a licence, a format that could not
be read say nothing of another story with the same words"""
ITSELF = "copytaster"
"""who made a decision that nobody made"""
_MOST = 100
"""copies of one story that are looked at, the last moved"""
_FIRST = datetime(1, 1, 3, tzinfo=UTC)
_LAST = datetime(9999, 12, 29, tzinfo=UTC)


class Copies(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be looked at once more because of what its words are, and whom to tell."""

    piles: tuple[Pile, ...] = ()
    calls: tuple[Call, ...] = ()


def copies(
    store: Store, rulings: Mapping[Key, Ruling], looked: Iterable[Key], now: datetime
) -> Copies:
    """The copies among and beside these rulings, each with what the desk decides on it.

    ``looked``: those of the rulings that are new since the last such look.
    """
    look = _Look(store, rulings, now)
    for key in looked:
        look.at(rulings[key])
    return Copies(piles=tuple(look.piles.values()), calls=tuple(look.calls))


def same_words(store: Store, history: History) -> tuple[str, ...]:
    """The other stories, of whatever agency, that say the whole of what a version says."""
    if history.story is None:
        return ()
    names = {
        called.name
        for message in history.messages
        if message.target is None
        for kind, called in worded(message, history.story.agency)
        if kind is NameKind.words
    }
    sought = [Sought(name=name, since=_FIRST, until=_LAST) for name in sorted(names)]
    found = store.named(sought, _MOST) if sought else []
    return tuple(id for id in found if id != history.story.id)


class _Look:
    """One look through a lot of rulings for copies."""

    def __init__(self, store: Store, rulings: Mapping[Key, Ruling], now: datetime) -> None:
        self._store = store
        self._rulings = rulings
        self._now = now
        self._here = _Here(store, rulings)
        self.piles: dict[Key, Pile] = {}
        self.calls: list[Call] = []

    def at(self, ruling: Ruling) -> None:
        """Hold, or let go, what says the same as this story."""
        story = ruling.change.story
        if story.drill or not _may_matter(ruling):
            return
        after = _fault(story)
        let_go = _let_go(_fault(ruling.read), after)
        for other in self._here.like(story):
            if let_go and other.agency == story.agency and other.state is not State.live:
                self._free(other, story, let_go, ruling.pile)
            bad, copy = _told_apart(story, other)
            released = copy is story and _is_released(ruling)
            if bad is not None and copy is not None and not released:
                self._hold(bad, copy, ruling.pile)

    def _hold(self, bad: Story, copy: Story, cause: Pile) -> None:
        code = COPY_OF_KILLED if bad.state is State.killed else COPY_OF_HELD
        if _is_held_already(copy, bad, code):
            return
        pile, other = self._pile(copy, cause), self._pile(bad, cause)
        if copy.id in _substitutes(bad, other) or not _says_the_same(pile, other):
            return
        if copy.agency == bad.agency:
            if not any(_is_of(d, (code,), bad) for d in _standing(pile)):
                self._decide(pile, DecisionKind.hold, code, bad)
        elif code == COPY_OF_KILLED:
            self.calls.append(_elsewhere(bad, copy))

    def _free(self, copy: Story, bad: Story, codes: Collection[str], cause: Pile) -> None:
        pile = self._pile(copy, cause)
        for code in {d.code for d in _standing(pile) if _is_of(d, codes, bad)}:
            if code is not None:
                self._decide(self.piles.get(pile.key, pile), DecisionKind.undo, code, bad)

    def _decide(self, pile: Pile, kind: DecisionKind, code: str, bad: Story) -> None:
        decision = Decision(
            id=new_story_id(),
            kind=kind,
            at=max(self._now, latest(pile)),
            reason=bad.id,
            by=ITSELF,
            code=code,
        )
        self.piles[pile.key] = with_decision(pile, decision)

    def _pile(self, story: Story, cause: Pile) -> Pile:
        key = (story.agency, story.guid)
        if key in self.piles:
            return self.piles[key]
        if key in self._rulings:
            return self._rulings[key].pile
        history = self._store.history_of(story.id)
        return Pile(
            story=history.story or story, history=history, since=cause.since, beside=cause.bulk
        )


class _Here:
    """The stories of one lot, by their words: a feed of a thousand entries is looked through
    once and not once for each of them."""

    def __init__(self, store: Store, rulings: Mapping[Key, Ruling]) -> None:
        self._store = store
        self._stories = {r.change.story.id: r.change.story for r in rulings.values()}
        self._words = {r.change.story.id: _words(r.pile) for r in rulings.values()}
        self._by_words: dict[int, list[tuple[str, Called]]] = {}
        for id, words in self._words.items():
            for _, called in words:
                self._by_words.setdefault(called.name, []).append((id, called))

    def like(self, story: Story) -> Iterator[Story]:
        """The other stories, of this lot or kept, that have the same text."""
        sought = [_sought(kind, called) for kind, called in self._words[story.id]]
        if not sought:
            return
        here = (id for one in sought for id in self._with(one))
        for id in dict.fromkeys((*here, *self._store.named(sought, _MOST))):
            other = self._story(id) if id != story.id else None
            if other is not None and not other.drill:
                yield other

    def _with(self, sought: Sought) -> Iterator[str]:
        for id, called in self._by_words.get(sought.name, ()):
            if called.last >= sought.since and called.first <= sought.until:
                yield id

    def _story(self, id: str) -> Story | None:
        if id not in self._stories:
            found = self._store.story(id)
            if found is None:
                return None
            self._stories[id] = found
        return self._stories[id]


def _words(pile: Pile) -> list[tuple[NameKind, Called]]:
    return [
        named
        for message in pile.messages
        if message.target is None
        for named in worded(message, pile.story.agency)
    ]


def _sought(kind: NameKind, called: Called) -> Sought:
    """A line is the same only about the same time; a whole text whenever it comes."""
    if kind is NameKind.words:
        return Sought(name=called.name, since=_FIRST, until=_LAST)
    since, until = called.first - ONE_EVENT, called.last + ONE_EVENT
    return Sought(name=called.name, since=since, until=until)


# --- what is held against a story ---------------------------------------------------------------


def _fault(story: Story | None) -> str | None:
    """The reason for which copies of a story are held; None where nothing is held against it."""
    if story is None:
        return None
    if story.state is State.killed:
        return COPY_OF_KILLED
    if story.state not in (State.withheld, State.held):
        return None
    return COPY_OF_HELD if any(r.code in _AGAINST for r in story.reasons) else None


def _may_matter(ruling: Ruling) -> bool:
    """New words came, or what is held against the story is not what it was."""
    read, story = ruling.read, ruling.change.story
    if _fault(read) != _fault(story) or (_is_copy(read) and not _is_copy(story)):
        return True
    return any(message.target is None for message in ruling.pile.fresh)


def _is_copy(story: Story | None) -> bool:
    return story is not None and any(reason.code in _AS_COPY for reason in story.reasons)


def _let_go(before: str | None, after: str | None) -> frozenset[str]:
    """The reasons for which copies of a story were held and need not be any more."""
    if before is not None and after is None:
        return _AS_COPY
    undone = before == COPY_OF_KILLED and after == COPY_OF_HELD
    return frozenset({COPY_OF_KILLED}) if undone else frozenset()


def _told_apart(one: Story, other: Story) -> tuple[Story | None, Story | None]:
    """(the one taken back, its copy); nothing where both or neither are."""
    if (_fault(one) is None) == (_fault(other) is None):
        return None, None
    return (other, one) if _fault(one) is None else (one, other)


def _is_released(ruling: Ruling) -> bool:
    """A person has just let it go, and knows why."""
    return any(d.kind is DecisionKind.release for d in ruling.pile.decisions)


def _is_held_already(copy: Story, bad: Story, code: str) -> bool:
    """It is down as a copy, be it another's; only that the same story is killed now is news."""
    as_copy = [reason for reason in copy.reasons if reason.code in _AS_COPY]
    return any(reason.code == code or reason.detail != bad.id for reason in as_copy)


def _standing(pile: Pile) -> list[Decision]:
    """What the desk decided on a copy and did not take back. A person may have let it go since:
    it is held once for each story and reason."""
    decisions = (*pile.history.decisions, *pile.decisions)
    holds = (d for d in decisions if d.kind is DecisionKind.hold)
    return [d for d in holds if d.code in _AS_COPY and not is_taken_back(d, decisions)]


def _is_of(decision: Decision, codes: Collection[str], bad: Story) -> bool:
    return decision.code in codes and decision.reason == bad.id


def _substitutes(bad: Story, pile: Pile) -> set[str | None]:
    """What the notices about a story declare to be good in its place."""
    told = (message.target.substitute for message in pile.messages if message.target is not None)
    return {bad.substitute, *told}


def _says_the_same(copy: Pile, bad: Pile) -> bool:
    theirs = _items(bad)
    return any(notices.is_copy(one, other) for one in _items(copy) for other in theirs)


def _items(pile: Pile) -> list[Item]:
    return [message.item for message in pile.messages if message.target is None]


def _elsewhere(killed: Story, copy: Story) -> Call:
    return Call(
        code="copy-elsewhere",
        text=f"story {copy.id} of {copy.agency} has the text of story {killed.id}, which "
        f"{killed.agency} killed: it is not touched; look at it, and hold or kill it by hand",
        about=copy.id,
    )
