"""What an editor can do with a story as it stands; where not, why not."""

from collections.abc import Mapping

ORDERS: Mapping[str, str] = {
    "release": "Release",
    "hold": "Hold",
    "kill": "Kill",
}
"""what may be ordered of several stories at once: its name in addresses, and for people"""

_OVER: Mapping[str, str] = {
    "killed": "It is killed, for good.",
    "never": "It is a notice to editors, no story.",
}
_NOT_HELD: Mapping[str, str] = {
    "live": "Readers have it already.",
    "embargoed": "It is under embargo, which ends by itself.",
    "withheld": "Its agency withholds it: only a newer message from there lifts that.",
    "expired": "It has expired.",
}


def prevented(order: str, state: str, *, releasable: bool) -> str | None:
    """Why this cannot be done with a story in this state; None where it can.

    ``releasable``: an editor's release lifts every reason that holds it.
    """
    if state in _OVER:
        return _OVER[state]
    if order == "release":
        if state != "held":
            return _NOT_HELD[state]
        return None if releasable else "Not every reason for the hold is one that an editor lifts."
    if order == "hold" and state != "live":
        return "Readers do not see it."
    return None
