"""What each of two versions has that the other has not, paragraph by paragraph.

For the desk and the page: an editor sees at a glance what one agency has and another lacks. A
paragraph that is in the other text word for word counts for nothing, be it moved, joined with its
neighbour or parted; what is left is matched by the words it shares. One changed figure is seen.
"""

import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from copytaster.reading.notes import Span
from copytaster.reading.shingles import shingles

_ALTERED = 0.3
"""share of a paragraph that is in the other text when it is the same one, changed"""
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")


class Altered(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph that both texts have, and not word for word."""

    one: Span
    other: Span


class Differences(msgspec.Struct, frozen=True, kw_only=True):
    """The paragraphs that are not the same in two texts, by their places; none where each has all
    that the other has."""

    only_one: tuple[Span, ...] = ()
    only_other: tuple[Span, ...] = ()
    altered: tuple[Altered, ...] = ()


class _Paragraph(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    at: Span
    shingles: tuple[int, ...]


def differences(one: str, other: str) -> Differences:
    """Of two canonical texts. Paragraphs without any word, and how words are dressed, count for
    nothing."""
    first, second = list(_paragraphs(one)), list(_paragraphs(other))
    only_one, altered = _missing(first, second, shingles(other).all)
    only_other, also = _missing(second, first, shingles(one).all)
    changed = dict.fromkeys([*altered, *((theirs, ours) for ours, theirs in also)])
    return Differences(
        only_one=tuple(only_one),
        only_other=tuple(only_other),
        altered=tuple(Altered(one=ours, other=theirs) for ours, theirs in changed),
    )


def _paragraphs(words: str) -> Iterator[_Paragraph]:
    for found in _PARAGRAPH.finditer(words):
        if line := shingles(found[0]).line:
            yield _Paragraph(at=Span(start=found.start(), end=found.end()), shingles=line)


def _missing(
    own: list[_Paragraph], others: list[_Paragraph], there: frozenset[int]
) -> tuple[list[Span], list[tuple[Span, Span]]]:
    """The paragraphs that the other text lacks, and those that it has with other words."""
    home = {shingle: n for n, other in enumerate(others) for shingle in other.shingles}
    lacking: list[Span] = []
    altered: list[tuple[Span, Span]] = []
    for paragraph in own:
        if all(one in there or one in home for one in paragraph.shingles):
            continue
        shared = Counter(home[one] for one in paragraph.shingles if one in home)
        likest, most = max(shared.items(), key=lambda found: found[1], default=(0, 0))
        if most >= _ALTERED * len(paragraph.shingles):
            altered.append((paragraph.at, others[likest].at))
        else:
            lacking.append(paragraph.at)
    return lacking, altered
