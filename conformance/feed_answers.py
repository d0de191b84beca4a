"""What an item says under the names of the feedparser project, and whether that is expected.

Names and shapes only: nothing here mends a reading.
"""

import re
from datetime import UTC
from html.parser import HTMLParser
from typing import Any

import msgspec

from copytaster import formats
from copytaster.item import Concept
from copytaster.item import FormatName
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.item import RawRef
from copytaster.item import Source
from copytaster.moment import Moment


class Unsaid(LookupError):
    """An item has no place for what is asked; the message is the class of the question."""


class Markup(msgspec.Struct, frozen=True, kw_only=True):
    """Words that the case writes as HTML, where the field's type does not say text."""

    words: str
    name: str
    """of the field"""
    links: frozenset[str] = frozenset()
    linked: bool = True
    """whether the item keeps the links of this field"""
    whole: str | None = None
    """the words with those that the item names as left out of a frame or a drawing"""


def said(item: Item, path: list[Any]) -> object:
    name, rest = path[0], path[1:]
    if name in _DETAILS:
        return _DETAILS[name](item, rest)
    if name in _FIELDS and not rest:
        return _FIELDS[name](item)
    if name in _LISTS and len(rest) == 2:
        return _LISTS[name](item, rest[0], rest[1])
    raise Unsaid(f"asks for {'.'.join(map(str, [name, *rest]))}, which an item does not say")


def _words(item: Item) -> Markup:
    runs = [
        run
        for block in item.copy.blocks
        for line in block.lines
        for cell in line.cells
        for run in cell
    ]
    links = frozenset(run.href for run in runs if run.href)
    return Markup(words=formats.text_of(item), name="content", links=links, whole=_whole(item))


def _whole(item: Item) -> str:
    """Law 1 adds up text and *named* omissions. That library keeps the words inside a frame or
    a drawing, which no browser shows as text; ours names them. Scripts are no words to it either.
    """
    kept = (None, "iframe", "svg")
    return "".join(_read(piece.text) for piece in item.copy.pieces if piece.omitted in kept)


def _line(value: str | None, name: str) -> Markup:
    return Markup(words=value or "", name=name, linked=False)


def _summary(item: Item) -> Markup:
    return _line(item.summary, "summary") if item.summary else _words(item)


def _raw(found: Moment | None) -> str | None:
    return found.raw if found else None


def _title_detail(item: Item, rest: list[Any]) -> object:
    if rest == ["value"]:
        return _line(item.headline, "title")
    if rest == ["language"]:
        return _tongue(item.headlines[0].lang if item.headlines else None, item)
    raise Unsaid(f"asks for the {rest[0]} of a title, which an item does not say")


def _summary_detail(item: Item, rest: list[Any]) -> object:
    if rest == ["value"]:
        return _summary(item)
    if rest == ["language"]:
        return _tongue(item.descriptions[0].lang if item.descriptions else None, item)
    raise Unsaid(f"asks for the {rest[0]} of a summary, which an item does not say")


def _tongue(own: str | None, item: Item) -> str | None:
    """A field's own language, else the item's; BCP 47 says ``und`` where it is not known."""
    found = own or item.language
    return None if found == "und" else found


def _content(item: Item, rest: list[Any]) -> object:
    if rest[1:] == ["value"]:
        return _words(item)
    if rest[1:] == ["type"]:
        return item.bodies[rest[0]].content_type if item.bodies else None
    if rest[1:] == ["language"]:
        return _tongue(None, item)
    raise Unsaid(f"asks for the {rest[-1]} of a body, which an item does not say")


def _rights_detail(item: Item, rest: list[Any]) -> object:
    if rest == ["value"]:
        return _line(item.copyright_notice, "rights")
    raise Unsaid(f"asks for the {rest[0]} of a rights notice, which an item does not say")


def _source(item: Item, rest: list[Any]) -> object:
    source = next((s for s in item.info_sources if s.role == "source"), Source())
    if rest == ["title"]:
        return _line(source.name, "title")
    if rest in (["id"], ["href"]):
        return source.uri
    raise Unsaid(f"asks for the source's {'.'.join(map(str, rest))}, which an item does not say")


_DETAILS: dict[str, Any] = {
    "title_detail": _title_detail,
    "summary_detail": _summary_detail,
    "content": _content,
    "rights_detail": _rights_detail,
    "copyright_detail": _rights_detail,
    "source": _source,
    "author_detail": lambda item, rest: _author(item, 0, rest[0]),
}
ENTRIES = ("item", "entry")
ELEMENTS = {
    "title": ("title",),
    "summary": ("summary", "description"),
    "content": ("content", "encoded", "fullitem", "body"),
    "rights": ("rights", "copyright"),
    "copyright": ("rights", "copyright"),
}
NOBODY = Item(
    provider="",
    guid="",
    content_hash="",
    pub_status=PubStatus.usable,
    raw_ref=RawRef(sha256="", length=0),
    format=FormatName(name="rss"),
)
_FIELDS: dict[str, Any] = {
    "title": lambda item: _line(item.headline, "title"),
    "summary": _summary,
    "description": _summary,
    "rights": lambda item: _line(item.copyright_notice, "rights"),
    "copyright": lambda item: _line(item.copyright_notice, "rights"),
    "link": lambda item: item.link,
    "id": lambda item: item.guid,
    "guid": lambda item: item.guid,
    "author": lambda item: item.by,
    "language": lambda item: item.language,
    "updated": lambda item: _raw(item.version_created),
    "published": lambda item: _raw(item.first_created),
    "created": lambda item: _raw(item.first_created),
    "expired": lambda item: _raw(item.expires),
    "updated_parsed": lambda item: item.version_created,
    "published_parsed": lambda item: item.first_created,
    "created_parsed": lambda item: item.first_created,
    "expired_parsed": lambda item: item.expires,
    "license": lambda item: item.rights_info[0].linked_rights if item.rights_info else None,
    "publisher": lambda item: _named(item, "publisher"),
    "category": lambda item: _tag(item, 0, "term"),
    "tags": lambda item: item.subjects + tuple(Concept(name=k) for k in item.keywords),
}


