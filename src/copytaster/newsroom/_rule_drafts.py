"""Changes of the rules that somebody thinks of, each tried on what was received.

A draft is tried on a thread of its own, with the rules now in force asked of the same versions, so
that what it tells is what this change does. It can be asked how far it is. What is saved is what
was tried: nobody saves more than they saw.
"""

import difflib
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta

import msgspec

from copytaster.copydesk import Counted
from copytaster.copydesk import Moved
from copytaster.copydesk import Proposal
from copytaster.copydesk import RulesDraft
from copytaster.newsroom.house import House
from copytaster.newsroom.house import new_story_id
from copytaster.newsroom.house_rules import Backtest
from copytaster.newsroom.house_rules import Outcome
from copytaster.newsroom.house_rules import backtest
from copytaster.newsroom.house_rules import record
from copytaster.rules import Difference
from copytaster.rules import Rule
from copytaster.rules import difference
from copytaster.store import Store

log = logging.getLogger("copytaster.rules")

SPANS: Mapping[str, timedelta] = {
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
}
"""the periods of :data:`copytaster.copydesk.PERIODS`"""
KEPT = 20
"""drafts, the newest"""
AT_A_TIME = 2
MOST = 500
"""outcomes of either kind that are told one by one"""
_PAUSE = 0.001
"""seconds after each story, in which the desk's own thread has the interpreter: a month of copy
takes minutes, and what arrives meanwhile goes out within its second"""
_NEWEST = 2**62
"""above every story's number"""


class Busy(ValueError):
    """Others try rules already; the message says what to do."""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be tried."""

    proposal: Proposal
    before: str
    """the file as it is"""
    text: str
    """the file as it would be"""
    rules: Sequence[Rule]
    """as they would be"""
    in_force: Sequence[Rule]
    now: datetime

    @property
    def difference(self) -> Difference:
        return difference(self.in_force, self.rules)


class Drafts:
    """The drafts of one desk; safe from any thread."""

    def __init__(self, house: House, store: Store) -> None:
        self._house = house
        self._store = store
        self._kept: OrderedDict[str, _Trying] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, draft: Draft) -> str:
        """Start trying it; the draft's id. Raises :class:`Busy`."""
        trying = _Trying(self._house, self._store, draft)
        with self._lock:
            if sum(not one.is_done for one in self._kept.values()) >= AT_A_TIME:
                raise Busy("two other changes are being tried; wait until one has ended")
            id = new_story_id()
            self._kept[id] = trying
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        threading.Thread(target=trying.run, name="rules", daemon=True).start()
        return id

    def told(self, id: str) -> RulesDraft | None:
        """How far it is, and what it would do; None for one that is not kept."""
        with self._lock:
            trying = self._kept.get(id)
        return None if trying is None else trying.told(id)

    def tried(self, id: str) -> tuple[str, str] | None:
        """Of one that was tried to the end: what the audit trail says of it, and that its rules
        were tried, as the store keeps it."""
        with self._lock:
            trying = self._kept.get(id)
        done = None if trying is None else trying.done
        if trying is None or done is None:
            return None
        words = trying.draft.difference.in_words()
        return words, record(done) if done.versions else ""


class _Trying:
    """One draft, under way or tried."""

    def __init__(self, house: House, store: Store, draft: Draft) -> None:
        self._house = house
        self._store = store
        self.draft = draft
        self._since = draft.now - SPANS[draft.proposal.period]
        newest = store.story_before(_NEWEST)
        self._last = 0 if newest is None else newest.number
        self._first: int | None = None
        self._at = 0
        self._lines: tuple[str, ...] = ()
        self.is_done = False
        self.failed: str | None = None
        self.done: Backtest | None = None

    def run(self) -> None:
        try:
            self._lines = tuple(_lines(self.draft.before, self.draft.text))
            self.done = backtest(
                self._house,
                self._store,
                self.draft.rules,
                self._since,
                self.draft.now,
                self._see,
                instead_of=self.draft.in_force,
                most=MOST,
            )
        except Exception as error:  # noqa: BLE001  whoever tries them is told
            self.failed = f"{type(error).__name__}: {error}"
            log.warning("a backtest of rules failed: %s", self.failed)
        self.is_done = True

    def _see(self, number: int) -> None:
        if self._first is None:
            self._first = number
        self._at = number
        time.sleep(_PAUSE)

    def told(self, id: str) -> RulesDraft:
        draft, done = self.draft, self.done
        first = self._last if self._first is None else self._first
        told = RulesDraft(
            id=id,
            proposal=draft.proposal,
            text=draft.text,
            difference=tuple(_in_words(draft.difference)),
            untried=tuple(_untried(draft)),
            lines=self._lines,
            since=self._since,
            until=draft.now,
            looked=max(0, self._at - first),
            total=max(1, self._last - first),
            is_done=self.is_done,
            failed=self.failed,
        )
        return told if done is None else _with(told, done, draft.difference)


def _with(told: RulesDraft, done: Backtest, changes: Difference) -> RulesDraft:
    words = dict.fromkeys(changes.new, "new") | dict.fromkeys(changes.changed, "changed")
    return msgspec.structs.replace(
        told,
        versions=done.versions,
        held=done.held,
        rules=tuple(
            Counted(
                name=name,
                matches=matches,
                holds=done.holds[name],
                moved=done.more_by.get(name, 0),
                change=words.get(name, ""),
            )
            for name, matches in done.matches.items()
        ),
        more=tuple(map(_moved, done.more)),
        more_count=sum(done.more_by.values()),
        fewer=tuple(map(_moved, done.fewer)),
        fewer_count=sum(done.fewer_by.values()),
        number=done.moved if done.is_doubtful else None,
    )


def _moved(one: Outcome) -> Moved:
    return Moved(
        rule=one.rule,
        story=one.story,
        agency=one.agency,
        came=one.received,
        headline=one.headline,
    )


def _in_words(changes: Difference) -> Iterable[tuple[str, str]]:
    """What happens, to which rule."""
    yield from (("New", name) for name in changes.new)
    for name, keys in changes.changed.items():
        yield "Changed", f"{name} ({', '.join(keys)})"
    yield from (("Gone", name) for name in changes.gone)
    if changes.reordered:
        yield "Order", "rules are asked in another order"


def _untried(draft: Draft) -> Iterable[str]:
    changed = {*draft.difference.new, *draft.difference.changed}
    return (rule.name for rule in draft.rules if rule.name in changed and not rule.enabled)


def _lines(before: str, after: str) -> Iterable[str]:
    """What becomes of the file, with a line around what changes."""
    old, new = (text.replace("\r\n", "\n").split("\n") for text in (before, after))
    found = difflib.unified_diff(old, new, n=1, lineterm="")
    return (line if line[0] in "+- " else " …" for line in list(found)[2:])
