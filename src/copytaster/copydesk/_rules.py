"""Rules of the house: those in force, a form for one, their file, and what a change would do."""

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from copytaster.copydesk._frame import Frame
from copytaster.copydesk._query_words import in_words
from copytaster.copydesk._recall import FIELDS
from copytaster.copydesk._seat import Role
from copytaster.copydesk._times import shown
from copytaster.query import Query

RULES = "/desk/rules"
PERIODS: Mapping[str, str] = {
    "day": "the last day",
    "week": "the last 7 days",
    "month": "the last 30 days",
}
"""of what was received, on which a change is tried"""
USUAL_PERIOD = "week"
_THEN: Mapping[str, str] = {
    "hold": "Hold: it waits for an editor",
    "notify": "Notify: an editor is called, and it goes its way",
    "pass": "Pass: no further rule is asked of it",
}
_DOES: Mapping[str, str] = {
    "hold": "Holds a story that",
    "notify": "Calls an editor for a story that",
    "pass": "Asks no further rule of a story that",
}
_ORIGINS: Mapping[str, str] = {
    "ships": "Ships with Copytaster",
    "changed": "Ships with Copytaster, changed here",
    "own": "The house’s own",
}
_FILLED = ("name", "when", "then", "why", "priority", "since", "notify", "stop", "enabled")
_AROUND = 2
"""lines of a file above and below one that is wrong"""
_AT_ONCE = 20
"""outcomes that are seen before somebody wants more"""
_FIELDS = FIELDS[:-1]
"""what a rule can ask: a version that has just come is in no state"""


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """How a rule did when it was last tried."""

    at: datetime
    versions: int
    matches: int


class HouseRule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule as the list shows it."""

    name: str
    then: str
    when: str
    asked: Query
    why: str
    priority: int
    notify: bool
    stop: bool
    enabled: bool
    since: str | None
    origin: str
    """``ships``, ``changed`` or ``own``"""
    held: int
    """in the last hours, while this desk ran"""
    tried: Tried | None = None
    """None: it was never tried since it was changed"""


class RulesBook(msgspec.Struct, frozen=True, kw_only=True):
    """The rules in force, and the file that they come from."""

    rules: tuple[HouseRule, ...]
    hours: int
    """over which ``held`` is counted"""
    path: str
    mark: str
    """of the file as it is now: who saves another one says which they had before them"""
    is_there: bool
    text: str
    seeds: str
    """the file with the rules that ship"""
    fault: str | None = None
    """why the file cannot be used: the rules in force are those read before"""
    line: int | None = None
    locked: str | None = None
    """why the file cannot be written here"""


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A change of the rules as somebody typed it."""

    kind: str
    """``new``, ``change``, ``remove`` of one rule; ``file``"""
    name: str = ""
    """of the rule as it was called before"""
    fields: Mapping[str, str] = {}
    """of the form for one rule; what is switched on is there"""
    text: str = ""
    """of the whole file"""
    mark: str = ""
    """of the file that they had before them"""
    period: str = USUAL_PERIOD
    reason: str = ""
    """why it is to be saved, where somebody has said so already"""

    @property
    def path(self) -> str:
        """The address of its form."""
        if self.kind in ("change", "remove"):
            return f"{RULES}/r/{self.name}"
        return f"{RULES}/{self.kind}"


class RuleFault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a field, or with the file."""

    what: str
    at: int | None = None
    """of which character it speaks, counted from 0"""
    line: int | None = None
    """on which line of the file"""


class RulesWrong(ValueError):
    """A proposal cannot be tried: nothing was changed."""

    def __init__(self, faults: Mapping[str, RuleFault], *, moved: bool = False) -> None:
        super().__init__("; ".join(fault.what for fault in faults.values()))
        self.faults = faults
        """by field; "" for the whole"""
        self.moved = moved
        """the file is another one than they had before them"""


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """A version that would go another way."""

    rule: str
    story: str
    agency: str
    came: datetime
    headline: str | None


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """What one rule would do."""

    name: str
    matches: int
    holds: int
    moved: int
    """versions that it would hold, and that were not held"""
    change: str = ""
    """``new`` or ``changed``"""


class RulesDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A change of the rules, and how far its backtest is."""

    id: str
    proposal: Proposal
    text: str
    """the file that would be saved"""
    difference: tuple[tuple[str, str], ...]
    """what happens, to which rules"""
    untried: tuple[str, ...]
    """new or changed rules that are switched off: nothing asked them"""
    lines: tuple[str, ...]
    """of the file, with ``+``, ``-`` or a blank before each"""
    since: datetime
    until: datetime
    looked: int = 0
    total: int = 0
    is_done: bool = False
    failed: str | None = None
    versions: int = 0
    held: int = 0
    rules: tuple[Counted, ...] = ()
    more: tuple[Moved, ...] = ()
    more_count: int = 0
    fewer: tuple[Moved, ...] = ()
    fewer_count: int = 0
    number: int | None = None
    """to be typed by whoever means it: so many go another way"""


