"""From what is kept to what the press needs: the facts of one edition, or of one notice."""

import hashlib
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from copytaster import press
from copytaster import section
from copytaster import shelf
from copytaster.agency import Profile
from copytaster.channels import picture_path
from copytaster.channels import rendition_path
from copytaster.item import EditorialType
from copytaster.item import Item
from copytaster.moment import Moment
from copytaster.newsroom import noting
from copytaster.press import Beside
from copytaster.press import Change
from copytaster.press import Facts
from copytaster.press import NoticeFacts
from copytaster.press import NoticeKind
from copytaster.press import Picture
from copytaster.press import PictureFile
from copytaster.store import Event
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import Filing
from copytaster.store import PictureRendition
from copytaster.store import Story
from copytaster.store import StoryPicture
from copytaster.story import Cause
from copytaster.story import Message
from copytaster.subject import Subject
from copytaster.subject import mapped
from copytaster.text import plain
from copytaster.verdict import Rights
from copytaster.verdict import Verdict

_NOTICES = {
    Face.hold: NoticeKind.hold,
    Face.gone: NoticeKind.gone,
    Face.expired: NoticeKind.expired,
    Face.legal: NoticeKind.legal,
}
_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
_EARLIEST = datetime(1, 1, 3, tzinfo=UTC)
_LATEST = datetime(9999, 12, 29, tzinfo=UTC)
"""no clock shows an instant outside these in every zone: the calendar ends"""


def public_digest(item: Item) -> str:
    """Digest of everything of an item that readers see; equal digests need no new edition."""
    public = (
        item.headline,
        item.by,
        item.dateline,
        item.copy.blocks,
        item.descriptions,
        item.credit,
        item.copyright_notice,
        item.usage_terms,
        item.correction_text and item.correction_text.public,
        item.language,
        section.of(item),
    )
    return hashlib.sha256(_ENCODER.encode(public)).hexdigest()


def agency_times(
    messages: Sequence[Message], item: Item, profile: Profile
) -> tuple[datetime, datetime | None]:
    """(published, updated) by the agency's clock; ours only where it gave none (design §6)."""
    versions = [message.item for message in messages if message.target is None]
    given = [
        moment
        for version in versions
        for moment in (_instant(version.first_created), _instant(version.version_created))
        if moment is not None
    ]
    published = min(given or [message.arrival.received for message in messages])
    changed = _instant(_first_said(item, versions).version_created)
    updated = changed if changed is not None and changed > published else None
    return _local(published, profile), updated and _local(updated, profile)


def _first_said(item: Item, versions: Sequence[Item]) -> Item:
    """The version that dates the page: of a repeat the newest that it repeats, since saying the
    same again is nothing new (design §6)."""
    if EditorialType.repeat not in item.editorial_types:
        return item
    said = [
        version
        for version in versions
        if EditorialType.repeat not in version.editorial_types
        and version.copy.blocks == item.copy.blocks
        and _instant(version.version_created) is not None
    ]
    return max(
        said, key=lambda version: _instant(version.version_created) or _EARLIEST, default=item
    )


def _instant(moment: Moment | None) -> datetime | None:
    """The agency's instant; one that cannot be shown in every zone counts as none."""
    if moment is None or moment.instant is None:
        return None
    return moment.instant if _EARLIEST <= moment.instant <= _LATEST else None


def _local(instant: datetime, profile: Profile) -> datetime:
    """In the agency's zone; as it came at the ends of the calendar, where zones overflow."""
    try:
        return instant.astimezone(ZoneInfo(profile.zone)) if profile.zone else instant
    except OverflowError:
        return instant


def edition_facts(
    story: Story,
    item: Item,
    profile: Profile,
    messages: Sequence[Message],
    events: Iterable[Event],
    *,
    edition: int,
    ruled: Verdict,
    pictures: Sequence[StoryPicture] = (),
    parts: tuple[Item, ...] = (),
    notes: bytes | None = None,
    beside: tuple[Beside, ...] = (),
) -> Facts:
    """What the press needs for edition ``edition`` of ``story``, made from ``item``; ``parts``
    are the messages that it is put together from, where it is.

    ``notes``: what was noted beside its text. ``beside``: its twins. ``ruled``: the verdict under
    which it is public, for what its rights allow.
    """
    published, updated = agency_times(messages, item, profile)
    if story.first_public is None or story.face_changed is None:
        raise ValueError(f"story {story.id} has never been public")
    subjects = noting.subjects(notes)
    return Facts(
        story=story.id,
        edition=edition,
        newest=story.edition,
        item=item,
        agency=profile,
        published=published,
        updated=updated,
        first_public=story.first_public,
        face_changed=story.face_changed,
        changes=tuple(_change(event) for event in events),
        sections=story.sections,
        topics=shelf.topics(item, subjects),
        media_topics=_media_topics(subjects),
        places=shelf.places(item),
        pictures=pictures_shown(pictures),
        parts=parts,
        beside=beside,
        reviewed=ruled.reviewed if edition == story.edition else None,
        statements=noting.statements(notes, plain(item.copy)),
        expires=ruled.expires,
        **_allowed(ruled.rights),
    )


