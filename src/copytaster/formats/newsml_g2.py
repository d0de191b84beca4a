"""NewsML-G2 2.x: news items, packages, and the messages that carry many.

Concept, knowledge, planning and catalog items are never stories and are set aside. A
``nmsig:atomic`` message is one unit, told by ``atomicGroup``. Codes are resolved to URIs before
they are compared, since aliases are local. Source: IPTC XSD and specification; handbook:
formats §1.1.
"""

import msgspec
from lxml import etree

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats import _g2_parts as parts
from copytaster.formats import _nitf_parts
from copytaster.formats import _status
from copytaster.formats._catalog import MESSAGE_SIGNALS
from copytaster.formats._catalog import Catalog
from copytaster.formats._g2_body import Inlines
from copytaster.formats._g2_body import choose
from copytaster.formats._g2_meta import Meta
from copytaster.formats._g2_meta import characters
from copytaster.formats._g2_meta import local
from copytaster.formats._hash import seal
from copytaster.formats._moments import Moments
from copytaster.formats._moments import undated
from copytaster.formats._types import LONGEST_ID
from copytaster.formats._types import BadItem
from copytaster.formats._types import Context
from copytaster.formats._types import Format
from copytaster.formats._types import Parsed
from copytaster.formats._types import SetAside
from copytaster.formats._types import Sniff
from copytaster.formats._types import Unreadable
from copytaster.formats._types import bad_item
from copytaster.formats._types import check_count
from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import FormatName
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import RawRef
from copytaster.item import Remark
from copytaster.item import Signal
from copytaster.moment import Moment

NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"

_STORIES = ("newsItem", "packageItem")
_ASIDE = {
    "conceptItem": "concept-item",
    "knowledgeItem": "knowledge-item",
    "planningItem": "planning-item",
    "catalogItem": "catalog-item",
    "catalog": "catalog",
}
_TYPES = {
    "text": "text",
    "picture": "picture",
    "graphic": "graphic",
    "graphics": "graphic",
    "audio": "audio",
    "video": "video",
    "composite": "composite",
}


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """What a news message says of all its items; evidence, never order."""

    catalog: Catalog
    sent: Moment | None = None
    transmit_id: str | None = None
    priority: str | None = None
    destinations: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    atomic_group: str | None = None
    signals: tuple[Signal, ...] = ()
    """those other than ``atomic``: they bind every item"""


def claims(sniff: Sniff) -> bool:
    """An item, a message or a catalogue of IPTC's NAR namespace; TT sends messages in none."""
    if sniff.root == "newsMessage" or sniff.root in _STORIES:
        return sniff.namespace in (NAMESPACE, None)
    return sniff.namespace == NAMESPACE and sniff.root in _ASIDE


def read(document: text.Xml, raw: RawRef, profile: Profile, context: Context) -> Parsed:
    """All items of a document. Raises Unreadable when its root is none of G2's."""
    root = document.root
    name = etree.QName(root).localname
    if name == "newsMessage":
        members = root.findall("{*}itemSet/{*}*")
        envelope = _envelope(root, raw, profile)
    elif name in _STORIES or name in _ASIDE:
        members, envelope = [root], Envelope(catalog=Catalog(()))
    else:
        raise Unreadable(f"NewsML-G2: the root element {name} is no item and no message")
    check_count(len(members))
    inlines = Inlines(document)
    message = Message(inlines=inlines, envelope=envelope, raw=raw, profile=profile)
    return _read_all(members, message)


def _envelope(root: etree._Element, raw: RawRef, profile: Profile) -> Envelope:
    block = root.find("{*}header")
    catalog = Catalog(block.iterfind("{*}catalog") if block is not None else ())
    meta = Meta(block, catalog)
    signals = parts.signals(meta.all("signal"), catalog)
    rest = tuple(s for s in signals if s.uri != MESSAGE_SIGNALS + "atomic")
    transmit_id = meta.text("transmitId")
    return Envelope(
        catalog=catalog,
        sent=Moments(profile).xml(meta.raw("sent")),
        transmit_id=transmit_id,
        priority=meta.text("priority"),
        destinations=_texts(meta, "destination"),
        channels=_texts(meta, "channel"),
        atomic_group=(transmit_id or raw.sha256) if len(rest) < len(signals) else None,
        signals=rest,
    )


