"""One commit: what every change does to its story, inside the caller's transaction."""

from collections.abc import Sequence
from enum import IntEnum

import apsw
import msgspec

from copytaster.store import _press_rows as press_rows
from copytaster.store import _rows as rows
from copytaster.store._call_port import Call
from copytaster.store._call_sqlite import write_calls
from copytaster.store._delivery_port import FateState
from copytaster.store._delivery_port import Taken
from copytaster.store._erasure_rows import ERASURE_KEY
from copytaster.store._erasure_rows import guid_token
from copytaster.store._errors import Moved
from copytaster.store._figure_sqlite import write_counts
from copytaster.store._log_sqlite import write_leaves
from copytaster.store._name_port import Seeking
from copytaster.store._pictures import write_pictures
from copytaster.store._search_rows import filing_bindings
from copytaster.store._search_write import file_for_search
from copytaster.store._statements import sql
from copytaster.store._story_port import EventKind
from copytaster.store._story_port import Face
from copytaster.store._story_port import Story
from copytaster.store._story_port import StoryChange
from copytaster.store._told_write import tell
from copytaster.store._told_write import words_of
from copytaster.store._twin_sqlite import write_twins
from copytaster.store._wire_sqlite import write_wire


class Difference(IntEnum):
    """What readers may see of a commit; errs on the side of more."""

    none = 0
    added = 1
    """stories that were never seen before, and nothing else"""
    amended = 2
    """something that they saw is other than it was, or gone"""


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """A change with its bindings made, outside the lock: encoding takes longer than writing."""

    change: StoryChange
    story: rows.Bindings
    messages: tuple[rows.Bindings, ...]
    edition: rows.Bindings | None
    filing: rows.Bindings | None
    words: rows.Bindings | None


def prepared(change: StoryChange) -> Prepared:
    """Raises ValueError when a part of the change belongs to another story."""
    _refuse_other_stories(change)
    return Prepared(
        change=change,
        story=rows.story_bindings(change.story),
        messages=tuple(rows.message_bindings(message) for message in change.messages),
        edition=rows.edition_bindings(change.edition) if change.edition else None,
        filing=filing_bindings(change.filing, change.story) if change.filing else None,
        words=words_of(change),
    )


def _refuse_other_stories(change: StoryChange) -> None:
    named = {event.story for event in change.events} | {leaf.story for leaf in change.leaves}
    parts = (change.edition, change.work, change.judged, change.filing)
    named |= {part.story for part in parts if part is not None}
    named |= {twin.story for twin in change.twins or ()}
    named |= {link.story for link in change.links}
    named |= {picture.story for picture in change.pictures or ()}
    others = named - {change.story.id}
    if others:
        raise ValueError(f"the change of story {change.story.id} names {', '.join(others)}")


def write(
    db: apsw.Connection,
    changes: Sequence[Prepared],
    taken: Sequence[Taken],
    calls: Sequence[Call],
) -> Difference:
    """Write it all; what readers may see of it.

    Raises :class:`Moved`, after looking at every change, when any revision is not the one read.
    """
    moved: list[str] = []
    difference = Difference.none
    were_live: dict[str, bool] = {}
    for change in changes:
        known = _known(db, change.story)
        number = _write_story(db, change.story, known)
        if number is None:
            moved.append(change.change.story.id)
            continue
        _write_parts(db, number, change)
        were_live[change.change.story.id] = was_live = _was_live(known)
        file_for_search(db, number, change.change, change.filing, was_live=was_live)
        tell(db, number, change.change, change.words)
        difference = max(difference, _difference(change, known))
    if moved:
        raise Moved(moved)
    for change in changes:
        _link(db, change.change)
        write_twins(db, change.change, was_live=were_live[change.change.story.id])
    for one in taken:
        _take(db, one)
    write_calls(db, calls)
    return difference


def _known(db: apsw.Connection, story: rows.Bindings) -> rows.Row | None:
    row: rows.Row | None = db.execute(sql("known_story"), story).fetchone()
    return row


def _was_live(known: rows.Row | None) -> bool:
    return known is not None and known[2] == Face.live.value


