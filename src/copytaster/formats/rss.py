"""RSS 2.0, with 0.9x and the RDF forms (RSS 0.90, 1.0) as far as they say the same.

A feed is a window on what an agency said last: items have no version, absence means
nothing, and an item's date or its words may change under the same id (handbook: formats
§2.4). What is read from where, and what is left out: ``docs/reference/formats-rss.md``.
"""

import re
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from functools import partial

from lxml import etree

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats import _ap_atom
from copytaster.formats import _feed_media as media
from copytaster.formats import _feed_words as words
from copytaster.formats._feed import RDF_ABOUT
from copytaster.formats._feed import RSS_CORE
from copytaster.formats._feed import Fields
from copytaster.formats._feed import Inherited
from copytaster.formats._feed import Names
from copytaster.formats._feed import Notes
from copytaster.formats._feed import attribute
from copytaster.formats._feed import content
from copytaster.formats._feed import space
from copytaster.formats._feed import tag_of
from copytaster.formats._feed import whole_numbers
from copytaster.formats._feed_evidence import Evidence
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

_RDF = "www.w3.org/1999/02/22-rdf-syntax-ns"
_ITEM = frozenset(("item",))
_MAIL = r"[^\s@()<>\[\],;:\"]{1,200}@[^\s@()<>\[\],;:\"]{1,200}"
_MAIL_FORMS = (
    re.compile(rf"{_MAIL}[ \t]*[(\[]([^()\[\]]{{1,200}})[)\]]"),  # RSS 2.0: mail (name)
    re.compile(rf"([^()<>@]{{1,200}})[(<\[](?:mailto:)?{_MAIL}[)>\]]"),  # RFC 5322: name <mail>
    re.compile(rf"{_MAIL}[ \t]*[-–—,;:|][ \t]*([^@]{{1,200}})"),
    re.compile(rf"{_MAIL}[ \t]+([^@]{{1,200}})"),
)
_QUOTED = re.compile(r'"([^"]{1,200})"')
_APPLE = "http://www.itunes.com/"
"""the vocabulary of itunes categories, told from the sender's own"""
_MEDIA_SCHEME = "http://search.yahoo.com/mrss/category_schema"
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
    elements = no_more_than_allowed(_items(root))
    channel = _channel(root, names, has_items=bool(elements))
    name = FormatName(name="rss", version=_version(root), dialect=_dialect(root))
    inherited = Inherited(root, context)
    frame = _frame(channel, name, raw, context, inherited, document.repairs)
    sources = Sources(document.source, _ITEM)
    evidence = Evidence(partial(_values, elements, names))

    def read_one(index: int, element: etree._Element) -> Item | BadItem:
        if (told := oversize(element)) is not None:
            return BadItem(index=index, guid=None, error=f"RSS: {told}")
        notes = Notes(profile)
        reading = Reading(
            index=index,
            sources=sources,
            notes=notes,
            context=context,
            inherited=inherited,
            evidence=evidence,
        )
        return _item(Fields(element, names), reading, frame)

    found = each(elements, read_one, lambda element: Fields(element, names).text("guid"))
    gone = each(
        _tombstones(root, channel),
        lambda _, element: tombstone(Fields(element, names), Notes(profile), frame),
        lambda element: element.get("ref"),
        first=len(elements),
    )
    return Parsed(
        format=name,
        items=found.items + gone.items,
        failed=found.failed + gone.failed,
        feed=_facts(channel),
        # An archive (RFC 5005 §4) is no present window.
        snapshot=channel.first("fh:archive") is None,
    )


def _channel(root: etree._Element, names: Names, *, has_items: bool) -> Fields:
    """The channel; of a feed that has lost its channel and not its items, the root."""
    found = next((e for e in root if names.of(e) == "channel"), None)
    if found is not None:
        return Fields(found, names)
    if not has_items:
        raise Unreadable(
            f"RSS: the root <{etree.QName(root).localname}> holds no channel and no item; "
            "check that the address gives a feed"
        )
    return Fields(root, names)


def _items(root: etree._Element) -> Iterator[etree._Element]:
    """The outermost elements called item, wherever the version of RSS puts them."""
    for element in root.iter("{*}item"):
        if next(element.iterancestors("{*}item"), None) is None:
            yield element


