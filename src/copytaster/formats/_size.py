"""How large one item may be in a document of XML: counted before it is taken apart."""

from functools import cache

from lxml import etree

MOST_ELEMENTS = 50_000
"""Elements of one item. The largest stories have some thousands, tables included."""

MOST_IN_FEED = 25_000
"""Elements of one item of a feed, whose words come as characters."""


@cache
def _too_many(most: int) -> etree.XPath:
    return etree.XPath(f"boolean(descendant::*[{most}])")


def oversize(item: etree._Element, most: int = MOST_ELEMENTS) -> str | None:
    """What is wrong with an item of more elements than the limit; None for any other."""
    return f"more than {most} elements in one item" if _too_many(most)(item) else None
