"""Instants as editors read them: to the second, in the house's zone, the day before the clock."""

from datetime import UTC
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One instant on a page."""

    machine: str
    words: str


def shown(at: datetime | str, zone: str | None, *, year: bool = False) -> Shown:
    """``30 Nov, 12:05:03``, with its ``year`` for what may be long ago; ``zone`` None is UTC. A
    string is an instant in ISO 8601."""
    instant = datetime.fromisoformat(at) if isinstance(at, str) else at
    local = instant.astimezone(ZoneInfo(zone) if zone else UTC)
    day = f"{local.day} {_MONTHS[local.month - 1]}" + (f" {local.year}" if year else "")
    return Shown(machine=local.isoformat(timespec="seconds"), words=f"{day}, {local:%H:%M:%S}")
