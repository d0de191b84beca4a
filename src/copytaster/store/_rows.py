"""Rows to records and back.

Instants are kept as microseconds since 1970 in UTC. Messages are kept as JSON: unlike
MessagePack it keeps the offset an agency wrote, and a page shows that offset.
"""

import hashlib
import zlib
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any

import msgspec

from copytaster.delivery import Delivery
from copytaster.item import Item
from copytaster.item import Target
from copytaster.store._port import Batch
from copytaster.store._port import Called
from copytaster.store._port import Correction
from copytaster.store._port import DeadLetter
from copytaster.store._port import Edition
from copytaster.store._port import Event
from copytaster.store._port import EventKind
from copytaster.store._port import Face
from copytaster.store._port import Fate
from copytaster.store._port import FateState
from copytaster.store._port import Judged
from copytaster.store._port import Link
from copytaster.store._port import Listed
from copytaster.store._port import PressWork
from copytaster.store._port import Reach
from copytaster.store._port import Receipt
from copytaster.store._port import SitemapPart
from copytaster.store._port import Sought
from copytaster.store._port import Story
from copytaster.store._port import WorkKind
from copytaster.story import Arrival
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import Reason
from copytaster.story import State

Row = tuple[Any, ...]
Bindings = dict[str, Any]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_QUICK = 1
"""zlib level: copy shrinks to a third at a seventh of the time the best level takes"""

_items = msgspec.json.Decoder(Item)
_targets = msgspec.json.Decoder(Target)
_reasons = msgspec.json.Decoder(tuple[Reason, ...])
_words = msgspec.json.Decoder(tuple[str, ...])
_files = msgspec.json.Decoder(tuple[tuple[str, str], ...])


def micros(instant: datetime) -> int:
    """An aware instant as microseconds since 1970; a naive one is a TypeError."""
    return (instant - _EPOCH) // _MICROSECOND


def micros_or_none(instant: datetime | None) -> int | None:
    return None if instant is None else micros(instant)


def instant(micros: int) -> datetime:
    return _EPOCH + timedelta(microseconds=micros)


def instant_or_none(micros: int | None) -> datetime | None:
    return None if micros is None else instant(micros)


def json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _squeezed(data: bytes) -> bytes:
    return zlib.compress(data, _QUICK)


# --- in ------------------------------------------------------------------------------------


def raw_bindings(delivery: Delivery) -> Bindings:
    """Raises ValueError when the bytes are not those the delivery's SHA-256 names: they would
    be lost behind the bytes already kept under that name."""
    if hashlib.sha256(delivery.data).hexdigest() != delivery.sha256:
        raise ValueError(f"delivery {delivery.id}: its sha256 is not that of its bytes")
    return {"sha256": delivery.sha256, "data_z": _squeezed(delivery.data)}


def delivery_bindings(delivery: Delivery) -> Bindings:
    return {
        "id": delivery.id,
        "source": delivery.source,
        "agency": delivery.agency,
        "received": micros(delivery.received),
        "sha256": delivery.sha256,
        "content_type": delivery.content_type,
        "url": delivery.url,
        "archive": delivery.archive,
        "publish_after": micros_or_none(delivery.publish_after),
        "urgent": delivery.urgent,
    }


def story_bindings(story: Story) -> Bindings:
    return {
        "id": story.id,
        "agency": story.agency,
        "guid": story.guid,
        "revision": story.revision,
        "state": story.state.value,
        "reasons": json(story.reasons),
        "cause": story.cause,
        "face": story.face.value,
        "edition": story.edition,
        "edition_hash": story.edition_hash,
        "language": story.language,
        "sections": json(story.sections),
        "drill": story.drill,
        "first_public": micros_or_none(story.first_public),
        "face_changed": micros_or_none(story.face_changed),
        "look_again": micros_or_none(story.look_again),
        "substitute": story.substitute,
    }


