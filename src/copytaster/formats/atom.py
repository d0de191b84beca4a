"""Atom 1.0 (RFC 4287) with tombstones (RFC 6721); Atom 0.3 as far as it says the same.

A feed is a window on what an agency said last: absence means nothing, and only an
``at:deleted-entry`` takes an entry back. What is read from where, and what is left out:
``docs/reference/formats-atom.md``.
"""

import re
from collections.abc import Callable
from collections.abc import Iterator
from functools import partial

from lxml import etree

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats import _ap_atom
from copytaster.formats import _feed_media as media
from copytaster.formats import _feed_words as words
from copytaster.formats._feed import ATOM_CORE
from copytaster.formats._feed import Fields
from copytaster.formats._feed import Inherited
from copytaster.formats._feed import Names
from copytaster.formats._feed import Notes
from copytaster.formats._feed import attribute
from copytaster.formats._feed import space
from copytaster.formats._feed import tag_of
from copytaster.formats._feed_evidence import Evidence
from copytaster.formats._feed_evidence import holds_markup
from copytaster.formats._feed_item import Entry
from copytaster.formats._feed_item import Frame
from copytaster.formats._feed_item import build
from copytaster.formats._feed_item import identity
from copytaster.formats._feed_item import web_address
from copytaster.formats._feed_scan import Sources
from copytaster.formats._feed_tombstone import is_tombstone
from copytaster.formats._feed_tombstone import tombstone
from copytaster.formats._feed_words import Reading
from copytaster.formats._feed_words import Rendition
from copytaster.formats._neighbours import each
from copytaster.formats._size import oversize
from copytaster.formats._types import BadItem
from copytaster.formats._types import Context
from copytaster.formats._types import FeedFacts
from copytaster.formats._types import Format
from copytaster.formats._types import Parsed
from copytaster.formats._types import Sniff
from copytaster.formats._types import Unreadable
from copytaster.formats._types import no_more_than_allowed
from copytaster.item import Concept
from copytaster.item import Description
from copytaster.item import FormatName
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import RawRef
from copytaster.item import Source

_ITEMS = frozenset(("entry", "deleted-entry"))
_VERSIONS = {"www.w3.org/2005/atom": "1.0", "purl.org/atom/ns": "0.3"}
_HTML = ("html", "text/html")
_TEXT = ("", "text", "text/plain")
_XHTML = ("xhtml", "application/xhtml+xml")
_CONSTRUCTS = frozenset((*_TEXT, *_HTML, *_XHTML))
_ANY_OCTETS = "application/octet-stream"
_PAGES = ("", "alternate", "http://www.iana.org/assignments/relation/alternate")
_SUMMARIES = frozenset(("summary", "dcterms:abstract"))
_RIGHTS = frozenset(("rights", "copyright", "dc:rights", "media:copyright"))
_EXTENDED = re.compile(r"""=\s*["']https?://ap\.org/schemas/03/2005/ap[cn]m/?["']""")
# Every text in Atom says what it is: no evidence is ever asked for.
_TYPED = Evidence(lambda _: ())


def claims(sniff: Sniff) -> bool:
    """A root ``feed`` or ``entry`` in an Atom namespace, or a ``feed`` without one."""
    if sniff.root == "feed" and sniff.namespace is None:
        return True
    return sniff.root in ("feed", "entry") and space(sniff.namespace) in ATOM_CORE


def read(document: text.Xml, raw: RawRef, profile: Profile, context: Context) -> Parsed:
    """All entries and tombstones of a feed, in its order. Raises Unreadable, OverLimit.

    An entry that cannot be read stands in ``failed``; a feed without entries is a valid one.
    """
    root = document.root
    qname = etree.QName(root)
    if qname.localname not in ("feed", "entry"):
        raise Unreadable(f"Atom: the root is <{qname.localname}>, neither feed nor entry")
    names = Names(ATOM_CORE if qname.namespace else ATOM_CORE | {""})
    elements = no_more_than_allowed(_entries(root))
    feed = Fields(root, names)
    name = FormatName(
        name="atom",
        version=_VERSIONS.get(space(qname.namespace)),
        dialect="ap" if _EXTENDED.search(document.source) else None,
    )
    inherited = Inherited(root, context)
    frame = _frame(feed, name, raw, context, inherited, document.repairs)
    sources = Sources(document.source, _ITEMS)

    def read_one(index: int, element: etree._Element) -> Item | BadItem:
        if (told := oversize(element)) is not None:
            return BadItem(index=index, guid=None, error=f"Atom: {told}")
        fields, notes = Fields(element, names), Notes(profile)
        if is_tombstone(element, names):
            return tombstone(fields, notes, frame)
        reading = Reading(
            index=index,
            sources=sources,
            notes=notes,
            context=context,
            inherited=inherited,
            evidence=_TYPED,
        )
        return _entry(fields, reading, frame, feed)

    found = each(
        elements,
        read_one,
        lambda element: Fields(element, names).text("id") or element.get("ref"),
    )
    return Parsed(
        format=name,
        items=found.items,
        failed=found.failed,
        feed=_facts(feed),
        # An archive (RFC 5005 §4) is no present window.
        snapshot=feed.first("fh:archive") is None,
    )


