"""A text as shingles: every run of five words in it, each as a number.

Clients trim agency copy from the bottom and glue background on, so that two versions are told by
what one has of the other and not by how alike they are (handbook: reading §2). What is compared is
words without case, accents, marks and punctuation (``text.fold``): other quotation marks, dashes
or capitals make no other version. Numbers stay. Scripts that write no spaces are compared by runs
of ten letters, which say about as much as five words.

A shingle is the CRC-32 of its words in UTF-8 with a blank between two. One in eight, whose last
three bits are 0, is kept of a text to look others up by; of a short text, all. CRC-32 is in the
standard library and four times as fast as a cryptographic hash; it chooses candidates only, and
whoever could send copy forged to collide could as well send the copy itself.
"""

import re
from collections.abc import Iterator
from collections.abc import Sequence
from zlib import crc32

import msgspec

from copytaster import text

SCHEME = "w5c10/8/crc32"
"""named with everything that is kept: what another scheme made does not compare with this"""
HEAD = 200
"""words (letters, where none are spaced) that tell what a story is about"""
FEW = 8
"""a text of which fewer shingles would be sampled is kept whole"""
_FIGURE = re.compile(r"[0-9०-९٠-٩][0-9०-९٠-٩.,]*[0-9०-९٠-٩]")
_YEAR = 4
"""digits of one, which begin with 19 or 20"""
_WORDS = 5
_LETTERS = 10
_ONE_IN = 8
_MOST_KEPT = 1_000
"""sampled shingles kept of one text: some 8,000 words"""


class Shingles(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The shingles of one text, in its order."""

    line: tuple[int, ...]
    all: frozenset[int]
    head: frozenset[int]
    """those of its first :data:`HEAD` words, and no more than its first third: what a short story
    is about must not be told by the background under it"""
    figures: frozenset[str] = frozenset()
    """numbers of two digits and more, years aside: what is another in each of the stories that an
    agency writes by one form"""
    kept: frozenset[int]
    """those by which other texts find this one"""
    sought: frozenset[int]
    """those by which this text finds others: with all of its head, because an alert it began as
    is kept whole"""
    scheme: str = SCHEME


def shingles(words: str) -> Shingles:
    """The shingles of a text. One with fewer than five words is one shingle; one without any
    word has none."""
    line = _line(text.fold(words).encode())
    head = frozenset(line[: min(HEAD - _WORDS + 1, (len(line) + 2) // 3)])
    kept = _kept(line)
    return Shingles(
        line=line,
        all=frozenset(line),
        head=head,
        kept=kept,
        sought=kept | head,
        figures=frozenset(one for one in _FIGURE.findall(words) if not _is_year(one)),
    )


def _kept(line: tuple[int, ...]) -> frozenset[int]:
    sampled = frozenset([one for one in line if not one % _ONE_IN][:_MOST_KEPT])
    return sampled if len(sampled) >= FEW else frozenset(line)


def _is_year(figure: str) -> bool:
    return len(figure) == _YEAR and figure.startswith(("19", "20")) and figure.isdigit()


def _line(folded: bytes) -> tuple[int, ...]:
    words = folded.split()
    runs = _spaced(words) if folded.isascii() else _mixed(words)
    if line := tuple(map(crc32, map(b" ".join, runs))):
        return line
    return (crc32(b" ".join(words)),) if words else ()


def _spaced(words: list[bytes]) -> Iterator[Sequence[bytes]]:
    return zip(*(words[first:] for first in range(_WORDS)), strict=False)


def _mixed(words: list[bytes]) -> Iterator[Sequence[bytes]]:
    """How long a run is depends on what it begins with, so that what stands before a passage or
    after it changes none of its shingles."""
    for first, word in enumerate(words):
        end = first + (_LETTERS if _is_letter(word) else _WORDS)
        if end <= len(words):
            yield words[first:end]


def _is_letter(word: bytes) -> bool:
    """One of a script without spaces; folding sets each apart."""
    return 3 <= len(word) <= 4 and len(letter := word.decode()) == 1 and text.is_unspaced(letter)
