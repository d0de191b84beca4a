"""The rights of one story: everything that binds it, held against contract, ground and clock."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime

from copytaster.agency import Contract
from copytaster.agency import Feeds
from copytaster.agency import Indexing
from copytaster.agency import Profile
from copytaster.agency import narrowed
from copytaster.item import Item
from copytaster.story import Message
from copytaster.verdict.rights import _clock
from copytaster.verdict.rights import _gates
from copytaster.verdict.rights import _stated
from copytaster.verdict.rights._gates import Bar
from copytaster.verdict.rights._gates import End
from copytaster.verdict.rights._types import Closing
from copytaster.verdict.rights._types import Ground
from copytaster.verdict.rights._types import Limit
from copytaster.verdict.rights._types import Rights
from copytaster.verdict.rights._types import Rule
from copytaster.verdict.rights._types import Use

_CODES = {
    Rule.unread: "rights-not-understood",
    Rule.item: "rights-restricted",
    Rule.contract: "rights-contract",
}


def of_story(
    own: Sequence[Message],
    binding: Sequence[Message],
    current: Item,
    profile: Profile,
    ground: Ground,
    now: datetime,
) -> Rights:
    """What may be done with a story at ``now``.

    ``own``: its versions, for the clock. ``binding``: those whose restrictions count, of which
    ``current`` is the one shown. The order of either means nothing.
    """
    contract = contract_of(binding, profile.contract, ground)
    stated = [(message, _stated.of_item(message.item, profile)) for message in binding]
    limits = sorted({limit for _, found in stated for limit in found}, key=_by_words)
    barred = [*_gates.by_contract(contract, ground.territories), *_barred(stated, ground)]
    begin = max((*_gates.starts(limits), *_starts(binding)), key=_at, default=None)
    began = _clock.began(own, contract, ground, now)
    end = min((*_gates.ends(limits, contract, began), *_ends(binding)), key=_at, default=None)
    denied = {bar.use for bar in barred}
    return Rights(
        gates=tuple(_gates.gate(use, barred, begin, end, now) for use in Use),
        closings=tuple(_closings(barred, stated, current, ground)),
        begins=None if begin is None else begin.at,
        ends=None if end is None else end.at,
        feeds=Feeds.none if Use.feeds in denied else contract.feeds,
        indexing=_indexing(contract, denied),
    )


def contract_of(binding: Iterable[Message], contract: Contract, ground: Ground) -> Contract:
    """The agency's contract, narrowed by that of every source that brought what binds."""
    sources = sorted({message.arrival.source for message in binding})
    return narrowed(
        contract, [ground.contracts[source] for source in sources if source in ground.contracts]
    )


def _by_words(limit: Limit) -> tuple[str, str]:
    return limit.means, limit.words


def _at(end: End) -> tuple[datetime, str]:
    return end.at, end.words


def _barred(stated: Iterable[tuple[Message, tuple[Limit, ...]]], ground: Ground) -> Iterator[Bar]:
    for message, limits in stated:
        for limit in limits:
            yield from _gates.bars(limit, ground.territories, credits(message.item))


def credits(item: Item) -> str:
    """Whom the page of an item names, in small letters."""
    named = (item.credit, item.copyright_notice, item.by, item.provider)
    return " ".join(name for name in named if name).casefold()


def _starts(binding: Iterable[Message]) -> Iterator[End]:
    for message in binding:
        if message.item.use_from is not None:
            at = _clock.utc(message.item.use_from)
            yield End(at=at, rule=Rule.item, words=f"rights run from {at.isoformat()}")


def _ends(binding: Iterable[Message]) -> Iterator[End]:
    for message in binding:
        if message.item.retain_until is not None:
            at = _clock.utc(message.item.retain_until)
            yield End(at=at, rule=Rule.item, words=f"rights run until {at.isoformat()}")


def _indexing(contract: Contract, denied: set[Use]) -> Indexing:
    if Use.search in denied and contract.indexing is not Indexing.canonical_to_source:
        return Indexing.noindex
    return contract.indexing


# --- why the page is closed ----------------------------------------------------------------------


def _closings(
    barred: Iterable[Bar],
    stated: Sequence[tuple[Message, tuple[Limit, ...]]],
    current: Item,
    ground: Ground,
) -> Iterator[Closing]:
    for bar in barred:
        if bar.use is Use.page and bar.rule is Rule.contract:
            yield Closing(code=_CODES[bar.rule], detail=bar.words)
    first = _first_received(message for message, _ in stated)
    for message, limits in stated:
        is_current = message.item.content_hash == current.content_hash
        known = None if is_current else first[message.item.content_hash]
        for bar in _barred([(message, limits)], ground):
            if bar.use is Use.page:
                yield Closing(code=_CODES[bar.rule], detail=bar.words, known=known)


def _first_received(messages: Iterable[Message]) -> dict[str, datetime]:
    """Content hash to the first receipt: saying the same again is nothing new."""
    first: dict[str, datetime] = {}
    for message in messages:
        content, received = message.item.content_hash, message.arrival.received
        first[content] = min(received, first.get(content, received))
    return first
