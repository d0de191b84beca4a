"""A delivery, opened: its bytes in, the messages for each story out, or why there are none."""

import logging
from collections.abc import Iterator
from datetime import datetime

import msgspec

from copytaster import formats
from copytaster.agency import Profile
from copytaster.delivery import Delivery
from copytaster.formats import FormatError
from copytaster.formats import Parsed
from copytaster.item import Item
from copytaster.item import Target
from copytaster.store import History
from copytaster.story import Arrival
from copytaster.story import Message
from copytaster.verdict import notices

log = logging.getLogger("copytaster.intake")


class Addressed(msgspec.Struct, frozen=True, kw_only=True):
    """A message and the guid of the story it belongs to."""

    guid: str
    message: Message


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in a delivery."""

    delivery: Delivery
    addressed: tuple[Addressed, ...] = ()
    aside: tuple[str, ...] = ()
    error: str | None = None
    """set: the delivery is a dead letter, for this reason"""
    parsed: Parsed | None = None


def open_delivery(delivery: Delivery, profile: Profile) -> Opened:
    """Read a delivery; a failure is a value with its reason, never an exception (law 6)."""
    context = formats.Context(
        received=delivery.received, url=delivery.url, content_type=delivery.content_type
    )
    try:
        parsed = formats.parse(delivery.data, profile, context)
    except FormatError as error:
        return Opened(delivery=delivery, error=str(error))
    except Exception as error:
        # A defect of ours in a parser must not stall the wire: the bytes are kept, the reason
        # says what failed, and `retry` reads them again once it is mended.
        log.exception("reading delivery %s failed", delivery.id)
        return Opened(
            delivery=delivery, error=f"reading failed: {type(error).__name__}: {error}; retry it"
        )
    return Opened(
        delivery=delivery,
        addressed=tuple(_addressed(parsed, delivery)),
        aside=tuple(_aside(parsed)),
        parsed=parsed,
    )


def _addressed(parsed: Parsed, delivery: Delivery) -> Iterator[Addressed]:
    for item in parsed.items:
        arrival = Arrival(
            source=delivery.source,
            received=delivery.received,
            seen=delivery.received if parsed.snapshot and item.version is None else None,
            archive=delivery.archive,
            publish_after=delivery.publish_after,
            delivery=delivery.id,
        )
        yield Addressed(guid=item.guid, message=Message(item=item, arrival=arrival))
        for target in item.targets:
            if target.idref and target.idref != item.guid:
                yield _about(target.idref, item, arrival, target)
        for target in notices.replacements(item):
            yield _about(target.idref or item.guid, item, arrival, target)


def _about(guid: str, item: Item, arrival: Arrival, target: Target) -> Addressed:
    """A notice, addressed to the story it names; it binds only its own agency's (design §4)."""
    return Addressed(guid=guid, message=Message(item=item, arrival=arrival, target=target))


def _aside(parsed: Parsed) -> Iterator[str]:
    for aside in parsed.aside:
        yield f"{aside.code}: {aside.detail or aside.guid or 'no id'}"
    for bad in parsed.failed:
        yield f"unreadable: entry {bad.index} ({bad.guid or 'no id'}): {bad.error}"


def is_news(message: Message, history: History) -> bool:
    """Whether the set would grow by this message.

    A feed says the same of a story at every poll; among contents of one date only a sighting
    that differs from the one before it is a new message (docs/decisions/0003).
    """
    same_date = [known for known in history.messages if _date(known) == _date(message)]
    if message.arrival.seen is None or message.target is not None:
        return all(_key(message) != _key(known) for known in same_date)
    earlier = [known for known in same_date if _seen(known) <= _seen(message)]
    latest = max(earlier, key=lambda known: (_seen(known), known.item.content_hash), default=None)
    return latest is None or _key(latest) != _key(message)


def _seen(message: Message) -> datetime:
    return message.arrival.seen or message.arrival.received


def _date(message: Message) -> datetime | None:
    changed = message.item.version_created
    return changed.instant if changed is not None else None


def _key(message: Message) -> tuple[object, ...]:
    item, target = message.item, message.target
    told = target and (
        target.kind,
        target.idref,
        target.new_status,
        target.suspected,
        target.tentative,
        target.substitute,
        target.spares,
        target.part,
    )
    return (told, item.content_hash, item.version)
