"""ninjs 1.0–3.1: one object, a list of them, or a collection around a list.

All generations are read alike: keys are compared without case, plural and singular spellings
are one, and a concept is a URI however it is spelt. The providers' own additions that bear on
publishing are read too (AP ``editorialtypes`` and ``signals``, TT ``replaced``). A property of
the wrong type is never guessed at: one that bears on publishing or on the words holds the item,
another is left out with a remark. Source: IPTC's schemas and user guide (handbook: formats §1.1).
"""

from typing import Any

import msgspec

from copytaster.agency import Profile
from copytaster.formats import _ninjs_parts as parts
from copytaster.formats import _status
from copytaster.formats import ap_media
from copytaster.formats import digitalwires
from copytaster.formats import json_feed
from copytaster.formats._hash import seal
from copytaster.formats._moments import Moments
from copytaster.formats._moments import undated
from copytaster.formats._neighbours import each
from copytaster.formats._ninjs_associations import associations
from copytaster.formats._ninjs_body import choose
from copytaster.formats._ninjs_body import is_incomplete
from copytaster.formats._ninjs_fields import Fields
from copytaster.formats._nitf_inside import SILENT
from copytaster.formats._nitf_inside import inside
from copytaster.formats._nitf_inside import stricter
from copytaster.formats._nitf_parts import Nitf
from copytaster.formats._types import Context
from copytaster.formats._types import Format
from copytaster.formats._types import Json
from copytaster.formats._types import Parsed
from copytaster.formats._types import SetAside
from copytaster.formats._types import Sniff
from copytaster.formats._types import Unreadable
from copytaster.formats._types import no_more_than_allowed
from copytaster.item import EditorialType
from copytaster.item import FormatName
from copytaster.item import Item
from copytaster.item import Partial
from copytaster.item import RawRef

_LISTS = ("items", "item", "newsitems", "hits", "results", "data")
_STORY_TYPES = frozenset({"text", "composite"})
_MEDIA_TYPES = frozenset({"picture", "graphic", "audio", "video", "component"})
_ASIDE = {"event": "event-item", "planning": "planning-item"}
Facts = dict[str, Any]
"""fields of an Item by name; the Item itself checks the names"""

_FOREIGN = frozenset({"feed_url", "home_page_url", "urn", "_id"})
# Formats whose objects may have a ``uri`` or ``guid`` too, and marks of their own beside it.
_NARROWER = (ap_media.claims, json_feed.claims, digitalwires.claims)


