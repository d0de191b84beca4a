"""ninjs 1.0–3.1: one object, a list of them, or a collection around a list.

All generations are read alike: keys are compared without case, plural and singular spellings
are one, and a concept is a URI however it is spelt. The providers' own additions that bear on
publishing are read too (AP ``editorialtypes`` and ``signals``, TT ``replaced``). A property of
the wrong type is never guessed at: one that bears on publishing or on the words holds the item,
another is left out with a remark. Source: IPTC's schemas and user guide (handbook: formats §1.1).
"""

import msgspec

from copytaster.agency import Profile
from copytaster.formats import _ninjs_parts as parts
from copytaster.formats import _status
from copytaster.formats._hash import seal
from copytaster.formats._moments import Moments
from copytaster.formats._moments import undated
from copytaster.formats._ninjs_body import choose
from copytaster.formats._ninjs_body import is_incomplete
from copytaster.formats._ninjs_fields import Fields
from copytaster.formats._types import BadItem
from copytaster.formats._types import Context
from copytaster.formats._types import Format
from copytaster.formats._types import Json
from copytaster.formats._types import Parsed
from copytaster.formats._types import SetAside
from copytaster.formats._types import Sniff
from copytaster.formats._types import Unreadable
from copytaster.formats._types import bad_item
from copytaster.formats._types import check_count
from copytaster.item import EditorialType
from copytaster.item import FormatName
from copytaster.item import Item
from copytaster.item import Partial
from copytaster.item import PubStatus
from copytaster.item import RawRef
from copytaster.item import Signal

_LISTS = ("items", "item", "newsitems", "hits", "results", "data")
_STORY_TYPES = frozenset({"text", "composite"})
_MEDIA_TYPES = frozenset({"picture", "graphic", "audio", "video", "component"})
_ASIDE = {"event": "event-item", "planning": "planning-item"}
_FOREIGN = frozenset({"feed_url", "home_page_url", "urn", "_id"})


def claims(sniff: Sniff) -> bool:
    """An object with a ``uri`` (or Superdesk's ``guid``), alone, in a list or a collection."""
    keys = {key.lower() for key in sniff.keys}
    members = {key.lower() for key in sniff.member_keys}
    if sniff.root is not None or keys & _FOREIGN:
        return False
    if "uri" in keys or "guid" in keys:
        return True
    return bool(members & {"uri", "guid"}) and (not keys or bool(keys & set(_LISTS)))