MAIL = re.compile(r"\s*\([^()]*@[^()]*\)")  # an item has no mail addresses of persons


def _named(item: Item, role: str) -> str | None:
    return next((source.name for source in item.info_sources if source.role == role), None)


def _tag(item: Item, index: int, name: str) -> str | None:
    tags = item.subjects + tuple(Concept(name=keyword) for keyword in item.keywords)
    if index >= len(tags):
        return None
    tag = tags[index]
    return {"term": tag.literal or tag.name, "label": tag.name, "scheme": tag.scheme}[name]


def _author(item: Item, index: int, name: str) -> str | None:
    if name != "name":
        raise Unsaid(f"asks for the {name} of a person, which an item does not say")
    return item.bylines[index].name if index < len(item.bylines) else None


def _enclosure(item: Item, index: int, name: str) -> str | None:
    forms = [form for part in item.associations for form in part.renditions]
    if index >= len(forms):
        return None
    form = forms[index]
    size = None if form.size_in_bytes is None else str(form.size_in_bytes)
    return {"href": form.href, "url": form.href, "type": form.content_type, "length": size}[name]


def _link(item: Item, index: int, name: str) -> str | None:
    """The item's own page first, then what goes with it."""
    links: list[tuple[str, str]] = [("alternate", item.link)] if item.link else []
    forms = [form for part in item.associations for form in part.renditions]
    links += [("enclosure", form.href) for form in forms]
    if name == "rel" and item.link and len(links) > 1:
        raise Unsaid("asks for the order of links and enclosures, which an item does not say")
    if index < len(links) and name in ("rel", "href"):
        return links[index][name == "href"]
    raise Unsaid(f"asks for {name} of link {index}, which an item does not say")


def _thumbnail(item: Item, index: int, name: str) -> str | None:
    small = [
        form for part in item.associations for form in part.renditions if form.name == "thumbnail"
    ]
    if name != "url":
        raise Unsaid(f"asks for the {name} of a thumbnail, which an item does not say")
    return small[index].href if index < len(small) else None


_LISTS: dict[str, Any] = {
    "tags": _tag,
    "authors": _author,
    "enclosures": _enclosure,
    "links": _link,
    "media_thumbnail": _thumbnail,
}


# --- comparing -----------------------------------------------------------------------------------


def compared(found: object, op: str, expected: Any) -> str | None:
    if isinstance(found, str) and isinstance(expected, str) and op == "eq":
        return differ(found.strip(_EDGES), expected.strip(_EDGES))
    if op == "utc":
        instant = found.instant if isinstance(found, Moment) else None
        return differ(instant and instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), expected)
    if op == "len":
        return differ(len(found) if isinstance(found, tuple) else None, expected)
    if op == "lacks":
        return differ(found or None, None)
    if op == "ne":
        return None if found != expected else f"{found!r}"
    if op != "eq":
        raise Unsaid(f"asks whether something is {op}")
    if isinstance(found, Markup) and isinstance(expected, str):
        return _markup_differs(found, expected)
    return differ(found, expected)


def differ(found: object, expected: object) -> str | None:
    return None if found == expected else f"{found!r}, not {expected!r}"


class _Characters(HTMLParser):
    """The characters and links of HTML, by the standard library: a third reading."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.links: set[str] = set()

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links.update(value for name, value in attrs if (tag, name) == ("a", "href") and value)


_EDGES = " \t\r\n"


def _read(markup: str) -> str:
    """The characters of HTML."""
    parser = _Characters()
    parser.feed(markup)
    parser.close()
    return "".join(parser.parts)


_LAYOUT = {ord(character): None for character in " \t\n\f\r"}
_HTML = re.compile(r"</?[a-zA-Z!][^<>]*>|&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z]+);")


def _markup_differs(found: Markup, expected: str) -> str | None:
    """Whether our words are those of their HTML, and, where they are kept, our links too."""
    words, links = expected, frozenset[str]()
    if _HTML.search(expected):
        parser = _Characters()
        parser.feed(expected)
        parser.close()
        words, links = "".join(parser.parts), frozenset(parser.links)
    meant = words.translate(_LAYOUT)
    accounted = (found.whole or found.words).translate(_LAYOUT)
    if meant not in (found.words.translate(_LAYOUT), accounted):
        return f"{found.words!r}, not {words!r}"
    if found.linked and found.links != links:
        return f"links {sorted(found.links)}, not {sorted(links)}"
    return None
