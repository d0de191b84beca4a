"""Dates of NewsML 1: ISO 8601 basic, ``CCYYMMDDTHHMMSS±HHMM`` or ``Z`` (DTD, DateAndTime)."""

import re
from datetime import datetime
from datetime import timedelta
from datetime import timezone

import msgspec

from copytaster.formats._moments import Moments
from copytaster.moment import Moment
from copytaster.moment import Precision

_LAST_TO_BEGIN = timezone(timedelta(hours=-12))
"""where a day begins last"""
# Some writers mix the basic form with the offset of the extended one: one reading only.
_MIXED = re.compile(r"\s*(\d{8}T\d{4}(?:\d\d)?[+-]\d\d):(\d\d)\s*", re.ASCII)


def moment(moments: Moments, raw: str | None, *, embargo: bool = False) -> Moment | None:
    """The moment as sent; None when there is none."""
    if raw is None:
        return None
    mixed = _MIXED.fullmatch(raw[:100])
    if mixed is None:
        return moments.iso(raw, embargo=embargo)
    found = moments.iso(mixed.group(1) + mixed.group(2), embargo=embargo)
    return None if found is None else msgspec.structs.replace(found, raw=raw)


def day(raw: str | None) -> str | None:
    """The eight digits of the day, when that is how the date begins."""
    begins = (raw or "").strip()[:8]
    return begins if len(begins) == 8 and begins.isascii() and begins.isdigit() else None


def begin(moments: Moments, raw: str) -> datetime | None:
    """When a right begins: the instant; of a day alone, when it has begun everywhere on earth."""
    found = moment(moments, raw)
    if found is None or found.instant is not None or found.precision is not Precision.day:
        return None if found is None else found.instant
    try:
        return datetime.strptime(raw.strip()[:8], "%Y%m%d").replace(tzinfo=_LAST_TO_BEGIN)
    except ValueError:
        return None  # a day written otherwise
