"""Which stories may be about one event: by the words that few other stories have.

tf-idf over headline and opening (handbook: reading §3): a word counts by how often a story says it
and how few of the recent stories say it at all; two stories are as alike as the cosine of what
their words weigh. A sentence model did no better and costs a hundred times as much. Right in some
four of five cases at best: it is told to people as "possibly related", and joins nothing.
"""

import math
from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime
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
_MOST = 10_000
"""stories that are remembered at one time, the last added"""
_TELLING = 12
"""of a story's words, the rarest: who shares none of them is not compared"""
_CROWD = 200
"""stories with one word of which no more are looked at, the newest"""
_COMPARED = 100
"""stories that one is compared with, those that share most of its rarest words"""

Terms = Mapping[str, int]
"""the words of a story, and how often it says each"""


class Related(msgspec.Struct, frozen=True, kw_only=True):
    """A story that may be about the same event; never more than that."""

    story: str
    likeness: float
    scheme: str = EVENT_SCHEME


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    at: datetime
    terms: Terms


def terms(headline: str, words: str) -> Terms:
    """What a story is compared by: the words of its headline and of its opening."""
    counted = Counter(islice(_terms(words), _OPENING))
    for term in _terms(headline):
        counted[term] += _HEADLINE
    return dict(counted)


def _terms(words: str) -> Iterator[str]:
    """Words that may tell something; letters of scripts without spaces by twos."""
    last = ""
    for line in words.split("\n"):
        for word in text.fold(line).split():
            is_letter = len(word) == 1 and text.is_unspaced(word)
            if is_letter and last:
                yield last + word
            elif not is_letter and len(word) >= _SHORTEST:
                yield word
            last = word if is_letter else ""


class Recent:
    """The stories of the last 72 hours by their words: derived, in memory, and made again from
    the store by adding them again. How rare a word is it knows from these stories alone, so that
    among a handful of them nothing is related."""

    def __init__(self) -> None:
        self._told: dict[str, _Told] = {}
        self._saying: dict[str, dict[str, None]] = {}

    def __len__(self) -> int:
        return len(self._told)

    def add(self, story: str, at: datetime, told: Terms) -> None:
        """A story, or a new version in the place of its last one."""
        self.remove(story)
        self._told[story] = _Told(at=at, terms=told)
        for term in told:
            self._saying.setdefault(term, {})[story] = None
        if len(self._told) > _MOST:
            self.remove(next(iter(self._told)))

    def remove(self, story: str) -> None:
        """A story that was killed, held or erased is compared with no more."""
        gone = self._told.pop(story, None)
        for term in gone.terms if gone is not None else ():
            saying = self._saying[term]
            del saying[story]
            if not saying:
                del self._saying[term]

    def forget(self, now: datetime) -> None:
        """Let go of what is older than 72 hours."""
        for story in [story for story, told in self._told.items() if told.at < now - SPAN]:
            self.remove(story)

    def related(self, story: str, limit: int = 10) -> list[Related]:
        """The stories, at most 72 hours apart from this one, that may be about the same event;
        the likest first."""
        one = self._told.get(story)
        if one is None:
            return []
        weights = self._weights(one.terms)
        found = (
            Related(story=other, likeness=likeness)
            for other in self._near(story, one)
            if (likeness := _cosine(weights, self._weights(self._told[other].terms))) >= ALIKE
        )
        return sorted(found, key=lambda r: (-r.likeness, r.story))[:limit]

    def likeness(self, one: Terms, other: Terms) -> float:
        """From 0, no telling word in common, to 1."""
        return _cosine(self._weights(one), self._weights(other))

    def _near(self, story: str, one: _Told) -> Iterator[str]:
        """Those that share most of a story's rarest words that it shares with any."""
        shared_terms = (term for term in one.terms if len(self._saying[term]) > 1)
        rarest = sorted(shared_terms, key=lambda term: (len(self._saying[term]), term))[:_TELLING]
        shared = Counter(o for t in rarest for o in islice(reversed(self._saying[t]), _CROWD))
        del shared[story]
        for other in sorted(shared, key=lambda o: (-shared[o], o))[:_COMPARED]:
            if abs(self._told[other].at - one.at) <= SPAN:
                yield other

    def _weights(self, told: Terms) -> dict[str, float]:
        stories = 1 + len(self._told)
        return {
            term: (1 + math.log(times)) * math.log(stories / (1 + len(self._saying.get(term, ()))))
            for term, times in told.items()
        }


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared = sum(weight * other[term] for term, weight in one.items() if term in other)
    return shared / (_length(one) * _length(other)) if shared > 0 else 0.0


def _length(weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight**2 for weight in weights.values()))
