"""Whether all is well: who was called for what, what each source brings, drills and the patrol."""

from collections.abc import Sequence
from urllib.parse import quote

import msgspec

from copytaster.copydesk._frame import Frame
from copytaster.copydesk._seat import Role
from copytaster.copydesk._times import Shown
from copytaster.copydesk._times import shown

_TALLEST = 24
"""of a bar, in its picture's units"""


class Ringing(msgspec.Struct, frozen=True, kw_only=True):
    """What a person was called for, and has had no all-clear of."""

    code: str
    about: str
    text: str
    since: str
    times: int


class SourceHealth(msgspec.Struct, frozen=True, kw_only=True):
    """One source: a way in for copy."""

    id: str
    agency: str | None
    """None: whoever sends names it"""
    route: str
    last: str | None
    """when its last delivery came"""
    contact: str | None
    """when it was last heard of, with news or without"""
    day: tuple[int, ...]
    """deliveries in each of the last 24 hours, the one that runs as the last"""
    usual: int | None
    """in an hour like the last whole one, as it was in the weeks before; None: not yet known"""
    quiet: bool
    """nothing came where something usually does"""
    paused: bool
    stopped: str | None
    """why the breaker stopped it"""
    letters: int
    """deliveries that could not be read"""


class Health(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """All of it, now."""

    ringing: tuple[Ringing, ...]
    sources: tuple[SourceHealth, ...]
    is_paused: bool
    """publishing, of all sources"""
    drill: str | None
    """how the last one went, in a sentence"""
    drilled: str | None
    looked: int
    """addresses that the patrol fetched in its last whole round"""
    round_ended: str | None
    findings: tuple[tuple[str, str, str], ...]
    """of the patrol, open: how grave, which address, what"""


def health(frame: Frame, found: Health, zone: str | None, refused: str | None = None) -> bytes:
    """The page."""
    seat = frame.seat
    return frame.page(
        "health.html",
        title="Health",
        health=found,
        ringing=rung(found.ringing, zone),
        sources=[
            {
                **msgspec.structs.asdict(one),
                "last": None if one.last is None else shown(one.last, zone),
                "contact": _other(one.contact, one.last, zone),
                "href": f"/desk/health/{quote(one.id, safe='')}",
                "bars": bars(one.day),
                "total": sum(one.day),
            }
            for one in found.sources
        ],
        drilled=None if found.drilled is None else shown(found.drilled, zone),
        round_ended=None if found.round_ended is None else shown(found.round_ended, zone),
        refused=refused,
        may_close=seat is not None and seat.role.may(Role.editor),
        may_pause=seat is not None and seat.role.may(Role.chief),
    )


def _other(contact: str | None, last: str | None, zone: str | None) -> Shown | None:
    """The last contact, where it was another than the last delivery."""
    return None if contact is None or contact == last else shown(contact, zone)


def rung(ringing: Sequence[Ringing], zone: str | None) -> list[dict[str, object]]:
    """Calls, as their list shows them."""
    return [{**msgspec.structs.asdict(one), "since": shown(one.since, zone)} for one in ringing]


def bars(day: tuple[int, ...]) -> list[int]:
    """Heights; whatever came at all can be seen."""
    most = max(day, default=0)
    return [max(2, round(_TALLEST * n / most)) if n else 0 for n in day]
