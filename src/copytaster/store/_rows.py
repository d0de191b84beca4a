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
from functools import lru_cache
from typing import Any

import msgspec

from copytaster.item import Item
from copytaster.item import Target
from copytaster.store._list_port import Correction
from copytaster.store._list_port import Listed
from copytaster.store._list_port import Mapped
from copytaster.store._list_port import SitemapPart
from copytaster.store._name_port import Called
from copytaster.store._name_port import Sought
from copytaster.store._story_port import Edition
from copytaster.store._story_port import Event
from copytaster.store._story_port import EventKind
from copytaster.store._story_port import Face
from copytaster.store._story_port import Judged
from copytaster.store._story_port import Link
from copytaster.store._story_port import Story
from copytaster.store._story_port import Twin
from copytaster.story import Arrival
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import Reason
from copytaster.story import State
from copytaster.story import is_said_anew

Row = tuple[Any, ...]
Bindings = dict[str, Any]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
LAST = 2**63 - 1
"""behind every number, and later than every instant"""
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


def squeezed(data: bytes) -> bytes:
    return zlib.compress(data, _QUICK)


# --- in ------------------------------------------------------------------------------------


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
        "shelves": json(story.shelves),
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
        "item_z": squeezed(msgspec.json.encode(item)),
    }


def _identity(message: Message, target: str | None) -> bytes:
    """What makes a message of a story the same as another: it is then not kept twice.

    Two notices of the same words are two, and may mean two stories.
    """
    item = message.item
    dated = item.version_created.raw if item.version_created else None
    seen = micros_or_none(message.arrival.seen)
    notice = (item.guid,) if target is not None else ()
    anew = (micros(message.arrival.received),) if is_said_anew(message) else ()
    named = msgspec.json.encode(
        (target, item.content_hash, item.version, dated, seen, *notice, *anew)
    )
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
        "substitute": decision.substitute,
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
        "entry_z": squeezed(edition.entry),
        "files": json(edition.files),
        "parts": json(edition.parts),
        "notes_z": None if edition.notes is None else squeezed(edition.notes),
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


def link_bindings(link: Link) -> Bindings:
    return {"id": link.story, "chain": link.chain, "began": micros(link.began)}


def twin_bindings(twin: Twin) -> Bindings:
    return msgspec.structs.asdict(twin)


def twin(row: Row) -> Twin:
    """A row of ``twins`` with the ids of both stories."""
    story, other, in_other, of_other, is_top, link, scheme = row
    return Twin(
        story=story,
        other=other,
        in_other=in_other,
        of_other=of_other,
        is_top=bool(is_top),
        link=link,
        scheme=scheme,
    )


def link(row: Row) -> Link:
    story, chain, began, first_public = row
    return Link(
        story=story,
        chain=chain,
        began=instant(began),
        first_public=instant_or_none(first_public),
    )


# --- out -----------------------------------------------------------------------------------


def reasons(kept: str) -> tuple[Reason, ...]:
    return _reasons.decode(kept)


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
        shelves=_words.decode(row[12]),
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


def item(item_z: bytes) -> Item:
    """One message's item."""
    return _items.decode(zlib.decompress(item_z))


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
    id, kind, at, reason, by, content_hash, code, batch, substitute = row
    return Decision(
        substitute=substitute,
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
    story, number, content_hash, transform, made, label, entry, files, parts, notes = row
    return Edition(
        parts=_words.decode(parts),
        story=story,
        number=number,
        content_hash=content_hash,
        transform=transform,
        made=instant(made),
        label=label,
        entry=zlib.decompress(entry),
        files=_files.decode(files),
        notes=None if notes is None else zlib.decompress(notes),
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


listed_again = lru_cache(maxsize=1024)(listed)
"""The same, remembered: most rows of the lists that are made anew all the time are what they
were, and to recognise one takes a tenth of the time of reading it."""


@lru_cache(maxsize=4096)
def mapped(row: Row) -> Mapped:
    """A row of a sitemap's part; remembered likewise."""
    id, agency, changed = row
    return Mapped(story=id, agency=agency, changed=instant(changed))


def sitemap_part(row: Row) -> SitemapPart:
    part, changed, stories = row
    return SitemapPart(number=part, changed=instant(changed), stories=stories)
