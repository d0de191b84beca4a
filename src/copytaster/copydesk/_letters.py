"""The dead-letter shelf: deliveries that could not be read or kept, and what to do with each."""

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from copytaster.copydesk._frame import Frame
from copytaster.copydesk._seat import Role
from copytaster.copydesk._times import shown

SHOWN = 100
"""letters of one page; what is done with all is done with those too that it does not show"""


def letters(
    frame: Frame,
    found: Sequence[Mapping[str, Any]],
    zone: str | None,
    refused: str | None = None,
) -> bytes:
    """``found``: as ``copytaster letters --json`` tells them, the newest first."""
    may = frame.seat is not None and frame.seat.role.may(Role.editor)
    return frame.page(
        "letters.html",
        title="Dead letters",
        letters=[{**one, "received": shown(one["received"], zone)} for one in found[:SHOWN]],
        more=max(0, len(found) - SHOWN),
        may=may,
        refused=refused,
    )
