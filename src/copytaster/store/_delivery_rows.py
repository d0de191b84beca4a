"""Deliveries to rows and back."""

import hashlib
import zlib

import msgspec

from copytaster.delivery import Delivery
from copytaster.store._delivery_port import DeadLetter
from copytaster.store._delivery_port import Dismissal
from copytaster.store._delivery_port import Fate
from copytaster.store._delivery_port import FateState
from copytaster.store._rows import Bindings
from copytaster.store._rows import Row
from copytaster.store._rows import instant
from copytaster.store._rows import instant_or_none
from copytaster.store._rows import micros
from copytaster.store._rows import micros_or_none
from copytaster.store._rows import squeezed

_words = msgspec.json.Decoder(tuple[str, ...])


def raw_bindings(delivery: Delivery) -> Bindings:
    """Raises ValueError when the bytes are not those the delivery's SHA-256 names: they would
    be lost behind the bytes already kept under that name."""
    if hashlib.sha256(delivery.data).hexdigest() != delivery.sha256:
        raise ValueError(f"delivery {delivery.id}: its sha256 is not that of its bytes")
    return {"sha256": delivery.sha256, "data_z": squeezed(delivery.data)}


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
    id, state, received, stories, aside, error, attempts, erased, *dismissed = row
    return Fate(
        id=id,
        state=FateState(state),
        received=instant(received),
        stories=_words.decode(stories),
        aside=_words.decode(aside),
        error=error,
        attempts=attempts,
        dismissed=_dismissal(*dismissed),
        erased=instant_or_none(erased),
    )


def _dismissal(at: int | None, by: str, why: str) -> Dismissal | None:
    return None if at is None else Dismissal(at=instant(at), by=by, why=why)


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
