"""Where the fields of each item lie in a feed's source, found without the XML parser.

The first half of the naive walk of law 1: one pass over the tags of the source. What it
does not find is not accounted for, and the item is held.
"""

import re

from lxml import etree

_TOKEN = re.compile(
    r"<!--(?:[^-]++|-(?!->))*+-->"
    r"|<!\[CDATA\[(?:[^\]]++|\](?!\]>))*+\]\]>"
    r"|<\?(?:[^?]++|\?(?!>))*+\?>"
    r"""|<(?P<end>/?)(?P<name>[^\s<>/!?"'=]++)(?P<rest>[^<>"']*+(?:(?:"[^"]*+"|'[^']*+')[^<>"']*+)*+)>"""
)

Span = tuple[int, int]


class Sources:
    """The source of every item's children, by item, qualified name and order."""

    def __init__(self, source: str, items: frozenset[str]) -> None:
        self.source = source
        self._spans = _spans(source, items)

    def of(self, child: etree._Element, index: int) -> str | None:
        """The source of the content of a child of the ``index``-th item; None when not found."""
        span = self.span(child, index)
        return None if span is None else self.source[slice(*span)]

    def span(self, child: etree._Element, index: int) -> Span | None:
        """Where that content lies."""
        if index >= len(self._spans):
            return None
        name = _qualified(child)
        found = self._spans[index].get(name, ())
        earlier = child.itersiblings(preceding=True)
        before = sum(1 for sibling in earlier if _qualified(sibling) == name)
        return found[before] if before < len(found) else None


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
