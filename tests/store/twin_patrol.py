"""What the drill and the patrol ask of the store, on plain lists."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from copytaster.finding import Fault
from copytaster.finding import Finding
from copytaster.finding import Severity
from copytaster.store import Face
from copytaster.store import Noted
from copytaster.store import Story

_GRAVEST = list(Severity)


class PatrolTwin:
    """The part of the twin that only the drill and the patrol use."""

    turn: Any
    kept: Any

    def _numbered(self) -> list[Story]:
        return sorted(self.kept.stories.values(), key=lambda story: story.number)

    def story_after(self, number: int) -> Story | None:
        return next((one for one in self._numbered() if one.number > number), None)

    def story_before(self, number: int) -> Story | None:
        return next((one for one in reversed(self._numbered()) if one.number < number), None)

    def withdrawn(
        self, since: datetime, *, before: tuple[datetime, int] | None = None, limit: int = 100
    ) -> list[Story]:
        found = [
            (story.face_changed, story.number, story)
            for story in self.kept.stories.values()
            if story.face in {Face.hold, Face.gone, Face.legal} and not story.drill
            if story.face_changed is not None and story.face_changed >= since
            if before is None or (story.face_changed, story.number) < before
        ]
        return [story for _, _, story in sorted(found, reverse=True)[:limit]]

    def drills(self, limit: int = 100) -> list[Story]:
        return [one for one in reversed(self._numbered()) if one.drill][:limit]

    def forget_drills(self, keep: int) -> list[Story]:
        if keep < 1:
            raise ValueError("the newest stays")
        with self.turn:
            old = [
                one
                for one in self.drills(10_000)[keep:]
                if one.face not in {Face.none, Face.live} and one.id not in self.kept.work
                if all(story != one.id for story, _ in self.kept.notices)
            ]
            for story in old:
                self._forget(story.id)
        return old[::-1]

    def _forget(self, id: str) -> None:
        kept = self.kept
        for part in (kept.stories, kept.messages, kept.decisions, kept.editions, kept.names):
            part.pop(id, None)
        self.kept.events = [one for one in self.kept.events if one.story != id]
        self.kept.remarks = [one for one in self.kept.remarks if one.story != id]
        self.kept.verdicts = [one for one in self.kept.verdicts if one.story != id]
        left = {key: one for key, one in self.kept.receipts.items() if one.story != id}
        self.kept.receipts = left

    def note_findings(
        self, address: str, found: Sequence[Fault], at: datetime, *, story: str | None = None
    ) -> Noted:
        with self.turn:
            before = {one.code: one for one in self.findings_at(address)}
            seen = {one.code: _opened(one, address, story, at) for one in found}
            others = [one for one in self.kept.findings if one not in before.values()]
            now = [self._after(before.get(code), seen.get(code), at) for code in {*before, *seen}]
            self.kept.findings = others + now
        return Noted(
            opened=tuple(one for code, one in seen.items() if code not in before),
            resolved=tuple(one for code, one in before.items() if code not in seen),
        )

    def _after(self, known: Finding | None, seen: Finding | None, at: datetime) -> Finding | None:
        if known is None:
            return seen
        later = max(known.last_seen, at)
        if seen is None:
            return replace(known, resolved=later)
        return replace(known, severity=seen.severity, detail=seen.detail, last_seen=later)

    def findings_at(self, address: str) -> list[Finding]:
        found = [
            one for one in self.kept.findings if one.address == address and one.resolved is None
        ]
        return sorted(found, key=lambda one: one.code)

    def findings(self, *, resolved: int = 0, limit: int = 1000) -> list[Finding]:
        still = [one for one in self.kept.findings if one.resolved is None]
        ended = [one for one in self.kept.findings if one.resolved is not None]
        ended = sorted(ended, key=self._turn_of_finding)
        ended = sorted(ended, key=lambda one: one.resolved, reverse=True)[:resolved]
        return [*sorted(still, key=self._turn_of_finding), *ended][:limit]

    def _turn_of_finding(self, one: Finding) -> tuple[object, ...]:
        return (_GRAVEST.index(one.severity), one.first_seen, one.address, one.code)

    def open_findings(self) -> dict[Severity, int]:
        still = [one.severity for one in self.kept.findings if one.resolved is None]
        return {severity: still.count(severity) for severity in Severity}

    def forget_findings(self, before: datetime) -> None:
        with self.turn:
            self.kept.findings = [
                one for one in self.kept.findings if one.resolved is None or one.resolved >= before
            ]


def _opened(fault: Fault, address: str, story: str | None, at: datetime) -> Finding:
    return Finding(
        address=address,
        code=fault.code,
        severity=fault.severity,
        detail=fault.detail,
        story=story,
        first_seen=at,
        last_seen=at,
    )
