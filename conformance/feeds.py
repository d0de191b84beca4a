"""The feed cases added up: of those that concern items at least 98 in 100 have to pass."""

from collections.abc import Iterable
from collections.abc import Iterator
from pathlib import Path

import msgspec

from conformance import feed_cases
from conformance.feed_cases import CaseResult

LEAST = 98.0


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """One group of cases."""

    name: str
    concerned: int
    passed: int
    excluded: int
    beside: int
    """cases that ask for no more than to be survived"""

    @property
    def percent(self) -> float:
        return 100.0 * self.passed / self.concerned if self.concerned else 100.0


class Feeds(msgspec.Struct, frozen=True, kw_only=True):
    """All groups, and what nobody excused."""

    groups: tuple[Group, ...]
    faults: tuple[str, ...]


def run(corpus: Path) -> Feeds:
    """Every case of the corpus; nothing where it has none."""
    if not (corpus / "feedparser" / "cases.jsonl").is_file():
        return Feeds(groups=(), faults=())
    found = feed_cases.results(corpus)
    groups = tuple(_group(name, found) for name in sorted({result.group for result in found}))
    named = feed_cases.rules().failing
    return Feeds(groups=groups, faults=tuple(_faults(found, whole(groups), named)))


def whole(groups: Iterable[Group]) -> Group:
    """All groups in one."""
    held = list(groups)
    return Group(
        name="all",
        concerned=sum(group.concerned for group in held),
        passed=sum(group.passed for group in held),
        excluded=sum(group.excluded for group in held),
        beside=sum(group.beside for group in held),
    )


def _group(name: str, found: Iterable[CaseResult]) -> Group:
    cases = [result for result in found if result.group == name]
    asked = [result for result in cases if result.excluded is None]
    concerned = [result for result in asked if result.concerns_items]
    return Group(
        name=name,
        concerned=len(concerned),
        passed=sum(result.passed for result in concerned),
        excluded=len(cases) - len(asked),
        beside=len(asked) - len(concerned),
    )


def _faults(found: Iterable[CaseResult], all_groups: Group, named: Iterable[str]) -> Iterator[str]:
    known = set(named)
    for result in found:
        if result.excluded is None and not result.passed and result.file not in known:
            yield f"feedparser/{result.file}: {result.why}"
    if all_groups.percent < LEAST:
        yield f"of the feed cases {all_groups.percent:.2f} % pass: fewer than {LEAST:g} %"


def table(found: Feeds) -> str:
    """The groups in Markdown."""
    lines = [
        "| feed cases | concern items | passed | percent | to be survived | excluded |",
        "| --- |" + " --: |" * 5,
    ]
    lines += [_line(group) for group in [*found.groups, whole(found.groups)]]
    return "\n".join(lines)


def _line(group: Group) -> str:
    return (
        f"| {group.name} | {group.concerned:,} | {group.passed:,} | {group.percent:.2f} % "
        f"| {group.beside:,} | {group.excluded:,} |"
    )
