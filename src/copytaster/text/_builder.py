"""The builder of a Copy: told of elements and text in source order, it makes blocks and pieces.

The rules are the canonical text's (handbook: ledger §1.3): nothing inside a block is
collapsed or normalised; layout white space at the edges of a block, a line or a cell is
trimmed; CR and CRLF become LF; empty blocks vanish. Whatever is told is either kept in a
block or left out under a name, and recorded as a piece in the order it came.
"""

import re
from collections.abc import Callable
from collections.abc import Sequence
from itertools import groupby

from copytaster.item import Block
from copytaster.item import BlockKind
from copytaster.item import Copy
from copytaster.item import Line
from copytaster.item import Mark
from copytaster.item import Piece
from copytaster.item import Run
from copytaster.text._errors import OverLimit
from copytaster.text._href import safe_href
from copytaster.text._roles import Group
from copytaster.text._roles import Role

LAYOUT = " \t\n\f\r"
"""white space that only lays markup out; never NBSP or any other Unicode space"""
MAX_DEPTH = 150
"""elements inside one another; a walk takes four calls for each, and Python allows about 1000"""
OUTSIDE = "outside-selection"

Style = tuple[tuple[Mark, ...], str | None]
PLAIN: Style = ((), None)
"""kept text without marks or link"""
_BREAK = "\n"
_FIRST_LINES = re.compile(r"(?:[ \t\f]*\n)*")

# An entry of the open cell: kept text with its style, left-out text with the omission's
# name, or a line break inside an item or cell (text LF, no style).
Entry = tuple[str, Style | str | None]
_Saved = tuple[BlockKind, bool, bool, Style | str]
# Looking a member up in its class is slow (Python 3.11), and this is done for each element.
_BLOCK = Group.block
_QUOTE = Group.quote
_LIST = Group.list
_ITEM = Group.item
_ROW = Group.row
_CELL = Group.cell
_LINE_BREAK = Group.line_break
_RULE = Group.rule
_MARK = Group.mark
_LINK = Group.link
_PARAGRAPH = BlockKind.paragraph
_QUOTED = BlockKind.quote
_BULLETS = BlockKind.bullets
_PREFORMATTED = BlockKind.preformatted
_TABULAR = BlockKind.table
_LISTS = (BlockKind.bullets, BlockKind.numbers)


