"""The fast way through simple HTML: straight from tags to blocks, without a tree.

Most bodies are paragraphs, headings, lists and quotes with a few marks, links and breaks,
every element closed where it should be. Of such markup there is only one reading, so one
regular expression that finds the tags is parser enough. Whatever is not certainly of that
kind (an element out of its place, an attribute written another way, a reference that is not
in the table, anything that could hide or leave out text) is declined, and the general way
takes over, through lexbor. ``tests/text/test_simple.py`` holds that both give the same copy;
``docs/decisions/0005`` says why there are two.
"""

import re
from collections.abc import Callable
from collections.abc import Iterable
from html.entities import html5

from copytaster.item import Block
from copytaster.item import BlockKind
from copytaster.item import Copy
from copytaster.item import Line
from copytaster.item import Mark
from copytaster.item import Piece
from copytaster.item import Run
from copytaster.text._builder import LAYOUT
from copytaster.text._builder import PLAIN
from copytaster.text._builder import Entry
from copytaster.text._builder import Style
from copytaster.text._builder import trimmed_runs
from copytaster.text._href import safe_href
from copytaster.text._roles import HTML

_MAX_TAGS = 20_000
_MAX_REFERENCES = 50_000
_MAX_TAG = 4_096
_MAX_OPEN = 60
"""elements inside one another; the limits of the general way lie far above"""

# Where a reading is. A block may only begin in the flow, an item only in a list.
_FLOW, _LIST, _PHRASE, _ITEM = range(4)

# A block, an item or a mark that holds nothing but text, or else one tag; the text behind it.
_TOKEN = re.compile(r"<(?:(p|li|h[1-6]|b|strong|i|em)>([^<]*+)</\1>|([^<>]*+)>)([^<]*+)")
_LINK = re.compile(
    r'a href="([^"]*)"(?: (?:target|rel|class|id|title|data-[a-z-]{1,40})="[^"]*")*', re.ASCII
)
_BLANKS = r"[ \t\n\f]"
_TAG = re.compile(
    rf'([a-z][a-z0-9]*)((?:{_BLANKS}+[a-z][a-z0-9_:.-]*="[^"]*")*){_BLANKS}*(/?)', re.ASCII
)
_ATTRIBUTES = re.compile(r'([a-z][a-z0-9_:.-]*)="([^"]*)"', re.ASCII)
_COMMENT = re.compile(r"!--\s(?:[^-]|-(?!-))*--")
_REFERENCE = re.compile(r"&(?:[^&;\s\0]{1,32};)?")
_NUMBER = re.compile(r"&#(?:([0-9]{2,5})|[xX]([0-9a-fA-F]{2,4}));")
_REFERENCES = {name[:-1]: means for name, means in html5.items() if name[-1] == ";"} | {
    f"#{number}": chr(code)
    for code in (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2070), 0x20AC)
    for number in (str(code), f"x{code:x}", f"x{code:X}")
}

# Looking a member up in its class costs more than making a block of it (Python 3.11).
_PARAGRAPH = BlockKind.paragraph
_QUOTE = BlockKind.quote

_Token = tuple[str, str, str, str]
"""name and text of what is taken whole, or else a tag; the text behind it"""


class _NotSimpleError(Exception):
    """Not simple, or not known to be."""


class _Reading:
    """What is being built, and what is open."""

    __slots__ = ("blocks", "entries", "kind", "lines", "open", "pieces", "place", "style")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pieces: list[Piece] = []
        self.lines: list[Line] = []
        self.entries: list[Entry] = []
        self.kind = _PARAGRAPH
        self.style: Style = PLAIN
        self.place = _FLOW
        self.open: list[tuple[str, BlockKind, Style, int]] = []


_Step = Callable[[_Reading], object]
_Leaf = Callable[[_Reading, str], None]


