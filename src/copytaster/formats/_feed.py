"""What RSS and Atom share: names, the fields of an element, what is inherited, dates, notes.

Names are matched by namespace and never by prefix (handbook: formats §1.3). Inside this
room they are written ``dc:creator``; the core names of the format being read stand bare.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
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
from copytaster.moment import ZoneRules

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
    "creativecommons.org/ns": "cc",
    "web.resource.org/cc": "cc",
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
RDF_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
UNDETERMINED = "und"
"""BCP 47 for a language that the sender says is not known"""

_ANY_BASE = etree.XPath("boolean(//@xml:base)")
_ANY_LANGUAGE = etree.XPath("boolean(//@xml:lang)")
_NONE: tuple[etree._Element, ...] = ()
_UNRELATED: frozenset[str] = frozenset()


def space(namespace: str | None) -> str:
    """A namespace as the tables here spell it."""
    bare = (namespace or "").strip().lower()
    return bare.removeprefix("http://").removeprefix("https://").rstrip("/#")


class Names:
    """Element names of one document: ``dc:creator``, ``title``; foreign ones keep their URI."""

    def __init__(self, core: frozenset[str]) -> None:
        self._core = core
        self.known: dict[str, str] = {}
        """each tag that was met, to its name; a tag is taken apart once in a document"""

    def of(self, element: etree._Element) -> str:
        tag = str(element.tag)
        return self.known.get(tag) or self.learn(tag)

    def learn(self, tag: str) -> str:
        name = self.known[tag] = self._read(tag)
        return name

    def _read(self, tag: str) -> str:
        uri, _, local = tag.rpartition("}")
        where = space(uri.removeprefix("{"))
        if where in self._core:
            return local
        prefix = _PREFIXES.get(where)
        return f"{prefix}:{local}" if prefix else tag


class Fields:
    """The children of one element, by name."""

    __slots__ = ("_children", "element", "names")

    def __init__(self, element: etree._Element, names: Names) -> None:
        self.element = element
        self.names = names
        self._children: dict[str, list[etree._Element]] = {}
        children, known = self._children, names.known
        for child in element:
            tag = str(child.tag)
            name = known.get(tag) or names.learn(tag)
            if name in children:
                children[name].append(child)
            else:
                children[name] = [child]

    def has(self, group: frozenset[str]) -> bool:
        """Whether a child has one of these names: most items have none of most modules."""
        return not group.isdisjoint(self._children)

    def all(self, *wanted: str) -> Sequence[etree._Element]:
        """Children with any of these names, name by name."""
        children = self._children
        if len(wanted) == 1:
            return children.get(wanted[0], _NONE)
        return [element for name in wanted for element in children.get(name, _NONE)]

    def relations(self) -> frozenset[str]:
        """What the links of the element are to it (``rel``); empty when none of them says."""
        if "link" not in self._children and "atom:link" not in self._children:
            return _UNRELATED
        links = self.all("link", "atom:link")
        return frozenset([attribute(link, "rel") for link in links if link.get("rel")])

    def first(self, *wanted: str) -> etree._Element | None:
        for name in wanted:
            if name in self._children:
                return self._children[name][0]
        return None

    def texts(self, *wanted: str) -> tuple[str, ...]:
        """Their texts that are not blank, each once, trimmed of layout."""
        elements = self.all(*wanted)
        if not elements:
            return ()
        found = [value for element in elements if (value := content(element))]
        return tuple(found) if len(found) < 2 else tuple(dict.fromkeys(found))

    def text(self, *wanted: str) -> str | None:
        """The first of them that is not blank."""
        for name in wanted:
            for element in self._children.get(name, _NONE):
                if found := content(element):
                    return found
        return None

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


def attribute(element: etree._Element, name: str) -> str:
    """An attribute that holds a word of a small vocabulary: trimmed, in lower case."""
    return element.get(name, "").strip().lower()


def language_of(element: etree._Element) -> str | None:
    """The nearest ``xml:lang`` (XML 1.0 §2.12); an empty one says that none is known."""
    node: etree._Element | None = element
    while node is not None:
        found = own_language(node)
        if found is not None:
            return found
        node = node.getparent()
    return None


def own_language(element: etree._Element) -> str | None:
    """The element's own ``xml:lang`` in BCP 47, ``und`` for an empty one; None without one."""
    found = element.get(XML_LANG)
    return None if found is None else tag_of(found) or UNDETERMINED