class Builder:
    """Takes ``enter``/``leave`` for elements and ``text``/``omit`` for characters."""

    __slots__ = (
        "_base",
        "_blocks",
        "_cells",
        "_depth",
        "_entries",
        "_headers",
        "_in_cell",
        "_in_item",
        "_kind",
        "_lines",
        "_mixed",
        "_pieces",
        "_style",
    )

    def __init__(self, base: str | None = None, *, outside: bool = False) -> None:
        self._base = base
        self._blocks: list[Block] = []
        self._pieces: list[Piece] = []
        self._lines: list[Line] = []
        self._cells: list[tuple[Run, ...]] = []
        self._headers = 0
        self._entries: list[Entry] = []
        self._mixed = False  # whether an entry is a break or left out
        self._kind = _PARAGRAPH
        self._in_item = False
        self._in_cell = False
        self._style: Style | str = OUTSIDE if outside else PLAIN
        self._depth = 0

    def copy(self) -> Copy:
        """What was built."""
        self._end_block()
        return Copy(blocks=tuple(self._blocks), pieces=tuple(self._pieces))

    # --- characters ------------------------------------------------------------------------

    def text(self, text: str) -> None:
        """Characters of the source, kept (or left out, while outside the selection)."""
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        elif text == "\n" and not self._entries:
            return  # the commonest layout: a line end between blocks
        self._entries.append((text, self._style))

    def omit(self, name: str, text: str, *, edges: bool) -> None:
        """Characters left out under ``name``; ``edges`` when a block boundary stands there."""
        if edges:
            self._edge()
        text = text.replace("\r\n", "\n").replace("\r", "\n").strip(LAYOUT)
        if text:
            self._entries.append((text, OUTSIDE if self.outside else name))
            self._mixed = True
        if edges:
            self._edge()

    def leaf(self, role: Role, text: str) -> bool:
        """A paragraph, heading or mark that holds nothing but text: the commonest, taken whole.

        False, and nothing is done, where it must go the long way.
        """
        if self._style.__class__ is str or "\r" in text:
            return False
        if role.mark is not None:
            self._entries.append((text, self._marked(role.mark)))
            return True
        if self._in_item or self._in_cell or self._style is not PLAIN:
            return False
        self._end_block()
        text = text.strip(LAYOUT)
        if text:
            self._pieces.append(Piece(text=text))
            line = Line(cells=((Run(text=text),),))
            self._blocks.append(Block(kind=self._kind_of(role), lines=(line,)))
        return True

    # --- elements --------------------------------------------------------------------------

    @property
    def outside(self) -> bool:
        """Whether text is being left out until the selected element comes."""
        return self._style == OUTSIDE

    def enter_selection(self) -> None:
        self._edge()
        self._style = PLAIN

    def leave_selection(self) -> None:
        self._edge()
        self._style = OUTSIDE

    def enter(self, role: Role | None, href: str | None = None) -> _Saved:
        """An element begins. What is returned must be given to :meth:`leave`."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise OverLimit(f"markup nested deeper than {MAX_DEPTH}")
        saved = (self._kind, self._in_item, self._in_cell, self._style)
        if role is not None:
            self._begin(role, href)
        return saved

    def leave(self, role: Role | None, saved: _Saved) -> None:
        self._depth -= 1
        if role is None:
            return
        self._finish(role, saved)
        self._kind, self._in_item, self._in_cell = saved[:3]
        if role.group in (_MARK, _LINK):
            self._style = saved[3]

    def _begin(self, role: Role, href: str | None) -> None:
        group = role.group
        if group is _BLOCK:
            self._edge()
            self._kind = self._kind_of(role)
        elif group is _MARK or group is _LINK:
            self._dress(role, href)
        elif group is _LINE_BREAK:
            self._line_break()
        elif group is _RULE or self._in_cell:
            self._edge()
        elif group is _ITEM:
            self._begin_item()
        elif group is _LIST and self._in_item:
            self._end_line()
        elif group is _ROW:
            self._row_edge()
        elif group is _CELL:
            self._begin_cell(role)
        else:  # a quote, a list or a table that opens a block of its own
            self._open(role)

    def _finish(self, role: Role, saved: _Saved) -> None:
        group = role.group
        if group in (_MARK, _LINK, _LINE_BREAK, _RULE):
            return
        if saved[2] or group is _BLOCK or (group is _QUOTE and saved[1]):
            self._edge()
        elif (group is _ITEM and saved[0] in _LISTS) or (group is _LIST and saved[1]):
            self._end_line()
        elif group is _ROW:
            self._row_edge()
        elif group is _CELL and self._kind is _TABULAR:
            self._end_cell(always=True)
        else:
            self._end_block()

    def _kind_of(self, role: Role) -> BlockKind:
        if role.kind is None or self._in_item or self._in_cell:
            return self._kind
        if role.kind is _PARAGRAPH and self._kind is _QUOTED:
            return _QUOTED
        return role.kind

    def _open(self, role: Role) -> None:
        if role.group is _QUOTE and self._in_item:
            self._edge()
            return
        self._end_block()
        self._in_item = False
        self._kind = role.kind or self._kind

    def _begin_item(self) -> None:
        self._end_line()
        if self._kind not in _LISTS:
            self._end_block()
            self._kind = _BULLETS
        self._in_item = True

    def _row_edge(self) -> None:
        if self._kind is _TABULAR:
            self._end_line()
        else:
            self._edge()

    def _begin_cell(self, role: Role) -> None:
        if self._kind is not _TABULAR:
            self._edge()
            return
        self._end_cell()
        self._in_cell = True
        self._headers += 1 if role.header else 0

    def _dress(self, role: Role, href: str | None) -> None:
        if isinstance(self._style, str):
            return
        if role.mark is not None:
            self._style = self._marked(role.mark)
            return
        marks, link = self._style
        self._style = (marks, (safe_href(href, self._base) if href else None) or link)

    def _marked(self, mark: Mark) -> Style | str:
        """The present style with one more mark."""
        if isinstance(self._style, str) or mark in self._style[0]:
            return self._style
        return ((*self._style[0], mark), self._style[1])

    # --- ends ------------------------------------------------------------------------------

    def _edge(self) -> None:
        """The boundary of something block-like: inside an item or cell, only a line's end."""
        if self._in_item or self._in_cell:
            if self._entries:
                self._break()
        else:
            self._end_block()

    def _break(self) -> None:
        """A line's end inside an item, a cell or preformatted text."""
        self._entries.append((_BREAK, None))
        self._mixed = True

    def _line_break(self) -> None:
        if self._in_item or self._in_cell or self._kind is _PREFORMATTED:
            self._break()
        elif not self._end_line() and self._lines:
            self._end_block()  # two breaks in a row: a blank line, as between paragraphs

    def _end_cell(self, *, always: bool = False) -> None:
        runs = self._take()
        if runs or always:
            self._cells.append(runs)

    def _end_line(self) -> bool:
        if not (self._cells or self._headers or self._mixed) and self._is_prose():
            return self._end_prose()
        self._end_cell()
        cells, headers = tuple(self._cells), self._headers
        self._cells.clear()
        self._headers = 0
        if not any(cells):
            return False
        self._lines.append(Line(cells=cells, header=headers == len(cells)))
        return True

    def _is_prose(self) -> bool:
        """Whether the open line is kept text and nothing else, its blanks free to go."""
        return self._style.__class__ is not str and self._kind is not _PREFORMATTED

    def _end_prose(self) -> bool:
        entries = self._entries
        if not entries:
            return False
        self._entries = []
        text, runs = trimmed_runs(entries)
        if not text:
            return False
        self._pieces.append(Piece(text=text))
        self._lines.append(Line(cells=(runs,)))
        return True

    def _end_block(self) -> None:
        if self._entries or self._cells:
            self._end_line()
        if self._lines:
            self._blocks.append(Block(kind=self._kind, lines=tuple(self._lines)))
            self._lines.clear()

    # --- entries to runs and pieces ----------------------------------------------------------

    def _take(self) -> tuple[Run, ...]:
        """The open cell's runs; its pieces are recorded."""
        entries = self._entries
        if not entries:
            return ()
        mixed, self._mixed = self._mixed or self.outside, False
        self._entries = []
        if self._kind is _PREFORMATTED:
            return self._settle(entries, pre=True)
        if mixed:
            return self._take_lines(entries)
        return self._settle_kept(entries)

    def _take_lines(self, entries: list[Entry]) -> tuple[Run, ...]:
        """Runs of a cell or item with breaks in it, or with text left out."""
        lines: list[list[Entry]] = [[]]
        for entry in entries:
            if entry[1] is None:
                lines.append([])
            else:
                lines[-1].append(entry)
        runs: list[Run] = []
        for line in lines:
            found = self._settle(line, pre=False)
            if found and runs:
                runs.append(Run(text=_BREAK))
            runs.extend(found)
        return tuple(runs)

    def _settle(self, entries: list[Entry], *, pre: bool) -> tuple[Run, ...]:
        """Trim one line's edges, record its pieces, join its runs."""
        _trim(entries, _without_first_lines if pre else _without_blanks)
        for name, group in groupby(entries, key=_omission):
            text = "".join(text for text, _ in group)
            if text and name != _BREAK:
                self._pieces.append(Piece(text=text, omitted=name))
        return _runs(
            [(text, style or PLAIN) for text, style in entries if not isinstance(style, str)]
        )

    def _settle_kept(self, entries: list[Entry]) -> tuple[Run, ...]:
        """The common line: nothing left out, no break inside."""
        text, runs = trimmed_runs(entries)
        if text:
            self._pieces.append(Piece(text=text))
        return runs


