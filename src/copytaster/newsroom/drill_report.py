"""What a drill reports: surface by surface, and in one line. Kept until the next one."""

from datetime import datetime
from enum import StrEnum

import msgspec

from copytaster.store import Store

LAST = "drill.last"
"""the setting that keeps it"""


class Outcome(StrEnum):
    clean = "clean"
    slow = "slow"
    dirty = "dirty"
    """something was wrong: ``faults`` say what"""


class Row(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What was seen at one public address."""

    address: str
    kind: str
    """own: an address of the drill's story; list, feed: must never name it"""
    status: int | None
    clean: bool
    seconds: float | None = None
    """from the kill's arrival until the address was seen clean, for the story's own and lists
    that the proof looks at; None where it never was"""
    detail: str | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One drill."""

    began: datetime
    outcome: Outcome
    slow_seconds: float
    story: str | None = None
    to_publish: float | None = None
    """seconds from the copy's arrival until every form was read word for word"""
    to_clean: float | None = None
    """seconds from the kill's arrival until the last address was seen clean"""
    surfaces: tuple[Row, ...] = ()
    faults: tuple[str, ...] = ()


def encoded(report: Report) -> str:
    """A report as it is kept and as programs read it."""
    return msgspec.json.encode(report).decode()


def in_words(report: Report) -> str:
    """A report in one line."""
    if report.outcome is Outcome.dirty:
        more = f" (and {len(report.faults) - 1} more)" if len(report.faults) > 1 else ""
        return f"the drill went wrong: {report.faults[0]}{more}; see `copytaster drill --last`"
    took = f"public after {_seconds(report.to_publish)}, gone after {_seconds(report.to_clean)}"
    if report.outcome is Outcome.slow:
        return f"the drill was slow: {took}; allowed are {report.slow_seconds:g} s"
    return f"the drill was clean: {took}"


def last(store: Store) -> Report | None:
    """The last drill of this desk, None when there was none."""
    kept = store.setting(LAST)
    return msgspec.json.decode(kept, type=Report) if kept else None


def _seconds(seconds: float | None) -> str:
    return "never" if seconds is None else f"{seconds:.3f} s"
