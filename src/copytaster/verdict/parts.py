"""Further parts of a story (adds, takes), joined to its text where the base is proven.

A wire sends a long story in pieces: the first, then ``ADD 1``, ``2nd Add``, ``TAKE 3``, each a
message of its own (handbook: formats §1.2, §2.2). What proves that a piece goes with a story, and
what does not, is told in ``docs/decisions/0008``. Pure, and free of order: what is joined follows
from the set of messages and the time. What is not proven waits for a person.
"""

import hashlib
import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta

import msgspec

from copytaster import text
from copytaster.agency import Profile
from copytaster.item import Copy
from copytaster.item import EditorialType
from copytaster.item import Item
from copytaster.item import Partial
from copytaster.item import PubStatus
from copytaster.item import Target
from copytaster.item import TargetKind
from copytaster.story import Decision
from copytaster.story import Message
from copytaster.verdict import _notes
from copytaster.verdict import notices
from copytaster.verdict._opening import embargo_end
from copytaster.verdict._opening import has_endless_embargo
from copytaster.verdict._opening import is_backfill
from copytaster.verdict._opening import not_before
from copytaster.verdict._standing import Standing
from copytaster.verdict._standing import stand
from copytaster.verdict._working import reads_like_working_notes
from copytaster.verdict.notices import Candidate
from copytaster.verdict.notices import Name
from copytaster.verdict.notices import NameKind
from copytaster.verdict.notices import Wanted
from copytaster.verdict.notices import slug_keys

WITHIN = timedelta(hours=12)
"""after its base a part moves: a slug is used again the next day"""
MOST = 20
"""parts of one story; longer chains are for a person"""
_ADDS = frozenset({EditorialType.add, EditorialType.takes})
_HARMLESS = frozenset({EditorialType.update, *_ADDS})
_TAKE = re.compile(
    r"(?<![a-z0-9])(?:(\d{1,2})(?:st|nd|rd|th|\.)?[ -]?(add|take)s?"
    r"|(add|take)s?[ -]?(\d{1,2}))(?![a-z0-9])",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"(?<![a-z])(?:\d{0,2}(?:st|nd|rd|th)?)(?:ld|lead)(?![a-z])", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![a-z0-9])[a-z]\d{4}(?![a-z0-9])", re.IGNORECASE)


class Joined(msgspec.Struct, frozen=True, kw_only=True):
    """A base with its parts, put together."""

    item: Item
    contents: tuple[str, ...]
    """content hashes of the base and of each part, in order"""


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """What the further parts of a story come to."""

    joined: Joined | None = None
    taken_back: frozenset[str] = frozenset()
    """content of parts that a notice, or their own agency's word, takes back"""
    again: datetime | None = None
    """when time alone may join one more"""


# --- what a part says of its place --------------------------------------------------------------


def is_add(item: Item) -> bool:
    """Whether the item is text to be put behind another; an insert or a sub says no place."""
    return item.partial is Partial.add and not _ADDS.isdisjoint(item.editorial_types)


def is_part(item: Item) -> bool:
    """Whether the item is less than a whole story."""
    return item.partial is not Partial.none


def take_of(item: Item) -> int | None:
    """The how-manieth add it says it is: ``ADD 2``, ``2nd Add``, ``TAKE 3`` are all the second.

    None where it says none, or two, or that it belongs to a lead (``1stLd-1stAdd``): the lead is
    another whole, and which is not told.
    """
    if not is_add(item):
        return None
    said = item.version or ""
    found = _TAKE.findall(said)
    if len(found) != 1 or _OF_ANOTHER.search(said) is not None:
        return None
    before, word, other, behind = found[0]
    number = int(before or behind)
    number -= (word or other).lower() == "take"
    return number if 1 <= number <= MOST else None


