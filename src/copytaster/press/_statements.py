"""Who says what in a story: a list beside the text, with links into it (reading.md §5).

The list says no word that is not in the text; each line leads to the place by a text fragment
(WICG "Scroll To Text Fragment"), which needs no script, and where a browser knows none leads to
the beginning of the page.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

import msgspec

from copytaster.press._templates import written
from copytaster.press._types import Facts
from copytaster.press._types import Statement

_LONGEST = 160
"""characters of a statement that the list shows"""
_EDGE = 4
"""words at each end by which a longer place is found"""
_BEFORE = 3
"""words in front of a place whose beginning stands in the text before"""
_WORD = re.compile(r"\S+")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One statement, and the way to it."""

    href: object
    words: str


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one speaker says, in the order of the text."""

    speaker: str | None
    """None: the text does not say whose words they are"""
    lines: tuple[Line, ...]


def voices(facts: Facts, text: str) -> tuple[Voice, ...]:
    """The speakers in the order in which they begin to speak; nobody comes last."""
    found: dict[str | None, list[Line]] = {}
    for statement in facts.statements:
        found.setdefault(statement.speaker, []).append(_line(statement, text))
    ordered = sorted(found.items(), key=lambda one: one[0] is None)
    return tuple(Voice(speaker=name, lines=tuple(lines)) for name, lines in ordered)


def _line(statement: Statement, text: str) -> Line:
    words = " … ".join(text[start:end].replace("\n\n", " ") for start, end in statement.spans)
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rsplit(None, 1)[0].rstrip(",;:–—-") + " …"
    start, end = statement.spans[0]
    return Line(href=written(f"#:~:text={fragment(text, start, end)}"), words=words)


def fragment(text: str, start: int, end: int) -> str:
    """The text directive that leads to this place: its words, or both ends of it, and what
    stands in front where the same words stand in the text before."""
    words = [found.group() for found in _WORD.finditer(text, start, end)]
    if len(words) <= 2 * _EDGE:
        begin, parts = " ".join(words), [" ".join(words)]
    else:
        begin = " ".join(words[:_EDGE])
        parts = [begin, " ".join(words[-_EDGE:])]
    encoded = ",".join(_encoded(part) for part in parts)
    if begin not in " ".join(text[:start].split()):
        return encoded
    before = list(_before(text, start))
    return f"{_encoded(' '.join(before))}-,{encoded}" if before else encoded


def _before(text: str, start: int) -> Iterator[str]:
    """The last words in front, of the same paragraph: a prefix must stand next to its place."""
    paragraph = text[:start].rpartition("\n\n")[2]
    yield from paragraph.split()[-_BEFORE:]


def _encoded(words: str) -> str:
    """A dash, a comma and an ampersand mean something in a directive."""
    return quote(words, safe="").replace("-", "%2D")
