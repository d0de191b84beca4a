"""One order for several stories: what would become of each, and what became of it."""

from collections.abc import Sequence
from typing import Any

import msgspec

from copytaster.copydesk._able import ORDERS
from copytaster.copydesk._able import prevented
from copytaster.copydesk._frame import Frame
from copytaster.copydesk._story import CAUSES
from copytaster.copydesk._wire import Row
from copytaster.copydesk._wire import lines


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A story that was chosen, as it is now."""

    row: Row
    revision: int
    content: str | None
    """the content that would be published, by its hash"""
    begins: str = ""
    """how its text begins"""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one of several."""

    story: str
    headline: str
    refused: str | None = None
    """why nothing was done"""


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, so that nothing of it is lost, and why it was not carried out."""

    why: str = ""
    cause: str = "desk"
    refused: str | None = None


def several(
    frame: Frame, order: str, chosen: Sequence[Candidate], zone: str | None, form: Form
) -> bytes:
    """What an order would do with each of these, before it is given."""
    able: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for one, line in zip(chosen, lines([one.row for one in chosen], zone), strict=True):
        why_not = _prevented(order, one)
        told = {**line, "begins": one.begins, "named": _named(one), "why_not": why_not}
        (able if why_not is None else others).append(told)
    return frame.page(
        "several.html",
        title=f"{ORDERS[order]} {_count(len(able))}" if able else "Nothing can be done",
        order=order,
        name=ORDERS[order],
        able=able,
        others=others,
        causes=CAUSES,
        form=msgspec.structs.asdict(form),
    )


def several_done(frame: Frame, order: str, outcomes: Sequence[Outcome]) -> bytes:
    """What became of each."""
    done = [one for one in outcomes if one.refused is None]
    left = [one for one in outcomes if one.refused is not None]
    return frame.page(
        "several-done.html",
        title=f"{_DONE[order]}: {len(done)} of {len(outcomes)}",
        order=order,
        done=_told(done),
        left=_told(left),
    )


_DONE = {"release": "Released", "hold": "On hold", "kill": "Killed"}


def _prevented(order: str, one: Candidate) -> str | None:
    row = one.row
    found = prevented(order, row.state, releasable=row.releasable)
    if found is None and order == "release" and one.content is None:
        return "There is no text of it."
    return found


def _named(one: Candidate) -> str:
    """The story as it was seen here: what has changed when the order comes is left alone."""
    return f"{one.row.story} {one.revision} {one.content or ''}".rstrip()


def _told(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    return [msgspec.structs.asdict(one) for one in outcomes]


def _count(number: int) -> str:
    return "1 story" if number == 1 else f"{number} stories"
