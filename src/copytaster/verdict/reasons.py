"""Every reason the desk gives, by its stable code, in a sentence for people.

One table, so that what a reason means, what it rests on and whether a person may lift it stand
in one place. ``docs/reference/reasons.md`` lists the same codes with what to do about each.
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from copytaster.story import Reason


class Weight(StrEnum):
    """Who can lift a reason."""

    agency = "agency"
    """only the agency, with a newer message"""
    time = "time"
    """the clock, by itself"""
    soft = "soft"
    """an editor's release of exactly the content that is held"""
    contract = "contract"
    """the contract, when it is renewed or entered right"""
    final = "final"
    """nothing: it stands for good"""


class Rule(msgspec.Struct, frozen=True):
    """What is known of one reason code."""

    sentence: str
    weight: Weight
    of_words: bool = False
    """rests on the words of one item; void once another item is current. Reasons that rest on
    permission bind from every message of the top rank (handbook: formats §2.3)."""


_AGENCY, _TIME, _SOFT, _FINAL = Weight.agency, Weight.time, Weight.soft, Weight.final
_CONTRACT = Weight.contract

RULES: Mapping[str, Rule] = {
    # killed
    "canceled": Rule("The agency has canceled this story: it must not be used.", _FINAL),
    "kill-notice": Rule("A notice from the agency kills this story.", _FINAL),
    "deleted": Rule("The agency's feed says that this entry was deleted.", _FINAL),
    "desk-kill": Rule("The desk has killed this story.", _FINAL),
    "erased": Rule("The desk has erased this story.", _FINAL),
    # withheld
    "withheld": Rule("The agency withholds this story.", _AGENCY),
    "withhold-notice": Rule("A notice from the agency withholds this story.", _AGENCY),
    "expired-by-agency": Rule("The agency's feed says that this story has expired.", _AGENCY),
    # never
    "not-a-story": Rule("This item is not a text for readers.", _AGENCY),
    "notice": Rule("This item is a notice about another item.", _AGENCY),
    "no-version": Rule("No version of this story has arrived, only notices about it.", _AGENCY),
    "test": Rule("The agency marks this item as a test.", _AGENCY),
    "advisory": Rule("This item is an advisory for editors.", _AGENCY),
    "schedule": Rule("This item is a schedule for editors.", _AGENCY),
    "disregard": Rule("The agency asks to disregard this item.", _AGENCY),
    # expired
    "rights-expired": Rule("The time for which the licence allows this text is over.", _CONTRACT),
    # embargoed
    "embargo-until": Rule("The agency has set an embargo that has not ended yet.", _TIME),
    "embargo-indefinite": Rule("The agency has set an embargo without an end.", _AGENCY),
    "embargo-unparseable": Rule("The agency has set an embargo that cannot be read.", _AGENCY),
    "hold-for-release": Rule("The agency holds this story for release.", _AGENCY),
    "rights-not-yet": Rule("The rights to this story do not run yet.", _TIME),
    # held: what only a new message mends
    "hold-notice": Rule("A notice gives this story a status that is not known.", _AGENCY),
    "no-headline": Rule("There is no headline.", _AGENCY, of_words=True),
    "no-text": Rule("There is no text.", _AGENCY, of_words=True),
    "field-malformed": Rule(
        "A field that may restrict the item is not of the type its format demands.", _AGENCY
    ),
    "body-unreadable": Rule("The body could not be read as text.", _AGENCY, of_words=True),
    "words-unaccounted": Rule(
        "The text does not account for every character the agency sent.", _AGENCY, of_words=True
    ),
    "partial-of-whole": Rule(
        "This is a part of a story (an add, insert, sub or take): it must not replace the whole.",
        _AGENCY,
        of_words=True,
    ),
    # held: by the contract
    "rights-contract": Rule("The contract does not cover publishing this story here.", _CONTRACT),
    # held: by the desk and its machinery
    "desk-hold": Rule("The desk holds this story.", _SOFT),
    "house-rule": Rule("A rule of the house holds this story.", _SOFT),
    "copy-of-killed": Rule("The same text was killed as another story.", _SOFT),
    "copy-of-held": Rule("The same text is held or withheld as another story.", _SOFT),
    "gate-failed": Rule("The finished page did not read back word for word.", _AGENCY),
    "ruling-failed": Rule(
        "A message may take this story back, and could not be heeded yet; or the story was to "
        "be looked at again, and that failed.",
        _TIME,
    ),
    "paused": Rule("Publishing is paused.", _TIME),
    # of a picture, never of its story
    "picture-killed": Rule("This picture was taken back: it must not be used.", _FINAL),
    "picture-withheld": Rule("The agency withholds this picture.", _AGENCY),
    "picture-embargoed": Rule("This picture has an embargo that has not ended.", _TIME),
    "picture-expired": Rule("The time for which this picture may be shown is over.", _FINAL),
    "picture-restricted": Rule(
        "Its terms do not allow this picture here, or are not understood.", _AGENCY
    ),
    "picture-doubtful": Rule("Something about this picture is not known here.", _AGENCY),
    "picture-left-out": Rule("More pictures came with this story than are shown.", _AGENCY),
    # held: what a person may release
    "status-unknown": Rule("The agency's status is not one that is known here.", _SOFT),
    "status-missing": Rule("The item has no status, and this agency's items need one.", _SOFT),
    "status-held": Rule("The agency's status means that the item is not ready.", _SOFT),
    "signal-unknown": Rule("The item carries a signal that is not known here.", _SOFT),
    "editorial-type-unknown": Rule("The item is of an editorial type not known here.", _SOFT),
    "embargo-note": Rule("A note to editors speaks of an embargo, but no field sets one.", _SOFT),
    "kill-note": Rule("A note to editors says that this story must not be used or is held.", _SOFT),
    "working-notes": Rule(
        "The item reads like notes of the newsroom to itself.", _SOFT, of_words=True
    ),
    "notice-wording": Rule(
        "The item reads like a notice to editors, and may be a story.", _SOFT, of_words=True
    ),
    "rights-restricted": Rule(
        "The agency restricts the use of this story in a way that a person must judge.", _SOFT
    ),
    "rights-not-understood": Rule(
        "The agency restricts the use of this story in words that are not understood.", _SOFT
    ),
    "association-malformed": Rule(
        "An item beside the story breaks the rules of its format.", _SOFT, of_words=True
    ),
    "guid-missing": Rule("The item has no id: nothing could ever update or kill it.", _SOFT),
    "type-unknown": Rule("The item is of a type that is not known here.", _SOFT, of_words=True),
    "body-type-unknown": Rule(
        "The agency did not say in a known way what kind of body it sent.", _SOFT, of_words=True
    ),
    "same-version-changed-text": Rule(
        "The agency sent different texts under the same version and date.", _SOFT, of_words=True
    ),
    "kill-unresolved": Rule(
        "A notice from the agency may mean this story, or another: a person must say which.", _SOFT
    ),
    "restored-after-deletion": Rule(
        "The entry is newer than the notice that deleted it: a person must say so.", _SOFT
    ),
    "names-another": Rule(
        "The item sets the status of another item: it may be a note for editors.",
        _SOFT,
        of_words=True,
    ),
    "partial": Rule(
        "This is a part of a story (an add, insert, sub or take).", _SOFT, of_words=True
    ),
    "joined": Rule(
        "This is a part of another story, and is read there behind its text.",
        _SOFT,
        of_words=True,
    ),
    "repair-not-allowed": Rule(
        "The item was repaired to be read, in a way this agency's profile does not allow.",
        _SOFT,
        of_words=True,
    ),
    "message-cut": Rule("The message breaks off: its end did not arrive.", _SOFT, of_words=True),
    "control-unknown": Rule(
        "The text holds control codes whose meaning is not known here.", _SOFT, of_words=True
    ),
    "double-escaped": Rule(
        "The text looks as if its markup was escaped twice.", _SOFT, of_words=True
    ),
    "date-missing": Rule("A date that the item gives cannot be read.", _SOFT, of_words=True),
    "date-in-future": Rule("The item's date has not come yet.", _SOFT, of_words=True),
    "backfill": Rule(
        "Older copy, or a replay: it was not sent as news of this hour.", _SOFT, of_words=True
    ),
}

