"""Where the fields of each item lie in a feed's source, found without the XML parser.

The first half of the naive walk of law 1: one pass over the tags of the source. What it
does not find is not accounted for, and the item is held.
"""

import re

from lxml import etree

# To the first character that may end it in one run; the rest lazily, which needs no memory.
_TOKEN = re.compile(
    r"<!--[^-]*+(?s:.*?)-->"
    r"|<!\[CDATA\[[^\]]*+(?s:.*?)\]\]>"
    r"|<\?[^?]*+(?s:.*?)\?>"
    r"""|<(?P<end>/?)(?P<name>[^\s<>/!?"'=]++)(?P<rest>[^<>"']*+(?:(?:"[^"]*+"|'[^']*+')[^<>"']*+)*)>"""
)

Span = tuple[int, int]
_Named = tuple[str, int, int]


class Sources:
    """The source of every item's children, by item and order; their names must agree.

    The walk is made when it is first asked for: who wants no words needs none of it.
    """

    def __init__(self, source: str, items: frozenset[str]) -> None:
        self.source = source
        self._items = items
        self._found: list[list[_Named]] | None = None
        self._placed = -1
        self._places: dict[etree._Element, int] = {}

    def of(self, child: etree._Element, index: int) -> str | None:
        """The source of the content of a child of the ``index``-th item; None when not found."""
        span = self.span(child, index)
        return None if span is None else self.source[slice(*span)]

    def span(self, child: etree._Element, index: int) -> Span | None:
        """Where that content lies."""
        if self._found is None:
            self._found = _spans(self.source, self._items)
        if index >= len(self._found):
            return None
        if index != self._placed:
            self._place(child.getparent(), index)
        children, place = self._found[index], self._places.get(child, -1)
        if len(children) != len(self._places) or children[place][0] != _qualified(child):
            return None  # the two walks do not see the same elements
        return children[place][1:]

    def _place(self, item: etree._Element | None, index: int) -> None:
        """Number the children of the item in hand, once."""
        self._placed = index
        self._places = {child: at for at, child in enumerate(() if item is None else item)}


def _qualified(element: etree._Element) -> str:
    local = str(element.tag).rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else local


def _spans(source: str, items: frozenset[str]) -> list[list[_Named]]:
    """Of each outermost element with a local name in ``items``: its children's contents."""
    found: list[list[_Named]] = []
    depth = 0
    began = -1  # depth of the item being walked
    start = 0
    for token in _TOKEN.finditer(source):
        end, name, rest = token.groups()
        if name is None:
            continue
        if end:
            depth -= 1
            if began >= 0 and depth == began + 1:
                found[-1].append((name, start, token.start()))
            began = -1 if depth == began else began
            continue
        empty = rest.endswith("/")
        if began < 0 and name.rpartition(":")[2] in items:
            found.append([])
            began = -1 if empty else depth
        elif began >= 0 and depth == began + 1:
            start = token.end()
            if empty:
                found[-1].append((name, start, start))
        depth += 0 if empty else 1
    return found
