"""NewsML-G2 2.x: news items, packages, and the messages that carry many.

Concept, knowledge, planning and catalog items are never stories and are set aside. A
``nmsig:atomic`` message is one unit, told by ``atomicGroup``. Codes are resolved to URIs before
they are compared, since aliases are local. Source: IPTC XSD and specification; handbook:
formats §1.1.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from lxml import etree

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats import _g2_control as control
from copytaster.formats import _g2_links as links
from copytaster.formats import _g2_parts as parts
from copytaster.formats import _nitf_parts
from copytaster.formats import _status
from copytaster.formats._catalog import MESSAGE_SIGNALS
from copytaster.formats._catalog import Catalog
from copytaster.formats._children import Children
from copytaster.formats._children import children
from copytaster.formats._children import only
from copytaster.formats._g2_body import Chosen
from copytaster.formats._g2_body import Inlines
from copytaster.formats._g2_body import choose
from copytaster.formats._g2_meta import Meta
from copytaster.formats._g2_meta import characters
from copytaster.formats._g2_meta import is_constrained
from copytaster.formats._g2_rights import rights
from copytaster.formats._hash import seal
from copytaster.formats._moments import Moments
from copytaster.formats._moments import undated
from copytaster.formats._neighbours import each
from copytaster.formats._nitf_inside import SILENT
from copytaster.formats._nitf_inside import inside
from copytaster.formats._nitf_inside import stricter
from copytaster.formats._nitf_parts import Nitf
from copytaster.formats._scan import local_name
from copytaster.formats._size import oversize
from copytaster.formats._types import LONGEST_ID
from copytaster.formats._types import BadItem
from copytaster.formats._types import Context
from copytaster.formats._types import Format
from copytaster.formats._types import Parsed
from copytaster.formats._types import SetAside
from copytaster.formats._types import Sniff
from copytaster.formats._types import Unreadable
from copytaster.formats._types import no_more_than_allowed
from copytaster.item import EditorialType
from copytaster.item import FormatName
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import RawRef
from copytaster.item import Remark
from copytaster.item import Signal
from copytaster.item import Source
from copytaster.moment import Moment

NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"

Facts = dict[str, Any]
"""fields of an Item by name; the Item itself checks the names"""

_STORIES = ("newsItem", "packageItem")
_MOST_METAS = 100
"""Blocks of itemMeta in one item. All of them are heard; the schema allows one."""
_ASIDE = {
    "conceptItem": "concept-item",
    "knowledgeItem": "knowledge-item",
    "planningItem": "planning-item",
    "catalogItem": "catalog-item",
    "catalog": "catalog",
}
# Kinds that a signal on a part must not give the whole: a part's kill does not kill the story,
# and a person must say what is left of it (handbook: formats §2.2).
_GRAVE = frozenset(EditorialType) - {
    EditorialType.correction,
    EditorialType.clarification,
    EditorialType.update,
    EditorialType.refile,
    EditorialType.repeat,
}


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """What a news message says of all its items; evidence, never order."""

    catalog: Catalog
    facts: Facts = {}
    """those that every item carries"""
    sources: tuple[Source, ...] = ()
    signals: tuple[Signal, ...] = ()
    """those other than ``atomic``: they bind every item"""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What the items of one document share."""

    inlines: Inlines
    envelope: Envelope
    raw: RawRef
    profile: Profile
    context: Context


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """One item taken apart, once."""

    element: etree._Element
    guid: str
    parts: Children
    metas: list[Meta]
    """``itemMeta``, of which one is allowed"""
    about: Meta
    """``contentMeta``"""
    moments: Moments
    message: Message

    @property
    def meta(self) -> Meta:
        return self.metas[0]


def claims(sniff: Sniff) -> bool:
    """An item, a message or a catalogue of IPTC's NAR namespace; TT sends messages in none."""
    if sniff.root == "newsMessage" or sniff.root in _STORIES:
        return sniff.namespace in (NAMESPACE, None)
    return sniff.namespace == NAMESPACE and sniff.root in _ASIDE


def read(document: text.Xml, raw: RawRef, profile: Profile, context: Context) -> Parsed:
    """All items of a document. Raises Unreadable when its root is none of G2's."""
    root = document.root
    name = local_name(root)
    if name == "newsMessage":
        members = root.findall("{*}itemSet/{*}*")
        envelope = _envelope(root, raw, profile)
    elif name in _STORIES or name in _ASIDE:
        members, envelope = [root], Envelope(catalog=Catalog())
    else:
        raise Unreadable(f"NewsML-G2: the root element {name} is no item and no message")
    members = no_more_than_allowed(members)
    message = Message(
        inlines=Inlines(document), envelope=envelope, raw=raw, profile=profile, context=context
    )
    return _read_all(members, message)


# --- a message and its members -------------------------------------------------------------------


