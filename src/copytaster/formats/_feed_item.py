"""A feed's item from the parts its format found: what RSS and Atom say in the same modules."""

import hashlib
from urllib.parse import urlsplit
from urllib.parse import urlunsplit

import msgspec
from lxml import etree

from copytaster import text
from copytaster.formats import _feed_media as media
from copytaster.formats import _status
from copytaster.formats._feed import LONGEST_ID
from copytaster.formats._feed import Fields
from copytaster.formats._feed import Notes
from copytaster.formats._feed import language_of
from copytaster.formats._feed_words import Rendition
from copytaster.formats._hash import seal
from copytaster.formats._moments import undated
from copytaster.formats._types import BadReading
from copytaster.formats._types import Context
from copytaster.item import BodyKind
from copytaster.item import Byline
from copytaster.item import Concept
from copytaster.item import Copy
from copytaster.item import Description
from copytaster.item import Embargo
from copytaster.item import FormatName
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.item import RawRef
from copytaster.item import RightsInfo
from copytaster.item import Source
from copytaster.moment import Moment


class BadEntry(BadReading):
    """One item of a feed that cannot be read; its neighbours can."""


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What an item inherits from its document and delivery."""

    name: FormatName
    raw: RawRef
    context: Context
    feed_id: str | None = None
    language: str | None = None
    rights: str | None = None
    publisher: Source | None = None
    repairs: tuple[str, ...] = ()


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What only the format itself can tell of an item."""

    guid: str
    link: str | None = None
    headline: str | None = None
    names: tuple[str, ...] = ()
    version_created: Moment | None = None
    first_created: Moment | None = None
    rendition: Rendition | None = None
    summary: str | None = None
    """the abstract beside a fuller body, or in its place"""
    subjects: tuple[Concept, ...] = ()
    keywords: tuple[str, ...] = ()
    rights: str | None = None
    sources: tuple[Source, ...] = ()


class _Control(msgspec.Struct, frozen=True, kw_only=True):
    """What may be done with the item, by its modules."""

    pub_status: PubStatus
    status_raw: str | None
    embargo: Embargo
    expires: Moment | None


def build(entry: Entry, fields: Fields, notes: Notes, frame: Frame, base: str | None) -> Item:
    """The item, sealed with its content hash."""
    control = _control(fields, notes)
    _remark_on_future(entry, notes, frame)
    for code in undated(entry.version_created, entry.first_created):
        notes.hold(code, None, "a date is there and cannot be read")
    copy = entry.rendition.words.copy if entry.rendition else Copy()
    kind = BodyKind.full if copy.blocks else BodyKind.none
    if kind is BodyKind.none and entry.summary:
        kind = BodyKind.summary
    associations = media.associations(fields, base, notes)
    item = Item(
        provider=notes.profile.id,
        guid=entry.guid,
        story_chain_id=_apnm(fields, "ManagementId"),
        feed_id=frame.feed_id,
        link=entry.link,
        version_created=entry.version_created,
        first_created=entry.first_created,
        content_hash="",
        pub_status=control.pub_status,
        hold_reason=notes.holds,
        status_raw=control.status_raw,
        embargo=control.embargo,
        expires=control.expires,
        headlines=(Headline(value=entry.headline),) if entry.headline else (),
        keywords=entry.keywords,
        by=", ".join(entry.names) or None,
        bylines=tuple(Byline(name=name) for name in entry.names),
        language=fields.text("dc:language") or language_of(fields.element) or frame.language,
        descriptions=(Description(value=entry.summary),) if entry.summary else (),
        ed_note=_apnm(fields, "PublishingSpecialInstructions"),
        bodies=(entry.rendition.body,) if entry.rendition else (),
        body_kind=kind,
        copy=copy,
        subjects=entry.subjects,
        copyright_notice=entry.rights or frame.rights,
        rights_info=_licences(fields),
        restrictions=media.restrictions(fields),
        associations=associations,
        info_sources=(*entry.sources, *((frame.publisher,) if frame.publisher else ())),
        raw_ref=frame.raw,
        format=frame.name,
        repairs=tuple(dict.fromkeys(frame.repairs + notes.repairs)),
        warnings=notes.remarks,
    )
    return seal(item)


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
    whole = etree.tostring(fields.element, method="c14n", with_comments=False)
    if not len(fields.element) and not (fields.element.text or "").strip():
        raise BadEntry("an empty item: no id, no link, no words")
    notes.hold("guid-missing", "guid", "neither an id nor a link")
    return f"sha256:{hashlib.sha256(whole).hexdigest()}"


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
    return found if found and found.lower().startswith("http") else None


# --- control -------------------------------------------------------------------------------------


