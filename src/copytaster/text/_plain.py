"""Plain text to a Copy, and a Copy to its canonical text."""

import re

from copytaster.item import Block
from copytaster.item import BlockKind
from copytaster.item import Copy
from copytaster.item import Line
from copytaster.item import Piece
from copytaster.item import Run
from copytaster.text._builder import LAYOUT
from copytaster.text._errors import Malformed
from copytaster.text._errors import OverLimit

MAX_CHARACTERS = 4 * 1024 * 1024
_BLANK_LINES = re.compile(r"\n(?:[ \t\f]*+\n)+")


def from_plain(text: str) -> Copy:
    """The words of plain text: blank lines part paragraphs, single line ends stay inside.

    Raises :class:`Malformed` (U+0000, half surrogates) and :class:`OverLimit`.
    """
    if len(text) > MAX_CHARACTERS:
        raise OverLimit(f"{len(text)} characters of text: more than {MAX_CHARACTERS}")
    _check_characters(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    paragraphs = [p for p in (part.strip(LAYOUT) for part in _BLANK_LINES.split(text)) if p]
    return Copy(
        blocks=tuple(_paragraph(paragraph) for paragraph in paragraphs),
        pieces=tuple(Piece(text=paragraph) for paragraph in paragraphs),
    )


def _check_characters(text: str) -> None:
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Malformed(f"U+{ord(text[error.start]):04X}: not a character of text") from error
    if b"\0" in data:
        raise Malformed("U+0000: not a character of text")


def _paragraph(text: str) -> Block:
    lines = tuple(Line(cells=((Run(text=line),),)) for line in text.split("\n"))
    return Block(kind=BlockKind.paragraph, lines=lines)


def plain(copy: Copy) -> str:
    """The canonical text (handbook: ledger §1.3): LF, a blank line between blocks, one final LF."""
    if not copy.blocks:
        return ""
    return "\n\n".join([block_text(block) for block in copy.blocks]) + "\n"


def block_text(block: Block) -> str:
    """The canonical text of one block: lines joined by LF, cells by TAB."""
    lines = block.lines
    if len(lines) == 1:
        cells = lines[0].cells
        if len(cells) == 1 and len(cells[0]) == 1:
            return cells[0][0].text  # the commonest: a paragraph that is one run
    return "\n".join(map(_line_text, lines))


def _line_text(line: Line) -> str:
    return "\t".join(map(_cell_text, line.cells))


def _cell_text(runs: tuple[Run, ...]) -> str:
    return "".join([run.text for run in runs])


def first_paragraph(copy: Copy) -> str | None:
    """The text of the first paragraph that shows anything, whole; None when there is none."""
    for block in copy.blocks:
        if block.kind is BlockKind.paragraph and not (text := block_text(block)).isspace():
            return text
    return None
