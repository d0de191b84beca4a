"""What may be done with a feed's item, by its modules: status, embargo, expiry, FeedSync.

RSS and Atom themselves say nothing of this: an item without any of these modules is usable.
Sources: Media RSS 1.5.1 ``media:status``; RFC 5023 §13.1 ``app:draft``; DCMI Period;
FeedSync 1.0 §2; handbook: formats §1.3.
"""

import msgspec

from copytaster.formats import _feed_media as media
from copytaster.formats import _status
from copytaster.formats._ap_atom import ApFacts
from copytaster.formats._feed import Fields
from copytaster.formats._feed import Notes
from copytaster.formats._feed import attribute
from copytaster.formats._feed_validity import validity
from copytaster.item import Embargo
from copytaster.item import PubStatus
from copytaster.moment import Moment

_MODULES = frozenset(
    (
        *("sx:sync", "app:control", "media:status", "dcterms:valid"),
        *("mi:expirationDate", "expirationDate"),
    )
)
_SYNC = frozenset(("sx:sync",))
_EXPIRY = ("mi:expirationDate", "expirationDate")


class Control(msgspec.Struct, frozen=True, kw_only=True):
    """What may be done with the item."""

    pub_status: PubStatus = PubStatus.usable
    status_raw: str | None = None
    embargo: Embargo = Embargo()
    expires: Moment | None = None


class Sync(msgspec.Struct, frozen=True, kw_only=True):
    """What FeedSync says of an item's history."""

    id: str | None = None
    version: str | None = None
    """``updates``: how often the item was changed, counted from 1"""
    when: Moment | None = None
    """of the last change"""


_FREE = Control()
_UNSYNCED = Sync()


def control(fields: Fields, ap: ApFacts, notes: Notes) -> Control:
    """Of several words on one item the strictest; what cannot be read holds it."""
    if ap.status is None and not fields.has(_MODULES):
        return _FREE
    pub_status, word = _pub_status(fields, ap, notes)
    start, end = validity(fields, notes)
    starts = [moment for moment in (start, ap.status_change) if moment is not None]
    return Control(
        pub_status=pub_status,
        status_raw=word,
        embargo=_status.embargo(_status.latest(starts), required=ap.embargoed),
        expires=_expiry(end, fields, notes),
    )


def synced(fields: Fields, notes: Notes) -> Sync:
    """``sx:sync`` with its newest ``sx:history``."""
    if not fields.has(_SYNC):
        return _UNSYNCED
    sync = next(fields.inside("sx:sync"))
    updates = sync.element.get("updates") or sync.element.get("version") or ""
    changes = sync.all("sx:history")
    latest = max(changes, key=lambda e: _status.number(e.get("sequence")) or 0, default=None)
    when = latest.get("when") if latest is not None else None
    return Sync(
        id=sync.element.get("id") or None,
        version=updates.strip() if _status.number(updates.strip()) is not None else None,
        when=notes.iso(when) if when else None,
    )


def _pub_status(fields: Fields, ap: ApFacts, notes: Notes) -> tuple[PubStatus, str | None]:
    """The strictest status that is stated, with its word as sent."""
    found: list[tuple[PubStatus, str | None]] = []
    if any(attribute(e, "deleted") in ("true", "1") for e in fields.all("sx:sync")):
        found.append((PubStatus.canceled, "deleted"))
    if _is_draft(fields):
        notes.hold("status-held", "app:control/app:draft", "a draft (RFC 5023 §13.1)")
        found.append((PubStatus.hold, "draft"))
    stated = media.status(fields)
    if stated is not None:
        if stated[0] is PubStatus.hold:
            notes.hold("status-unknown", "media:status", stated[1])
        found.append(stated)
    if ap.status is not None:
        found.append((ap.status, ap.status_raw))
    return max(
        found, key=lambda pair: media.STRICTNESS.index(pair[0]), default=(PubStatus.usable, None)
    )


def _is_draft(fields: Fields) -> bool:
    controls = fields.inside("app:control")
    return any((control.text("app:draft") or "").lower() == "yes" for control in controls)


def _expiry(end: Moment | None, fields: Fields, notes: Notes) -> Moment | None:
    """The earliest of the ends stated; one that cannot be read holds the item."""
    stated = [notes.date(fields, name) for name in _EXPIRY]
    found = [moment for moment in (end, *stated) if moment is not None]
    unread = [moment for moment in found if moment.instant is None]
    if unread:
        notes.hold("field-malformed", "expires", f"an expiry that cannot be read: {unread[0].raw}")
        return unread[0]
    return min(found, key=lambda m: m.instant.timestamp() if m.instant else 0, default=None)
