"""Whether two texts are versions of one, and which way: by what each has of the other.

The rule (measured in docs/reference/reading.md): nearly half of one is in the other, and a fifth
of one's first 200 words is in the other. The second part is what keeps background that two stories
share from joining them. Texts of a line or two must be in one another nearly whole: what an agency
fills every alert with is half of it. And where both have figures, some must be the same: what is
written by one form (earthquakes, closings) has the same words each time, and other figures.
"""

from collections import Counter
from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from enum import StrEnum
from typing import Generic
from typing import TypeVar

import msgspec

from copytaster.reading.shingles import FEW
from copytaster.reading.shingles import SCHEME
from copytaster.reading.shingles import Shingles

CONTAINED = 0.45
"""share of one text that is in the other when they are twins"""
HEAD_SHARE = 0.2
"""share of one's first 200 words that is in the other when they are twins"""
SAME_FIGURES = 0.3
"""share of the figures of one text that its twin has: two earthquakes or two closings of one
exchange are told in the same words"""
FIGURES = 3
"""figures of a text that are enough to tell by"""
NEARLY_ALL = 0.9
SHORT = 24
"""shingles of a text that is a line or two, of which nearly all must be in its twin"""
_LIKELY = CONTAINED / 3
"""share of the kept shingles of the shorter that its twin is asked for: a third of what twins have,
because one in eight is kept, and a sample may be a poor one"""
_CROWD = 200
"""texts that share a shingle, of which no more are looked at: it is a house's formula"""

Key = TypeVar("Key", bound=Hashable)


class Way(StrEnum):
    """Which of two texts has the other."""

    same = "same"
    one_is_top = "one-is-top"
    """the other begins with what the one has: the one was cut from the bottom, or the other
    written on"""
    one_is_part = "one-is-part"
    other_is_top = "other-is-top"
    other_is_part = "other-is-part"
    overlap = "overlap"
    apart = "apart"
    """nothing is shared"""


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """What two texts have of each other, as shares of 1."""

    one_in_other: float
    other_in_one: float
    head_of_one: float
    """how much of the first 200 words of the one is in the other"""
    head_of_other: float
    way: Way
    figures: float | None = None
    """share of the figures of the one with fewer that the other has; null where there are too few
    to tell"""
    needed: float
    """containment that makes twins of texts as long as these"""
    scheme: str = SCHEME

    @property
    def is_top(self) -> bool:
        """Whether the longer of the two begins with the shorter."""
        return self.way in (Way.one_is_top, Way.other_is_top)


def compare(one: Shingles, other: Shingles) -> Pair:
    """Over all shingles of both. Raises ValueError for two schemes."""
    if one.scheme != other.scheme:
        raise ValueError(f"shingles of {one.scheme} and {other.scheme} cannot be compared")
    in_other, in_one = _share(one.all, other.all), _share(other.all, one.all)
    return Pair(
        one_in_other=in_other,
        other_in_one=in_one,
        head_of_one=_share(one.head, other.all),
        head_of_other=_share(other.head, one.all),
        way=_way(one, other, in_other, in_one),
        figures=_figures(one, other),
        needed=NEARLY_ALL if min(len(one.all), len(other.all)) < SHORT else CONTAINED,
        scheme=one.scheme,
    )


def is_twin(pair: Pair) -> bool:
    """Whether the two are versions of one text."""
    if pair.figures is not None and pair.figures < SAME_FIGURES:
        return False
    contained = max(pair.one_in_other, pair.other_in_one)
    return contained >= pair.needed and max(pair.head_of_one, pair.head_of_other) >= HEAD_SHARE


def _figures(one: Shingles, other: Shingles) -> float | None:
    shares = [
        len(mine & theirs) / len(mine)
        for mine, theirs in ((one.figures, other.figures), (other.figures, one.figures))
        if len(mine) >= FIGURES
    ]
    return max(shares) if len(shares) == 2 else None


def _share(part: frozenset[int], whole: frozenset[int]) -> float:
    return len(part & whole) / len(part) if part else 0.0


def _way(one: Shingles, other: Shingles, in_other: float, in_one: float) -> Way:
    part, whole = (one, other) if in_other >= NEARLY_ALL else (other, one)
    return way(in_other, in_one, is_top=_is_top(part, whole))


