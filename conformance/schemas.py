"""IPTC's own cases: what a schema calls bad is refused or held, what it calls good is read.

Each item of a bad case is put before the verdict alone, as if it had just come.
"""

from collections.abc import Iterable

import msgspec

from conformance.exceptions import Exceptions
from conformance.exceptions import Known
from conformance.exceptions import excused
from conformance.reading import NOW
from conformance.reading import Reading
from copytaster import agency
from copytaster.item import Item
from copytaster.story import Arrival
from copytaster.story import Message
from copytaster.story import State
from copytaster.verdict import decide

_SUITES = ("iptc-newsml-g2/tests/", "iptc-ninjs/validation/")


class Cases(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one suite's cases."""

    suite: str
    bad: int
    refused: int
    never_live: int
    """read, and held, waiting or never for readers"""
    harmless: dict[str, str]
    """bad cases that go live, with the reason why they may"""
    published: tuple[str, ...]
    """bad cases that go live and should not"""
    good: int
    read: int
    unread: tuple[str, ...]


def cases(readings: Iterable[Reading], known: Exceptions) -> list[Cases]:
    """One result for each suite."""
    held = list(readings)
    return [_suite(suite, held, known) for suite in _SUITES]


def _suite(suite: str, readings: list[Reading], known: Exceptions) -> Cases:
    bad = _of(suite, "should_fail", readings)
    good = _of(suite, "should_pass", readings)
    live = [reading.file.name for reading in bad if _goes_live(reading)]
    excuses = {name: excused(name, known.harmless) for name in live}
    refused = sum(reading.parsed is None for reading in bad)
    unread = tuple(r.file.name for r in good if not _is_read(r, known.refused))
    return Cases(
        suite=suite.rstrip("/"),
        bad=len(bad),
        refused=refused,
        never_live=len(bad) - refused - len(live),
        harmless={name: excuse.reason for name, excuse in excuses.items() if excuse},
        published=tuple(name for name, excuse in excuses.items() if excuse is None),
        good=len(good),
        read=len(good) - len(unread),
        unread=unread,
    )


def _of(suite: str, folder: str, readings: list[Reading]) -> list[Reading]:
    return [r for r in readings if r.file.name.startswith(suite) and folder in r.file.path.parts]


def _is_read(reading: Reading, known: tuple[Known, ...]) -> bool:
    if reading.parsed is None:
        return excused(reading.file.name, known, reading.error) is not None
    return not reading.parsed.failed


def _goes_live(reading: Reading) -> bool:
    items = reading.parsed.items if reading.parsed else ()
    return any(_state(item, reading.file.agency) is State.live for item in items)


def _state(item: Item, name: str) -> State:
    arrival = Arrival(source="conformance", received=NOW)
    message = Message(item=item, arrival=arrival)
    return decide([message], [], agency.load(name), NOW).state