def rules(frame: Frame, book: RulesBook, zone: str | None) -> bytes:
    """The list of the rules in force, in the order in which they are asked."""
    return frame.page(
        "rules.html",
        title="Rules",
        book=book,
        excerpt=_excerpt(book.text, book.line),
        rules=[_rule(one, zone) for one in book.rules],
        may=_may(frame) and book.locked is None,
        is_chief=_may(frame),
    )


def rule_form(
    frame: Frame, book: RulesBook, said: Proposal, wrong: RulesWrong | None = None
) -> bytes:
    """The form for one rule, new or changed."""
    faults = {} if wrong is None else wrong.faults
    when = faults.get("when")
    typed = said.fields.get("when", "")
    at = None if when is None or when.at is None else min(when.at, len(typed))
    return frame.page(
        "rule.html",
        title="A new rule" if said.kind == "new" else f"Rule {said.name}",
        said=said,
        values=dict.fromkeys(_FILLED, "") | dict(said.fields),
        faults=dict.fromkeys(("", *_FILLED), "")
        | {key: fault.what for key, fault in faults.items()},
        wrong=len(faults),
        moved=wrong is not None and wrong.moved,
        pointed=None if at is None else (typed[:at], typed[at : at + 1], typed[at + 1 :]),
        thens=_THEN,
        periods=PERIODS,
        locked=book.locked,
        fields=_FIELDS,
    )


def rules_file(
    frame: Frame, book: RulesBook, said: Proposal, wrong: RulesWrong | None = None
) -> bytes:
    """The whole file."""
    fault = None if wrong is None else wrong.faults.get("")
    line = None if fault is None else fault.line
    if wrong is None and said.text == book.text:
        fault = None if book.fault is None else RuleFault(what=book.fault)
        line = book.line
    return frame.page(
        "rules-file.html",
        title="The file of rules",
        said=said,
        book=book,
        wrong=None if fault is None else fault.what,
        excerpt=_excerpt(said.text, line),
        refused=wrong is not None,
        moved=wrong is not None and wrong.moved,
        periods=PERIODS,
        may=_may(frame) and book.locked is None,
        is_chief=_may(frame),
    )


def rules_draft(
    frame: Frame,
    draft: RulesDraft,
    zone: str | None,
    reason: str | None = None,
    refused: str | None = None,
) -> bytes:
    """What a change would do; and the order to save it, once that is known."""
    return frame.page(
        "rules-draft.html",
        title="A change of the rules",
        draft=draft,
        since=shown(draft.since, zone, year=True),
        until=shown(draft.until, zone, year=True),
        period=PERIODS[draft.proposal.period],
        lines=[{"sign": line[:1], "words": line[1:]} for line in draft.lines],
        more=_moved(draft.more, zone),
        fewer=_moved(draft.fewer, zone),
        at_once=_AT_ONCE,
        share=_share(draft.more_count + draft.fewer_count, draft.versions),
        counted=[
            {**msgspec.structs.asdict(one), "share": _share(one.holds, draft.versions)}
            for one in draft.rules
        ],
        periods=PERIODS,
        reason=draft.proposal.reason if reason is None else reason,
        refused=refused,
    )


def _may(frame: Frame) -> bool:
    return frame.seat is not None and frame.seat.role.may(Role.chief)


def _rule(one: HouseRule, zone: str | None) -> dict[str, Any]:
    tried = one.tried
    return {
        **{name: getattr(one, name) for name in one.__struct_fields__ if name != "asked"},
        "when": one.when.strip(),
        "does": f"{_DOES[one.then]} {in_words(one.asked)}",
        "also": _also(one),
        "origin": _ORIGINS[one.origin],
        "tried": None
        if tried is None
        else {
            "at": shown(tried.at, zone),
            "versions": tried.versions,
            "matches": tried.matches,
            "share": _share(tried.matches, tried.versions),
        },
    }


def _also(one: HouseRule) -> str:
    """What else it does than what it says first."""
    parts = ["an editor is called as well"] if one.notify and one.then != "notify" else []
    parts += ["no further rule is asked"] if one.stop and one.then != "pass" else []
    return "; ".join(parts)


def _share(count: int, of: int) -> str:
    """In a hundred; what is there at all is not shown as nothing."""
    if not of:
        return "0 %"
    share = 100 * count / of
    return "under 0.01 %" if 0 < share < 0.01 else f"{share:.{1 if share >= 10 else 2}f} %"


def _excerpt(text: str, line: int | None) -> Sequence[dict[str, Any]]:
    """The lines around one that is wrong."""
    if line is None:
        return []
    first = max(1, line - _AROUND)
    lines = text.split("\n")[first - 1 : line + _AROUND]
    return [
        {"number": number, "words": words, "here": number == line}
        for number, words in enumerate(lines, first)
    ]


def _moved(outcomes: Iterable[Moved], zone: str | None) -> list[dict[str, Any]]:
    """The newest first."""
    return [
        {
            "rule": one.rule,
            "story": one.story,
            "agency": one.agency,
            "came": shown(one.came, zone),
            "headline": one.headline or "(no headline)",
        }
        for one in sorted(outcomes, key=lambda one: one.came, reverse=True)
    ]
