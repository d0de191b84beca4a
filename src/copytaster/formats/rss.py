"""RSS 2.0, with 0.9x and the RDF forms (RSS 0.90, 1.0) as far as they say the same.

A feed is a window on what an agency said last: items have no version, absence means
nothing, and an item's date or its words may change under the same id (handbook: formats
§2.4). What is read from where, and what is left out: ``docs/reference/formats-rss.md``.
"""

import re
from collections.abc import Callable
from collections.abc import Iterator
from functools import partial

from lxml import etree

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats import _feed_words as words
from copytaster.formats._feed import RDF_ABOUT
from copytaster.formats._feed import RSS_CORE
from copytaster.formats._feed import Fields
from copytaster.formats._feed import Names
from copytaster.formats._feed import Notes
from copytaster.formats._feed import language_of
from copytaster.formats._feed import space
from copytaster.formats._feed import whole_numbers
from copytaster.formats._feed_item import Entry
from copytaster.formats._feed_item import Frame
from copytaster.formats._feed_item import build
from copytaster.formats._feed_item import identity
from copytaster.formats._feed_item import web_address
from copytaster.formats._feed_scan import Sources
from copytaster.formats._feed_words import Reading
from copytaster.formats._feed_words import Rendition
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
from copytaster.item import FormatName
from copytaster.item import Item
from copytaster.item import RawRef
from copytaster.item import Source

_RDF = "www.w3.org/1999/02/22-rdf-syntax-ns"
_ITEM = frozenset(("item",))
_MAIL = r"[^\s@()<>]{1,200}@[^\s@()<>]{1,200}"
_MAIL_FORMS = (
    re.compile(rf"{_MAIL}[ \t]*\(([^()]{{1,200}})\)"),
    re.compile(rf"([^()<>@]{{1,200}})[(<]{_MAIL}[)>]"),
)
_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}


def claims(sniff: Sniff) -> bool:
    """A root ``rss``, or an RDF document that speaks of an RSS namespace."""
    if sniff.root == "rss":
        return space(sniff.namespace) in RSS_CORE
    rdf = sniff.root == "RDF" and space(sniff.namespace) == _RDF
    return rdf and any(name and name in sniff.head.lower() for name in RSS_CORE)


def read(document: text.Xml, raw: RawRef, profile: Profile, context: Context) -> Parsed:
    """All items of a feed, in its order. Raises Unreadable, OverLimit.

    An item that cannot be read stands in ``failed``; a feed without items is a valid one.
    """
    root = document.root
    names = Names(RSS_CORE)
    channel = next((Fields(e, names) for e in root if names.of(e) == "channel"), None)
    if channel is None:
        raise Unreadable(
            f"RSS: the root <{etree.QName(root).localname}> holds no channel; "
            "check that the address gives a feed"
        )
    elements = list(_items(root))
    if len(elements) > MOST_ITEMS:
        raise OverLimit(f"RSS: {len(elements)} items in one feed, more than {MOST_ITEMS}")
    name = FormatName(name="rss", version=_version(root), dialect=_dialect(root))
    frame = _frame(channel, name, raw, context, document.repairs)
    sources = Sources(document.source, _ITEM)
    items: list[Item] = []
    failed: list[BadItem] = []
    for index, element in enumerate(elements):
        fields = Fields(element, names)
        try:
            reading = Reading(index=index, sources=sources, notes=Notes(profile), context=context)
            items.append(_item(fields, reading, frame))
        except Exception as error:  # noqa: BLE001  one item never loses its neighbours
            failed.append(bad_item(index, fields.text("guid"), error))
    return Parsed(
        format=name,
        items=tuple(items),
        failed=tuple(failed),
        feed=_facts(channel),
        snapshot=True,
    )


def _items(root: etree._Element) -> Iterator[etree._Element]:
    """The outermost elements called item, wherever the version of RSS puts them."""
    for element in root.iter("{*}item"):
        ancestors = element.iterancestors("{*}item")
        if next(ancestors, None) is None:
            yield element


