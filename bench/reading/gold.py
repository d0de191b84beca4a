"""``python -m bench.reading.gold``: marked copies into notes, and what of them does not hold.

``--check`` compiles all stories and counts what they hold, ``--jsonl`` prints their notes in the
shape of ``copytaster read``, ``--unmark`` writes the text of each marked copy that has none yet.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from bench.reading import compiling
from bench.reading import told
from bench.reading.marks import Malformed
from bench.reading.notes import Notes

FOLDER = Path(__file__).parent / "gold"


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """A story of the gold: its text, what is known of it from outside, and its notes."""

    id: str
    sent: datetime
    language: str
    part: str
    """tune or test: a rule may be written with an eye on the one, never on the other"""
    subject: str
    corrections: tuple[str, ...]
    text: str
    notes: Notes


def stories(folder: Path = FOLDER) -> list[Story]:
    """All stories by number. Raises ``Malformed``, naming the file, where one does not hold."""
    return [story(path) for path in sorted(folder.glob("*.marked"))]


def story(path: Path) -> Story:
    """A marked copy with the text beside it, which without its marks it must be."""
    try:
        read = told.tell(path.stem, path.read_text("utf-8"))
        beside = path.with_suffix(".txt")
        text = beside.read_bytes().decode("utf-8") if beside.exists() else ""
        if text != read.text:
            at = _parting(text, read.text)
            raise Malformed(f"its text parts from {beside.name} at {read.text[at : at + 40]!r}")
        return Story(
            id=read.id,
            sent=read.sent,
            language=read.language,
            part=read.part,
            subject=read.subject,
            corrections=read.corrections,
            text=text,
            notes=compiling.annotate(read),
        )
    except Malformed as error:
        raise Malformed(f"{path.name}: {error}") from error


def _parting(one: str, other: str) -> int:
    same = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(same, min(len(one), len(other)))


def unmark(folder: Path) -> list[Path]:
    """Write the text of each marked copy that has none; a text that is there is never touched."""
    written: list[Path] = []
    for path in sorted(folder.glob("*.marked")):
        beside = path.with_suffix(".txt")
        if not beside.exists():
            text = told.tell(path.stem, path.read_text("utf-8")).text
            beside.write_bytes(text.encode("utf-8"))
            written.append(beside)
    return written


def counts(found: list[Story]) -> dict[tuple[str, str], Counter[str]]:
    """How many of each thing, by language and part."""
    table: dict[tuple[str, str], Counter[str]] = {}
    for one in found:
        cell = table.setdefault((one.language, one.part), Counter())
        notes = one.notes
        cell["stories"] += 1
        cell["words"] += len(one.text.split())
        cell.update(quote.kind for quote in notes.quotes)
        cell["pronouns"] += sum(quote.mention == "pronoun" for quote in notes.quotes)
        cell.update("reply" if s.kind == "reply" else "sources" for s in notes.sources)
        cell["datelines"] += notes.dateline.start is not None
        cell["bylines"] += notes.dateline.byline is not None
        cell["signoffs"] += notes.dateline.signoff is not None
        cell["dates"] += len(notes.dates)
    return table


COLUMNS = (
    *("stories", "words", "direct", "mixed", "indirect", "turn", "scare", "title", "pronouns"),
    *("sources", "reply", "datelines", "bylines", "signoffs", "dates"),
)


def table(found: list[Story]) -> str:
    """The counts as lines of columns."""
    rows = [["", *COLUMNS]]
    for (language, part), cell in sorted(counts(found).items()):
        rows.append([f"{language} {part}", *(str(cell[column]) for column in COLUMNS)])
    total = sum(counts(found).values(), Counter[str]())
    rows.append(["all", *(str(total[column]) for column in COLUMNS)])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.rjust, row, widths)) for row in rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 when a story does not hold."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading.gold", description=__doc__)
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--check", action="store_true", help="compile all, count what they hold")
    asked.add_argument("--jsonl", action="store_true", help="the notes as JSON Lines")
    asked.add_argument("--unmark", action="store_true", help="write texts that are missing")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    given = parser.parse_args(arguments)
    try:
        if given.unmark:
            unmark(given.folder)
        found = stories(given.folder)
    except Malformed as error:
        print(error, file=sys.stderr)
        return 1
    if given.jsonl:
        for one in found:
            print(msgspec.json.encode(one.notes).decode())
    else:
        print(table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
