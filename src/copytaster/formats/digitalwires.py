"""digitalwires JSON: one entry, a list of them, or an object around ``entries``.

The same stories go out as NewsML-G2, made from these entries; what differs is written down in
``docs/reference/formats-digitalwires.md``. Source: the format as sent (``digitalwires@0.9``),
its publisher's own importers; handbook: formats §1.4, agencies §1.5.
"""

import msgspec

from copytaster.agency import Profile
from copytaster.formats import _dw_parts as parts
from copytaster.formats import _ninjs_parts
from copytaster.formats import _status
from copytaster.formats._dw_body import choose
from copytaster.formats._dw_categories import Categories
from copytaster.formats._dw_notes import Notes
from copytaster.formats._dw_notes import notes as notes_of
from copytaster.formats._hash import seal
from copytaster.formats._json_values import string
from copytaster.formats._moments import Moments
from copytaster.formats._moments import undated
from copytaster.formats._neighbours import each
from copytaster.formats._ninjs_fields import Fields
from copytaster.formats._types import BadReading
from copytaster.formats._types import Context
from copytaster.formats._types import Format
from copytaster.formats._types import Json
from copytaster.formats._types import Parsed
from copytaster.formats._types import Sniff
from copytaster.formats._types import Unreadable
from copytaster.formats._types import no_more_than_allowed
from copytaster.item import AltId
from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import FormatName
from copytaster.item import Item
from copytaster.item import RawRef

_LOOKED_AT = 5
"""members of a list of which one must be an entry for the list to be one of entries"""
_MARKS = frozenset({"article_html", "version_created", "entry_id"})


def claims(sniff: Sniff) -> bool:
    """An object with ``urn`` and another name of the format's own; a list of them."""
    value = sniff.value
    if isinstance(value, dict):
        if _is_entry(value):
            return True
        value = value.get("entries")
        if value == []:
            return True
    return isinstance(value, list) and any(map(_is_entry, value[:_LOOKED_AT]))


def _is_entry(value: object) -> bool:
    return isinstance(value, dict) and "urn" in value and not _MARKS.isdisjoint(value)


def read(document: Json, raw: RawRef, profile: Profile, context: Context) -> Parsed:
    """All entries of the document, in its order. Raises Unreadable when there is none to read."""
    entries = no_more_than_allowed(_entries(document.value))
    found = each(entries, lambda _, value: _item(value, raw, profile, context), _urn)
    name = found.items[0].format if found.items else FormatName(name="digitalwires")
    return Parsed(format=name, items=found.items, failed=found.failed)


def _urn(entry: object) -> str | None:
    return string(entry.get("urn")) if isinstance(entry, dict) else None


def _entries(value: object) -> list[object]:
    if isinstance(value, dict) and "urn" not in value and "entries" in value:
        value = value["entries"]
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        return [value]
    raise Unreadable("digitalwires: the document is neither an entry nor a list of entries")


def _item(value: object, raw: RawRef, profile: Profile, context: Context) -> Item:
    if not isinstance(value, dict):
        raise BadReading(f"digitalwires: an entry is a {type(value).__name__}, not an object")
    guid = parts.identity(value)
    fields = Fields(value)
    categories = _categories(fields)
    moments, notes = Moments(profile), notes_of(fields)
    status = parts.status(fields, categories, profile)
    kinds = _status.kinds(parts.signals(fields, categories), (), profile)
    chosen = choose(fields, profile, words=context.words)
    media = parts.associations(fields, profile, moments)
    kind = parts.nature(fields, has_text=bool(chosen.bodies))
    embargo = _status.embargo(fields.embargo(moments), required=status.embargoed, why=notes.embargo)
    version, words = fields.version(), chosen.words
    located, place = categories.located()
    item = Item(
        provider=profile.id,
        guid=guid,
        alt_ids=_alt_ids(fields),
        type=kind,
        version=version,
        version_number=_status.number(version),
        version_created=fields.moment("version_created", moments),
        content_created=fields.moment("content_created", moments),
        sent=fields.moment("updated", moments),
        content_hash="",
        pub_status=_status.settle(status.pub_status, kinds.types),
        status_raw=fields.raw_string("pubstatus"),
        embargo=embargo,
        expires=fields.moment("expires", moments),
        signals=kinds.signals,
        editorial_types=kinds.types,
        partial=_status.partial(kinds.types),
        correction_text=notes.correction,
        headlines=parts.headlines(fields),
        keywords=categories.names("keyword"),
        by=fields.text("byline"),
        bylines=categories.makers(),
        dateline=fields.text("dateline"),
        located=located,
        dateline_detail=place,
        language=fields.string("language"),
        ed_note=notes.internal,
        # A line that is to stand below the text where it is published without an editor.
        public_note=fields.text("autopublishnotice"),
        descriptions=parts.descriptions(fields),
        urgency=_ninjs_parts.urgency(fields),
        urgency_raw=fields.raw_string("urgency"),
        content_warning=kinds.warning,
        bodies=chosen.bodies,
        body_kind=chosen.kind,
        copy=words.copy,
        subjects=categories.subjects(),
        genres=categories.genres(),
        people=categories.people(),
        organisations=categories.organisations(),
        places=categories.places(),
        events=categories.events(),
        copyright_notice=fields.string("copyrightnotice"),
        usage_terms=fields.strings("usageterms"),
        credit=fields.text("creditline"),
        renditions=parts.renditions(guid, media),
        associations=media,
        info_sources=categories.sources(),
        services=categories.codes("wire"),
        channels=categories.codes("rubric"),
        raw_ref=raw,
        format=FormatName(name="digitalwires", version=_version(fields)),
    )
    dated = undated(item.version_created, item.content_created)
    holds = (*status.holds, *kinds.holds, *words.holds, *_prose(notes, embargo), *dated)
    return seal(
        msgspec.structs.replace(
            item,
            hold_reason=tuple(dict.fromkeys((*holds, *fields.holds))),
            warnings=(*words.remarks, *fields.remarks),
            repairs=moments.repairs,
        )
    )


def _categories(fields: Fields) -> Categories:
    """They hold status and signals too, so a wrong type holds the item."""
    value = fields.get("categories")
    if value is not None and not isinstance(value, list):
        fields.malformed("categories", value)
    return Categories(value)


def _version(fields: Fields) -> str | None:
    """``0.9.1`` of ``digitalwires@0.9.1``."""
    return (fields.string("format") or "").partition("@")[2] or None


def _alt_ids(fields: Fields) -> tuple[AltId, ...]:
    found = fields.raw_string("entry_id")
    return (AltId(role="entry_id", value=found),) if found else ()


def _prose(notes: Notes, embargo: Embargo) -> tuple[str, ...]:
    """An embargo that stands in a note alone: nothing says when it ends."""
    told = notes.embargo is not None and embargo.state is EmbargoState.none
    return ("embargo-note",) if told else ()


FORMAT = Format(name="digitalwires", claims=claims, read=read, document="json")
"""Registered in the entry-point group ``copytaster.formats``."""