def _tombstones(root: etree._Element, channel: Fields) -> Iterator[etree._Element]:
    """Deleted entries (RFC 6721) that stand beside the items."""
    for place in dict.fromkeys((channel.element, root)):
        yield from (element for element in place if is_tombstone(element, channel.names))


def _values(elements: list[etree._Element], names: Names, path: str) -> Iterator[str]:
    """All values of one field in the feed."""
    for element in elements:
        for child in element:
            if names.of(child) == path and (value := content(child)):
                yield value


def _version(root: etree._Element) -> str | None:
    if etree.QName(root).localname == "rss":
        return root.get("version")
    spaces = {space(uri) for uri in root.nsmap.values()}
    return "0.90" if "my.netscape.com/rdf/simple/0.9" in spaces else "1.0"


def _dialect(root: etree._Element) -> str | None:
    return "rdf" if etree.QName(root).localname == "RDF" else None


def _frame(
    channel: Fields,
    name: FormatName,
    raw: RawRef,
    context: Context,
    inherited: Inherited,
    repairs: tuple[str, ...],
) -> Frame:
    title = channel.text("title")
    link = web_address(channel.text("link"), inherited.base(channel.element))
    stated = tag_of(channel.text("language", "dc:language"))
    return Frame(
        name=name,
        raw=raw,
        context=context,
        inherited=inherited,
        feed_id=_relation(channel, "self") or context.url,
        language=stated or inherited.language(channel.element),
        rights=channel.text("copyright", "dc:rights", "atom:rights", "media:copyright"),
        publisher=Source(name=title, uri=link, role="feed") if title or link else None,
        restrictions=media.restrictions(channel),
        repairs=repairs,
    )


# --- one item ------------------------------------------------------------------------------------


def _item(fields: Fields, reading: Reading, frame: Frame) -> Item:
    notes = reading.notes
    base = reading.base(fields.element)
    link = _link(fields, base)
    about = fields.element.get(RDF_ABOUT)
    given = fields.text("guid", "atom:id") or (about.strip() if about else None) or None
    headline = _headline(fields, reading)
    ap = _ap_atom.read(fields, headline.value if headline else None, notes)
    rendition, summary = _words(fields, reading)
    first = notes.date(fields, "pubDate", "dc:date", "dcterms:issued", "dcterms:created")
    changed = notes.date(fields, "atom:updated", "dcterms:modified")
    entry = Entry(
        guid=identity(ap.guid or given, link, fields, notes),
        link=link,
        headline=headline,
        names=_names(fields, notes),
        version_created=changed or first,
        first_created=first or notes.date(fields, "atom:published"),
        rendition=rendition,
        summary=summary,
        language=tag_of(fields.text("dc:language", "language")),
        subjects=_subjects(fields) if fields.has(_SUBJECTS) else (),
        keywords=_keywords(fields) if fields.has(_KEYWORDS) else (),
        rights=fields.text("dc:rights", "media:copyright", "atom:rights", "copyright"),
        sources=_sources(fields) if fields.has(_SOURCES) else (),
    )
    return build(entry, fields, notes, frame, base, ap)


_SUBJECTS = frozenset(("category", "media:category", "itunes:category", "atom:category"))
_KEYWORDS = frozenset(("dc:subject", "media:keywords", "itunes:keywords"))
_SOURCES = frozenset(("source", "dc:publisher"))


def _headline(fields: Fields, reading: Reading) -> Headline | None:
    for name in ("title", "media:title", "dc:title", "atom:title"):
        element = fields.first(name)
        if element is not None and (found := words.headline(element, reading, name)):
            return Headline(value=found, lang=reading.inherited.own_language(element))
    return None


def _link(fields: Fields, base: str | None) -> str | None:
    """``link``, an Atom alternate link, or a guid that is one (``isPermaLink``, default true)."""
    for element in fields.all("link"):
        if found := web_address(element.text or element.get("href"), base):
            return found
    for element in fields.all("atom:link"):
        is_page = (attribute(element, "rel") or "alternate") == "alternate"
        if is_page and (found := web_address(element.get("href"), base)):
            return found
    for element in fields.all("guid"):
        if attribute(element, "isPermaLink") in ("", "true"):
            return web_address(element.text, None)
    return None


