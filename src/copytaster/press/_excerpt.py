"""The part of a text in which what a reader looked for stands: verbatim, cut between words."""

import unicodedata
from collections.abc import Sequence

import msgspec

from copytaster.press._markup import escape
from copytaster.text import Span
from copytaster.text import occurrences

_BEFORE = 90
"""characters before the first word that was found"""
_LONGEST = 280
_LOOKED_AT = 50
"""occurrences of which the excerpt that shows most of them is chosen"""
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


class Excerpt(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of one paragraph, and where in it the words stand."""

    words: str
    marks: tuple[Span, ...]
    begun: bool
    """the paragraph begins before it"""
    ended: bool
    """and ends with it"""


def excerpt(text: str, phrases: Sequence[str]) -> Excerpt | None:
    """The stretch around most of the words; None where none of them is in the text."""
    found = occurrences(text, phrases)
    if not found:
        return None
    first = max(found[:_LOOKED_AT], key=lambda span: (_held(span, found), -span[0]))
    begin = text.rfind("\n", 0, first[0]) + 1
    end = text.find("\n", first[1])
    start, stop = _cut(text, first, begin, len(text) if end < 0 else end)
    return Excerpt(
        words=text[start:stop],
        marks=_within(found, start, stop),
        begun=start == begin,
        ended=stop == (len(text) if end < 0 else end),
    )


def _held(span: Span, found: Sequence[Span]) -> int:
    """How many stand in an excerpt that begins with this one."""
    return sum(span[0] <= begin < span[0] + _LONGEST - _BEFORE for begin, _ in found)


def _cut(text: str, first: Span, begin: int, end: int) -> Span:
    start, stop = begin, end
    if first[0] - begin > _BEFORE:
        start = first[0] - _BEFORE
        blank = text.find(" ", start, first[0])
        start = blank + 1 if blank >= 0 else _whole(text, start)
    if end - start > _LONGEST:
        stop = start + _LONGEST
        blank = text.rfind(" ", min(first[1], stop), stop)
        stop = blank if blank >= 0 else _whole(text, stop)
    return start, stop


def _whole(text: str, at: int) -> int:
    """Not between a letter and its marks, where no blank is to cut at."""
    while at < len(text) and unicodedata.category(text[at]).startswith("M"):
        at += 1
    return at


def _within(found: Sequence[Span], start: int, stop: int) -> tuple[Span, ...]:
    return tuple(
        (max(begin, start) - start, min(end, stop) - start)
        for begin, end in found
        if begin < stop and end > start
    )


def marked(words: str, marks: Sequence[Span]) -> str:
    """HTML of the words, with those that were looked for in ``mark``."""
    parts, at = [], 0
    for begin, end in marks:
        parts += [escape(words[at:begin]), f"<mark>{escape(words[begin:end])}</mark>"]
        at = end
    return "".join([*parts, escape(words[at:])])


def cut_out(found: Excerpt) -> str:
    """HTML of an excerpt: that something was left out is said outside of the agency's words."""
    before = "" if found.begun else f"{_ELLIPSIS}\N{NO-BREAK SPACE}"
    behind = "" if found.ended else f"\N{NO-BREAK SPACE}{_ELLIPSIS}"
    return f"{before}<q>{marked(found.words, found.marks)}</q>{behind}"
