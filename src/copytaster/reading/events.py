"""Which stories may be about one event: by the words that few other stories have.

tf-idf over headline and opening (handbook: reading §3): a word counts by how often a story says it
and how few stories say it at all; two stories are as alike as the cosine of what their words
weigh. A sentence model did no better and costs a hundred times as much. Right in some four of five
cases at best: it is told to people as "possibly related", and joins nothing.

How many stories say a word is asked of whoever keeps them (:class:`Spread`), and so are the
stories to compare with: those that share one of a story's most telling words.
"""

import math
from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import timedelta
from itertools import islice

import msgspec

from copytaster import text

EVENT_SCHEME = "tfidf-200"
SPAN = timedelta(hours=72)
"""how long one event is told of"""
ALIKE = 0.3
"""cosine from which two stories are possibly related"""
_OPENING = 200
"""words of a story that say what happened"""
_SHORTEST = 3
"""letters of a word that tells anything, where words have spaces between them"""
_HEADLINE = 2
"""times that a word of the headline counts"""
_TELLING = 12
"""of a story's words, the rarest: who shares none of them is not compared"""

Terms = Mapping[str, int]
"""the words of a story, and how often it says each; two letters with a blank between them, where
a script writes no spaces"""


class Related(msgspec.Struct, frozen=True, kw_only=True):
    """A story that may be about the same event; never more than that."""

    story: str
    likeness: float
    scheme: str = EVENT_SCHEME


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """How common words are: among so many stories, how many say each. Among a handful nobody knows
    which are rare, and nothing is related."""

    stories: int
    saying: Mapping[str, int]

    def weight(self, term: str) -> float:
        """None of what all say."""
        return max(0.0, math.log((1 + self.stories) / (1 + self.saying.get(term, 0))))


def terms(headline: str, words: str) -> Terms:
    """What a story is compared by: the words of its headline and of its opening."""
    counted = Counter(islice(_terms(words), _OPENING))
    for term in _terms(headline):
        counted[term] += _HEADLINE
    return dict(counted)


def _terms(words: str) -> Iterator[str]:
    """Words that may tell something; letters of scripts without spaces by twos."""
    last = ""
    for word in text.fold(words).split():
        is_letter = len(word) == 1 and text.is_unspaced(word)
        if is_letter and last:
            yield f"{last} {word}"
        elif not is_letter and len(word) >= _SHORTEST:
            yield word
        last = word if is_letter else ""


def telling(one: Terms, spread: Spread) -> list[str]:
    """The rarest words of a story that another says as well: where to look for such a one."""
    shared = (term for term in one if spread.saying.get(term, 0) > 1)
    return sorted(shared, key=lambda term: (spread.saying[term], term))[:_TELLING]


def related(
    one: Terms, others: Mapping[str, Terms], spread: Spread, limit: int = 10
) -> list[Related]:
    """Which of these stories may be about the same event; the likest first."""
    found = (
        Related(story=story, likeness=alike)
        for story, other in others.items()
        if (alike := likeness(one, other, spread)) >= ALIKE
    )
    return sorted(found, key=lambda one: (-one.likeness, one.story))[:limit]


def likeness(one: Terms, other: Terms, spread: Spread) -> float:
    """From 0, no telling word in common, to 1."""
    weights, theirs = _weights(one, spread), _weights(other, spread)
    shared = sum(weight * theirs[term] for term, weight in weights.items() if term in theirs)
    return shared / (_length(weights) * _length(theirs)) if shared > 0 else 0.0


def _weights(told: Terms, spread: Spread) -> dict[str, float]:
    return {term: (1 + math.log(times)) * spread.weight(term) for term, times in told.items()}


def _length(weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight**2 for weight in weights.values()))
