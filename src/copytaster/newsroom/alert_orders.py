"""What a shell may ask about alerts: show them, and say that what one tells of is done."""

from typing import Any

from copytaster.newsroom._latch import Bell
from copytaster.newsroom._ruler import Unresolved
from copytaster.newsroom.alerts import Alerts


def bell_told(bell: Bell) -> dict[str, Any]:
    """A bell as shells see it."""
    return {
        "code": bell.code,
        "about": bell.about,
        "text": bell.text,
        "since": bell.since.isoformat(),
        "last": bell.rang.isoformat(),
        "times": bell.times,
        "told": sorted(bell.told),
    }


def close(alerts: Alerts, code: str, about: str | None, by: str) -> list[dict[str, Any]]:
    """A person says that what these alerts tell of is done; returns what was closed.

    Raises :class:`Unresolved` when there is none.
    """
    closed = alerts.close(code, about, by)
    if not closed:
        named = code if about is None else f"{code}:{about}"
        raise Unresolved(f"no alert {named} is open; `copytaster alerts` lists those that are")
    return [bell_told(bell) for bell in closed]
