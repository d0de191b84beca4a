"""The store on SQLite, through apsw.

Every deed is one SQL file under ``sql/``; the schema is in ``migrations/``; what the files in
the data folder are and what survives what is told in docs/reference/store.md.
"""

import shutil
from collections.abc import Callable
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any
from typing import Literal

import apsw

from copytaster.delivery import Delivery
from copytaster.finding import Fault
from copytaster.finding import Finding
from copytaster.finding import Severity
from copytaster.store import _commit
from copytaster.store import _finding_rows
from copytaster.store import _rows as rows
from copytaster.store._copy import copy_whole
from copytaster.store._engine import Engine
from copytaster.store._engine import faults
from copytaster.store._engine import refuse_unfit_library
from copytaster.store._outbox_sqlite import OutboxInSqlite
from copytaster.store._patrol import Noted
from copytaster.store._pictures import PicturesInSqlite
from copytaster.store._port import Batch
from copytaster.store._port import BatchProgress
from copytaster.store._port import Called
from copytaster.store._port import Correction
from copytaster.store._port import DeadLetter
from copytaster.store._port import Edition
from copytaster.store._port import Event
from copytaster.store._port import Fate
from copytaster.store._port import Full
from copytaster.store._port import History
from copytaster.store._port import Judged
from copytaster.store._port import Link
from copytaster.store._port import Listed
from copytaster.store._port import ListQuery
from copytaster.store._port import Past
from copytaster.store._port import PressWork
from copytaster.store._port import Reach
from copytaster.store._port import Receipt
from copytaster.store._port import SitemapPart
from copytaster.store._port import Sought
from copytaster.store._port import Store
from copytaster.store._port import Story
from copytaster.store._port import StoryChange
from copytaster.store._port import Taken
from copytaster.store._statements import sql
from copytaster.story import Message
from copytaster.story import State

STORE_FILE = "desk.sqlite"
"""the store's name in a data folder"""
RESERVE = 64 * 1024 * 1024
"""bytes of the disk that deliveries leave free, so that kills still find room"""
_LAST = 2**63 - 1
_COUNTED = (*(state.value for state in State), "waiting", "dead", "work")


def free_bytes(folder: Path) -> int:
    """Room left on the disk of a folder."""
    return shutil.disk_usage(folder).free


def open_sqlite(
    path: Path | Literal[":memory:"],
    *,
    reserve: int = RESERVE,
    free: Callable[[Path], int] = free_bytes,
    max_bytes: int | None = None,
    library: str | None = None,
) -> Store:
    """The store in this file, made when missing and brought up to date when older.

    ``reserve``: bytes of the disk ``keep`` leaves free, measured by ``free`` on the file's
    folder. ``max_bytes``: a limit on the file itself. ``library``: the version of SQLite to
    judge instead of the linked one. Raises :class:`Unfit`; the data folder is locked apart
    (``lock_folder``).
    """
    refuse_unfit_library(library or apsw.sqlite_lib_version())
    file = None if path == ":memory:" else Path(path)

    def room() -> int:
        return reserve if file is None else free(file.parent)

    return _SqliteStore(Engine(file, max_bytes=max_bytes), reserve, room)