def simple(markup: str, base: str | None) -> Copy | None:
    """The words of simple HTML; None where it is not, or could be something else.

    ``markup`` must hold neither U+0000 nor CR nor half surrogates.
    """
    tags = markup.count("<")
    if tags > _MAX_TAGS or markup.count("&") > _MAX_REFERENCES:
        return None
    begin = markup[: markup.find("<")] if tags else markup
    tokens = [("", "", _BEGIN, begin), *_TOKEN.findall(markup)]
    reading = _Reading()
    try:
        if "&" in markup:
            tokens = _decoded(tokens)
        read = _read(reading, tokens, base)
    except _NotSimpleError:
        return None
    if read != tags or reading.open:
        return None
    _end_block(reading)
    return Copy(blocks=tuple(reading.blocks), pieces=tuple(reading.pieces))


def _read(reading: _Reading, tokens: Iterable[_Token], base: str | None) -> int:
    """The hot loop: a step for each tag, then the text behind it. How many tags there were."""
    entries, step_of = reading.entries, _STEPS.get
    tags = -1  # the first token stands for the beginning
    for name, words, tag, text in tokens:
        if name:
            tags += 2
            _LEAVES[name](reading, words)
        else:
            tags += 1
            step = step_of(tag) or _careful(tag, base)
            step(reading)
        if text and (entries or text != "\n"):
            entries.append((text, reading.style))
    return tags


# --- tags --------------------------------------------------------------------------------------


def _careful(tag: str, base: str | None) -> _Step:
    """The step of a tag that has attributes, or of a comment."""
    if len(tag) > _MAX_TAG:
        raise _NotSimpleError
    link = _LINK.fullmatch(tag)
    if link is not None:
        return _link(_safe(link[1], base))
    found = _TAG.fullmatch(tag)
    if found is None:
        if _COMMENT.fullmatch(tag):
            return _nothing
        raise _NotSimpleError
    name, attributes, slash = found.groups()
    step = _STEPS.get(name + slash)
    if step is None or _wary(attributes):
        raise _NotSimpleError
    return _link(_href(attributes, base)) if name == "a" else step


def _wary(attributes: str) -> bool:
    """Whether the attributes could hide the element."""
    if "style" in attributes and (
        "none" in attributes.lower() or "&" in attributes or "\\" in attributes
    ):
        return True
    return "hidden" in attributes


def _href(attributes: str, base: str | None) -> str | None:
    """The address of a link, if it may be kept. Of two of a name the first counts."""
    for name, href in _ATTRIBUTES.findall(attributes):
        if name == "href":
            return _safe(href, base)
    return None


def _safe(href: str, base: str | None) -> str | None:
    if not href:
        return None
    if "&" in href:
        if href.count("&") != href.count("&amp;"):
            raise _NotSimpleError
        href = href.replace("&amp;", "&")
    return safe_href(href, base)


# --- references --------------------------------------------------------------------------------


def _decoded(tokens: list[_Token]) -> list[_Token]:
    """Tokens with the references of their texts read, all in one go; none reaches over a tag."""
    names, words, tags, texts = zip(*tokens, strict=True)
    characters = _characters("\0".join(words + texts)).split("\0")
    return list(zip(names, characters, tags, characters[len(names) :], strict=False))


def _characters(text: str) -> str:
    """The text with its references read; cut at the ampersands, where each is one of the table."""
    first, *rest = text.split("&")
    parts = [first]
    for part in rest:
        name, end, behind = part.partition(";")
        means = _REFERENCES.get(name)
        if means is None or not end:
            return _REFERENCE.sub(_character, text)
        parts.append(means)
        parts.append(behind)
    return "".join(parts)


def _character(found: re.Match[str]) -> str:
    """A name, a number, or an ampersand that begins no reference (HTML standard §13.2.5.72)."""
    whole = found[0]
    if len(whole) > 1:
        return _REFERENCES.get(whole[1:-1]) or _numbered(whole)
    behind = found.string[found.end() : found.end() + 1]
    if behind.isalnum() or behind == "#":
        raise _NotSimpleError
    return "&"


