"""The breaker: bursts that stop a source's publishing. Counting only: values in, values out.

An agency that sends a hundred obituaries in a minute, or half of whose items are kills, is not
sending news (RFI, 16 November 2020: about a hundred stored obituaries of living people, public
within minutes of a move between systems; handbook: agencies §3). The breaker counts what is new
from each source *before* it is published; what goes over a limit, and everything of its batch,
waits. Receiving, holds and kills go on. Nothing but a person's ``resume`` closes it again.

Only arrivals are counted, and only once: a feed that says the same at every poll, or a delivery
that is read again after a crash, adds nothing.
"""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta

import msgspec

from copytaster.config import BreakerTable
from copytaster.config import SourceBreakerTable

_MINUTE = timedelta(minutes=1)
LONGEST_EXAMPLE = 120


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """One item that is new, as far as the breaker looks at it."""

    item: str
    """what makes it this item and no other, however it came"""
    story: str
    """what makes it this story"""
    headline: str | None = None
    public: bool = False
    """it would go to readers, now or when its embargo ends, and no person has asked for it"""
    obituary: bool = False
    change: bool = False
    """readers see the story already, and would see other words"""
    kill: bool = False
    dated: datetime | None = None


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """That something was counted, and when."""

    what: str
    at: datetime


class Counts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is remembered of one source. No list is longer than its limit by more than one."""

    items: tuple[Mark, ...] = ()
    sample: tuple[tuple[str, bool], ...] = ()
    """the newest items, each with whether it was a kill"""
    obituaries: tuple[Mark, ...] = ()
    changes: tuple[Mark, ...] = ()
    old: tuple[Mark, ...] = ()


class Trip(msgspec.Struct, frozen=True, kw_only=True):
    """Why a source's publishing was stopped."""

    source: str
    rule: str
    """the setting whose limit was passed: ``obituaries``, ``kill_share`` …"""
    at: datetime
    text: str
    """what was counted, in words"""

    @property
    def told(self) -> str:
        """One sentence for a person, with what to do."""
        return (
            f"{self.source}: publishing stopped: {self.text}; it is received and waits. Look at "
            f"it, then `copytaster resume {self.source}`"
        )


def rules(house: BreakerTable, source: SourceBreakerTable | None) -> BreakerTable:
    """The limits of one source: its own where it has some, else the house's."""
    if source is None:
        return house
    own = {key: value for key, value in msgspec.structs.asdict(source).items() if value is not None}
    return msgspec.structs.replace(house, **own)


def count(
    counts: Counts, rules: BreakerTable, source: str, seen: Sequence[Sighting], now: datetime
) -> tuple[Counts, Trip | None]:
    """The counts after these new items of one source, and the trip they cause, if any."""
    counts = _counted(counts, rules, seen, now)
    why = next(_passed(counts, rules), None)
    if why is None:
        return counts, None
    rule, text = why
    counted = (one.headline for one in reversed(seen) if _counts_for(rule, one))
    newest = next((headline for headline in counted if headline), None)
    if newest:
        text += f"; the newest: {newest[:LONGEST_EXAMPLE]!r}"
    return counts, Trip(source=source, rule=rule, at=now, text=text)


def _counted(
    counts: Counts, rules: BreakerTable, seen: Sequence[Sighting], now: datetime
) -> Counts:
    span = timedelta(minutes=rules.minutes)
    old = timedelta(days=rules.old_days)
    every = [one.item for one in seen]
    dead = [one.story for one in seen if _counts_for("obituaries", one)]
    changed = [one.story for one in seen if _counts_for("changes", one)]
    public = [one for one in seen if _counts_for("old_items", one)]
    late = [one.item for one in public if one.dated is not None and now - one.dated > old]
    return Counts(
        items=_marked(counts.items, every, rules.items_per_minute, _MINUTE, now),
        sample=_sampled(counts.sample, seen, rules),
        obituaries=_marked(counts.obituaries, dead, rules.obituaries, span, now),
        changes=_marked(counts.changes, changed, rules.changes, span, now),
        old=_marked(counts.old, late, rules.old_items, span, now),
    )


def _counts_for(rule: str, one: Sighting) -> bool:
    """Whether the rule looks at this item at all."""
    match rule:
        case "obituaries":
            return one.public and one.obituary and not one.change
        case "changes":
            return one.public and one.change
        case "old_items":
            return one.public
        case "kill_share":
            return one.kill
        case _:
            return True


def _marked(
    marks: tuple[Mark, ...], more: Sequence[str], limit: int, span: timedelta, now: datetime
) -> tuple[Mark, ...]:
    """Each thing once, those within the span, the newest few: one more than the limit is enough
    to know that it was passed."""
    if not limit:
        return ()
    # Either way: a clock that was set back a little must not make the count begin anew.
    found = {mark.what: mark for mark in marks if abs(now - mark.at) < span}
    for what in more:
        found.setdefault(what, Mark(what, now))
    return tuple(found.values())[-limit - 1 :]


def _sampled(
    sample: tuple[tuple[str, bool], ...], seen: Sequence[Sighting], rules: BreakerTable
) -> tuple[tuple[str, bool], ...]:
    if not rules.kill_share:
        return ()
    found = dict(sample)
    for one in seen:
        found[one.item] = one.kill or found.get(one.item, False)
    return tuple(found.items())[-rules.kill_sample :]


def _passed(counts: Counts, rules: BreakerTable) -> Iterator[tuple[str, str]]:
    """The limits that are passed: the setting, and what was counted in words."""
    within = f"within {rules.minutes:g} minutes"
    if len(counts.items) > rules.items_per_minute > 0:
        yield "items_per_minute", f"more than {rules.items_per_minute} items within a minute"
    if len(counts.obituaries) > rules.obituaries > 0:
        yield "obituaries", f"more than {rules.obituaries} obituaries {within}"
    if len(counts.old) > rules.old_items > 0:
        words = f"more than {rules.old_items} items older than {rules.old_days:g} days {within}"
        yield "old_items", words
    if len(counts.changes) > rules.changes > 0:
        yield "changes", f"more than {rules.changes} live stories changed {within}"
    kills = sum(kill for _, kill in counts.sample)
    if rules.kill_share and kills > rules.kill_share * rules.kill_sample:
        yield "kill_share", f"{kills} of the last {rules.kill_sample} items were kills"
