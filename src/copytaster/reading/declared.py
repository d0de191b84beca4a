"""What agencies themselves say of how two items belong together; it comes before any comparing.

The id of a story (guid) is shared by its versions; ``replaces`` and ``replaced_by`` (ninjs
``replacing`` and ``replacedby``, NewsML-G2 links, NITF ``correction``) name another that one stands
in the place of; a chain (AP's ManagementId, NITF ``du-key``) is what the agency files under one
running story. The first two make versions of one story; items of one chain may say different
things, so a chain alone joins nothing.
"""

from enum import StrEnum

from copytaster.item import Item


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


def joins(link: Link) -> bool:
    """Whether two items so linked are versions of one text without looking at them."""
    return link is not Link.chain


def _stands_for(one: Item, other: Item) -> bool:
    return other.guid in one.replaces or one.replaced_by == other.guid