def _envelope(root: etree._Element, raw: RawRef, profile: Profile) -> Envelope:
    block = only(children(root), "header")
    catalog = Catalog(children(block).get("catalog", ()))
    meta = Meta(block, catalog)
    signals = control.signals(meta.all("signal"), catalog)
    rest = tuple(s for s in signals if s.uri != MESSAGE_SIGNALS + "atomic")
    transmit_id = meta.text("transmitId")
    facts = {
        "sent": Moments(profile).xml(meta.raw("sent")),
        "transmit_id": transmit_id,
        "priority": meta.text("priority"),
        "destinations": _texts(meta, "destination"),
        "channels": _texts(meta, "channel"),
        "atomic_group": (transmit_id or raw.sha256) if len(rest) < len(signals) else None,
    }
    sources = [
        Source(name=words, role=name)
        for name in ("sender", "origin")
        for words in _texts(meta, name)
    ]
    return Envelope(catalog=catalog, facts=facts, sources=tuple(sources), signals=rest)


def _texts(meta: Meta, name: str) -> tuple[str, ...]:
    found = (characters(element) for element in meta.all(name))
    return tuple(words for words in found if words)


def _read_all(members: list[etree._Element], message: Message) -> Parsed:
    found = each(
        members,
        lambda index, member: _member(member, index, message),
        lambda member: member.get("guid", "").strip() or None,
    )
    return Parsed(
        format=_format(members[0] if members else None),
        items=found.items,
        aside=found.aside,
        failed=found.failed,
    )


def _member(member: etree._Element, index: int, message: Message) -> Item | SetAside | BadItem:
    name = local_name(member)
    guid = member.get("guid", "").strip() or None
    if name not in _STORIES:
        return SetAside(guid=guid, code=_ASIDE.get(name, "unknown-item"), detail=name[:60])
    if guid is None or len(guid) > LONGEST_ID:
        error = f"NewsML-G2: {name} without a guid, or with one of over {LONGEST_ID} characters"
        return BadItem(index=index, guid=None, error=error)
    if (told := oversize(member)) is not None:
        return BadItem(index=index, guid=guid, error=f"NewsML-G2: {told}")
    found = children(member)
    if "itemMeta" not in found:
        error = f"NewsML-G2: {name} without itemMeta: nothing says what it is"
        return BadItem(index=index, guid=guid, error=error)
    if len(found["itemMeta"]) > _MOST_METAS:
        error = f"NewsML-G2: {name} with more than {_MOST_METAS} itemMeta; the schema allows one"
        return BadItem(index=index, guid=guid, error=error)
    catalog = Catalog(found.get("catalog", ()), around=message.envelope.catalog)
    sent = Sent(
        element=member,
        guid=guid,
        parts=found,
        metas=[Meta(block, catalog) for block in found["itemMeta"]],
        about=Meta(only(found, "contentMeta"), catalog),
        moments=Moments(message.profile),
        message=message,
    )
    return _item(sent)


def _format(member: etree._Element | None) -> FormatName:
    version = None if member is None else member.get("standardversion")
    return FormatName(name="newsml-g2", version=version)


# --- one item ------------------------------------------------------------------------------------


def _item(sent: Sent) -> Item:
    message, about = sent.message, sent.about
    envelope, profile = message.envelope, message.profile
    lang = parts.language(sent.element, about)
    dates = _dates(sent)
    control_facts, control_holds = _control(sent)
    content = only(sent.parts, "contentSet")
    chosen = choose(content, message.inlines, profile, words=message.context.words)
    rights_facts, rights_holds = rights(
        sent.parts.get("rightsInfo", ()), about.catalog, sent.moments
    )
    told = SILENT if chosen.nitf is None else inside([Nitf(chosen.nitf)], sent.moments, profile)
    holds = (*control_holds, *chosen.words.holds, *rights_holds, *undated(*_told(dates)))
    item = Item(
        provider=profile.id,
        guid=sent.guid,
        content_hash="",
        **envelope.facts,
        **dates,
        **control_facts,
        **_editorial(sent, chosen),
        language=lang,
        bodies=chosen.bodies,
        body_kind=chosen.kind,
        copy=chosen.words.copy,
        **parts.concepts(about, lang),
        **_classes(about, lang),
        **rights_facts,
        **_beside(sent, content),
        info_sources=(*parts.info_sources(about, lang), *envelope.sources),
        services=parts.services(sent.meta),
        hold_reason=tuple(dict.fromkeys(holds)) if holds else (),
        warnings=(*chosen.words.remarks, *_remarks(sent)),
        repairs=tuple(dict.fromkeys(sent.moments.repairs + chosen.words.repairs)),
        raw_ref=message.raw,
        format=_format(sent.element),
    )
    return seal(stricter(item, told, profile))


def _dates(sent: Sent) -> Facts:
    meta, about, moments = sent.meta, sent.about, sent.moments
    version = sent.element.get("version", "1").strip()
    return {
        "version": version,
        "version_number": _status.number(version),
        "previous_version": links.previous(meta),
        "version_created": moments.xml(meta.raw("versionCreated")),
        "first_created": moments.xml(meta.raw("firstCreated")),
        "content_created": moments.xml(about.raw("contentCreated")),
        "content_modified": moments.xml(about.raw("contentModified")),
        "expires": control.expires(meta, moments),
    }


