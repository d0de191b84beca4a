"""Values of a JSON object by their type, where nothing depends on one that is wrong."""

import math
from collections.abc import Mapping

from copytaster.formats._words import field

MOST_MEMBERS = 2_000
"""members of one list that are read"""


def objects(value: object) -> list[Mapping[str, object]]:
    """The objects in a list; anything else gives none."""
    members = value[:MOST_MEMBERS] if isinstance(value, list) else ()
    return [member for member in members if isinstance(member, dict)]


def string(value: object) -> str | None:
    """A one-line fact; None for another type, and for one with U+0000."""
    if not isinstance(value, str) or "\0" in value:
        return None
    return field(value)


def decimal(value: object) -> float | None:
    """A finite number."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
