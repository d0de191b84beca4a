"""A feed's notice that an entry was deleted (RFC 6721), in any feed that carries one."""

from lxml import etree

from copytaster.formats._feed import Fields
from copytaster.formats._feed import Names
from copytaster.formats._feed import Notes
from copytaster.formats._feed_item import BadEntry
from copytaster.formats._feed_item import Frame
from copytaster.formats._hash import seal
from copytaster.formats._types import LONGEST_ID
from copytaster.item import EditorialType
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.item import Source
from copytaster.item import Target

_NAMES = ("at:deleted-entry", "app:deleted-entry", "deleted-entry", "atom:deleted-entry")


def is_tombstone(element: etree._Element, names: Names) -> bool:
    """In RFC 6721's namespace, or in those that senders mistake for it (formats §1.3)."""
    return names.of(element) in _NAMES


def tombstone(fields: Fields, notes: Notes, frame: Frame) -> Item:
    """A notice that an entry was deleted (RFC 6721 §3). Whether it binds is not decided here:
    only the entry's own feed may take it back, and an entry that is newer was restored.
    """
    ref = fields.element.get("ref", "").strip(" \t\r\n")
    if not ref or len(ref) > LONGEST_ID:
        raise BadEntry("a deleted-entry without a ref of sensible length: it names no entry")
    raw = fields.element.get("when", "")
    when = notes.iso(raw)
    if when.instant is None:
        notes.remark("date-unreadable", "at:deleted-entry/@when", raw)
    return seal(
        Item(
            provider=notes.profile.id,
            guid=f"tombstone:{ref}@{raw}",
            feed_id=frame.feed_id,
            version_created=when,
            content_hash="",
            pub_status=PubStatus.canceled,
            status_raw="deleted-entry",
            editorial_types=(EditorialType.kill,),
            targets=(Target(idref=ref, new_status=PubStatus.canceled, when=when),),
            ed_note=fields.text("at:comment", "app:comment", "comment", "atom:comment"),
            info_sources=_deleted_by(fields),
            raw_ref=frame.raw,
            format=frame.name,
            repairs=tuple(dict.fromkeys(frame.repairs + notes.repairs)),
            warnings=notes.remarks,
        )
    )


def _deleted_by(fields: Fields) -> tuple[Source, ...]:
    """Who deleted it (RFC 6721 §4.1)."""
    found = []
    for person in fields.inside("at:by", "app:by", "by", "atom:by"):
        name, uri = person.text("name", "atom:name"), person.text("uri", "atom:uri")
        if name or uri:
            found.append(Source(name=name, uri=uri, role="deleted-by"))
    return tuple(found)
