"""The content hash: whether two messages say the same thing.

It covers what readers get and what may be done with it: the words, status, embargo, expiry,
signals, kinds of message, correction text, targets, pictures, credit and rights. It leaves out
dates of change, versions, envelope facts and everything this program adds, so that a resend
hashes alike (handbook: formats §2.1).
"""

import hashlib
from datetime import UTC
from datetime import datetime
from operator import attrgetter

import msgspec

from copytaster.item import Association
from copytaster.item import Embargo
from copytaster.item import Item
from copytaster.moment import Moment

_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)

_CONTENT = (
    "item_class",
    "type",
    "profile",
    "link",
    "pub_status",
    "status_scope",
    "editorial_types",
    "partial",
    "replaces",
    "replaced_by",
    "correction_text",
    "headlines",
    "slugline",
    "keywords",
    "by",
    "bylines",
    "dateline",
    "located",
    "language",
    "ed_note",
    "public_note",
    "advisory_line",
    "descriptions",
    "urgency",
    "content_warning",
    "digital_source_type",
    "body_kind",
    "subjects",
    "genres",
    "copyright_holder",
    "copyright_notice",
    "usage_terms",
    "rights_info",
    "restrictions",
    "data_mining",
    "credit",
    "renditions",
    "groups",
)


_content = attrgetter(*_CONTENT)
_encode = msgspec.json.Encoder().encode
_OPEN = Embargo()
_UNBOUND = (_OPEN.state, None, None)


def content_hash(item: Item) -> str:
    """SHA-256 in hexadecimal over the canonical content of ``item``."""
    content: list[object] = [*_content(item), item.copy.blocks]
    content.append(_embargo(item.embargo))
    content.append(_instant(item.expires))
    content.append([(s.uri, s.literal, s.severity) for s in item.signals])
    content.append(
        [(t.idref, t.service_number, t.new_status, _instant(t.when)) for t in item.targets]
    )
    content.append([(_without_embargo(a), _embargo(a.embargo)) for a in item.associations])
    return hashlib.sha256(_encode(content)).hexdigest()


def seal(item: Item) -> Item:
    """The item with its content hash. Readers build with an empty one and seal last.

    It is set in place, before anybody else has seen the item: the hash follows from the rest,
    so setting it again changes nothing, and an item of ninety fields is not built twice.
    """
    msgspec.structs.force_setattr(item, "content_hash", content_hash(item))
    return item


def _without_embargo(part: Association) -> Association:
    return part if part.embargo == _OPEN else msgspec.structs.replace(part, embargo=_OPEN)


def _embargo(embargo: Embargo) -> tuple[str, str | None, str | None]:
    """The same instant in another zone is the same embargo; an unread one is its raw text."""
    if embargo is _OPEN:
        return _UNBOUND
    if embargo.until is None:
        return (embargo.state, None, embargo.raw)
    return (embargo.state, _utc(embargo.until).isoformat(), None)


def _instant(moment: Moment | None) -> str | None:
    if moment is None:
        return None
    if moment.instant is None:
        return moment.raw
    return _utc(moment.instant).isoformat()


def _utc(instant: datetime) -> datetime:
    """The instant in UTC; one too near the ends of the calendar for that stands at its end."""
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        return _FIRST if instant.year == _FIRST.year else _LAST
