"""Editors' remarks in SQLite: the store's part that :class:`RemarkStore` describes."""

from collections.abc import Mapping
from collections.abc import Sequence

from copytaster.store import _rows as rows
from copytaster.store._part import Part
from copytaster.store._remark_port import Margin
from copytaster.store._remark_port import Remark
from copytaster.store._remark_port import RemarkKind
from copytaster.store._statements import sql


class RemarksInSqlite(Part):
    """:class:`RemarkStore` on one engine."""

    def keep(self, remark: Remark) -> None:
        self._engine.refuse_when_tight()  # talk must not take the room that kills need
        said = {
            "story": remark.story,
            "at": rows.micros(remark.at),
            "said_by": remark.by,
            "kind": remark.kind.value,
            "words": remark.words,
            "person": remark.person,
            "content_hash": remark.content_hash,
        }
        with self._engine.writing() as db:
            db.execute(sql("keep_remark"), said)
            if remark.kind is RemarkKind.given:
                given = "give_story_to_nobody" if remark.person is None else "give_story"
                db.execute(sql(given), said)

    def of(self, story: str, limit: int = 200) -> list[Remark]:
        return [_remark(row) for row in self._all("remarks_of", story=story, limit=limit)]

    def margins(self, stories: Sequence[str]) -> Mapping[str, Margin]:
        found = self._all("margins", stories=rows.json(list(stories)))
        return {
            str(id): Margin(person=person, notes=int(notes), asked_by=asked_by)
            for id, person, notes, asked_by in found
        }


def _remark(row: rows.Row) -> Remark:
    story, at, by, kind, words, person, content_hash = row
    return Remark(
        story=story,
        at=rows.instant(at),
        by=by,
        kind=RemarkKind(kind),
        words=words,
        person=person,
        content_hash=content_hash,
    )