def _told(dates: Facts) -> list[Moment | None]:
    names = ("version_created", "first_created", "content_created", "content_modified")
    return [dates[name] for name in names]


def _control(sent: Sent) -> tuple[Facts, tuple[str, ...]]:
    """What bears on publishing, and the holds that it earns.

    A second ``itemMeta`` is heard, and holds.
    """
    metas, profile, envelope = sent.metas, sent.message.profile, sent.message.envelope
    said = [word for meta in metas for word in control.status_words(meta)]
    status = control.status(said, profile)
    own = [element for meta in metas for element in meta.all("signal")]
    signals = (*envelope.signals, *control.signals(own, sent.about.catalog))
    kinds = _status.kinds(signals, (), profile) if signals else _NOTHING
    of_parts = _of_parts(sent)
    notes = control.notes(metas)
    embargo = control.embargo(metas, sent.moments, notes.embargo, embargoed=status.embargoed)
    item_class = control.code(sent.meta, "itemClass")
    kind, unknown = control.nature(sent.element, item_class)
    facts = {
        "item_class": item_class,
        "type": kind,
        "pub_status": _status.settle(status.pub_status, kinds.types),
        "status_raw": ", ".join(dict.fromkeys(said)) if said else None,
        "embargo": embargo,
        "signals": kinds.signals + of_parts.signals,
        "editorial_types": kinds.types,
        "partial": _status.partial(kinds.types),
        "correction_text": notes.correction,
        "ed_note": notes.internal,
        "public_note": notes.public,
        "content_warning": kinds.warning or of_parts.warning,
    }
    holds = status.holds + kinds.holds + of_parts.holds + unknown
    doubled = ("field-malformed",) if len(metas) > 1 else ()
    return facts, holds + control.untold(notes.embargo, embargo) + doubled


def _of_parts(sent: Sent) -> _status.Kinds:
    """The signals of ``partMeta``: known here, they say nothing of the whole."""
    blocks = sent.parts.get("partMeta", ())
    elements = [signal for block in blocks for signal in children(block).get("signal", ())]
    if not elements:
        return _NOTHING
    signals = control.signals(elements, sent.about.catalog)
    kinds = _status.kinds(signals, (), sent.message.profile)
    if _GRAVE.isdisjoint(kinds.types):
        return kinds
    return msgspec.structs.replace(kinds, holds=("signal-unknown",))


_NOTHING = _status.Kinds()


def _remarks(sent: Sent) -> list[Remark]:
    limited = dict.fromkeys(name for block in (sent.meta, sent.about) for name in block.limited)
    found = [Remark(code="not-public", path=name) for name in limited]
    if len(sent.metas) > 1:
        found.append(Remark(code="field-malformed", path="itemMeta", detail="more than one"))
    return found


def _editorial(sent: Sent, chosen: Chosen) -> Facts:
    """What the metadata leaves out, the head of a body in NITF may tell."""
    meta, about = sent.meta, sent.about
    urgency = (about.raw("urgency") or "").strip() or None
    return {
        "headlines": parts.headlines(about) or _headlines(chosen.nitf),
        "slugline": about.text("slugline"),
        "keywords": parts.keywords(about),
        "by": about.text("by") or _by(chosen.nitf),
        "bylines": parts.bylines(about),
        "dateline": about.text("dateline"),
        "descriptions": parts.descriptions(about),
        "title": meta.text("title"),
        "urgency": parts.urgency(urgency),
        "urgency_raw": urgency,
        "digital_source_type": parts.digital_source(about),
        "profile": meta.text("profile"),
        "credit": about.text("creditline"),
    }


def _headlines(nitf: etree._Element | None) -> tuple[Headline, ...]:
    return () if nitf is None else _nitf_parts.headlines(nitf)


def _by(nitf: etree._Element | None) -> str | None:
    return None if nitf is None else _nitf_parts.by(nitf)


def _classes(about: Meta, lang: str | None) -> Facts:
    located, detail = parts.located(about, lang)
    return {
        "alt_ids": parts.alt_ids(about),
        "genres": parts.genres(about, lang),
        "located": located,
        "dateline_detail": detail,
    }


def _beside(sent: Sent, content: etree._Element | None) -> Facts:
    """What stands beside the words, each with its own permission."""
    remote: Sequence[etree._Element] = ()
    if content is not None and not is_constrained(content):
        remote = children(content).get("remoteContent", ())
    return {
        "link": links.canonical(sent.meta),
        "replaces": links.replaces(sent.meta),
        "replaced_by": links.replaced_by(sent.meta),
        "associations": links.links(sent.meta),
        "renditions": links.renditions(remote) if remote else (),
        "groups": links.groups(sent.parts),
    }


FORMAT = Format(name="newsml-g2", claims=claims, read=read)
