"""What is counted of a source with each delivery: how late, how often, and what was wrong.

Lateness is told in steps, because a sum or a mean of it is made by its one worst case; what is
kept are counts under the step that a version did not pass.
"""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime

import msgspec

from copytaster.agency import DRILL
from copytaster.newsroom._intake import Opened
from copytaster.newsroom._pile import Key
from copytaster.newsroom._ruling import Ruling
from copytaster.store import Count
from copytaster.store import Taken
from copytaster.story import Message
from copytaster.story import State

VERSION = "version"
"""a version of a story; its kind: which one it is, the last stands for all further ones"""
LATE = "late"
"""how much later than its own time it came; its kind: the step in seconds"""
AHEAD = "ahead"
"""by how much its own time was still to come"""
UNDATED = "undated"
"""no instant can be told from what it says of its time"""
REPAIR = "repair"
HELD = "held"
"""a story held with what came; its kind: each reason"""
DEAD = "dead"
"""a delivery that could not be read or kept, each time it was tried"""
UNREADABLE = "unreadable"
"""an entry of a delivery that could not be read"""

MOST_VERSIONS = 5
STEPS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 21600, 43200, 86400)
"""seconds; what passes the last is counted under ``FAR``"""
FAR = "far"


def counted(taken: Taken, opened: Opened, rulings: Mapping[Key, Ruling]) -> Taken:
    """The end of a delivery's way, with what it adds to the figures of its source. A drill is
    nobody's copy."""
    if opened.delivery.agency == DRILL.id:
        return taken
    named = Counter(_named(taken, opened, rulings))
    counts = tuple(Count(what=what, kind=kind, n=n) for (what, kind), n in named.items())
    return msgspec.structs.replace(taken, counts=counts)


def _named(
    taken: Taken, opened: Opened, rulings: Mapping[Key, Ruling]
) -> Iterator[tuple[str, str]]:
    if taken.error is not None:
        yield DEAD, ""
    if opened.parsed is not None:
        yield from ((UNREADABLE, "") for _ in opened.parsed.failed)
    for key in dict.fromkeys((opened.delivery.agency, one.guid) for one in opened.addressed):
        ruling = rulings.get(key)
        if ruling is not None:
            yield from _of_story(ruling, opened.delivery.id)


def _of_story(ruling: Ruling, delivery: str) -> Iterator[tuple[str, str]]:
    change = ruling.change
    known = sum(message.target is None for message in ruling.pile.history.messages)
    fresh = [one for one in change.messages if one.target is None]
    for place, message in enumerate(fresh, start=known + 1):
        if message.arrival.delivery == delivery:
            yield VERSION, str(min(place, MOST_VERSIONS))
            yield from _of_message(message)
    is_mine = any(message.arrival.delivery == delivery for message in change.messages)
    if is_mine and change.judged is not None and change.judged.state is State.held:
        yield from ((HELD, code) for code in dict.fromkeys(r.code for r in change.judged.reasons))


def _of_message(message: Message) -> Iterator[tuple[str, str]]:
    item = message.item
    dates = (item.version_created, item.first_created)
    made = [one.repair for one in dates if one is not None and one.repair]
    yield from ((REPAIR, name) for name in dict.fromkeys((*made, *item.repairs)))
    if _is_of_the_day(message):
        at = item.version_created.instant if item.version_created is not None else None
        yield (UNDATED, "") if at is None else _lateness(at, message.arrival.received)


def _is_of_the_day(message: Message) -> bool:
    """Whether its lateness tells anything: not of an archive, nor of the older entries that a
    feed has when it is first polled."""
    arrival, dated = message.arrival, message.item.version_created
    if arrival.archive:
        return False
    if arrival.publish_after is None or dated is None or dated.instant is None:
        return True
    return dated.instant > arrival.publish_after


def _lateness(dated: datetime, received: datetime) -> tuple[str, str]:
    seconds = (received - dated).total_seconds()
    return (LATE, step(seconds)) if seconds >= 0 else (AHEAD, step(-seconds))


def step(seconds: float) -> str:
    """The first step that so many seconds do not pass."""
    return next((str(one) for one in STEPS if seconds <= one), FAR)


def within(counts: Iterable[Count], share: float) -> float | None:
    """The step that this share of them did not pass, in seconds: infinity beyond the last. None
    where there are none."""
    by_step = Counter[float]()
    for one in counts:
        by_step[float("inf") if one.kind == FAR else float(one.kind)] += one.n
    wanted, seen = share * by_step.total(), 0
    for seconds in sorted(by_step):
        seen += by_step[seconds]
        if seen >= wanted:
            return seconds
    return None
