"""Which part of a body is the text, and which elements are left out by which name."""

import re
from collections.abc import Iterable
from collections.abc import Mapping

import msgspec

from copytaster.text._roles import Group
from copytaster.text._roles import Role

HIDDEN = "hidden"
_INLINE = (Group.mark, Group.link)
_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n\f]?|([^0-9a-fA-F\n\f]))")


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """What a caller asked for, by class, id or element name."""

    roles: Mapping[str, Role]
    selector: str | None
    omit: Mapping[str, str]

    def selects(self, attributes: Mapping[str, str | None]) -> bool:
        """Whether this element holds the text."""
        return self.selector is not None and self.selector in _names(attributes)

    def omission(
        self, name: str, role: Role | None, attributes: Mapping[str, str | None]
    ) -> str | None:
        """The name under which the element is left out, or None."""
        if self.omit:
            for key in (name, *_names(attributes)):
                if key in self.omit:
                    return self.omit[key]
        if role is not None and role.omission is not None:
            return role.omission
        if attributes and _hidden(attributes):
            return HIDDEN
        if name == "note" and attributes.get("type") == "npa":
            return "editors-note"  # NITF: "not for publication, announcement"
        return None


def stands_apart(role: Role | None) -> bool:
    """Whether leaving the element out leaves a block boundary behind."""
    if role is None or role.group in _INLINE:
        return False
    return role.edges


def _names(attributes: Mapping[str, str | None]) -> Iterable[str]:
    yield from (attributes.get("class") or "").split()
    if identity := attributes.get("id"):
        yield identity


def _hidden(attributes: Mapping[str, str | None]) -> bool:
    """What no browser shows: letting it through would publish words nobody saw."""
    if "hidden" in attributes:
        return True
    return _displays_nothing(attributes.get("style") or "")


def _displays_nothing(style: str) -> bool:
    """Whether the declaration of ``display`` that counts is ``none``: the last important one,
    else the last (CSS Cascade §6.4). Comments and escapes are read as a browser reads them."""
    plain = _CSS_ESCAPE.sub(_escaped, _CSS_COMMENT.sub("", style)).lower()
    found: dict[bool, str] = {}
    for declaration in plain.split(";"):
        name, _, value = declaration.partition(":")
        value, _, importance = value.partition("!")
        if name.strip() == "display" and value.strip():
            found[importance.strip() == "important"] = value.strip()
    return (found.get(True) or found.get(False)) == "none"


def _escaped(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else ord(found[2])
    return chr(code) if code <= 0x10FFFF else "\ufffd"