def _control(fields: Fields, notes: Notes) -> _Control:
    pub_status, word, required = _pub_status(fields, notes)
    start, end = _validity(fields, notes)
    change = _status_change(fields, notes) if required else None
    return _Control(
        pub_status=pub_status,
        status_raw=word,
        embargo=_status.embargo(start or change, required=required),
        expires=_expiry(end, fields, notes),
    )


def _pub_status(fields: Fields, notes: Notes) -> tuple[PubStatus, str | None, bool]:
    """Status, its word as sent, and whether the word itself says embargoed.

    No status is RSS's and Atom's normal state: the item is usable.
    """
    if any(e.get("deleted", "").strip().lower() in ("true", "1") for e in fields.all("sx:sync")):
        return PubStatus.canceled, "deleted", False
    if _is_draft(fields):
        notes.hold("status-held", "app:control/app:draft", "a draft (RFC 5023 §13.1)")
        return PubStatus.hold, "draft", False
    stated = media.status(fields)
    if stated is not None:
        pub_status, word = stated
        if pub_status is PubStatus.hold:
            notes.hold("status-unknown", "media:status", word)
        return pub_status, word, False
    return _ap_status(fields, notes)


def _is_draft(fields: Fields) -> bool:
    controls = fields.inside("app:control")
    return any((control.text("app:draft") or "").lower() == "yes" for control in controls)


def _ap_status(fields: Fields, notes: Notes) -> tuple[PubStatus, str | None, bool]:
    word = _apnm(fields, "PublishingStatus")
    if word is None:
        return PubStatus.usable, None, False
    found = _status.status(word, notes.profile)
    for code in found.holds:
        notes.hold(code, "apnm:PublishingStatus", word)
    return found.pub_status, word, found.embargoed


def _apnm(fields: Fields, name: str) -> str | None:
    """A fact of AP's news management block."""
    inner = fields.inside("apnm:NewsManagement")
    return next((found for block in inner if (found := block.text(f"apnm:{name}"))), None)


def _status_change(fields: Fields, notes: Notes) -> Moment | None:
    """AP writes the end of an embargo on the status, without a zone."""
    for block in fields.inside("apnm:NewsManagement"):
        for element in block.all("apnm:PublishingStatus"):
            raw = element.get("statusChangeOn")
            if raw is not None:
                return notes.iso(raw)
    return None


def _validity(fields: Fields, notes: Notes) -> tuple[Moment | None, Moment | None]:
    """Start and end of ``dcterms:valid`` (DCMI Period, or two dates parted by a slash).

    What cannot be told apart may be an embargo: it is returned as an unreadable start.
    """
    raw = fields.text("dcterms:valid")
    if raw is None:
        return None, None
    parts = _period(raw)
    if parts is None:
        notes.remark("validity-unreadable", "dcterms:valid", raw)
        return notes.iso("not a period: " + raw), None
    start, end = (notes.iso(part) if part else None for part in parts)
    return start, end


def _period(raw: str) -> tuple[str, str] | None:
    if "=" not in raw:
        start, slash, end = raw.partition("/")
        return (start.strip(), end.strip()) if slash else None
    pairs = [part.partition("=") for part in raw.split(";") if part.strip()]
    found = {key.strip().lower(): value.strip() for key, _, value in pairs}
    known = found.keys() <= {"start", "end", "name", "scheme"}
    if not known or found.get("scheme", "W3C-DTF").upper() != "W3C-DTF":
        return None
    return found.get("start", ""), found.get("end", "")


def _expiry(end: Moment | None, fields: Fields, notes: Notes) -> Moment | None:
    """The earliest of the ends stated; one that cannot be read holds the item."""
    found = [moment for moment in (end, notes.date(fields, "mi:expirationDate")) if moment]
    unread = [moment for moment in found if moment.instant is None]
    if unread:
        notes.hold("field-malformed", "expires", f"an expiry that cannot be read: {unread[0].raw}")
        return unread[0]
    return min(found, key=lambda m: m.instant.timestamp() if m.instant else 0, default=None)


def _remark_on_future(entry: Entry, notes: Notes, frame: Frame) -> None:
    """A date to come is not an embargo by the format's word; it is worth telling."""
    for found in (entry.version_created, entry.first_created):
        if found is not None and found.instant and found.instant > frame.context.received:
            notes.remark("future-date", None, found.raw)
            return


# --- rights --------------------------------------------------------------------------------------


def _licences(fields: Fields) -> tuple[RightsInfo, ...]:
    links = [
        *fields.texts("cc:license", "dcterms:license"),
        *(e.get("href", "") for e in fields.all("media:license")),
        *(
            e.get("href", "")
            for e in fields.all("link", "atom:link")
            if e.get("rel", "").lower() == "license"
        ),
    ]
    found = (web_address(link, None) for link in dict.fromkeys(links))
    return tuple(RightsInfo(linked_rights=link) for link in found if link)
