"""A notice that takes back one version of a story and declares a later one of the same good.

"Kill the story which moved at 1756 hours; a substitute version has moved at 1844 hours" may mean
two stories, or two versions under one id. In the second case the story is its own substitute:
the versions up to the one that is named are gone, and the one declared good stands.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime

import msgspec

from copytaster.item import Item
from copytaster.item import Target
from copytaster.story import Message
from copytaster.verdict.notices._names import fold
from copytaster.verdict.notices._types import Notice
from copytaster.verdict.notices._types import NoticeKind
from copytaster.verdict.notices._types import Pointer
from copytaster.verdict.notices._weighing import CLEAR
from copytaster.verdict.notices._weighing import LEAST
from copytaster.verdict.notices._weighing import Candidate
from copytaster.verdict.notices._weighing import Scales

_UNDATED = datetime.min.replace(tzinfo=UTC)


def declared_good(notice: Notice, candidate: Candidate, zone: str | None) -> str | None:
    """Content hash of the version of this story that the notice declares good, where another
    version of it is clearly what it takes back; None where the two are not told apart."""
    versions = {message.item.content_hash: message for message in candidate.versions}
    if notice.kind is not NoticeKind.kill or not notice.substitutes or len(versions) < 2:
        return None
    alone = [
        Candidate(story=content, guid=candidate.guid, versions=(_by_itself(message),))
        for content, message in versions.items()
    ]
    scales = Scales(notice, alone, zone)
    good = {one.story for one in alone if _leans(notice, one, scales) >= CLEAR}
    bad = any(_leans(notice, one, scales) <= -CLEAR for one in alone)
    return good.pop() if len(good) == 1 and bad else None


def _by_itself(message: Message) -> Message:
    """A version by its own time: that the story first moved at the bad one's minute is true of
    every version of it."""
    if message.item.version_created is None:
        return message
    item = msgspec.structs.replace(message.item, first_created=None, sent=None)
    return msgspec.structs.replace(message, item=item)


def _leans(notice: Notice, version: Candidate, scales: Scales) -> int:
    """By how much a version fits better as the good one than as the bad one; 0 where it does
    not fit either well enough."""
    bad = max((scales.weigh(pointer, version).score for pointer in notice.pointers), default=0)
    good = max(_fits(given, notice, version, scales) for given in notice.substitutes)
    return good - bad if max(good, bad) >= LEAST else 0


def _fits(given: Pointer, notice: Notice, version: Candidate, scales: Scales) -> int:
    """The headline that it shares with the bad one is not enough: something of its own must fit."""
    headline = next((pointer.headline for pointer in notice.pointers if pointer.headline), None)
    shared = headline is not None and fold(given.headline or "") == fold(headline)
    own = msgspec.structs.replace(given, headline=None) if shared else given
    if scales.weigh(own, version).score <= 0:
        return 0
    pointer = msgspec.structs.replace(given, headline=given.headline or headline)
    return scales.weigh(pointer, version).score


# --- in the set of the story --------------------------------------------------------------------


def taken_back(
    own: Sequence[Message], notices: Iterable[tuple[Message, Target]]
) -> tuple[frozenset[str], frozenset[str]]:
    """(content hashes of the versions that are gone, those of the notices that say so).

    Gone is every version up to the one declared good, wherever it is ranked by what the story
    counts by; what cannot be ranked is gone too. While the good one is not here, none is spared.
    """
    here = {message.item.content_hash for message in own}
    sparing: dict[str, set[str]] = {}
    for message, target in notices:
        if found := here.intersection(target.spares):
            sparing.setdefault(message.item.content_hash, set()).update(found)
    if not sparing:
        return frozenset(), frozenset()
    spared = {content for found in sparing.values() for content in found}
    numbered = any(message.item.version_number is not None for message in own)
    last = max(_rank(m.item, numbered) for m in own if m.item.content_hash in spared)
    gone = {m.item.content_hash for m in own if _rank(m.item, numbered) <= last}
    return frozenset(gone - spared), frozenset(sparing)


def _rank(item: Item, numbered: bool) -> tuple[int, datetime]:
    made = item.version_created.instant if item.version_created is not None else None
    number = item.version_number if item.version_number is not None else -1
    return (number if numbered else 0), made or _UNDATED
