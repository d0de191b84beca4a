"""Pictures in SQLite: the store's part that :class:`PictureStore` describes."""

from collections.abc import Callable
from collections.abc import Sequence
from datetime import datetime

import apsw

from copytaster.store import _picture_rows as pictures
from copytaster.store import _rows as rows
from copytaster.store._call_port import Call
from copytaster.store._call_sqlite import write_calls
from copytaster.store._engine import Engine
from copytaster.store._part import Part
from copytaster.store._picture_port import Picture
from copytaster.store._picture_port import PictureKill
from copytaster.store._picture_port import StoryPicture
from copytaster.store._statements import sql
from copytaster.store._story_port import Face
from copytaster.store._story_port import StoryChange


class PicturesInSqlite(Part):
    """:class:`PictureStore` on one engine. ``reached`` is told each new sequence."""

    def __init__(self, engine: Engine, reached: Callable[[int | None], int]) -> None:
        super().__init__(engine)
        self._reached = reached

    def keep(self, picture: Picture) -> Picture:
        with self._engine.writing() as db:
            db.execute(sql("keep_picture"), pictures.picture_bindings(picture))
            db.executemany(sql("keep_rendition"), pictures.rendition_bindings(picture))
        return self.get(picture.name) or picture

    def get(self, name: str) -> Picture | None:
        found = self._all("picture", name=name)
        return pictures.picture(found[0]) if found else None

    def of(self, story: str) -> list[StoryPicture]:
        return [pictures.hung(row) for row in self._all("pictures_of", id=story)]

    def shown(self, stories: Sequence[str]) -> dict[str, list[StoryPicture]]:
        found: dict[str, list[StoryPicture]] = {}
        for row in self._all("pictures_shown", stories=rows.json(stories)):
            hung = pictures.hung(row)
            found.setdefault(hung.story, []).append(hung)
        return found

    def is_shown(self, sha256: str) -> bool:
        ((shown,),) = self._all("picture_is_shown", sha256=sha256)
        return bool(shown)

    def named(self, agency: str | None, id: str) -> list[Picture]:
        return [pictures.picture(row) for row in self._all("pictures_named", agency=agency, id=id)]

    def like(self, likeness: int, distance: int) -> list[Picture]:
        near = self._all("pictures_like", likeness=pictures.signed(likeness), distance=distance)
        return [pictures.picture(row) for row in near]

    def beside(self, sha256: str) -> list[StoryPicture]:
        return [pictures.hung(row) for row in self._all("picture_beside", sha256=sha256)]

    def wanted(self, now: datetime, limit: int) -> list[StoryPicture]:
        found = self._all("pictures_wanted", now=rows.micros(now), limit=limit)
        return [pictures.hung(row) for row in found]

    def not_fetched(self, wanted: StoryPicture, error: str, due: datetime | None) -> None:
        self._write(
            "picture_not_fetched",
            story=wanted.story,
            place=wanted.place,
            href=wanted.href,
            error=error,
            due=rows.micros_or_none(due),
        )

    def fetch_again(self, sha256: str, now: datetime) -> None:
        self._write("fetch_picture_again", sha256=sha256, now=rows.micros(now))

    def undeveloped(self, recipe: int, limit: int) -> list[Picture]:
        found = self._all("undeveloped_pictures", recipe=recipe, limit=limit)
        return [pictures.picture(row) for row in found]

    def develop_again(self, sha256: str) -> None:
        self._write("develop_picture_again", sha256=sha256)

    def strike(
        self, kills: Sequence[PictureKill], judged: Sequence[Picture], calls: Sequence[Call] = ()
    ) -> int:
        with self._engine.writing() as db:
            db.executemany(sql("keep_picture_kill"), [pictures.kill_bindings(k) for k in kills])
            db.executemany(sql("judge_picture"), [pictures.picture_bindings(p) for p in judged])
            write_calls(db, calls)
            sequence = db.execute(sql("bump_sequence")).get if judged else None
        return self._reached(sequence)

    def said(self, id: str) -> bool:
        return bool(self._all("picture_kill_said", id=id))

    def struck(self, agency: str, ids: Sequence[str]) -> dict[str, PictureKill]:
        found = self._all("picture_kills_of", agency=agency, ids=rows.json(ids))
        return {kill.picture: kill for kill in map(pictures.kill, found)}

    def owed(self, now: datetime, limit: int) -> list[Picture]:
        found = self._all("pictures_owed", now=rows.micros(now), limit=limit)
        return [pictures.picture(row) for row in found]

    def prove_later(self, picture: Picture, due: datetime | None) -> None:
        bindings = pictures.picture_bindings(picture)
        self._write("prove_picture_later", **{**bindings, "due": rows.micros_or_none(due)})


def write_pictures(db: apsw.Connection, number: int, change: StoryChange) -> None:
    """A commit's part: the pictures beside the story, those that readers see from now on, and
    those that they shall see no more."""
    if change.pictures is not None:
        _rehang(db, number, change, change.pictures)
    story = change.story
    if change.work is not None and story.face is Face.live and story.face_changed is not None:
        at = rows.micros(story.face_changed)
        db.execute(sql("pictures_went_public"), {"story": number, "at": at})


def _rehang(
    db: apsw.Connection, number: int, change: StoryChange, wanted: Sequence[StoryPicture]
) -> None:
    before = [picture for (picture,) in db.execute(sql("pictures_hung"), {"story": number})]
    db.execute(sql("take_down_pictures"), {"story": number})
    hung = [{**pictures.hung_bindings(one), "story": number} for one in wanted]
    db.executemany(sql("hang_picture"), hung)
    if before and change.work is not None:
        since = rows.micros(change.work.since)
        db.execute(sql("pictures_left"), {"before": rows.json(before), "since": since})
