"""What an editor had before them when they gave an order: a release approves that and no more.

Between an order and its being carried out the agency may send new words, or a doubt may come up.
An editor has seen neither, so neither is released.
"""

from datetime import datetime

import msgspec

from copytaster.newsroom._pile import Pile
from copytaster.newsroom._ruler import Unresolved

_SHORTEST = 8
"""characters of a content hash that may stand for it"""


class Sight(msgspec.Struct, frozen=True, kw_only=True):
    """The content that was current when the order was given, and the instant."""

    content: str | None
    """None: there are no words"""
    at: datetime
    """nothing that came later was known to whoever gave the order"""


def named(pile: Pile, hash: str, at: datetime) -> Sight:
    """The sight of whoever names the content they saw, whole or by how its hash begins.

    Raises :class:`Unresolved` when no version of the story has it.
    """
    own = {m.item.content_hash for m in pile.messages if m.target is None}
    found = sorted(content for content in own if content.startswith(hash.lower()))
    if len(hash) < _SHORTEST or len(found) != 1:
        raise Unresolved(
            f"no version of story {pile.story.id} has the content {hash!r}; give at least "
            f"{_SHORTEST} characters of it, as `copytaster story {pile.story.id}` shows it"
        )
    return Sight(content=found[0], at=at)


def refuse_other(pile: Pile, current: str | None, seen: Sight) -> None:
    """Raise :class:`Unresolved` when the words are other ones now: releasing them would also
    lift a hold from words that nobody has seen."""
    if current != seen.content:
        raise Unresolved(
            f"the words of story {pile.story.id} are not those that were seen; look at it again "
            f"(`copytaster story {pile.story.id}`), then release it; nothing was released"
        )
