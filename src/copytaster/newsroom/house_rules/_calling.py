"""Calling editors for what rules matched: few calls, whatever bursts.

A rule calls for the first story at once. What else it matches within ten minutes is counted, and
told with the next call, or when they are over. The count is this process's: a desk that is
started anew calls for the first again.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import datetime
from datetime import timedelta

import msgspec

from copytaster.newsroom.house_rules._versions import Match
from copytaster.store import Call

RULE_MATCHED = "rule-matched"
QUIET = timedelta(minutes=10)
"""between two calls for one rule"""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What an editor was told of one rule, and what not yet."""

    at: datetime
    """of the last call"""
    more: int = 0
    last: Match | None = None
    """the last of those that were only counted"""


class RuleCalls:
    """The calls of one desk, on its thread."""

    def __init__(self) -> None:
        self._told: Mapping[str, Told] = {}

    def of(self, matches: Iterable[Match], now: datetime) -> tuple[list[Call], Mapping[str, Told]]:
        """Whom to call for these, and what is told then: given to :meth:`keep` once the calls
        are kept."""
        told = {name: one for name, one in self._told.items() if one.more or not _is_over(one, now)}
        calls: list[Call] = []
        for match in matches:
            name = match.rule.name
            before = told.get(name)
            if before is not None and not _is_over(before, now):
                told[name] = Told(at=before.at, more=before.more + 1, last=match)
                continue
            calls.append(_call(match, before))
            told[name] = Told(at=now)
        return _by_story(calls), told

    def over(self, now: datetime) -> tuple[list[Call], Mapping[str, Told]]:
        """The same for what was counted, where the ten minutes are over."""
        calls: list[Call] = []
        told = dict(self._told)
        for name, one in self._told.items():
            if one.last is not None and _is_over(one, now):
                calls.append(_call_of_more(one, one.last))
                told[name] = Told(at=now)
        return _by_story(calls), told

    def keep(self, told: Mapping[str, Told]) -> None:
        """The calls are kept."""
        self._told = told


def _is_over(told: Told, now: datetime) -> bool:
    """Also where the clock was set back: better twice than never."""
    return not timedelta() <= now - told.at < QUIET


def _by_story(calls: Iterable[Call]) -> list[Call]:
    """What several rules tell of one story is one alert."""
    told: dict[str, list[str]] = {}
    for call in calls:
        told.setdefault(call.about, []).append(call.text)
    return [
        Call(code=RULE_MATCHED, text=" | ".join(texts), about=about)
        for about, texts in told.items()
    ]


def _call(match: Match, before: Told | None) -> Call:
    more = ""
    if before is not None and before.more:
        more = f", and {before.more} before it since {before.at:%H:%M} UTC"
    return Call(
        code=RULE_MATCHED,
        text=f"rule {match.rule.name}: story {match.story} of {match.agency}{more}; "
        f"{match.rule.why} {_advice(match)}",
        about=match.story,
    )


def _call_of_more(told: Told, last: Match) -> Call:
    return Call(
        code=RULE_MATCHED,
        text=f"rule {last.rule.name}: {told.more} more since {told.at:%H:%M} UTC, the last story "
        f"{last.story} of {last.agency}; {last.rule.why} {_advice(last)}",
        about=last.story,
    )


def _advice(match: Match) -> str:
    if match.is_held:
        return f"It is held: `copytaster release {match.story}` lets it go"
    return "No rule holds it: look at it, and hold or kill it if it must not be there"
