"""The words of a copy as markup that reads back to exactly those words.

The transformation's second half (``transform.md``, "From text to page"): a fixed allow-list
of elements made from :class:`~copytaster.item.Copy` values, never from anybody's markup.
"""

import re
from collections.abc import Callable
from itertools import groupby

import msgspec

from copytaster.item import Block
from copytaster.item import BlockKind
from copytaster.item import Copy
from copytaster.item import Line
from copytaster.item import Mark
from copytaster.item import Run

# Characters an HTML parser rewrites (CR) or XML 1.0 cannot carry (C0, U+FFFE, U+FFFF): as
# references they survive both a page and a feed. U+0000 has no spelling; the gate refuses it.
_SPELT = re.compile("[\x01-\x08\x0b-\x1f\ufffe\uffff]")
# "<" ends a script element, "&" is a reference in XHTML, U+2028/9 end a line in old scripts.
_UNSAFE = re.compile("[<>&\u2028\u2029]")
_ORDER = {mark: place for place, mark in enumerate(Mark)}
_BREAK = "<br>\n"

_Cell = tuple[Run, ...]


def escape(text: str) -> str:
    """``text`` for element content or a double-quoted attribute; parses back to itself."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = text.replace('"', "&quot;")
    return text if text.isprintable() else _SPELT.sub(_reference, text)


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def embedded(value: object) -> str:
    """``value`` as JSON that no HTML parser can take for anything but text: for a data block."""
    text = msgspec.json.encode(value).decode()
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def body_html(copy: Copy) -> str:
    """The blocks of ``copy``, one element each, joined by LF."""
    return "\n".join(map(_block, copy.blocks))


def _block(block: Block) -> str:
    match block.kind:
        case BlockKind.bullets | BlockKind.numbers:
            items = "\n".join(f"<li>{_cells(line, _broken)}</li>" for line in block.lines)
            return f"<{block.kind}>{items}</{block.kind}>"
        case BlockKind.table:
            rows = "\n".join(map(_row, block.lines))
            return f'<div class="table" tabindex="0"><table><tbody>{rows}</tbody></table></div>'
        case BlockKind.preformatted:
            # HTML drops one LF after <pre>; it is given one to drop.
            return "<pre>\n" + _lines(block, "\n") + "</pre>"
        case _:
            return f"<{block.kind}>{_lines(block, _BREAK)}</{block.kind}>"


def _lines(block: Block, end: str) -> str:
    return end.join(_cells(line, _runs) for line in block.lines)


def _row(line: Line) -> str:
    name = "th" if line.header else "td"
    scope = ' scope="col"' if line.header else ""
    cells = "\t".join(f"<{name}{scope}>{_broken(cell)}</{name}>" for cell in line.cells)
    return f"<tr>{cells}</tr>"


def _cells(line: Line, written: Callable[[_Cell], str]) -> str:
    return "\t".join(map(written, line.cells))


def _broken(runs: _Cell) -> str:
    """The runs of a list item or a table cell. Lines inside one are parted by a run of a single
    LF (a paragraph, a nested list); a reader must see them parted."""
    if all(run.text != "\n" for run in runs):
        return _runs(runs)
    parts = groupby(runs, lambda run: run.text == "\n" and not run.marks and run.href is None)
    return "".join(
        _BREAK * len(list(group)) if breaks else _runs(tuple(group)) for breaks, group in parts
    )


def _runs(runs: _Cell) -> str:
    if len(runs) == 1 and runs[0].href is None:
        return _dressed(runs[0])
    return "".join(_linked(href, list(same)) for href, same in groupby(runs, lambda r: r.href))


def _linked(href: str | None, runs: list[Run]) -> str:
    text = "".join(map(_dressed, runs))
    if href is None:
        return text
    return f'<a href="{escape(href)}" rel="nofollow noopener">{text}</a>'


def _dressed(run: Run) -> str:
    text = escape(run.text)
    if not run.marks:
        return text
    for mark in sorted(set(run.marks), key=_ORDER.__getitem__, reverse=True):
        text = f"<{mark}>{text}</{mark}>"
    return text
