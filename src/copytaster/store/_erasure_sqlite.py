"""Erasure in SQLite: the store's part that :class:`ErasureStore` describes."""

import zlib
from collections.abc import Callable
from collections.abc import Sequence
from typing import Any

import apsw
import msgspec

from copytaster.item import Item
from copytaster.item import Target
from copytaster.store import _erasure_rows as erased
from copytaster.store import _rows as rows
from copytaster.store._engine import BUSY_MS
from copytaster.store._engine import Engine
from copytaster.store._erasure_port import Destroyed
from copytaster.store._erasure_port import Erasure
from copytaster.store._erasure_port import is_erased
from copytaster.store._erasure_raw import destroy_raw
from copytaster.store._errors import StoreError
from copytaster.store._log_sqlite import destroy_openings
from copytaster.store._log_sqlite import write_leaves
from copytaster.store._part import Part
from copytaster.store._search_write import take_out_of_search
from copytaster.store._statements import sql
from copytaster.store._story_port import Story
from copytaster.store._told_write import tell_again
from copytaster.store._told_write import write_told_anew
from copytaster.store._window_sqlite import forget_shingles

OWED = "erasure-owed"
"""the setting that is there while the file may still hold what was erased"""
_PATIENCE_MS = 1_000
"""for readers of the log: a list is read in a hundredth of it, and whoever takes longer than all of
it, a backup, takes so long that a kill must not wait"""
_DUMMY = -(2**62)
"""a place of the search index that no instant has"""
_NOTHING_Z = rows.squeezed(b"")

_items = msgspec.json.Decoder(Item)
_targets = msgspec.json.Decoder(Target)


class ErasuresInSqlite(Part):
    """:class:`ErasureStore` on one engine. ``reached`` is told each new sequence."""

    def __init__(self, engine: Engine, reached: Callable[[int | None], int]) -> None:
        super().__init__(engine)
        self._reached = reached

    def carriers(self, story: str) -> list[str]:
        return [id for (id,) in self._all("carriers", id=story)]

    def not_all_read(self, agency: str) -> list[str]:
        return [id for (id,) in self._all("not_all_read", agency=agency)]

    def erase(self, erasure: Erasure) -> Destroyed:
        with self._engine.writing() as db:
            destroyed = _Erasing(db, erasure).done()
            sequence = db.execute(sql("bump_sequence")).get
        rows.listed_again.cache_clear()  # it remembers entries, and so headlines
        self._reached(sequence)
        return destroyed

    @property
    def is_owed(self) -> bool:
        return bool(self._all("setting", key=OWED))

    def sweep(self) -> None:
        with self._engine.alone() as db:
            if _tells_of_the_gone(db):
                _write_index_anew(db)
            write_told_anew(db)
            db.execute("VACUUM")
            db.set_busy_timeout(_PATIENCE_MS)
            try:
                busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0][0]
            finally:
                db.set_busy_timeout(BUSY_MS)
        if busy:
            raise StoreError(
                f"{self._engine.name}: what was erased may still be in the write-ahead log, which "
                "a reader, perhaps a backup, holds: say `copytaster erase` again when it has ended"
            )
        self._write("forget_setting", key=OWED)


