"""What makes us doubt that a story may be public: each doubt holds it, with its reason.

``withheld`` is the agency's word; what stands here is ours: something unknown, something that
could not be read whole, something that only a person can judge.
"""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime

import msgspec

from copytaster.item import EditorialType
from copytaster.item import Item
from copytaster.item import Partial
from copytaster.item import PubStatus
from copytaster.story import Message
from copytaster.story import Reason
from copytaster.verdict import _notes
from copytaster.verdict import notices
from copytaster.verdict._case import Case
from copytaster.verdict._opening import is_backfill
from copytaster.verdict._opening import not_before
from copytaster.verdict._standing import Standing
from copytaster.verdict._standing import is_restricted
from copytaster.verdict._working import reads_like_working_notes
from copytaster.verdict.reasons import OF_WORDS
from copytaster.verdict.reasons import because
from copytaster.verdict.rights import Rights

_PARTS = frozenset(
    {EditorialType.add, EditorialType.insert, EditorialType.sub, EditorialType.takes}
)


class Doubt(msgspec.Struct, frozen=True):
    """Something that forbids publishing unattended."""

    reason: Reason
    known: datetime | None = None
    """since when the desk could know; None where it is part of the content a release names"""


def doubts(case: Case) -> Iterator[Doubt]:
    """Every doubt about a story, in an order that does not depend on that of its messages."""
    if case.notices:
        yield from sorted(_of_notices(case), key=_by_reason)
    if case.standing is None:
        return
    if case.standing.is_restricted:
        yield from sorted(_of_permission(case.standing), key=_by_reason)
    if case.rights is not None:
        yield from _of_rights(case.rights)
    yield from _of_words(case.standing.current, case)
    yield from _of_standing(case.standing, case.now)


def _by_reason(doubt: Doubt) -> tuple[str, str]:
    return doubt.reason.code, doubt.reason.detail or ""


def _of_notices(case: Case) -> Iterator[Doubt]:
    for message in notices.binding(case.notices, case.standing, PubStatus.hold):
        yield Doubt(because("hold-notice", message.item.guid))
    for message, target in notices.suspected(case.notices, case.standing):
        detail = ", ".join(filter(None, (message.item.guid, target.evidence)))
        yield Doubt(because("kill-unresolved", detail), message.arrival.received)
    tombstones = notices.restored(case.notices, case.standing)
    for known in _first_received(tombstones).values():
        yield Doubt(because("restored-after-deletion"), known)


def _of_permission(standing: Standing) -> Iterator[Doubt]:
    """Unknown status and the like: they bind from every message of the top rank."""
    restricted = [message for message in standing.binding if is_restricted(message.item)]
    first = _first_received(restricted)
    for item in (message.item for message in restricted):
        is_current = item.content_hash == standing.current.content_hash
        known = None if is_current else first[item.content_hash]
        codes = [code for code in item.hold_reason if code not in OF_WORDS]
        if item.pub_status is PubStatus.hold and not codes:
            codes = ["status-unknown"]
        for code in dict.fromkeys((*codes, *_notes.restrictions(item))):
            yield Doubt(because(code, _detail(item, code)), known)


def _of_rights(rights: Rights) -> Iterator[Doubt]:
    """What closes the page whatever the time."""
    found = (Doubt(because(c.code, c.detail), c.known) for c in rights.closings)
    yield from sorted(found, key=_by_reason)


def _first_received(messages: Sequence[Message]) -> dict[str, datetime]:
    """Content hash to the first receipt: saying the same again is nothing new."""
    first: dict[str, datetime] = {}
    for message in messages:
        content, received = message.item.content_hash, message.arrival.received
        first[content] = min(received, first.get(content, received))
    return first


def _detail(item: Item, code: str) -> str | None:
    """What the reader of the format noted beside the code."""
    for remark in item.warnings:
        if remark.code == code:
            return remark.detail
    return item.status_raw if code.startswith("status-") else None


# --- the current item ---------------------------------------------------------------------------


def _of_words(item: Item, case: Case) -> Iterator[Doubt]:
    """What is wrong with the current item itself."""
    for code in item.hold_reason:
        if code in OF_WORDS:
            yield Doubt(because(code, _detail(item, code)))
    if not (item.headline or "").strip():
        yield Doubt(because("no-headline"))
    elif _notes.reads_like_a_notice(item.headline or ""):
        yield Doubt(because("notice-wording"))
    if reads_like_working_notes(item):
        yield Doubt(because("working-notes"))
    if not notices.has_text(item):
        yield Doubt(because("no-text"))
    if _is_part(item):
        yield Doubt(_part(item, case))
    for target in notices.others(item):
        yield Doubt(because("names-another", target.idref or target.service_number))
    for repair in sorted(_repairs(item) - case.profile.repairs):
        yield Doubt(because("repair-not-allowed", repair))


def _is_part(item: Item) -> bool:
    return item.partial is not Partial.none or not _PARTS.isdisjoint(item.editorial_types)


def _part(item: Item, case: Case) -> Reason:
    """A part never replaces a whole (formats §0); alone, an editor may let it stand."""
    kind = next((kind.value for kind in item.editorial_types if kind in _PARTS), item.partial)
    if case.place is not None:
        return because("joined", case.place)
    if any(not _is_part(message.item) for message in case.own):
        return because("partial-of-whole", kind)
    return because("partial", kind)


def _repairs(item: Item) -> frozenset[str]:
    """Every repair the page would rest on: of the bytes, and of the two dates it shows."""
    moments = (item.version_created, item.first_created)
    made = [moment.repair for moment in moments if moment is not None and moment.repair]
    return frozenset((*made, *item.repairs))


def _of_standing(standing: Standing, now: datetime) -> Iterator[Doubt]:
    """What is doubtful about how the current item came, and beside what it stands."""
    if standing.is_disputed:
        yield Doubt(because("same-version-changed-text", standing.current.version))
    wait = not_before(standing)
    if wait is not None and now < wait:
        yield Doubt(because("date-in-future", wait.isoformat()))
    if is_backfill(standing):
        yield Doubt(because("backfill"))
