"""The times of a wire script."""

from datetime import datetime
from datetime import timedelta
from re import compile as pattern

from copytaster.demo._lines import Fault

_RELATIVE = pattern(r"\+(?:(\d{1,3}):)?(\d{1,2}):(\d{2})$")
_OF_DAY = pattern(r"([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$")


def after_start(text: str, start: datetime | None) -> timedelta:
    """``+0:05``, ``09:00:00`` on the day of the start, or a whole RFC 3339 time."""
    if match := _RELATIVE.match(text):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if start is None:
        raise Fault(f"expected a time after the start such as +0:05, found {text!r}")
    if match := _OF_DAY.match(text):
        hour, minute, second = (int(part) for part in match.groups())
        midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + timedelta(hours=hour, minutes=minute, seconds=second) - start
    return instant(text) - start


def instant(text: str) -> datetime:
    """An RFC 3339 time; the zone must be there."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Fault(f"expected a time such as 2026-03-02T09:00:00Z, found {text!r}") from error
    if found.tzinfo is None:
        raise Fault(f"expected a zone in the time, such as {text}Z")
    return found
