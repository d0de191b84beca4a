"""The lines of a text that are not empty, with their places; at most so many of them."""

import re
from collections.abc import Iterator

import msgspec

_LINE = re.compile(r"[^\n]+")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line without the space around it."""

    start: int
    end: int
    text: str


def lines(text: str, most: int, start: int = 0) -> Iterator[Line]:
    """The first ``most`` lines from ``start`` on."""
    for found in _LINE.finditer(text, start):
        line = _stripped(text, found.start(), found.end())
        if line is None:
            continue
        if most == 0:
            return
        most -= 1
        yield line


def last_lines(text: str, most: int) -> list[Line]:
    """The last ``most`` lines, the very last first."""
    found: list[Line] = []
    end = len(text.rstrip())
    while end > 0 and len(found) < most:
        start = text.rfind("\n", 0, end) + 1
        if (line := _stripped(text, start, end)) is not None:
            found.append(line)
        end = start - 1
    return found


def last_paragraphs(text: str, most: int, longest: int) -> list[Line]:
    """The last ``most`` blocks between empty lines that are no longer than ``longest``, each on
    one line, the last first."""
    found: list[Line] = []
    end = len(text.rstrip())
    while end > 0 and most > 0:
        start = text.rfind("\n\n", 0, end)
        start = 0 if start < 0 else start + 2
        if end - start <= longest and (line := _stripped(text, start, end)) is not None:
            found.append(Line(start=line.start, end=line.end, text=" ".join(line.text.split())))
        most -= 1
        end = len(text[:start].rstrip()) if start else 0
    return found


def _stripped(text: str, start: int, end: int) -> Line | None:
    whole = text[start:end]
    bare = whole.strip()
    if not bare:
        return None
    begins = start + len(whole) - len(whole.lstrip())
    return Line(start=begins, end=begins + len(bare), text=bare)
