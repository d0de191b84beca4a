"""Which story stands in another's place, where the agency says so in a field.

ninjs as TT writes it has ``replacing`` and ``replacedby``, NewsML-G2 links with a relation, NITF
``correction/@id-string``. Such a field asks for nothing: it kills and lifts nothing, and only
tells readers of a story that is gone what to read instead.
"""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from itertools import islice

from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.item import Target
from copytaster.item import TargetKind
from copytaster.story import Message

_MOST = 20
"""stories that one item may stand in the place of"""
_UNDATED = datetime.min.replace(tzinfo=UTC)


def replacements(item: Item) -> tuple[Target, ...]:
    """The stories that an item says stand in its place, or it in theirs."""
    named = dict.fromkeys(filter(None, (item.replaced_by, *item.replaces)))
    named.pop(item.guid, None)
    return tuple(
        Target(idref=guid, new_status=PubStatus.usable, kind=TargetKind.replacement)
        for guid in islice(named, _MOST)
    )


def replaced_by(messages: Sequence[Message], guid: str) -> str | None:
    """The guid of what stands in the place of the story ``guid``; said last, where said twice."""
    told = [
        (_date(message.item), other)
        for message in messages
        if (other := _other(message, guid)) is not None and other != guid
    ]
    return max(told)[1] if told else None


def _other(message: Message, guid: str) -> str | None:
    if message.target is None:
        return message.item.replaced_by
    if message.target.kind is TargetKind.replacement and guid in message.item.replaces:
        return message.item.guid
    return None


def stands_for(messages: Sequence[Message], guid: str) -> Iterator[str]:
    """The guids of the stories in whose place this one stands, by their word or by its own."""
    yield from islice(dict.fromkeys(_named_by(messages, guid)), _MOST)


def _named_by(messages: Sequence[Message], guid: str) -> Iterator[str]:
    for message in messages:
        if message.target is None:
            yield from (one for one in message.item.replaces if one != guid)
        elif message.target.kind is TargetKind.replacement and message.item.replaced_by == guid:
            yield message.item.guid


def _date(item: Item) -> datetime:
    moment = item.version_created
    return moment.instant if moment is not None and moment.instant is not None else _UNDATED