def ask(message: Message) -> tuple[Wanted, ...]:
    """The names under which the base of a part is to be looked up; none where it is not told."""
    at, slug = _date(message.item), _slug(message.item)
    if take_of(message.item) is None or at is None or slug is None:
        return ()
    return (Wanted(Name(NameKind.slug, slug), at - WITHIN, at),)


def bases(message: Message, candidates: Iterable[Candidate]) -> tuple[list[Candidate], bool]:
    """The stories that may be the base of a part, and whether there is just one.

    It has the very slug, and a whole version that moved before the part and within
    :data:`WITHIN`. Where the part gives a number it is the one that has it, and no other: that
    may still be to come.
    """
    found = [one for one in candidates if any(_may_be_base(v.item, message) for v in one.versions)]
    numbers = {one.lower() for one in _NUMBER.findall(message.item.version or "")}
    named = [one for one in found if any(_numbered(v.item) in numbers for v in one.versions)]
    if len(named) == 1:
        return named, True
    return found, len(found) == 1 and not numbers


def _may_be_base(item: Item, part: Message) -> bool:
    moved, at = _date(item), _date(part.item)
    if is_part(item) or moved is None or at is None or _slug(item) != _slug(part.item):
        return False
    return timedelta(0) <= at - moved <= WITHIN


def _numbered(item: Item) -> str | None:
    return item.transmit_id.lower() if item.transmit_id else None


def _slug(item: Item) -> str | None:
    """The slug without its cycle's prefix and what follows a comma; the whole of it must fit."""
    keys = slug_keys(item.slugline) if item.slugline else []
    return keys[-1] if keys else None


def _date(item: Item) -> datetime | None:
    return item.version_created.instant if item.version_created is not None else None


# --- in the set of a story ----------------------------------------------------------------------


def laid(messages: Iterable[Message]) -> list[tuple[Message, Target]]:
    """The parts in a story's set, and the notices about them."""
    return [
        (message, message.target)
        for message in messages
        if message.target is not None and message.target.kind is TargetKind.part
    ]


def place(
    own: Sequence[Message], parts: Iterable[tuple[Message, Target]], profile: Profile
) -> str | None:
    """Of a story that is itself a part: public id of the base it goes with, if that is proven,
    and the part is one that needs nobody's judgement."""
    standing = stand(own, None)
    if standing is None or is_backfill(standing) or not _is_plain(standing.current, profile):
        return None
    guids = {message.item.guid for message in own}
    told = [target for message, target in parts if message.item.guid in guids]
    unsure = {target.evidence for target in told if target.suspected}
    sure = {target.evidence for target in told} - unsure
    return sure.pop() if len(sure) == 1 else None


def of_story(
    own: Sequence[Message],
    parts: Sequence[tuple[Message, Target]],
    release: Decision | None,
    profile: Profile,
    now: datetime,
) -> Parts:
    """What of a story's parts is joined to its current version now."""
    wholes = [message for message in own if not is_part(message.item)]
    standing = stand(wholes, release)
    if standing is None:
        return Parts()
    groups = [_Group(guid, parts) for guid in _guids(own, parts)]
    items = [message.item for message in wholes]
    gone = frozenset(content for group in groups for content in group.taken_back(items, now))
    if standing.is_disputed or _is_approved(standing.current, release):
        return Parts(taken_back=gone)
    versions = _next_versions(own, standing.current)
    if versions is None:
        return Parts(taken_back=gone)
    found: list[Item] = []
    again: datetime | None = None
    for part in versions or _in_order(groups, _slug(standing.current)):
        fits, again = _fits(standing.current, found, part, profile, now)
        if not fits:
            break
        found.append(part.current)
    whole = not versions or len(found) == len(versions)
    joined = _put_together(standing.current, found) if found and whole else None
    return Parts(joined=joined, taken_back=gone, again=again)


def with_joined(own: Sequence[Message], joined: Joined) -> list[Message]:
    """The versions of a story with its base and its parts put together as one."""
    base, *more = joined.contents
    return [
        message
        if message.item.content_hash != base
        else msgspec.structs.replace(message, item=joined.item)
        for message in own
        if message.item.content_hash not in more
    ]


