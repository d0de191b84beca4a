"""The words of a text and where they stand, found once."""

import re
from bisect import bisect_left
from typing import Final

import msgspec

WORD: Final = r"[\w\u0900-\u0963\u0970-\u097f]"
"""a letter, digit or sign of a word; the vowel signs of Devanagari are none of Python's ``\\w``"""
_TOKEN = re.compile(rf"(?:[DdLl]|[Qq]u)['’](?={WORD})|{WORD}(?:{WORD}|[.'’\-&](?={WORD}))*\.?")


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word and where it stands."""

    text: str
    start: int
    end: int
    lower: str
    """in small letters, without the full stop of an abbreviation"""
    is_capital: bool


def tokens(text: str) -> list[Token]:
    """All words of a text, in their order."""
    return [_token(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(text)]


def _token(word: str, start: int, end: int) -> Token:
    return Token(word, start, end, word.lower().rstrip("."), word[0].isupper())


class Ground(str):
    """A text that knows its words. Everything else is done with it as with any text."""

    __slots__ = ("_starts", "_words")

    _words: list[Token]
    _starts: list[int]

    def __new__(cls, text: str) -> "Ground":
        """The same text, its words looked up."""
        self = super().__new__(cls, text)
        self._words = tokens(text)
        self._starts = [token.start for token in self._words]
        return self

    def words(self, start: int, end: int) -> list[Token]:
        """The words that stand between two places, whole."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        found = self._words[first:last]
        if found and found[-1].end > end:
            cut = found.pop()
            if cut.end == end + 1 and cut.text[-1] == ".":  # that of the sentence, it turns out
                found.append(_token(cut.text[:-1], cut.start, end))
        return found