class _Erasing:
    """One erasure, inside its transaction."""

    def __init__(self, db: apsw.Connection, erasure: Erasure) -> None:
        self._db = db
        self._erasure = erasure
        row = db.execute(sql("story"), {"id": erasure.story}).fetchone()
        if row is None:
            raise ValueError(f"no story {erasure.story} to erase")
        self._story: Story = rows.story(row)
        self._is_whole = erasure.contents is None
        keeps_guid = not self._is_whole or is_erased(self._story)
        self._guid = self._story.guid if keeps_guid else self._token()
        self._contents: dict[str, str] = {}
        """content hash → what stands in its place"""
        self._notices: list[tuple[str, str]] = []
        """(delivery, content hash) of notices about the story"""
        self._kept = 0
        self._touched = {self._story.number}
        """numbers of stories of which something is destroyed"""

    def _token(self) -> str:
        key = self._db.execute(sql("setting"), {"key": erased.ERASURE_KEY}).get
        if key is None:
            key = erased.new_key()
            self._db.execute(sql("keep_setting"), {"key": erased.ERASURE_KEY, "value": key})
        return erased.guid_token(key, self._story.agency, self._story.guid)

    def done(self) -> Destroyed:
        """Destroy it all; the words first, so that what is found by them is found before."""
        messages = self._messages()
        self._notices_elsewhere()
        siblings, deliveries = destroy_raw(self._db, self._erasure, self._story, self._guid)
        editions = self._editions()
        self._do("erase_marks", editions=_json_or_none(self._erasure.editions), contents=self._old)
        for name in self._erasure.names:
            self._do("keep_name", **rows.name_bindings(name))
        destroy_openings(self._db, self._story.id, self._erasure.editions or ())
        self._verdicts()
        if self._is_whole:
            self._do("erase_rest")
            self._do("drop_twins")
            take_out_of_search(self._db, self._story.number)
        self._record()
        for number in self._touched:
            tell_again(self._db, number)
        self._db.execute(sql("keep_setting"), {"key": OWED, "value": "1"})
        return Destroyed(
            messages=messages,
            editions=editions,
            deliveries=deliveries,
            siblings=siblings,
            notices_kept=self._kept,
            pictures=self._pictures() if self._is_whole else (),
        )

    def _do(self, statement: str, **bindings: Any) -> None:
        self._all(statement, **bindings)

    def _all(self, statement: str, **bindings: Any) -> Sequence[rows.Row]:
        said = {"story": self._story.number, "id": self._story.id, **bindings}
        return self._db.execute(sql(statement), said).fetchall()

    @property
    def _old(self) -> str | None:
        return None if self._is_whole else rows.json(self._erasure.contents)

    # --- messages --------------------------------------------------------------------------

    def _messages(self) -> int:
        wanted = self._erasure.contents
        found = self._all("messages_whole")
        meant = [row for row in found if wanted is None or row[1] in wanted]
        for number, content_hash, delivery, target, item_z in meant:
            item = _items.decode(zlib.decompress(item_z))
            if target is not None and delivery is not None:
                self._notices.append((delivery, content_hash))
            for said in (item.guid, content_hash) if self._is_whole else (content_hash,):
                self._do("erase_picture_words", said=said)
            guid = self._guid if self._is_whole and item.guid == self._story.guid else item.guid
            self._hollow(number, content_hash, target, item, guid)
        return len(meant)

    def _hollow(
        self, number: int, content_hash: str, target: str | None, item: Item, guid: str
    ) -> None:
        new = self._contents.setdefault(content_hash, erased.new_digest())
        left = erased.hollow(item, guid, new, spare=not self._is_whole)
        forget_shingles(self._db, number)
        if target is not None and self._is_whole:
            target = rows.json(erased.hollow_target(_targets.decode(target)))
        self._db.execute(
            sql("erase_message"),
            {
                "number": number,
                "content_hash": new,
                "target": target,
                "item_z": rows.squeezed(msgspec.json.encode(left)),
            },
        )

    def _notices_elsewhere(self) -> None:
        """A notice about the story tells of it in a story of its own too; one that also means
        other stories must go on binding those."""
        for delivery, content_hash in dict.fromkeys(self._notices):
            said = {"delivery": delivery, "content_hash": content_hash}
            found = self._all("notice_elsewhere", **said)
            if any(target is not None for _, _, target, _, _ in found):
                self._kept += 1
                continue
            for number, story, target, item_z, guid in found:
                item = _items.decode(zlib.decompress(item_z))
                self._hollow(number, content_hash, target, item, guid)
                self._db.execute(
                    sql("erase_seeking"), {"story": story, "content_hash": content_hash}
                )
                self._db.execute(sql("touch_story"), {"story": story})
                self._touched.add(story)

    # --- editions, record, pictures --------------------------------------------------------

    def _editions(self) -> int:
        wanted = self._erasure.editions
        found = self._all("editions")
        meant = [row for row in map(rows.edition, found) if wanted is None or row.number in wanted]
        for edition in meant:
            self._do(
                "erase_edition",
                number=edition.number,
                content_hash=self._new(edition.content_hash),
                parts=rows.json([self._new(part) for part in edition.parts]),
                nothing_z=_NOTHING_Z,
            )
        return len(meant)

    def _new(self, content_hash: str) -> str:
        return self._contents.get(content_hash) or erased.new_digest()

    def _verdicts(self) -> None:
        """What was held and why, without what it quotes."""
        found = self._all("verdicts_of")
        for number, reasons in found:
            bare = rows.json(erased.bare(rows.reasons(reasons)))
            self._db.execute(sql("erase_verdict"), {"number": number, "reasons": bare})

    def _record(self) -> None:
        if self._is_whole:
            self._do(
                "erase_story",
                guid=self._guid,
                reasons=rows.json(erased.bare(self._story.reasons)),
                shelves=rows.json(erased.bare_shelves(self._story.shelves)),
            )
        else:
            self._do("touch_story")
        for event in self._erasure.events:
            self._do("keep_event", **rows.event_bindings(event))
        write_leaves(self._db, self._story.number, self._erasure.leaves)

    def _pictures(self) -> tuple[str, ...]:
        """Pictures that hang nowhere now. What was taken back stays known, so that it and its
        likes are when they come again."""
        found = self._all("pictures_nowhere")
        for number, _, state in found:
            if state == "good":
                self._db.execute(sql("erase_picture"), {"number": number})
        return tuple(name for _, name, _ in found)


def _json_or_none(numbers: tuple[int, ...] | None) -> str | None:
    return None if numbers is None else rows.json(numbers)


# --- the index of readers' search ---------------------------------------------------------------


def _tells_of_the_gone(db: apsw.Connection) -> bool:
    """Whether a signpost of the index begins with letters that no word in it begins with.

    ``secure-delete`` takes words out of its blocks at once; but the table of where each block
    begins (``found_idx``) keeps as much of a block's first word as told it from the one before.
    """
    signs = [bytes(term)[1:] for (term,) in db.execute("SELECT term FROM found_idx") if term]
    return any(not _is_spoken(db, sign) for sign in signs if sign)


def _is_spoken(db: apsw.Connection, sign: bytes) -> bool:
    begin = sign.decode(errors="ignore")
    found = db.execute("SELECT term FROM spoken WHERE term >= ? LIMIT 1", (begin,)).get
    return found is not None and str(found).encode().startswith(begin.encode())


def _write_index_anew(db: apsw.Connection) -> None:
    """Merge all of it. An index of one piece has nothing to merge, so it is given a second."""
    nothing = {"place": _DUMMY, "headline": "a", "byline": "", "body": "", "filed": ""}
    db.execute(sql("put_in_search"), nothing)
    db.execute("INSERT INTO found (found) VALUES ('optimize')")
    db.execute(sql("take_out_of_search"), nothing)
