"""Atom 1.0 (RFC 4287) with tombstones (RFC 6721); Atom 0.3 as far as it says the same.

A feed is a window on what an agency said last: absence means nothing, and only an
``at:deleted-entry`` takes an entry back. What is read from where, and what is left out:
``docs/reference/formats-atom.md``.
"""

from collections.abc import Callable
from collections.abc import Iterator
from functools import partial

from lxml import etree

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats import _feed_words as words
from copytaster.formats._feed import ATOM_CORE
from copytaster.formats._feed import LONGEST_ID
from copytaster.formats._feed import Fields
from copytaster.formats._feed import Names
from copytaster.formats._feed import Notes
from copytaster.formats._feed import space
from copytaster.formats._feed_item import BadEntry
from copytaster.formats._feed_item import Entry
from copytaster.formats._feed_item import Frame
from copytaster.formats._feed_item import build
from copytaster.formats._feed_item import identity
from copytaster.formats._feed_item import web_address
from copytaster.formats._feed_scan import Sources
from copytaster.formats._feed_words import Reading
from copytaster.formats._feed_words import Rendition
from copytaster.formats._hash import seal
from copytaster.formats._types import MOST_ITEMS
from copytaster.formats._types import BadItem
from copytaster.formats._types import Context
from copytaster.formats._types import FeedFacts
from copytaster.formats._types import Format
from copytaster.formats._types import OverLimit
from copytaster.formats._types import Parsed
from copytaster.formats._types import Sniff
from copytaster.formats._types import Unreadable
from copytaster.formats._types import bad_item
from copytaster.item import Concept
from copytaster.item import EditorialType
from copytaster.item import FormatName
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.item import RawRef
from copytaster.item import Source
from copytaster.item import Target

_ITEMS = frozenset(("entry", "deleted-entry"))
_VERSIONS = {"www.w3.org/2005/atom": "1.0", "purl.org/atom/ns": "0.3"}
_HTML = ("html", "text/html")
_TEXT = ("", "text", "text/plain")
_XHTML = ("xhtml", "application/xhtml+xml")


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
    elements = list(_entries(root))
    if len(elements) > MOST_ITEMS:
        raise OverLimit(f"Atom: {len(elements)} entries in one feed, more than {MOST_ITEMS}")
    feed = Fields(root, names)
    name = FormatName(name="atom", version=_VERSIONS.get(space(qname.namespace)))
    frame = _frame(feed, name, raw, context, document.repairs)
    sources = Sources(document.source, _ITEMS)
    items: list[Item] = []
    failed: list[BadItem] = []
    for index, element in enumerate(elements):
        fields = Fields(element, names)
        reading = Reading(index=index, sources=sources, notes=Notes(profile), context=context)
        try:
            items.append(_item(fields, reading, frame, feed))
        except Exception as error:  # noqa: BLE001  one item never loses its neighbours
            failed.append(bad_item(index, fields.text("id"), error))
    return Parsed(
        format=name, items=tuple(items), failed=tuple(failed), feed=_facts(feed), snapshot=True
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
    feed: Fields, name: FormatName, raw: RawRef, context: Context, repairs: tuple[str, ...]
) -> Frame:
    title = feed.text("title") if etree.QName(feed.element).localname == "feed" else None
    return Frame(
        name=name,
        raw=raw,
        context=context,
        feed_id=feed.text("id") if title is not None else context.url,
        language=None,  # xml:lang is inherited element by element
        rights=feed.text("rights", "copyright") if title is not None else None,
        publisher=Source(name=title, uri=_relation(feed, "self"), role="feed") if title else None,
        repairs=repairs,
    )


def _item(fields: Fields, reading: Reading, frame: Frame, feed: Fields) -> Item:
    if fields.names.of(fields.element).endswith("deleted-entry"):
        return _tombstone(fields, reading.notes, frame)
    return _entry(fields, reading, frame, feed)


# --- an entry ------------------------------------------------------------------------------------


def _entry(fields: Fields, reading: Reading, frame: Frame, feed: Fields) -> Item:
    notes = reading.notes
    base = reading.base(fields.element)
    link = _alternate(fields, base)
    rendition = words.choose(_bodies(fields, reading), notes)
    source = next(fields.inside("source"), None)
    published = notes.date(
        fields, "published", "issued", "created", "dcterms:issued", "dcterms:created", "dc:date"
    )
    updated = notes.date(fields, "updated", "modified", "dcterms:modified")
    entry = Entry(
        guid=identity(fields.text("id"), link, fields, notes),
        link=link,
        headline=_construct(fields, "title", notes),
        names=_names(fields, source, feed),
        version_created=updated or published,
        first_created=published,
        rendition=rendition,
        summary=_construct(fields, "summary", notes),
        subjects=_subjects(fields),
        keywords=fields.texts("dc:subject"),
        rights=_construct(fields, "rights", notes) or (source.text("rights") if source else None),
        sources=_sources(source),
    )
    return build(entry, fields, notes, frame, base)


