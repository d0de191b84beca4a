"""What the management of an item of NewsML 1 says: status, embargo, kinds, earlier revisions.

``Instruction/RevisionStatus`` sets the status of *earlier* revisions (without ``@Revision``: of
all). Revisions of one item are one story here, and a lower revision is void once a higher one
is there, except that a cancelation is for ever (handbook: formats §2.2). So:

* an item that brings no words of its own speaks of the words that came before: it is a notice
  about its own story, with that status or its own, whichever is stricter;
* an item with words of its own that cancels earlier ones waits for a person: the agency calls
  its own story canceled and usable at once;
* any other status of earlier revisions changes nothing, since this one takes their place.
"""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from copytaster.agency import Profile
from copytaster.formats import _status
from copytaster.formats._moments import Moments
from copytaster.formats._newsml1_dates import moment
from copytaster.formats._newsml1_identity import Identity
from copytaster.formats._newsml1_part import Part
from copytaster.formats._newsml1_part import characters
from copytaster.formats._newsml1_part import formal
from copytaster.formats._newsml1_part import word
from copytaster.formats._newsml1_tree import MEDIA_ROLES
from copytaster.formats._nitf_inside import Inside
from copytaster.formats._nitf_inside import longer
from copytaster.item import AltId
from copytaster.item import Embargo
from copytaster.item import PubStatus
from copytaster.item import Remark
from copytaster.item import Target
from copytaster.moment import Moment

# ``NewsItemType`` says what a message is; these say that it is news and no more.
_NEWS = frozenset({"news", "newsitem", "data", "text", "story", "article", "package"})
# Words for kinds that the field calls otherwise.
_KINDS = {"flash": "alert", "bulletin": "alert", "newsalert": "alert", "rectify": "correction"}


class Control(msgspec.Struct, frozen=True, kw_only=True):
    """What may be done with the item, and why not."""

    pub_status: PubStatus
    status_raw: str | None
    kinds: _status.Kinds
    embargo: Embargo = Embargo()
    expires: Moment | None = None
    retain_until: datetime | None = None
    targets: tuple[Target, ...] = ()
    names: tuple[AltId, ...] = ()
    """ids of documents inside, by which a notice may name the item"""
    holds: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


def control(
    management: Part,
    mine: Identity,
    inner: Inside,
    extra: tuple[str, ...],
    moments: Moments,
    profile: Profile,
    *,
    has_words: bool,
) -> Control:
    """Everything that bears on publishing. ``extra`` are kinds told elsewhere in the item."""
    own, earlier = _revisions(management, mine)
    managed = [*_words(management), *own]
    said = [*managed, *inner.statuses]
    status = _status_of(said, profile)
    told = _told(management, profile)
    kinds = _status.kinds((), (*told, *extra, *inner.kinds), profile)
    pub_status = _status.settle(status.pub_status, kinds.types)
    embargoed = any(_status.status(found, profile).embargoed for found in managed)
    changes = _changes(management, moments, profile, embargoed=embargoed)
    targets, holds = _earlier(earlier, mine, pub_status, profile, has_words=has_words)
    return Control(
        pub_status=pub_status,
        status_raw=", ".join(dict.fromkeys(said)) if said else None,
        kinds=kinds,
        embargo=longer(changes.embargo, inner.embargo),
        expires=changes.expires,
        retain_until=None if changes.expires is None else changes.expires.instant,
        targets=targets + inner.targets,
        names=inner.names,
        holds=status.holds + kinds.holds + changes.holds + holds,
        remarks=changes.remarks + tuple(_remark(code) for code in holds),
    )


# --- status --------------------------------------------------------------------------------------


def _words(block: Part) -> list[str]:
    """Status words as sent; an empty ``Status`` is one that nobody knows."""
    return [formal(element) or "" for element in block.all("Status")]


def _status_of(said: list[str], profile: Profile) -> _status.Status:
    """The strictest; the standard has no default (handbook: formats §1.4)."""
    if not said:
        return _status.missing_status(profile)
    return _status.strictest([_status.status(found, profile) for found in said])


def _revisions(management: Part, mine: Identity) -> tuple[list[str], list[str]]:
    """Status words that instructions give to this revision, and to earlier ones."""
    own: list[str] = []
    earlier: list[str] = []
    for instruction in management.parts("Instruction"):
        for block in instruction.parts("RevisionStatus"):
            named = block.element.get("Revision", "").strip()
            (own if named and named == mine.version else earlier).extend(_words(block))
    return own, earlier


