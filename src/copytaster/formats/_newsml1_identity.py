"""Which story an item of NewsML 1 belongs to, and which revision of it this is.

The key is (ProviderId, DateId, NewsItemId), as the DTD says of ``NewsIdentifier``. It is
written as the URN that ``PublicIdentifier`` is made of, without the revision at its end: that
identifier names one revision, and a key with the version in it would let an older version in
after a kill (handbook: formats §0, §1.2).
"""

import re

import msgspec
from lxml import etree

from copytaster.agency import Profile
from copytaster.formats import _status
from copytaster.formats._newsml1_part import Part
from copytaster.formats._newsml1_part import characters
from copytaster.formats._newsml1_part import formal
from copytaster.formats._types import LONGEST_ID
from copytaster.item import AltId

_PREFIX = "urn:newsml:"
_REVISION = re.compile(r"[0-9]{1,18}[NAU]?", re.IGNORECASE)


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """The key and the revision. ``guid`` is None when nothing identifies the item."""

    guid: str | None
    alt_ids: tuple[AltId, ...] = ()
    version: str | None = None
    version_number: int | None = None
    previous: str | None = None
    update: str = "N"
    """N: a whole item; U: a patch; A: management only (DTD, ``RevisionId/@Update``)"""


def identity(item: Part, profile: Profile) -> Identity:
    """What ``Identification`` says."""
    block = item.part("Identification")
    names = block.part("NewsIdentifier")
    public = names.text("PublicIdentifier")
    revision = names.first("RevisionId")
    version = None if revision is None else characters(revision)
    told = _named_revision(public or "") if version is None else None
    key = _key(names, profile) or (story_of(public, profile) if public else None)
    return Identity(
        guid=key if key and len(key) <= LONGEST_ID else None,
        alt_ids=_alt_ids(block, names, public),
        version=told[0] if told else version,
        version_number=_status.number(told[0] if told else version),
        previous=None if revision is None else revision.get("PreviousRevision", "").strip() or None,
        update=_update(revision) or (told[1] if told else "") or "N",
    )


def _key(names: Part, profile: Profile) -> str | None:
    """The URN without its revision; an item without ``NewsItemId`` has none."""
    found = names.text("NewsItemId")
    if found is None:
        return None
    date = names.text("DateId") if profile.date_in_id else None
    return _PREFIX + ":".join(filter(None, (names.text("ProviderId"), date, found)))


def story_of(reference: str, profile: Profile) -> str:
    """The key that a reference to an item means: its URN without revision, and date as told.

    ``urn:newsml:{ProviderId}:{DateId}:{NewsItemId}:{RevisionId}{N|A|U}``; anything else as sent.
    """
    if not reference.lower().startswith(_PREFIX):
        return reference
    segments = reference[len(_PREFIX) :].split(":")
    if len(segments) < 3:
        return reference
    if len(segments) > 3 and _REVISION.fullmatch(segments[-1]):
        segments.pop()
    if not profile.date_in_id:
        del segments[1]
    return _PREFIX + ":".join(segments)


def revision_of(reference: str) -> str | None:
    """The revision that a reference names."""
    found = _named_revision(reference)
    return found[0] if found else None


def _named_revision(reference: str) -> tuple[str, str] | None:
    """Number and letter at the end of a URN (DTD, PublicIdentifier)."""
    segments = reference.split(":")
    if not reference.lower().startswith(_PREFIX) or len(segments) < 6:
        return None
    if _REVISION.fullmatch(segments[-1]) is None:
        return None
    number = segments[-1].rstrip("NAUnau")
    return number, segments[-1][len(number) :].upper()


def _update(revision: etree._Element | None) -> str:
    return "" if revision is None else revision.get("Update", "").strip().upper()


def _alt_ids(block: Part, names: Part, public: str | None) -> tuple[AltId, ...]:
    """Other names of the item, with the element each came from; labels with their type."""
    found = [
        ("PublicIdentifier", public),
        ("NewsItemId", names.text("NewsItemId")),
        ("NameLabel", block.text("NameLabel")),
    ]
    for label in block.parts("Label"):
        kind = label.first("LabelType")
        role = None if kind is None else formal(kind)
        found.append((role or "Label", label.text("LabelText")))
    return tuple(AltId(role=role, value=value) for role, value in found if value)
