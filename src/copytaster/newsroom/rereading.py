"""Everything that is kept, read anew: by a newer reader, or under a newer mapping of subjects."""

from collections.abc import Callable

import msgspec

from copytaster.newsroom import noting
from copytaster.newsroom._filing import filed
from copytaster.newsroom.desk import Desk
from copytaster.store import Story

_NEWEST = 2**62
"""above every story's number"""


class Reread(msgspec.Struct, frozen=True, kw_only=True):
    """What one rereading came to, in editions; ``pages`` and ``filed`` in stories."""

    read: int = 0
    changed: int = 0
    pages: int = 0
    filed: int = 0
    """that stand on other shelves now"""
    failed: tuple[str, ...] = ()
    """stories that could not be read or made anew, and why"""


def reread(desk: Desk, begun: Callable[[int, int], None], step: Callable[[int], None]) -> Reread:
    """Read every edition again, file live stories under what is noted now, and have their pages
    made anew where the notes are other ones. ``begun`` is told how many stories there are,
    ``step`` of each."""
    done = Reread()
    newest = desk.store.story_before(_NEWEST)
    begun(0, newest.number if newest is not None else 0)
    story = newest
    while story is not None:
        done = _together(done, _reread(desk, story))
        number = story.number
        story = desk.store.story_before(number)
        step(number - (story.number if story is not None else 0))
    return done


def _reread(desk: Desk, story: Story) -> Reread:
    done = Reread()
    try:
        for edition in desk.store.editions(story.id):
            notes = msgspec.msgpack.encode(noting.noted(desk.house, desk.store, edition))
            if notes != edition.notes:
                desk.store.note(story.id, edition.number, notes)
            done = _together(done, Reread(read=1, changed=int(notes != edition.notes)))
        return _together(done, _made_right(desk, story, is_noted_anew=done.changed > 0))
    except LookupError as error:
        return msgspec.structs.replace(done, failed=(str(error),))


def _made_right(desk: Desk, story: Story, *, is_noted_anew: bool) -> Reread:
    """The shelves and the page of a live story follow what is noted, also where an earlier
    rereading was cut off between the two."""
    change = filed(desk.store, story)
    if change is None:
        return Reread()
    is_moved = change.story.shelves != story.shelves
    if not is_moved and not is_noted_anew:
        return Reread()
    desk.store.commit([change])
    desk.pressroom.remake(story.id)
    return Reread(pages=1, filed=int(is_moved))


def _together(one: Reread, other: Reread) -> Reread:
    return Reread(
        read=one.read + other.read,
        changed=one.changed + other.changed,
        pages=one.pages + other.pages,
        filed=one.filed + other.filed,
        failed=(*one.failed, *other.failed),
    )
