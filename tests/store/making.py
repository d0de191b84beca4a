"""Small records to keep: each argument says only what its test is about."""

import hashlib
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any

from copytaster.delivery import Delivery
from copytaster.item import FormatName
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.item import RawRef
from copytaster.item import Target
from copytaster.moment import Moment
from copytaster.moment import Precision
from copytaster.moment import ZoneSource
from copytaster.store import Batch
from copytaster.store import Edition
from copytaster.store import Event
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import Judged
from copytaster.store import Picture
from copytaster.store import PictureKill
from copytaster.store import PictureRendition
from copytaster.store import PressWork
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.store import StoryPicture
from copytaster.store import WorkKind
from copytaster.story import Arrival
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import State

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def at(seconds: float) -> datetime:
    """So many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def delivery(id: str, data: bytes | None = None, **facts: Any) -> Delivery:
    data = f"<item>{id}</item>".encode() if data is None else data
    given = {"source": "wire", "agency": "harbour", "received": NOON, "sha256": digest(data)}
    return Delivery(id=id, data=data, **(given | facts))


def moment(instant: datetime) -> Moment:
    return Moment(
        instant=instant,
        precision=Precision.second,
        zone_source=ZoneSource.explicit,
        raw=instant.isoformat(),
    )


def item(content: str = "first", **facts: Any) -> Item:
    given = {
        "provider": "harbour",
        "guid": "urn:harbour:1",
        "content_hash": digest(content.encode()),
        "pub_status": PubStatus.usable,
        "slugline": content,
        "raw_ref": RawRef(sha256=digest(b""), length=0),
        "format": FormatName(name="rss", version="2.0"),
    }
    return Item(**(given | facts))


def message(
    content: str = "first",
    *,
    target: Target | None = None,
    received: datetime = NOON,
    seen: datetime | None = None,
    archive: bool = False,
    publish_after: datetime | None = None,
    **facts: Any,
) -> Message:
    return Message(
        item=item(content, **facts),
        arrival=Arrival(
            source="wire",
            received=received,
            seen=seen,
            archive=archive,
            publish_after=publish_after,
        ),
        target=target,
    )


def story(n: int = 1, **facts: Any) -> Story:
    """The n-th story, never yet public."""
    given = {"agency": "harbour", "guid": f"urn:harbour:{n}", "state": State.held}
    return Story(id=f"{n:016d}", **(given | facts))


def live(n: int = 1, seconds: float | None = None, **facts: Any) -> Story:
    """The n-th story, live since so many seconds after noon (n, when not said)."""
    when = at(n if seconds is None else seconds)
    given = {
        "state": State.live,
        "face": Face.live,
        "edition": 1,
        "first_public": when,
        "face_changed": when,
    }
    return story(n, **(given | facts))


def edition(n: int = 1, number: int = 1, content: str = "first", **facts: Any) -> Edition:
    given = {
        "content_hash": digest(content.encode()),
        "transform": digest(b"transformation"),
        "made": NOON,
        "label": "published",
        "entry": f"entry {n}/{number}".encode(),
        "files": (("index.html", digest(b"page")), ("text.txt", digest(b"text"))),
    }
    return Edition(story=f"{n:016d}", number=number, **(given | facts))


def event(n: int = 1, kind: EventKind = EventKind.published, **facts: Any) -> Event:
    return Event(story=f"{n:016d}", kind=kind, **({"at": NOON} | facts))


def work(
    n: int = 1, kind: WorkKind = WorkKind.publish, seconds: float = 0, **facts: Any
) -> PressWork:
    return PressWork(story=f"{n:016d}", kind=kind, since=at(seconds), **facts)


def judged(n: int = 1, state: State = State.held, seconds: float = 0, **facts: Any) -> Judged:
    return Judged(story=f"{n:016d}", at=at(seconds), state=state, **facts)


def decision(id: str, seconds: float = 0, **facts: Any) -> Decision:
    given = {"kind": DecisionKind.hold, "reason": "desk", "by": "editor"}
    return Decision(id=id, at=at(seconds), **(given | facts))


def batch(id: str = "b1", **facts: Any) -> Batch:
    given = {
        "kind": DecisionKind.hold,
        "reason": "desk",
        "by": "editor",
        "at": NOON,
        "query": "phrase:storm",
        "stories": 2,
    }
    return Batch(id=id, **(given | facts))


def change(story: Story, *messages: Message, **parts: Any) -> StoryChange:
    return StoryChange(story=story, messages=messages, **parts)


def publishing(n: int = 1, seconds: float | None = None, **facts: Any) -> StoryChange:
    """The n-th story goes live with its first edition."""
    return change(live(n, seconds, **facts), edition=edition(n), events=(event(n),))


def picture(name: str = "quay", **facts: Any) -> Picture:
    given = {"media_type": "image/jpeg", "width": 1200, "height": 800, "size": 90_000}
    return Picture(sha256=digest(name.encode()), **(given | facts))


def rendition(width: int = 640, **facts: Any) -> PictureRendition:
    given = {
        "media_type": "image/webp",
        "height": width * 2 // 3,
        "size": width * 50,
        "sha256": digest(f"{width}".encode()),
    }
    return PictureRendition(width=width, **(given | facts))


def hung(n: int = 1, place: int = 0, **facts: Any) -> StoryPicture:
    """A picture that the agency wants beside the n-th story, not yet fetched."""
    given = {
        "agency": "harbour",
        "id": f"urn:harbour:picture:{n}",
        "source": "wire",
        "href": f"https://harbour.example/{n}-{place}.jpg",
        "due": NOON,
    }
    return StoryPicture(story=f"{n:016d}", place=place, **(given | facts))


def picture_kill(id: str = "k1", named: str = "urn:harbour:picture:1", **facts: Any) -> PictureKill:
    given = {"agency": "harbour", "at": NOON, "reason": "agency", "by": "harbour"}
    return PictureKill(id=id, picture=named, **(given | facts))
