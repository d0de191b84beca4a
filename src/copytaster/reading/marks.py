"""Quotation marks paired, paragraph by paragraph (handbook: reading §1, §5).

Every style that wires use: straight and curly, double and single, guillemets in both directions,
low-high, corner brackets, two apostrophes for one mark. Where the marks of a paragraph do not
come out even nothing is said of it: a quote too long or too short is a false statement. A quote
that is not closed is carried over when the next paragraph opens with the same mark again.
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from copytaster.reading.notes import Span

LARGEST: Final = 200_000
"""characters of a paragraph that are looked at; a story has none like it"""

_DOUBLE: Final = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    '"': '"',
}
_SINGLE: Final = {
    "‘": "’",
    "‚": "‘",
    "‹": "›",
    "'": "'",
}
_MARKS: Final = frozenset("".join([*_DOUBLE, *_DOUBLE.values(), *_SINGLE, *_SINGLE.values()]))
_MARK = re.compile(f"[{''.join(sorted(_MARKS))}]")
_APOSTROPHES: Final = frozenset("'’")
_BEFORE: Final = frozenset(" \t\n\N{NO-BREAK SPACE}([{-/\N{EN DASH}\N{EM DASH}")
_ENDING: Final = frozenset(".,?!;:\N{HORIZONTAL ELLIPSIS}\N{DEVANAGARI DANDA}")
_FRENCH: Final = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"


class Quoted(msgspec.Struct, frozen=True, kw_only=True):
    """Words between marks."""

    outer: Span
    """with the marks"""
    inner: Span
    """without, and without the spaces that French sets inside"""
    mark: str
    """the opening one"""
    is_open: bool = False
    """not closed in this paragraph; it goes on in the next"""


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """One paragraph and what is quoted in it."""

    span: Span
    quotes: tuple[Quoted, ...] = ()
    is_even: bool = True
    """False: its marks do not come out even, and nothing is said of it"""


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text, with their quotes."""
    spans = list(_spans(text))
    read = [_read(text, span) for span in spans]
    return [
        _settled(text, one, read[at + 1].span if at + 1 < len(read) else None)
        for at, one in enumerate(read)
    ]


def _spans(text: str) -> Iterator[Span]:
    start = 0
    while start < len(text):
        end = text.find("\n\n", start)
        end = len(text) if end < 0 else end
        trimmed = len(text[start:end].rstrip())
        lead = len(text[start:end]) - len(text[start:end].lstrip())
        if lead < trimmed:
            yield Span(start=start + lead, end=start + trimmed)
        start = end + 2


def _settled(text: str, one: Paragraph, after: Span | None) -> Paragraph:
    """A quote left open stands where the next paragraph opens with its mark."""
    if not one.quotes or not one.quotes[-1].is_open:
        return one
    mark = one.quotes[-1].mark
    if after is not None and text.startswith(mark, after.start):
        return one
    return Paragraph(span=one.span, is_even=False)


def _read(text: str, span: Span) -> Paragraph:
    if span.end - span.start > LARGEST:
        return Paragraph(span=span, is_even=False)
    pairing = _Pairing(text, span)
    return pairing.run()


