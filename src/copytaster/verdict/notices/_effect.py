"""What makes an item a notice, and what a notice says about a story.

In: items and the messages of one story. Out: why an item is not for readers, and what the
notices in a story's set do to it. Not its business: finding the story a notice names; that is
done before the message gets here.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta

from copytaster.item import EditorialType
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.item import Signal
from copytaster.item import Target
from copytaster.item import TargetKind
from copytaster.moment import Moment
from copytaster.moment import Precision
from copytaster.story import Message
from copytaster.story import Reason
from copytaster.verdict._standing import Standing
from copytaster.verdict.reasons import because

_MINUTE = timedelta(seconds=59.999999)
_FOR_EDITORS = (
    (EditorialType.test, "test"),
    (EditorialType.disregard, "disregard"),
    (EditorialType.advisory, "advisory"),
    (EditorialType.schedule, "schedule"),
    (EditorialType.release, "notice"),
)


def sort(messages: Iterable[Message]) -> tuple[list[Message], list[tuple[Message, Target]]]:
    """Versions of the story, and notices about it.

    An item may name itself: a tombstone carried under the id of the entry it deletes, or an
    NITF document that sets its own status. It is a notice when that restricts the story. What
    only says which story stands in the other's place is neither.
    """
    own: list[Message] = []
    notices: list[tuple[Message, Target]] = []
    for message in messages:
        target = message.target or _itself(message.item)
        if target is None:
            own.append(message)
        elif target.kind is TargetKind.notice:
            notices.append((message, target))
    return own, notices


def _itself(item: Item) -> Target | None:
    for target in item.targets:
        if target.idref == item.guid and target.new_status is not PubStatus.usable:
            return target
    return None


def others(item: Item) -> list[Target]:
    """What an item names besides itself."""
    return [target for target in item.targets if target.idref != item.guid]


def not_for_readers(item: Item) -> list[Reason]:
    """Why an item can never be published; empty for a story."""
    reasons = [because("test")] if any(_is_test(signal) for signal in item.signals) else []
    reasons += [because(code) for kind, code in _FOR_EDITORS if kind in item.editorial_types]
    if _is_advisory(item):
        reasons.append(because("advisory"))
    if others(item) and not has_text(item):
        reasons.append(because("notice"))
    elif not _is_text(item):
        reasons.append(because("not-a-story", item.type))
    return reasons


def _is_test(signal: Signal) -> bool:
    """AP's literal ``Test`` (AP Media API, ``signals``)."""
    return signal.literal is not None and signal.literal.strip().lower() == "test"


def _is_advisory(item: Item) -> bool:
    """PA Media says so in ``profile``."""
    return (item.profile or "").strip().lower() == "advisory"


def _is_text(item: Item) -> bool:
    """Only text is a story; a composite is one when it brings its own text (formats §1.1).

    A type nobody knows is not decided here: the item is held for it.
    """
    if item.type == "text" or "type-unknown" in item.hold_reason:
        return True
    return item.type == "composite" and has_text(item)


def has_text(item: Item) -> bool:
    """Whether the copy holds any character but white space."""
    return any(
        run.text and not run.text.isspace()
        for block in item.copy.blocks
        for line in block.lines
        for cell in line.cells
        for run in cell
    )


# --- what notices do to a story -----------------------------------------------------------------


def kills(notices: Sequence[tuple[Message, Target]], standing: Standing | None) -> Iterator[Reason]:
    """A kill notice kills whatever its date; a tombstone, unless the entry was restored."""
    for message, target in notices:
        if target.suspected or target.new_status is not PubStatus.canceled:
            continue
        if not _is_restored(target, standing):
            yield _killed_by(message, target)


def _killed_by(message: Message, target: Target) -> Reason:
    if target.when is not None:
        return because("deleted", target.when.raw)
    return because("kill-notice", message.item.guid)


def restored(notices: Sequence[tuple[Message, Target]], standing: Standing | None) -> list[Message]:
    """The tombstones that the current entry is newer than."""
    return [message for message, target in notices if _is_restored(target, standing)]


