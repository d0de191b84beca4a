"""Readings, added up by format; and what in them nobody excused."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

import msgspec

from conformance.exceptions import Exceptions
from conformance.exceptions import excused
from conformance.reading import Reading


class Row(msgspec.Struct, kw_only=True):
    """One format's line."""

    format: str
    files: int = 0
    items: int = 0
    aside: int = 0
    refused: int = 0
    failed: int = 0
    source: int = 0
    kept: int = 0
    left_out: int = 0
    inexact: int = 0
    """items whose characters are not all accounted for"""
    omissions: Counter[str] = msgspec.field(default_factory=Counter)
    compared: int = 0
    """fields of items held against what another format or an expectation says"""
    differing: int = 0
    refusals: Counter[str] = msgspec.field(default_factory=Counter)

    @property
    def accounted(self) -> float:
        """Percent of the source's characters that are text, or left out by name."""
        return 100.0 * (self.kept + self.left_out) / self.source if self.source else 100.0


def rows(readings: Iterable[Reading]) -> dict[str, Row]:
    """A row for each format, by name."""
    found: dict[str, Row] = {}
    for reading in readings:
        row = found.setdefault(reading.format, Row(format=reading.format))
        row.files += 1
        if reading.error is not None:
            row.refused += 1
            row.refusals[type(reading.error).__name__] += 1
        if reading.parsed is not None:
            row.items += len(reading.parsed.items)
            row.aside += len(reading.parsed.aside)
            row.failed += len(reading.parsed.failed)
        _add_characters(row, reading)
    return dict(sorted(found.items()))


def _add_characters(row: Row, reading: Reading) -> None:
    for count in reading.counts:
        row.source += count.source
        row.kept += count.kept
        row.left_out += sum(count.omitted.values())
        row.omissions.update(count.omitted)
        row.inexact += count.at is not None


def total(found: Iterable[Row]) -> Row:
    """All rows in one."""
    whole = Row(format="all")
    for row in found:
        for field in msgspec.structs.fields(Row):
            if field.name != "format":
                added = getattr(whole, field.name) + getattr(row, field.name)
                setattr(whole, field.name, added)
    return whole


def unexcused(readings: Iterable[Reading], known: Exceptions) -> Iterator[str]:
    """One line for everything that should not be and that no exception speaks of.

    Of the cases that a standard itself calls bad only the characters count here.
    """
    for reading in readings:
        name = reading.file.name
        wanted = "should_fail" not in name
        error = reading.error
        if error is not None and wanted and not excused(name, known.refused, error):
            yield f"{name}: refused: {type(error).__name__}: {error}"
        failed = reading.parsed.failed if reading.parsed else ()
        if failed and wanted and not excused(name, known.failed):
            yield f"{name}: item {failed[0].index} cannot be read: {failed[0].error}"
        parted = [count for count in reading.counts if count.at]
        if parted and not excused(name, known.characters):
            yield f"{name}: {parted[0].guid}: {parted[0].at}"


def table(found: Sequence[Row]) -> str:
    """The rows in Markdown."""
    lines = [
        (
            "| format | files | items | set aside | refused | unreadable items | characters "
            "| kept | left out by name | accounted for | items not exact | fields compared "
            "| differ |"
        ),
        "| --- |" + " --: |" * 12,
    ]
    for row in [*found, total(found)]:
        numbers = (row.files, row.items, row.aside, row.refused, row.failed, row.source)
        rest = (row.inexact, row.compared, row.differing)
        lines.append(
            f"| {row.format} | {_cells(numbers)} | {row.kept:,} | {row.left_out:,} "
            f"| {row.accounted:.3f} % | {_cells(rest)} |"
        )
    return "\n".join(lines)


def omissions(found: Sequence[Row]) -> str:
    """What was left out, by name and number of characters, in Markdown."""
    lines = ["| left out | characters | in |", "| --- | --: | --- |"]
    for name, characters in sorted(total(found).omissions.items()):
        where = ", ".join(row.format for row in found if row.omissions[name])
        lines.append(f"| `{name}` | {characters:,} | {where} |")
    return "\n".join(lines)


def refusals(found: Sequence[Row]) -> str:
    """Why files were refused, in Markdown."""
    lines = ["| refused | format | files |", "| --- | --- | --: |"]
    for row in found:
        for name, number in sorted(row.refusals.items()):
            lines.append(f"| `{name}` | {row.format} | {number:,} |")
    return "\n".join(lines)


def _cells(numbers: Iterable[int]) -> str:
    return " | ".join(f"{number:,}" for number in numbers)
