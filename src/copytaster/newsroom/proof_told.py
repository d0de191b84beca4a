"""What was seen of a withdrawal: the receipts of its public addresses, as shells see them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from copytaster.newsroom.picture_proving import PICTURES
from copytaster.store import Face
from copytaster.store import Receipt
from copytaster.store import Story
from copytaster.store import WorkKind

WITHDRAWN = frozenset({Face.hold, Face.gone, Face.expired, Face.legal})


def withdrawal_told(story: Story, receipts: Sequence[Receipt]) -> dict[str, Any] | None:
    """The newest withdrawal: whether and after how long every address was seen clean, and what
    each was seen to serve. None for a story that was never withdrawn."""
    stands = story.face in WITHDRAWN
    withdrawn = [receipt for receipt in receipts if _is_of_story(receipt)]
    newest = max((receipt.since for receipt in withdrawn), default=None)
    seen = proof_of(story, receipts) if stands else [r for r in withdrawn if r.since == newest]
    if not stands and not seen:
        return None
    clean = bool(seen) and all(receipt.clean for receipt in seen)
    dirty = max((r for r in seen if r.dirty_seen), key=_dirty_seen, default=None)
    return {
        "stands": stands,
        "since": _iso(seen[0].since if seen else None),
        "clean": clean,
        "secondsToClean": max(_seconds(receipt) for receipt in seen) if clean else None,
        "looks": max((receipt.looks for receipt in seen), default=0),
        "lastDirty": dirty
        and {
            "address": dirty.address,
            "seen": _iso(dirty.dirty_seen),
            "detail": dirty.dirty_detail,
        },
        "surfaces": [receipt_told(receipt) for receipt in seen],
    }


def _dirty_seen(receipt: Receipt) -> datetime:
    return receipt.dirty_seen or receipt.since


def _seconds(receipt: Receipt) -> float:
    return (receipt.seen - receipt.since).total_seconds()


def receipt_told(receipt: Receipt) -> dict[str, Any]:
    """A receipt as shells see it, with the seconds since what caused it arrived."""
    return {
        "channel": receipt.channel,
        "address": receipt.address,
        "kind": receipt.kind.value,
        "since": _iso(receipt.since),
        "seen": _iso(receipt.seen),
        "seconds": _seconds(receipt),
        "status": receipt.status,
        "clean": receipt.clean,
        "detail": receipt.detail,
        "looks": receipt.looks,
        "dirtySeen": _iso(receipt.dirty_seen),
        "dirtyDetail": receipt.dirty_detail,
    }


def proof_of(story: Story, receipts: Sequence[Receipt]) -> list[Receipt]:
    """What was seen of the story's newest withdrawal since its face last changed."""
    mine = [
        receipt
        for receipt in receipts
        if _is_of_story(receipt)
        and (story.face_changed is None or receipt.seen >= story.face_changed)
    ]
    newest = max((receipt.since for receipt in mine), default=None)
    return [receipt for receipt in mine if receipt.since == newest]


def _is_of_story(receipt: Receipt) -> bool:
    """Whether it tells of the withdrawal of its story, not of a picture beside it."""
    return receipt.kind is WorkKind.withdraw and receipt.channel != PICTURES


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None
