"""What has to hold of every reading, whatever the bytes are."""

import json
import signal
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from datetime import datetime

from conformance import reading
from conformance.counting import bare
from copytaster import formats
from copytaster import text
from copytaster.agency import Profile
from copytaster.formats import FormatError
from copytaster.formats import Parsed
from copytaster.formats._hash import content_hash
from copytaster.item import EmbargoState
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.story import Arrival
from copytaster.story import Message
from copytaster.story import State
from copytaster.verdict import decide

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CONTEXT = formats.Context(received=NOW)
SECONDS = 1.0
"""of processor time that one reading may take: of a document of one item, or of one refused"""
EACH = 0.001
"""seconds more for each item that was read: a document of many honest items is no bomb"""
TIMES = 20
"""as much memory as the input is long"""
FLOOR = 16 * 1024 * 1024
"""bytes that any reading may take: tables, a parser's own"""
ITEM = 5 * 1024
"""bytes for each item read: one has a hundred fields, however short it is"""
_HANGS = 20.0


class Wrong(AssertionError):
    """Something that must hold does not."""


def outcome(data: bytes, profile: Profile, name: str | None = None) -> Parsed | FormatError:
    """The reading, within its time. Any other exception than a FormatError gets out."""
    for attempt in range(3):
        began = time.process_time()
        with _no_hang():
            found = _read(data, profile, name)
        took = time.process_time() - began
        if took <= _allowed(found):
            return found
        if attempt == 2:
            raise Wrong(f"{took:.2f} s of processor time for {len(data)} bytes")
    raise Wrong("unreachable")


def _allowed(found: Parsed | FormatError) -> float:
    return SECONDS + (EACH * len(found.items) if isinstance(found, Parsed) else 0)


def _room(data: bytes, found: Parsed | FormatError) -> int:
    items = len(found.items) if isinstance(found, Parsed) else 0
    return max(FLOOR, TIMES * len(data), ITEM * items)


def _read(data: bytes, profile: Profile, name: str | None) -> Parsed | FormatError:
    try:
        return formats.parse(data, profile, CONTEXT, format=name)
    except FormatError as error:
        return error


@contextmanager
def _no_hang() -> Iterator[None]:
    """End a reading that would never end; where threads or the system forbid it, hope."""

    def end(*_: object) -> None:
        raise Wrong(f"still reading after {_HANGS:g} s of processor time")

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, _HANGS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def check_memory(data: bytes, profile: Profile, name: str | None = None) -> None:
    """At most twenty times the input, as far as Python's own memory goes."""
    tracemalloc.start()
    try:
        found = _read(data, profile, name)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    allowed = _room(data, found)
    if peak > allowed:
        raise Wrong(f"{peak} bytes of memory for {len(data)} of input")


def check_characters(data: bytes, found: Parsed | FormatError) -> None:
    """The words of every item, with what was left out, are a stretch of the document.

    Counted by conformance, apart from the parsers. Not where something was repaired, or where
    the item is held because words and source do not add up: then it is known already.
    """
    if isinstance(found, FormatError):
        return
    read = [item for item in found.items if item.copy.pieces]
    sound = [item for item in read if not (item.repairs or item.hold_reason)]
    for count in reading.count(sound, data):
        _demand(count.at is None, f"{count.guid[:80]}: {count.at}")


def check(found: Parsed | FormatError, profile: Profile) -> None:
    """Everything that can be said of a reading without knowing what was meant."""
    if isinstance(found, FormatError):
        _check_told(str(found))
        return
    for item in found.items:
        _check_item(item, profile)
    for bad in found.failed:
        _check_told(bad.error)


def is_told(message: str) -> bool:
    """An error says what happened in one line that a person can read."""
    return bool(message) and "\n" not in message and len(message) < 1500


def _check_told(message: str) -> None:
    _demand(is_told(message), f"an error in one short line: {message[:200]!r}")


def _check_item(item: Item, profile: Profile) -> None:
    _demand(bool(item.guid) and bool(item.provider), "an id and a provider")
    _demand(item.content_hash == content_hash(item), "the content hash is of this content")
    _demand(json.loads(formats.line(item, file="fuzz"))["guid"] == item.guid, "a line of JSON")
    _check_control(item)
    _check_words(item)
    _check_verdict(item, profile)


def _check_control(item: Item) -> None:
    held = item.pub_status is PubStatus.hold
    _demand(not held or bool(item.hold_reason), "who is held is told why")
    until = item.embargo.until
    opens = item.embargo.state is EmbargoState.until
    _demand(opens == (until is not None), "an embargo that ends says when")
    _demand(until is None or until.tzinfo is not None, "and in which zone")


def _check_words(item: Item) -> None:
    """Kept pieces are the text, character for character; a body without words is held."""
    kept = bare("".join(piece.text for piece in item.copy.pieces if piece.omitted is None))
    words = bare(text.plain(item.copy))
    accounted = "words-unaccounted" not in item.hold_reason
    _demand(not accounted or kept == words, "kept pieces are the text")
    bad = next((c for c in words if c == "\0" or "\ud800" <= c <= "\udfff"), None)
    _demand(bad is None, f"no {bad!r} in the text")


def _check_verdict(item: Item, profile: Profile) -> None:
    message = Message(item=item, arrival=Arrival(source="fuzz", received=NOW))
    verdict = decide([message], [], profile, NOW)
    if verdict.state is State.live:
        _demand(bool(item.headline), "live with a headline")
        _demand(not item.hold_reason and not item.targets, "live without a reason against it")
        _demand(bool(item.copy.blocks) or bool(item.summary), "live with words")
    else:
        _demand(bool(verdict.reasons), f"{verdict.state} for a reason")


def _demand(holds: bool, what: str) -> None:
    if not holds:
        raise Wrong(f"does not hold: {what}")
