"""Updates that change nothing but an item's status, embargo or expiry, applied to what they name.

NewsML 1 sends one as a revision with ``Update="A"``, or with ``NewsManagement`` and no component;
other formats as a version without content that names the one before (handbook: formats §2.2). It
has no words of its own. It is applied where it names the very revision that is held: only then is
an embargo lifted by it. What it forbids binds whether that is proven or not.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

import msgspec

from copytaster.item import BodyKind
from copytaster.item import EditorialType
from copytaster.item import Item
from copytaster.item import Partial
from copytaster.story import Message
from copytaster.verdict._standing import is_canceled
from copytaster.verdict._standing import stand
from copytaster.verdict.reasons import OF_WORDS

_LIFTED = frozenset({EditorialType.withhold, EditorialType.hold_for_release})
"""kinds of a revision that the update of its status speaks anew of"""


class Managed(msgspec.Struct, frozen=True, kw_only=True):
    """The versions of a story, with its updates applied."""

    own: list[Message]
    base: str | None = None
    """content hash of the version that was updated; None: nothing was applied"""
    updated: str | None = None
    """that of the version as it is by its updates"""


def applied(own: Sequence[Message]) -> Managed:
    """The versions with every update on top of the current one applied to it; as they are, where
    one of those is not proven."""
    updates = [message for message in own if is_update(message.item)]
    if not updates or any(is_canceled(message.item) for message in own):
        return Managed(own=list(own))
    wholes = [message for message in own if not is_update(message.item)]
    standing = stand(wholes, None)
    if standing is None or standing.is_disputed or not _is_alone(wholes, standing.current):
        return Managed(own=list(own))
    base = standing.current
    above = sorted((m.item for m in updates if not _is_older(m.item, base)), key=_rank)
    chain = _chain(base, list({_rank(item): item for item in above}.values()))
    if not chain:
        return Managed(own=list(own))
    item = _as_updated(base, chain)
    return Managed(
        own=[
            msgspec.structs.replace(message, item=item)
            for message in wholes
            if message.item.content_hash == base.content_hash
        ]
        + [message for message in wholes if message.item.content_hash != base.content_hash],
        base=base.content_hash,
        updated=item.content_hash,
    )


def is_update(item: Item) -> bool:
    """Whether an item has nothing to read, and says what to do with the version before it."""
    if item.copy.blocks or item.bodies or not OF_WORDS.isdisjoint(item.hold_reason):
        return False
    if item.partial is Partial.management_only:
        return True
    return (
        item.partial is Partial.none
        and item.previous_version is not None
        and item.body_kind is BodyKind.none
        and item.type == "text"
        and not item.targets
    )


def _is_alone(wholes: Sequence[Message], base: Item) -> bool:
    """Whether no other words stand under the revision that an update would name."""
    return base.version_number is not None and all(
        message.item.content_hash == base.content_hash
        for message in wholes
        if message.item.version_number in (None, base.version_number)
    )


def _is_older(item: Item, base: Item) -> bool:
    number, mine = item.version_number, base.version_number
    return number is not None and mine is not None and number < mine


def _rank(item: Item) -> tuple[int, float, str]:
    at = _date(item)
    return (
        -1 if item.version_number is None else item.version_number,
        at.timestamp() if at is not None else 0.0,
        item.content_hash,
    )


def _chain(base: Item, updates: Sequence[Item]) -> list[Item]:
    """The updates one after the other, where each names the one before; none where one does not,
    or two follow the same."""
    chain: list[Item] = []
    last = base
    for update in updates:
        if not _follows(last, update, base):
            return []
        chain.append(update)
        last = update
    return chain


def _follows(last: Item, update: Item, base: Item) -> bool:
    """The next revision names the one it follows; the same revision again is told by its date."""
    if update.headline not in (None, base.headline) or update.version_number is None:
        return False
    if update.version_number == last.version_number:
        before, at = _date(last), _date(update)
        return before is not None and at is not None and before < at
    return update.previous_version is not None and update.previous_version == last.version


def _date(item: Item) -> datetime | None:
    return item.version_created.instant if item.version_created is not None else None


def _as_updated(base: Item, chain: Sequence[Item]) -> Item:
    """The base under the status of its last update: its words, its date and what is wrong with
    them are its own."""
    last = chain[-1]
    contents = "\n".join(item.content_hash for item in (base, *chain))
    own = [code for code in base.hold_reason if code in OF_WORDS]
    said = [code for code in last.hold_reason if code not in OF_WORDS]
    kinds = [kind for kind in base.editorial_types if kind not in _LIFTED]
    notes = [note for note in (base.ed_note, last.ed_note) if note]
    return msgspec.structs.replace(
        base,
        version=last.version,
        version_number=last.version_number,
        previous_version=last.previous_version,
        pub_status=last.pub_status,
        status_raw=last.status_raw,
        embargo=last.embargo,
        expires=last.expires,
        use_from=last.use_from,
        retain_until=last.retain_until,
        hold_reason=tuple(dict.fromkeys((*own, *said))),
        editorial_types=tuple(dict.fromkeys((*kinds, *last.editorial_types))),
        ed_note="\n".join(dict.fromkeys(notes)) or None,
        repairs=tuple(dict.fromkeys((*base.repairs, *last.repairs))),
        warnings=(*base.warnings, *last.warnings),
        content_hash=hashlib.sha256(f"managed\n{contents}".encode()).hexdigest(),
    )