def _version(root: etree._Element) -> str | None:
    if etree.QName(root).localname == "rss":
        return root.get("version")
    spaces = {space(uri) for uri in root.nsmap.values()}
    return "0.90" if "my.netscape.com/rdf/simple/0.9" in spaces else "1.0"


def _dialect(root: etree._Element) -> str | None:
    return "rdf" if etree.QName(root).localname == "RDF" else None


def _frame(
    channel: Fields, name: FormatName, raw: RawRef, context: Context, repairs: tuple[str, ...]
) -> Frame:
    title = channel.text("title")
    link = web_address(channel.text("link"), context.url)
    return Frame(
        name=name,
        raw=raw,
        context=context,
        feed_id=_relation(channel, "self") or context.url,
        language=channel.text("language", "dc:language") or language_of(channel.element),
        rights=channel.text("copyright", "dc:rights", "atom:rights", "media:copyright"),
        publisher=Source(name=title, uri=link, role="feed") if title or link else None,
        repairs=repairs,
    )


# --- one item ------------------------------------------------------------------------------------


def _item(fields: Fields, reading: Reading, frame: Frame) -> Item:
    notes = reading.notes
    base = reading.base(fields.element)
    link = _link(fields, base)
    given = fields.text("guid") or fields.element.get(RDF_ABOUT, "").strip() or None
    guid = identity(given, link, fields, notes)
    rendition, summary = _words(fields, reading)
    first = notes.date(fields, "pubDate", "dc:date", "dcterms:issued", "dcterms:created")
    changed = notes.date(fields, "atom:updated", "dcterms:modified")
    entry = Entry(
        guid=guid,
        link=link,
        headline=_headline(fields, notes),
        names=_names(fields),
        version_created=changed or first,
        first_created=first or notes.date(fields, "atom:published"),
        rendition=rendition,
        summary=summary,
        subjects=_subjects(fields),
        keywords=_keywords(fields),
        rights=fields.text("dc:rights", "media:copyright", "atom:rights", "copyright"),
        sources=_sources(fields),
    )
    return build(entry, fields, notes, frame, base)


def _headline(fields: Fields, notes: Notes) -> str | None:
    for name in ("title", "media:title", "dc:title"):
        element = fields.first(name)
        if element is not None and (found := words.headline(element, notes, name)):
            return found
    return None


def _link(fields: Fields, base: str | None) -> str | None:
    """``link``, an Atom alternate link, or a guid that is one (``isPermaLink``, default true)."""
    for element in fields.all("link"):
        if found := web_address(element.text or element.get("href"), base):
            return found
    for element in fields.all("atom:link"):
        is_page = element.get("rel", "alternate").strip().lower() == "alternate"
        if is_page and (found := web_address(element.get("href"), base)):
            return found
    for element in fields.all("guid"):
        if element.get("isPermaLink", "true").strip().lower() != "false":
            return web_address(element.text, None)
    return None


def _names(fields: Fields) -> tuple[str, ...]:
    """Who wrote it: ``dc:creator``, else the name in ``author``'s mail form, else itunes."""
    if creators := fields.texts("dc:creator"):
        return creators
    named = [_name(author) for author in fields.texts("author", "dc:author")]
    persons = [person.text("atom:name") for person in fields.inside("atom:author")]
    return tuple(name for name in named + persons if name) or fields.texts("itunes:author")


def _name(author: str) -> str | None:
    """The name beside a mail address; an address alone is nobody's byline."""
    for form in _MAIL_FORMS:
        if found := form.fullmatch(author):
            return found.group(1).strip()
    return None if "@" in author else author


def _words(fields: Fields, reading: Reading) -> tuple[Rendition | None, str | None]:
    """The fullest body and the summary beside it. The description is the body only by profile."""
    notes = reading.notes
    fuller = words.choose(_bodies(fields, reading), notes)
    description = fields.first("description", "dc:description")
    if fuller is None and description is not None and notes.profile.description_is_text:
        whole = words.choose([lambda: words.html_or_text(description, reading)], notes)
        return whole, _summary(fields, notes, "dcterms:abstract", "itunes:summary")
    wanted = ("description", "dc:description", "dcterms:abstract", "itunes:summary")
    return fuller, _summary(fields, notes, *wanted)


