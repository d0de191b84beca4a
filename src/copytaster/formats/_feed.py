"""What RSS and Atom share: names by namespace, the fields of an element, dates, notes.

Names are matched by namespace and never by prefix (handbook: formats §1.3). Inside this
room they are written ``dc:creator``; the core names of the format being read stand bare.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from copytaster import moment
from copytaster.agency import Profile
from copytaster.formats._types import Context
from copytaster.formats._words import Words
from copytaster.formats._words import field
from copytaster.item import Remark
from copytaster.moment import Moment
from copytaster.moment import Precision

LONGEST_ID = 4_096

ATOM = "www.w3.org/2005/atom"
ATOM_03 = "purl.org/atom/ns"
TOMBSTONES = "purl.org/atompub/tombstones/1.0"
# Namespaces without scheme and without a last slash or hash, in lower case: senders vary these.
_PREFIXES = {
    ATOM: "atom",
    ATOM_03: "atom",
    TOMBSTONES: "at",
    "www.w3.org/2007/app": "app",
    "purl.org/rss/1.0/modules/content": "content",
    "purl.org/dc/elements/1.1": "dc",
    "purl.org/dc/elements/1.0": "dc",
    "purl.org/dc/terms": "dcterms",
    "purl.org/rss/1.0/modules/syndication": "sy",
    "search.yahoo.com/mrss": "media",
    "video.search.yahoo.com/mrss": "media",
    "www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "schemas.ingestion.microsoft.com/common": "mi",
    "feedsync.org/2007/feedsync": "sx",
    "www.microsoft.com/schemas/rss/sse": "sx",
    "www.microsoft.com/schemas/sse": "sx",
    "purl.org/syndication/history/1.0": "fh",
    "www.w3.org/1999/xhtml": "xhtml",
    "backend.userland.com/creativecommonsrssmodule": "cc",
    "www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "ap.org/schemas/03/2005/apnm": "apnm",
    "ap.org/schemas/03/2005/apcm": "apcm",
}
RSS_CORE = frozenset(
    (
        "",
        "purl.org/rss/1.0",
        "purl.org/net/rss1.1",
        "my.netscape.com/rdf/simple/0.9",
        "my.netscape.com/publish/formats/rss-0.91.dtd",
        "backend.userland.com/rss",
        "backend.userland.com/rss2",
        "backend.userland.com/rss091",
        "blogs.law.harvard.edu/tech/rss",
    )
)
ATOM_CORE = frozenset((ATOM, ATOM_03))
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def space(namespace: str | None) -> str:
    """A namespace as the tables here spell it."""
    bare = (namespace or "").strip().lower()
    return bare.removeprefix("http://").removeprefix("https://").rstrip("/#")


class Names:
    """Element names of one document: ``dc:creator``, ``title``; foreign ones keep their URI."""

    def __init__(self, core: frozenset[str]) -> None:
        self._core = core
        self._known: dict[str, str] = {}

    def of(self, element: etree._Element) -> str:
        tag = str(element.tag)
        if tag not in self._known:
            self._known[tag] = self._read(tag)
        return self._known[tag]

    def _read(self, tag: str) -> str:
        uri, _, local = tag.rpartition("}")
        where = space(uri.removeprefix("{"))
        if where in self._core:
            return local
        prefix = _PREFIXES.get(where)
        return f"{prefix}:{local}" if prefix else tag


class Fields:
    """The children of one element, by name."""

    def __init__(self, element: etree._Element, names: Names) -> None:
        self.element = element
        self.names = names
        self._children: dict[str, list[etree._Element]] = {}
        for child in element:
            self._children.setdefault(names.of(child), []).append(child)

    def all(self, *wanted: str) -> Iterator[etree._Element]:
        """Children with any of these names, name by name."""
        for name in wanted:
            yield from self._children.get(name, ())

    def first(self, *wanted: str) -> etree._Element | None:
        return next(self.all(*wanted), None)

    def texts(self, *wanted: str) -> tuple[str, ...]:
        """Their texts that are not blank, each once, trimmed of layout."""
        found = (content(element) for element in self.all(*wanted))
        return tuple(dict.fromkeys(value for value in found if value))

    def text(self, *wanted: str) -> str | None:
        return next(iter(self.texts(*wanted)), None)

    def inside(self, *wanted: str) -> "Iterator[Fields]":
        """Those children with their own fields."""
        for element in self.all(*wanted):
            yield Fields(element, self.names)


def content(element: etree._Element) -> str | None:
    """An element's text, trimmed of layout white space; None when blank."""
    return field(raw_content(element))


