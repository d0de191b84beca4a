"""The body of an ANPA 1312 message: typesetting codes to characters, lines to blocks.

Codes are decoded field by field (handbook: formats §3.3). The two codes for double quotes,
the dash and agate's half are characters of the standard's own set, and are read as the
characters they set; everything that only says how to set a line is left out as ``typesetting``.
"""

import re

import msgspec

from copytaster.formats import _wire_cues as cues
from copytaster.formats import _wire_item as wire
from copytaster.formats import _wire_lines as lines_
from copytaster.formats._anpa_header import Header
from copytaster.formats._anpa_header import shouted_in
from copytaster.formats._anpa_header import words_of
from copytaster.item import Piece
from copytaster.item import Remark

_DASH = re.compile(r"_(?!\S)(?<!\S_)")
_EDGES = " \t\f"
_QUADS = ("<", "=")
_AGAIN = re.compile(r"(?<=<)[ \t]*(?=\^)")
_BEFORE_WORDS = f"^{_EDGES}"
_LONGEST_LINE = 12
_NOT_ALNUM = re.compile(r"[^A-Za-z0-9]+")
_MODES = "\x11\x12\x13\x14"
_LAYOUT = f"\x08\x1e\x1f{_MODES}"
_CODE_LINE = re.compile(r"\*\d{1,6}")
_WORD_COUNT = re.compile(r",\s*(\d{1,5})\Z")

_NOTE = re.compile(
    r"\(?(?:Eds\b|Retransmit|EDITORS?\b.{0,3}S? NOTE|Editors?['’]?s?['’]? notes?\b"
    r"|(?:Ed|EDITORS|ADVISORY|Note to editors)\s*(?:\Z|[:—_-]))",
    re.IGNORECASE,
)
_PHOTO = re.compile(
    r"(?:[A-Z]{2,8} )?(?:Photos?|Graphics?|Videos?|Audio|Multimedia|Interactives?)"
    r"(?:\Z|[.:]| [A-Z]{2,8}\d{1,5}\b)"
)
_NOTE_PARAGRAPH = re.compile(r"\(?(?:Eds:|EDS:|EDITORS:|EDITOR[’']S NOTE)")
_BY = re.compile(r"By .", re.IGNORECASE)


class Read(msgspec.Struct):
    """The body as it is read, line after line."""

    header: Header
    found: wire.Found
    lines: list[str] = []
    width: int | None = None
    above: bool = True
    """still above the text: keyword, headline, notes, byline"""
    slug: str | None = None
    words: int | None = None
    advisories: list[str] = []
    extended: list[str] = []
    org: str | None = None
    paragraph: list[str] = []
    indented: bool = False
    """a line of the paragraph below its first begins with blanks"""
    rows: list[list[str]] = []
    run: list[str] = []
    """rows that follow each other with nothing left out between: one piece of the source"""


class Characters(msgspec.Struct, frozen=True, kw_only=True):
    """A body whose codes for characters are read, and how many of each kind there were."""

    text: str
    quotes: int
    dashes: int
    halves: int

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """No character is changed silently: one remark tells what stands for a code."""
        counts = (("quotes", self.quotes), ("dashes", self.dashes), ("halves", self.halves))
        told = ", ".join([f"{name}: {count}" for name, count in counts if count])
        return (Remark(code="typesetting-decoded", path="body", detail=told),) if told else ()


def characters(body: str, *, agate: bool) -> Characters:
    """The body with its typesetting codes for characters read as these characters."""
    size = len(body)  # two strokes become one character
    if "''" in body or "``" in body:
        # Of three the first closes the quotation inside.
        body = body.replace("'''", "'”") if "'''" in body else body
        body = "”".join("“".join(body.split("``")).split("''"))
    quotes = size - len(body)
    dashes = halves = 0
    if "_" in body:
        body, dashes = _DASH.subn("—", body)
    if agate and (halves := body.count("{")):
        body = body.replace("{", "½")
    if "\x10" in body:
        body = body.replace("\x10 ", " ").replace("\x10", " ")
    return Characters(text=body, quotes=quotes, dashes=dashes, halves=halves)


