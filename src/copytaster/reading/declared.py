"""What agencies themselves say of how two items belong together; it comes before any comparing.

The id of a story (guid) is shared by its versions; ``replaces`` and ``replaced_by`` (ninjs
``replacing`` and ``replacedby``, NewsML-G2 links, NITF ``correction``) name another that one stands
in the place of; a chain (AP's ManagementId, NITF ``du-key``) is what the agency files under one
running story. The first two make versions of one story; items of one chain may say different
things, so a chain alone joins nothing.
"""

from collections.abc import Hashable
from collections.abc import Iterator
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from copytaster.item import Item

Key = TypeVar("Key", bound=Hashable)


class Link(StrEnum):
    """What an agency declares of two of its items."""

    version = "version"
    """two versions of one story"""
    replacement = "replacement"
    """one stands in the place of the other"""
    chain = "chain"
    """both belong to one running story"""


def declared(one: Item, other: Item) -> Link | None:
    """The closest link that either of two items declares; None where they are of two agencies,
    whose ids say nothing of each other."""
    if one.provider != other.provider:
        return None
    if one.guid == other.guid:
        return Link.version
    if _stands_for(one, other) or _stands_for(other, one):
        return Link.replacement
    if one.story_chain_id is not None and one.story_chain_id == other.story_chain_id:
        return Link.chain
    return None


def links(items: Mapping[Key, Item]) -> Iterator[tuple[Key, Key, Link]]:
    """The declared links among these, each item with the one before it that goes by the same id or
    chain: enough to know what is connected, however many there are."""
    last: dict[tuple[str, ...], Key] = {}
    for key, item in items.items():
        found: dict[Key, None] = {}
        for name in _names(item):
            if name in last:
                found[last[name]] = None
            last[name] = key
        for other in found:
            link = declared(items[other], item)
            if link is not None:
                yield other, key, link


def joins(link: Link) -> bool:
    """Whether two items so linked are versions of one text without looking at them."""
    return link is not Link.chain


def _names(item: Item) -> Iterator[tuple[str, ...]]:
    ids = (item.guid, *item.replaces, item.replaced_by)
    for id in dict.fromkeys(filter(None, ids)):
        yield "id", item.provider, id
    if item.story_chain_id is not None:
        yield "chain", item.provider, item.story_chain_id


def _stands_for(one: Item, other: Item) -> bool:
    return other.guid in one.replaces or one.replaced_by == other.guid
