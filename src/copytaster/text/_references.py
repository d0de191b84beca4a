"""Character references by the letter of the standards: used before parsing, and by the naive walk.

Written apart from lxml and lexbor so that the naive walk of a body (law 1) does not lean on
the parsers it checks.
"""

import re
from collections.abc import Mapping
from html.entities import html5

_REFERENCE = re.compile(r"&(?:#([xX]?)([0-9a-fA-F]+)|([a-zA-Z][a-zA-Z0-9]{0,40}));?")
_XML_REFERENCE = re.compile(r"&(?:#(x?)([0-9a-fA-F]+)|([a-zA-Z_:][\w.:-]{0,60}));")
_FIVE = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}
REPLACEMENT = "\ufffd"
_AT_ONCE = 65_536


def c1(code: int) -> str | None:
    """What a reference into the C1 block means (HTML: numeric character reference end state)."""
    if not 0x80 <= code <= 0x9F:
        return None
    try:
        return bytes((code,)).decode("cp1252")
    except UnicodeDecodeError:
        return None  # five positions are empty in windows-1252: the control itself


def number(digits: str, base: int) -> int:
    """The code point a numeric reference names; above Unicode's end, one past it."""
    significant = digits.lstrip("0")
    return int(significant or "0", base) if len(significant) <= 8 else 0x110000


def unescape_html(text: str) -> str:
    """Text content of HTML source without tags (HTML standard §13.2.5.72 and following)."""
    if "&" not in text:
        return text
    characters = _all_common(text, _COMMON_HTML)
    return _REFERENCE.sub(_html_reference, text) if characters is None else characters


def unescape_xml(text: str) -> str:
    """Text content of XML source without tags: the five, and numbers."""
    if "&" not in text:
        return text
    characters = _all_common(text, _COMMON_XML)
    return _XML_REFERENCE.sub(_xml_reference, text) if characters is None else characters


def _all_common(text: str, common: Mapping[str, str]) -> str | None:
    """The characters, where every ampersand begins a whole reference that is common; else None.

    Cut at the ampersands: twice as fast as a pattern that finds the references. A long text
    is read piece by piece, because what is cut takes many times the memory of its characters.
    """
    if len(text) <= _AT_ONCE:
        return _common_in(text, common)
    read: list[str] = []
    at = 0
    while at < len(text):
        ends = text.find("&", at + _AT_ONCE) % (len(text) + 1)
        characters = _common_in(text[at:ends], common)
        if characters is None:
            return None
        read.append(characters)
        at = ends
    return "".join(read)


def _common_in(text: str, common: Mapping[str, str]) -> str | None:
    first, *rest = text.split("&")
    parts = [first]
    for part in rest:
        name, end, behind = part.partition(";")
        means = common.get(name)
        if means is None or not end:
            return None
        parts.append(means)
        parts.append(behind)
    return "".join(parts)


def _html_reference(found: re.Match[str]) -> str:
    hexadecimal, digits, name = found.groups()
    if name is not None:
        return _html_name(found.group(), name)
    if not hexadecimal:
        decimal = _DECIMAL.match(digits)
        if decimal is None:
            return found.group()
        if decimal.end() < len(digits):  # &#65abc: the number ends before the letters
            rest = found.group()[2 + decimal.end() :]
            return _html_number(number(decimal.group(), 10)) + rest
    return _html_number(number(digits, 16 if hexadecimal else 10))


_DECIMAL = re.compile(r"[0-9]+")


def _html_number(code: int) -> str:
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return REPLACEMENT
    return c1(code) or chr(code)


def _html_name(whole: str, name: str) -> str:
    """The longest name in the table, as the tokenizer matches it in text."""
    after = whole[1 + len(name) :]
    if after and (exact := html5.get(name + ";")) is not None:
        return exact
    for length in range(len(name), 1, -1):
        legacy = html5.get(name[:length])
        if legacy is not None:
            return legacy + name[length:] + after
    return whole


def _xml_reference(found: re.Match[str]) -> str:
    return _FIVE.get(found[0]) or _xml_number(found)


def _xml_number(found: re.Match[str]) -> str:
    hexadecimal, digits, name = found.groups()
    if name is not None:
        return found.group()
    code = number(digits, 16 if hexadecimal else 10)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return found.group()
    return c1(code) or chr(code)


_NUMBERS = {
    f"#{number}": _html_number(code)
    for code in (*range(1, 0x180), *range(0x2000, 0x2070), 0x20AC, 0x2122)
    for number in (str(code), f"x{code:x}", f"x{code:X}")
}
_COMMON_XML = _NUMBERS | {whole[1:-1]: means for whole, means in _FIVE.items()}
# No name in the table is longer than one that ends with ";".
_COMMON_HTML = _NUMBERS | {name[:-1]: means for name, means in html5.items() if name.endswith(";")}
