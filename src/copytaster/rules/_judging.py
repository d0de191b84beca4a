"""What the rules say of one version."""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime

import msgspec

from copytaster import query
from copytaster.query import Either
from copytaster.query import Facts
from copytaster.rules._rule import Rule


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What a version is, by the rules. Nothing in it could publish anything."""

    hold: Rule | None = None
    """the first that holds it"""
    matched: tuple[Rule, ...] = ()
    """all that it answers, in the order in which they were asked"""

    @property
    def calls(self) -> tuple[Rule, ...]:
        """Those that call an editor."""
        return tuple(rule for rule in self.matched if rule.calls)


def judged(rules: Sequence[Rule], facts: Facts) -> Judgement:
    """Ask the rules, in the order of :func:`copytaster.rules.read`; those that are not enabled
    are not asked."""
    matched: list[Rule] = []
    for rule in _answered([rule for rule in rules if rule.enabled], facts):
        matched.append(rule)
        if rule.ends:
            break
    hold = next((rule for rule in matched if rule.holds), None)
    return Judgement(hold=hold, matched=tuple(matched))


def answers_any(rules: Sequence[Rule], facts: Facts) -> bool:
    """Whether any of these, enabled, would be answered: ordinary copy answers none."""
    asked = [rule for rule in rules if rule.enabled]
    return bool(asked) and query.matches(_any(asked), facts, _came(facts))


def _answered(rules: Sequence[Rule], facts: Facts) -> Iterator[Rule]:
    """The rules that a version answers, in their order: all at once, then by halves, since
    ordinary copy answers none of two hundred."""
    if not rules or not query.matches(_any(rules), facts, _came(facts)):
        return
    if len(rules) == 1:
        yield rules[0]
        return
    half = len(rules) // 2
    yield from _answered(rules[:half], facts)
    yield from _answered(rules[half:], facts)


def _any(rules: Sequence[Rule]) -> Either:
    return Either(tuple(rule.asked for rule in rules))


def _came(facts: Facts) -> datetime:
    """A rule acts when a version arrives: for it, that is now."""
    return max(version.received for version in facts.versions)
