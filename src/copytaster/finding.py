"""What was seen to be wrong with a public copy. A leaf: channels find it, the store keeps it."""

from datetime import datetime
from enum import StrEnum

import msgspec


class Severity(StrEnum):
    critical = "critical"
    """readers see what was withdrawn, or other words than the agency's"""
    major = "major"
    """a page is missing, or an address answers as it should not"""
    minor = "minor"
    """a header, the order of a list: nobody reads anything wrong"""


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing wrong with one address, as one look at it showed."""

    code: str
    """stable; told in docs/how-to/drill-and-patrol.md"""
    severity: Severity
    detail: str


class Finding(Fault, frozen=True, kw_only=True):
    """A fault from its first sight until the address was seen right again."""

    address: str
    story: str | None = None
    """id of the story the address belongs to; None for lists"""
    first_seen: datetime
    last_seen: datetime
    resolved: datetime | None = None
