"""Characters to a safe XML tree.

The declaration is dropped and the DOCTYPE skipped (real NewsML and NITF carry one) before
the parser sees the document, and no entity is left for it to resolve: references to HTML
names become characters in the source, because lxml with entities off ends ``.text`` at an
entity node (handbook: feeds §1). So nothing external can be read and nothing can expand.
"""

import re
from collections.abc import Callable
from html.entities import html5
from itertools import islice

import msgspec
from lxml import etree

from copytaster.text._decode import Decoded
from copytaster.text._errors import Malformed
from copytaster.text._errors import OverLimit
from copytaster.text._references import c1
from copytaster.text._references import number

MAX_CHARACTERS = 32 * 1024 * 1024
MAX_ELEMENTS = 400_000
MAX_ATTRIBUTES = 256
MAX_DEPTH = 200
_MAX_TAGS = 2_000_000
_MAX_LOOSE = 50_000
_LONGEST_MESSAGE = 300

ENTITIES = "entities"
REPAIR = "xml"

# Prefixes that senders use without declaring them, and what they mean by them.
_WELL_KNOWN = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "atom": "http://www.w3.org/2005/Atom",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "georss": "http://www.georss.org/georss",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "xlink": "http://www.w3.org/1999/xlink",
    "mi": "http://schemas.ingestion.microsoft.com/common/",
}

_TOO_MANY = etree.XPath(f"boolean(descendant::*[{MAX_ELEMENTS}])")
_TOO_DEEP = etree.XPath("boolean(" + "/*" * (MAX_DEPTH + 1) + ")")
_TOO_WIDE = etree.XPath(f"boolean(//@*[{MAX_ATTRIBUTES + 1}])")


class Xml(msgspec.Struct, frozen=True, kw_only=True):
    """A tree, and the characters it was built from."""

    root: etree._Element
    source: str
    """what the parser was given: entities replaced, repairs made, prolog cut"""
    repairs: tuple[str, ...] = ()


def parse_xml(decoded: Decoded) -> Xml:
    """A safe tree of a decoded document.

    Comments and processing instructions are left out. Raises :class:`Malformed` with the
    line, and :class:`OverLimit`. ``repairs`` may hold ``charset`` (from decoding),
    ``entities`` and ``xml``.
    """
    text = decoded.text
    if len(text) > MAX_CHARACTERS:
        raise OverLimit(f"{len(text)} characters: more than {MAX_CHARACTERS}")
    repairs = list(decoded.repairs)
    body, start, ragged = _without_prolog(text)
    source = _replace_references(body)
    if source != body and _has_html_name(body):
        repairs.append(ENTITIES)
    if ragged:
        return _repaired(source, repairs)
    octets = _without_start(decoded, start, body) if source == body else None
    try:
        return Xml(root=_tree(source, octets), source=source, repairs=tuple(repairs))
    except etree.XMLSyntaxError as error:
        return _repaired(source, repairs, error)


def _without_start(decoded: Decoded, start: int, body: str) -> bytes | None:
    """The body's own bytes, where it came in UTF-8: to write it so again would cost."""
    if decoded.octets is None:
        return None
    lines = len(body) - (len(decoded.text) - start)
    return b"\n" * lines + decoded.octets[len(decoded.text[:start].encode()) :]


def _repaired(source: str, repairs: list[str], why: etree.XMLSyntaxError | None = None) -> Xml:
    """The tree after the one repair pass; what is still wrong is told as it first was."""
    mended = _mend(source)
    try:
        root = _tree(mended)
    except etree.XMLSyntaxError as error:
        raise _malformed(why or error) from error
    return Xml(root=root, source=mended, repairs=(*repairs, REPAIR))


# Making a parser costs as much as parsing a short story, so each is used again; by one thread
# at a time, since taking from a list and adding to it cannot be interrupted.
_IDLE: list[etree.XMLParser] = []


def _new_parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )


def _parsed(data: bytes) -> etree._Element:
    try:
        parser = _IDLE.pop()
    except IndexError:
        parser = _new_parser()
    try:
        return etree.fromstring(data, parser)
    finally:
        _IDLE.append(parser)


