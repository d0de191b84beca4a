"""How large one item may be in a document of XML: counted before it is taken apart."""

from lxml import etree

MOST_ELEMENTS = 25_000
"""Elements of one item. The largest stories have some thousands, tables included."""

_TOO_MANY = etree.XPath(f"boolean(descendant::*[{MOST_ELEMENTS}])")


def oversize(item: etree._Element) -> str | None:
    """What is wrong with an item of more elements than the limit; None for any other."""
    return f"more than {MOST_ELEMENTS} elements in one item" if _TOO_MANY(item) else None
