"""Finding a story: one line, its answers, and where the line is wrong."""

from collections.abc import Sequence
from urllib.parse import urlencode

import msgspec

from copytaster.copydesk._able import ORDERS
from copytaster.copydesk._frame import Frame
from copytaster.copydesk._recall import FIELDS
from copytaster.copydesk._seat import Role
from copytaster.copydesk._wire import Listing
from copytaster.copydesk._wire import choosing
from copytaster.copydesk._wire import lines

_EXAMPLES = ("state:held", "urgency:<=3 after:2h", "has:correction after:1d", "state:killed")


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """Why a line is no query."""

    what: str
    at: int | None = None
    """of which character it speaks, counted from 0; None: of no one character"""


class Saved(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A search that somebody keeps."""

    number: int
    name: str
    asked: str
    by: str | None = None
    """whose it is; None: of whoever looks"""
    shared: bool = False
    may_drop: bool = False


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """What answers a query, or why it is none."""

    asked: str
    listing: Listing | None = None
    """None: nothing was asked for, or ``fault``"""
    fault: Fault | None = None
    not_yet: int = 0
    """stories from before an upgrade that cannot be found yet"""


def search(
    frame: Frame,
    answers: Answers,
    zone: str | None,
    saved: Sequence[Saved] = (),
    refused: str | None = None,
) -> bytes:
    """The page for looking, with what was found. ``refused``: why a search was not kept."""
    listing, fault, asked = answers.listing, answers.fault, answers.asked
    at = None if fault is None or fault.at is None else min(fault.at, len(asked))
    chosen = choosing(frame, *ORDERS)
    newest = f"/desk/search?{urlencode({'q': asked})}"
    return frame.page(
        "search.html",
        title="Search",
        asked=asked,
        last=0 if listing is None else listing.last,
        live=f"&{urlencode({'q': asked})}{'&tick=yes' if chosen['choosing'] else ''}",
        saved=[msgspec.structs.asdict(one) for one in saved],
        refused=refused,
        **chosen,
        rows=None if listing is None else lines(listing.rows, zone),
        newest=newest,
        older=None if listing is None or not listing.older else f"{newest}&before={listing.older}",
        is_first=listing is None or listing.is_first,
        wrong=None if fault is None else fault.what,
        pointed=None if at is None else (asked[:at], asked[at : at + 1], asked[at + 1 :]),
        not_yet=answers.not_yet,
        fields=FIELDS,
        examples=_EXAMPLES,
        may_recall=frame.seat is not None and frame.seat.role.may(Role.chief),
    )


def ticker(frame: Frame, answers: Answers, zone: str | None, name: str) -> bytes:
    """What answers a query, in a window of its own that follows the wire."""
    listing = answers.listing
    return frame.page(
        "ticker.html",
        title=name,
        asked=answers.asked,
        live=f"&{urlencode({'q': answers.asked})}",
        last=0 if listing is None else listing.last,
        rows=[] if listing is None else lines(listing.rows, zone),
        choosing=False,
    )