def tag_of(word: str | None) -> str | None:
    """A language as BCP 47 spells it: senders put an underscore in the place of the hyphen."""
    return None if word is None else word.strip().replace("_", "-") or None


class Inherited:
    """What elements take from those around them: the base of their links, their language.

    Most documents set neither inside, and none of their elements is then asked.
    """

    def __init__(self, root: etree._Element, context: Context) -> None:
        self._bases = bool(_ANY_BASE(root))
        self._languages = bool(_ANY_LANGUAGE(root))
        self._context = context
        self._base = _web(context.url or "")

    def base(self, element: etree._Element) -> str | None:
        """The absolute address that relative links in the element are resolved against."""
        return base_of(element, self._context) if self._bases else self._base

    def language(self, element: etree._Element) -> str | None:
        """The nearest ``xml:lang``; None when there is none, or it says that none is known."""
        if not self._languages:
            return None
        return language_of(element)

    def own_language(self, element: etree._Element) -> str | None:
        return own_language(element) if self._languages else None


def base_of(element: etree._Element, context: Context) -> str | None:
    """The absolute address relative links in an element are resolved against (XML Base)."""
    try:
        return _web(urljoin(context.url or "", element.base or ""))
    except ValueError:
        return None


def _web(address: str) -> str | None:
    return address if address.lower().startswith(("http://", "https://")) else None


def whole_numbers(texts: Iterable[str], lowest: int, highest: int) -> tuple[int, ...]:
    """The numbers among texts that lie between two bounds."""
    found = (int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 8)
    return tuple(number for number in found if lowest <= number <= highest)


class Notes:
    """What came to light while one item was read."""

    __slots__ = ("_holds", "_remarks", "_repairs", "_rules", "profile")

    def __init__(self, profile: Profile, rules: ZoneRules | None = None) -> None:
        self.profile = profile
        self._rules = rules or profile.zone_rules
        self._holds: list[str] = []
        self._remarks: list[Remark] = []
        self._repairs: list[str] = []

    @property
    def holds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._holds)) if self._holds else ()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        return tuple(self._remarks)

    @property
    def repairs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._repairs)) if self._repairs else ()

    def remark(self, code: str, path: str | None = None, detail: str | None = None) -> None:
        self._remarks.append(Remark(code=code, path=path, detail=detail and detail[:200]))

    def repair(self, name: str, path: str) -> None:
        """A repair, which publishing needs allowed by the profile, and where it was made."""
        self._repairs.append(name)
        self.remark("repaired", path, name)

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
        """The first of these dates that gives an instant, else the first that is there. Of one
        that is there twice the last is taken.

        ``pubDate`` is read as RFC 822, all others as RFC 3339 or its wider profile W3C-DTF;
        one written in the other's grammar is read as that, and remarked on.
        """
        first: Moment | None = None
        for found in self._dates(fields, wanted):
            if found.instant is not None:
                return self._kept(found)
            first = first or found
        return None if first is None else self._kept(first)

    def iso(self, raw: str, *, embargo: bool = False) -> Moment:
        """A date in RFC 3339, or in the wider profile of it that dcterms names.

        ``embargo``: it may bind a story, so the profile's default zone is of no help.
        """
        rules = ZoneRules(named=self._rules.named, repairs=self._rules.repairs)
        return self._kept(_iso(raw, rules if embargo else self._rules))

    def _dates(self, fields: Fields, wanted: tuple[str, ...]) -> Iterator[Moment]:
        for name in wanted:
            for raw in reversed(fields.texts(name)):
                yield self._read(raw, name)

    def _kept(self, found: Moment) -> Moment:
        if found.repair is not None:
            self._repairs.append(found.repair)
        return found

    def _read(self, raw: str, name: str) -> Moment:
        rules = self._rules
        found = moment.rfc822(raw, rules) if name == "pubDate" else _iso(raw, rules)
        if _was_read(found):
            return found
        found = moment.feed(raw, rules)
        if _was_read(found):
            self.remark("date-grammar", name, raw)
        return found


def _iso(raw: str, rules: ZoneRules) -> Moment:
    strict = moment.rfc3339(raw, rules)
    return strict if _was_read(strict) else moment.w3cdtf(raw, rules)


def _was_read(found: Moment) -> bool:
    return found.precision is not Precision.none
