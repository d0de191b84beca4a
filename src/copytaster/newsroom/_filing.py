"""Filing live stories anew, under what is noted of them; and those that were live before this
Copytaster, under topics and places, and for search."""

import logging

import msgspec

from copytaster import press
from copytaster import shelf
from copytaster.newsroom import _facts
from copytaster.newsroom import noting
from copytaster.newsroom._backlog import Backlog
from copytaster.newsroom._made_from import item_of
from copytaster.store import Face
from copytaster.store import Store
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.text import plain

log = logging.getLogger("copytaster.filing")

NOTE = "filing"


def filing(store: Store) -> Backlog:
    """Those of before, for lists and readers' search."""
    return Backlog(store, NOTE, "filed under topics and places, and for search", filed)


def filed(store: Store, story: Story) -> StoryChange | None:
    """The change that files a live story under what is noted beside its newest edition; None for
    what is not live, which is filed when it comes back."""
    edition = store.edition(story.id, story.edition)
    if story.face is not Face.live or edition is None:
        return None
    item = item_of(store, edition)
    if item is None:
        log.warning("story %s is not filed: the item of its edition is gone", story.id)
        return None
    subjects = noting.subjects(edition.notes)
    entry = msgspec.structs.replace(
        press.decode_entry(edition.entry),
        sections=shelf.sections(item, subjects),
        topics=shelf.topics(item, subjects),
        places=shelf.places(item),
    )
    return StoryChange(
        story=msgspec.structs.replace(story, shelves=shelf.of(item, subjects)),
        filing=_facts.filing(entry, plain(item.copy)),
    )
