"""AP Media API JSON: answers of the feed, search and content methods, and single items.

AP decides whether an item may be published in this order: without the signal ``newscontent``
never; then ``pubstatus``, ``embargoed`` and ``editorialtypes`` together, never the status
alone. Unknown fields are passed over, as AP asks. Sources: AP Media API 2.2, schema
``contentitem``; Publishable Content; handbook: formats §1.4, agencies §1.2.
"""

from collections.abc import Iterator

import msgspec

from copytaster.agency import Profile
from copytaster.formats import _ap_parts as parts
from copytaster.formats import _ninjs_parts
from copytaster.formats import _nitf_parts
from copytaster.formats import _status
from copytaster.formats._ap_body import choose
from copytaster.formats._hash import seal
from copytaster.formats._moments import Moments
from copytaster.formats._moments import undated
from copytaster.formats._neighbours import each
from copytaster.formats._ninjs_fields import Fields
from copytaster.formats._nitf_parts import Nitf
from copytaster.formats._types import BadReading
from copytaster.formats._types import Context
from copytaster.formats._types import Format
from copytaster.formats._types import Json
from copytaster.formats._types import Parsed
from copytaster.formats._types import Sniff
from copytaster.formats._types import Unreadable
from copytaster.formats._types import no_more_than_allowed
from copytaster.item import FormatName
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import RawRef

_TYPES = frozenset({"text", "picture", "graphic", "audio", "video", "composite"})
_LOOKED_AT = 5
"""members of a list of which one must be AP's for the list to be"""


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """An item and what its answer says beside it."""

    item: object
    meta: object = None


def claims(sniff: Sniff) -> bool:
    """An answer of the API, a result inside one (``meta`` and ``item``), or an item by itself."""
    value = sniff.value
    if isinstance(value, list):
        return any(_is_result(member) or _is_item(member) for member in value[:_LOOKED_AT])
    if not isinstance(value, dict):
        return False
    return _is_answer(value) or _is_result(value) or _is_item(value)


def _is_answer(value: dict[str, object]) -> bool:
    data = value.get("data", value)
    if "api_version" in value and ("data" in value or "error" in value):
        return True
    members = data.get("items") if isinstance(data, dict) else None
    if isinstance(members, list):
        return any(map(_is_result, members[:_LOOKED_AT]))
    return data is not value and _is_result(data)


def _is_result(value: object) -> bool:
    return isinstance(value, dict) and parts.itemid(value.get("item")) is not None


def _is_item(value: object) -> bool:
    """Not a ninjs object that names AP's id among others: AP's etag begins with its itemid."""
    guid = parts.itemid(value)
    if guid is None or not isinstance(value, dict) or value.keys() & {"standard", "$standard"}:
        return False
    altids, signals = value["altids"], value.get("signals")
    marked = isinstance(signals, list) and "newscontent" in signals
    return marked or "body_nitf" in value or str(altids.get("etag")).startswith(guid)


def read(document: Json, raw: RawRef, profile: Profile, context: Context) -> Parsed:
    """All items of an answer, in its order. Raises Unreadable when it holds none to read."""
    members = no_more_than_allowed(_members(document.value))
    name = FormatName(name="ap-media", version=_api_version(document.value))
    found = each(
        members,
        lambda _, member: _item(member, name, raw, profile, context),
        lambda member: parts.itemid(member.item),
    )
    return Parsed(format=name, items=found.items, failed=found.failed)


def _members(value: object) -> Iterator[Member]:
    """Results of a feed or search (``data.items``), of a content call (``data``), or items."""
    if isinstance(value, list):
        yield from map(_member, value)
        return
    if not isinstance(value, dict):
        raise Unreadable("AP Media API: the document is neither an object nor a list of them")
    _check_error(value)
    data = value.get("data", value)
    listed = data.get("items") if isinstance(data, dict) else None
    if isinstance(listed, list):
        yield from map(_member, listed)
    elif isinstance(data, dict) and ("item" in data or "altids" in data):
        yield _member(data)
    elif not _is_empty_feed(data):
        raise Unreadable("AP Media API: an answer without items; ask for content, not the account")


def _member(value: object) -> Member:
    if isinstance(value, dict) and "item" in value:
        return Member(item=value["item"], meta=value.get("meta"))
    return Member(item=value)


def _is_empty_feed(data: object) -> bool:
    """Nothing new: the list is left out, and its count says so."""
    return isinstance(data, dict) and data.get("current_item_count") == 0