def _entries(root: etree._Element) -> Iterator[etree._Element]:
    """The outermost entries and tombstones, in the order of the document."""
    if etree.QName(root).localname == "entry":
        yield root
        return
    for element in root.iter("{*}entry", "{*}deleted-entry"):
        if next(element.iterancestors("{*}entry", "{*}deleted-entry"), None) is None:
            yield element


def _frame(
    feed: Fields,
    name: FormatName,
    raw: RawRef,
    context: Context,
    inherited: Inherited,
    repairs: tuple[str, ...],
) -> Frame:
    whole = etree.QName(feed.element).localname == "feed"
    title = feed.text("title") if whole else None
    return Frame(
        name=name,
        raw=raw,
        context=context,
        inherited=inherited,
        feed_id=(feed.text("id") if whole else None) or context.url,
        language=tag_of(feed.text("dc:language")) if whole else None,
        rights=feed.text("rights", "copyright", "dc:rights", "media:copyright") if whole else None,
        publisher=Source(name=title, uri=_relation(feed, "self"), role="feed") if title else None,
        restrictions=media.restrictions(feed) if whole else (),
        repairs=repairs,
    )


# --- an entry ------------------------------------------------------------------------------------


def _entry(fields: Fields, reading: Reading, frame: Frame, feed: Fields) -> Item:
    notes = reading.notes
    base = reading.base(fields.element)
    link = _alternate(fields, base)
    title = _headline(fields, reading)
    ap = _ap_atom.read(fields, title.value if title else None, notes)
    rendition = words.choose(_bodies(fields, reading), notes, words=reading.context.words)
    source = next(fields.inside("source"), None)
    published = notes.date(
        fields, "published", "issued", "created", "dcterms:issued", "dcterms:created", "dc:date"
    )
    updated = notes.date(fields, "updated", "modified", "dcterms:modified")
    entry = Entry(
        guid=identity(ap.guid or fields.text("id"), link, fields, notes),
        link=link,
        headline=title,
        names=_names(fields, source, feed),
        version_created=updated or published,
        first_created=published,
        rendition=rendition,
        summary=_summary(fields, reading),
        language=tag_of(fields.text("dc:language")),
        subjects=_subjects(fields),
        keywords=fields.texts("dc:subject"),
        rights=_rights(fields, reading) or (_rights(source, reading) if source else None),
        sources=_sources(source, reading),
    )
    return build(entry, fields, notes, frame, base, ap)


def _alternate(fields: Fields, base: str | None) -> str | None:
    """The entry's own page: a link without ``rel`` is an alternate (RFC 4287 §4.2.7.2)."""
    for element in fields.all("link"):
        is_page = element.get("rel") is None or attribute(element, "rel") in _PAGES
        # An address in the element in the place of the attribute is a known mistake.
        if is_page and (found := web_address(element.get("href") or element.text, base)):
            return found
    return None


def _headline(fields: Fields, reading: Reading) -> Headline | None:
    found = _construct(fields, reading, "title", "media:title", "dc:title")
    return None if found is None else Headline(value=found[0], lang=found[1])


def _summary(fields: Fields, reading: Reading) -> Description | None:
    if fields.has(_SUMMARIES):
        found = _construct(fields, reading, "summary", "dcterms:abstract")
        if found is not None:
            return Description(value=found[0], lang=found[1])
    return words.of_media(fields, reading)


def _rights(fields: Fields, reading: Reading) -> str | None:
    if not fields.has(_RIGHTS):
        return None
    found = _construct(fields, reading, "rights", "copyright")
    return found[0] if found else fields.text("dc:rights", "media:copyright")


def _construct(fields: Fields, reading: Reading, *wanted: str) -> tuple[str, str | None] | None:
    """A text construct as readers see it (RFC 4287 §3.1), with its own language.

    Its type says what it is. Atom 0.3 has media types there, and base64.
    """
    for name in wanted:
        for element in fields.all(name):
            if found := _text(element, reading, name):
                return found, reading.inherited.own_language(element)
    return None


def _text(element: etree._Element, reading: Reading, name: str) -> str | None:
    kind = _type(element)
    read_as = words.headline if name.endswith("title") else words.line
    if kind in _CONSTRUCTS and attribute(element, "mode") != "base64":
        return read_as(element, reading, name, html=kind in _HTML)
    value = _octets(element, kind, reading.notes, name)
    if value is None:
        return None
    bare = etree.Element("text")  # the characters in an element of their own
    bare.text = value
    return read_as(bare, reading, name, html=_is_html(kind, value))


def _octets(element: etree._Element, kind: str, notes: Notes, path: str) -> str | None:
    """Characters in base64: by ``mode`` in Atom 0.3; in 1.0 that is how octets are written.

    Octets that nothing calls text are read when they are UTF-8: a repair, for the profile to
    allow. Any other type is left aside.
    """
    if kind not in _CONSTRUCTS and kind != _ANY_OCTETS:
        notes.remark("content-type-aside", path, kind)
        return None
    value = words.decoded(element, notes, path)
    if value is not None and kind == _ANY_OCTETS:
        notes.repair("octets", path)
    return value