def _is_restored(target: Target, standing: Standing | None) -> bool:
    """RFC 6721 §3: an entry updated after its tombstone's ``when`` has been restored.

    An entry that the agency itself restricts has not been restored, and what cannot be
    compared counts as deleted.
    """
    if target.when is None or target.new_status is not PubStatus.canceled:
        return False
    if standing is None or standing.is_restricted or target.when.instant is None:
        return False
    return standing.date is not None and standing.date > target.when.instant


def binding(
    notices: Sequence[tuple[Message, Target]], standing: Standing | None, status: PubStatus
) -> list[Message]:
    """Notices that give the story ``status`` and have not been lifted since.

    A withheld or unknown status is lifted by a usable version that is newer than the notice,
    or by a later notice that the story may be used (dpa: HOLD, then the all-clear).
    """
    return [
        message
        for message, target in notices
        if target.new_status is status
        and not target.suspected
        and not _is_lifted(message, target, notices, standing)
    ]


def suspected(
    notices: Sequence[tuple[Message, Target]], standing: Standing | None
) -> list[tuple[Message, Target]]:
    """Kills and holds that may mean this story as well as another, and were not lifted since.

    A later all-clear lifts a hold; whether it was this story's kill only a person can say. A
    story is free again once the notice is known to mean another.
    """
    turns = _turns(notices)
    return [
        (message, target)
        for message, target in notices
        if target.suspected
        and target.new_status is not PubStatus.usable
        and target.turn > turns.get(_notice_of(message), -1)
        and not (
            target.new_status is PubStatus.withheld
            and _is_lifted(message, target, notices, standing)
        )
    ]


def _turns(notices: Iterable[tuple[Message, Target]]) -> dict[tuple[object, ...], int]:
    """By notice: which of its suspicions, counted from 0, it was last set free from."""
    turns: dict[tuple[object, ...], int] = {}
    for message, target in notices:
        if target.tentative and target.new_status is PubStatus.usable:
            said = _notice_of(message)
            turns[said] = max(target.turn, turns.get(said, -1))
    return turns


def _notice_of(message: Message) -> tuple[object, ...]:
    """What makes a notice the same notice: two of the same words may mean two stories."""
    item = message.item
    made = item.version_created.instant if item.version_created else None
    return item.guid, item.content_hash, item.version, made


def suspicion_of(notice: Message, messages: Iterable[Message]) -> tuple[int, bool]:
    """(turn, whether the story stands under it) of what a notice last suspected of the story
    with these messages; turn -1 where it never did."""
    said = _notice_of(notice)
    pairs = [(m, m.target) for m in messages if m.target is not None and _notice_of(m) == said]
    turns = [
        target.turn
        for _, target in pairs
        if target.suspected and target.new_status is not PubStatus.usable
    ]
    last = max(turns, default=-1)
    return last, last > _turns(pairs).get(said, -1)


def substitute(notices: Sequence[tuple[Message, Target]]) -> str | None:
    """Public id of the story that the notices which kill this one declare to be good.

    Of several declared over time the one said last.
    """
    told = [
        (_said(message, target), target.substitute)
        for message, target in notices
        if target.substitute is not None and not target.suspected
    ]
    return max(told)[1] if told else None


def _is_lifted(
    message: Message,
    target: Target,
    notices: Sequence[tuple[Message, Target]],
    standing: Standing | None,
) -> bool:
    said, vague = _said(message, target), _vague(message, target)
    if any(_is_clear(other) and _said(m, other) - said > vague for m, other in notices):
        return True
    if standing is None or standing.is_restricted or standing.date is None:
        return False
    return standing.date - said > vague


def _is_clear(target: Target) -> bool:
    """An all-clear that may mean another story lifts nothing: never guess (design §4)."""
    return target.new_status is PubStatus.usable and not target.suspected


def _said(message: Message, target: Target) -> datetime:
    """When the notice was made; at the latest, when it came."""
    moment = _dated(message, target)
    if moment is None or moment.instant is None:
        return message.arrival.received
    return moment.instant


def _vague(message: Message, target: Target) -> timedelta:
    """By how much later it may have been made than it says: most wires write no seconds, and the
    version that a hold is about often moved within its minute."""
    moment = _dated(message, target)
    return _MINUTE if moment is not None and moment.precision is Precision.minute else timedelta()


def _dated(message: Message, target: Target) -> Moment | None:
    moments = (target.when, message.item.version_created)
    return next((one for one in moments if one is not None and one.instant is not None), None)
