"""An element of NewsML 1 with its children by local name, indexed once.

NewsML 1 comes without a namespace or in IPTC's; only local names are looked at. A code is the
attribute ``FormalName``; agencies that write it as the element's text are read too (TASS:
handbook, formats §1.2).
"""

from functools import cache
from functools import lru_cache

from lxml import etree

from copytaster.formats._children import children
from copytaster.formats._words import all_characters
from copytaster.formats._words import field

_LONGEST_CODE = 64

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Part:
    """An element, and its children by local name in document order."""

    __slots__ = ("_seen", "children", "element")

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self.children = children(element)
        self._seen: dict[str, Part] = {}

    def first(self, name: str) -> etree._Element | None:
        found = self.children.get(name)
        return found[0] if found else None

    def all(self, name: str) -> list[etree._Element]:
        return self.children.get(name) or []

    def part(self, name: str) -> "Part":
        """The first child of that name, or an element without any."""
        seen = self._seen.get(name)
        if seen is None:
            found = self.children.get(name)
            seen = self._seen[name] = Part(found[0]) if found else nothing()
        return seen

    def parts(self, name: str) -> list["Part"]:
        return [Part(child) for child in self.children.get(name, ())]

    def text(self, name: str) -> str | None:
        """The characters of the first child of that name that has any."""
        for child in self.children.get(name, ()):
            if (found := characters(child)) is not None:
                return found
        return None

    def texts(self, name: str) -> list[str]:
        return [
            found
            for child in self.children.get(name, ())
            if (found := characters(child)) is not None
        ]

    def formal(self, name: str) -> str | None:
        """The code of the first child of that name that has one."""
        for child in self.children.get(name, ()):
            if (found := formal(child)) is not None:
                return found
        return None

    def formals(self, name: str) -> list[str]:
        return [
            found for child in self.children.get(name, ()) if (found := formal(child)) is not None
        ]


@cache
def nothing() -> Part:
    """An element that has none of the facts asked for."""
    return Part(etree.Element("none"))


def characters(element: etree._Element) -> str | None:
    """All characters below an element, trimmed at both ends and nowhere else."""
    if len(element) == 0:
        return field(element.text)
    return field(all_characters(element))


def formal(element: etree._Element) -> str | None:
    """``FormalName``; where there is none, the element's text. None when empty."""
    return element.get("FormalName", "").strip() or characters(element)


def word(value: str | None) -> str:
    """A code made comparable: letters and digits in lower case, nothing else."""
    if not value:
        return ""
    return _word(value) if len(value) <= _LONGEST_CODE else _word.__wrapped__(value)


@lru_cache(maxsize=2048)
def _word(value: str) -> str:
    return "".join(filter(str.isalnum, value)).lower()


def named(properties: list[etree._Element], *names: str) -> str | None:
    """``Value`` of the first ``Property`` with one of the names, which are compared as words."""
    for element in properties:
        if word(element.get("FormalName")) in names:
            return element.get("Value", "").strip() or characters(element)
    return None