def raw_content(element: etree._Element) -> str:
    """An element's text, every character of it."""
    if len(element):
        return "".join(map(str, element.itertext()))
    return element.text or ""


def language_of(element: etree._Element) -> str | None:
    """The nearest ``xml:lang`` (XML 1.0 §2.12); an empty one says that none is known."""
    node: etree._Element | None = element
    while node is not None:
        found = node.get(XML_LANG)
        if found is not None:
            return found.strip() or None
        node = node.getparent()
    return None


def base_of(element: etree._Element, context: Context) -> str | None:
    """The absolute address relative links in an element are resolved against (XML Base)."""
    try:
        found = urljoin(context.url or "", element.base or "")
    except ValueError:
        return None
    return found if found.lower().startswith(("http://", "https://")) else None


class Notes:
    """What came to light while one item was read."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._holds: list[str] = []
        self._remarks: list[Remark] = []
        self._repairs: list[str] = []

    @property
    def holds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._holds))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        return tuple(self._remarks)

    @property
    def repairs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._repairs))

    def remark(self, code: str, path: str | None = None, detail: str | None = None) -> None:
        self._remarks.append(Remark(code=code, path=path, detail=detail and detail[:200]))

    def hold(self, code: str, path: str | None = None, detail: str | None = None) -> None:
        self._holds.append(code)
        self.remark(code, path, detail)

    def add(self, words: Words) -> Words:
        """The holds, remarks and repairs of words that go into the item."""
        self._holds += words.holds
        self._remarks += words.remarks
        self._repairs += words.repairs
        return words

    def date(self, fields: Fields, *wanted: str) -> Moment | None:
        """The first of these dates that gives an instant, else the first that is there.

        ``pubDate`` is read as RFC 822, all others as RFC 3339 or its wider profile W3C-DTF;
        one written in the other's grammar is read as that, and remarked on.
        """
        found = [self._read(raw, name) for name in wanted for raw in fields.texts(name)]
        chosen = next((m for m in found if m.instant is not None), None)
        chosen = chosen or next(iter(found), None)
        return None if chosen is None else self._kept(chosen)

    def iso(self, raw: str) -> Moment:
        """A date in RFC 3339, or in the wider profile of it that dcterms names."""
        return self._kept(self._iso(raw))

    def _kept(self, found: Moment) -> Moment:
        if found.repair is not None:
            self._repairs.append(found.repair)
        return found

    def _iso(self, raw: str) -> Moment:
        rules = self.profile.zone_rules
        strict = moment.rfc3339(raw, rules)
        return strict if _was_read(strict) else moment.w3cdtf(raw, rules)

    def _read(self, raw: str, name: str) -> Moment:
        rules = self.profile.zone_rules
        found = moment.feed(raw, rules) if name == "pubDate" else self._iso(raw)
        is_swapped = name == "pubDate" and raw[:4].isdecimal()
        if name != "pubDate" and not _was_read(found):
            found = moment.rfc822(raw, rules)
            is_swapped = True
        if is_swapped and _was_read(found):
            self.remark("date-grammar", name, raw)
        return found


def _was_read(found: Moment) -> bool:
    return found.precision is not Precision.none


def whole_numbers(texts: Iterable[str], lowest: int, highest: int) -> tuple[int, ...]:
    """The numbers among texts that lie between two bounds."""
    found = (int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 8)
    return tuple(number for number in found if lowest <= number <= highest)
