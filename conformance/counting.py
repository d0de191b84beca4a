"""The characters of a body, counted a third time.

Knows nothing of the readers, of ``copytaster.text`` or of its two walks: bytes are decoded by
what they declare, elements are found by counting tags, strings of a JSON document are all of
them, a page is read by the standard library. What comes out are *candidates*: every stretch of
the document that could be a body, without its layout white space. The words of an item, with
what was left out of them by name, must be one of them, character for character.
"""

import base64
import email
import email.policy
import json
import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

# Layout, and what is no character of text (controls, Unicode's noncharacters): the standard
# library drops references to those.
_LAYOUT: dict[int, None] = dict.fromkeys(map(ord, " \t\n\f\r"))
_LAYOUT.update(dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0xFDD0, 0xFDF0))))
_LAYOUT.update(
    dict.fromkeys(
        plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
    )
)
_TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[(?P<cdata>.*?)\]\]>|<\?.*?\?>"
    r"|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>"
    r"|<(?P<close>/?)(?:[\w.-]+:)?(?P<name>[A-Za-z_][\w.-]*)"
    r"(?:\"[^\"]*\"|'[^']*'|[^>\"'])*?(?P<empty>/?)>",
    re.DOTALL,
)
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_ANY_BODY = frozenset(
    """inlineXML inlineData html body body.content block DataContent
    description encoded content summary tagline xhtml:body fullitem abstract text
    content_encoded""".split()
)
# HTML standard §13.2.4.1, raw text; the standard library knows more of them in each release.
_RAW = frozenset(("script", "style", "iframe", "noembed", "noframes", "xmp"))
_DASH = re.compile("(?<!_)_(?!_)")
_BASE64 = re.compile("[A-Za-z0-9+/]{8,}={0,2}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def bare(characters: str) -> str:
    """Without the white space that only lays text out; every other character stays."""
    return characters.translate(_LAYOUT)


def candidates(data: bytes) -> Iterator[str]:
    """Every stretch of the document that could be a body, bare."""
    head = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1].replace(b"\xff", b"<")
    if head in (b"{", b"["):
        yield from _of_json(data)
    elif head == b"<":
        for source in dict.fromkeys(decodings(data)):
            yield from _of_markup(source)
    else:
        yield from _of_octets(data)


def decodings(data: bytes) -> Iterator[str]:
    """Every reading of the bytes that fails nowhere, in the charsets a sender may have meant."""
    declared = _DECLARED.search(data[:400])
    names = {declared.group(1).decode().lower(): None} if declared else {}
    names |= dict.fromkeys(["utf-16"] if data[:2] in _WIDE_MARKS else ["utf-8", "cp1252"])
    for name in names:
        wide = "cp1252" if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii") else name
        try:
            yield data.decode("utf-8-sig" if wide.startswith("utf-8") else wide)
        except (UnicodeDecodeError, LookupError):
            continue
    if data[:2] in _WIDE_MARKS:
        yield data[2:].decode("utf-8", "replace")


def stripped(source: str) -> str:
    """The characters of XML without its tags; references and CDATA sections read."""
    parts: list[str] = []
    at = 0
    for token in _TOKEN.finditer(source):
        parts.append(unescape(source[at : token.start()]))
        parts.append(token["cdata"] or "")
        at = token.end()
    parts.append(unescape(source[at:]))
    return "".join(parts)


def of_page(markup: str) -> str:
    """The characters of HTML, those of scripts and styles included."""
    collector = _Characters()
    collector.feed(markup)
    collector.close()
    return "".join(collector.found)


class _Characters(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _RAW:
            self.set_cdata_mode(tag)

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def unknown_decl(self, data: str) -> None:
        """A CDATA section."""
        self.found.append(data.removeprefix("CDATA["))


def _readings(raw: str) -> Iterator[str]:
    """A string as plain text, and as markup where it holds any."""
    yield bare(raw)
    if "<" in raw or "&" in raw:
        yield bare(of_page(raw))
        yield bare(stripped(raw))
    elif _BASE64.fullmatch(code := bare(raw)) and len(code) % 4 == 0:
        yield from _readings(base64.b64decode(code).decode("utf-8", "replace"))


def _of_markup(source: str) -> Iterator[str]:
    for name, inner in _elements(source):
        if name in _ANY_BODY:
            yield from _readings(stripped(inner))
            if "<" in inner:
                yield bare(of_page(inner))
        elif name == "script" and '"articleBody"' in inner:
            yield from _strings_of(inner)
    yield bare(of_page(source))


def _elements(source: str) -> Iterator[tuple[str, str]]:
    """Name and source of every element, found by counting tags."""
    open_at: list[tuple[str, int]] = []
    for token in _TOKEN.finditer(source):
        name = token["name"]
        if name is None:
            continue
        if not token["close"]:
            if not token["empty"]:
                open_at.append((name, token.end()))
            continue
        for depth in range(len(open_at) - 1, max(-1, len(open_at) - 50), -1):
            if open_at[depth][0] == name:
                yield name, source[open_at[depth][1] : token.start()]
                del open_at[depth:]
                break


def _of_json(data: bytes) -> Iterator[str]:
    yield from _strings_of(data.decode("utf-8-sig", "replace"))


def _strings_of(source: str) -> Iterator[str]:
    try:
        waiting = [json.loads(source, strict=False)]
    except ValueError:
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield from _readings(value)
            if "<body" in value or "<block" in value:
                yield from _of_markup(value)
        elif isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _of_octets(data: bytes) -> Iterator[str]:
    """A wire message's text, a mail's parts, the whole of a bare text."""
    for charset in ("utf-8", "cp1252", "latin-1"):
        try:
            text = data.decode(charset)
        except UnicodeDecodeError:
            continue
        for message in re.findall("\x02(.*?)\x03", text, re.DOTALL):
            yield bare(_CONTROL.sub("", message))
            for read in _typeset(message):
                yield bare(_CONTROL.sub("", read))
        yield bare(text)
        break
    if re.match(rb"\s*[A-Za-z-]+:", data):
        yield from _of_mail(data)


def _typeset(message: str) -> Iterator[str]:
    """ANPA's typesetting codes read as what they set (handbook: formats §3.3): a dash, but for
    a row of them, quotes, and in agate a half."""
    set_up = _DASH.sub("—", message).replace("``", "“").replace("''", "”")
    yield set_up
    yield set_up.replace("{", "½")


def _of_mail(data: bytes) -> Iterator[str]:
    for part in email.message_from_bytes(data.lstrip(), policy=email.policy.default).walk():
        if part.is_multipart():
            continue
        sent = part.get_payload(decode=True)
        if isinstance(sent, bytes):
            text = sent.decode(part.get_content_charset() or "utf-8", "replace")
            yield from _readings(text)
            if text.lstrip()[:1] in ("{", "["):
                yield from _strings_of(text)