def _write_story(db: apsw.Connection, story: rows.Bindings, known: rows.Row | None) -> int | None:
    """The story's number; None when it is not as it was read."""
    if known is None:
        if story["revision"] != 0 or _was_erased(db, story):
            return None
        db.execute(sql("new_story"), story)
        return db.last_insert_rowid() if db.changes() else None
    number, revision = known[:2]
    if revision != story["revision"]:
        return None
    db.execute(sql("change_story"), story)
    return int(number)


def _was_erased(db: apsw.Connection, story: rows.Bindings) -> bool:
    """Whether another story had this guid, of which nothing is kept."""
    key = db.execute(sql("setting"), {"key": ERASURE_KEY}).get
    if key is None:
        return False
    named = {"agency": story["agency"], "guid": story["guid"]}
    token = guid_token(key, **named)
    return db.execute(sql("story_by_guid"), {**named, "erased": token}).fetchone() is not None


def _write_parts(db: apsw.Connection, number: int, prepared: Prepared) -> None:
    change = prepared.change
    for message in prepared.messages:
        db.execute(sql("keep_message"), {**message, "story": number})
    for decision in change.decisions:
        db.execute(sql("keep_decision"), {**rows.decision_bindings(decision), "story": number})
    if prepared.edition is not None:
        _write_edition(db, {**prepared.edition, "story": number}, change.story)
    for event in change.events:
        db.execute(sql("keep_event"), {**rows.event_bindings(event), "story": number})
    write_leaves(db, number, change.leaves)
    if change.judged is not None:
        db.execute(sql("keep_verdict"), {**rows.judged_bindings(change.judged), "story": number})
    if change.work is not None:
        db.execute(sql("owe_work"), {**press_rows.work_bindings(change.work), "story": number})
    for name in change.names:
        db.execute(sql("keep_name"), {**rows.name_bindings(name), "story": number})
    for seeking in change.seeking:
        _write_seeking(db, number, seeking)
    write_pictures(db, number, change)
    write_wire(db, number, change)


def _write_seeking(db: apsw.Connection, number: int, seeking: Seeking) -> None:
    kept = {"story": number, "content_hash": seeking.content_hash}
    notice = db.execute(sql("keep_notice"), kept).get
    for sought in seeking.sought:
        db.execute(sql("keep_notice_name"), {**rows.sought_bindings(sought), "notice": notice})


def _link(db: apsw.Connection, change: StoryChange) -> None:
    """After every story is written: what wakes one is not undone by its own record."""
    for link in change.links:
        db.execute(sql("keep_link"), rows.link_bindings(link))
        if db.changes():
            db.execute(sql("wake_chain"), {"agency": change.story.agency, "chain": link.chain})


def _write_edition(db: apsw.Connection, edition: rows.Bindings, story: Story) -> None:
    db.execute(sql("keep_edition"), edition)
    if not db.changes():
        raise ValueError(
            f"story {story.id}: edition {edition['number']} was public with other content"
        )


def _difference(prepared: Prepared, known: rows.Row | None) -> Difference:
    change, story = prepared.change, prepared.story
    was_unseen = known is None or known[2] == Face.none.value
    if was_unseen and all(event.kind is EventKind.published for event in change.events):
        is_seen = change.events or change.edition or change.story.face is not Face.none
        return Difference.added if is_seen else Difference.none
    if change.events or change.edition is not None or change.twins is not None or known is None:
        return Difference.amended
    facts = ("face", "face_changed", "first_public", "edition", "language", "shelves")
    is_same = known[2:] == tuple(story[fact] for fact in facts)
    return Difference.none if is_same else Difference.amended


def _take(db: apsw.Connection, taken: Taken) -> None:
    state = FateState.taken if taken.error is None else FateState.dead
    db.execute(
        sql("take_delivery"),
        {
            "id": taken.delivery,
            "state": state.value,
            "stories": rows.json(taken.stories),
            "aside": rows.json(taken.aside),
            "error": taken.error,
        },
    )
    if not db.changes():
        raise ValueError(f"no delivery {taken.delivery} was kept, so it cannot be taken")
    write_counts(db, taken)
