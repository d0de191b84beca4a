"""What an edition was made from: one message of the agency, or several put together."""

from collections.abc import Sequence
from typing import Any

from copytaster.item import Item
from copytaster.store import Edition
from copytaster.store import Store
from copytaster.store import Story
from copytaster.story import Message
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
