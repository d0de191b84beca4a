"""Which version is current, and which others still bind it (handbook: formats §2.1, §2.3).

Rank is the version number where any version has one, else the date of the version. Inside the
top rank the date decides, then for feeds the sighting (docs/decisions/0003). The time of
receipt never does.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime

import msgspec

from copytaster.item import EditorialType
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.story import Arrival
from copytaster.story import Decision
from copytaster.story import Message
from copytaster.verdict import _notes
from copytaster.verdict.reasons import OF_WORDS

_KILLING = frozenset({EditorialType.kill, EditorialType.elimination})
_UNDATED = datetime.min.replace(tzinfo=UTC)


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The versions of a story, ranked."""

    current: Item
    date: datetime | None
    """the current item's date of version"""
    arrivals: tuple[Arrival, ...]
    """how the current content came, each time it did"""
    binding: tuple[Message, ...]
    """the messages whose restrictions count: the top rank, and all that have no rank"""
    is_disputed: bool = False
    """other words stand beside the current ones with the same rank and date"""
    is_restricted: bool = False
    """a binding message is withheld, canceled, or of a status that is not known"""
    labels: tuple[str, ...] = ()

    @property
    def received(self) -> datetime:
        """When the current content first came."""
        return min(arrival.received for arrival in self.arrivals)


def stand(own: Sequence[Message], release: Decision | None) -> Standing | None:
    """The standing of a story's own versions; None when there are none."""
    if not own:
        return None
    top, unranked = _top(own)
    latest = max(_date(message) for message in top)
    tied = _by_content(message for message in top if _date(message) == latest)
    content, is_disputed, by_sighting = _choose(tied, release)
    chosen = tied[content]
    current = _least_doubtful([message.item for message in chosen])
    bound = (*top, *unranked)
    return Standing(
        current=current,
        date=None if latest == _UNDATED else latest,
        arrivals=tuple(message.arrival for message in chosen),
        binding=bound,
        is_disputed=is_disputed,
        is_restricted=any(is_restricted(message.item) for message in bound),
        labels=_labels(current, own, top, by_sighting=by_sighting),
    )


def _top(own: Sequence[Message]) -> tuple[list[Message], list[Message]]:
    """The messages of the greatest rank, and those that have no rank beside the others."""
    numbered = [message for message in own if message.item.version_number is not None]
    if numbered:
        best = max(message.item.version_number or 0 for message in numbered)
        return (
            [message for message in numbered if message.item.version_number == best],
            [message for message in own if message.item.version_number is None],
        )
    latest = max(_date(message) for message in own)
    top = [message for message in own if _date(message) == latest]
    if latest == _UNDATED:
        return top, []
    return top, [message for message in own if _date(message) == _UNDATED]


def _date(message: Message) -> datetime:
    moment = message.item.version_created
    return moment.instant if moment is not None and moment.instant is not None else _UNDATED


def _by_content(messages: Iterable[Message]) -> dict[str, list[Message]]:
    contents: dict[str, list[Message]] = {}
    for message in messages:
        contents.setdefault(message.item.content_hash, []).append(message)
    return contents


def _least_doubtful(items: Sequence[Item]) -> Item:
    """Of the same content received twice, the copy that needed least help to be read."""
    if len(items) == 1:
        return items[0]
    return min(
        items, key=lambda item: (item.hold_reason, item.repairs, msgspec.msgpack.encode(item))
    )


# --- equal rank and equal date ------------------------------------------------------------------


def _choose(tied: dict[str, list[Message]], release: Decision | None) -> tuple[str, bool, bool]:
    """(content, whether it is disputed, whether a sighting decided)."""
    if len(tied) == 1:
        return next(iter(tied)), False, False
    sighted = _last_sighted(tied)
    rivals = sighted or sorted(tied)
    if len(rivals) == 1:
        others = [messages[0].item for messages in tied.values()]
        return rivals[0], False, _differ(others)
    items = [tied[content][0].item for content in rivals]
    chosen = _released(rivals, tied, release)
    if chosen is not None:
        return chosen, False, False
    return rivals[-1], _differ(items), False


def _last_sighted(tied: dict[str, list[Message]]) -> list[str]:
    """The contents a feed was seen to say last; empty when not all can be ordered so.

    A replay is no sighting of the feed, and gives way to one.
    """
    seen = {content: _sighting(messages) for content, messages in tied.items()}
    known = [sighting for sighting in seen.values() if sighting is not None]
    if not known or any(
        seen[content] is None and not all(message.arrival.archive for message in messages)
        for content, messages in tied.items()
    ):
        return []
    last = max(known)
    return sorted(content for content, sighting in seen.items() if sighting == last)


def _sighting(messages: Sequence[Message]) -> datetime | None:
    return max(
        (
            message.arrival.seen
            for message in messages
            if message.arrival.seen is not None
            and not message.arrival.archive
            and message.item.version_number is None
        ),
        default=None,
    )


def _released(
    rivals: Sequence[str], tied: dict[str, list[Message]], release: Decision | None
) -> str | None:
    """The content an editor chose, knowing of all the others."""
    if release is None or release.content_hash not in rivals:
        return None
    for content in rivals:
        if content == release.content_hash:
            continue
        if min(message.arrival.received for message in tied[content]) > release.at:
            return None
    return release.content_hash


def _differ(items: Sequence[Item]) -> bool:
    """Whether items differ in what readers get or in what kind of message they are; what only
    restricts is settled by the strictest."""
    first = _said(items[0])
    return any(_said(item) != first for item in items[1:])


def _said(item: Item) -> tuple[object, ...]:
    return (
        item.type,
        item.partial,
        item.editorial_types,
        item.headlines,
        item.by,
        item.bylines,
        item.dateline,
        item.descriptions,
        item.public_note,
        item.correction_text,
        item.targets,
        item.copy.blocks,
    )


# --- what binds, and what to call it ------------------------------------------------------------


def is_canceled(item: Item) -> bool:
    """Whether the item kills its story; AP's elimination says so without saying why."""
    return item.pub_status is PubStatus.canceled or not _KILLING.isdisjoint(item.editorial_types)


def is_withheld(item: Item) -> bool:
    """Whether the agency withholds the story, by status or by kind of message."""
    return item.pub_status is PubStatus.withheld or EditorialType.withhold in item.editorial_types


def is_restricted(item: Item) -> bool:
    """Whether the agency's word on the item, in fields or in notes, is anything but a known
    usable."""
    if item.pub_status is not PubStatus.usable or is_withheld(item):
        return True
    if any(code not in OF_WORDS for code in item.hold_reason):
        return True
    return bool(_notes.restrictions(item))


def _labels(
    current: Item, own: Sequence[Message], top: Sequence[Message], *, by_sighting: bool
) -> tuple[str, ...]:
    labels = []
    if (kind := _kind(current, own)) is not None:
        labels.append(kind)
    if current.version_number is not None and any(
        message.item.content_hash != current.content_hash for message in top
    ):
        labels.append("same-version")
    if by_sighting:
        labels.append("silent-edit")
    return tuple(labels)


def _kind(current: Item, own: Sequence[Message]) -> str | None:
    """Reuters' four classes, with update for what replaces without correcting."""
    types = current.editorial_types
    if (
        EditorialType.correction in types
        or EditorialType.clarification in types
        or current.correction_text is not None
    ):
        return "correction"
    if EditorialType.refile in types:
        return "refile"
    if EditorialType.repeat in types:
        return "repeat"
    other = any(message.item.content_hash != current.content_hash for message in own)
    return "update" if other else None
