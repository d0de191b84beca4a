"""What is owed to whom: decided once, when the last address was seen clean."""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta

from copytaster.agency import Acknowledge
from copytaster.newsroom.house import House
from copytaster.store import Acknowledgement
from copytaster.store import History
from copytaster.store import PressWork
from copytaster.store import Receipt
from copytaster.store import Store
from copytaster.store import Story
from copytaster.story import Cause
from copytaster.story import Message
from copytaster.verdict.reasons import because

_BATCH = timedelta(minutes=1)
"""The work counts from the last delivery about the story that was read in one lot; the one that
said so may be the first of them."""
_NAMING = ("kill-notice", "withhold-notice")
"""reasons whose detail is the id of a notice"""
_MOST_NOTICES = 20


def owe(house: House, store: Store, work: Sequence[PressWork], receipts: Sequence[Receipt]) -> bool:
    """Keep which of these withdrawals, seen clean, agencies are to be told of; whether any is.

    Asked before the work is ended, so that a crash in between owes it after the next proof; what
    is owed already is not owed twice. A recall owes nothing: a letter for each of ten thousand
    stories would tell nobody anything.
    """
    owing = [
        (piece, owed)
        for piece in work
        if not piece.bulk and (owed := _owed(house, store, piece, receipts))
    ]
    for piece, owed in owing:
        store.outbox.owe(piece, owed)
    return bool(owing)


def _owed(
    house: House, store: Store, work: PressWork, receipts: Sequence[Receipt]
) -> list[Acknowledgement]:
    seen = [receipt for receipt in receipts if receipt.story == work.story]
    story = store.story(work.story)
    if story is None or story.drill or story.face_changed is None or not seen:
        return []
    wanted = house.profile(story.agency).acknowledge
    if wanted is None:
        return []
    history = store.history_of(story.id)
    if not _asked_for(story, history, work.since):
        return []
    clean = max(receipt.seen for receipt in seen)
    return [
        Acknowledgement(
            story=story.id,
            agency=story.agency,
            guid=story.guid,
            route=route,
            state=story.state,
            notices=_notices(story, history.messages),
            received=work.since,
            suspended=story.face_changed,
            clean=clean,
            addresses=len({receipt.address for receipt in seen}),
            due=clean,
        )
        for route in _routes(wanted)
    ]


def _routes(wanted: Acknowledge) -> Iterator[str]:
    if wanted.email is not None:
        yield "email"
    if wanted.url is not None:
        yield "webhook"


def _asked_for(story: Story, history: History, since: datetime) -> bool:
    """Whether it answers a word of the agency's that had just come: a message, or a person's
    entry of it (``--reason agency``).

    What the clock alone brings about (a feed's expiry, an embargo that is on again because the
    clock was set back) answers nobody, and neither do our own holds and kills.
    """
    if story.cause != Cause.agency.value:
        return False
    said = [message.arrival.received for message in history.messages]
    said += [one.at for one in history.decisions if one.reason == Cause.agency.value]
    return any(timedelta(0) <= since - at <= _BATCH for at in said)


def _notices(story: Story, messages: Sequence[Message]) -> tuple[str, ...]:
    """The ids, whole, of the notices by which the verdict stands; the reasons cut long ones."""
    reasons = {reason for reason in story.reasons if reason.code in _NAMING}
    named = [
        message.item.guid
        for message in messages
        if message.target is not None
        and any(because(code, message.item.guid) in reasons for code in _NAMING)
    ]
    return tuple(dict.fromkeys(named))[:_MOST_NOTICES]
