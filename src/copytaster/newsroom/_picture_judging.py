"""What is said against pictures, and what becomes of a picture by it."""

from datetime import datetime

import msgspec

from copytaster.agency import Profile
from copytaster.store import Picture
from copytaster.store import PictureKill
from copytaster.store import PictureState
from copytaster.story import Message
from copytaster.verdict import notices
from copytaster.verdict import pictures
from copytaster.verdict.notices import NoticeKind
from copytaster.verdict.pictures import TakenBack


def taken_back(profile: Profile, message: Message) -> list[TakenBack]:
    """What a message says against pictures: by its status, or in words that name them."""
    notice = notices.read(message.item, profile, message.arrival.received)
    if notice is None or notice.kind is not NoticeKind.eliminate:
        return list(pictures.taken_back(message.item))
    named = [id for one in notice.pointers if (id := one.id or one.number)]
    return [TakenBack(id=id, final=True, reason="a notice names it") for id in named]


def judge(
    picture: Picture,
    state: PictureState,
    reason: str | None,
    now: datetime,
    since: datetime | None = None,
) -> Picture:
    """The picture in another state; the proof that it is gone is owed if readers saw it."""
    owed = since is not None and picture.first_public is not None
    return msgspec.structs.replace(
        picture,
        state=state,
        reason=reason,
        judged=now,
        since=since if owed else None,
        due=now if owed else None,
    )


def state_of(kill: PictureKill) -> PictureState:
    return PictureState.killed if kill.final else PictureState.withheld