def _earlier(
    words: list[str], mine: Identity, own: PubStatus, profile: Profile, *, has_words: bool
) -> tuple[tuple[Target, ...], tuple[str, ...]]:
    """What a status of earlier revisions does; see the module's first lines.

    A notice has no embargo: words that may not be out yet wait for a person.
    """
    said = [_status.status(word, profile) for word in words]
    if any(status.embargoed for status in said):
        said.append(_status.Status(pub_status=PubStatus.hold))
    if not said or (found := _status.strictest(said).pub_status) is PubStatus.usable:
        return (), ()
    if not has_words and mine.guid is not None:
        both = [_status.Status(pub_status=found), _status.Status(pub_status=own)]
        return (Target(idref=mine.guid, new_status=_status.strictest(both).pub_status),), ()
    return (), ("names-another",) if found is PubStatus.canceled else ()


def _remark(code: str) -> Remark:
    detail = "earlier revisions are canceled while this one brings words"
    return Remark(code=code, path="NewsManagement/Instruction/RevisionStatus", detail=detail)


# --- status that will change ---------------------------------------------------------------------


class _Changes(msgspec.Struct, frozen=True, kw_only=True):
    embargo: Embargo
    expires: Moment | None = None
    holds: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


def _changes(management: Part, moments: Moments, profile: Profile, *, embargoed: bool) -> _Changes:
    """``StatusWillChange``: to usable it is an embargo's end, to anything else the item's own."""
    if not management.children.get("StatusWillChange"):
        return _Changes(embargo=_status.embargo(None, required=embargoed))
    opens: list[Moment] = []
    ends: list[Moment] = []
    for block in management.parts("StatusWillChange"):
        future = _status.status(block.formal("FutureStatus") or "", profile)
        found = moment(moments, _raw(block), embargo=True)
        if found is not None:
            usable = future.pub_status is PubStatus.usable and not future.embargoed
            (opens if usable else ends).append(found)
    created = moment(moments, management.text("ThisRevisionCreated"))
    due = opens if embargoed else [found for found in opens if _is_ahead(found, created)]
    embargo = _status.embargo(_status.latest(due), required=embargoed)
    unread = [found for found in ends if found.instant is None]
    return _Changes(
        embargo=embargo,
        expires=min(ends, key=_timestamp) if ends and not unread else None,
        holds=("field-malformed",) if unread else (),
        remarks=tuple(map(_unread, unread)),
    )


def _raw(block: Part) -> str:
    """The date as sent; a change without one never comes of itself."""
    found = block.first("DateAndTime")
    return "" if found is None else characters(found) or ""


def _is_ahead(due: Moment, created: Moment | None) -> bool:
    """Whether a usable item becomes usable only later: not when that was before it was made."""
    if due.instant is None or created is None or created.instant is None:
        return True
    return due.instant > created.instant


def _timestamp(due: Moment) -> float:
    return due.instant.timestamp() if due.instant is not None else 0.0


def _unread(due: Moment) -> Remark:
    path = "NewsManagement/StatusWillChange/DateAndTime"
    return Remark(code="field-malformed", path=path, detail=due.raw[:100] or "no date")


# --- kinds ---------------------------------------------------------------------------------------


def media_type(management: Part, profile: Profile) -> str | None:
    """The kind of media that ``NewsItemType`` says the whole item is."""
    for found in management.formals("NewsItemType"):
        if not _is_mapped(found, profile) and word(found) in MEDIA_ROLES:
            return MEDIA_ROLES[word(found)]
    return None


def _told(management: Part, profile: Profile) -> list[str]:
    """The words that say what kind of message it is."""
    told = []
    for found in management.formals("NewsItemType"):
        if _is_mapped(found, profile):
            told.append(found)
        elif word(found) not in _NEWS and word(found) not in MEDIA_ROLES:
            told.append(_KINDS.get(word(found), found))
    return told + list(_instructions(management, profile))


def _instructions(management: Part, profile: Profile) -> Iterator[str]:
    """What an instruction asks for by its name; most have none, or only a status inside."""
    for element in management.all("Instruction"):
        found = element.get("FormalName", "").strip()
        if found:
            yield found if _is_mapped(found, profile) else _KINDS.get(word(found), found)


def _is_mapped(found: str, profile: Profile) -> bool:
    return found in profile.signals or found.lower() in profile.signals