def _numbered(reference: str) -> str:
    """Of the numbers, those that mean the character they name and nothing else."""
    found = _NUMBER.fullmatch(reference)
    if found is None:
        raise _NotSimpleError
    code = int(found[1]) if found[1] else int(found[2], 16)
    if not (0x20 <= code <= 0x7E or 0xA0 <= code < 0xD800):
        raise _NotSimpleError
    return chr(code)


# --- steps: what a tag does --------------------------------------------------------------------


def _push(reading: _Reading, end: str) -> None:
    if len(reading.open) >= _MAX_OPEN:
        raise _NotSimpleError
    reading.open.append((end, reading.kind, reading.style, reading.place))


def _pop(reading: _Reading, end: str) -> None:
    if not reading.open:
        raise _NotSimpleError
    expected, reading.kind, reading.style, reading.place = reading.open.pop()
    if expected != end:
        raise _NotSimpleError


def _finish_inline(end: str) -> _Step:
    return lambda reading: _pop(reading, end)


def _finish_block(end: str) -> _Step:
    def finish(reading: _Reading) -> None:
        _end_block(reading)
        _pop(reading, end)

    return finish


def _finish_item(end: str) -> _Step:
    def finish(reading: _Reading) -> None:
        _end_line(reading)
        _pop(reading, end)

    return finish


def _finish_list(end: str) -> _Step:
    def finish(reading: _Reading) -> None:
        _between_items(reading)
        _end_block(reading)
        _pop(reading, end)

    return finish


def _among_blocks(reading: _Reading) -> None:
    if reading.place != _FLOW:
        raise _NotSimpleError
    if reading.entries or reading.lines:
        _end_block(reading)


def _between_items(reading: _Reading) -> None:
    if reading.place != _LIST:
        raise _NotSimpleError
    if reading.entries:
        if any(text.strip(LAYOUT) for text, _ in reading.entries):
            raise _NotSimpleError
        reading.entries.clear()


def _block(end: str, kind: BlockKind) -> _Step:
    def begin(reading: _Reading) -> None:
        _among_blocks(reading)
        _push(reading, end)
        reading.kind = _kind(reading, kind)
        reading.place = _PHRASE

    return begin


def _kind(reading: _Reading, kind: BlockKind) -> BlockKind:
    """A paragraph of a quote is a quote."""
    return _QUOTE if kind is _PARAGRAPH and reading.kind is _QUOTE else kind


def _container(end: str, kind: BlockKind | None, place: int = _FLOW) -> _Step:
    def begin(reading: _Reading) -> None:
        _among_blocks(reading)
        _push(reading, end)
        reading.kind = kind or reading.kind
        reading.place = place

    return begin


def _item(end: str) -> _Step:
    def begin(reading: _Reading) -> None:
        _between_items(reading)
        _push(reading, end)
        reading.place = _ITEM

    return begin


def _phrase(end: str) -> _Step:
    return lambda reading: _begin_phrase(reading, end)


def _begin_phrase(reading: _Reading, end: str) -> None:
    if reading.place == _LIST:
        raise _NotSimpleError
    _push(reading, end)
    if reading.place == _FLOW:
        reading.place = _PHRASE


def _mark(end: str, mark: Mark) -> _Step:
    def begin(reading: _Reading) -> None:
        _begin_phrase(reading, end)
        reading.style = _marked(reading.style, mark)

    return begin


def _marked(style: Style, mark: Mark) -> Style:
    return style if mark in style[0] else ((*style[0], mark), style[1])


def _link(href: str | None) -> _Step:
    def begin(reading: _Reading) -> None:
        for opened in reading.open:
            if opened[0] == "/a":
                raise _NotSimpleError
        _begin_phrase(reading, "/a")
        if href is not None:
            reading.style = (reading.style[0], href)

    return begin


def _line_break(reading: _Reading) -> None:
    if reading.place in (_LIST, _ITEM):
        raise _NotSimpleError
    if not _end_line(reading) and reading.lines:
        _end_block(reading)


def _nothing(reading: _Reading) -> None:
    """An element without text or effect: a picture."""