def naive(body: str) -> str:
    """The characters of a decoded body without regard to lines: codes for layout are layout.

    A line end reads as a blank, and stays a line end where the row of a table follows.
    """
    if not _has_codes(body):
        return lines_.naive(body)
    body = "\n".join([lines_.naive(part) for part in body.split("\n\x08")])
    for code in _LAYOUT:
        if code in body:
            body = body.replace(code, "\t")
    return body


def read_body(body: str, header: Header) -> Read:
    """Blocks, pieces and the facts above the text. ``body`` is decoded."""
    has_codes = _has_codes(body)
    is_even = not has_codes or _is_even(body, header)
    body = _trimmed(_columned(body) if has_codes and is_even else body)
    lines = _lines(body)
    read = Read(header=header, found=wire.Found(characters=naive(body)), lines=lines)
    for at, sent in enumerate(lines):
        line = sent if is_even else _coded(sent, read)
        if line[:1] == "^":
            _command(line, lines, at, read)
        elif _is_row(line, header):
            _row(line, read, is_whole=is_even)
        else:
            _text(line, read)
    _flush(read)
    return read


def _trimmed(body: str) -> str:
    """A body without the blanks that stand before its line ends; a TAB begins a paragraph."""
    return "\n".join([line.rstrip(_EDGES) or line[:1] for line in body.split("\n")])


def _has_codes(body: str) -> bool:
    return any(code in body for code in _LAYOUT)


def _columned(body: str) -> str:
    """Rows in which one code parts two cells: those beside it, and blanks, are layout."""
    if "\x1e" not in body and "\x1f" not in body:
        return body
    parts = [part.strip(" \t") for part in body.replace("\x1f", "\x1e").split("\x1e")]
    return "\x1e".join([parts[0], *filter(None, parts[1:-1]), *parts[1:][-1:]])


def _is_even(body: str, header: Header) -> bool:
    """Whether every code stands where it means something: rows and their columns."""
    rows = body.count("\n\x08") + body.startswith("\x08")
    if body.count("\x08") != rows or any(mode in body for mode in _MODES):
        return False
    parted = [line for line in body.split("\n") if "\x1e" in line or "\x1f" in line]
    return all([line[0] == "\x08" or _is_row(line, header) for line in parted])  # noqa: C419  quicker


def _coded(line: str, read: Read) -> str:
    """A line whose codes stand where they mean something; elsewhere they are held as unknown."""
    line = line.lstrip(_MODES)
    if _is_row(line, read.header):
        start = line[:1] if line[:1] == "\x08" else ""
        codes, rest = f"\x08{_MODES}", line.lstrip("\x08")
    else:
        start, codes, rest = "", f"\x08{_MODES}\x1e\x1f", line
    for code in codes:
        if code in rest:
            read.found.doubt("control-unknown")
            rest = rest.replace(code, "\t")
    return start + rest


def _is_row(line: str, header: Header) -> bool:
    """Whether a line is a row of a table: by its indicator, or in tabular copy by its columns."""
    if line[:1] == "\x08":
        return True
    if not header.is_tabular or line[:1] == "^":
        return False
    return "\x1e" in line or "\x1f" in line or (";" in line and line[:1] != "\t")


def _lines(body: str) -> list[str]:
    """Lines of the wire, with two commands on one line parted and a broken command mended."""
    lines: list[str] = []
    is_broken = False
    for line in body.split("\n"):
        if line[:1] != "^":
            lines.append(line)
            continue
        parts = _AGAIN.split(line) if "^" in line[1:] else [line]
        lines += parts
        is_broken = is_broken or not parts[-1].rstrip(_EDGES).endswith(_QUADS)
    return _mended(lines) if is_broken else lines


def _mended(lines: list[str]) -> list[str]:
    """A command that was wrapped over several lines is one, up to its quad."""
    found: list[str] = []
    at = 0
    while at < len(lines):
        end = _command_end(lines, at)
        found.append("\n".join(lines[at : end + 1]) if end > at else lines[at])
        at = end + 1
    return found


