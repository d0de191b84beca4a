"""Lists of stories as editors watch them: the wire, and the queue of what waits for a person."""

from collections.abc import Sequence
from typing import Any

import msgspec

from copytaster.copydesk._able import ORDERS
from copytaster.copydesk._frame import Frame
from copytaster.copydesk._seat import Role
from copytaster.copydesk._state import sign
from copytaster.copydesk._state import urgency
from copytaster.copydesk._templates import render
from copytaster.copydesk._times import shown


class Row(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A story in a list."""

    place: int
    story: str
    at: str
    """when something last happened to it, ISO 8601"""
    agency: str
    headline: str
    slug: str | None = None
    language: str | None = None
    urgency: int | None = None
    state: str
    reasons: tuple[str, ...] = ()
    """in sentences, the most decisive first"""
    releasable: bool = False
    """whether an editor's release lifts all of them"""
    versions: int = 1
    person: str | None = None
    """whose it is to see to"""
    notes: int = 0
    """of editors"""
    asked_by: str | None = None
    """who asked for its release, where another has to agree"""
    beside: tuple["Row", ...] = ()
    """those versions, where they are folded under it"""


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """One page of a list."""

    rows: tuple[Row, ...]
    last: int
    """the newest place there was when this was made: what comes later is news"""
    older: int | None = None
    """the place below which the next page goes on"""
    is_first: bool = True


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """How many stories of a kind are in the queue; capped counts end in a plus."""

    kind: str
    name: str
    count: int
    capped: bool = False


def wire(frame: Frame, listing: Listing, zone: str | None) -> bytes:
    """The wire: everything, the last thing that happened first."""
    return frame.page(
        "wire.html",
        title="The wire",
        rows=lines(listing.rows, zone),
        last=listing.last,
        choosing=False,
        newest="/desk",
        older=f"/desk?before={listing.older}" if listing.older is not None else None,
        is_first=listing.is_first,
    )


def queue(
    frame: Frame,
    listing: Listing,
    waiting: Sequence[Waiting],
    kind: str,
    zone: str | None,
) -> bytes:
    """What waits for a person, or for its time."""
    newest = f"/desk/queue?kind={kind}"
    older = f"{newest}&before={listing.older}"
    return frame.page(
        "queue.html",
        title="Queue",
        rows=lines(listing.rows, zone),
        last=listing.last,
        waiting=waiting,
        kind=kind,
        **choosing(frame, "release", "kill"),
        newest=newest,
        older=older if listing.older is not None else None,
        is_first=listing.is_first,
    )


def row(one: Row, zone: str | None, *, choosing: bool = False) -> bytes:
    """One line of a list by itself, for a page that is open; ``choosing``: it can be ticked."""
    return render("row.html", row=_row(one, zone), choosing=choosing)


def choosing(frame: Frame, *orders: str) -> dict[str, Any]:
    """Whether stories of a list can be chosen for one order, and for which, by whoever looks."""
    may = frame.seat is not None and frame.seat.role.may(Role.editor)
    return {"choosing": may, "orders": {order: ORDERS[order] for order in orders}}


def lines(rows: Sequence[Row], zone: str | None) -> list[dict[str, Any]]:
    """Lines of a list, as their template wants them."""
    return [_row(one, zone) for one in rows]


def _row(one: Row, zone: str | None) -> dict[str, Any]:
    return {
        **msgspec.structs.asdict(one),
        "at": shown(one.at, zone),
        "sign": sign(one.state),
        "urgency": urgency(one.urgency),
        "beside": [_row(other, zone) for other in one.beside],
    }
