"""Keeping the desk's search in step: what a story says and what it is, in the same transaction."""

from collections.abc import Sequence

import apsw

from copytaster.store import _rows as rows
from copytaster.store import _told_rows as told_rows
from copytaster.store._statements import sql
from copytaster.store._story_port import Story
from copytaster.store._story_port import StoryChange
from copytaster.store._told_port import Told
from copytaster.store._told_port import facts_of
from copytaster.story import Message


def words_of(change: StoryChange) -> rows.Bindings | None:
    """What the index shall be told, where a new message makes that likely: folding takes longer
    than writing, and is better done outside the lock."""
    if not change.current or not change.messages or change.story.drill:
        return None
    return told_rows.words(facts_of(change.story, change.current))


def tell(
    db: apsw.Connection, number: int, change: StoryChange, words: rows.Bindings | None
) -> None:
    """After the story and its messages are written: a drill is never found."""
    story = change.story
    if story.drill:
        return
    known = db.execute(sql("told"), {"story": number}).fetchone()
    messages = change.current or (_own(change) if known is None else ())
    if messages:
        numbers = rows.json(_numbers(db, number, messages))
    elif known is not None:
        numbers = known[2]
    else:
        return
    if known is not None and (numbers, _standing(story)) == known[2:]:
        return
    _tell(db, number, story, numbers, messages or _messages(db, numbers), words, known)


def tell_again(db: apsw.Connection, number: int) -> None:
    """After its messages, or its record, became others without a commit."""
    row = db.execute(sql("told_by_number"), {"story": number}).fetchone()
    if row is None:
        return
    known = db.execute(sql("told"), {"story": number}).fetchone()
    now = told(db, row)
    _tell(db, number, now.story, row[1], now.messages, None, known)


def told(db: apsw.Connection, row: rows.Row) -> Told:
    """A place, the numbers of messages, and a row of ``story_records``."""
    place, numbers = row[:2]
    return Told(story=rows.story(row[2:]), messages=_messages(db, numbers), place=place)


def _messages(db: apsw.Connection, numbers: str) -> tuple[Message, ...]:
    found = db.execute(sql("told_messages"), {"messages": numbers})
    return tuple(rows.message(row) for row in found)


def _standing(story: Story) -> str:
    """What the index has of the record."""
    return " ".join((story.state.value, *story.sections))


def _own(change: StoryChange) -> tuple[Message, ...]:
    """Of a story nobody says the version of: all of them; of one without any, the notices."""
    versions = tuple(message for message in change.messages if message.target is None)
    return versions or change.messages


def _numbers(db: apsw.Connection, story: int, messages: Sequence[Message]) -> list[int]:
    """Each once, by the first that said it: it came when it was first said."""
    contents = dict.fromkeys(message.item.content_hash for message in messages)
    found = [
        db.execute(sql("told_message"), {"story": story, "content_hash": content}).get
        for content in contents
    ]
    if None in found:
        raise ValueError(f"what story {messages[0].item.guid} says now was never kept")
    return found


def _tell(
    db: apsw.Connection,
    number: int,
    story: Story,
    numbers: str,
    messages: Sequence[Message],
    words: rows.Bindings | None,
    known: rows.Row | None,
) -> None:
    at = int(db.execute(sql("told_came"), {"messages": numbers}).get)
    if known is not None:
        db.execute(sql("untell"), {"place": known[0]})
    place = known[0] if known is not None and known[1] == at else _new_place(db, at)
    kept = {"story": number, "came": at, "messages": numbers, "standing": _standing(story)}
    db.execute(sql("keep_told"), kept | {"place": place})
    words = words or told_rows.words(facts_of(story, messages))
    db.execute(sql("tell"), words | {"place": place})


def _new_place(db: apsw.Connection, at: int) -> int:
    base = told_rows.first_place(at)
    place = int(db.execute(sql("told_next"), {"base": base}).get)
    if place < base + told_rows.PLACES:
        return place
    return int(db.execute(sql("told_free"), {"base": base}).get)


_DUMMY = -(2**62)
"""a place that no instant has"""


def write_told_anew(db: apsw.Connection) -> None:
    """Merge all of the index: what was deleted from it is gone only then. An index of one piece
    has nothing to merge, so it is given a second."""
    nothing = dict.fromkeys(("headline", "seen", "slug", "byline", "names", "subjects"), "")
    db.execute(sql("tell"), nothing | {"marks": "x", "place": _DUMMY})
    db.execute("INSERT INTO told_words (told_words) VALUES ('optimize')")
    db.execute(sql("untell"), {"place": _DUMMY})