def _command_end(lines: list[str], at: int) -> int:
    """Where the command that begins at a line ends; the same line when no quad is near."""
    line = lines[at].rstrip(_EDGES)
    if line[:1] != "^" or line.endswith(_QUADS):
        return at
    for end in range(at + 1, min(at + _LONGEST_LINE, len(lines))):
        following = lines[end].rstrip(_EDGES)
        if not following or following[0] in "^\x08\t":
            return at
        if following.endswith(_QUADS):
            return end
    return at


# --- commands: lines that begin with a caret ----------------------------------------------------


def _command(line: str, lines: list[str], at: int, read: Read) -> None:
    _flush(read)
    found = read.found
    found.leave_out("^", "typesetting")
    words = line[1:].strip(_EDGES)
    quad = words[-1:] if words.endswith(_QUADS) else ""
    words = words.removesuffix(quad).strip(_EDGES) if quad else words
    if words:
        if read.above and quad:
            _fact(words, quad, lines, at, read)
        else:
            _line_of_text(words, quad, read)
    found.leave_out(quad, "typesetting")


def _fact(words: str, quad: str, lines: list[str], at: int, read: Read) -> None:
    """One line above the text, told by how it begins and by its place."""
    found = read.found
    sent = lines_.naive(words)
    value = " ".join([part.strip(_EDGES) for part in words.split("\n")])
    if _CODE_LINE.fullmatch(value):
        found.leave_out(sent, "typesetting")
    elif read.slug is None and found.headline is None and _is_keyword(value, read.header):
        _keyword_line(value, sent, read)
    elif _PHOTO.match(value):
        found.leave_out(sent, "photo-line")
        read.advisories.append(value)
    elif _NOTE.match(value) or cues.embargo([value]) or cues.notice([value]):
        found.leave_out(sent, "editors-note")
        found.notes.append(value)
    elif _BY.match(value) and found.by is None:
        found.leave_out(sent, "byline")
        found.by = value
    elif _is_org(quad, lines, at, read):
        found.leave_out(sent, "byline")
        read.org = value
    elif found.headline is None and (quad == "<" or found.by is None):
        found.leave_out(sent, "headline")
        found.headline = value
    elif quad == "<":
        found.leave_out(sent, "extended-headline")
        read.extended.append(value)
    else:
        _line_of_text(words, quad, read)


def _is_keyword(value: str, header: Header) -> bool:
    """Whether a line repeats the header's keyword, which is cut to 24 characters."""
    keyword = _NOT_ALNUM.sub("", header.keyword).lower()
    return _NOT_ALNUM.sub("", value).lower().startswith(keyword[:12]) and bool(keyword)


def _keyword_line(value: str, sent: str, read: Read) -> None:
    """``BC-US--Ethanol, 1st Ld-Writethru,1140``: slug, version, words of the story."""
    read.found.leave_out(sent, "keyword-line")
    count = _WORD_COUNT.search(value)
    if count is not None:
        read.words = int(count[1])
        value = value[: count.start()]
    slug, *versions = value.split(",")
    read.slug = slug.strip()
    read.found.types += shouted_in(slug)
    for version in versions:
        known, kinds = words_of(version)
        read.found.types += kinds
        if not known:
            read.found.doubt("editorial-type-unknown")


def _is_org(quad: str, lines: list[str], at: int, read: Read) -> bool:
    """The byline's second line, ``^AP Sports Writer=``: between the byline and the text.

    A byline that is an organisation ("By The …") has none: what follows it is a heading.
    """
    by = read.found.by
    if quad != "=" or by is None or read.org is not None or by[3:7].lower() == "the ":
        return False
    follows = at + 1 < len(lines) and lines[at + 1][:1] == "\t"
    return follows and lines[at - 1][:4].lower() == "^by "


def _line_of_text(words: str, quad: str, read: Read) -> None:
    """A centred line in the text is a heading; one without a quad is a line like any other."""
    if quad == "<" and _NOTE.match(words):
        read.found.leave_out(lines_.naive(words), "editors-note")
        read.found.notes.append(lines_.naive(words))
        return
    parts = [part.strip(_EDGES) for part in words.split("\n")]
    whole = " ".join(parts)
    read.found.blocks.append(lines_.heading(whole) if quad else lines_.running([whole]))
    read.found.pieces += [Piece(text=part) for part in parts]