REASONS: Mapping[str, str] = {code: rule.sentence for code, rule in RULES.items()}
"""Code → sentence, for people."""

SOFT = frozenset(code for code, rule in RULES.items() if rule.weight is Weight.soft)
"""What an editor's release lifts, and nothing else. A code nobody has described is not among
them: it fails closed."""

OF_WORDS = frozenset(code for code, rule in RULES.items() if rule.of_words)
"""What rests on the words of one item rather than on permission."""

OF_RIGHTS = frozenset({"rights-contract", "rights-not-understood", "rights-restricted"})
"""What holds a story for its rights alone."""

_UNDESCRIBED = "The item was held while it was read."
_LONGEST_DETAIL = 160


def because(code: str, detail: str | None = None) -> Reason:
    """A reason; its detail, which may come from the wire, is one line and of bounded length."""
    if detail is None:
        return Reason(code=code)
    line = " ".join(detail[: _LONGEST_DETAIL * 2].split())
    return Reason(code=code, detail=line[:_LONGEST_DETAIL] or None)


def weight(code: str) -> Weight:
    """Who can lift a reason; of a code that nobody has described, the agency alone."""
    rule = RULES.get(code)
    return Weight.agency if rule is None else rule.weight


def sentence(reason: Reason) -> str:
    """The reason in words: its sentence, and the detail in brackets. Not escaped for markup."""
    words = REASONS.get(reason.code)
    if words is None:
        words = f"{_UNDESCRIBED[:-1]}: {reason.code}."
    return f"{words[:-1]} ({reason.detail})." if reason.detail else words
