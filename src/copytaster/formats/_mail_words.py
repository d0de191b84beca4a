"""The words of a mail: plain text with its flowed lines and its signature, or HTML.

``format=flowed`` (RFC 3676) breaks lines where the sender's mailer had to: such a break is
layout, and the line goes on. Quoted lines (``>``) are text, and never flowed. A signature
below ``-- `` is left out as ``signature``. The account of law 1 is made on the text as it was
sent, line by line.
"""

import re
from collections.abc import Iterator
from itertools import groupby

import msgspec

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats._mail_parts import Content
from copytaster.formats._mail_parts import Part
from copytaster.formats._words import Words
from copytaster.formats._words import html_words
from copytaster.formats._words import settle
from copytaster.item import Copy
from copytaster.item import Piece
from copytaster.item import Remark

SIGNATURE = "signature"
BREAK = "delsp"
MOST_LINES = 100_000
"""Lines of one plain text part."""
LONGEST_SIGNATURE = 12
"""Lines; more than these below ``-- `` are no signature but text (four are good manners)."""

_LAYOUT = " \t\n\f\r"
_SIGNATURE = re.compile(r"^-- \n", re.MULTILINE)


def words_of(part: Part, profile: Profile) -> Words:
    """The words of one text part."""
    found = part.content
    if found.problem is not None:
        remark = Remark(code="body-unreadable", path="body", detail=found.problem)
        return Words(holds=("body-unreadable",), remarks=(remark,))
    read = html_words(found.value, profile) if part.kind == "text/html" else _plain(part, found)
    return msgspec.structs.replace(read, repairs=read.repairs + found.repairs)


def joined(found: list[Words]) -> Words:
    """The words of several parts that follow one another."""
    return Words(
        copy=Copy(
            blocks=tuple(block for words in found for block in words.copy.blocks),
            pieces=tuple(piece for words in found for piece in words.copy.pieces),
        ),
        holds=tuple(dict.fromkeys(hold for words in found for hold in words.holds)),
        remarks=tuple(remark for words in found for remark in words.remarks),
        repairs=tuple(dict.fromkeys(repair for words in found for repair in words.repairs)),
    )


def unflowed(part: Part, value: str) -> str:
    """The text with its lines as the author broke them."""
    if not _is_flowed(part):
        return value
    return "\n".join(line.text for line in _logical_lines(part, value))


def _plain(part: Part, found: Content) -> Words:
    lines = found.value.count("\n")
    if lines > MOST_LINES:
        detail = f"text/plain: {lines} lines, the limit is {MOST_LINES}"
        remark = Remark(code="body-unreadable", path="body", detail=detail)
        return Words(holds=("body-unreadable",), remarks=(remark,))
    body, signature = _parted(found.value)

    def read() -> Copy:
        copy = text.from_plain(unflowed(part, body))
        pieces = copy.pieces
        if _is_flowed(part):
            pieces = tuple(_pieces([*_logical_lines(part, body)]))
        if kept := signature.strip(_LAYOUT):
            pieces += (Piece(text=kept, omitted=SIGNATURE),)
        return Copy(blocks=copy.blocks, pieces=pieces)

    return settle(read, lambda: found.value)


def _is_flowed(part: Part) -> bool:
    return part.parameters.get("format", "").lower() == "flowed"


def _without_blanks(part: Part) -> bool:
    """Whether the blank before a break is the break's (RFC 3676 §4.1, ``DelSp``)."""
    return part.parameters.get("delsp", "").lower() == "yes"


def _parted(value: str) -> tuple[str, str]:
    """The text, and the signature with the line that announces it (RFC 3676 §4.3)."""
    marks = list(_SIGNATURE.finditer(value + "\n"))
    if not marks:
        return value, ""
    begins = marks[-1].start()
    signature = value[begins:]
    if signature.rstrip().count("\n") > LONGEST_SIGNATURE:
        return value, ""
    return value[:begins], signature


class _Flowed(msgspec.Struct, frozen=True):
    """A line as its author broke it: of each line as sent what is kept, and what is dropped."""

    segments: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return "".join(kept for kept, _ in self.segments)


def _logical_lines(part: Part, value: str) -> Iterator[_Flowed]:
    """Lines that end in a blank go on in the next (RFC 3676 §4.2).

    Another depth of quoting ends the paragraph (§4.5); a quoted line, and the line that
    announces a signature (§4.3), never go on.
    """
    gone = _without_blanks(part)
    opened: list[tuple[str, str]] = []
    for line in value.split("\n"):
        quoted = line.startswith(">")
        stuffed = line if quoted else line.removeprefix(" ")
        fixed = quoted or stuffed == "-- "
        if opened and fixed:
            yield _Flowed(tuple(opened))
            opened = []
        if stuffed.endswith(" ") and not fixed:
            opened.append((stuffed[:-1], " ") if gone else (stuffed, ""))
            continue
        yield _Flowed((*opened, (stuffed, "")))
        opened = []
    if opened:
        yield _Flowed(tuple(opened))


def _pieces(lines: list[_Flowed]) -> Iterator[Piece]:
    """Every line as it was sent: where lines were put together no piece reaches over the break.

    The blank that goes with a break is left out by name.
    """
    for is_blank, found in groupby(lines, key=lambda line: not line.text.strip(_LAYOUT)):
        if is_blank:
            continue
        segments = [segment for line in found for segment in line.segments]
        shown = "".join(kept for kept, _ in segments)
        begins, ends = len(shown) - len(shown.lstrip(_LAYOUT)), len(shown.rstrip(_LAYOUT))
        at = 0
        for kept, dropped in segments:
            if inside := kept[max(0, begins - at) : max(0, ends - at)]:
                yield Piece(text=inside)
            if dropped:
                yield Piece(text=dropped, omitted=BREAK)
            at += len(kept)