# --- leaves: what holds nothing but text, taken whole ------------------------------------------


def _whole_block(kind: BlockKind) -> _Leaf:
    def block(reading: _Reading, text: str) -> None:
        if reading.place != _FLOW:
            raise _NotSimpleError
        if reading.entries or reading.lines:
            _end_block(reading)
        if text := text.strip(LAYOUT):
            reading.pieces.append(Piece(text=text))
            lines = (Line(cells=((Run(text=text),),)),)
            reading.blocks.append(Block(kind=_kind(reading, kind), lines=lines))

    return block


def _whole_item(reading: _Reading, text: str) -> None:
    _between_items(reading)
    if text := text.strip(LAYOUT):
        reading.pieces.append(Piece(text=text))
        reading.lines.append(Line(cells=((Run(text=text),),)))


def _whole_mark(mark: Mark) -> _Leaf:
    def dressed(reading: _Reading, text: str) -> None:
        if reading.place == _LIST:
            raise _NotSimpleError
        if text:
            reading.entries.append((text, _marked(reading.style, mark)))

    return dressed


# --- ends --------------------------------------------------------------------------------------


def _end_block(reading: _Reading) -> None:
    _end_line(reading)
    if reading.lines:
        reading.blocks.append(Block(kind=reading.kind, lines=tuple(reading.lines)))
        reading.lines.clear()


def _end_line(reading: _Reading) -> bool:
    """The entries become a line, and a piece; False when they show nothing."""
    entries = reading.entries
    if not entries:
        return False
    text, runs = trimmed_runs(entries)
    entries.clear()
    if not text:
        return False
    reading.pieces.append(Piece(text=text))
    reading.lines.append(Line(cells=(runs,)))
    return True


# --- what is simple ----------------------------------------------------------------------------

# Only what can neither end nor be ended by another of these where it is in its place (HTML
# standard §13.2.6.4.7): not tables, forms, buttons or definition lists.
_BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6")
_CONTAINERS = (
    *("div", "section", "article", "header", "footer", "aside", "main", "figure", "figcaption"),
    "blockquote",
)
_MARKS = ("b", "strong", "em", "i", "cite", "s", "del", "u", "ins", "code", "sub", "sup")
_TRANSPARENT = ("span", "small", "font", "time", "abbr", "mark", "q")
_BEGIN = "img"


def _steps() -> dict[str, _Step]:
    """By the tag as written, without its brackets."""
    steps: dict[str, _Step] = {"li": _item("/li"), "/li": _finish_item("/li")}
    for name in (*_BLOCKS, *_CONTAINERS, "ul", "ol"):
        kind = HTML[name].kind
        begin = _block(f"/{name}", kind) if kind and name in _BLOCKS else None
        place = _LIST if name in ("ul", "ol") else _FLOW
        steps[name] = begin or _container(f"/{name}", kind, place)
        steps[f"/{name}"] = (_finish_list if place == _LIST else _finish_block)(f"/{name}")
    for name in (*_MARKS, *_TRANSPARENT, "a"):
        mark = HTML[name].mark if name in HTML else None
        steps[name] = _mark(f"/{name}", mark) if mark else _phrase(f"/{name}")
        steps[f"/{name}"] = _finish_inline(f"/{name}")
    empty = {"br": _line_break, "hr": _among_blocks, "img": _nothing, "wbr": _nothing}
    for name, step in empty.items():
        steps |= dict.fromkeys((name, f"{name}/", f"{name} /"), step)
    return steps


def _leaves() -> dict[str, _Leaf]:
    kinds = {name: HTML[name].kind for name in _BLOCKS}
    marks = {name: HTML[name].mark for name in ("b", "strong", "i", "em")}
    return {
        **{name: _whole_block(kind) for name, kind in kinds.items() if kind},
        **{name: _whole_mark(mark) for name, mark in marks.items() if mark},
        "li": _whole_item,
    }


_STEPS = {**_steps(), "a": _link(None)}
_LEAVES = _leaves()