class _Pairing:
    """One pass over a paragraph; lives inside :func:`_read` only."""

    def __init__(self, text: str, span: Span) -> None:
        self._text = text
        self._span = span
        self._quotes: list[Quoted] = []
        self._stack: list[tuple[str, int, int]] = []
        """marks that are open: which, where it begins, where it ends"""

    def run(self) -> Paragraph:
        done = self._span.start
        for found in _MARK.finditer(self._text, self._span.start, self._span.end):
            at = found.start()
            if at < done:
                continue  # the second half of a mark
            mark, width = self._mark(at)
            done = at + width
            if not self._step(mark, at, done):
                return Paragraph(span=self._span, is_even=False)
        return self._done()

    def _mark(self, at: int) -> tuple[str, int]:
        """Two apostrophes side by side are one double mark."""
        text = self._text
        twice = text[at] * 2
        if text[at] in _APOSTROPHES | {"‘"} and text.startswith(twice, at, self._span.end):
            return twice, 2
        return text[at], 1

    def _step(self, mark: str, at: int, end: int) -> bool:
        """Take a mark in; False where it cannot be there."""
        if len(mark) == 2:
            return self._twice(mark, at, end)
        if mark in _APOSTROPHES or mark in _SINGLE or mark in "".join(_SINGLE.values()):
            self._single(mark, at, end)
            return True
        if self._stack and mark in _closers(self._top):
            self._close(at, end)
            return True
        if self._is_within_single():
            return self._drop_single_and(mark, at, end)
        if mark in _DOUBLE and (mark != '"' or self._can_open(at, end)):
            self._stack.append((mark, at, end))
            return True
        return False

    def _twice(self, mark: str, at: int, end: int) -> bool:
        if self._stack and len(self._top) == 2:
            self._close(at, end)
            return True
        self._stack.append((mark, at, end))
        return True

    @property
    def _top(self) -> str:
        return self._stack[-1][0]

    def _is_within_single(self) -> bool:
        return bool(self._stack) and self._top in _SINGLE

    def _drop_single_and(self, mark: str, at: int, end: int) -> bool:
        """A double mark inside a single one: the outer one may have been an apostrophe."""
        if mark in _DOUBLE and self._can_open(at, end) and len(self._stack) == 1:
            self._stack.append((mark, at, end))
            return True
        while self._stack and self._top in _SINGLE:
            self._stack.pop()
        return self._step(mark, at, end)

    def _can_open(self, at: int, end: int) -> bool:
        before = self._text[at - 1] if at > self._span.start else " "
        after = self._text[end] if end < self._span.end else " "
        if after in _FRENCH and self._text[at] == "«":
            return True
        return (before in _BEFORE or before in _MARKS) and not after.isspace()

    def _single(self, mark: str, at: int, end: int) -> None:
        """Single marks are quotes only around words; everywhere else they are apostrophes."""
        before = self._text[at - 1] if at > self._span.start else " "
        after = self._text[end] if end < self._span.end else " "
        if self._stack and mark in _closers(self._top) and self._ends(before, after):
            if not self._is_possessive(at, end):
                self._close(at, end)
        elif mark in _SINGLE and self._begins(mark, before, after):
            self._stack.append((mark, at, end))

    def _begins(self, mark: str, before: str, after: str) -> bool:
        if before not in _BEFORE and before not in _MARKS:
            return False
        if mark != "'":
            return not after.isspace()
        return after.isalpha() or after in '"¿'

    def _ends(self, before: str, after: str) -> bool:
        return not before.isspace() and not (after.isalnum() or "\u0900" <= after <= "\u0963")

    def _is_possessive(self, at: int, end: int) -> bool:
        """``the drivers’ offer``, where the quote around it is closed further on."""
        if self._text[at - 1] not in "sxz" or self._text[end : end + 1] != " ":
            return False
        for later in range(end, self._span.end):
            if self._text[later] in _SINGLE and self._text[later] != "'":
                return False
            if self._text[later] in _APOSTROPHES and later + 1 <= self._span.end:
                after = self._text[later + 1] if later + 1 < self._span.end else " "
                if self._ends(self._text[later - 1], after):
                    return self._text[later - 1] in _ENDING or after in _ENDING or after == " "
        return False

    def _close(self, at: int, end: int) -> None:
        mark, begin, inside = self._stack.pop()
        if self._stack:
            return  # a quote in a quote is part of the one around it
        self._quotes.append(_quoted(self._text, mark, begin, inside, at, end))

    def _done(self) -> Paragraph:
        while self._stack and self._top in _SINGLE and self._top == "'":
            self._stack.pop()
        if len(self._stack) == 1:
            return self._left_open()
        return Paragraph(span=self._span, quotes=tuple(self._quotes), is_even=not self._stack)

    def _left_open(self) -> Paragraph:
        mark, begin, inside = self._stack[0]
        end = self._span.end
        last = msgspec.structs.replace(
            _quoted(self._text, mark, begin, inside, end, end), is_open=True
        )
        return Paragraph(span=self._span, quotes=(*self._quotes, last))


def _closers(mark: str) -> str:
    return _DOUBLE.get(mark) or _SINGLE.get(mark) or ""


def _quoted(text: str, mark: str, begin: int, inside: int, at: int, end: int) -> Quoted:
    first, last = inside, at
    while first < last and text[first] in _FRENCH:
        first += 1
    while last > first and text[last - 1] in _FRENCH:
        last -= 1
    return Quoted(outer=Span(start=begin, end=end), inner=Span(start=first, end=last), mark=mark)
