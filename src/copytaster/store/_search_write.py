"""Keeping readers' search in step: what leaves the public leaves the index in one transaction."""

import apsw

from copytaster.store import _rows as rows
from copytaster.store._search_rows import first_place
from copytaster.store._search_rows import kept_words
from copytaster.store._statements import sql
from copytaster.store._story_port import Face
from copytaster.store._story_port import Story
from copytaster.store._story_port import StoryChange


def file_for_search(
    db: apsw.Connection,
    number: int,
    change: StoryChange,
    filing: rows.Bindings | None,
    *,
    was_live: bool,
) -> None:
    """After the story and its edition are written: a drill is never found."""
    story = change.story
    is_live = story.face is Face.live and not story.drill
    if is_live and filing is not None:
        _put_in(db, number, story, filing)
    elif not is_live and was_live:
        take_out_of_search(db, number)


def _put_in(db: apsw.Connection, number: int, story: Story, filing: rows.Bindings) -> None:
    edition = {"story": number, "number": story.edition, "entry_z": filing["entry_z"]}
    db.execute(sql("keep_entry"), edition)
    place = take_out_of_search(db, number)
    if place is None:
        place = _new_place(db, story)
    words = {**filing, "place": place, "story": number}
    db.execute(sql("put_in_search"), words)
    db.execute(sql("keep_findable"), words)


def take_out_of_search(db: apsw.Connection, number: int) -> int | None:
    """The story's place, which it keeps; None for one that was never found."""
    row = db.execute(sql("findable"), {"story": number}).fetchone()
    if row is None:
        return None
    place, words = row
    if words is not None:
        db.execute(sql("take_out_of_search"), kept_words(words) | {"place": place})
        emptied = {"place": place, "story": number, "words_z": None}
        db.execute(sql("keep_findable"), emptied)
    return int(place)


def _new_place(db: apsw.Connection, story: Story) -> int:
    if story.first_public is None:
        raise ValueError(f"story {story.id} is live and was never public")
    base = first_place(story.first_public)
    place = int(db.execute(sql("findable_next"), {"base": base}).get)
    if place < base + 1024:
        return place
    return int(db.execute(sql("findable_free"), {"base": base}).get)
