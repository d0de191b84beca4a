"""May a picture be shown beside its story, and why not?

In: an association as its format read it, what the licence is held against, and the time. Out:
the reasons against showing it, none when it may be shown, and the instant at which to look again.
What its terms mean is the business of ``rights``. Each picture has its own
permission: a story's *usable* never leaks to it, and what is told against it never touches the
story (handbook: formats §2.3, last row; §6). Whatever is not understood closes the gate.
"""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from copytaster.agency import Profile
from copytaster.item import Association
from copytaster.item import EditorialType
from copytaster.item import EmbargoState
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.story import Reason
from copytaster.verdict import rights
from copytaster.verdict._standing import is_canceled
from copytaster.verdict._standing import is_withheld
from copytaster.verdict.reasons import because

_KINDS = frozenset({"picture", "graphic", "image", "photo"})
_BY_WORDS = "rights-restricted"


class PictureVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a picture may be shown now."""

    reasons: tuple[Reason, ...] = ()
    """why not; empty: it may"""
    look_again: datetime | None = None
    """the next instant at which time alone may change that"""


def is_picture(association: Association) -> bool:
    """Whether it is a still picture, rather than a film, a sound, or another story."""
    return (association.type or "").strip().lower() in _KINDS


def decide(
    association: Association,
    profile: Profile,
    territories: frozenset[str],
    now: datetime,
    *,
    began: datetime | None = None,
) -> PictureVerdict:
    """Whether this association may be shown at ``now``, whatever its story may.

    ``territories`` and ``began`` as for :func:`copytaster.verdict.rights.may_show`.
    """
    gate = rights.may_show(_judged_by_words(association), profile, territories, now, began=began)
    reasons = [*_status(association), *_clocks(association, now)]
    if not gate.open and not reasons:
        reasons.append(because("picture-restricted", gate.words))
    return PictureVerdict(reasons=tuple(dict.fromkeys(reasons)), look_again=gate.until)


def _judged_by_words(picture: Association) -> Association:
    """Without the doubt that a format has because there are terms at all: they are read here."""
    if not (picture.usage_terms or picture.restrictions):
        return picture
    holds = tuple(code for code in picture.hold_reason if code != _BY_WORDS)
    return msgspec.structs.replace(picture, hold_reason=holds)


def _status(picture: Association) -> Iterator[Reason]:
    if picture.pub_status is PubStatus.canceled:
        yield because("picture-killed")
    elif picture.pub_status is PubStatus.withheld:
        yield because("picture-withheld")
    elif picture.pub_status is PubStatus.hold and not picture.hold_reason:
        yield because("picture-doubtful", "status-unknown")
    for code in picture.hold_reason:
        if code != _BY_WORDS:
            yield because("picture-doubtful", code)


def _clocks(picture: Association, now: datetime) -> Iterator[Reason]:
    """An embargo that cannot be read has no end, and an expiry that cannot be read has passed."""
    embargo, expires = picture.embargo, picture.expires
    if embargo.state is not EmbargoState.none and (embargo.until is None or now < embargo.until):
        yield because("picture-embargoed", embargo.raw)
    if expires is not None and (expires.instant is None or expires.instant <= now):
        yield because("picture-expired", expires.raw)


class TakenBack(msgspec.Struct, frozen=True, kw_only=True):
    """An agency's word, in one of its messages, that a picture must not be used."""

    id: str
    """the agency's id of the picture"""
    final: bool
    """a kill; False: withheld, it may be lifted"""
    reason: str


def taken_back(item: Item) -> tuple[TakenBack, ...]:
    """The pictures that this message kills or withholds, itself or beside the story.

    AP sends an *Elimination* or a *Kill* under the picture's own id; others cancel the
    association in a new version of the story. What a killed story takes with it is not told
    here: another story may still show it.
    """
    if item.type.lower() in _KINDS:
        return tuple(_itself(item))
    if is_canceled(item):
        return ()
    return tuple(
        TakenBack(id=one.uri, final=True, reason="canceled beside a story")
        for one in item.associations
        if one.pub_status is PubStatus.canceled and one.uri and is_picture(one)
    )


def _itself(item: Item) -> Iterator[TakenBack]:
    final = is_canceled(item)
    if not final and not is_withheld(item):
        return
    said = EditorialType.elimination if EditorialType.elimination in item.editorial_types else None
    reason = said or item.status_raw or item.pub_status.value
    for id in dict.fromkeys((item.guid, *(alt.value for alt in item.alt_ids))):
        yield TakenBack(id=id, final=final, reason=str(reason))