def _texts(meta: Meta, name: str) -> tuple[str, ...]:
    found = (characters(element) for element in meta.all(name))
    return tuple(words for words in found if words)


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What the items of one document share."""

    inlines: Inlines
    envelope: Envelope
    raw: RawRef
    profile: Profile


def _read_all(members: list[etree._Element], message: Message) -> Parsed:
    items: list[Item] = []
    aside: list[SetAside] = []
    failed: list[BadItem] = []
    for index, member in enumerate(members):
        name = etree.QName(member).localname
        guid = member.get("guid", "").strip() or None
        if name not in _STORIES:
            code = _ASIDE.get(name, "unknown-item")
            aside.append(SetAside(guid=guid, code=code, detail=name[:60]))
        elif guid is None or len(guid) > LONGEST_ID:
            error = f"NewsML-G2: {name} without a guid, or with one of over {LONGEST_ID} characters"
            failed.append(BadItem(index=index, guid=None, error=error))
        elif member.find("{*}itemMeta") is None:
            error = f"NewsML-G2: {name} without itemMeta: nothing says what it is"
            failed.append(BadItem(index=index, guid=guid, error=error))
        else:
            try:
                items.append(_item(member, guid, message))
            except Exception as error:  # noqa: BLE001  one item never loses its neighbours
                failed.append(bad_item(index, guid, error))
    return Parsed(
        format=_format(members[0] if members else None),
        items=tuple(items),
        aside=tuple(aside),
        failed=tuple(failed),
    )


def _format(member: etree._Element | None) -> FormatName:
    version = None if member is None else member.get("standardversion")
    return FormatName(name="newsml-g2", version=version)


def _item(element: etree._Element, guid: str, message: Message) -> Item:
    profile, envelope = message.profile, message.envelope
    catalog = Catalog(element.iterfind("{*}catalog"), around=envelope.catalog)
    metas = [Meta(block, catalog) for block in element.iterfind("{*}itemMeta")]
    meta = metas[0]
    about = Meta(element.find("{*}contentMeta"), catalog)
    content = element.find("{*}contentSet")
    moments = Moments(profile)
    lang = parts.language(element, about)
    said = [word for block in metas for word in parts.status_words(block)]
    # The schema's default is usable.
    status = _status.strictest([_status.status(word, profile) for word in said or ["usable"]])
    signals = (*envelope.signals, *parts.signals(meta.all("signal"), catalog))
    kinds = _status.kinds(signals, (), profile)
    notes = parts.notes(meta)
    embargo = _embargo(metas, moments, notes, embargoed=status.embargoed)
    kind, unknown = _type(element, meta)
    chosen = choose(content, message.inlines, profile)
    words = chosen.words
    version = element.get("version", "1").strip()
    concepts = parts.concepts(about, lang)
    head = _nitf_head(content) if chosen.nitf else None
    item = Item(
        provider=profile.id,
        guid=guid,
        alt_ids=parts.alt_ids(about),
        item_class=_code(meta, "itemClass"),
        type=kind,
        link=parts.canonical(meta),
        version=version,
        version_number=_status.number(version),
        version_created=moments.xml(meta.raw("versionCreated")),
        first_created=moments.xml(meta.raw("firstCreated")),
        content_created=moments.xml(about.raw("contentCreated")),
        content_modified=moments.xml(about.raw("contentModified")),
        sent=envelope.sent,
        content_hash="",
        pub_status=_status.settle(status.pub_status, kinds.types),
        status_raw=", ".join(dict.fromkeys(said)) if said else None,
        embargo=embargo,
        expires=parts.expires(meta, moments),
        signals=kinds.signals,
        editorial_types=kinds.types,
        partial=_status.partial(kinds.types),
        correction_text=notes.correction,
        atomic_group=envelope.atomic_group,
        headlines=parts.headlines(about) or _headlines(head),
        slugline=about.text("slugline"),
        keywords=parts.keywords(about),
        by=about.text("by") or _by(head),
        dateline=about.text("dateline"),
        located=parts.located(about, lang),
        dateline_detail=parts.place(about, lang),
        language=lang or profile.language,
        ed_note=notes.internal,
        descriptions=parts.descriptions(about),
        title=meta.text("title"),
        urgency=parts.urgency(about),
        urgency_raw=(about.raw("urgency") or "").strip() or None,
        priority=envelope.priority,
        content_warning=kinds.warning,
        digital_source_type=parts.digital_source(about),
        profile=meta.text("profile"),
        bodies=chosen.bodies,
        body_kind=chosen.kind,
        copy=words.copy,
        subjects=concepts.get("subjects", ()),
        genres=parts.genres(about, lang),
        people=concepts.get("people", ()),
        organisations=concepts.get("organisations", ()),
        places=concepts.get("places", ()),
        events=concepts.get("events", ()),
        objects=concepts.get("objects", ()),
        copyright_holder=parts.copyright_holder(element),
        copyright_notice=next(iter(parts.rights_texts(element, "copyrightNotice")), None),
        usage_terms=parts.rights_texts(element, "usageTerms"),
        rights_info=parts.rights_info(element),
        data_mining=parts.data_mining(element, catalog),
        credit=about.text("creditline"),
        renditions=parts.renditions(content),
        associations=parts.links(meta),
        groups=parts.groups(element),
        info_sources=parts.info_sources(about, lang),
        services=parts.services(meta),
        destinations=envelope.destinations,
        channels=envelope.channels,
        transmit_id=envelope.transmit_id,
        hold_reason=status.holds + kinds.holds + words.holds + unknown + _prose(notes, embargo),
        warnings=words.remarks + _limits(meta, about),
        repairs=tuple(dict.fromkeys(moments.repairs + words.repairs)),
        raw_ref=message.raw,
        format=_format(element),
    )
    return seal(_held(item, several=len(metas) > 1))


def _held(item: Item, *, several: bool) -> Item:
    """The item with the holds that its dates earn, and a second ``itemMeta`` (one is allowed)."""
    dates = (item.version_created, item.first_created, item.content_created, item.content_modified)
    doubled = (Remark(code="field-malformed", path="itemMeta", detail="more than one"),)
    remarks = doubled if several else ()
    holds = item.hold_reason + undated(*dates) + tuple(remark.code for remark in remarks)
    return msgspec.structs.replace(
        item, hold_reason=tuple(dict.fromkeys(holds)), warnings=item.warnings + remarks
    )


def _code(meta: Meta, name: str) -> str | None:
    """A code as sent, its URI where it was sent as one."""
    element = meta.first(name)
    return None if element is None else element.get("qcode") or element.get("uri")


def _type(element: etree._Element, meta: Meta) -> tuple[str, tuple[str, ...]]:
    """The nature of the content; one that nobody knows is held."""
    if etree.QName(element).localname == "packageItem":
        return "composite", ()
    code = (local(_code(meta, "itemClass")) or "").lower()
    known = _TYPES.get(code)
    return (known, ()) if known else (code or "unknown", ("type-unknown",))


def _embargo(
    metas: list[Meta], moments: Moments, notes: parts.Notes, *, embargoed: bool
) -> Embargo:
    sent = [element.text or "" for meta in metas for element in meta.all("embargoed")]
    found = [moment for raw in sent if (moment := moments.xml(raw, embargo=True)) is not None]
    return _status.embargo(_status.latest(found), required=embargoed, why=notes.embargo)


def _prose(notes: parts.Notes, embargo: Embargo) -> tuple[str, ...]:
    """An embargo that stands in a note alone: nothing says when it ends."""
    told = notes.embargo is not None and embargo.state is EmbargoState.none
    return ("embargo-note",) if told else ()


def _limits(*blocks: Meta) -> tuple[Remark, ...]:
    limited = dict.fromkeys(name for block in blocks for name in block.limited)
    return tuple(Remark(code="not-public", path=name) for name in limited)


def _nitf_head(content: etree._Element | None) -> etree._Element | None:
    """The ``nitf`` element inside the content, whose head may tell more than the metadata."""
    return None if content is None else content.find("{*}inlineXML/{*}nitf")


def _headlines(nitf: etree._Element | None) -> tuple[Headline, ...]:
    return () if nitf is None else _nitf_parts.headlines(nitf)


def _by(nitf: etree._Element | None) -> str | None:
    return None if nitf is None else _nitf_parts.by(nitf)


FORMAT = Format(name="newsml-g2", claims=claims, read=read)
