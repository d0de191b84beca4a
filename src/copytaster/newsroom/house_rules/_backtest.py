"""Rules tried on what was received: which versions would have waited that did not, and which not.

Every version of the period is asked as it was when it came: once, by itself, and none that came
only as a replay. They are compared with what became of it, which is read from the decisions that
rules made then; or with other rules.
"""

from collections import Counter
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime

import msgspec

from copytaster import rules
from copytaster.newsroom.house import House
from copytaster.newsroom.house_rules._versions import HOUSE_RULE
from copytaster.newsroom.house_rules._versions import facts_of
from copytaster.newsroom.house_rules._versions import first_said
from copytaster.rules import Judgement
from copytaster.rules import Rule
from copytaster.store import Past
from copytaster.store import Reach
from copytaster.store import Store
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import Message

TOO_MUCH = 0.2
"""the share of all versions at which a rule is doubtful: it would hold everything"""
DOUBTFUL = 0.05
"""the share of all versions above which a change of rules, made in the app, is said twice"""


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
    """held by these rules, and were not before; the newest of them"""
    fewer: tuple[Outcome, ...]
    """held before, and would not be; the newest of them"""
    more_by: Mapping[str, int]
    """how many there are of each, by the rule that would hold them, or that held them"""
    fewer_by: Mapping[str, int]

    @property
    def too_much(self) -> list[str]:
        """Rules that would hold so much that they are hardly meant."""
        return [
            name
            for name, count in self.holds.items()
            if count and count >= TOO_MUCH * self.versions
        ]

    @property
    def moved(self) -> int:
        """Versions that go another way."""
        return sum(self.more_by.values()) + sum(self.fewer_by.values())

    @property
    def is_doubtful(self) -> bool:
        """Whether so many are held, or let go, that somebody is to say that they are meant."""
        ways = (sum(self.more_by.values()), sum(self.fewer_by.values()))
        return any(count > DOUBTFUL * self.versions for count in ways)


def backtest(
    house: House,
    store: Store,
    in_force: Sequence[Rule],
    since: datetime,
    until: datetime,
    at: Callable[[int], None],
    *,
    instead_of: Sequence[Rule] | None = None,
    most: int | None = None,
) -> Backtest:
    """Ask the rules of every version that came in the period. ``at`` is told the number of each
    story that was looked at. ``instead_of``: the rules they are compared with, asked of the same
    versions; None: what was done then. ``most``: outcomes of either kind that are told one by
    one; None: all."""
    matches: Counter[str] = Counter()
    holds: Counter[str] = Counter()
    all_rules = _asked_once(in_force, instead_of or ())
    versions = 0
    more, fewer = _Outcomes(most), _Outcomes(most)
    for past in _stories(store, since, until, at):
        decisions = store.history_of(past.story.id).decisions
        held_then = _held_then(decisions)
        for message in _versions(past, decisions, since, until):
            versions += 1
            facts = facts_of(house, past.story.agency, message)
            is_answered = rules.answers_any(all_rules, facts)
            answer = rules.judged(in_force, facts) if is_answered else Judgement()
            matches.update(rule.name for rule in answer.matched)
            before = held_then.get(message.item.content_hash)
            if instead_of is not None:
                before = _name(rules.judged(instead_of, facts)) if is_answered else None
            now = _name(answer)
            if now is not None:
                holds[now] += 1
                if before is None:
                    more.add(_outcome(past, message, now))
            elif before is not None:
                fewer.add(_outcome(past, message, before))
    enabled = [rule.name for rule in in_force if rule.enabled]
    return Backtest(
        rules=tuple(in_force),
        since=since,
        until=until,
        versions=versions,
        held=holds.total(),
        matches={name: matches[name] for name in enabled},
        holds={name: holds[name] for name in enabled},
        more=more.newest,
        fewer=fewer.newest,
        more_by=dict(more.by),
        fewer_by=dict(fewer.by),
    )


class _Outcomes:
    """Outcomes as they are found: all counted, the newest kept. A rule that holds everything has
    as many as there are versions."""

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._kept: list[Outcome] = []
        self.by: Counter[str] = Counter()

    def add(self, outcome: Outcome) -> None:
        self.by[outcome.rule] += 1
        self._kept.append(outcome)
        if self._most is not None and len(self._kept) >= 2 * self._most:
            self._kept = list(self.newest)

    @property
    def newest(self) -> tuple[Outcome, ...]:
        """In the order in which they came."""
        ordered = sorted(self._kept, key=_when)
        return tuple(ordered if self._most is None else ordered[-self._most :])


def _asked_once(in_force: Sequence[Rule], others: Sequence[Rule]) -> Sequence[Rule]:
    """These, and of the others those that ask something else: most of a file stays the same."""
    known = {rule.asked for rule in in_force if rule.enabled}
    return [*in_force, *(rule for rule in others if rule.asked not in known)]


def _name(answer: Judgement) -> str | None:
    return answer.hold.name if answer.hold is not None else None


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


def _versions(
    past: Past, decisions: Sequence[Decision], since: datetime, until: datetime
) -> Iterator[Message]:
    """Those that the desk would have asked rules of when they came."""
    ordered = sorted(past.messages, key=lambda message: message.arrival.received)
    released = {
        decision.content_hash: decision.at
        for decision in reversed(decisions)
        if decision.kind is DecisionKind.release
    }
    for message in first_said((), ordered):
        came = message.arrival.received
        at = released.get(message.item.content_hash)
        if since <= came < until and (at is None or at > came):
            yield message


def _held_then(decisions: Sequence[Decision]) -> Mapping[str, str]:
    """Content → the rule that held it when it came."""
    return {
        decision.content_hash: decision.reason
        for decision in decisions
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