def message_bindings(message: Message) -> Bindings:
    item, arrival = message.item, message.arrival
    target = None if message.target is None else json(message.target)
    return {
        "identity": _identity(message, target),
        "content_hash": item.content_hash,
        "source": arrival.source,
        "received": micros(arrival.received),
        "seen": micros_or_none(arrival.seen),
        "archive": arrival.archive,
        "publish_after": micros_or_none(arrival.publish_after),
        "delivery": arrival.delivery,
        "target": target,
        "item_z": _squeezed(msgspec.json.encode(item)),
    }


def _identity(message: Message, target: str | None) -> bytes:
    """What makes a message of a story the same as another: it is then not kept twice."""
    item = message.item
    dated = item.version_created.raw if item.version_created else None
    seen = micros_or_none(message.arrival.seen)
    named = msgspec.json.encode((target, item.content_hash, item.version, dated, seen))
    return hashlib.blake2b(named, digest_size=16).digest()


def decision_bindings(decision: Decision) -> Bindings:
    return {
        "at": micros(decision.at),
        "id": decision.id,
        "kind": decision.kind.value,
        "reason": decision.reason,
        "by": decision.by,
        "content_hash": decision.content_hash,
        "batch": decision.batch,
        "code": decision.code,
    }


def name_bindings(name: Called) -> Bindings:
    return {"name": name.name, "first": micros(name.first), "last": micros(name.last)}


def sought_bindings(sought: Sought) -> Bindings:
    return {"name": sought.name, "since": micros(sought.since), "until": micros(sought.until)}


def sought_json(sought: Sequence[Sought]) -> str:
    return json([(one.name, micros(one.since), micros(one.until)) for one in sought])


def called_json(names: Sequence[Called]) -> str:
    return json([(one.name, micros(one.first), micros(one.last)) for one in names])


def edition_bindings(edition: Edition) -> Bindings:
    return {
        "number": edition.number,
        "content_hash": edition.content_hash,
        "transform": edition.transform,
        "made": micros(edition.made),
        "label": edition.label,
        "entry_z": _squeezed(edition.entry),
        "files": json(edition.files),
    }


def event_bindings(event: Event) -> Bindings:
    return {
        "kind": event.kind.value,
        "at": micros(event.at),
        "edition": event.edition,
        "reason": event.reason,
        "note": event.note,
    }


def judged_bindings(judged: Judged) -> Bindings:
    return {
        "at": micros(judged.at),
        "state": judged.state.value,
        "reasons": json(judged.reasons),
        "cause": judged.cause,
    }


def work_bindings(work: PressWork) -> Bindings:
    return {
        "story": work.story,
        "kind": work.kind.value,
        "since": micros(work.since),
        "attempts": work.attempts,
        "due": micros_or_none(work.due),
        "bulk": work.bulk,
    }


def batch_bindings(batch: Batch) -> Bindings:
    return {
        "id": batch.id,
        "kind": batch.kind.value,
        "reason": batch.reason,
        "by": batch.by,
        "at": micros(batch.at),
        "query": batch.query,
        "stories": batch.stories,
    }


def reach_bindings(reach: Reach) -> Bindings:
    return {
        "agencies": None if reach.agencies is None else json(sorted(reach.agencies)),
        "sources": None if reach.sources is None else json(sorted(reach.sources)),
        "since": micros_or_none(reach.since),
        "until": micros_or_none(reach.until),
        "after": reach.after,
        "limit": reach.limit,
    }


def link_bindings(link: Link) -> Bindings:
    return {"id": link.story, "chain": link.chain, "began": micros(link.began)}


def link(row: Row) -> Link:
    story, chain, began, first_public = row
    return Link(
        story=story,
        chain=chain,
        began=instant(began),
        first_public=instant_or_none(first_public),
    )


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


# --- out -----------------------------------------------------------------------------------


def reasons(kept: str) -> tuple[Reason, ...]:
    return _reasons.decode(kept)