# --- text and tables ----------------------------------------------------------------------------


def _text(line: str, read: Read) -> None:
    """A line of text: 09 begins a paragraph, a quad or a blank line ends it."""
    words = line.strip(_EDGES)
    if not words:
        _flush(read)
        return
    read.above = False
    if line[0] == "\t" or read.rows:
        _flush(read)
    elif read.paragraph and line != words:
        read.indented = True
    quad = words[-1] if words[-1] in _QUADS and _is_quad(words) else ""
    if quad:
        words = words[:-1].rstrip(_EDGES)
    if words and not read.paragraph and _NOTE_PARAGRAPH.match(words):
        read.found.leave_out(words, "editors-note")
        read.found.notes.append(words)
        words = ""
    if words:
        read.paragraph.append(words)
    if quad:
        _flush(read)
        read.found.leave_out(quad, "typesetting")


def _is_quad(words: str) -> bool:
    """Whether the last character sets the line; at the end of a link it belongs to the link."""
    last = words.rsplit(" ", 1)[-1]
    return words[-1] == "<" or not ("/" in last or "?" in last or "&" in last)


def _row(line: str, read: Read, *, is_whole: bool) -> None:
    """A row of a table: cells between 1E and 1F, or in tabular copy between semicolons.

    ``is_whole`` when one code parts two cells, and no other was taken out of the line.
    """
    read.above = False
    if read.paragraph:
        _flush(read)
    words = line[1:]
    if (
        is_whole
        and line[0] == "\x08"
        and words[:1] not in _BEFORE_WORDS
        and words[-1] not in _QUADS
        and ("\x1e" in words or not (";" in words and read.header.is_tabular))
        and words.strip("\x1e")[:1] not in _BEFORE_WORDS
        and "\f" not in words
    ):
        read.rows.append(words.split("\x1e"))
        read.run.append(words)
    else:
        _dressed_row(line.lstrip("\x08").rstrip(_EDGES), read)


def _dressed_row(words: str, read: Read) -> None:
    """A row with codes to leave out: each of its cells is a piece of its own."""
    is_parted = "\x1e" in words or "\x1f" in words
    quad = words[-1:] if words.endswith(_QUADS) else ""
    _end_run(read)
    found = read.found
    if words.startswith("^"):
        found.leave_out("^", "typesetting")
        words = words[1:]
    words = words.removesuffix(quad) if quad else words
    if not is_parted and read.header.is_tabular and ";" in words:
        cells = _semicolons(words, found)
    else:
        cells = [cell.strip(_EDGES) for cell in _columned(words).split("\x1e")]
        found.pieces += [Piece(text=cell) for cell in cells if cell]
    read.rows.append(cells)
    found.leave_out(quad, "typesetting")


def _end_run(read: Read) -> None:
    if read.run:
        read.found.pieces.append(Piece(text="\n".join(read.run).replace("\x1e", "\t")))
        read.run = []


def _semicolons(words: str, found: wire.Found) -> list[str]:
    cells = [cell.strip(_EDGES) for cell in words.split(";")]
    for at, cell in enumerate(cells):
        if at:
            found.leave_out(";", "typesetting")
        if cell:
            found.pieces.append(Piece(text=cell))
    return cells


def _flush(read: Read) -> None:
    """End the paragraph or the table that is open."""
    if read.rows:
        _end_run(read)
        if any(cell for row in read.rows for cell in row):
            read.found.blocks.append(lines_.table(read.rows))
        read.rows = []
    if read.paragraph:
        found, paragraph = read.found, read.paragraph
        whole = paragraph if len(paragraph) == 1 else lines_.joined(paragraph, _width(read))
        found.blocks.append(lines_.running(whole))
        # Blanks in front of a line are left out: each line is a piece of its own.
        found.pieces += [Piece(text=line) for line in (paragraph if read.indented else whole)]
        read.paragraph, read.indented = [], False


def _width(read: Read) -> int:
    """The column at which the lines were broken."""
    if read.width is None:
        copy = [line.strip(_EDGES) for line in read.lines if line[:1] != "^"]
        read.width = lines_.width_of(copy)
    return read.width
