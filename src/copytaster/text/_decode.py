"""Bytes to characters: the byte order mark, the charset that was declared, the one that was used.

The order is BOM, explicit HTTP charset, XML declaration, UTF-8 (handbook: formats §3.1).
Decoding is strict; where the declared charset cannot be right, the second try is recorded
as the repair ``charset`` and no character is ever replaced.
"""

import codecs
import re
from functools import lru_cache
from re import Pattern

import msgspec

from copytaster.text._errors import OverLimit
from copytaster.text._errors import Undecodable

MAX_BYTES = 32 * 1024 * 1024
REPAIR = "charset"
_LONGEST_LABEL = 40

# Longest mark first: the UTF-32 mark begins with the UTF-16 one.
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARKS = frozenset(mark[:1] for mark, _ in _BOMS)
# "<?" and "<r" without a mark (XML 1.0 appendix F).
_BARE_WIDE: tuple[tuple[Pattern[bytes], str], ...] = (
    (re.compile(rb"<\0\0\0[^\0]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0<\0\0\0[^\0]"), "utf-32-be"),
    (re.compile(rb"<\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"\0<\0[^\0]"), "utf-16-be"),
)
_WIDEST = 8
"""bytes in which each of these shapes has its zeros"""
_DECLARATION = re.compile(
    r"""\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""", re.ASCII
)

# HTML standard §13.2.3.2: a comment is passed over, and a meta element counts by its charset,
# or by its content when it stands for an HTTP header.
_HTML_HEAD = re.compile(
    rb"""<!--(?:[^-]++|-(?!->))*(?:-->|\Z)|<meta(?P<meta>[\s/](?:[^>"']|"[^"]*+"|'[^']*+')*)>""",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    rb"""([^\s"'>/=]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.IGNORECASE
)
_IN_CONTENT = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_HEAD = 1024

# WHATWG Encoding: labels are read as what senders mean by them.
_MEANT = {
    "ascii": "ascii",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-8-sig": "utf-8",
}
# Labels of the same standard that Python does not know.
_LABELS = {
    "unicode-1-1-utf-8": "utf-8",
    "x-unicode20utf8": "utf-8",
    "unicode": "utf-16-le",
    "ucs-2": "utf-16-le",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "x-cp1254": "cp1254",
    "x-user-defined": "cp1252",
    "dos-874": "cp874",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "windows-949": "cp949",
    "x-gbk": "gb18030",
    "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-ukrainian": "mac-cyrillic",
    "logical": "iso8859-8",
    "iso-8859-8-i": "iso8859-8",
    "csiso88598i": "iso8859-8",
    "visual": "iso8859-8",
}
_WIDE = frozenset(
    ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"),
)
_ALLOWED = _WIDE | {
    "ascii",
    "utf-8",
    *(f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
    *(f"cp{page}" for page in (*range(1250, 1259), 874, 437, 850, 852, 866, 932, 949)),
    *("koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"),
    *("gb18030", "big5hkscs", "euc_jp", "iso2022_jp"),
}


class Decoded(msgspec.Struct, frozen=True, kw_only=True):
    """Characters, with the charset that was stated and the one that was used."""

    text: str
    declared: str | None
    used: str
    repairs: tuple[str, ...] = ()
    octets: bytes | None = None
    """the same characters in UTF-8, where they came so"""


def decode_xml(data: bytes, http_charset: str | None = None) -> Decoded:
    """The characters of an XML document, without its byte order mark.

    ``http_charset`` is the charset parameter only when the sender stated one: the old
    default of ``text/xml`` (us-ascii, RFC 3023) must not be passed. Raises
    :class:`Undecodable`, :class:`OverLimit`.
    """
    check_size(data)
    marked = decode_marked(data)
    if marked is not None:
        return marked
    inside, wide = _declared(data)
    stated = http_charset.strip().strip("\"'") if http_charset else inside
    return _read(data, stated or None, wide)


def decode_html(data: bytes, http_charset: str | None = None) -> Decoded:
    """The characters of a web page: BOM, HTTP charset, ``meta``, UTF-8 (WHATWG sniffing).

    Raises :class:`Undecodable`, :class:`OverLimit`.
    """
    check_size(data)
    marked = decode_marked(data)
    if marked is not None:
        return marked
    stated = http_charset.strip().strip("\"'") if http_charset else _in_meta(data[:_HEAD])
    return _read(data, stated or None, None)


def _in_meta(head: bytes) -> str | None:
    """The charset that the first ``meta`` element with one states."""
    for found in _HTML_HEAD.finditer(head):
        label = _of_meta(found["meta"]) if found["meta"] else None
        if label is not None:
            # A page whose meta can be read as ASCII is not UTF-16 (ibid.).
            return "utf-8" if _charset(label) in _WIDE else label
    return None


def _of_meta(attributes: bytes) -> str | None:
    said: dict[bytes, bytes] = {}
    for name, *values in _ATTRIBUTE.findall(attributes):
        said.setdefault(name.lower(), b"".join(values))
    label = said.get(b"charset")
    if label is None and said.get(b"http-equiv", b"").lower() == b"content-type":
        inside = _IN_CONTENT.search(said.get(b"content", b""))
        label = inside[1] if inside else None
    return label.decode("latin-1").strip() or None if label is not None else None


def decode_json(data: bytes) -> Decoded:
    """The characters of a JSON document (RFC 8259: UTF-8; a leading BOM is dropped).

    Lone surrogates written as escapes are refused: they are not characters.
    """
    check_size(data)
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise Undecodable(f"not UTF-8 at byte {error.start}, as JSON must be") from error
    at = _lone_surrogate(text) if _HALF.search(data) else None
    if at is not None:
        raise Undecodable(f"half a surrogate pair at character {at}: not a character")
    return Decoded(text=text, declared=None, used="utf-8")


def check_size(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise OverLimit(f"{len(data)} bytes: more than the {MAX_BYTES} a document may have")


def decode_marked(data: bytes) -> Decoded | None:
    """By the byte order mark, which is dropped; None without one."""
    if data[:1] not in _MARKS:
        return None
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], charset)
    return None


def decode_stated(data: bytes, charset: str) -> Decoded:
    """By the charset that somebody stated."""
    return _read(data, charset, None)


def undeclared(data: bytes) -> Decoded:
    """ASCII is certain; UTF-8 and windows-1252 are only likely, and recorded as a repair."""
    if data.isascii():
        return Decoded(text=data.decode("ascii"), declared=None, used="ascii")
    return _second_try(data, None)


def is_charset(label: str) -> bool:
    return _charset(label) is not None


def _marked(data: bytes, charset: str) -> Decoded:
    text = _try(data, charset)
    if text is not None:
        return Decoded(text=text.removeprefix("\ufeff"), declared=charset, used=charset)
    return _second_try(data, charset)


def _declared(data: bytes) -> tuple[str | None, str | None]:
    """The XML declaration's charset, and the wide charset its bytes show without a mark."""
    wide = None
    if b"\0" in data[:_WIDEST]:
        wide = next((name for shape, name in _BARE_WIDE if shape.match(data)), None)
    head = data[:1024].decode(wide or "latin-1", "ignore")
    found = _DECLARATION.match(head)
    return (found.group(1) if found else None), wide


def _read(data: bytes, stated: str | None, wide: str | None) -> Decoded:
    charset = _charset(stated) if stated else "utf-8"
    if wide and (charset is None or stated is None or charset in _WIDE):
        charset = wide
    elif charset in _WIDE and data[:1] == b"<" and data[1:2] != b"\0":
        charset = None  # the bytes show eight bits whatever the label says
    if charset is None:
        return _second_try(data, stated)
    text = _try(data, charset)
    if text is None:
        return _second_try(data, stated)
    if charset in ("cp1252", "ascii") and (utf8 := _hidden_utf8(data)) is not None:
        # UTF-8 bytes labelled Latin-1 decode to mojibake without an error.
        return Decoded(text=utf8, declared=stated, used="utf-8", repairs=(REPAIR,))
    octets = data if charset == "utf-8" else None  # any mark was seen to before
    return Decoded(text=text.removeprefix("\ufeff"), declared=stated, used=charset, octets=octets)


def _second_try(data: bytes, stated: str | None) -> Decoded:
    """UTF-8 if the bytes are that, else windows-1252; recorded as a repair either way."""
    for charset in ("utf-8", "cp1252"):
        text = _try(data, charset)
        if text is not None:
            return Decoded(text=text, declared=stated, used=charset, repairs=(REPAIR,))
    label = ascii(stated[:_LONGEST_LABEL]) if stated else "UTF-8"
    raise Undecodable(f"not {label}, nor UTF-8, nor windows-1252: charset unknown")


@lru_cache(maxsize=256)
def _charset(label: str) -> str | None:
    """Python's name for what a label means; None when it names no charset we read."""
    if known := _LABELS.get(label.strip().lower()):
        return known
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    name = _MEANT.get(name, name)
    return name if name in _ALLOWED else None


def _try(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except UnicodeError:
        return None


def _hidden_utf8(data: bytes) -> str | None:
    return None if data.isascii() else _try(data, "utf-8")


_HALF = re.compile(rb"\\u[dD]")  # what may be the escape of half a pair
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)


def _lone_surrogate(text: str) -> int | None:
    """Where a ``\\uD8xx`` escape has no partner, or None."""
    high_ends = -1  # where the low half must begin
    for escape in _ESCAPE.finditer(text):
        unit = int(escape.group(1), 16) if escape.group(1) else 0
        low = 0xDC00 <= unit <= 0xDFFF
        if (high_ends >= 0) != low or (low and escape.start() != high_ends):
            return escape.start()
        high_ends = escape.end() if 0xD800 <= unit <= 0xDBFF else -1
    return None if high_ends < 0 else high_ends
