"""The desk's own word on a story: its kills, its newest hold or release, what was undone."""

from collections.abc import Iterable
from collections.abc import Sequence

import msgspec

from copytaster.story import Decision
from copytaster.story import DecisionKind

_ENDS = (DecisionKind.kill, DecisionKind.erase)
_WORDS = (DecisionKind.hold, DecisionKind.release)
_REVIEWS = (DecisionKind.review, DecisionKind.unreview)


class DeskWord(msgspec.Struct, frozen=True, kw_only=True):
    """What the desk says of one story."""

    ends: tuple[Decision, ...] = ()
    """kills and erasures, oldest first"""
    newest: Decision | None = None
    """the newest of its holds and releases"""
    review: Decision | None = None
    """its newest word that a person has read it; None where that was taken back"""


def desk_word(decisions: Sequence[Decision]) -> DeskWord:
    """The desk's word, from its decisions in any order.

    An undo takes back what its batch decided, whenever either was made: the story is judged
    as if the batch had never been. It reaches nothing else, so an agency's kill stays, and so
    does a kill of that one story. An undo of the desk's own, which has a code, takes back the
    holds of that code and reason that were made before it.
    """
    if not decisions:
        return DeskWord()
    ranked = sorted(_standing(decisions), key=lambda decision: (decision.at, decision.id))
    words = [decision for decision in ranked if decision.kind in _WORDS]
    reviews = [decision for decision in ranked if decision.kind in _REVIEWS]
    return DeskWord(
        review=reviews[-1] if reviews and reviews[-1].kind is DecisionKind.review else None,
        ends=tuple(decision for decision in ranked if decision.kind in _ENDS),
        newest=words[-1] if words else None,
    )


def _standing(decisions: Sequence[Decision]) -> list[Decision]:
    undone = {d.batch for d in decisions if d.kind is DecisionKind.undo}
    return [
        d
        for d in decisions
        if (d.batch is None or d.batch not in undone) and not is_taken_back(d, decisions)
    ]


def is_taken_back(hold: Decision, decisions: Iterable[Decision]) -> bool:
    """Whether the desk took back a hold that it had made by itself."""
    if hold.code is None:
        return False
    return any(
        d.kind is DecisionKind.undo
        and (d.code, d.reason) == (hold.code, hold.reason)
        and d.at >= hold.at
        for d in decisions
    )


def record_of(decision: Decision) -> str:
    """Why, for the record: the reason, and the recall it was part of."""
    if decision.batch is None:
        return decision.reason
    return f"{decision.reason}, recall {decision.batch}"