def _alternate(fields: Fields, base: str | None) -> str | None:
    """The entry's own page: a link without ``rel`` is an alternate (RFC 4287 §4.2.7.2)."""
    for element in fields.all("link"):
        is_page = element.get("rel", "alternate").strip().lower() == "alternate"
        if is_page and (found := web_address(element.get("href"), base)):
            return found
    return None


def _construct(fields: Fields, name: str, notes: Notes) -> str | None:
    """A text construct as readers see it (RFC 4287 §3.1): its type says what it is."""
    for element in fields.all(name):
        kind, mode = _type(element), element.get("mode", "").lower()
        if kind not in (*_TEXT, *_HTML, *_XHTML) or mode == "base64":
            notes.remark("content-type-aside", name, mode or kind)
            continue
        html = kind in _HTML
        read_as = words.headline if name == "title" else words.line
        if found := read_as(element, notes, name, html=html):
            return found
    return None


def _type(element: etree._Element) -> str:
    """The type in lower case; Atom 0.3 says how it is written in ``mode``."""
    return element.get("type", "").partition(";")[0].strip().lower()


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
    for element in fields.all("content"):
        read_as = _reader(element, reading.notes)
        if read_as is not None:
            yield partial(read_as, element, reading)


def _reader(
    element: etree._Element, notes: Notes
) -> Callable[[etree._Element, Reading], Rendition] | None:
    """How a content element is read (RFC 4287 §4.1.3.3); None for what is left aside."""
    kind = _type(element)
    if element.get("src") is not None:
        notes.remark("content-elsewhere", "content", element.get("src"))
        return None
    if element.get("mode", "").lower() == "base64":
        notes.remark("content-type-aside", "content", "base64")
        return None
    if kind in _XHTML or (kind in _HTML and len(element)):
        return words.xhtml
    if kind in _HTML:
        return words.html
    if kind in _TEXT or (kind.startswith("text/") and not kind.endswith("xml")):
        return words.plain
    if kind.endswith(("+xml", "/xml")) and _holds(element, "nitf"):
        return words.nitf
    notes.remark("content-type-aside", "content", kind)
    return None


def _holds(element: etree._Element, local: str) -> bool:
    return len(element) == 1 and etree.QName(element[0]).localname == local


def _subjects(fields: Fields) -> tuple[Concept, ...]:
    found = (
        Concept(
            literal=element.get("term") or None,
            name=element.get("label") or element.get("term") or element.text or None,
            scheme=element.get("scheme") or None,
        )
        for element in fields.all("category")
    )
    return tuple(dict.fromkeys(concept for concept in found if concept.name))


def _sources(source: Fields | None) -> tuple[Source, ...]:
    if source is None:
        return ()
    return (Source(name=source.text("title"), uri=source.text("id"), role="source"),)


# --- a tombstone ---------------------------------------------------------------------------------


def _tombstone(fields: Fields, notes: Notes, frame: Frame) -> Item:
    """A notice that an entry was deleted (RFC 6721 §3). Whether it binds is not decided here:
    only the entry's own feed may take it back, and an entry that is newer was restored.
    """
    ref = fields.element.get("ref", "").strip(" \t\r\n")
    if not ref or len(ref) > LONGEST_ID:
        raise BadEntry("a deleted-entry without a ref of sensible length: it names no entry")
    raw = fields.element.get("when", "")
    when = notes.iso(raw)
    if when.instant is None:
        notes.remark("date-unreadable", "at:deleted-entry/@when", raw)
    return seal(
        Item(
            provider=notes.profile.id,
            guid=f"tombstone:{ref}@{raw}",
            feed_id=frame.feed_id,
            version_created=when,
            content_hash="",
            pub_status=PubStatus.canceled,
            status_raw="deleted-entry",
            editorial_types=(EditorialType.kill,),
            targets=(Target(idref=ref, new_status=PubStatus.canceled, when=when),),
            ed_note=fields.text("at:comment", "comment"),
            by=None,
            raw_ref=frame.raw,
            format=frame.name,
            repairs=tuple(dict.fromkeys(frame.repairs + notes.repairs)),
            warnings=notes.remarks,
        )
    )


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
        if element.get("rel", "").strip().lower() == relation:
            return web_address(element.get("href"), None)
    return None


FORMAT = Format(name="atom", claims=claims, read=read)
