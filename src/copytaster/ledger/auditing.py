"""Checking a whole log through its files (C2SP tlog-tiles v0.1.0; ``docs/reference/log.md``).

Every entry is read and understood, every tile computed anew and compared, and each story's
history followed from event to event. One bundle is in memory at a time, and where each story
stands. What was looked at once need not be again: a later audit goes on from the position that
an earlier one came to.
"""

from collections import Counter
from collections.abc import Callable
from collections.abc import Mapping
from datetime import datetime
from datetime import timedelta
from typing import Final

import msgspec

from copytaster.ledger import entries
from copytaster.ledger import history
from copytaster.ledger import policy
from copytaster.ledger import tiles
from copytaster.ledger import tree
from copytaster.ledger._errors import LedgerError
from copytaster.ledger._errors import Malformed
from copytaster.ledger._errors import Missing
from copytaster.ledger._spelling import HASH
from copytaster.ledger.checking import APPEND_ONLY
from copytaster.ledger.checking import SIGNED
from copytaster.ledger.checking import Check
from copytaster.ledger.checking import current
from copytaster.ledger.checking import grown
from copytaster.ledger.checking import told
from copytaster.ledger.checkpoint import Checkpoint
from copytaster.ledger.checkpoint import Signed
from copytaster.ledger.history import Standing
from copytaster.ledger.leaf import Event
from copytaster.ledger.policy import Believed
from copytaster.ledger.policy import Policy
from copytaster.ledger.tiles import HEIGHT
from copytaster.ledger.tiles import WIDTH
from copytaster.ledger.tiles import Place
from copytaster.ledger.tiles import Read
from copytaster.ledger.tree import Tree

ENTRIES: Final = "entries"
TILES: Final = "tiles"
ROOT: Final = "root"
HISTORY: Final = "history"
TIMES: Final = "times"

DRIFT: Final = timedelta(minutes=5)
"""how far a time may lie before one that stands earlier in the log"""


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """How far a log was looked at, and what is needed to go on from there."""

    tree: Tree = tree.EMPTY
    stories: Mapping[str, Standing] = {}
    """by public id"""
    late: int = 0
    """stories that the log does not know from their first edition on"""
    begun: datetime | None = None
    """time of the first entry"""
    latest: datetime | None = None
    """the latest time of all entries"""


START: Final = Position()


class Audit(msgspec.Struct, frozen=True, kw_only=True):
    """How a log stood."""

    checkpoint: Checkpoint | None
    """None where no trusted log has signed one; then nothing else was looked at"""
    checks: tuple[Check, ...]
    position: Position | None = None
    """where a later audit goes on; None where something is wrong"""
    changed: frozenset[str] = frozenset()
    """stories of which the entries tell that were looked at this time"""

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return all(check.passed is not False for check in self.checks)


def audit(
    read: Read,
    trusted: Policy,
    *,
    older: bytes | None = None,
    since: Position = START,
    progress: Callable[[int, int], None] | None = None,
) -> Audit:
    """Look at everything, or at everything after ``since``.

    ``progress`` is told how many entries were read so far, and of how many.
    """
    try:
        signed = current(read, trusted)
    except LedgerError as error:
        return Audit(checkpoint=None, checks=(Check(name=SIGNED, passed=False, said=str(error)),))
    newest = signed.checkpoint
    outer = _signed(signed, trusted), _append_only(older, newest, read, trusted)
    if newest.size < since.tree.size:
        return Audit(checkpoint=newest, checks=(*outer, _shrunk(since, newest)))
    auditing = _Auditing(newest.size, read, since)
    auditing.run(progress)
    checks = (outer[0], *auditing.checks(newest.root), outer[1])
    is_sound = all(check.passed is not False for check in checks)
    return Audit(
        checkpoint=newest,
        checks=checks,
        position=auditing.position() if is_sound else None,
        changed=frozenset(auditing.stories),
    )


def _shrunk(since: Position, newest: Checkpoint) -> Check:
    said = f"{since.tree.size:,} entries were there, and {newest.size:,} are left"
    return Check(name=ENTRIES, passed=False, said=said)


def _signed(signed: Signed, trusted: Policy) -> Check:
    try:
        believed = Believed(signed=signed, witnesses=policy.witnessed(trusted, signed))
    except LedgerError as error:
        return Check(name=SIGNED, passed=False, said=str(error))
    return Check(name=SIGNED, passed=True, said=told(believed))


def _append_only(older: bytes | None, newest: Checkpoint, read: Read, trusted: Policy) -> Check:
    if older is None:
        said = "no older checkpoint was given to compare with"
        return Check(name=APPEND_ONLY, passed=None, said=said)
    try:
        kept = policy.of_log(trusted, older).checkpoint
        grown(kept, newest, read)
    except LedgerError as error:
        return Check(name=APPEND_ONLY, passed=False, said=str(error))
    said = f"the log has only grown, from {kept.size:,} to {newest.size:,} entries"
    return Check(name=APPEND_ONLY, passed=True, said=said)


