"""Making messages for the tests of this room: one line each, everything else ordinary copy."""

import hashlib
from collections.abc import Iterable
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any

from copytaster.agency import Profile
from copytaster.item import Block
from copytaster.item import BlockKind
from copytaster.item import Copy
from copytaster.item import EditorialType
from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import FormatName
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import Line
from copytaster.item import PubStatus
from copytaster.item import RawRef
from copytaster.item import Run
from copytaster.item import Target
from copytaster.moment import Moment
from copytaster.moment import Precision
from copytaster.moment import ZoneSource
from copytaster.story import Arrival
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.verdict import Verdict
from copytaster.verdict import decide

DAY = datetime(2026, 3, 2, tzinfo=UTC)
GUID = "urn:newsml:seaboard.example:ferry"
PROFILE = Profile(id="seaboard", name="Seaboard")


def clock(text: str) -> datetime:
    """An instant on the day of the tests: ``clock("09:30")`` or ``clock("09:30:01")``."""
    hour, minute, *second = (int(part) for part in text.split(":"))
    return DAY + timedelta(hours=hour, minutes=minute, seconds=sum(second))


def moment(instant: datetime | None, repair: str | None = None) -> Moment:
    return Moment(
        instant=instant,
        precision=Precision.second if instant else Precision.none,
        zone_source=ZoneSource.explicit if instant else ZoneSource.none,
        raw=instant.isoformat() if instant else "soon",
        repair=repair,
    )


def copy(*paragraphs: str) -> Copy:
    return Copy(
        blocks=tuple(
            Block(kind=BlockKind.paragraph, lines=(Line(cells=((Run(text=text),),)),))
            for text in paragraphs
        )
    )


def item(
    text: str = "The ferry runs again.",
    *,
    version: int | None = 1,
    made: str | datetime | None = "09:00",
    format: str = "ninjs",
    **fields: Any,
) -> Item:
    """A usable version of the story; equal words under equal terms have an equal hash."""
    instant = clock(made) if isinstance(made, str) else made
    fields.setdefault("pub_status", PubStatus.usable)
    fields.setdefault("headlines", (Headline(value="Ferry to Vester runs again"),))
    fields.setdefault("version_created", moment(instant) if instant else None)
    said = repr((text, sorted((k, v) for k, v in fields.items() if k != "version_created")))
    fields.setdefault("guid", GUID)
    fields.setdefault("copy", copy(text) if text else Copy())
    return Item(
        provider="seaboard",
        version=None if version is None else str(version),
        version_number=version,
        content_hash=hashlib.sha256(said.encode()).hexdigest(),
        raw_ref=RawRef(sha256=hashlib.sha256(text.encode()).hexdigest(), length=len(text)),
        format=FormatName(name=format),
        **fields,
    )


def message(
    text: str = "The ferry runs again.",
    *,
    received: str | datetime = "09:00",
    seen: str | None = None,
    archive: bool = False,
    publish_after: datetime | None = None,
    **fields: Any,
) -> Message:
    """A version of the story, as it arrived."""
    arrival = Arrival(
        source="wire",
        received=clock(received) if isinstance(received, str) else received,
        seen=clock(seen) if seen else None,
        archive=archive,
        publish_after=publish_after,
    )
    return Message(item=item(text, **fields), arrival=arrival)


def sighting(text: str, seen: str, **fields: Any) -> Message:
    """An entry of a feed without versions, as it was seen."""
    fields = {"version": None, "format": "rss", "received": seen} | fields
    return message(text, seen=seen, **fields)


def notice(
    status: PubStatus = PubStatus.canceled,
    *,
    made: str | None = "10:00",
    when: str | None = None,
    received: str = "10:00",
    guid: str = "urn:newsml:seaboard.example:notice",
) -> Message:
    """A notice about the story; with ``when``, a tombstone."""
    target = Target(
        idref=GUID, new_status=status, when=moment(clock(when)) if when is not None else None
    )
    said = item("", version=None, made=made, guid=guid, targets=(target,))
    return Message(
        item=said, arrival=Arrival(source="wire", received=clock(received)), target=target
    )


def decision(
    kind: DecisionKind,
    at: str = "12:00",
    *,
    of: Item | Message | None = None,
    reason: str = "desk",
    id: str = "1",
) -> Decision:
    content = of.item if isinstance(of, Message) else of
    return Decision(
        id=id,
        kind=kind,
        at=clock(at),
        reason=reason,
        by="an editor",
        content_hash=content.content_hash if content else None,
    )


def release(of: Item | Message, at: str = "12:00", id: str = "1") -> Decision:
    return decision(DecisionKind.release, at, of=of, id=id)


def until(text: str) -> Embargo:
    return Embargo(state=EmbargoState.until, until=clock(text), raw=text)


def kinds(*types: EditorialType) -> dict[str, Any]:
    return {"editorial_types": types}


def at(
    now: str | datetime,
    messages: Message | Iterable[Message],
    decisions: Iterable[Decision] = (),
    profile: Profile = PROFILE,
) -> Verdict:
    """The verdict at a time of the day of the tests."""
    held = [messages] if isinstance(messages, Message) else list(messages)
    instant = clock(now) if isinstance(now, str) else now
    return decide(held, list(decisions), profile, instant)


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]
