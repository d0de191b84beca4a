"""Whether another agency's story rests on one that was killed.

Agencies quote each other: when one kills a story, the other's that cites it usually follows, hours
later (AP and Reuters, 15 and 16 November 2022; handbook: agencies §3, case 4). Such a story is
not touched, since a notice binds its own agency's stories; a person is told of it.
"""

import re
from collections.abc import Iterable
from collections.abc import Sequence

from copytaster import text
from copytaster.item import Item

_LEAST_LETTERS = 5
"""of a word by which two texts may be of one event; shorter ones are in every text"""
_LEAST_SHARED = 4
_OPENING = 6
"""blocks of a story in which it says what it is about and whom it cites"""
_WORD = re.compile(r"\w+")


def leans_on(item: Item, killed: Sequence[Item], names: Iterable[str]) -> bool:
    """Whether a story cites the agency that killed these, and is about the same thing.

    ``names`` are what others call that agency. Read are the headline and the opening.
    """
    opening = _opening(item)
    if not _cites(opening, names):
        return False
    about = _telling(opening)
    return any(len(about & _telling(_opening(one))) >= _LEAST_SHARED for one in killed)


def _opening(item: Item) -> str:
    headlines = [headline.value for headline in item.headlines]
    return "\n".join((*headlines, *map(text.block_text, item.copy.blocks[:_OPENING])))


def _cites(opening: str, names: Iterable[str]) -> bool:
    """As the agency writes itself: ``AP`` is an agency, ``ap`` may be anything."""
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", opening) for name in names if name)


def _telling(opening: str) -> frozenset[str]:
    return frozenset(
        word.casefold() for word in _WORD.findall(opening) if len(word) >= _LEAST_LETTERS
    )
