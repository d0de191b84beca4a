"""What a drill reports: surface by surface, and in one line. Kept until the next one."""

from collections.abc import Iterable
from datetime import datetime
from datetime import timedelta
from enum import StrEnum

import msgspec

from copytaster.store import DrillFigures
from copytaster.store import Store

LAST = "drill.last"
"""the setting that keeps the last one whole"""
REMEMBERED = timedelta(days=90)
"""so far back the figures of drills are kept"""


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


def keep(store: Store, report: Report) -> None:
    """The whole report, until the next one; its figures for as long as is looked back."""
    store.keep_setting(LAST, encoded(report))
    store.figures.keep_drill(figures(report), REMEMBERED)


def figures(report: Report) -> DrillFigures:
    """What a drill took."""
    return DrillFigures(
        began=report.began,
        outcome=report.outcome.value,
        slow=report.slow_seconds,
        to_publish=report.to_publish,
        to_clean=report.to_clean,
        kinds=_slowest(report.surfaces),
    )


def _slowest(rows: Iterable[Row]) -> dict[str, float]:
    slowest: dict[str, float] = {}
    for row in rows:
        if row.seconds is not None:
            slowest[row.kind] = max(row.seconds, slowest.get(row.kind, 0.0))
    return slowest


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
