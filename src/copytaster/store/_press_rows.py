"""Press work and receipts to rows and back."""

from copytaster.store._press_port import PressWork
from copytaster.store._press_port import Receipt
from copytaster.store._press_port import WorkKind
from copytaster.store._rows import Bindings
from copytaster.store._rows import Row
from copytaster.store._rows import instant
from copytaster.store._rows import instant_or_none
from copytaster.store._rows import micros
from copytaster.store._rows import micros_or_none


def work_bindings(work: PressWork) -> Bindings:
    return {
        "story": work.story,
        "kind": work.kind.value,
        "since": micros(work.since),
        "attempts": work.attempts,
        "due": micros_or_none(work.due),
        "bulk": work.bulk,
    }


def receipt_bindings(receipt: Receipt) -> Bindings:
    return {
        "story": receipt.story,
        "address": receipt.address,
        "kind": receipt.kind.value,
        "since": micros(receipt.since),
        "channel": receipt.channel,
        "seen": micros(receipt.seen),
        "clean": receipt.clean,
        "status": receipt.status,
        "detail": receipt.detail,
    }


def work(row: Row) -> PressWork:
    story, kind, since, attempts, due, bulk = row
    return PressWork(
        story=story,
        kind=WorkKind(kind),
        since=instant(since),
        attempts=attempts,
        due=instant_or_none(due),
        bulk=bool(bulk),
    )


def receipt(row: Row) -> Receipt:
    story, channel, address, kind, since, seen, clean, status, detail, looks, *dirty = row
    return Receipt(
        story=story,
        channel=channel,
        address=address,
        kind=WorkKind(kind),
        since=instant(since),
        seen=instant(seen),
        clean=bool(clean),
        status=status,
        detail=detail,
        looks=looks,
        dirty_seen=instant_or_none(dirty[0]),
        dirty_detail=dirty[1],
    )