def trimmed_runs(entries: list[Entry]) -> tuple[str, tuple[Run, ...]]:
    """Kept entries of one line as its text and runs, layout trimmed at both edges."""
    if len(entries) == 1:
        text, style = entries[0]
        text = text.strip(LAYOUT)
        return text, _run(text, style) if text else ()
    whole = "".join([entry[0] for entry in entries])
    text = whole.strip(LAYOUT)
    if not text:
        return "", ()
    if len(text) != len(whole):
        _trim(entries, _without_blanks)
    return text, _runs(entries)


def _runs(entries: Sequence[Entry]) -> tuple[Run, ...]:
    """Kept entries to runs; neighbours in the same style become one."""
    runs: list[Run] = []
    present: Style | str | None = PLAIN
    texts: list[str] = []
    for text, style in entries:
        if texts and style is not present and style != present:
            runs += _run("".join(texts), present)
            texts = []
        present = style
        texts.append(text)
    if texts:
        runs += _run("".join(texts), present)
    return tuple(runs)


def _run(text: str, style: Style | str | None) -> tuple[Run, ...]:
    """One run, or none where there is no text. (Only kept entries come here.)"""
    if not text:
        return ()
    if style is PLAIN or not isinstance(style, tuple):
        return (Run(text=text),)
    return (Run(text=text, marks=style[0], href=style[1]),)


def _omission(entry: Entry) -> str | None:
    """The name an entry is left out by; None when kept; LF for a break, which no source has."""
    style = entry[1]
    if style is None:
        return _BREAK
    return style if isinstance(style, str) else None


def _trim(entries: list[Entry], first: Callable[[str], str]) -> None:
    """Take layout white space off both edges of the kept text, however it is cut up."""
    for index, (text, style) in enumerate(entries):
        if not isinstance(style, str):
            entries[index] = (text := first(text), style)
            if text:
                break
    for index in range(len(entries) - 1, -1, -1):
        text, style = entries[index]
        if not isinstance(style, str):
            entries[index] = (text := text.rstrip(LAYOUT), style)
            if text:
                break


def _without_blanks(text: str) -> str:
    return text.lstrip(LAYOUT)


def _without_first_lines(text: str) -> str:
    """Preformatted text loses blank lines in front, never the first line's indent."""
    found = _FIRST_LINES.match(text)
    return text[found.end() :] if found else text