class _SqliteStore:
    """:class:`Store` on one engine."""

    def __init__(self, engine: Engine, reserve: int, room: Callable[[], int]) -> None:
        self._engine = engine
        self._reserve = reserve
        self._room = room
        self._sequence = int(self._one("sequence")[0])
        self._telling = Lock()
        self.pictures = PicturesInSqlite(engine, self._reached)
        self.outbox = OutboxInSqlite(engine)

    # --- reading and writing ---------------------------------------------------------------

    def _all(self, statement: str, **bindings: Any) -> list[rows.Row]:
        with self._engine.reading() as db:
            return db.execute(sql(statement), bindings).fetchall()

    def _first(self, statement: str, **bindings: Any) -> rows.Row | None:
        found = self._all(statement, **bindings)
        return found[0] if found else None

    def _one(self, statement: str) -> rows.Row:
        (row,) = self._all(statement)
        return row

    def _write(self, statement: str, **bindings: Any) -> int:
        """How many rows changed."""
        with self._engine.writing() as db:
            db.execute(sql(statement), bindings)
            return db.changes()

    # --- deliveries and intake -------------------------------------------------------------

    def keep(self, deliveries: Sequence[Delivery]) -> None:
        if self._room() < self._reserve:
            raise Full(
                f"less than {self._reserve} bytes are free for {self._engine.name}: nothing of "
                "this was kept; make room on the disk (kills and publishing go on)"
            )
        raw = [rows.raw_bindings(delivery) for delivery in deliveries]
        kept = [rows.delivery_bindings(delivery) for delivery in deliveries]
        with self._engine.writing() as db:
            db.executemany(sql("keep_raw"), raw)
            db.executemany(sql("keep_delivery"), kept)

    def delivery(self, id: str) -> Delivery | None:
        row = self._first("delivery", id=id)
        return None if row is None else rows.delivery(row)

    def waiting(self, limit: int) -> list[Delivery]:
        return [rows.delivery(row) for row in self._all("waiting_deliveries", limit=limit)]

    def fate(self, id: str) -> Fate | None:
        row = self._first("fate", id=id)
        return None if row is None else rows.fate(row)

    def dead_letters(self, limit: int = 100) -> list[DeadLetter]:
        return [rows.dead_letter(row) for row in self._all("dead_letters", limit=limit)]

    def retry(self, delivery: str) -> bool:
        return self._write("retry_dead_letter", id=delivery) > 0

    # --- stories ---------------------------------------------------------------------------

    def commit(self, changes: Sequence[StoryChange], taken: Sequence[Taken] = ()) -> int:
        prepared = [_commit.prepared(change) for change in changes]
        with self._engine.writing() as db:
            public = _commit.write(db, prepared, taken)
            sequence = db.execute(sql("bump_sequence")).get if public else None
        return self._reached(sequence)

    def _reached(self, sequence: int | None) -> int:
        """Said only when the commit is seen by readers, so that no cache keeps older lists
        under a newer sequence; another thread may have said a later one already."""
        if sequence is not None:
            with self._telling:
                self._sequence = max(self._sequence, sequence)
        return self._sequence

    def history(self, agency: str, guid: str) -> History:
        return self._history("story_by_guid", agency=agency, guid=guid)

    def history_of(self, story: str) -> History:
        return self._history("story", id=story)

    def _history(self, statement: str, **bindings: str) -> History:
        with self._engine.reading() as db:
            row = db.execute(sql(statement), bindings).fetchone()
            if row is None:
                return History(story=None)
            story = rows.story(row)
            number = {"story": story.number}
            messages = db.execute(sql("messages"), number).fetchall()
            decisions = db.execute(sql("decisions"), number).fetchall()
        return History(
            story=story,
            messages=tuple(rows.message(row) for row in messages),
            decisions=tuple(rows.decision(row) for row in decisions),
        )

    def story(self, id: str) -> Story | None:
        row = self._first("story", id=id)
        return None if row is None else rows.story(row)

    def editions(self, story: str) -> list[Edition]:
        return [rows.edition(row) for row in self._all("editions", id=story)]

    def edition(self, story: str, number: int) -> Edition | None:
        row = self._first("edition", id=story, number=number)
        return None if row is None else rows.edition(row)

    def item_of(self, story: str, content_hash: str) -> Message | None:
        row = self._first("message_with_content", id=story, content_hash=content_hash)
        return None if row is None else rows.message(row)

    def named(self, sought: Sequence[Sought], limit: int = 100) -> list[str]:
        if not sought:
            return []
        found = self._all("named_stories", sought=rows.sought_json(sought), limit=limit)
        return [id for (id,) in found]

    def seeking(self, names: Sequence[Called], limit: int = 100) -> list[tuple[str, str]]:
        if not names:
            return []
        found = self._all("seeking_notices", names=rows.called_json(names), limit=limit)
        return [(id, content_hash) for id, content_hash in found]

    def events(self, *, story: str | None = None, since: int = 0, limit: int = 1000) -> list[Event]:
        if story is None:
            found = self._all("events", since=since, limit=limit)
        else:
            found = self._all("events_of_story", id=story, since=since, limit=limit)
        return [rows.event(row) for row in found]

    def verdicts(self, story: str) -> list[Judged]:
        return [rows.judged(row) for row in self._all("verdicts", id=story)]

    def due(self, now: datetime, limit: int = 1000) -> list[str]:
        return [id for (id,) in self._all("due_stories", now=rows.micros(now), limit=limit)]

    def next_due(self) -> datetime | None:
        return rows.instant_or_none(self._one("next_due")[0])

    def chain(self, agency: str, chain: str) -> list[Link]:
        return [rows.link(row) for row in self._all("chain", agency=agency, chain=chain)]

    def kept_agencies(self) -> list[str]:
        return [agency for (agency,) in self._all("kept_agencies")]

    def wake(self, agency: str, at: datetime) -> None:
        bindings = {"agency": agency, "at": rows.micros(at)}
        with self._engine.writing() as db:
            db.execute(sql("owe_pages"), bindings)
            db.execute(sql("wake_agency"), bindings)

    # --- press and proof -------------------------------------------------------------------

    def work(self, now: datetime, limit: int) -> list[PressWork]:
        found = self._all("work", now=rows.micros(now), limit=limit)
        return [rows.work(row) for row in found]

    def work_in_bulk(self, now: datetime, limit: int) -> list[PressWork]:
        found = self._all("work_in_bulk", now=rows.micros(now), limit=limit)
        return [rows.work(row) for row in found]

    def unpressed(self, story: str) -> bool:
        return self._first("unpressed", id=story) is not None

    def work_done(self, done: Sequence[PressWork]) -> None:
        with self._engine.writing() as db:
            db.executemany(sql("work_done"), [rows.work_bindings(work) for work in done])

    def work_failed(self, work: PressWork, due: datetime) -> None:
        self._write("work_failed", **{**rows.work_bindings(work), "due": rows.micros(due)})

    def work_put_off(self, work: Sequence[PressWork], due: datetime) -> None:
        put_off = [{**rows.work_bindings(one), "due": rows.micros(due)} for one in work]
        with self._engine.writing() as db:
            db.executemany(sql("work_failed"), put_off)

    def note_receipts(self, receipts: Sequence[Receipt]) -> None:
        with self._engine.writing() as db:
            db.executemany(
                sql("keep_receipt"), [rows.receipt_bindings(receipt) for receipt in receipts]
            )

    def receipts(self, story: str) -> list[Receipt]:
        return [rows.receipt(row) for row in self._all("receipts", id=story)]

    # --- batches, and looking through everything -------------------------------------------

    def keep_batch(self, batch: Batch, stories: Sequence[str]) -> None:
        with self._engine.writing() as db:
            db.execute(sql("keep_batch"), rows.batch_bindings(batch))
            number = db.last_insert_rowid()
            db.executemany(
                sql("keep_batch_story"), [{"batch": number, "story": story} for story in stories]
            )

    def undo_batch(self, id: str, *, at: datetime, by: str, reason: str) -> bool:
        undone = {"id": id, "at": rows.micros(at), "by": by, "reason": reason}
        with self._engine.writing() as db:
            db.execute(sql("undo_batch"), undone)
            if not db.changes():
                return False
            db.execute(sql("owe_undoing"), {"id": id})
        return True

    def batch(self, id: str) -> Batch | None:
        row = self._first("batch", id=id)
        return None if row is None else rows.batch(row)

    def batches(self, limit: int = 100) -> list[Batch]:
        return [rows.batch(row) for row in self._all("batches", limit=limit)]

    def batches_owed(self) -> list[Batch]:
        return [rows.batch(row) for row in self._all("batches_owed")]

    def batch_owed(self, id: str, limit: int, after: int = 0) -> list[tuple[str, int]]:
        found = self._all("batch_owed", id=id, limit=limit, after=after)
        return [(story, number) for story, number in found]

    def batch_progress(self, id: str) -> BatchProgress:
        stories, decided, owed, pressing = self._all("batch_progress", id=id)[0]
        return BatchProgress(stories=stories, decided=decided, owed=owed, pressing=pressing)

    def past_of(self, story: str) -> Past | None:
        with self._engine.reading() as db:
            row = db.execute(sql("story"), {"id": story}).fetchone()
            return None if row is None else _past(db, rows.story(row))

    def past(self, reach: Reach) -> list[Past]:
        with self._engine.reading() as db:
            found = db.execute(sql("past"), rows.reach_bindings(reach)).fetchall()
            return [_past(db, rows.story(row)) for row in found]

    # --- lists -----------------------------------------------------------------------------

    def front(self, query: ListQuery) -> list[Listed]:
        return self._list("front", query)

    def feed(self, query: ListQuery) -> list[Listed]:
        return self._list("feed", query)

    def _list(self, statement: str, query: ListQuery) -> list[Listed]:
        before = query.before
        found = self._all(
            statement + _scope(query),
            section=query.section,
            agency=query.agency,
            limit=query.limit,
            time=_LAST if before is None else rows.micros(before[0]),
            number=_LAST if before is None else before[1],
            notices_since=rows.micros_or_none(query.notices_since),
        )
        return [rows.listed(row) for row in found]

    def corrections(
        self, *, story: str | None = None, before: int | None = None, limit: int = 30
    ) -> list[Correction]:
        statement = "corrections" if story is None else "corrections_of_story"
        last = _LAST if before is None else before
        found = self._all(statement, id=story, before=last, limit=limit)
        return [rows.correction(row) for row in found]

    def sitemap(self) -> list[SitemapPart]:
        return [rows.sitemap_part(row) for row in self._all("sitemap")]

    def sitemap_part(self, number: int) -> list[Story]:
        return [rows.story(row) for row in self._all("sitemap_part", part=number)]

    def recent(self, since: datetime, limit: int = 1000) -> list[Listed]:
        found = self._all("recent", since=rows.micros(since), limit=limit)
        return [rows.listed(row) for row in found]

    def agencies(self) -> list[str]:
        return [agency for (agency,) in self._all("agencies")]

    def sections(self) -> list[str]:
        return [section for (section,) in self._all("sections")]

    def counts(self) -> dict[str, int]:
        return dict.fromkeys(_COUNTED, 0) | self._tally()

    def _tally(self) -> dict[str, int]:
        return {str(name): int(n) for name, n in self._all("counts")}

    # --- drill and patrol ------------------------------------------------------------------

    def story_after(self, number: int) -> Story | None:
        row = self._first("story_after", number=number)
        return None if row is None else rows.story(row)

    def withdrawn(
        self, since: datetime, *, before: tuple[datetime, int] | None = None, limit: int = 100
    ) -> list[Story]:
        found = self._all(
            "withdrawn",
            since=rows.micros(since),
            time=_LAST if before is None else rows.micros(before[0]),
            number=_LAST if before is None else before[1],
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

    # --- sources, settings, the folder itself ----------------------------------------------

    def source_state(self, source: str) -> bytes | None:
        row = self._first("source_state", source=source)
        return None if row is None else bytes(row[0])

    def keep_source_state(self, source: str, state: bytes) -> None:
        self._write("keep_source_state", source=source, state=state)

    def setting(self, key: str) -> str | None:
        row = self._first("setting", key=key)
        return None if row is None else str(row[0])

    def keep_setting(self, key: str, value: str | None) -> None:
        if value is None:
            self._write("forget_setting", key=key)
        else:
            self._write("keep_setting", key=key, value=value)

    @property
    def sequence(self) -> int:
        return self._sequence

    def backup(self, target: Path) -> None:
        with self._engine.reading() as db:
            copy_whole(db, target)

    def check(self) -> list[str]:
        with self._engine.reading() as db:
            return faults(db)

    def close(self) -> None:
        self._engine.close()


def _past(db: apsw.Connection, story: Story) -> Past:
    number = {"story": story.number}
    messages = db.execute(sql("messages"), number).fetchall()
    shown = db.execute(sql("shown_contents"), number).fetchall()
    return Past(
        story=story,
        messages=tuple(rows.message(row) for row in messages),
        shown=frozenset(str(content) for (content,) in shown),
    )


def _scope(query: ListQuery) -> str:
    """Which of the statements of a list: a section's also narrows to an agency."""
    if query.section is not None:
        return "_of_section"
    return "_of_agency" if query.agency is not None else ""
