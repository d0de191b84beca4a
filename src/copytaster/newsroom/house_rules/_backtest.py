"""Rules tried on what was received: which versions would have waited that did not, and which not.

Every version of the period is asked as it was when it came: once, by itself, and none that came
only as a replay. What became of it is read from the decisions that rules made then.
"""

from collections import Counter
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime

import msgspec

from copytaster.newsroom.house import House
from copytaster.newsroom.house_rules._versions import HOUSE_RULE
from copytaster.newsroom.house_rules._versions import first_said
from copytaster.newsroom.house_rules._versions import judged
from copytaster.rules import Rule
from copytaster.store import Past
from copytaster.store import Reach
from copytaster.store import Store
from copytaster.story import Message

TOO_MUCH = 0.2
"""the share of all versions at which a rule is doubtful: it would hold everything"""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """A version that goes another way under these rules than it went."""

    rule: str
    """the one that would hold it, or that held it"""
    story: str
    agency: str
    received: datetime
    headline: str | None


class Backtest(msgspec.Struct, frozen=True, kw_only=True):
    """What rules would have done in a period."""

    rules: tuple[Rule, ...]
    since: datetime
    until: datetime
    versions: int
    """that were asked"""
    held: int
    """of these, by whichever rule"""
    matches: Mapping[str, int]
    """versions that answered, by each rule that is enabled"""
    holds: Mapping[str, int]
    """versions that it would have held before any other rule did"""
    more: tuple[Outcome, ...]
    """held by these rules, and were not by those of then"""
    fewer: tuple[Outcome, ...]
    """held by those of then, and would not be"""

    @property
    def too_much(self) -> list[str]:
        """Rules that would hold so much that they are hardly meant."""
        return [
            name
            for name, count in self.holds.items()
            if count and count >= TOO_MUCH * self.versions
        ]


def backtest(
    house: House,
    store: Store,
    in_force: Sequence[Rule],
    since: datetime,
    until: datetime,
    at: Callable[[int], None],
) -> Backtest:
    """Ask the rules of every version that came in the period. ``at`` is told the number of each
    story that was looked at."""
    matches: Counter[str] = Counter()
    holds: Counter[str] = Counter()
    versions = 0
    more: list[Outcome] = []
    fewer: list[Outcome] = []
    for past in _stories(store, since, until, at):
        was = _held_then(store, past)
        for message in _versions(past, since, until):
            versions += 1
            answer = judged(house, in_force, past.story.agency, message)
            matches.update(rule.name for rule in answer.matched)
            then = was.get(message.item.content_hash)
            now = answer.hold.name if answer.hold is not None else None
            holds.update([now] if now is not None else [])
            if now is not None and then is None:
                more.append(_outcome(past, message, now))
            if then is not None and now is None:
                fewer.append(_outcome(past, message, then))
    enabled = [rule.name for rule in in_force if rule.enabled]
    return Backtest(
        rules=tuple(in_force),
        since=since,
        until=until,
        versions=versions,
        held=holds.total(),
        matches={name: matches[name] for name in enabled},
        holds={name: holds[name] for name in enabled},
        more=tuple(sorted(more, key=_when)),
        fewer=tuple(sorted(fewer, key=_when)),
    )


def _stories(
    store: Store, since: datetime, until: datetime, at: Callable[[int], None]
) -> Iterator[Past]:
    reach = Reach(since=since, until=until)
    while page := store.past(reach):
        for past in page:
            if not past.story.drill:
                yield past
            at(past.story.number)
        reach = msgspec.structs.replace(reach, after=page[-1].story.number)


def _versions(past: Past, since: datetime, until: datetime) -> Iterator[Message]:
    ordered = sorted(past.messages, key=lambda message: message.arrival.received)
    for message in first_said((), ordered):
        if since <= message.arrival.received < until:
            yield message


def _held_then(store: Store, past: Past) -> Mapping[str, str]:
    """Content → the rule that held it when it came."""
    return {
        decision.content_hash: decision.reason
        for decision in store.history_of(past.story.id).decisions
        if decision.code == HOUSE_RULE and decision.content_hash is not None
    }


def _outcome(past: Past, message: Message, rule: str) -> Outcome:
    return Outcome(
        rule=rule,
        story=past.story.id,
        agency=past.story.agency,
        received=message.arrival.received,
        headline=message.item.headline,
    )


def _when(outcome: Outcome) -> tuple[datetime, str]:
    return outcome.received, outcome.story
