"""The window in SQLite: the store's part that :class:`WindowStore` describes."""

import struct
from collections.abc import Collection
from collections.abc import Sequence
from datetime import datetime

import apsw

from copytaster.store import _rows as rows
from copytaster.store._part import Part
from copytaster.store._statements import sql
from copytaster.store._story_port import Story
from copytaster.store._window_port import Alike
from copytaster.store._window_port import Shingled

_CROWD = 200
"""texts with one shingle of which no more are counted, the newest"""
_MOST_ALIKE = 1_000
_SIGNED = 1 << 32


class WindowInSqlite(Part):
    """:class:`WindowStore` on one engine."""

    def keep(self, texts: Sequence[Shingled]) -> None:
        if not texts:
            return
        self._engine.refuse_when_tight()  # what can be made again must not take a kill's room
        with self._engine.writing() as db:
            for text in texts:
                _keep(db, text)

    def alike(
        self,
        scheme: str,
        shingles: Collection[int],
        *,
        at_least: int,
        live: bool = False,
        limit: int = 50,
    ) -> list[Alike]:
        found = self._all(
            "alike",
            shingles=rows.json(sorted(map(_signed, shingles))),
            scheme=scheme,
            at_least=at_least,
            crowd=_CROWD,
            most=_MOST_ALIKE,
            live=live,
            limit=limit,
        )
        return [
            Alike(story=story, content_hash=content_hash, at=rows.instant(at), shared=n, of=kept)
            for story, content_hash, at, n, kept in found
        ]

    def missing(
        self,
        scheme: str,
        since: datetime,
        *,
        before: tuple[datetime, int] | None = None,
        limit: int = 20,
    ) -> list[Story]:
        found = self._all(
            "unshingled",
            scheme=scheme,
            since=rows.micros(since),
            time=rows.LAST if before is None else rows.micros(before[0]),
            number=rows.LAST if before is None else before[1],
            limit=limit,
        )
        return [rows.story(row) for row in found]

    def forget(self, before: datetime, *, most: int = 50_000, limit: int = 20) -> int:
        old = {"before": rows.micros(before), "most": most, "limit": limit}
        if not self._all("old_shingled", **old):
            return 0  # as nearly always: nothing to write
        with self._engine.writing() as db:
            gone: list[rows.Row] = db.execute(sql("old_shingled"), old).fetchall()
            for (message,) in gone:
                forget_shingles(db, message)
        return len(gone)


def forget_shingles(db: apsw.Connection, message: int) -> None:
    """Let go of the shingles of one message, if it has any, in the transaction of who asks."""
    packed = db.execute(sql("shingles_of"), {"message": message}).get
    if packed is not None:
        gone = [{"shingle": one, "message": message} for one in _unpacked(packed)]
        db.executemany(sql("drop_shingle"), gone)
        db.execute(sql("drop_shingled"), {"message": message})


def _keep(db: apsw.Connection, text: Shingled) -> None:
    found = db.execute(
        sql("message_to_shingle"), {"story": text.story, "content_hash": text.content_hash}
    ).fetchone()
    if found is None or found[1] == text.scheme:
        return
    message = int(found[0])
    forget_shingles(db, message)  # of another scheme
    signed = sorted(map(_signed, text.shingles))
    packed = struct.pack(f"<{len(signed)}i", *signed)
    at = rows.micros(text.at)
    db.execute(
        sql("keep_shingled"),
        {"message": message, "at": at, "scheme": text.scheme, "shingles": packed},
    )
    db.executemany(sql("keep_shingle"), [{"shingle": one, "message": message} for one in signed])


def _signed(shingle: int) -> int:
    return shingle - _SIGNED if shingle >= _SIGNED >> 1 else shingle


def _unpacked(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(packed) // 4}i", packed)
