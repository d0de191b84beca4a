"""XML as this room writes it: built as a tree, so that no text is ever taken for markup."""

import re
from collections.abc import Callable
from collections.abc import Mapping
from functools import cache
from typing import cast

from lxml import etree

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def root(name: str, names: Mapping[str | None, str]) -> etree._Element:
    """A root element; the prefix None is the default namespace (which lxml-stubs forget)."""
    return etree.Element(name, nsmap=cast("Mapping[str, str]", names))


def put(
    parent: etree._Element, name: str, text: str | None = None, **attributes: str
) -> etree._Element:
    """A new child of ``parent``, without the characters XML 1.0 §2.2 forbids.

    Headlines and bylines have none (the gate) and contents spell them out; this is for rights
    lines and the like, so that one odd character in a label never stops a feed.
    """
    node = etree.SubElement(parent, name)
    for key, value in attributes.items():
        node.set(key, _allowed(value))
    if text is not None:
        node.text = _allowed(text)
    return node


def written(top: etree._Element) -> bytes:
    """The document as UTF-8 with its declaration."""
    return etree.tostring(top, xml_declaration=True, encoding="UTF-8")


def part(parent: etree._Element, build: Callable[[etree._Element], object]) -> bytes:
    """The one child that ``build`` puts into ``parent``, as UTF-8, to stand in a document whose
    root declares the same names."""
    build(parent)
    alone: bytes = etree.tostring(parent[0], encoding="UTF-8")
    return alone.replace(_names(parent), b"", 1)


def _names(parent: etree._Element) -> bytes:
    """How the names ``parent`` declares are written on a child that stands alone."""
    return _declared(tuple(parent.nsmap.items()))


@cache
def _declared(names: tuple[tuple[str | None, str], ...]) -> bytes:
    bare: bytes = etree.tostring(root("x", dict(names)), encoding="UTF-8")
    return bare.partition(b"<x")[2].removesuffix(b"/>")


def _allowed(text: str) -> str:
    # What can be printed is no control character, surrogate or noncharacter.
    return text if text.isprintable() else _NOT_XML.sub("", text)
