"""What each element of a body does to the text: the table both walkers go by.

An element that is not listed is transparent: its text is kept and nothing else happens.
"""

from enum import IntEnum

import msgspec

from copytaster.item import BlockKind
from copytaster.item import Mark


class Group(IntEnum):
    """How an element acts on the block that is being built."""

    block = 1
    quote = 2
    list = 3
    item = 4
    table = 5
    row = 6
    cell = 7
    line_break = 8
    rule = 9
    mark = 10
    link = 11
    omitted = 12


class Role(msgspec.Struct, frozen=True, kw_only=True):
    group: Group
    kind: BlockKind | None = None
    """of the block that text inside opens; None keeps the surrounding one"""
    mark: Mark | None = None
    omission: str | None = None
    edges: bool = True
    """leaving the element out leaves a block boundary behind"""
    header: bool = False
    prose: bool = False
    """most often holds nothing but text"""


CONTAINER = Role(group=Group.block)
_PARAGRAPH = Role(group=Group.block, kind=BlockKind.paragraph, prose=True)
_HEADING = Role(group=Group.block, kind=BlockKind.heading, prose=True)
_PRE = Role(group=Group.block, kind=BlockKind.preformatted)
_QUOTE = Role(group=Group.quote, kind=BlockKind.quote)
_BULLETS = Role(group=Group.list, kind=BlockKind.bullets)
_NUMBERS = Role(group=Group.list, kind=BlockKind.numbers)
_ITEM = Role(group=Group.item)
_TABLE = Role(group=Group.table, kind=BlockKind.table)
_ROW = Role(group=Group.row)
_CELL = Role(group=Group.cell)
_HEADER_CELL = Role(group=Group.cell, header=True)
_BREAK = Role(group=Group.line_break)
_RULE = Role(group=Group.rule)
_LINK = Role(group=Group.link)


def _marks(mark: Mark, *names: str) -> dict[str, Role]:
    return dict.fromkeys(names, Role(group=Group.mark, mark=mark, prose=True))


def _omitted(*names: str, edges: bool = False) -> dict[str, Role]:
    return {name: Role(group=Group.omitted, omission=name, edges=edges) for name in names}


_SHARED: dict[str, Role] = {
    "p": _PARAGRAPH,
    "pre": _PRE,
    "ul": _BULLETS,
    "ol": _NUMBERS,
    "li": _ITEM,
    "dl": CONTAINER,
    "dt": _PARAGRAPH,
    "dd": _PARAGRAPH,
    "table": _TABLE,
    "caption": _PARAGRAPH,
    "tr": _ROW,
    "td": _CELL,
    "th": _HEADER_CELL,
    "br": _BREAK,
    "hr": _RULE,
    "a": _LINK,
    **_marks(Mark.emphasis, "em"),
    **_marks(Mark.subscript, "sub"),
    **_marks(Mark.superscript, "sup"),
}

HTML: dict[str, Role] = {
    **_SHARED,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _HEADING),
    **dict.fromkeys(("menu", "dir"), _BULLETS),
    **dict.fromkeys(("listing", "xmp", "plaintext"), _PRE),
    "blockquote": _QUOTE,
    **dict.fromkeys(
        (
            *("html", "body", "div", "section", "article", "main", "header", "footer", "aside"),
            *("nav", "figure", "figcaption", "address", "center", "fieldset", "legend", "form"),
            *("details", "summary", "hgroup", "search", "dialog"),
        ),
        CONTAINER,
    ),
    **_marks(Mark.strong, "b", "strong"),
    **_marks(Mark.emphasis, "em", "i", "cite", "dfn", "var"),
    **_marks(Mark.strike, "s", "strike", "del"),
    **_marks(Mark.underline, "u", "ins"),
    **_marks(Mark.code, "code", "kbd", "samp", "tt"),
    **_omitted("script", "style", "title", "template", "noscript", "svg", "datalist"),
    **_omitted("iframe", "object", "embed", "applet", "noembed", "noframes"),
    **_omitted("canvas", "audio", "video", "select", "textarea", "button"),
}

NITF: dict[str, Role] = {
    **_SHARED,
    **dict.fromkeys(("hl1", "hl2"), _HEADING),
    "bq": _QUOTE,
    **dict.fromkeys(
        (
            *("body", "body.head", "body.content", "body.end", "block", "abstract", "byline"),
            *("dateline", "distributor", "hedline", "note", "fn", "credit", "tagline"),
            *("bibliography", "datasource", "postaddr", "series", "nitf-table", "custom-table"),
        ),
        CONTAINER,
    ),
    **_omitted("media", "nitf-table-metadata", edges=True),
}
