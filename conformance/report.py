"""Everything a run found out, and how it is told."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from conformance import exceptions
from conformance import feeds
from conformance import schemas
from conformance import table
from conformance import twins
from conformance.corpus import files
from conformance.feeds import Feeds
from conformance.reading import Reading
from conformance.reading import read
from conformance.schemas import Cases
from conformance.table import Row
from conformance.twins import Pair


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One run."""

    rows: list[Row]
    pairs: list[Pair]
    cases: list[Cases]
    feeds: Feeds
    faults: list[str]
    """what should not be and nobody excused; a run with any of them fails"""


def run(corpus: Path) -> Report:
    """Read, count and compare everything under the corpus."""
    known = exceptions.known()
    readings = [read(file) for file in files(corpus)]
    rows = table.rows(readings)
    compared = twins.compare(corpus)
    for pair in compared.pairs:
        _add_fields(rows, pair)
    found = schemas.cases(readings, known)
    of_feeds = feeds.run(corpus)
    return Report(
        rows=list(rows.values()),
        pairs=compared.pairs,
        cases=found,
        feeds=of_feeds,
        faults=[
            *table.unexcused(readings, known),
            *compared.unread,
            *_of_pairs(compared.pairs),
            *_of_cases(found),
            *of_feeds.faults,
        ],
    )


def _add_fields(rows: dict[str, Row], pair: Pair) -> None:
    for name in set(pair.formats):
        rows[name].compared += len(twins.FIELDS)
        rows[name].differing += len(pair.excused) + len(pair.differ)


def _of_pairs(pairs: list[Pair]) -> Iterator[str]:
    for pair in pairs:
        for field, (one, other) in pair.differ.items():
            yield f"{pair.name}: {field}: {pair.paths[0]} says {one}, {pair.paths[1]} {other}"


def _of_cases(found: list[Cases]) -> Iterator[str]:
    for suite in found:
        for name in suite.published:
            yield f"{name}: the schema refuses it and it would be published"
        for name in suite.unread:
            yield f"{name}: the schema allows it and it is not read"


def told(report: Report, *, verbose: bool = False) -> str:
    """The run in Markdown, as the documentation has it."""
    parts = [
        table.table(report.rows),
        table.omissions(report.rows),
        feeds.table(report.feeds),
        _stories(report.pairs),
        _suites(report.cases),
    ]
    if verbose:
        parts.insert(1, table.refusals(report.rows))
    return "\n\n".join(parts)


def _stories(pairs: list[Pair]) -> str:
    lines = [
        (
            "| the same story in | pairs | fields compared | equal | differ, as written down "
            "| differ otherwise |"
        ),
        "| --- |" + " --: |" * 5,
    ]
    for names in sorted({pair.formats for pair in pairs}):
        held = [pair for pair in pairs if pair.formats == names]
        compared = len(held) * len(twins.FIELDS)
        equal = sum(len(pair.equal) for pair in held)
        excused = sum(len(pair.excused) for pair in held)
        lines.append(
            f"| {names[0]} and {names[1]} | {len(held)} | {compared:,} | {equal:,} | {excused} "
            f"| {compared - equal - excused} |"
        )
    return "\n".join(lines)


def _suites(found: list[Cases]) -> str:
    lines = [
        (
            "| IPTC's cases | should fail | refused | held | may go live, named | published "
            "| should pass | read |"
        ),
        "| --- |" + " --: |" * 7,
    ]
    for suite in found:
        numbers = (
            suite.bad,
            suite.refused,
            suite.never_live,
            len(suite.harmless),
            len(suite.published),
            suite.good,
            suite.read,
        )
        lines.append(f"| {suite.suite} | {' | '.join(map(str, numbers))} |")
    return "\n".join(lines)


def plain(report: Report) -> dict[str, Any]:
    """The run for programs."""
    return dict(msgspec.to_builtins(report))


def readings(corpus: Path) -> Iterator[Reading]:
    """Each file in turn, for who wants the items themselves."""
    return map(read, files(corpus))
