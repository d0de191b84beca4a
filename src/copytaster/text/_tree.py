"""A body in an XML tree (XHTML, NITF) to a Copy."""

from collections.abc import Mapping
from typing import Literal

from lxml import etree

from copytaster.item import Copy
from copytaster.text._builder import Builder
from copytaster.text._errors import OverLimit
from copytaster.text._roles import HTML
from copytaster.text._roles import NITF
from copytaster.text._roles import Role
from copytaster.text._selection import Selection
from copytaster.text._selection import stands_apart

Dialect = Literal["xhtml", "nitf"]
_ROLES: dict[Dialect, dict[str, Role]] = {"xhtml": HTML, "nitf": NITF}
MAX_ELEMENTS = 15_000
_TOO_MANY = etree.XPath(f"boolean(descendant::*[{MAX_ELEMENTS}])")
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")


def from_xml(
    element: etree._Element,
    dialect: Dialect,
    *,
    selector: str | None = None,
    omit: Mapping[str, str] = {},
    base: str | None = None,
) -> Copy:
    """The words of an element of a tree that :func:`parse_xml` made, in any namespace.

    (A tree made otherwise may hold comments and entities, which this does not read.)

    Arguments as in :func:`from_html`. Raises :class:`OverLimit`.
    """
    if _TOO_MANY(element):
        raise OverLimit(f"more than {MAX_ELEMENTS} elements in one body")
    selection = Selection(roles=_ROLES[dialect], selector=selector, omit=omit)
    builder = Builder(base, outside=selector is not None)
    _Walk(builder, selection).start(element)
    return builder.copy()


class _Walk:
    """One pass over a tree, telling the builder."""

    def __init__(self, builder: Builder, selection: Selection) -> None:
        self._builder = builder
        self._selection = selection
        self._roles = selection.roles
        self._asked = selection.selector is not None or bool(selection.omit)
        self._known: dict[str, tuple[str, Role | None]] = {}

    def start(self, element: etree._Element) -> None:
        """The element that was asked for: its own name (``title``) never leaves it out."""
        name = str(element.tag).rpartition("}")[2]
        role = self._roles.get(name.lower())
        if role is not None and role.omission is not None:
            self._inside(element, None, None)
        else:
            self.element(element)

    def element(self, element: etree._Element) -> None:
        tag = element.tag
        name, role = self._known.get(tag) or self._named(tag)
        if self._asked or element.keys() or (role is not None and role.omission is not None):
            self._with_care(element, name, role)
        elif (
            role is None
            or not role.prose
            or len(element)
            or not self._builder.leaf(role, element.text or "")
        ):
            self._inside(element, role, None)

    def _named(self, tag: str) -> tuple[str, Role | None]:
        """Name and role of a tag, looked up once for each."""
        name = tag.rpartition("}")[2]
        role = self._roles.get(name)
        self._known[tag] = (name, self._roles.get(name.lower()) if role is None else role)
        return self._known[tag]

    def _with_care(self, element: etree._Element, name: str, role: Role | None) -> None:
        """An element that may be selected, left out or linked."""
        builder = self._builder
        attributes = _attributes(element)
        selected = builder.outside and self._selection.selects(attributes)
        if selected:
            builder.enter_selection()
        omission = None if builder.outside else self._selection.omission(name, role, attributes)
        if omission is not None:
            builder.omit(omission, all_text(element), edges=stands_apart(role))
        else:
            self._inside(element, role, _href(attributes))
        if selected:
            builder.leave_selection()

    def _inside(self, element: etree._Element, role: Role | None, href: str | None) -> None:
        builder = self._builder
        saved = builder.enter(role, href)
        if text := element.text:
            builder.text(text)
        for child in element:
            self.element(child)
            if text := child.tail:
                builder.text(text)
        builder.leave(role, saved)


def all_text(element: etree._Element) -> str:
    """Every character of text below ``element``, in order, comments apart."""
    return "".join(map(str, element.itertext()))


def _attributes(element: etree._Element) -> Mapping[str, str]:
    return {str(name): str(value) for name, value in element.items()}


def _href(attributes: Mapping[str, str]) -> str | None:
    return next((attributes[name] for name in _HREFS if name in attributes), None)
