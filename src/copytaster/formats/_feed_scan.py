"""Where the fields of each item lie in a feed's source, found without the XML parser.

The first half of the naive walk of law 1: one pass over the tags of the source. What it
does not find is not accounted for, and the item is held.
"""

import re
from collections import Counter

from lxml import etree

_TOKEN = re.compile(
    r"<!--(?:[^-]++|-(?!->))*-->"
    r"|<!\[CDATA\[(?:[^\]]++|\](?!\]>))*\]\]>"
    r"|<\?(?:[^?]++|\?(?!>))*\?>"
    r"""|<(?P<end>/?)(?P<name>[^\s<>/!?"'=]++)(?P<rest>[^<>"']*+(?:(?:"[^"]*+"|'[^']*+')[^<>"']*+)*)>"""
)

Span = tuple[int, int]


class Sources:
    """The source of every item's children, by item, qualified name and order."""

    def __init__(self, source: str, items: frozenset[str]) -> None:
        self.source = source
        self._spans = _spans(source, items)
        self._counted = -1
        self._places: dict[etree._Element, tuple[str, int]] = {}

    def of(self, child: etree._Element, index: int) -> str | None:
        """The source of the content of a child of the ``index``-th item; None when not found."""
        span = self.span(child, index)
        return None if span is None else self.source[slice(*span)]

    def span(self, child: etree._Element, index: int) -> Span | None:
        """Where that content lies."""
        if index >= len(self._spans):
            return None
        if index != self._counted:
            self._count(child.getparent(), index)
        name, place = self._places.get(child, ("", 0))
        found = self._spans[index].get(name, ())
        return found[place] if place < len(found) else None

    def _count(self, item: etree._Element | None, index: int) -> None:
        """Name each child of the item in hand, with its place among its namesakes."""
        seen: Counter[str] = Counter()
        self._places = {}
        self._counted = index
        for child in () if item is None else item:
            name = _qualified(child)
            self._places[child] = (name, seen[name])
            seen[name] += 1


def _qualified(element: etree._Element) -> str:
    local = str(element.tag).rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else local


def _spans(source: str, items: frozenset[str]) -> list[dict[str, list[Span]]]:
    """Of each outermost element with a local name in ``items``: its children's contents."""
    found: list[dict[str, list[Span]]] = []
    depth = 0
    began = -1  # depth of the item being walked
    start = 0
    for token in _TOKEN.finditer(source):
        name = token["name"]
        if name is None:
            continue
        if token["end"]:
            depth -= 1
            if began >= 0 and depth == began + 1:
                found[-1].setdefault(name, []).append((start, token.start()))
            began = -1 if depth == began else began
            continue
        empty = token["rest"].endswith("/")
        if began < 0 and name.rpartition(":")[2] in items:
            found.append({})
            began = -1 if empty else depth
        elif began >= 0 and depth == began + 1:
            start = token.end()
            if empty:
                found[-1].setdefault(name, []).append((start, start))
        depth += 0 if empty else 1
    return found
