"""A feed's item from the parts its format found: what RSS and Atom say in the same modules."""

import hashlib
from urllib.parse import urlsplit
from urllib.parse import urlunsplit

import msgspec
from lxml import etree

from copytaster import text
from copytaster.formats import _feed_media as media
from copytaster.formats import _status
from copytaster.formats._ap_atom import NOTHING
from copytaster.formats._ap_atom import ApFacts
from copytaster.formats._feed import RDF_RESOURCE
from copytaster.formats._feed import Fields
from copytaster.formats._feed import Inherited
from copytaster.formats._feed import Notes
from copytaster.formats._feed import attribute
from copytaster.formats._feed_control import control
from copytaster.formats._feed_control import synced
from copytaster.formats._feed_words import Rendition
from copytaster.formats._hash import seal
from copytaster.formats._moments import undated
from copytaster.formats._types import LONGEST_ID
from copytaster.formats._types import BadReading
from copytaster.formats._types import Context
from copytaster.item import AltId
from copytaster.item import Association
from copytaster.item import BodyKind
from copytaster.item import Byline
from copytaster.item import Concept
from copytaster.item import Copy
from copytaster.item import Description
from copytaster.item import FormatName
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import RawRef
from copytaster.item import Restriction
from copytaster.item import RightsInfo
from copytaster.item import Source
from copytaster.moment import Moment

_NO_WORDS = Copy()
_LICENSED = frozenset(("cc:license", "dcterms:license", "media:license"))


class BadEntry(BadReading):
    """One item of a feed that cannot be read; its neighbours can."""


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What an item inherits from its document and delivery."""

    name: FormatName
    raw: RawRef
    context: Context
    inherited: Inherited
    feed_id: str | None = None
    language: str | None = None
    rights: str | None = None
    publisher: Source | None = None
    restrictions: tuple[Restriction, ...] = ()
    repairs: tuple[str, ...] = ()


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What only the format itself can tell of an item."""

    guid: str
    link: str | None = None
    headline: Headline | None = None
    names: tuple[str, ...] = ()
    version_created: Moment | None = None
    first_created: Moment | None = None
    rendition: Rendition | None = None
    summary: Description | None = None
    """the abstract beside a fuller body, or in its place"""
    language: str | None = None
    """as the item states it, before what its elements inherit"""
    subjects: tuple[Concept, ...] = ()
    keywords: tuple[str, ...] = ()
    rights: str | None = None
    sources: tuple[Source, ...] = ()


def build(
    entry: Entry,
    fields: Fields,
    notes: Notes,
    frame: Frame,
    base: str | None,
    ap: ApFacts = NOTHING,
) -> Item:
    """The item, sealed with its content hash."""
    ruled = control(fields, ap, notes)
    sync = synced(fields, notes)
    changed, first = entry.version_created or sync.when, entry.first_created
    _check_dates(changed, first, notes, frame)
    rendition, limits = entry.rendition, media.restrictions(fields) + frame.restrictions
    relations = fields.relations()
    item = Item(
        provider=notes.profile.id,
        guid=entry.guid,
        alt_ids=(AltId(role="sx:sync", value=sync.id),) if sync.id else (),
        feed_id=frame.feed_id,
        link=entry.link,
        version=sync.version,
        version_number=_status.number(sync.version),
        version_created=changed,
        first_created=first,
        content_hash="",
        pub_status=ruled.pub_status,
        status_raw=ruled.status_raw,
        embargo=ruled.embargo,
        expires=ruled.expires,
        headlines=(entry.headline,) if entry.headline else (),
        keywords=entry.keywords,
        by=", ".join(entry.names) or None,
        bylines=tuple([Byline(name=name) for name in entry.names]),
        language=_language(entry, fields, frame),
        descriptions=(entry.summary,) if entry.summary else (),
        content_warning=_warning(fields) if fields.has(_RATED) else None,
        bodies=(rendition.body,) if rendition else (),
        body_kind=_kind(entry, frame),
        copy=rendition.words.copy if rendition else _NO_WORDS,
        subjects=entry.subjects,
        copyright_notice=entry.rights or frame.rights,
        rights_info=_licences(fields, relations),
        restrictions=limits,
        associations=_associations(fields, base, limits, relations, notes),
        info_sources=(*entry.sources, frame.publisher) if frame.publisher else entry.sources,
        raw_ref=frame.raw,
        format=frame.name,
        hold_reason=notes.holds,
        repairs=tuple(dict.fromkeys(frame.repairs + notes.repairs)),
        warnings=notes.remarks,
    )
    return seal(item if ap is NOTHING else _with_ap(item, ap))