def _names(fields: Fields, notes: Notes) -> tuple[str, ...]:
    """Who wrote it: ``dc:creator``, else the name in ``author``'s mail form, else itunes."""
    if creators := fields.texts("dc:creator"):
        return creators if "@" not in "".join(creators) else _creators(creators)
    if not fields.has(_AUTHORS):
        return ()
    named = [_name(author, notes) for author in fields.texts("author", "dc:author")]
    persons = [person.text("atom:name") for person in fields.inside("atom:author")]
    found = tuple(dict.fromkeys(name for name in named + persons if name))
    return found or fields.texts("itunes:author")


_AUTHORS = frozenset(("author", "dc:author", "atom:author", "itunes:author"))


def _creators(creators: tuple[str, ...]) -> tuple[str, ...]:
    """As sent, but for a name in a mail form: an address is nobody's byline."""
    return tuple(dict.fromkeys(_in_form(creator) or creator for creator in creators))


def _name(author: str, notes: Notes) -> str | None:
    """The name beside a mail address; an address alone is nobody's byline."""
    if "@" not in author:
        return author
    found = _in_form(author)
    if found is None:
        notes.remark("byline-left-out", "author", author)
    return found


def _in_form(author: str) -> str | None:
    for form in _MAIL_FORMS:
        if found := form.fullmatch(author):
            name = found.group(1).strip()
            quoted = _QUOTED.fullmatch(name)
            return quoted.group(1).strip() if quoted else name
    return None


def _words(fields: Fields, reading: Reading) -> tuple[Rendition | None, Description | None]:
    """The fullest body and the summary beside it. The description is the body only by profile."""
    notes, asked = reading.notes, reading.context.words
    fuller = None
    if fields.has(_FULLER):
        fuller = words.choose(_bodies(fields, reading), notes, words=asked)
    description = fields.first("description", "dc:description")
    if fuller is None and description is not None and notes.profile.description_is_text:
        read_as = partial(words.html_or_text, description, reading, "description")
        whole = words.choose([read_as], notes, words=asked)
        return whole, _summary(fields, reading, _ABSTRACTS if whole else _DESCRIPTIONS)
    return fuller, _summary(fields, reading, _DESCRIPTIONS)


_ABSTRACTS = ("dcterms:abstract", "atom:summary", "itunes:summary")
_DESCRIPTIONS = ("description", "dc:description", *_ABSTRACTS)
_FULLER = frozenset(
    (
        *("content:encoded", "xhtml:body", "xhtml:div", "media:text"),
        *("atom:content", "body", "fullitem"),
    )
)


def _summary(fields: Fields, reading: Reading, wanted: tuple[str, ...]) -> Description | None:
    for element in fields.all(*wanted):
        if found := words.line(element, reading, "description"):
            return Description(value=found, lang=reading.inherited.own_language(element))
    return words.of_media(fields, reading)


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
    for name in ("content:encoded", "atom:content"):
        count = len(fields.texts(name)) if len(fields.all(name)) > 1 else 1
        if count > 1:
            notes.hold("words-unaccounted", name, f"{count} bodies that differ, one is read")


def _subjects(fields: Fields) -> tuple[Concept, ...]:
    found = [
        Concept(
            name=(element.text or element.get("label") or element.get("term") or "").strip(),
            scheme=element.get("domain") or element.get("scheme") or None,
        )
        for element in fields.all("category", "atom:category")
    ]
    found += [_media_subject(element) for element in fields.all("media:category")]
    for element in fields.all("itunes:category"):  # a category of another lies inside it
        nested = element.iter(str(element.tag))
        found += [Concept(name=each.get("text", "").strip(), scheme=_APPLE) for each in nested]
    return tuple(dict.fromkeys(concept for concept in found if concept.name))


def _media_subject(element: etree._Element) -> Concept:
    """A ``media:category``: a code, its label, and the scheme, which has a default (MRSS)."""
    code, label = (element.text or "").strip(), element.get("label", "").strip()
    return Concept(
        literal=code or None,
        name=label or code,
        scheme=element.get("scheme") or _MEDIA_SCHEME,
    )


def _keywords(fields: Fields) -> tuple[str, ...]:
    listed = ",".join(fields.texts("media:keywords", "itunes:keywords")).split(",")
    found: Iterable[str] = (*fields.texts("dc:subject"), *(word.strip() for word in listed))
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
        if attribute(element, "rel") == relation:
            return web_address(element.get("href"), None)
    return None


FORMAT = Format(name="rss", claims=claims, read=read)
