"""Finding a story: one line, its answers, and where the line is wrong."""

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


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """What answers a query, or why it is none."""

    asked: str
    listing: Listing | None = None
    """None: nothing was asked for, or ``fault``"""
    fault: Fault | None = None
    not_yet: int = 0
    """stories from before an upgrade that cannot be found yet"""


def search(frame: Frame, answers: Answers, zone: str | None) -> bytes:
    """The page for looking, with what was found."""
    listing, fault, asked = answers.listing, answers.fault, answers.asked
    at = None if fault is None or fault.at is None else min(fault.at, len(asked))
    newest = f"/desk/search?{urlencode({'q': asked})}"
    return frame.page(
        "search.html",
        title="Search",
        asked=asked,
        **choosing(frame, *ORDERS),
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