def _is_approved(item: Item, release: Decision | None) -> bool:
    """An editor let exactly this content go: nothing is put behind it unasked."""
    return release is not None and release.content_hash == item.content_hash


def _guids(own: Sequence[Message], parts: Sequence[tuple[Message, Target]]) -> list[str]:
    mine = {message.item.guid for message in own}
    return sorted({t.part for _, t in parts if t.part is not None and t.part not in mine})


class _Group:
    """One part: what came of it under its own id, and the notices about it."""

    def __init__(self, guid: str, parts: Sequence[tuple[Message, Target]]):
        mine = [(message, target) for message, target in parts if target.part == guid]
        own = [(message, target) for message, target in mine if is_itself(message, target)]
        about = [(message, target) for message, target in mine if not is_itself(message, target)]
        self._own = [message for message, _ in own]
        self._standing = stand(self._own, None)
        self.is_sure = not any(target.suspected for _, target in own)
        self.is_back = self._standing is None or _is_back(self._standing, about)
        self.numbers = {take_of(message.item) for message in self._own}

    @property
    def standing(self) -> Standing | None:
        """What it says now; None where that may not be used, or not for sure."""
        standing = self._standing
        if standing is None or standing.is_disputed or self.is_back or not self.is_sure:
            return None
        return standing

    def taken_back(self, wholes: Sequence[Item], now: datetime) -> list[str]:
        """The content of all its versions, where one of them may not be used any more; with
        ``wholes``, the versions of the story it goes with."""
        closed = self._standing is not None and _is_closed(self._standing, wholes, now)
        return [m.item.content_hash for m in self._own] if self.is_back or closed else []


def _is_closed(standing: Standing, wholes: Sequence[Item], now: datetime) -> bool:
    """Whether the agency allows no use of a part now, or a narrower one than of any whole."""
    end = embargo_end(standing)
    if has_endless_embargo(standing) or (end is not None and end > now):
        return True
    return not any(_is_within_rights(whole, standing) for whole in wholes)


def is_itself(message: Message, target: Target) -> bool:
    """Whether it is the part, and not a word about it: another's notice, or the desk's own."""
    is_said = target.new_status is not PubStatus.usable or target.tentative
    return message.item.guid == target.part and not is_said


def _is_back(standing: Standing, about: Sequence[tuple[Message, Target]]) -> bool:
    if standing.is_restricted or any(notices.kills(about, standing)):
        return True
    bound = (PubStatus.withheld, PubStatus.hold)
    if any(notices.binding(about, standing, status) for status in bound):
        return True
    return bool(notices.suspected(about, standing))


def _in_order(groups: Sequence[_Group], slug: str | None) -> Iterator[Standing]:
    """The first part, the second …, to the first that is missing or is not told apart, or goes
    by another slug than its base now."""
    for number in range(1, MOST + 1):
        here = [group for group in groups if number in group.numbers]
        told = [group.standing for group in here]
        sure = [standing for standing in told if standing is not None]
        if not sure or len(sure) < len(told):
            return
        items = [standing.current for standing in sure]
        if any(take_of(item) != number or _slug(item) != slug for item in items):
            return
        if any(item.copy.blocks != items[0].copy.blocks for item in items):
            return
        yield sure[0]


def _next_versions(own: Sequence[Message], base: Item) -> list[Standing] | None:
    """Parts sent as the next versions of the base itself, in order; None where one is missing,
    or two differ. Parts of an earlier whole are over with it."""
    parts: dict[int | None, list[Message]] = {}
    for message in own:
        if is_part(message.item):
            parts.setdefault(message.item.version_number, []).append(message)
    if not parts:
        return []
    if base.version_number is None or None in parts:
        return None
    later = sorted(n for n in parts if n is not None and n >= base.version_number)
    if later != [base.version_number + n for n in range(1, len(later) + 1)]:
        return None
    if any(len({message.item.content_hash for message in parts[n]}) > 1 for n in later):
        return None
    return [standing for n in later if (standing := stand(parts[n], None)) is not None]