def _tree(source: str, octets: bytes | None = None) -> etree._Element:
    """The tree of a source; ``octets``: the same in UTF-8, where somebody has it."""
    try:
        data = octets or source.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Malformed("half a surrogate pair: not a character") from error
    tags = data.count(b"<")  # those written inside CDATA sections too
    if tags > _MAX_TAGS:
        raise OverLimit(f"more than {_MAX_TAGS} tags")
    root = _parsed(data)
    if tags > MAX_ELEMENTS and _TOO_MANY(root):
        raise OverLimit(f"more than {MAX_ELEMENTS} elements")
    # As many as that must begin and end, or be written, for a tree so deep or so wide.
    if tags > 2 * MAX_DEPTH and _TOO_DEEP(root):
        raise OverLimit(f"elements nested deeper than {MAX_DEPTH}")
    if data.count(b"=") > MAX_ATTRIBUTES and _TOO_WIDE(root):
        raise OverLimit(f"an element with more than {MAX_ATTRIBUTES} attributes")
    return root


def _malformed(error: etree.XMLSyntaxError) -> Exception:
    # libxml2 goes on with a line end and a piece of the document.
    what = (error.msg or "not well-formed").split(", line ")[0].partition("\n")[0].rstrip()
    if what.startswith("Excessive depth"):
        return OverLimit(f"elements nested deeper than {MAX_DEPTH}")
    return Malformed(what[:_LONGEST_MESSAGE], error.position[0])


# --- the prolog --------------------------------------------------------------------------


def _without_prolog(text: str) -> tuple[str, int, bool]:
    """The document from its root element on, where that begins, and whether blanks stood before
    the declaration.

    Line ends are kept in front so that line numbers in errors stay true.
    """
    start = 0
    while text[start : start + 1] in ("\ufeff", " ", "\t", "\r", "\n") and start < len(text):
        start += 1
    ragged = start > 0 and text.startswith("<?xml", start)
    root = _skip_prolog(text, start)
    if root == 0:
        return text, 0, ragged
    return "\n" * text.count("\n", 0, root) + text[root:], root, ragged


def _skip_prolog(text: str, at: int) -> int:
    """Where the root element begins: past declaration, comments, instructions, DOCTYPE."""
    while True:
        at = _past_blanks(text, at)
        if text.startswith("<!--", at):
            at = _past(text, "-->", at + 4, "comment")
        elif text.startswith("<?", at):
            at = _past(text, "?>", at + 2, "declaration or processing instruction")
        elif text[at : at + 9].upper() == "<!DOCTYPE":
            at = _past_doctype(text, at + 9)
        else:
            return at


_BLANKS = re.compile(r"[ \t\r\n\ufeff]*")


def _past_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _past(text: str, end: str, at: int, what: str) -> int:
    found = text.find(end, at)
    if found < 0:
        raise Malformed(f"a {what} before the root element never ends", text.count("\n", 0, at) + 1)
    return found + len(end)


_DOCTYPE_PART = re.compile(r"[^\"'<\[\]>]+")


def _past_doctype(text: str, at: int) -> int:
    """Past the DOCTYPE, its internal subset included; nothing of it is read (XML 1.0 §2.8)."""
    began, inside = at, False
    while at < len(text):
        plain = _DOCTYPE_PART.match(text, at)
        at = plain.end() if plain else at
        mark = text[at : at + 1]
        if mark in ('"', "'"):
            at = _past(text, mark, at + 1, "DOCTYPE's quoted text")
        elif text.startswith("<!--", at):
            at = _past(text, "-->", at + 4, "comment")
        elif text.startswith("<?", at):
            at = _past(text, "?>", at + 2, "processing instruction")
        elif mark == ">" and not inside:
            return at + 1
        else:
            inside = {"[": True, "]": False}.get(mark, inside)
            at += 1
    raise Malformed("a DOCTYPE before the root element never ends", text.count("\n", 0, began) + 1)


# --- references, and the one repair pass -----------------------------------------------------