class _Auditing:
    """One pass over a log; lives inside :func:`audit` only."""

    def __init__(self, size: int, read: Read, since: Position) -> None:
        self._size = size
        self._read = read
        self._since = since
        self._done = since.tree.size
        self._edge = list(since.tree.edge)
        self._bundle: list[bytes] = []
        self.stories: dict[str, Standing] = {}
        """those that were told of this time"""
        self._late = since.late
        self._begun = since.begun
        self._latest = since.latest
        self._found: dict[str, str] = {}
        """the first fault of each check"""
        self._faults: Counter[str] = Counter()

    def run(self, progress: Callable[[int, int], None] | None) -> None:
        """All bundles from the first that is not known whole; stops where one is not there."""
        for index in range(self._done // WIDTH, -(-self._size // WIDTH)):
            try:
                self._bundle = bundle = tiles.read_bundle(self._read, index, self._size)
            except (Missing, Malformed) as error:
                self._fault(ENTRIES, str(error))
                return
            known = self._done % WIDTH
            if known and tree.leaf_hashes(bundle[:known]) != self._edge[0]:
                self._fault(ENTRIES, f"entries before {self._done:,} are not what they were")
            self._take(index, bundle[known:])
            if progress is not None:
                progress(self._done, self._size)
        self._right_edge()

    def _take(self, index: int, fresh: list[bytes]) -> None:
        if fresh:
            self._push(0, tree.leaf_hashes(fresh), index)
        for at, entry in enumerate(fresh, start=self._done):
            self._entry(at, entry)
        self._done += len(fresh)

    def _fault(self, check: str, said: str) -> None:
        self._found.setdefault(check, said)
        self._faults[check] += 1

    def _push(self, level: int, hashes: bytes, index: int) -> None:
        """Hashes for the right edge; a tile that is full is compared and carried up."""
        if level == len(self._edge):
            self._edge.append(b"")
        tile = self._edge[level] + hashes
        if len(tile) < WIDTH * HASH:
            self._edge[level] = tile
            return
        self._compare(level, index, tile)
        self._edge[level] = b""
        self._push(level + 1, tree.fold(tile), index // WIDTH)

    def _compare(self, level: int, index: int, tile: bytes) -> None:
        try:
            shown = tiles.read_tile(self._read, level, index, self._size)
        except Missing as error:
            self._fault(TILES, str(error))
            return
        if shown != tile:
            starts = range(0, len(tile), HASH)
            at = next(at for at in starts if shown[at : at + HASH] != tile[at : at + HASH])
            here = tiles.path(Place(level=level, index=index, width=len(starts)))
            self._fault(TILES, f"hash {at // HASH} of {here} is not what the entries hash to")

    def _right_edge(self) -> None:
        """Partial tiles, and that none of them is shown as a full one."""
        for level, tile in enumerate(self._edge):
            if tile:
                index = self._size >> (HEIGHT * (level + 1))
                self._compare(level, index, tile)
                self._not_as_full(Place(level=level, index=index), tile)
        if self._size % WIDTH:
            index = self._size // WIDTH
            self._not_as_full(Place(level=None, index=index), tiles.encode_bundle(self._bundle))

    def _not_as_full(self, full: Place, partial: bytes) -> None:
        """A log may have grown already beyond the checkpoint: then its full file goes on from
        the partial one. Anything else there is a partial file shown as complete."""
        here = tiles.path(full)
        data = self._read(here)
        if data is not None and not (_is_full(full, data) and data.startswith(partial)):
            self._fault(TILES, f"{here} is shown as full and is not")

    def _entry(self, index: int, data: bytes) -> None:
        try:
            entry = entries.decode(data)
        except Malformed as error:
            self._fault(ENTRIES, f"entry {index:,}: {error}")
            return
        if self._latest is not None and entry.time < self._latest - DRIFT:
            self._fault(TIMES, f"entry {index:,} is of {entry.time}, after one of {self._latest}")
        if self._begun is None:
            self._begun = entry.time
        if self._latest is None or entry.time > self._latest:
            self._latest = entry.time
        if isinstance(entry, Event):
            before = self.stories.get(entry.story) or self._since.stories.get(entry.story)
            fault = history.broken(entry, before)
            if fault is not None:
                self._fault(HISTORY, f"entry {index:,}: {fault}")
            self._late += before is None and entry.edition != 1
            self.stories[entry.story] = history.follow(entry, index, before)

    def position(self) -> Position:
        """Where the next audit goes on."""
        before = self._since.stories
        return Position(
            tree=Tree(size=self._done, edge=tuple(self._edge)),
            stories={**before, **self.stories} if self.stories else before,
            late=self._late,
            begun=self._begun,
            latest=self._latest,
        )

    def checks(self, root: bytes) -> tuple[Check, ...]:
        """What was found, check by check."""
        if self._done == self._size and tree.root(tree.Tree(edge=tuple(self._edge))) != root:
            self._fault(ROOT, "the entries do not hash to the root that was signed")
        late = f"; {self._late:,} of them not from edition 1 on" if self._late else ""
        known = len(self._since.stories.keys() | self.stories.keys())
        passed = {
            ENTRIES: f"all {self._size:,} entries are there, each in its one spelling",
            TILES: "every tile, at every level, is what the entries hash to",
            ROOT: "the entries hash to the root that was signed",
            HISTORY: f"the events of {known:,} stories follow each other{late}",
            TIMES: "the times do not run backwards",
        }
        return tuple(self._check(name, said) for name, said in passed.items())

    def _check(self, name: str, said: str) -> Check:
        if (first := self._found.get(name)) is not None:
            more = self._faults[name] - 1
            told = f"{first} (and {more:,} more)" if more else first
            return Check(name=name, passed=False, said=told)
        if self._done < self._size:
            told = f"looked at as far as entry {self._done:,}, where the log breaks off"
            return Check(name=name, passed=None, said=told)
        return Check(name=name, passed=True, said=said)


def _is_full(place: Place, data: bytes) -> bool:
    if place.level is not None:
        return len(data) == WIDTH * HASH
    try:
        tiles.decode_bundle(data, WIDTH)
    except Malformed:
        return False
    return True
