"""Words made comparable: without case, accents, punctuation or invisible characters.

Unicode's compatibility decomposition (NFKD, UAX #15) and full case folding, character by
character. Marks that only dress a letter go (Latin and Greek accents, Hebrew points, Arabic
vowels); marks that make another word stay (the vowel signs of Devanagari or Thai). Scripts
that write no spaces between words are compared letter by letter, so that a name is found
wherever it stands.
"""

import re
import unicodedata
from functools import lru_cache

_DRESSING = frozenset({1, *range(10, 37), *range(200, 241)})
"""canonical combining classes of accents, points and vowel marks (Unicode 4.3)"""
_UNDECOMPOSED = {
    "ø": "o", "œ": "oe", "æ": "ae", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h",
}  # fmt: skip
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x31F0, 0x31FF),
    (0x3400, 0x9FFF),  # Han
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


def is_unspaced(character: str) -> bool:
    """Whether it is of a script that writes no spaces between words."""
    return any(first <= ord(character) <= last for first, last in _UNSPACED)


class _Folding(dict[int, str]):
    """Code point → what it is compared as; worked out when first met."""

    def __missing__(self, point: int) -> str:
        self[point] = folded = "".join(_folded(c) for c in _plain(chr(point)))
        return folded


def _plain(character: str) -> str:
    # Some letters become capitals only by their decomposition: the bold ones of mathematics.
    return unicodedata.normalize("NFKD", character.casefold()).casefold()


def _folded(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf" or unicodedata.combining(character) in _DRESSING:
        return ""
    if category[0] not in "LNM":
        return " "
    if is_unspaced(character):
        return f" {character} "
    return _UNDECOMPOSED.get(character, character)


_FOLDING = _Folding()
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_FOREIGN = 1.1
"""bytes a character from which a text is mostly not ASCII"""


def fold(text: str) -> str:
    """The words of a text, one blank between two of them and one at either end.

    A phrase stands in a text exactly when its folded form is a part of the text's.
    """
    return f" {' '.join(_translated(text).split())} "


def _translated(text: str) -> str:
    """Where all is ASCII, ``translate`` is five times as fast: so what is not, quotation marks and
    dashes and a few accents in most copy of Europe, is translated first and apart."""
    if text.isascii() or len(text.encode(errors="surrogatepass")) > _FOREIGN * len(text):
        return text.translate(_FOLDING)
    rest = _BEYOND_ASCII.sub(lambda run: run[0].translate(_FOLDING), text)
    return (rest if rest.isascii() else text).translate(_FOLDING)


def folded_letter(character: str) -> str:
    """What one character is compared as; with blanks where a word ends or begins."""
    return _FOLDING[ord(character)]


@lru_cache(maxsize=256)
def needle(phrase: str) -> str:
    """What to look for in folded texts; of a phrase that ends in ``*``, without the end of its
    last word. Empty when the phrase has no word."""
    words = fold(phrase)
    if not words.strip():
        return ""
    return words[:-1] if phrase.rstrip().endswith("*") else words
