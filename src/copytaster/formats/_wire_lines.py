"""From the hard-wrapped lines of a wire to paragraphs, lists, tables, and their account.

A wire breaks its lines at a column (IPTC 7901: 69). Such a break is layout, and reads as one
space. A break before which the next word would still have found room was made on purpose, and
stays; so does one after a hyphen, since nobody can tell whether the hyphen belongs to the word.
Lines in columns are kept as they stand. No character but white space at the ends of lines is
ever left out here.
"""

import re
from collections.abc import Iterable

from copytaster.item import Block
from copytaster.item import BlockKind
from copytaster.item import Line
from copytaster.item import Piece
from copytaster.item import Run

UNWRAPPED = 10_000_000
"""The width of a text whose lines nobody broke."""

_COLUMNS = 69
_WIDEST = 80
_NARROWEST = 60
_BLANKS = 2
"""Blanks at the end of lines that are cheaper to replace one by one."""
_PARAGRAPH = BlockKind.paragraph
_LAYOUT = " \t\f"
_GAP = re.compile(r"\S(?: {3,}+|[ ]*+\t[ \t]*+)\S")
_POINTS = ("- ", "* ", "• ", "-- ", "– ")
_STARTS = (" ", "-", "*", "•", "–")
_UNTIDY = re.compile(r"\n(?:[ \-*•–]|(?<=-\n))")


def width_of(lines: Iterable[str]) -> int:
    """The column at which the lines were broken: the longest, when they look broken at all."""
    return _width(list(map(len, lines)))


def _width(lengths: list[int]) -> int:
    widest = max(lengths, default=0)
    if widest > _WIDEST:
        there = [length for length in lengths if length]
        broken = [length for length in there if length <= _WIDEST]
        if 10 * len(broken) < 9 * len(there):
            return UNWRAPPED
        widest = max(broken, default=0)
    return widest if widest >= _NARROWEST else _COLUMNS


def trimmed(text: str) -> str:
    """A wrapped text without the blanks that stand before its line ends: they show nothing."""
    for _ in range(_BLANKS):
        before = text
        text = text.replace(" \n", "\n")
        if len(text) == len(before) and not ("\t" in text or "\f" in text):
            return text
    return "\n".join([line.rstrip(_LAYOUT) for line in text.split("\n")])


def naive(text: str) -> str:
    """All characters of a trimmed text, read naively: a line end reads as one space."""
    return text.replace("\n", " ")


def blocks_of(text: str) -> tuple[list[Block], list[Piece]]:
    """The blocks of a trimmed text, and its pieces along :func:`naive`."""
    lines = text.split("\n")
    lengths = list(map(len, lines))
    width = _width(lengths)
    lines.append("")
    if _is_tidy(text):
        return _tidy_blocks(lines, lengths, width)
    blocks: list[Block] = []
    pieces: list[Piece] = []
    part: list[str] = []
    for line in lines:
        if line:
            part.append(line)
        elif part:
            _add(part, width, blocks, pieces)
            part = []
    return blocks, pieces


def _is_tidy(text: str) -> bool:
    """Whether no line of a trimmed text has an indent, a gap, a point or a hyphen at its end."""
    return not (
        "\t" in text or text[:1] in _STARTS or _UNTIDY.search(text) is not None or "   " in text
    )


def _tidy_blocks(
    lines: list[str], lengths: list[int], width: int
) -> tuple[list[Block], list[Piece]]:
    """As :func:`paragraph` for each group of lines, in one pass: most texts go this way.

    A line before which the first word of the next found no room needs no second look.
    """
    blocks: list[Block] = []
    pieces: list[Piece] = []
    whole: list[str] = []
    begun = 0
    for at in [
        at
        for at, length in enumerate(lengths)
        if length and not 0 < width - lines[at + 1].find(" ") <= length <= width
    ]:
        below = lines[at + 1]
        if below and _flows(lines[at], below, width):
            continue
        # More than one blank line leaves blanks in front.
        words = " ".join(lines[begun : at + 1]).lstrip(" ")
        pieces.append(Piece(text=words))
        begun = at + 1
        if below:
            whole.append(words)
        else:
            blocks.append(running([*whole, words]))
            whole = []
    return blocks, pieces


