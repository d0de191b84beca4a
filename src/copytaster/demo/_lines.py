"""The lines of a wire script: margins, continuations, quoted words."""

import shlex
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

import msgspec

from copytaster.demo.script import ScriptError

Word = TypeVar("Word", bound=StrEnum)

_DEEP = 8
"""blanks from which on a line continues the field above it"""


class Line(msgspec.Struct, frozen=True):
    """A logical line: its number, whether it is a field, its text with continuations joined."""

    number: int
    field: bool
    text: str


class Paragraph(msgspec.Struct, frozen=True):
    """A line at the margin and the fields under it."""

    head: Line
    fields: tuple[Line, ...]


class Fault(Exception):
    """What was expected and what was found; the reader adds file and line."""


def paragraphs(text: str, name: str) -> Iterator[Paragraph]:
    """The script's paragraphs in order, comments and empty lines left out."""
    head: Line | None = None
    fields: list[Line] = []
    for line in _logical(text, name):
        if line.field and head is None:
            raise ScriptError(f"{name}:{line.number}: expected a line that starts at the margin")
        if line.field:
            fields.append(line)
            continue
        if head is not None:
            yield Paragraph(head, tuple(fields))
        head, fields = line, []
    if head is not None:
        yield Paragraph(head, tuple(fields))


def _logical(text: str, name: str) -> Iterator[Line]:
    held: Line | None = None
    for number, raw in enumerate(text.split("\n"), start=1):
        words = raw.strip()
        if not words or words == "#" or words.startswith("# "):
            continue
        if "\t" in raw:
            raise ScriptError(f"{name}:{number}: expected blanks, found a tab")
        margin = len(raw) - len(raw.lstrip(" "))
        if margin >= _DEEP and held is not None:
            held = Line(held.number, held.field, f"{held.text} {words}")
            continue
        if held is not None:
            yield held
        held = Line(number, margin > 0, words)
    if held is not None:
        yield held


def words(text: str) -> list[str]:
    """Words by blanks; what stands in double quotes is one word, taken as it is."""
    lexer = shlex.shlex(text, posix=True)
    lexer.whitespace_split = True
    lexer.quotes = '"'
    lexer.commenters = lexer.escape = lexer.escapedquotes = ""
    try:
        return list(lexer)
    except ValueError as error:
        raise Fault(f"expected a closing quotation mark in {text!r}") from error


def pairs(words: Sequence[str], flags: Iterable[str] = ()) -> list[tuple[str, str]]:
    """``name value name value …``; names in ``flags`` stand alone."""
    found: list[tuple[str, str]] = []
    rest = list(words)
    while rest:
        name = rest.pop(0)
        if name in flags:
            found.append((name, ""))
        elif not rest:
            raise Fault(f'expected a value after {name!r} (an empty one is written "")')
        else:
            found.append((name, rest.pop(0)))
    return found


def field(line: Line) -> tuple[str, str]:
    """A field line: its name, and the rest of the line as it stands."""
    name, _, value = line.text.partition(" ")
    return name, value.strip()


def bare(fields: Sequence[Line]) -> None:
    """Nothing may stand under this line."""
    for line in fields:
        raise Fault(f"expected nothing indented here, found {line.text!r}")


def one_of(kind: type[Word], text: str, what: str) -> Word:
    """The word of ``kind`` that ``text`` is."""
    try:
        return kind(text)
    except ValueError as error:
        known = ", ".join(word.value for word in kind)
        raise Fault(f"expected {what} ({known}); found {text!r}") from error