def _media_topics(subjects: Iterable[Subject]) -> tuple[str, ...]:
    """The Media Topics that the agency's codes mean, and that it does not name itself."""
    meant = mapped(subjects).values()
    own = {one.media_topic for one in meant if one.mapping is None}
    found = (one.media_topic for one in meant if one.mapping is not None)
    return tuple(dict.fromkeys(topic for topic in found if topic and topic not in own))


def pictures_shown(hung: Iterable[StoryPicture]) -> tuple[Picture, ...]:
    """Those that readers see, as the press is told of them."""
    return tuple(
        Picture(
            id=one.id,
            path=picture_path(one.picture.name, one.picture.media_type),
            media_type=one.picture.media_type,
            width=one.picture.width,
            height=one.picture.height,
            size=one.picture.size,
            renditions=tuple(_file(one.picture.name, made) for made in one.picture.renditions),
            **msgspec.structs.asdict(one.words),
        )
        for one in hung
        if one.picture is not None and one.is_shown
    )


def _file(name: str, made: PictureRendition) -> PictureFile:
    return PictureFile(
        path=rendition_path(name, made.media_type, made.width),
        media_type=made.media_type,
        width=made.width,
        height=made.height,
        size=made.size,
    )


def filing(entry: press.Entry, text: str) -> Filing:
    """What lists and readers' search are told of an edition: the words its page says."""
    return Filing(
        story=entry.story,
        entry=press.encode_entry(entry),
        headline=entry.headline,
        byline=entry.byline,
        text=text,
    )


def _allowed(rights: Rights | None) -> dict[str, Any]:
    return {} if rights is None else {"indexing": rights.indexing, "feeds": rights.feeds}


def _change(event: Event) -> Change:
    return Change(
        kind=event.kind.value,
        at=event.at,
        edition=event.edition,
        reason=event.reason,
        note=event.note,
    )


def withdrawn(events: Iterable[Event]) -> frozenset[int]:
    """The editions that were taken back while their story stays."""
    gone = (event.edition for event in events if event.kind is EventKind.withdrawn)
    return frozenset(number for number in gone if number is not None)


def edition_notice(story: Story, profile: Profile, gone: Event) -> NoticeFacts:
    """What a notice may say of one edition of a story that stays: nothing of its words, and
    where the story is."""
    return NoticeFacts(
        story=story.id,
        kind=NoticeKind.version,
        agency=profile,
        cause=gone.reason or Cause.agency.value,
        since=gone.at,
        substitute=story.id,
        language=story.language,
    )


def notice_facts(
    story: Story, profile: Profile, events: Sequence[Event], link: str | None
) -> NoticeFacts:
    """What a notice may say of a story that is not live.

    No sentence of the agency's: even its apology may repeat the claim (design §6).
    """
    if story.face_changed is None:
        raise ValueError(f"story {story.id} has never been public")
    return NoticeFacts(
        story=story.id,
        kind=_NOTICES[story.face],
        agency=profile,
        cause=story.cause,
        since=story.face_changed,
        first_public=story.first_public,
        last_live=_left(events),
        substitute=story.substitute,
        link=link if story.face is Face.expired else None,
        language=story.language,
    )


def is_of_an_edition(event: Event) -> bool:
    """Whether it says that one edition was erased, and nothing of the story."""
    return event.kind is EventKind.erased and event.edition is not None


def _left(events: Sequence[Event]) -> datetime | None:
    """When the story was last live: the first event after the last one that showed it."""
    gone: datetime | None = None
    for event in events:
        shown = event.kind in (EventKind.published, EventKind.updated, EventKind.released)
        if event.kind is EventKind.withdrawn or is_of_an_edition(event):
            continue
        gone = None if shown else gone or event.at
    return gone
