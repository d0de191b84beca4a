"""Stories in SQLite: the store's part that :class:`StoryStore` describes."""

from collections.abc import Sequence
from datetime import datetime
from threading import Lock

from msgspec.structs import replace

from copytaster.store import _commit
from copytaster.store import _rows as rows
from copytaster.store._call_port import Call
from copytaster.store._delivery_port import Taken
from copytaster.store._engine import Engine
from copytaster.store._erasure_rows import ERASURE_KEY
from copytaster.store._erasure_rows import guid_token
from copytaster.store._part import Part
from copytaster.store._statements import sql
from copytaster.store._story_port import Edition
from copytaster.store._story_port import Event
from copytaster.store._story_port import History
from copytaster.store._story_port import Judged
from copytaster.store._story_port import Link
from copytaster.store._story_port import Story
from copytaster.store._story_port import StoryChange
from copytaster.story import Message


class StoriesInSqlite(Part):
    """:class:`StoryStore` on one engine."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._sequence = self._amended = int(self._one("sequence")[0])
        self._telling = Lock()

    def commit(
        self,
        changes: Sequence[StoryChange],
        taken: Sequence[Taken] = (),
        calls: Sequence[Call] = (),
    ) -> int:
        prepared = [_commit.prepared(change) for change in changes]
        with self._engine.writing() as db:
            difference = _commit.write(db, prepared, taken, calls)
            sequence = db.execute(sql("bump_sequence")).get if difference else None
        return self._reached(sequence, amended=difference is _commit.Difference.amended)

    def _reached(self, sequence: int | None, *, amended: bool = True) -> int:
        """Said only when the commit is seen by readers, so that no cache keeps older lists
        under a newer sequence; another thread may have said a later one already."""
        if sequence is not None:
            with self._telling:
                self._sequence = max(self._sequence, sequence)
                if amended:
                    self._amended = max(self._amended, sequence)
        return self._sequence

    @property
    def sequence(self) -> int:
        return self._sequence

    @property
    def amended(self) -> int:
        return self._amended

    def history(self, agency: str, guid: str) -> History:
        key = self._first("setting", key=ERASURE_KEY)
        token = guid if key is None else guid_token(key[0], agency, guid)
        found = self._history("story_by_guid", agency=agency, guid=guid, erased=token)
        if found.story is None or found.story.guid == guid:
            return found
        return replace(found, story=replace(found.story, guid=guid))

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

    def note(self, story: str, number: int, notes: bytes) -> None:
        self._write("keep_notes", id=story, number=number, notes_z=rows.squeezed(notes))

    def item_of(self, story: str, content_hash: str) -> Message | None:
        row = self._first("message_with_content", id=story, content_hash=content_hash)
        return None if row is None else rows.message(row)

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
