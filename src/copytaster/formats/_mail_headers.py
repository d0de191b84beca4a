"""The header block of a mail or of one of its parts: fields, their words, their parameters.

RFC 5322 §2.2 (fields and folding), RFC 2045 §5.1 and RFC 2231 (parameters), RFC 2047 (encoded
words), RFC 6532 (UTF-8 in headers). Characters are decoded strictly; what the declared charset
cannot be is a repair, and what cannot be decoded at all stays as it was sent and is told.
"""

import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

import msgspec

from copytaster import text
from copytaster.formats._types import OverLimit

LONGEST_BLOCK = 256 * 1024
LONGEST_FIELD = 16 * 1024
"""Octets of one field after unfolding that are looked at; RFC 5322 §2.1.1 wants lines of 998."""
MOST_FIELDS = 2_000

_END = re.compile(rb"\A\r?\n|\n\r?\n")
_FOLD = re.compile(rb"\r?\n(?=[ \t])")
_FIELD = re.compile(rb"(?P<name>[!-9;-~]{1,100})[ \t]*:(?P<value>.*)", re.DOTALL)
_ENCODED = re.compile(r"=\?(?P<charset>[^?\s]{1,60})\?(?P<how>[bBqQ])\?(?P<said>[^?\r\n]*+)\?=")
_LEFT_OVER = re.compile(r"=\?[\w-]{1,60}(?:\*[\w-]{0,20})?\?[bBqQ]\?")
_PARAMETER = re.compile(
    r""";\s*(?P<name>[^\s=;"]{1,60})\s*=\s*(?:"(?P<quoted>(?:[^"\\]++|\\.)*)"|(?P<bare>[^\s;"]*+))""",
    re.DOTALL,
)
_NUMBERED = re.compile(r"(?P<name>[^*]+)\*(?P<number>\d{1,2})(?P<percent>\*)?\Z")


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a field."""

    text: str
    repairs: tuple[str, ...] = ()
    sound: bool = True
    """False: some of it could not be decoded and stands as it was sent"""


class Headers(msgspec.Struct, frozen=True, kw_only=True):
    """The fields in their order, names in lower case, values unfolded and not decoded."""

    fields: tuple[tuple[str, bytes], ...] = ()

    def all(self, name: str) -> Iterator[bytes]:
        return (value for found, value in self.fields if found == name)

    def raw(self, name: str) -> bytes | None:
        """The first field of this name; a second one is left to who must not have two."""
        return next(self.all(name), None)

    def plain(self, name: str) -> str | None:
        """A field that has no encoded words by its grammar: ids, types, dates."""
        value = self.raw(name)
        return None if value is None else value.decode("latin-1").strip() or None

    def said(self, name: str) -> Said | None:
        """A field for people, decoded."""
        value = self.raw(name)
        return None if value is None else words(value)


def split(data: bytes) -> tuple[Headers, bytes]:
    """The fields in front of the first empty line, and what comes after it. Raises OverLimit."""
    found = _END.search(data, 0, LONGEST_BLOCK)
    if found is None and len(data) >= LONGEST_BLOCK:
        raise OverLimit(f"mail: a header block of more than {LONGEST_BLOCK} bytes")
    block, body = (data[: found.start()], data[found.end() :]) if found else (data, b"")
    fields = [field for line in _FOLD.sub(b"", block).split(b"\n") if (field := _field(line))]
    if len(fields) > MOST_FIELDS:
        raise OverLimit(f"mail: more than {MOST_FIELDS} header fields")
    return Headers(fields=tuple(fields)), body


def _field(line: bytes) -> tuple[str, bytes] | None:
    found = _FIELD.match(line[:LONGEST_FIELD])
    if found is None:
        return None  # ">From " and the like: no field, and nothing for readers
    return found["name"].decode("ascii").lower(), found["value"].strip(b" \t\r")


# --- words ---------------------------------------------------------------------------------------


def words(value: bytes) -> Said:
    """Encoded words and bare characters of a field, in order."""
    bare, repairs = _bare(value)
    parts: list[str] = []
    run: list[re.Match[str]] = []
    at = 0
    sound = True
    for found in _ENCODED.finditer(bare):
        between = bare[at : found.start()]
        if run and between.strip(" \t"):
            sound &= _settle(run, parts, repairs)
        if between.strip(" \t") or not run:  # blanks between encoded words are no characters
            parts.append(between)
        run.append(found)
        at = found.end()
    sound &= _settle(run, parts, repairs)
    whole = "".join([*parts, bare[at:]]).strip(" \t")
    return Said(text=whole, repairs=tuple(repairs), sound=sound and not _LEFT_OVER.search(whole))


def _bare(value: bytes) -> tuple[str, list[str]]:
    """RFC 6532 has UTF-8 in headers; older mailers put windows-1252 there."""
    if value.isascii():
        return value.decode("ascii"), []
    try:
        return value.decode("utf-8"), []
    except UnicodeDecodeError:
        try:
            return value.decode("cp1252"), ["charset"]
        except UnicodeDecodeError:
            return value.decode("latin-1"), ["charset"]


def _settle(run: list[re.Match[str]], parts: list[str], repairs: list[str]) -> bool:
    """Decode neighbouring encoded words. Those in one charset are decoded as one: mailers break
    in the middle of a character, though RFC 2047 §5 forbids it.
    """
    sound = True
    while run:
        charset = _charset(run[0])
        same = [run.pop(0)]
        while run and _charset(run[0]) == charset:
            same.append(run.pop(0))
        try:
            octets = b"".join(_octets(word) for word in same)
            decoded = text.decode_xml(octets, charset)
        except (ValueError, text.TextError):
            parts.extend(word.group() for word in same)
            sound = False
            continue
        parts.append(decoded.text)
        repairs.extend(name for name in decoded.repairs if name not in repairs)
    return sound


def _charset(word: re.Match[str]) -> str:
    return word["charset"].partition("*")[0].lower()  # RFC 2231 §5: a language may follow


def _octets(word: re.Match[str]) -> bytes:
    said = word["said"]
    if word["how"] in "bB":
        compact = said.replace(" ", "")
        padded = compact + "=" * (-len(compact) % 4)
        return binascii.a2b_base64(padded.encode("utf-8"), strict_mode=True)
    return binascii.a2b_qp(said.encode("utf-8"), header=True)


# --- parameters ----------------------------------------------------------------------------------


def parameters(value: str) -> dict[str, str]:
    """The parameters of a Content-Type or Content-Disposition, names in lower case."""
    found: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, str, bool]]] = {}
    for part in _PARAMETER.finditer(value):
        name, said = part["name"].lower(), _unquoted(part)
        numbered = _NUMBERED.match(name)
        if numbered is not None:
            percent = numbered["percent"] is not None
            pieces.setdefault(numbered["name"], []).append((int(numbered["number"]), said, percent))
        elif name.endswith("*"):
            found.setdefault(name[:-1], _extended(said))
        else:
            found.setdefault(name, said)
    for name, parts in pieces.items():
        whole = "".join(said for _, said, _ in sorted(parts))
        found.setdefault(name, _extended(whole) if any(p for *_, p in parts) else whole)
    return found


def _unquoted(part: re.Match[str]) -> str:
    quoted = part["quoted"]
    return part["bare"] or "" if quoted is None else re.sub(r"\\(.)", r"\1", quoted)


def _extended(said: str) -> str:
    """RFC 2231 §4: charset'language'percent-encoded."""
    charset, mark, rest = said.partition("'")
    value = rest.partition("'")[2] if mark else said
    try:
        return text.decode_xml(unquote_to_bytes(value), charset or None).text
    except text.TextError:
        return value
