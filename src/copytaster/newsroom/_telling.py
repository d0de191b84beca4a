"""Stories from before the desk could search: told to its index by what they say now."""

from collections.abc import Sequence

from copytaster.newsroom._backlog import Backlog
from copytaster.newsroom._made_from import with_contents
from copytaster.store import Store
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.story import Message

NOTE = "telling"


def telling(store: Store) -> Backlog:
    """For the desk's search."""
    return Backlog(store, NOTE, "found by the desk's search", _told)


def _told(store: Store, story: Story) -> StoryChange | None:
    """What said something new since is told already."""
    if story.drill or store.told.of(story.id) is not None:
        return None
    current = _meant(store, story, store.history_of(story.id).messages)
    return StoryChange(story=story, current=current) if current else None


def _meant(store: Store, story: Story, messages: Sequence[Message]) -> tuple[Message, ...]:
    """What its newest edition was made from; of a story that never had one, what came last."""
    edition = store.edition(story.id, story.edition) if story.edition else None
    if edition is not None:
        made_from = with_contents(messages, (edition.content_hash, *edition.parts))
        if made_from:
            return made_from
    versions = [message for message in messages if message.target is None]
    return tuple((versions or list(messages))[-1:])