def way(one_in_other: float, other_in_one: float, *, is_top: bool) -> Way:
    """Which of two texts has the other, by what each has of the other; ``is_top``: the longer
    begins with the shorter."""
    if one_in_other >= NEARLY_ALL and other_in_one >= NEARLY_ALL:
        return Way.same
    if one_in_other >= NEARLY_ALL:
        return Way.one_is_top if is_top else Way.one_is_part
    if other_in_one >= NEARLY_ALL:
        return Way.other_is_top if is_top else Way.other_is_part
    return Way.overlap if one_in_other else Way.apart


def _is_top(part: Shingles, whole: Shingles) -> bool:
    """Whether the whole begins with the part."""
    return _share(frozenset(whole.line[: len(part.line)]), part.all) >= CONTAINED


# --- among many ----------------------------------------------------------------------------------


def least_shared(one: Shingles) -> int:
    """How many kept shingles another text must share to be worth comparing."""
    return 1 if len(one.all) < FEW * FEW else 2


def is_likely(one: Shingles, shared: int, of: int) -> bool:
    """Whether a text of which ``of`` shingles are kept, ``shared`` of them sought by this one, may
    be its twin: less than that is a phrase of the trade in both."""
    return shared >= max(least_shared(one), _LIKELY * min(len(one.kept), of))


class Near(Generic[Key]):
    """Texts at hand, found by the shingles that they share."""

    def __init__(self) -> None:
        self._texts: dict[Key, Shingles] = {}
        self._kept: dict[int, dict[Key, None]] = {}
        self._sought: dict[int, dict[Key, None]] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def get(self, key: Key) -> Shingles | None:
        """The text of this key, where it is at hand."""
        return self._texts.get(key)

    def add(self, key: Key, text: Shingles) -> None:
        """Have a text at hand, in place of the one that its key has."""
        self.drop(key)
        self._texts[key] = text
        for index, shingles in ((self._kept, text.kept), (self._sought, text.sought)):
            for shingle in shingles:
                index.setdefault(shingle, {})[key] = None

    def drop(self, key: Key) -> None:
        """Let go of a text, where it is at hand."""
        text = self._texts.pop(key, None)
        if text is None:
            return
        for index, shingles in ((self._kept, text.kept), (self._sought, text.sought)):
            for shingle in shingles:
                del index[shingle][key]
                if not index[shingle]:
                    del index[shingle]

    def worth_comparing(self, one: Shingles) -> list[Key]:
        """Those that find this one, or that it finds, by the shingles that are kept; in the order
        in which they were added."""
        found = _shared(one.sought, self._kept)
        finding = _shared(one.kept, self._sought)
        return [
            key
            for key, other in self._texts.items()
            if is_likely(one, found[key], len(other.kept))
            or is_likely(other, finding[key], len(one.kept))
        ]


def _shared(shingles: Iterable[int], index: Mapping[int, Iterable[Key]]) -> Counter[Key]:
    return Counter(key for one in shingles for key in index.get(one, ()))


def pairs(texts: Mapping[Key, Shingles]) -> Iterator[tuple[Key, Key, Pair]]:
    """The pairs among these that are worth comparing, compared; each once, in their order."""
    index: dict[int, list[Key]] = {}
    for key, one in texts.items():
        for shingle in one.kept:
            index.setdefault(shingle, []).append(key)
    place = {key: number for number, key in enumerate(texts)}
    done: set[tuple[Key, Key]] = set()
    for key, one in texts.items():
        shared = Counter(o for s in one.sought for o in index.get(s, ())[:_CROWD] if o != key)
        for other in (other for other, n in shared.items() if n >= least_shared(one)):
            pair = (key, other) if place[key] < place[other] else (other, key)
            if pair not in done:
                done.add(pair)
                yield *pair, compare(texts[pair[0]], texts[pair[1]])


def groups(linked: Iterable[tuple[Key, Key]]) -> list[list[Key]]:
    """What is connected, directly or through others; in the order in which it is named."""
    root: dict[Key, Key] = {}

    def top(key: Key) -> Key:
        root.setdefault(key, key)
        while root[key] != key:
            root[key] = key = root[root[key]]
        return key

    for one, other in linked:
        root[top(other)] = top(one)
    found: dict[Key, list[Key]] = {}
    for key in root:
        found.setdefault(top(key), []).append(key)
    return list(found.values())
