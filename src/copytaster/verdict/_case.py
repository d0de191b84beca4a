"""What bears on one verdict, sorted: versions and notices, and the desk's word."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from copytaster.agency import Profile
from copytaster.item import Target
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.verdict import managing
from copytaster.verdict import notices
from copytaster.verdict import parts
from copytaster.verdict import rights
from copytaster.verdict._desk import desk_word
from copytaster.verdict._standing import Standing
from copytaster.verdict._standing import stand
from copytaster.verdict.managing import Managed
from copytaster.verdict.parts import Parts
from copytaster.verdict.rights import Ground
from copytaster.verdict.rights import Rights


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that bears on one verdict."""

    own: list[Message]
    """the versions of the story"""
    notices: list[tuple[Message, Target]]
    """what names the story without being a version of it"""
    standing: Standing | None
    ends: tuple[Decision, ...]
    """kills and erasures by the desk, oldest first"""
    hold: Decision | None
    release: Decision | None
    """the desk's newest word is a hold, or a release, or there is none"""
    review: Decision | None
    """a person's word that they have read it"""
    profile: Profile
    now: datetime
    rights: Rights | None
    """what may be done with the versions that bind; None when there are none"""
    withdrawn: frozenset[str] = frozenset()
    """content of versions that a notice takes back while it declares a later one good, and of
    parts that were taken back; they are not among ``own``"""
    parts: Parts = Parts()
    """the further parts of the story"""
    made_from: tuple[str, ...] = ()
    """content of the messages that the current version is put together from; none where it is
    one of them"""
    place: str | None = None
    """of a story that is itself a part: the story it goes with"""


def case_of(
    messages: Sequence[Message],
    decisions: Sequence[Decision],
    profile: Profile,
    now: datetime,
    ground: Ground,
) -> Case:
    """Sort the messages and decisions of one story."""
    own, about = notices.sort(messages)
    gone, saying = notices.taken_back(own, about)
    if saying:
        own = [message for message in own if message.item.content_hash not in gone]
        about = [told for told in about if told[0].item.content_hash not in saying]
    managed = managing.applied(own)
    own = managed.own
    said = desk_word(decisions)
    pieces = parts.laid(messages)
    word = said.newest
    release = word if word is not None and word.kind is DecisionKind.release else None
    taken = Parts()
    if pieces or any(parts.is_part(message.item) for message in own):
        taken = parts.of_story(own, pieces, release, profile, now)
    if taken.joined is not None:
        own = parts.with_joined(own, taken.joined)
    standing = stand(own, release)
    return Case(
        own=own,
        notices=about,
        standing=standing,
        ends=said.ends,
        hold=word if release is None else None,
        release=release,
        review=said.review,
        profile=profile,
        now=now,
        rights=None if standing is None else _rights(own, standing, profile, ground, now),
        withdrawn=gone | taken.taken_back,
        parts=taken,
        made_from=_made_from(taken, managed),
        place=parts.place(own, pieces, profile) if pieces else None,
    )


def _made_from(taken: Parts, managed: Managed) -> tuple[str, ...]:
    """An update of the status has no words: what it was applied to stands for it."""
    if taken.joined is None:
        return () if managed.base is None else (managed.base,)
    base, *more = taken.joined.contents
    return (managed.base or base, *more)


def _rights(
    own: Sequence[Message], standing: Standing, profile: Profile, ground: Ground, now: datetime
) -> Rights:
    return rights.of_story(own, standing.binding, standing.current, profile, ground, now)
