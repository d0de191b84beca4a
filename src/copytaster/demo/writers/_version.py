"""What a writer is given, and what all writers need to write XML."""

from collections.abc import Iterator
from xml.sax.saxutils import escape
from xml.sax.saxutils import quoteattr

import msgspec

from copytaster.demo._fields import SECTIONS


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """What an agency says of one story in one delivery."""

    guid: str
    published: str
    """when the story was first written, as the format writes times; empty: leave it out"""
    updated: str
    """when this version was written; empty: leave it out"""
    fields: tuple[tuple[str, str], ...]
    pictures: str = ""
    """base of the addresses under which the agencies serve their pictures"""

    def get(self, name: str, default: str = "") -> str:
        return dict(self.fields).get(name, default)

    def says(self, name: str) -> bool:
        return any(key == name for key, _ in self.fields)

    def sections(self) -> Iterator[tuple[str, str]]:
        """Media Topics: (code, name)."""
        for name, value in self.fields:
            if name == "section":
                yield SECTIONS[value]

    def all(self, field: str) -> list[str]:
        """Every value of a field that may be said several times."""
        return [value for name, value in self.fields if name == field]

    def topics(self) -> Iterator[tuple[str, str]]:
        """Narrower Media Topics: (code, name)."""
        for value in self.all("topic"):
            code, _, name = value.partition(" ")
            yield code, name

    def markup(self) -> str:
        """The body: a paragraph for each ``text``, each ``html`` as it stands."""
        return "\n".join(
            value if name == "html" else element("p", value)
            for name, value in self.fields
            if name in ("html", "text")
        )


def element(name: str, text: str, **attributes: str) -> str:
    """``<name a="…">text</name>``; in an attribute's name ``__`` stands for a colon."""
    written = "".join(
        f" {key.replace('__', ':')}={quoteattr(value)}"
        for key, value in attributes.items()
        if value
    )
    return f"<{name}{written}>{escape(text)}</{name}>"


def optional(name: str, text: str, **attributes: str) -> str:
    """The element, or nothing when there is nothing to say in it."""
    return element(name, text, **attributes) if text else ""


def lines(*parts: str) -> str:
    """Parts that say something, one per line."""
    return "\n".join(part for part in parts if part)


PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>'