def read(document: Json, raw: RawRef, profile: Profile, context: Context) -> Parsed:
    """All items of the document. Raises Unreadable when there is no object to read."""
    objects = _objects(document.value)
    check_count(len(objects))
    items: list[Item] = []
    aside: list[SetAside] = []
    failed: list[BadItem] = []
    for index, value in enumerate(objects):
        try:
            fields = Fields(value)
            found = _read_one(fields, raw, profile)
        except Exception as error:  # noqa: BLE001  one item never loses its neighbours
            failed.append(bad_item(index, parts.guid_of(value), error))
            continue
        if isinstance(found, SetAside):
            aside.append(found)
        else:
            items.append(found)
    version = items[0].format.version if items else None
    return Parsed(
        format=FormatName(name="ninjs", version=version),
        items=tuple(items),
        aside=tuple(aside),
        failed=tuple(failed),
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


def _read_one(fields: Fields, raw: RawRef, profile: Profile) -> Item | SetAside:
    guid = fields.required("uri", "guid")
    kind = (fields.string("type") or "text").lower()
    if kind in _ASIDE or "eventdetails" in fields or "plannedcoverage" in fields:
        code = _ASIDE.get(kind, "event-item")
        return SetAside(guid=guid, code=code, detail=fields.string("title"))
    return _item(fields, guid, kind, raw, profile)


def _item(fields: Fields, guid: str, kind: str, raw: RawRef, profile: Profile) -> Item:
    moments = Moments(profile)
    kinds = _kinds(fields, kind, profile)
    status = _status_of(fields, profile)
    chosen = choose(fields, profile)
    words = chosen.words
    version = fields.version()
    item = Item(
        provider=profile.id,
        guid=guid,
        alt_ids=parts.alt_ids(fields),
        item_class=fields.string("itemclass"),
        type=_type(fields, kind),
        link=parts.canonical_link(fields),
        version=version,
        version_number=_status.number(version),
        version_created=fields.moment("versioncreated", moments),
        first_created=fields.moment("firstcreated", moments),
        content_created=fields.moment("contentcreated", moments),
        content_modified=fields.moment("contentmodified", moments),
        content_hash="",
        pub_status=_status.settle(status.pub_status, kinds.types),
        status_raw=fields.raw_string("pubstatus"),
        embargo=_status.embargo(
            fields.embargo(moments), required=status.embargoed, why=fields.string("embargoedreason")
        ),
        expires=fields.moment("expires", moments),
        signals=kinds.signals,
        editorial_types=kinds.types,
        partial=_partial(fields, kinds),
        replaces=parts.uris(fields, "replacing"),
        replaced_by=fields.string("replacedby"),
        headlines=parts.headlines(fields),
        slugline=fields.string("slugline"),
        keywords=fields.strings("keywords", "keyword"),
        by=fields.text("by", "byline"),
        bylines=parts.bylines(fields),
        dateline=fields.text("dateline"),
        located=fields.string("located"),
        dateline_detail=parts.dateline_place(fields),
        language=fields.string("language") or profile.language,
        ed_note=fields.text("ednote"),
        public_note=fields.string("publicnote"),
        descriptions=parts.descriptions(fields),
        title=fields.string("title"),
        urgency=parts.urgency(fields),
        urgency_raw=fields.raw_string("urgency"),
        priority=fields.raw_string("editorialpriority", "priority"),
        content_warning=kinds.warning,
        digital_source_type=fields.string("digitalsourcetype"),
        profile=fields.string("profile"),
        bodies=chosen.bodies,
        body_kind=chosen.kind,
        copy=words.copy,
        subjects=parts.concepts(fields, "subjects", "subject"),
        genres=parts.concepts(fields, "genres", "genre"),
        people=parts.concepts(fields, "people", "persons", "person"),
        organisations=parts.concepts(fields, "organisations", "organisation"),
        places=parts.concepts(fields, "places", "place"),
        events=parts.concepts(fields, "events", "event"),
        objects=parts.concepts(fields, "objects", "object"),
        copyright_holder=fields.string("copyrightholder"),
        copyright_notice=fields.string("copyrightnotice"),
        usage_terms=fields.strings("usageterms"),
        rights_info=parts.rights_info(fields),
        credit=parts.credit(fields),
        renditions=parts.renditions(fields),
        associations=parts.associations(fields, profile, moments),
        groups=parts.groups(fields) if kind == "composite" else (),
        info_sources=parts.info_sources(fields),
        services=parts.codes(fields, "services", "service"),
        trust_indicators=parts.codes(fields, "trustindicators", "trustindicator"),
        raw_ref=raw,
        format=FormatName(name="ninjs", version=parts.standard_version(fields)),
    )
    dates = (item.version_created, item.first_created, item.content_created, item.content_modified)
    holds = status.holds + kinds.holds + words.holds + undated(*dates)
    return seal(
        msgspec.structs.replace(
            item,
            hold_reason=tuple(dict.fromkeys(holds + tuple(fields.holds))),
            warnings=words.remarks + tuple(fields.remarks),
            repairs=tuple(dict.fromkeys(moments.repairs + words.repairs)),
        )
    )


def _kinds(fields: Fields, kind: str, profile: Profile) -> _status.Kinds:
    """Signals and editorial types; BBC sends ``advisory`` as the type itself."""
    signals = [_signal(word) for word in _signal_words(fields)]
    words = list(fields.strings("editorialtypes"))
    if kind == EditorialType.advisory:
        words.append(kind)
    return _status.kinds(signals, words, profile)


def _signal_words(fields: Fields) -> tuple[str, ...]:
    """AP lists words. TT sends an object: the value of its ``updatetype`` is the word, and of
    any other member the name, which a profile may ignore."""
    value = fields.get("signals")
    if not isinstance(value, dict):
        return fields.strings("signals", "signal")
    return tuple(str(told) if name == "updatetype" else name for name, told in value.items())


def _signal(word: str) -> Signal:
    if word.startswith(("http:", "https:")):
        return Signal(uri=word)
    if word.lower().startswith("sig:"):
        return Signal(uri=_status.IPTC_SIGNAL + word[4:], literal=word)
    return Signal(literal=word)


def _status_of(fields: Fields, profile: Profile) -> _status.Status:
    """The strictest that the item says of itself, in any spelling, a ``status`` beside it
    included when that is a word for a status. Absent is usable by the schema; null is absent.
    """
    said = [value if isinstance(value, str) else "" for value in fields.statuses]
    found = [_status.status(word, profile) for word in said]
    beside = fields.get("status")
    if isinstance(beside, str) and _status.known(beside) is not None:
        found.append(_status.status(beside, profile))
    return _status.strictest(found) if found else _status.Status(pub_status=PubStatus.usable)


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
