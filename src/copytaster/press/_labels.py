"""The label of a page: four honest axes, each in words and in data (handbook: publishing §6).

Where the words come from, whether they were changed, whether a person read them, and how the
story stands. Each has a value of its own, because "automatic" says nothing about authorship and
"unreviewed" nothing about truth.
"""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from copytaster.press._types import Change
from copytaster.press._types import withdrawn


class Origin(StrEnum):
    """Who wrote the words; only what the agency declares makes it anything but its own text."""

    agency_text = "agency-text"
    agency_automated_text = "agency-automated-text"


class Modification(StrEnum):
    none = "none"
    """proved for the bytes of the page by the gate; a page with any other value cannot be made"""


class Review(StrEnum):
    """Whether a person of the house has read exactly this edition; only their own word says so."""

    not_reviewed = "not-reviewed"
    reviewed = "reviewed"


class Status(StrEnum):
    usable = "usable"
    corrected = "corrected"
    refiled = "refiled"


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """What one edition says of itself."""

    origin: Origin
    modification: Modification
    review: Review
    status: Status


_AUTOMATED = frozenset(
    {
        "algorithmicMedia",
        "algorithmicallyEnhanced",
        "compositeWithTrainedAlgorithmicMedia",
        "dataDrivenMedia",
        "trainedAlgorithmicMedia",
    }
)
"""IPTC's Digital Source Types that say a program wrote it
(http://cv.iptc.org/newscodes/digitalsourcetype)"""
_AUTOMATED_SCHEMA = frozenset(term[:1].upper() + term[1:] for term in _AUTOMATED)
"""the same as schema.org spells them: ``TrainedAlgorithmicMediaDigitalSource``"""
_STANDING = {"correction": Status.corrected, "refile": Status.refiled}


def label(source_type: str | None, changes: Iterable[Change], *, reviewed: bool = False) -> Label:
    """The label of a live story. ``source_type``: the agency's ``digitalSourceType``, as sent."""
    return Label(
        origin=_origin(source_type),
        modification=Modification.none,
        review=Review.reviewed if reviewed else Review.not_reviewed,
        status=_status(tuple(changes)),
    )


def _origin(source_type: str | None) -> Origin:
    term = (source_type or "").replace(":", "/").rpartition("/")[2]
    automated = term in _AUTOMATED or term.removesuffix("DigitalSource") in _AUTOMATED_SCHEMA
    return Origin.agency_automated_text if automated else Origin.agency_text


def _status(changes: tuple[Change, ...]) -> Status:
    """By the newest change that has a class of its own; one that was taken back has none."""
    gone = withdrawn(changes)
    for change in reversed(changes):
        if change.kind == "updated" and change.edition not in gone:
            standing = _STANDING.get(change.reason or "")
            if standing is not None:
                return standing
    return Status.usable
