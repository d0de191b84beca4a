"""Plain text → its sentences, and the quotations in one: as far as a desk needs to tell them.

A full stop after a number, a single letter or an abbreviation ends nothing (``10.09.``, ``no.
157``, ``p.m.``). Lines that a wire wrapped at its width are one sentence; a short line, or one
that begins with a label, stands alone. Every step is linear in the text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

_BLANK = re.compile(r"\n[ \t\f]*\n")
_LABEL = re.compile(r"[^\W\d][\w ]{1,24}: ?\S")
_WRAPPED = 45
"""characters from which a line may have been broken by the wire's width"""
_STOP = re.compile(r"[.!?…][\"”“»’')\]]{0,2} (?=[^\w\s]{0,3}[^\W_a-zß-ÿ])")
_SHORT = frozenset(
    "no nr num núm núms n st mr mrs ms dr prof jan feb mar apr jun jul aug sep sept oct nov dec okt"
    " dez janv févr juil déc ene p a m u s bzw ca z b art abs sr sra vol gen col".split()
)
_MONTH = re.compile(
    r"(?:jan|feb|f[ée]v|m[aä]r|a[pvb]r|ma[iy]|ju[nil]|a[ug]o|aug|ao[uû]|sep|o[ck]t|nov|de[cz]|d[ée]c"
    r"|ene)",
    re.IGNORECASE,
)

_QUOTES = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "‘": "’",
    "‚": "‘’",
    "‹": "›",
    '"': '"',
    "'": "'",
}
_OPENS = re.compile("[" + "".join(_QUOTES) + "]")
_LONGEST_QUOTE = 300


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, one blank between their words."""
    for paragraph in _BLANK.split(text):
        for stretch in _stretches(paragraph):
            yield from _parted(stretch)


def _stretches(paragraph: str) -> Iterator[str]:
    """Lines joined where the wire broke them, each with one blank between its words."""
    held: list[str] = []
    for line in paragraph.split("\n"):
        words = " ".join(line.split())
        if held and (len(held[-1]) < _WRAPPED or _LABEL.match(words)):
            yield " ".join(held)
            held = []
        if words:
            held.append(words)
    if held:
        yield " ".join(held)


def _parted(line: str) -> Iterator[str]:
    begins = 0
    stops = list(_STOP.finditer(line))
    quoted = quotations(line) if stops else []
    for stop in stops:
        if not (_is_inside(stop, quoted) or _goes_on(line, begins, stop)):
            yield line[begins : stop.end()].strip()
            begins = stop.end()
    if line[begins:].strip():
        yield line[begins:].strip()


def _is_inside(stop: re.Match[str], quoted: list[tuple[int, int]]) -> bool:
    """Whether the stop stands inside a quotation that goes on after it."""
    at = bisect_right(quoted, (stop.start(), len(stop.string)))
    return at > 0 and stop.end() < quoted[at - 1][1]


def _goes_on(line: str, begins: int, stop: re.Match[str]) -> bool:
    """Whether the stop stands for an abbreviation or an ordinal: ``no. 157``, ``10. September``."""
    if line[stop.start()] != ".":
        return False
    word = line[max(begins, stop.start() - 12) : stop.start()].rpartition(" ")[2]
    if word.isdigit():
        return len(word) < 3 and _MONTH.match(line, stop.end()) is not None
    return word.rpartition(".")[2].strip("(").lower() in _SHORT


def quotations(line: str) -> list[tuple[int, int]]:
    """Where the words in quotation marks stand in a line, without the marks; none inside another.

    An apostrophe opens nothing: what opens does not follow a letter, what closes is not followed
    by one.
    """
    found: list[tuple[int, int]] = []
    at = 0
    while (opened := _OPENS.search(line, at)) is not None:
        begins = opened.end()
        end = _closed(line, begins, opened.group())
        if end < 0 or line[begins - 2 : begins - 1].isalnum():
            at = begins
        else:
            found.append((begins, end))
            at = end + 1
    return found


def unquoted(line: str) -> str:
    """A line with what it quotes blotted out, of the same length."""
    for begins, end in quotations(line):
        line = line[:begins] + "~" * (end - begins) + line[end:]
    return line


def _closed(line: str, begins: int, mark: str) -> int:
    """Where a quotation that begins here ends; -1 when it does not, or is empty."""
    for at in range(begins, min(len(line), begins + _LONGEST_QUOTE)):
        if line[at] in _QUOTES[mark] and not line[at + 1 : at + 2].isalnum():
            return at if at > begins else -1
    return -1
