"""Where phrases stand in a text as it is written, by the fold that found them."""

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from functools import lru_cache

from copytaster.text._fold import fold
from copytaster.text._fold import folded_letter

Span = tuple[int, int]
Token = tuple[str, int, int]
"""a folded word, and where it begins and ends in the text"""

_STRETCH = re.compile(r"\S+")


def occurrences(text: str, phrases: Iterable[str]) -> list[Span]:
    """Where any of the phrases stands, in order; what overlaps or touches is one."""
    sought: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        words = fold(phrase).split()
        if words:
            sought.setdefault(words[0], []).append(words)
    return _merged(_found(folded_words(text), sought))


def _found(words: Sequence[Token], sought: dict[str, list[list[str]]]) -> Iterator[Span]:
    for at, (word, begin, _) in enumerate(words):
        for phrase in sought.get(word, ()):
            stretch = words[at : at + len(phrase)]
            if [told for told, _, _ in stretch] == phrase:
                yield begin, stretch[-1][2]


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for begin, end in spans:
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def folded_words(text: str) -> list[Token]:
    """The words of ``fold(text)``, each with its place in the text."""
    return [
        (word, stretch.start() + begin, stretch.start() + end)
        for stretch in _STRETCH.finditer(text)
        for word, begin, end in _in_stretch(stretch[0])
    ]


@lru_cache(maxsize=16384)
def _in_stretch(stretch: str) -> tuple[Token, ...]:
    """The words between two blanks: mostly one. A mark that is folded away belongs to the
    letter before it."""
    found: list[Token] = []
    word, begin, end = "", 0, 0
    for at, character in enumerate(stretch):
        folded = folded_letter(character)
        for blanks, part in enumerate(folded.split(" ")):
            if blanks and word:
                found.append((word, begin, end))
                word = ""
            if part:
                begin, end = (begin if word else at), at + 1
                word += part
        if not folded and word:
            end = at + 1
    return (*found, (word, begin, end)) if word else tuple(found)