# What is not markup in a source: skipped whole. Each alternative ends at the end of the
# text at the latest, so the scan is linear.
_OPAQUE = (
    r"<!\[CDATA\[(?s:.*?)(?:\]\]>|\Z)"
    r"|<!--(?s:.*?)(?:-->|\Z)"
    r"|<\?(?s:.*?)(?:\?>|\Z)"
)
_NAMES = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[a-zA-Z][a-zA-Z0-9]{1,40};")
_TO_REPLACE = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)"
    r"(?:[a-zA-Z][a-zA-Z0-9]{1,40}|#(?:0*(?:12[89]|1[34][0-9]|15[0-9])|x0*[89][0-9a-fA-F]));"
)
_REFERENCE = re.compile(
    rf"{_OPAQUE}|&(?:#(?:x(?P<hex>[0-9a-fA-F]{{1,12}})|(?P<decimal>[0-9]{{1,12}}))"
    r"|(?P<name>[a-zA-Z][a-zA-Z0-9]{1,40}));"
)
_ESCAPED = str.maketrans({"<": "&lt;", "&": "&amp;"})
_FIVE = {f"&{name};": f"&{name};" for name in ("amp", "lt", "gt", "quot", "apos")}
# Every name written out: text may be made of nothing else, and each costs one look.
_KNOWN = {
    f"&{name}": means.translate(_ESCAPED) for name, means in html5.items() if name.endswith(";")
} | _FIVE


def _has_html_name(source: str) -> bool:
    return _NAMES.search(source) is not None


def _replace_references(source: str) -> str:
    """HTML names and references into the C1 block become the characters they mean."""
    if "&" not in source or not _TO_REPLACE.search(source):
        return source
    return _REFERENCE.sub(_replacement, source)


def _replacement(found: re.Match[str]) -> str:
    whole: str = found[0]
    known = _KNOWN.get(whole)
    if known is not None:
        return known
    hexadecimal, decimal = found["hex"], found["decimal"]
    if hexadecimal is not None:
        return c1(number(hexadecimal, 16)) or whole
    if decimal is not None:
        return c1(number(decimal, 10)) or whole
    return whole


_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LOOSE = re.compile(
    rf"{_OPAQUE}|&(?!(?:amp|lt|gt|quot|apos|#[0-9]{{1,12}}|#x[0-9a-fA-F]{{1,12}});)"
)
_CONTROL_REFERENCE = re.compile(
    rf"{_OPAQUE}|&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01])|x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]));"
)
_UPPER_X = re.compile(rf"{_OPAQUE}|&#X(?=[0-9a-fA-F]{{1,12}};)")  # HTML's, not XML's
_LAST_TAG = re.compile(r"</[A-Za-z_][\w.:-]{0,60}\s{0,20}\Z")
_ROOT_TAG = re.compile(r"<[A-Za-z_:][\w.:-]*")


def _mend(source: str) -> str:
    """The one repair pass: blanks, control characters, bare ampersands, known prefixes, and a
    last tag that lacks nothing but its end.
    """
    text = _CONTROLS.sub("", source.lstrip(" \t\r\n\ufeff"))
    text += ">" if _LAST_TAG.search(text, max(0, len(text) - 200)) else ""
    text = _CONTROL_REFERENCE.sub(_keep_opaque(""), text)
    text = _UPPER_X.sub(_keep_opaque("&#x"), text)
    if text.count("&") > _MAX_LOOSE:
        _count_loose(text)
    text = _LOOSE.sub(_keep_opaque("&amp;"), text)
    return _declare_prefixes(text)


def _count_loose(text: str) -> None:
    """Refuse to repair what would grow to many times its size."""
    loose = (found for found in _LOOSE.finditer(text) if found[0] == "&")
    if next(islice(loose, _MAX_LOOSE, None), None) is not None:
        raise OverLimit(f"more than {_MAX_LOOSE} bare ampersands to repair")


def _keep_opaque(replacement: str) -> Callable[[re.Match[str]], str]:
    return lambda found: found.group() if found.group()[0] == "<" else replacement


def _declare_prefixes(text: str) -> str:
    root = _ROOT_TAG.search(text)
    if root is None:
        return text
    missing = [
        f' xmlns:{prefix}="{uri}"'
        for prefix, uri in _WELL_KNOWN.items()
        if f"{prefix}:" in text and f"xmlns:{prefix}" not in text
    ]
    return text[: root.end()] + "".join(missing) + text[root.end() :]