def _with_ap(item: Item, ap: ApFacts) -> Item:
    """The item with what AP's elements say of it."""
    own_id = ap.entry_id if ap.entry_id and ap.entry_id != item.guid else None
    return msgspec.structs.replace(
        item,
        alt_ids=item.alt_ids + ((AltId(role="atom:id", value=own_id),) if own_id else ()),
        story_chain_id=ap.chain_id,
        type=ap.type,
        version=ap.version or item.version,
        version_number=_status.number(ap.version or item.version),
        first_created=item.first_created or ap.first_created,
        editorial_types=ap.editorial_types,
        partial=ap.partial,
        headlines=ap.headlines or item.headlines,
        slugline=ap.slugline,
        title=ap.slugline,
        keywords=ap.keywords + item.keywords,
        by=", ".join(ap.names) or item.by,
        bylines=ap.bylines or item.bylines,
        dateline=ap.dateline,
        located=ap.located,
        dateline_detail=ap.place,
        ed_note=ap.ed_note,
        urgency=ap.urgency,
        urgency_raw=ap.urgency_raw,
        priority=ap.priority,
        subjects=ap.subjects + item.subjects,
        genres=ap.genres,
        people=ap.people,
        organisations=ap.organisations,
        places=ap.places,
        anpa_category=ap.anpa_category,
        selector_codes=ap.selector_codes,
    )


def _associations(
    fields: Fields,
    base: str | None,
    limits: tuple[Restriction, ...],
    relations: frozenset[str],
    notes: Notes,
) -> tuple[Association, ...]:
    if "enclosure" in relations or fields.has(media.NAMES):
        return media.associations(fields, base, limits, notes)
    return ()


def _kind(entry: Entry, frame: Frame) -> BodyKind:
    """Without reading the words, a body that is not blank is taken for one with words."""
    rendition = entry.rendition
    if rendition and (rendition.words.copy.blocks or not frame.context.words):
        return BodyKind.full
    return BodyKind.summary if entry.summary else BodyKind.none


_RATED = frozenset(("media:rating", "media:adult"))
_HARMLESS = ("nonadult", "false", "")


def _warning(fields: Fields) -> str | None:
    """A rating of the item's content as sent (Media RSS 1.5.1), unless it says there is none."""
    words = [word.lower() for word in fields.texts("media:rating", "media:adult")]
    told = [word for word in words if word not in _HARMLESS]
    return told[0] if told else None


def _language(entry: Entry, fields: Fields, frame: Frame) -> str | None:
    """What the item states; else the nearest ``xml:lang`` of its text; else the feed's."""
    if entry.language:
        return entry.language
    element = entry.rendition.element if entry.rendition else None
    found = frame.inherited.language(fields.element if element is None else element)
    return found or frame.language


# --- identity ------------------------------------------------------------------------------------


def identity(given: str | None, link: str | None, fields: Fields, notes: Notes) -> str:
    """The id as sent; else the normalised link; else a hash of the item, which is then held.

    Nothing could ever update or kill an item that only its own hash names.
    """
    if given is not None:
        if len(given) > LONGEST_ID:
            raise BadEntry(f"an id of {len(given)} characters: more than {LONGEST_ID}")
        return given
    if link is not None:
        notes.remark("guid-from-link", "link")
        return normalised(link)
    if not len(fields.element) and not (fields.element.text or "").strip():
        raise BadEntry("an empty item: no id, no link, no words")
    notes.hold("guid-missing", "guid", "neither an id nor a link")
    return f"sha256:{hashlib.sha256(_canonical(fields.element)).hexdigest()}"


def _canonical(element: etree._Element) -> bytes:
    """The element's bytes, the same for the same item however its tags are spelt."""
    try:
        return etree.tostring(element, method="c14n", with_comments=False)
    except etree.C14NError:  # a namespace that is no absolute address has no canonical form
        return etree.tostring(element, with_tail=False)


def normalised(link: str) -> str:
    """A link, host in lower case, without default port and fragment (RFC 3986 §6.2)."""
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        return link
    host = (parts.hostname or "").lower()
    default = {"http": 80, "https": 443}.get(parts.scheme)
    where = host if port in (None, default) else f"{host}:{port}"
    return urlunsplit((parts.scheme, where, parts.path or "/", parts.query, ""))


def web_address(raw: str | None, base: str | None) -> str | None:
    """A public http or https address, or None."""
    found = text.safe_href(raw, base) if raw else None
    return found if found and found[:4].lower() == "http" else None


# --- dates and rights ----------------------------------------------------------------------------


def _check_dates(changed: Moment | None, first: Moment | None, notes: Notes, frame: Frame) -> None:
    """Hold what nobody can date; remark on what lies ahead, which by the format's word is no
    embargo.
    """
    for code in undated(changed, first):
        notes.hold(code, None, "a date is there and cannot be read")
    for found in (changed, first):
        if found is not None and found.instant and found.instant > frame.context.received:
            notes.remark("future-date", None, found.raw)
            return


def _licences(fields: Fields, relations: frozenset[str]) -> tuple[RightsInfo, ...]:
    if "license" not in relations and not fields.has(_LICENSED):
        return ()
    links = [
        *fields.texts("cc:license", "dcterms:license"),
        *(e.get(RDF_RESOURCE, "") for e in fields.all("cc:license", "dcterms:license")),
        *(e.get("href", "") for e in fields.all("media:license")),
        *(
            e.get("href", "")
            for e in fields.all("link", "atom:link")
            if attribute(e, "rel") == "license"
        ),
    ]
    found = (web_address(link, None) for link in dict.fromkeys(links))
    return tuple([RightsInfo(linked_rights=link) for link in found if link])
