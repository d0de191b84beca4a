"""Whether another agency's story rests on one that was killed.

Agencies quote each other: when one kills a story, the other's that cites it usually follows, hours
later (AP and Reuters, 15 and 16 November 2022; handbook: agencies §3, case 4). Such a story is
not touched, since a notice binds its own agency's stories; a person is told of it.
"""

import re
from collections import Counter
from collections.abc import Iterable

from copytaster import text
from copytaster.item import Item

_LEAST_LETTERS = 5
"""of a word by which two texts may be of one event; shorter ones are in every text"""
_LEAST_SHARED = 4
_OPENING = 6
"""blocks of a story in which it says what it is about and whom it cites"""
_WORD = re.compile(r"\w+")


class Ground:
    """What killed stories of one agency were about: stories of others may rest on it.

    ``names`` are what others call that agency. Read are headlines and openings. The stories are
    kept by their telling words, so that ten thousand are compared with in a few milliseconds.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)
        self._stories: list[str] = []
        self._by_word: dict[str, list[int]] = {}

    def add(self, story: str, items: Iterable[Item]) -> None:
        """One more story that was killed, with all its versions."""
        for item in items:
            for word in _telling(_opening(item)):
                self._by_word.setdefault(word, []).append(len(self._stories))
            self._stories.append(story)

    def under(self, item: Item) -> str | None:
        """The killed story that an item cites the agency about; None where there is none."""
        opening = _opening(item)
        if not _cites(opening, self._names):
            return None
        shared: Counter[int] = Counter()
        for word in sorted(_telling(opening)):
            shared.update(self._by_word.get(word, ()))
        likest = min(shared, key=lambda one: (-shared[one], one), default=None)
        if likest is None or shared[likest] < _LEAST_SHARED:
            return None
        return self._stories[likest]


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
