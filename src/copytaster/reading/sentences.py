"""A text with what is quoted in it blanked out, cut into sentences.

What a reporter says around a quote is read as if the quote were one word: no full stop inside it
ends a sentence of the reporter's, and no verb in it is the reporter's.
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from copytaster.reading.marks import Paragraph
from copytaster.reading.marks import Quoted
from copytaster.reading.notes import Span

BLANK: Final = "\N{OBJECT REPLACEMENT CHARACTER}"
"""stands for each character of a quote"""

_END = re.compile(rf"(?:[.!?…।](?:[\"'”’»)\]]*)|{BLANK}(?!{BLANK}))(?=\s+(\S))")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Za-z]|Mr|Mrs|Ms|Dr|St|Prof|Gov|Sen|Rep|Gen|Col|Lt|Sgt|Capt|Jr|Sr|No|Inc|Corp|Ltd|Co"
    r"|Adm|Maj|Brig|Cmdr|Cpl|Pvt|Supt|Insp|Det|Msgr|Hon|Amb|Atty|Mt|Ft|Ave|Blvd|Messrs|Bros|Dept"
    r"|Univ|Assn|Pres|approx"
    r"|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Rev|Hon|Nr|Bd|ca|Sr|Sra|M|Mme|Me|Ind|Fla"
    r"|Calif|Tex|Mass|Ill|Pa|Va|डॉ|श्री)|[A-Z]\.[A-Z])\.$"
)
_ORDINAL = re.compile(r"(?<!\d)\d{1,2}\.$")
"""German: ``am 8. Juli``"""
_OVER = frozenset(".!?…।")


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence of the reporter's, and the quotes in it."""

    span: Span
    quotes: tuple[Quoted, ...]


LONGEST: Final = 3_000
"""characters of a sentence; what is longer is none, and nobody says anything in it"""
MOST: Final = 40
"""quotes in one"""


def is_one(sentence: Sentence) -> bool:
    """Whether it is a sentence that somebody may have written."""
    span = sentence.span
    return span.end - span.start <= LONGEST and len(sentence.quotes) <= MOST


def blanked(text: str, paragraphs: list[Paragraph]) -> str:
    """The text, each quote in it blanked out; as long as the text."""
    pieces: list[str] = []
    at = 0
    for paragraph in paragraphs:
        for one in paragraph.quotes:
            pieces += (text[at : one.outer.start], BLANK * (one.outer.end - one.outer.start))
            at = one.outer.end
    pieces.append(text[at:])
    return "".join(pieces)


def sentences(
    text: str, blank: str, paragraph: Paragraph, *, ordinals: bool = False
) -> Iterator[Sentence]:
    """The sentences of a paragraph. ``ordinals``: a full stop behind a number ends none."""
    start, left = paragraph.span.start, list(paragraph.quotes)
    for end in (*_ends(text, blank, paragraph, ordinals), paragraph.span.end):
        inside = [one for one in left if one.outer.end <= end]
        left = left[len(inside) :]
        first = start + len(blank[start:end]) - len(blank[start:end].lstrip())
        if first < end:
            yield Sentence(span=Span(start=first, end=end), quotes=tuple(inside))
        start = end


def _ends(text: str, blank: str, paragraph: Paragraph, ordinals: bool) -> Iterator[int]:
    quotes = {one.outer.end: one for one in paragraph.quotes}
    for found in _END.finditer(blank, paragraph.span.start, paragraph.span.end):
        at, after = found.end(), found[1]
        if blank[found.start()] == BLANK:
            one = quotes.get(at)
            inner = "" if one is None else text[one.inner.start : one.inner.end].rstrip()
            if not inner or inner[-1] not in _OVER:
                continue
        else:
            start = max(paragraph.span.start, at - 12)
            if _ABBREVIATION.search(blank, start, at):
                continue
            if ordinals and _ORDINAL.search(blank, start, at):
                continue
        if _may_begin(after):
            yield at


def _may_begin(sign: str) -> bool:
    """Whether a sentence may begin with it; scripts without capitals begin with anything."""
    if sign == BLANK or sign.isupper() or sign in "([—–¿¡":
        return True
    return not (sign.isascii() or sign.islower())