def _is_html(kind: str, value: str) -> bool:
    return kind in _HTML or kind in _XHTML or (kind == _ANY_OCTETS and holds_markup(value))


def _type(element: etree._Element) -> str:
    """The type in lower case; Atom 0.3 says how it is written in ``mode``."""
    kind = element.get("type")
    return kind.partition(";")[0].strip().lower() if kind else ""


def _names(fields: Fields, source: Fields | None, feed: Fields) -> tuple[str, ...]:
    """Authors of the entry, else of its source, else of the feed (RFC 4287 §4.2.1)."""
    for place in (fields, source, feed):
        if place is None:
            continue
        found = [person.text("name") or "" for person in place.inside("author")]
        if any(found):
            return tuple(dict.fromkeys(name for name in found if name))
        if creators := place.texts("dc:creator"):
            return creators
    return ()


def _bodies(fields: Fields, reading: Reading) -> Iterator[Callable[[], Rendition]]:
    contents = fields.all("content")
    if len(contents) > 1:
        _hold_several(fields, reading.notes)
    for element in contents:
        read_as = _reader(element, reading.notes)
        if read_as is not None:
            yield partial(read_as, element, reading)
    for element in fields.all("content:encoded"):
        yield partial(words.html_or_text, element, reading)


def _hold_several(fields: Fields, notes: Notes) -> None:
    """An entry has one content (RFC 4287 §4.1.2); of several that differ one would be lost."""
    inline = [e for e in fields.all("content") if e.get("src") is None]
    count = len({"".join(map(str, element.itertext())).strip() for element in inline})
    if count > 1:
        notes.hold("words-unaccounted", "content", f"{count} contents that differ, one is read")


def _reader(
    element: etree._Element, notes: Notes
) -> Callable[[etree._Element, Reading], Rendition] | None:
    """How a content element is read (RFC 4287 §4.1.3.3); None for what is left aside."""
    kind = _type(element)
    if element.get("src") is not None:
        notes.remark("content-elsewhere", "content", element.get("src"))
        return None
    if attribute(element, "mode") == "base64" or kind == _ANY_OCTETS:
        return _coded(element, kind, notes)
    if kind in _HTML and _holds(element, "div") and holds_markup(escaped := _only_text(element)):
        return partial(words.html, value=escaped)  # escaped markup inside a wrapper
    if kind in _XHTML or (kind in _HTML and len(element)):
        return words.xhtml
    if kind in _HTML:
        return words.html
    if kind.endswith(("+xml", "/xml")) or kind in _TEXT:
        if _holds(element, "nitf"):
            return words.nitf
        if _holds(element, "html") or _holds(element, "div"):
            return words.xhtml
    if kind in _TEXT or (kind.startswith("text/") and not kind.endswith("xml")):
        return words.plain
    notes.remark("content-type-aside", "content", kind)
    return None


def _coded(
    element: etree._Element, kind: str, notes: Notes
) -> Callable[[etree._Element, Reading], Rendition] | None:
    value = _octets(element, kind, notes, "content")
    if value is None:
        return None
    return partial(words.html if _is_html(kind, value) else words.plain, value=value)


def _only_text(element: etree._Element) -> str:
    """The text of an element's one child, when that has nothing but text."""
    child = element[0]
    aside = (element.text or "") + (child.tail or "")
    return "" if len(child) or aside.strip() else child.text or ""


def _holds(element: etree._Element, local: str) -> bool:
    return len(element) == 1 and etree.QName(element[0]).localname == local


def _subjects(fields: Fields) -> tuple[Concept, ...]:
    found = [
        Concept(
            literal=element.get("term") or None,
            name=element.get("label") or element.get("term") or element.text or None,
            scheme=element.get("scheme") or None,
        )
        for element in fields.all("category")
    ]
    return tuple(dict.fromkeys(concept for concept in found if concept.name))


def _sources(source: Fields | None, reading: Reading) -> tuple[Source, ...]:
    if source is None:
        return ()
    title = _construct(source, reading, "title")
    return (Source(name=title[0] if title else None, uri=source.text("id"), role="source"),)


# --- the feed ------------------------------------------------------------------------------------


def _facts(feed: Fields) -> FeedFacts:
    """Whom to ask for more: WebSub hub, RFC 5005 archives."""
    return FeedFacts(
        hub=_relation(feed, "hub"),
        self_link=_relation(feed, "self"),
        prev_archive=_relation(feed, "prev-archive"),
        complete=feed.first("fh:complete") is not None,
    )


def _relation(feed: Fields, relation: str) -> str | None:
    for element in feed.all("link"):
        if attribute(element, "rel") == relation:
            return web_address(element.get("href"), None)
    return None


FORMAT = Format(name="atom", claims=claims, read=read)