class _Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What all objects of one document are read with."""

    raw: RawRef
    profile: Profile
    words: bool


def claims(sniff: Sniff) -> bool:
    """An object with a ``uri`` (or Superdesk's ``guid``), alone, in a list or a collection."""
    keys = {key.lower() for key in sniff.keys}
    members = {key.lower() for key in sniff.member_keys}
    if sniff.root is not None or keys & _FOREIGN or any(own(sniff) for own in _NARROWER):
        return False
    if "uri" in keys or "guid" in keys:
        return True
    return bool(members & {"uri", "guid"}) and (not keys or bool(keys & set(_LISTS)))


def read(document: Json, raw: RawRef, profile: Profile, context: Context) -> Parsed:
    """All items of the document. Raises Unreadable when there is no object to read."""
    objects = no_more_than_allowed(_objects(document.value))
    reading = _Reading(raw=raw, profile=profile, words=context.words)
    found = each(objects, lambda _, value: _read_one(Fields(value), reading), parts.guid_of)
    version = found.items[0].format.version if found.items else None
    return Parsed(
        format=FormatName(name="ninjs", version=version),
        items=found.items,
        aside=found.aside,
        failed=found.failed,
    )


def _objects(value: object) -> list[object]:
    """The ninjs objects of a document; an empty list is a collection without members."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        raise Unreadable("ninjs: the document is neither an object nor a list of objects")
    keys = {str(key).lower(): key for key in value}
    if "uri" in keys or "guid" in keys:
        return [value]
    for name in _LISTS:
        members = value.get(keys.get(name, name))
        if isinstance(members, list):
            return members
    raise Unreadable("ninjs: an object without uri; every item must have one")


def _read_one(fields: Fields, reading: _Reading) -> Item | SetAside:
    guid = fields.required("uri", "guid")
    kind = (fields.string("type") or "text").lower()
    if kind in _ASIDE or "eventdetails" in fields or "plannedcoverage" in fields:
        code = _ASIDE.get(kind, "event-item")
        return SetAside(guid=guid, code=code, detail=fields.string("title"))
    return _item(fields, guid, kind, reading)


def _item(fields: Fields, guid: str, kind: str, reading: _Reading) -> Item:
    profile, moments = reading.profile, Moments(reading.profile)
    chosen = choose(fields, profile, words=reading.words)
    words = chosen.words
    dates = _dates(fields, moments)
    control, holds = _control(fields, kind, profile, moments)
    facts = {
        **dates,
        **control,
        **_editorial(fields),
        **_classes(fields),
        **_rights(fields),
        "associations": associations(fields, profile, moments),
        "groups": parts.groups(fields) if kind == "composite" else (),
    }
    told = SILENT if chosen.nitf is None else inside([Nitf(chosen.nitf)], moments, profile)
    holds += words.holds + undated(*(dates[name] for name in _DATES))
    item = Item(
        provider=profile.id,
        guid=guid,
        type=_type(fields, kind),
        content_hash="",
        **facts,
        language=fields.string("language"),
        bodies=chosen.bodies,
        body_kind=chosen.kind,
        copy=words.copy,
        raw_ref=reading.raw,
        format=FormatName(name="ninjs", version=parts.standard_version(fields)),
        # Last: what reading the others brought to light.
        hold_reason=tuple(dict.fromkeys((*holds, *fields.holds))),
        warnings=(*words.remarks, *fields.remarks),
        repairs=tuple(dict.fromkeys(moments.repairs + words.repairs)),
    )
    return seal(stricter(item, told, profile))


_DATES = ("version_created", "first_created", "content_created", "content_modified")


def _dates(fields: Fields, moments: Moments) -> Facts:
    version = fields.version()
    return {
        "version": version,
        "version_number": _status.number(version),
        "version_created": fields.moment("versioncreated", moments),
        "first_created": fields.moment("firstcreated", moments),
        "content_created": fields.moment("contentcreated", moments),
        "content_modified": fields.moment("contentmodified", moments),
        "expires": fields.moment("expires", moments),
    }


def _control(
    fields: Fields, kind: str, profile: Profile, moments: Moments
) -> tuple[Facts, tuple[str, ...]]:
    """What bears on publishing, and the holds that it earns."""
    kinds = parts.kinds(fields, kind, profile)
    status = parts.status(fields, profile)
    why = fields.string("embargoedreason")
    facts = {
        "item_class": fields.string("itemclass"),
        "pub_status": _status.settle(status.pub_status, kinds.types),
        "status_raw": fields.raw_string("pubstatus"),
        "embargo": _status.embargo(fields.embargo(moments), required=status.embargoed, why=why),
        "signals": kinds.signals,
        "editorial_types": kinds.types,
        "partial": _partial(fields, kinds),
        "replaces": parts.uris(fields, "replacing"),
        "replaced_by": fields.string("replacedby"),
        "content_warning": kinds.warning,
    }
    return facts, status.holds + kinds.holds


def _editorial(fields: Fields) -> Facts:
    return {
        "alt_ids": parts.alt_ids(fields),
        "link": parts.canonical_link(fields),
        "headlines": parts.headlines(fields),
        "slugline": fields.string("slugline"),
        "keywords": fields.strings("keywords", "keyword"),
        "by": fields.text("by", "byline"),
        "bylines": parts.bylines(fields),
        "dateline": fields.text("dateline"),
        "located": fields.string("located"),
        "dateline_detail": parts.dateline_place(fields),
        "ed_note": fields.text("ednote"),
        "public_note": fields.string("publicnote"),
        "descriptions": parts.descriptions(fields),
        "title": fields.string("title"),
        "urgency": parts.urgency(fields),
        "urgency_raw": fields.raw_string("urgency"),
        "priority": fields.raw_string("editorialpriority", "priority"),
        "digital_source_type": fields.string("digitalsourcetype"),
        "profile": fields.string("profile"),
    }


def _classes(fields: Fields) -> Facts:
    return {
        "subjects": parts.concepts(fields, "subjects", "subject"),
        "genres": parts.concepts(fields, "genres", "genre"),
        "people": parts.concepts(fields, "people", "persons", "person"),
        "organisations": parts.concepts(fields, "organisations", "organisation"),
        "places": parts.concepts(fields, "places", "place"),
        "events": parts.concepts(fields, "events", "event"),
        "objects": parts.concepts(fields, "objects", "object"),
        "info_sources": parts.info_sources(fields),
        "services": parts.codes(fields, "services", "service"),
        "trust_indicators": parts.codes(fields, "trustindicators", "trustindicator"),
    }


def _rights(fields: Fields) -> Facts:
    return {
        "copyright_holder": fields.string("copyrightholder"),
        "copyright_notice": fields.string("copyrightnotice"),
        "usage_terms": fields.strings("usageterms"),
        "rights_info": parts.rights_info(fields),
        "credit": parts.credit(fields),
        "renditions": parts.renditions(fields),
    }


def _partial(fields: Fields, kinds: _status.Kinds) -> Partial:
    """By its kind, else by its own word that it is incomplete: it never replaces a whole."""
    found = _status.partial(kinds.types)
    return Partial.patch if found is Partial.none and is_incomplete(fields) else found


def _type(fields: Fields, kind: str) -> str:
    if kind == EditorialType.advisory:
        return "text"
    if kind not in _STORY_TYPES | _MEDIA_TYPES:
        fields.holds.append("type-unknown")
    return kind


FORMAT = Format(name="ninjs", claims=claims, read=read, document="json")
