"""Further parts of stories, brought to the stories they go with, whichever comes first.

A wire gives each add an id of its own: what proves where it belongs is the verdict room's to say
(``verdict.parts``). Here names are looked up, and the part, with all that is said of it, is laid
into the set of its base, so that the base's verdict stays a function of one set (law 3).
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Protocol

import msgspec

from copytaster.item import PubStatus
from copytaster.item import Target
from copytaster.item import TargetKind
from copytaster.newsroom._pile import Key
from copytaster.newsroom._pile import Pile
from copytaster.newsroom._pile import with_fresh
from copytaster.store import Store
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.verdict import desk_word
from copytaster.verdict import notices
from copytaster.verdict import parts
from copytaster.verdict.notices import Candidate
from copytaster.verdict.notices import Wanted


class Table(Protocol):
    """The piles under way, and those fetched to them."""

    piles: dict[Key, Pile]

    def of_story(self, id: str) -> Pile | None: ...
    def lay(self, pile: Pile, message: Message) -> None: ...
    def keep_seeking(
        self, key: Key, message: Message, wanted: Iterable[Wanted], *, is_more: bool
    ) -> None: ...


Candidates = Callable[[Key, Sequence[Wanted], Message], list[Candidate]]
"""the stories of an agency that go by a name, with their versions for readers"""


def join(
    store: Store, table: Table, waiting: Iterable[tuple[str, str]], candidates: Candidates
) -> None:
    """Lay every part among what came, and every one that waited for it, on the pile of its base;
    and what came of a part that is laid already. ``waiting``: story and content of what looks
    for a name that has come."""
    for pile, message in [*_arrived(table), *_parts_of(store, table, waiting)]:
        _lay(table, candidates, pile, message)
    for pile in list(table.piles.values()):
        _follow(table, pile)


def _arrived(table: Table) -> list[tuple[Pile, Message]]:
    return [
        (pile, message)
        for pile in table.piles.values()
        for message in pile.fresh
        if message.target is None and parts.ask(message)
    ]


def _parts_of(
    store: Store, table: Table, waiting: Iterable[tuple[str, str]]
) -> Iterator[tuple[Pile, Message]]:
    """The parts among what waited, where a whole has come; what else waits is a notice."""
    if not any(_is_whole(m) for pile in table.piles.values() for m in pile.fresh):
        return
    for story, content in waiting:
        message = store.item_of(story, content)
        pile = table.of_story(story)
        if pile is not None and message is not None and parts.ask(message):
            yield pile, message


def _is_whole(message: Message) -> bool:
    return message.target is None and not parts.is_part(message.item)


def _lay(table: Table, candidates: Candidates, pile: Pile, message: Message) -> None:
    """Lay a part on every story that may be its base, and a doubt on those that no longer may;
    on its own pile, which these are."""
    wanted = parts.ask(message)
    found, is_sure = parts.bases(message, candidates(pile.key, wanted, message))
    table.keep_seeking(pile.key, message, wanted, is_more=False)
    meant = dict.fromkeys(base.story for base in found)
    for story in dict.fromkeys((*meant, *_laid_on(table.piles.get(pile.key, pile), message))):
        target = table.of_story(story)
        if target is not None:
            is_its = is_sure and story in meant
            table.lay(target, _laid(message, target, pile, is_sure=is_its))
            table.lay(pile, _laid(message, pile, pile, is_sure=is_its, base=story))
            _lay_desk_word(table, pile, target)


def _lay_desk_word(table: Table, part: Pile, base: Pile) -> None:
    """A part that the desk killed or holds is no part of a base that comes later either."""
    base = table.piles.get(base.key, base)
    said = _desk_word(table.piles.get(part.key, part), base)
    if said is not None:
        table.lay(base, said)


def _laid(
    message: Message, on: Pile, part: Pile, *, is_sure: bool, base: str | None = None
) -> Message:
    target = Target(
        kind=TargetKind.part,
        idref=on.story.guid,
        part=part.story.guid,
        new_status=PubStatus.usable,
        suspected=not is_sure,
        evidence=base,
    )
    return msgspec.structs.replace(message, target=target)


def _follow(table: Table, pile: Pile) -> None:
    """What is said of a part under its own id, or of it by a notice, is said to its base too."""
    if not any(message.target is not None for message in pile.messages):
        return
    guid = pile.story.guid
    marks = [target for message, target in parts.laid(pile.messages) if message.item.guid == guid]
    for story in dict.fromkeys(target.evidence for target in marks if target.evidence):
        base = table.of_story(story)
        if base is None:
            continue
        laid = parts.laid(base.messages)
        known = {m.item.content_hash for m, target in laid if parts.is_itself(m, target)}
        for message in pile.messages:
            said = _said(message, base, pile)
            if said is not None and (message.target or message.item.content_hash not in known):
                table.lay(table.piles.get(base.key, base), said)
        _lay_desk_word(table, pile, base)


def read_in(store: Store, pile: Pile, lot: Mapping[Key, Pile]) -> Iterator[Pile]:
    """The bases of a part of which the desk says something else now: its words leave them, or
    come back, in the same commit. ``lot`` is decided on together with it."""
    for story in _bases_of(pile):
        history = store.history_of(story)
        if history.story is None:
            continue
        base = Pile(story=history.story, history=history, since=pile.since, beside=pile.bulk)
        base = lot.get(base.key, base)
        said = _desk_word(pile, base)
        if said is not None:
            yield with_fresh(base, said)


def _bases_of(pile: Pile) -> list[str]:
    """Public ids of the stories that a part was laid on; none where this is no part."""
    return list(dict.fromkeys(story for _, story in _marks(pile)))


def _laid_on(pile: Pile, message: Message) -> list[str]:
    """The same of one version of a part."""
    content = message.item.content_hash
    return [story for mark, story in _marks(pile) if mark.item.content_hash == content]


def _marks(pile: Pile) -> Iterator[tuple[Message, str]]:
    """What was kept with a part itself of where it was laid."""
    for message, target in parts.laid(pile.messages):
        if target.part == pile.story.guid and target.evidence:
            yield message, target.evidence


def _desk_word(part: Pile, base: Pile) -> Message | None:
    """What the desk says of a part now, as its base is told of it; None where that is told.

    It is told as a suspicion, of which the latest counts: what an editor, or an undo, lets go is
    free again. A release lifts no kill (``verdict.desk_word``).
    """
    own = next((message for message in part.messages if message.target is None), None)
    if own is None:
        return None
    about = [message for message, t in parts.laid(base.messages) if t.part == part.story.guid]
    turn, stands = notices.suspicion_of(own, about)
    status = _desk_status((*part.history.decisions, *part.decisions))
    is_free = status is PubStatus.usable
    if stands is not is_free:
        return None
    target = Target(
        kind=TargetKind.part,
        idref=base.story.guid,
        part=part.story.guid,
        new_status=status,
        suspected=True,
        tentative=is_free,
        turn=turn if is_free else turn + 1,
    )
    return msgspec.structs.replace(own, target=target)


def _desk_status(decisions: Sequence[Decision]) -> PubStatus:
    word = desk_word(decisions)
    if word.ends:
        return PubStatus.canceled
    is_held = word.newest is not None and word.newest.kind is DecisionKind.hold
    return PubStatus.hold if is_held else PubStatus.usable


def _said(message: Message, base: Pile, part: Pile) -> Message | None:
    """A message of the part's set as its base is told of it."""
    target = message.target
    if target is None:
        return _laid(message, base, part, is_sure=True)
    if target.kind is not TargetKind.notice:
        return None
    told = msgspec.structs.replace(
        target, kind=TargetKind.part, idref=base.story.guid, part=part.story.guid
    )
    return msgspec.structs.replace(message, target=told)
