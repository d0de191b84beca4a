"""The words of a mail: plain text with its flowed lines and its signature, or HTML.

``format=flowed`` (RFC 3676) breaks lines where the sender's mailer had to: such a break is
layout, and the line goes on. Quoted lines (``>``) are text, and never flowed. A signature
below ``-- `` is left out as ``signature``. The account of law 1 is made on the text as it was
sent, line by line.
"""

import re
from collections.abc import Iterator

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
    return "\n".join(_logical_lines(value.split("\n"), gone=_without_blanks(part)))


def _plain(part: Part, found: Content) -> Words:
    lines = found.value.count("\n")
    if lines > MOST_LINES:
        detail = f"text/plain: {lines} lines, the limit is {MOST_LINES}"
        remark = Remark(code="body-unreadable", path="body", detail=detail)
        return Words(holds=("body-unreadable",), remarks=(remark,))
    body, signature = _parted(found.value)

    def read() -> Copy:
        copy = text.from_plain(unflowed(part, body))
        flowed = _pieces(body, gone=_without_blanks(part))
        pieces = tuple(flowed) if _is_flowed(part) else copy.pieces
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


def _pieces(value: str, *, gone: bool) -> Iterator[Piece]:
    """Every line by itself: where lines were put together no piece reaches over the break.
    The blank that goes with a break is left out by name."""
    for line in value.split("\n"):
        if kept := line.strip(_LAYOUT):
            yield Piece(text=kept)
            if gone and line.endswith(" "):
                yield Piece(text=" ", omitted=BREAK)


def _logical_lines(lines: list[str], *, gone: bool) -> Iterator[str]:
    """Lines that end in a blank go on in the next (RFC 3676 §4.2); ``gone``: without the blank."""
    open_line: list[str] = []
    for line in lines:
        quoted = line.startswith(">")
        if open_line and quoted:  # another depth of quoting ends the paragraph (§4.5)
            yield "".join(open_line)
            open_line = []
        stuffed = line if quoted else line.removeprefix(" ")
        if stuffed.endswith(" ") and not quoted:
            open_line.append(stuffed[:-1] if gone else stuffed)
            continue
        yield "".join([*open_line, stuffed])
        open_line = []
    if open_line:
        yield "".join(open_line)
