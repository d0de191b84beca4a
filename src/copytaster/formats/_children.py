"""The children of an XML element by local name: one walk in place of many searches."""

from collections.abc import Iterable
from typing import TypeAlias

from lxml import etree

Children: TypeAlias = "dict[str, list[etree._Element]]"  # noqa: SLF001  it has no public name


def children(element: etree._Element | None) -> Children:
    """The element's children by local name, in their order; an absent element has none."""
    found: Children = {}
    if element is None:
        return found
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name in found:
            found[name].append(child)
        else:
            found[name] = [child]
    return found


def below(elements: Iterable[etree._Element], name: str) -> list[etree._Element]:
    """Children of a name of all the elements, in order."""
    return [child for element in elements for child in children(element).get(name, ())]


def only(found: Children, name: str) -> etree._Element | None:
    """The first child of a name."""
    named = found.get(name)
    return None if named is None else named[0]