def delivery(row: Row) -> Delivery:
    id, source, agency, received, data, sha256, content_type, url, archive, after, urgent = row
    return Delivery(
        id=id,
        source=source,
        agency=agency,
        received=instant(received),
        data=zlib.decompress(data),
        sha256=sha256,
        content_type=content_type,
        url=url,
        archive=bool(archive),
        publish_after=instant_or_none(after),
        urgent=bool(urgent),
    )


def fate(row: Row) -> Fate:
    id, state, received, stories, aside, error = row
    return Fate(
        id=id,
        state=FateState(state),
        received=instant(received),
        stories=_words.decode(stories),
        aside=_words.decode(aside),
        error=error,
    )


def dead_letter(row: Row) -> DeadLetter:
    id, source, agency, received, error, attempts = row
    return DeadLetter(
        delivery=id,
        source=source,
        agency=agency,
        received=instant(received),
        error=error,
        attempts=attempts,
    )


def story(row: Row) -> Story:
    """A row of ``story_records``, or the beginning of one of ``listed_stories``."""
    return Story(
        id=row[0],
        agency=row[1],
        guid=row[2],
        revision=row[3],
        number=row[4],
        state=State(row[5]),
        reasons=_reasons.decode(row[6]),
        cause=row[7],
        face=Face(row[8]),
        edition=row[9],
        edition_hash=row[10],
        language=row[11],
        sections=_words.decode(row[12]),
        drill=bool(row[13]),
        first_public=instant_or_none(row[14]),
        face_changed=instant_or_none(row[15]),
        look_again=instant_or_none(row[16]),
        substitute=row[17],
    )


def listed(row: Row) -> Listed:
    """A row of ``listed_stories``."""
    entry = row[-1]
    return Listed(story=story(row), entry=None if entry is None else zlib.decompress(entry))


def message(row: Row) -> Message:
    source, received, seen, archive, publish_after, delivery, target, item = row
    return Message(
        item=_items.decode(zlib.decompress(item)),
        arrival=Arrival(
            source=source,
            received=instant(received),
            seen=instant_or_none(seen),
            archive=bool(archive),
            publish_after=instant_or_none(publish_after),
            delivery=delivery,
        ),
        target=None if target is None else _targets.decode(target),
    )


def decision(row: Row) -> Decision:
    id, kind, at, reason, by, content_hash, code, batch = row
    return Decision(
        code=code,
        id=id,
        kind=DecisionKind(kind),
        at=instant(at),
        reason=reason,
        by=by,
        content_hash=content_hash,
        batch=batch,
    )


def edition(row: Row) -> Edition:
    story, number, content_hash, transform, made, label, entry, files = row
    return Edition(
        story=story,
        number=number,
        content_hash=content_hash,
        transform=transform,
        made=instant(made),
        label=label,
        entry=zlib.decompress(entry),
        files=_files.decode(files),
    )


def event(row: Row) -> Event:
    story, kind, at, edition, reason, note, sequence = row
    return Event(
        story=story,
        kind=EventKind(kind),
        at=instant(at),
        edition=edition,
        reason=reason,
        note=note,
        sequence=sequence,
    )


def correction(row: Row) -> Correction:
    """A row of ``listed_stories`` with an event behind it."""
    here = listed(row[:-6])
    return Correction(event=event((here.story.id, *row[-6:])), story=here.story, entry=here.entry)


def judged(row: Row) -> Judged:
    story, at, state, reasons, cause = row
    return Judged(
        story=story,
        at=instant(at),
        state=State(state),
        reasons=_reasons.decode(reasons),
        cause=cause,
    )


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


def batch(row: Row) -> Batch:
    id, kind, reason, by, at, query, stories, undone_at, undone_by, undone_reason = row
    return Batch(
        id=id,
        kind=DecisionKind(kind),
        reason=reason,
        by=by,
        at=instant(at),
        query=query,
        stories=stories,
        undone_at=instant_or_none(undone_at),
        undone_by=undone_by,
        undone_reason=undone_reason,
    )


def sitemap_part(row: Row) -> SitemapPart:
    part, changed, stories = row
    return SitemapPart(number=part, changed=instant(changed), stories=stories)
