"""One metadata block of a G2 item (itemMeta, contentMeta): its properties by name.

``@pubconstraint`` limits publishing and is inherited by descendants; what it says is the
agency's own vocabulary, so any value at all keeps a property from the public.
"""

from collections.abc import Sequence

from lxml import etree

from copytaster.formats._catalog import Catalog
from copytaster.formats._children import children
from copytaster.formats._words import all_characters
from copytaster.formats._words import field

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NONE: Sequence[etree._Element] = ()


def is_constrained(element: etree._Element | None) -> bool:
    """Whether the element itself limits publishing."""
    return element is not None and (
        element.get("pubconstraint") is not None or element.get("pubconstrainturi") is not None
    )


def local(qcode: str | None) -> str | None:
    """The code of a QCode or URI as written: ``drol:caption`` is ``caption``."""
    if qcode is None:
        return None
    return qcode.replace("#", "/").replace(":", "/").rsplit("/", 1)[-1].strip() or None


def role_of(element: etree._Element) -> str | None:
    """The code of an element's role."""
    return local(element.get("role") or element.get("roleuri"))


def relation_of(element: etree._Element) -> str | None:
    """The code of the relation in which a link stands."""
    return local(element.get("rel") or element.get("reluri"))


def characters(element: etree._Element) -> str | None:
    """All characters below an element, trimmed at both ends and nowhere else."""
    return field(all_characters(element) if len(element) else element.text)


def lang_of(element: etree._Element) -> str | None:
    return element.get(_LANG)


class Meta:
    """The children of a block, by local name; an absent block has none."""

    __slots__ = ("_children", "_closed", "catalog", "limited")

    def __init__(self, block: etree._Element | None, catalog: Catalog) -> None:
        self.catalog = catalog
        self.limited: list[str] = []
        """names of properties that were kept from the public"""
        self._closed = is_constrained(block)
        self._children = children(block)

    def all(self, name: str) -> Sequence[etree._Element]:
        """Every property of a name, for control and for editors."""
        return self._children.get(name, _NONE)

    def public(self, name: str) -> Sequence[etree._Element]:
        """Those that readers may see, by rank: 1 is highest, unranked as highest."""
        found = self._children.get(name)
        if found is None:
            return _NONE
        open_ones = [] if self._closed else [e for e in found if not is_constrained(e)]
        if len(open_ones) < len(found):
            self.limited.append(name)
        return sorted(open_ones, key=_rank) if len(open_ones) > 1 else open_ones

    def first(self, name: str) -> etree._Element | None:
        found = self._children.get(name)
        return found[0] if found else None

    def text(self, name: str) -> str | None:
        """Characters of the first public property that has any."""
        for element in self.public(name):
            if (words := characters(element)) is not None:
                return words
        return None

    def raw(self, name: str) -> str | None:
        """Text of the first property, whatever its constraint; empty stays empty."""
        found = self._children.get(name)
        return None if found is None else found[0].text or ""


def _rank(element: etree._Element) -> int:
    rank = element.get("rank", "")
    return int(rank) if rank.isascii() and rank.isdigit() and len(rank) < 9 else 1