def _add(lines: list[str], width: int, blocks: list[Block], pieces: list[Piece]) -> None:
    """One group of lines without a blank line between them."""
    if is_tabular(lines):
        kept = [line.rstrip(_LAYOUT) for line in lines]
        blocks.append(as_typed(kept))
        pieces += [Piece(text=line) for line in kept]
    else:
        blocks += [paragraph(part, width, pieces) for part in _indented(lines)]


def paragraph(lines: list[str], width: int, pieces: list[Piece]) -> Block:
    """A paragraph of the page; its pieces are added to those there are."""
    if len(lines) == 1:
        only = lines[0].strip(_LAYOUT)
        pieces.append(Piece(text=only))
        return running([only])
    words = [line.strip(_LAYOUT) for line in lines]
    # The indent took room in the first line.
    whole = joined([lines[0].rstrip(_LAYOUT), *words[1:]], width)
    whole[0] = whole[0].lstrip(_LAYOUT)
    if sum(map(len, words[1:])) == sum(map(len, lines[1:])):
        pieces += [Piece(text=line) for line in whole]
    else:  # blanks at the ends of lines are left out: each line is a piece of its own
        pieces += [Piece(text=line) for line in words]
    return running(whole)


def is_tabular(lines: list[str]) -> bool:
    """Whether lines stand in columns: gaps of three blanks or a tab in most of them."""
    gaps = sum(_GAP.search(line) is not None for line in lines if "   " in line or "\t" in line)
    return gaps > 1 and 2 * gaps >= len(lines)


def _indented(lines: list[str]) -> list[list[str]]:
    """Paragraphs of which only the indent of the first line tells the beginning."""
    found = [[lines[0]]]
    for line in lines[1:]:
        indented = line.startswith(("  ", "\t"))
        if indented and not found[-1][0].lstrip(_LAYOUT).startswith(_POINTS):
            found.append([line])
        else:
            found[-1].append(line)
    return found


def joined(lines: list[str], width: int) -> list[str]:
    """The lines of one paragraph as a page has them: what was only wrapped is one line."""
    found: list[str] = []
    begun = 0
    before = lines[0]
    for at in range(1, len(lines)):
        line = lines[at]
        if (
            width >= len(before) >= width - line.find(" ")
            and line[0].isalnum()
            and before[-1] != "-"
        ):
            pass  # the usual case, told without a call: the first word found no room above
        elif not _flows(before, line, width):
            found.append(" ".join(lines[begun:at]))
            begun = at
        before = line
    found.append(" ".join(lines[begun:] if begun else lines))
    return found


def _flows(before: str, line: str, width: int) -> bool:
    """Whether a line goes on from the one before: its first word found no room there."""
    if len(before) > _WIDEST or line.startswith(_POINTS):
        return False
    if before[-1] == "-" and before[-2:-1] not in (" ", "-", ""):
        return False
    first = line.find(" ")
    return len(before) + 1 + (first if first >= 0 else len(line)) > width


def running(lines: list[str]) -> Block:
    """A paragraph."""
    if len(lines) == 1:
        return Block(kind=_PARAGRAPH, lines=(Line(cells=((Run(text=lines[0]),),)),))
    return Block(kind=BlockKind.paragraph, lines=tuple([_line(line) for line in lines]))


def heading(words: str) -> Block:
    """A heading inside the text."""
    return Block(kind=BlockKind.heading, lines=(_line(words),))


def as_typed(lines: list[str]) -> Block:
    """Lines whose blanks are part of what they say."""
    return Block(kind=BlockKind.preformatted, lines=tuple([_line(line) for line in lines]))


def table(rows: list[list[str]]) -> Block:
    """A table; an empty cell has no run."""
    return Block(
        kind=BlockKind.table,
        lines=tuple(
            [Line(cells=tuple([(Run(text=c),) if c else () for c in row])) for row in rows]
        ),
    )


def _line(words: str) -> Line:
    return Line(cells=((Run(text=words),),))