# --- whether one more fits ----------------------------------------------------------------------


def _fits(
    base: Item, before: Sequence[Item], part: Standing, profile: Profile, now: datetime
) -> tuple[bool, datetime | None]:
    """Whether a part may be put behind these, and when to ask again."""
    item = part.current
    last, at, began = _date(before[-1] if before else base), _date(item), _date(base)
    if last is None or at is None or began is None or not last <= at <= began + WITHIN:
        return False, None
    if not _is_plain(item, profile) or has_endless_embargo(part) or is_backfill(part):
        return False, None
    if not _is_of_one_hand(base, item) or not _is_within_rights(base, part):
        return False, None
    if _has(item, base) or any(_has(item, one) for one in before):
        return False, None
    instants = (embargo_end(part), not_before(part), at)
    waits = max(one for one in instants if one is not None)
    return waits <= now, waits if waits > now else None


def _is_plain(part: Item, profile: Profile) -> bool:
    """Nothing but text, of which nothing is doubted."""
    return (
        is_add(part)
        and _HARMLESS.issuperset(part.editorial_types)
        and part.pub_status is PubStatus.usable
        and part.type == "text"
        and not part.hold_reason
        and not _notes.restrictions(part)
        and not _notes.reads_like_a_notice(part.headline or "")
        and not reads_like_working_notes(part)
        and not notices.not_for_readers(part)
        and notices.has_text(part)
        and not part.targets
        and profile.repairs.issuperset(part.repairs)
        and part.correction_text is None
        and part.public_note is None
    )


def _is_of_one_hand(base: Item, part: Item) -> bool:
    """Nothing about the part that the page of its base would not say: another byline, dateline,
    language or licence is for a person."""
    return (
        part.by in (None, base.by)
        and part.dateline in (None, base.dateline)
        and part.language in (None, base.language)
        and part.digital_source_type in (None, base.digital_source_type)
    )


def _is_within_rights(base: Item, part: Standing) -> bool:
    """Whether the agency allows of a part, in every message that binds, what it does of a base."""
    return all(_is_allowed(base, message.item) for message in part.binding)


def _is_allowed(base: Item, part: Item) -> bool:
    return (
        part.copyright_notice in (None, base.copyright_notice)
        and set(part.usage_terms) <= set(base.usage_terms)
        and set(part.restrictions) <= set(base.restrictions)
        and set(part.rights_info) <= set(base.rights_info)
        and part.expires in (None, base.expires)
        and part.use_from in (None, base.use_from)
        and part.retain_until in (None, base.retain_until)
    )


def _has(part: Item, other: Item) -> bool:
    """Whether the part brings the beginning of what it would be put behind: it is a whole."""
    opening = text.first_paragraph(other.copy)
    return opening is not None and opening in text.plain(part.copy)


# --- put together -------------------------------------------------------------------------------


def put_together(items: Sequence[Item]) -> Item:
    """A base with its parts behind it: the words of each, whole, in their order, and nothing
    else. It is dated as its last part; all else is the base's."""
    base, *more = items
    if not more:
        return base
    contents = "\n".join(item.content_hash for item in items)
    last = more[-1]
    return msgspec.structs.replace(
        base,
        copy=Copy(
            blocks=tuple(block for item in items for block in item.copy.blocks),
            pieces=tuple(piece for item in items for piece in item.copy.pieces),
        ),
        version_created=last.version_created,
        version_number=max(
            (i.version_number for i in items if i.version_number is not None), default=None
        ),
        content_hash=hashlib.sha256(f"joined\n{contents}".encode()).hexdigest(),
    )


def _put_together(base: Item, found: Sequence[Item]) -> Joined:
    items = (base, *found)
    return Joined(item=put_together(items), contents=tuple(item.content_hash for item in items))