def _check_error(value: dict[str, object]) -> None:
    error = value.get("error")
    if isinstance(error, dict) and "data" not in value:
        told = " ".join(f"{error.get('status', '')} {error.get('message', '')}".split())[:200]
        raise Unreadable(f"AP Media API: the answer is an error: {told}; check the account")


def _api_version(value: object) -> str | None:
    found = value.get("api_version") if isinstance(value, dict) else None
    return found if isinstance(found, str) else None


def _item(
    member: Member, name: FormatName, raw: RawRef, profile: Profile, context: Context
) -> Item:
    if not isinstance(member.item, dict):
        raise BadReading(f"AP Media API: an item is a {type(member.item).__name__}, not an object")
    guid = parts.identity(member.item)
    fields = Fields(member.item)
    moments = Moments(profile)
    chosen = choose(fields, profile, words=context.words)
    inside = None if chosen.nitf is None else Nitf(chosen.nitf)
    status, kinds = parts.status(fields, profile, inside), parts.kinds(fields, profile, inside)
    words, version = chosen.words, fields.version()
    authors, dateline = parts.bylines(fields), fields.text("located")
    place = _ninjs_parts.dateline_place(fields)
    item = Item(
        provider=profile.id,
        guid=guid,
        alt_ids=parts.alt_ids(fields),
        story_chain_id=guid,
        type=_type(fields),
        link=_ninjs_parts.canonical_link(fields),
        version=version,
        version_number=_status.number(version),
        version_created=fields.moment("versioncreated", moments),
        first_created=fields.moment("firstcreated", moments),
        content_hash="",
        pub_status=_status.settle(status.pub_status, kinds.types),
        status_raw=fields.raw_string("pubstatus"),
        embargo=parts.embargo(fields, moments, status, inside),
        expires=fields.moment("expires", moments),
        signals=kinds.signals,
        editorial_types=kinds.types,
        partial=_status.partial(kinds.types),
        headlines=_headlines(fields, inside),
        slugline=fields.string("slugline"),
        keywords=fields.strings("keywords"),
        by=parts.by(authors) or (_nitf_parts.byline(inside) if inside else None),
        bylines=authors,
        # AP's own NewsML-G2 of the same item has ``located`` as its dateline.
        dateline=dateline,
        located=dateline or (place.city if place else None),
        dateline_detail=place,
        language=fields.string("language"),
        ed_note=parts.ed_note(fields, inside),
        public_note=fields.text("description_editornotes"),
        descriptions=parts.descriptions(fields),
        title=fields.string("title"),
        urgency=_ninjs_parts.urgency(fields),
        urgency_raw=fields.raw_string("urgency"),
        priority=fields.raw_string("editorialpriority"),
        content_warning=kinds.warning,
        profile=fields.string("profile"),
        bodies=chosen.bodies,
        body_kind=chosen.kind,
        copy=words.copy,
        subjects=parts.concepts(fields, "subject", "subjects"),
        genres=parts.genres(fields),
        people=parts.concepts(fields, "person", "persons"),
        organisations=parts.concepts(fields, "organisation", "organization"),
        places=parts.concepts(fields, "place", "places"),
        events=parts.concepts(fields, "event", "events"),
        anpa_category=parts.category(fields),
        copyright_notice=fields.string("copyrightnotice"),
        usage_terms=fields.strings("usageterms"),
        credit=_ninjs_parts.credit(fields),
        renditions=parts.renditions(fields),
        associations=parts.associations(fields, profile, moments),
        info_sources=parts.sources(fields),
        services=parts.products(member.meta),
        raw_ref=raw,
        format=name,
    )
    holds = (*status.holds, *kinds.holds, *words.holds, *fields.holds)
    return seal(
        msgspec.structs.replace(
            item,
            hold_reason=tuple(
                dict.fromkeys((*holds, *undated(item.version_created, item.first_created)))
            ),
            warnings=(*words.remarks, *fields.remarks),
            repairs=tuple(dict.fromkeys((*moments.repairs, *words.repairs))),
        )
    )


def _type(fields: Fields) -> str:
    kind = (fields.text("type") or "text").lower()  # of a wrong type it holds
    if kind not in _TYPES:
        fields.holds.append("type-unknown")
    return kind


def _headlines(fields: Fields, inside: Nitf | None) -> tuple[Headline, ...]:
    """The item's own, else those in the head of the NITF document inside it."""
    return parts.headlines(fields) or (_nitf_parts.hedlines(inside) if inside else ())


FORMAT = Format(name="ap-media", claims=claims, read=read, document="json")
"""Registered in the entry-point group ``copytaster.formats``."""
