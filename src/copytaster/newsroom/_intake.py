"""A delivery, opened: its bytes in, the messages for each story out, or why there are none."""

import logging
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime

import msgspec

from copytaster import formats
from copytaster.agency import Profile
from copytaster.delivery import Delivery
from copytaster.formats import FormatError
from copytaster.formats import Parsed
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.item import Target
from copytaster.store import History
from copytaster.store import Story
from copytaster.story import Arrival
from copytaster.story import Message
from copytaster.story import is_said_anew
from copytaster.verdict import notices

log = logging.getLogger("copytaster.intake")


MOST_TARGETS = 1000
"""stories that the notices of one delivery may reach by id"""


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
    beyond: int = 0
    """stories it names beyond those that one delivery may reach; a person is called"""


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
    said = _said(parsed)
    return Opened(
        delivery=delivery,
        addressed=tuple(_addressed(parsed, delivery, said[:MOST_TARGETS])),
        aside=tuple(_aside(parsed)),
        parsed=parsed,
        beyond=len(said[MOST_TARGETS:]),
    )


_Said = tuple[int, str, Target]
"""the place of an item in its delivery, the guid of a story that it names, and what it says"""


def _said(parsed: Parsed) -> list[_Said]:
    """What the items of a delivery say of other stories by id, each once; what takes one back
    first, so that what cannot all be heeded is closed before any of it is opened."""
    said = dict.fromkeys(
        (place, guid, target)
        for place, item in enumerate(parsed.items)
        for guid, target in _named(item)
    )
    return sorted(said, key=lambda one: one[2].new_status is PubStatus.usable)


def _named(item: Item) -> Iterator[tuple[str, Target]]:
    for target in item.targets:
        if target.idref and target.idref != item.guid:
            yield target.idref, target
    for target in notices.replacements(item):
        yield target.idref or item.guid, target


def _addressed(parsed: Parsed, delivery: Delivery, said: Sequence[_Said]) -> Iterator[Addressed]:
    named: dict[int, list[tuple[str, Target]]] = {}
    for place, guid, target in said:
        named.setdefault(place, []).append((guid, target))
    for place, item in enumerate(parsed.items):
        arrival = Arrival(
            source=delivery.source,
            received=delivery.received,
            seen=delivery.received if parsed.snapshot and item.version is None else None,
            archive=delivery.archive,
            publish_after=delivery.publish_after,
            delivery=delivery.id,
        )
        yield Addressed(guid=item.guid, message=Message(item=item, arrival=arrival))
        for guid, target in named.get(place, ()):
            yield _about(guid, item, arrival, target)


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
    that differs from the one before it is a new message (docs/decisions/0003). Of an erased story
    nothing more is kept: what is sent again is in the bytes of its delivery only.
    """
    if _was_erased(history.story):
        return False
    same_date = [known for known in history.messages if _date(known) == _date(message)]
    if is_said_anew(message):
        same_date = [known for known in same_date if _received(known) == _received(message)]
    if message.arrival.seen is None or message.target is not None:
        return all(_key(message) != _key(known) for known in same_date)
    earlier = [known for known in same_date if _seen(known) <= _seen(message)]
    latest = max(earlier, key=lambda known: (_seen(known), known.item.content_hash), default=None)
    return latest is None or _key(latest) != _key(message)


def _was_erased(story: Story | None) -> bool:
    """Whether the desk has decided that nothing of a story is kept."""
    return story is not None and any(reason.code == "erased" for reason in story.reasons)


def _received(message: Message) -> datetime:
    return message.arrival.received


def _seen(message: Message) -> datetime:
    return message.arrival.seen or message.arrival.received


def _date(message: Message) -> datetime | None:
    changed = message.item.version_created
    return changed.instant if changed is not None else None


def _key(message: Message) -> tuple[object, ...]:
    item, target = message.item, message.target
    told = target and (
        item.guid,
        target.kind,
        target.idref,
        target.new_status,
        target.suspected,
        target.tentative,
        target.turn,
        target.substitute,
        target.spares,
        target.part,
    )
    return (told, item.content_hash, item.version)
