"""Findings to rows and back."""

from datetime import datetime

from copytaster.finding import Fault
from copytaster.finding import Finding
from copytaster.finding import Severity
from copytaster.store._rows import Bindings
from copytaster.store._rows import Row
from copytaster.store._rows import instant
from copytaster.store._rows import instant_or_none
from copytaster.store._rows import micros


def bindings(fault: Fault, address: str, story: str | None, at: datetime) -> Bindings:
    return {
        "address": address,
        "code": fault.code,
        "severity": fault.severity.value,
        "story": story,
        "detail": fault.detail,
        "at": micros(at),
    }


def finding(row: Row) -> Finding:
    address, code, severity, story, detail, first_seen, last_seen, resolved = row
    return Finding(
        address=address,
        code=code,
        severity=Severity(severity),
        story=story,
        detail=detail,
        first_seen=instant(first_seen),
        last_seen=instant(last_seen),
        resolved=instant_or_none(resolved),
    )


def opened(fault: Fault, address: str, story: str | None, at: datetime) -> Finding:
    """The finding that a fault begins."""
    return Finding(
        address=address,
        code=fault.code,
        severity=fault.severity,
        story=story,
        detail=fault.detail,
        first_seen=at,
        last_seen=at,
    )
