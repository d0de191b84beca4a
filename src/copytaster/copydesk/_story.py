"""The reading pane: one story with everything that the desk knows of it, and what can be done."""

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

import msgspec

from copytaster.copydesk._able import ORDERS
from copytaster.copydesk._able import prevented
from copytaster.copydesk._frame import Frame
from copytaster.copydesk._seat import Role
from copytaster.copydesk._state import lifts
from copytaster.copydesk._state import sign
from copytaster.copydesk._state import urgency
from copytaster.copydesk._times import shown
from copytaster.text import Stretch

CAUSES: Mapping[str, str] = {
    "desk": "The desk’s own judgement",
    "agency": "The agency asked for it",
    "legal": "A legal order or a legal risk",
    "rights": "A question of rights",
}
"""for whose sake a story is killed, as readers are told of it; a hold is the desk's"""


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One message of a story that has words for readers."""

    content: str
    headline: str
    byline: str | None
    text: str
    """canonical; paragraphs with an empty line between them"""
    language: str | None
    urgency: int | None
    version: str | None
    received: str
    source: str
    delivery: str | None
    format: str
    changes: tuple[Stretch, ...] | None = ()
    """against the version before; None: too much to tell. Empty: the first, or the same words"""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A statement that a machine read in the text."""

    speaker: str | None
    words: str


class Other(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What another version of the text has that this one lacks, and the other way round."""

    story: str
    only_here: tuple[str, ...] = ()
    only_there: tuple[str, ...] = ()
    altered: tuple[tuple[str, str], ...] = ()
    """paragraphs that both have with other words: here, there"""


class Remarked(msgspec.Struct, frozen=True, kw_only=True):
    """Something that an editor said of a story to the others."""

    at: str
    by: str
    kind: str
    """``note``, ``given``, ``asked``"""
    words: str = ""
    person: str | None = None
    """to whom it was given"""


class Between(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What goes on between editors about a story; readers see none of it."""

    said: tuple[Remarked, ...] = ()
    """the newest first"""
    person: str | None = None
    """whose it is to see to"""
    persons: tuple[str, ...] = ()
    """to whom it may be given"""
    takes_two: bool = False
    """its release takes two persons"""
    asked_by: str | None = None
    """who asked for the release of the text that is current, where another has to agree"""


class Pane(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is known of a story. ``told`` is what the API gives (``copytaster story
    --json``)."""

    told: Mapping[str, Any]
    agency: str
    """its name"""
    headline: str
    versions: tuple[Version, ...] = ()
    """newest first"""
    notes: tuple[str, ...] = ()
    """the agency's notes to editors, the newest first"""
    statements: tuple[Said, ...] = ()
    others: tuple[Other, ...] = ()
    between: Between = Between()
    names: Mapping[str, str] = {}
    """of the agencies of other stories that are told of, by their ids"""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that was not carried out, so that nothing typed is lost."""

    kind: str
    why: str
    cause: str
    refused: str
    """why it was not"""


def story(frame: Frame, pane: Pane, zone: str | None, asked: Asked | None = None) -> bytes:
    """The page of a story."""
    told = pane.told
    current = next((v for v in pane.versions if v.content == told["current"]), None)
    text = current or next(iter(pane.versions), None)
    return frame.page(
        "story.html",
        title=pane.headline,
        pane=pane,
        story=told["story"],
        state=sign(told["state"]),
        reasons=[{**one, "lifts": lifts(one["weight"])} for one in told["reasons"]],
        read=None if text is None else _read(text),
        is_current=text is not None and text is current,
        versions=[_version(v, told["current"], zone) for v in pane.versions],
        actions=_actions(frame, pane, text),
        asked=asked,
        between=_between(pane.between, zone),
        may_say=frame.seat is not None and frame.seat.role.may(Role.editor),
        may_take=frame.seat is not None and frame.seat.role.may(Role.chief),
        is_mine=frame.seat is not None and frame.seat.person == pane.between.asked_by,
        causes=CAUSES,
        clean=_clean(told, zone),
        receipts=[_timed(one, zone, "seen") for one in told["receipts"]],
        events=[_timed(one, zone, "at") for one in told["events"]],
        verdicts=[_timed(one, zone, "at") for one in told["verdicts"]],
        decisions=[_timed(one, zone, "at") for one in told["decisions"]],
        notices=[_timed(one, zone, "received") for one in told["notices"]],
        twins=[_timed(one, zone, "firstPublic") for one in told["twins"]],
        related=[_timed(one, zone, "firstPublic") for one in told["related"]],
        others={one.story: one for one in pane.others},
        sources=told["sources"],
        rights=told["rights"],
        reviewed=shown(told["reviewed"], zone) if told["reviewed"] else None,
        first_public=shown(told["firstPublic"], zone) if told["firstPublic"] else None,
        look_again=shown(told["lookAgain"], zone) if told["lookAgain"] else None,
    )


def _read(version: Version) -> dict[str, Any]:
    return {
        "headline": version.headline,
        "byline": version.byline,
        "paragraphs": [one for one in version.text.split("\n\n") if one.strip()],
        "language": version.language,
        "urgency": urgency(version.urgency),
        "words": len(version.text.split()),
        "content": version.content,
    }


def _version(version: Version, current: str | None, zone: str | None) -> dict[str, Any]:
    changes = version.changes
    return {
        **msgspec.structs.asdict(version),
        "received": shown(version.received, zone),
        "is_current": version.content == current,
        "changes": None if changes is None else [_stretch(one) for one in changes],
    }


def _stretch(one: Stretch) -> dict[str, str]:
    return {"kind": one.kind.value, "words": one.words}


def _timed(told: Mapping[str, Any], zone: str | None, name: str) -> dict[str, Any]:
    return {**told, name: shown(told[name], zone) if told[name] else None}


def _actions(frame: Frame, pane: Pane, text: Version | None) -> Sequence[str]:
    """What whoever looks may do with the story as it stands."""
    if frame.seat is None or not frame.seat.role.may(Role.editor):
        return ()
    return tuple(_possible(pane.told, text))


def _possible(told: Mapping[str, Any], text: Version | None) -> Iterable[str]:
    state = told["state"]
    soft = bool(told["reasons"]) and all(one["weight"] == "soft" for one in told["reasons"])
    if state == "live":
        yield "unreview" if told["reviewed"] else "review"
    for order in ORDERS:
        is_possible = prevented(order, state, releasable=soft) is None
        if is_possible and (order != "release" or text is not None):
            yield order


def _between(between: Between, zone: str | None) -> dict[str, Any]:
    said = [_timed(msgspec.structs.asdict(one), zone, "at") for one in between.said]
    return {**msgspec.structs.asdict(between), "said": said}


def _clean(told: Mapping[str, Any], zone: str | None) -> dict[str, Any] | None:
    """How far a withdrawal has come, for the clock on the page."""
    withdrawal = told["withdrawal"]
    if withdrawal is None:
        return None
    since = withdrawal["since"] or told["faceChanged"]
    surfaces = withdrawal["surfaces"]
    dirty = [one for one in surfaces if not one["clean"]]
    return {
        "is_clean": withdrawal["clean"],
        "seconds": withdrawal["secondsToClean"],
        "looked": len(surfaces),
        "dirty": [one["address"] for one in dirty],
        "since": since,
        "at": shown(since, zone),
    }
