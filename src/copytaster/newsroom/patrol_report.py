"""What the patrol reports: how far it is, and what it found."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from copytaster.finding import Finding
from copytaster.finding import Severity
from copytaster.store import Store

PROGRESS = "patrol.progress"
"""the setting that keeps how far it is"""
_TOLD = 10


class Progress(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How far the patrol is; kept, so that a restart goes on where it was."""

    after: int = 0
    """number of the last story of this round that was looked at"""
    began: datetime | None = None
    looked: int = 0
    """addresses fetched in this round"""
    rounds: int = 0
    round_began: datetime | None = None
    """of the last whole round"""
    round_ended: datetime | None = None
    round_looked: int = 0
    last_look: datetime | None = None
    per_minute: float = 0.0
    """addresses a minute, as measured since the desk started"""


def progress_of(store: Store) -> Progress:
    """How far the patrol of this store is."""
    kept = store.setting(PROGRESS)
    return msgspec.json.decode(kept, type=Progress) if kept else Progress()


def told(store: Store, *, resolved: int = 20) -> dict[str, Any]:
    """Progress and findings as shells see them."""
    return {
        "progress": msgspec.to_builtins(progress_of(store)),
        "open": {severity.value: n for severity, n in store.open_findings().items()},
        "findings": [_finding_told(one) for one in store.findings(resolved=resolved)],
    }


def _finding_told(finding: Finding) -> dict[str, Any]:
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "address": finding.address,
        "story": finding.story,
        "detail": finding.detail,
        "firstSeen": finding.first_seen.isoformat(),
        "lastSeen": finding.last_seen.isoformat(),
        "resolved": finding.resolved.isoformat() if finding.resolved else None,
    }


def faults(store: Store) -> Iterator[str]:
    """What `copytaster doctor` says of the patrol."""
    grave = [one for one in store.findings() if one.severity is not Severity.minor]
    for finding in grave[:_TOLD]:
        yield f"patrol: {finding.severity}: {finding.address}: {finding.detail}"
    if len(grave) > _TOLD:
        yield f"patrol: {len(grave) - _TOLD} more findings: `copytaster patrol`"
