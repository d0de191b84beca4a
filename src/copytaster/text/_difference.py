"""What changed between two texts, word by word, at a bounded cost.

Words are compared, not the blanks between them; a paragraph's end counts as a word. The
comparison is Myers' greedy one (1986), given up after a fixed number of steps: an agency's
longest text with every word changed costs no more than that, and is then called rewritten.
"""

import re
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby

import msgspec

STEPS = 20_000
"""comparisons of two words until a text counts as rewritten: some fifteen milliseconds"""
CHANGED = 200
"""words that came and went until a text counts as rewritten: more is no list of changes"""
_AROUND = 8
"""unchanged words shown on each side of a change"""
_LONGEST = 30_000
"""characters of a text that is compared at all"""

_P = r"!-/:-@\[-`{-~\u00a1\u00ab\u00b7\u00bb\u00bf\u060c\u061b\u061f\u0964\u0965"
_P += r"\u2010-\u2027\u2030-\u205e\u3001-\u3003\u3008-\u3011"
# Scripts without blanks between words are compared character by character.
_C = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"\n\s*\n|[{_C}]|[{_P}]+|[^\s{_P}{_C}](?:[^\s{_C}]*[^\s{_P}{_C}])?|\s+")
_END = "\N{PILCROW SIGN}"
"""stands for a paragraph's end where one came or went"""


class Fate(StrEnum):
    same = "same"
    gone = "gone"
    came = "came"
    skipped = "skipped"
    """unchanged words that are left out"""


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """Words that share a fate; those ``skipped`` are not told."""

    kind: Fate
    words: str = ""


class _Word(msgspec.Struct, frozen=True):
    text: str
    blank: bool
    """there is a blank before it"""


_Edit = tuple[Fate, _Word]


def difference(old: str, new: str) -> tuple[Stretch, ...] | None:
    """The changes with some words around each; empty when no word changed, None when the text
    was rewritten: too much changed to tell, or to compare."""
    if max(len(old), len(new)) > _LONGEST:
        return () if old == new else None
    edits = _edits(_words(old), _words(new))
    if edits is None or sum(kind is not Fate.same for kind, _ in edits) > CHANGED:
        return None
    if all(kind is Fate.same for kind, _ in edits):
        return ()
    return tuple(_stretches(edits))


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    blank = False
    for match in _WORD.finditer(text.strip()):
        found = match[0]
        if not found.isspace():
            words.append(_Word(found, blank))
            blank = False
        elif found.count("\n") > 1:
            words.append(_Word(_END, blank=True))
            blank = True
        else:
            blank = True
    return words


def _edits(old: Sequence[_Word], new: Sequence[_Word]) -> list[_Edit] | None:
    """Every word of both with its fate, in the order of reading."""
    begins = _common(old, new)
    ends = _common(old[begins:][::-1], new[begins:][::-1])
    middle = _changed(old[begins : len(old) - ends], new[begins : len(new) - ends])
    if middle is None:
        return None
    head = [(Fate.same, word) for word in new[:begins]]
    return [*head, *middle, *((Fate.same, word) for word in new[len(new) - ends :])]


def _common(one: Sequence[_Word], other: Sequence[_Word]) -> int:
    """How many words both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a.text != b.text), min(len(one), len(other)))


def _changed(old: Sequence[_Word], new: Sequence[_Word]) -> list[_Edit] | None:
    """The shortest list of edits, by the furthest reach on each diagonal; None: given up."""
    reach, trace, steps = {1: 0}, [], 0
    for distance in range(min(len(old) + len(new), CHANGED) + 1):
        trace.append(reach.copy())
        for diagonal in range(-distance, distance + 1, 2):
            x = _entered(reach, diagonal, distance)
            y = x - diagonal
            while x < len(old) and y < len(new) and old[x].text == new[y].text:
                x, y, steps = x + 1, y + 1, steps + 1
            reach[diagonal] = x
            if x >= len(old) and y >= len(new):
                return _walked_back(old, new, trace)
            steps += 1
            if steps > STEPS:
                return None
    return None


def _came(reach: Mapping[int, int], diagonal: int, distance: int) -> bool:
    """Whether this diagonal is entered by a word that came; else by one that went."""
    if abs(diagonal) == distance:
        return diagonal == -distance
    return reach[diagonal - 1] < reach[diagonal + 1]


def _entered(reach: Mapping[int, int], diagonal: int, distance: int) -> int:
    """How far in the old text this diagonal is entered."""
    came = _came(reach, diagonal, distance)
    return reach[diagonal + 1] if came else reach[diagonal - 1] + 1


def _walked_back(
    old: Sequence[_Word], new: Sequence[_Word], trace: Sequence[Mapping[int, int]]
) -> list[_Edit]:
    edits: list[_Edit] = []
    x, y = len(old), len(new)
    for distance, reach in reversed(list(enumerate(trace))):
        came, diagonal = _came(reach, x - y, distance), x - y
        for _ in range(x - _entered(reach, diagonal, distance)):
            x, y = x - 1, y - 1
            edits.append((Fate.same, new[y]))
        if distance and came:
            y -= 1
            edits.append((Fate.came, new[y]))
        elif distance:
            x -= 1
            edits.append((Fate.gone, old[x]))
    return edits[::-1]


def _stretches(edits: Sequence[_Edit]) -> Iterator[Stretch]:
    """Runs of one fate; of an unchanged run only what stands near a change."""
    runs = [(kind, [word for _, word in run]) for kind, run in groupby(edits, lambda e: e[0])]
    for place, (kind, words) in enumerate(runs):
        if kind is not Fate.same:
            yield _told(kind, words)
            continue
        after = _AROUND if place > 0 else 0
        before = _AROUND if place < len(runs) - 1 else 0
        if len(words) <= after + before + 1:
            yield _told(kind, words)
            continue
        if after:
            yield _told(kind, words[:after])
        yield Stretch(kind=Fate.skipped)
        if before:
            yield _told(kind, words[-before:])


def _told(kind: Fate, words: Sequence[_Word]) -> Stretch:
    """The words with the blanks they had between them and before them."""
    return Stretch(kind=kind, words="".join(" " * word.blank + word.text for word in words))