def _summary(fields: Fields, notes: Notes, *wanted: str) -> str | None:
    for element in fields.all(*wanted):
        if found := words.line(element, notes, "description"):
            return found
    return None


def _bodies(fields: Fields, reading: Reading) -> Iterator[Callable[[], Rendition]]:
    """What may hold the whole text, fullest first."""
    _hold_several(fields, reading.notes)
    for element in fields.all("content:encoded"):
        yield partial(words.html_or_text, element, reading)
    for element in fields.all("xhtml:body", "xhtml:div"):
        yield partial(words.xhtml, element, reading)
    for element in fields.all("media:text"):
        if element.get("start") is None:  # a part of a transcript is not the story
            yield partial(words.html_or_text, element, reading)
    for element in fields.all("atom:content", "body", "fullitem"):
        read_as = words.xhtml if len(element) else words.html_or_text
        yield partial(read_as, element, reading)


def _hold_several(fields: Fields, notes: Notes) -> None:
    """One of several bodies would be published and the others lost without a name."""
    count = len(fields.texts("content:encoded"))
    if count > 1:
        detail = f"{count} bodies that differ, one is read"
        notes.hold("words-unaccounted", "content:encoded", detail)


def _subjects(fields: Fields) -> tuple[Concept, ...]:
    found = [
        Concept(
            name=(element.text or element.get("label") or element.get("text") or "").strip(),
            scheme=element.get("domain") or element.get("scheme") or None,
        )
        for element in fields.all("category", "media:category", "itunes:category")
    ]
    return tuple(dict.fromkeys(concept for concept in found if concept.name))


def _keywords(fields: Fields) -> tuple[str, ...]:
    listed = ",".join(fields.texts("media:keywords", "itunes:keywords")).split(",")
    found = (*fields.texts("dc:subject"), *(word.strip() for word in listed))
    return tuple(dict.fromkeys(word for word in found if word))


def _sources(fields: Fields) -> tuple[Source, ...]:
    found = [
        Source(name=(e.text or "").strip() or None, uri=e.get("url") or None, role="source")
        for e in fields.all("source")
    ]
    return (*found, *(Source(name=n, role="publisher") for n in fields.texts("dc:publisher")))


# --- the feed ------------------------------------------------------------------------------------


def _facts(channel: Fields) -> FeedFacts:
    """When to come again and whom to ask for more (RSS 2.0; WebSub; RFC 5005; syndication)."""
    hours = [text or "" for skip in channel.inside("skipHours") for text in skip.texts("hour")]
    days = [text for skip in channel.inside("skipDays") for text in skip.texts("day")]
    return FeedFacts(
        ttl_minutes=_ttl(channel),
        skip_hours=tuple(dict.fromkeys(hour % 24 for hour in whole_numbers(hours, 0, 24))),
        skip_days=tuple(days[:7]),
        hub=_relation(channel, "hub"),
        self_link=_relation(channel, "self"),
        prev_archive=_relation(channel, "prev-archive"),
        complete=channel.first("fh:complete") is not None,
    )


def _ttl(channel: Fields) -> int | None:
    stated = whole_numbers(channel.texts("ttl"), 1, 525_600)
    if stated:
        return stated[0]
    period = _PERIODS.get(channel.text("sy:updatePeriod") or "")
    often = whole_numbers(channel.texts("sy:updateFrequency"), 1, 10_000)
    return max(1, period // (often[0] if often else 1)) if period else None


def _relation(channel: Fields, relation: str) -> str | None:
    for element in channel.all("atom:link"):
        if element.get("rel", "").strip().lower() == relation:
            return web_address(element.get("href"), None)
    return None


FORMAT = Format(name="rss", claims=claims, read=read)
