"""What a story is made from: one message of the agency, or several put together."""

from collections.abc import Sequence
from typing import Any

from copytaster.item import Item
from copytaster.store import Edition
from copytaster.store import Store
from copytaster.store import Story
from copytaster.story import Message
from copytaster.story import State
from copytaster.verdict import Verdict
from copytaster.verdict import parts


def items_of(store: Store, edition: Edition) -> tuple[Item, ...]:
    """The item of an edition and the parts joined to it, in order; none where one is not kept."""
    contents = (edition.content_hash, *edition.parts)
    found = [store.item_of(edition.story, content) for content in contents]
    kept = tuple(message.item for message in found if message is not None)
    return kept if len(kept) == len(contents) else ()


def item_of(store: Store, edition: Edition) -> Item | None:
    """The same put together, as the page shows it."""
    items = items_of(store, edition)
    return parts.put_together(items) if items else None


def said_now(messages: Sequence[Message], ruled: Verdict) -> tuple[Message, ...]:
    """What the desk finds the story by from now on; none: what it did. So is a story that is
    killed, because the agency's own kill may have no word of it."""
    if ruled.current is None or ruled.state is State.killed:
        return ()
    return with_contents(messages, ruled.parts or (ruled.current.content_hash,))


def with_contents(messages: Sequence[Message], contents: Sequence[str]) -> tuple[Message, ...]:
    """The messages of these contents, in their order: each as it was first said, and as a version
    of the story where it also was a notice."""
    first: dict[str, Message] = {}
    for message in sorted(messages, key=lambda one: one.target is not None):
        first.setdefault(message.item.content_hash, message)
    return tuple(first[content] for content in contents if content in first)


def told_parts(store: Store, story: Story, messages: Sequence[Message]) -> list[dict[str, Any]]:
    """The further parts of a story as shells see them, and which are read in it now."""
    newest = store.edition(story.id, story.edition)
    joined = newest.parts if newest is not None else ()
    return [
        {
            "guid": message.item.guid,
            "version": message.item.version,
            "headline": message.item.headline,
            "received": message.arrival.received.isoformat(),
            "delivery": message.arrival.delivery,
            "joined": message.item.content_hash in joined,
        }
        for message, target in parts.laid(messages)
        if parts.is_itself(message, target) and message.item.guid != story.guid
    ]
