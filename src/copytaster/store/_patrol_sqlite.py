"""Drill and patrol in SQLite: the store's part that :class:`PatrolStore` describes."""

from collections.abc import Sequence
from datetime import datetime

from copytaster.finding import Fault
from copytaster.finding import Finding
from copytaster.finding import Severity
from copytaster.store import _finding_rows
from copytaster.store import _rows as rows
from copytaster.store._part import Part
from copytaster.store._patrol import Noted
from copytaster.store._statements import sql
from copytaster.store._story_port import Story


class PatrolInSqlite(Part):
    """:class:`PatrolStore` on one engine."""

    def story_after(self, number: int) -> Story | None:
        row = self._first("story_after", number=number)
        return None if row is None else rows.story(row)

    def story_before(self, number: int) -> Story | None:
        row = self._first("story_before", number=number)
        return None if row is None else rows.story(row)

    def withdrawn(
        self, since: datetime, *, before: tuple[datetime, int] | None = None, limit: int = 100
    ) -> list[Story]:
        found = self._all(
            "withdrawn",
            since=rows.micros(since),
            time=rows.LAST if before is None else rows.micros(before[0]),
            number=rows.LAST if before is None else before[1],
            limit=limit,
        )
        return [rows.story(row) for row in found]

    def drills(self, limit: int = 100) -> list[Story]:
        return [rows.story(row) for row in self._all("drills", limit=limit)]

    def forget_drills(self, keep: int) -> list[Story]:
        if keep < 1:
            raise ValueError("the newest drill stays: its number would be given twice")
        with self._engine.writing() as db:
            old = [rows.story(row) for row in db.execute(sql("old_drills"), {"keep": keep})]
            for story in old:
                db.execute(sql("forget_drill"), {"story": story.number})
        return old

    def note_findings(
        self, address: str, found: Sequence[Fault], at: datetime, *, story: str | None = None
    ) -> Noted:
        if not found and not self.findings_at(address):
            return Noted()  # as nearly always: nothing to write
        with self._engine.writing() as db:
            rows_before = db.execute(sql("open_findings_at"), {"address": address}).fetchall()
            before = {one.code: one for one in map(_finding_rows.finding, rows_before)}
            for fault in found:
                statement = "see_finding_again" if fault.code in before else "open_finding"
                db.execute(sql(statement), _finding_rows.bindings(fault, address, story, at))
            gone = [before[code] for code in before.keys() - {fault.code for fault in found}]
            for one in gone:
                ended = {"address": address, "code": one.code, "at": rows.micros(at)}
                db.execute(sql("resolve_finding"), ended)
        new = [fault for fault in found if fault.code not in before]
        return Noted(
            opened=tuple(_finding_rows.opened(fault, address, story, at) for fault in new),
            resolved=tuple(gone),
        )

    def findings_at(self, address: str) -> list[Finding]:
        found = self._all("open_findings_at", address=address)
        return [_finding_rows.finding(row) for row in found]

    def findings(self, *, resolved: int = 0, limit: int = 1000) -> list[Finding]:
        found = self._all("findings", resolved=resolved, limit=limit)
        return [_finding_rows.finding(row) for row in found]

    def open_findings(self) -> dict[Severity, int]:
        counted = {Severity(name): int(n) for name, n in self._all("open_findings")}
        return dict.fromkeys(Severity, 0) | counted

    def forget_findings(self, before: datetime) -> None:
        self._write("forget_findings", before=rows.micros(before))
