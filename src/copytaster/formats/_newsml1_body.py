"""The words of a ``DataContent``: NITF, XHTML, HTML in a string, plain text, base64.

What it holds decides how it is read: an ``nitf`` or ``html`` element by its name, other markup
by the declared format, a string by the declared format alone. Each reading is compared with a
naive walk over the same place of the source, which is found without the parser.
"""

import base64
import binascii
import re

import msgspec
from lxml import etree

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats._newsml1_part import word
from copytaster.formats._newsml1_tree import Content
from copytaster.formats._newsml1_tree import encodings
from copytaster.formats._nitf_body import nitf_words
from copytaster.formats._scan import Span
from copytaster.formats._scan import contents
from copytaster.formats._scan import extent
from copytaster.formats._scan import local_name
from copytaster.formats._scan import outermost
from copytaster.formats._words import Words
from copytaster.formats._words import all_characters
from copytaster.formats._words import one_line_end
from copytaster.formats._words import settle
from copytaster.item import Remark

RANK = ("xhtml", "nitf", "html", "plain", "undeclared")
"""Kinds of text, the richest first."""

_DATA = "DataContent"
_LARGEST_ENCODED = 8 * 1024 * 1024
_UNENCODED = frozenset({"", "none", "identity", "7bit", "8bit"})
_TYPES = {
    "xhtml": "application/xhtml+xml",
    "nitf": "application/nitf+xml",
    "html": "text/html",
    "plain": "text/plain",
}
# Elements that a fragment may begin with without saying what it is.
_BLOCKS = frozenset(
    {
        *("p", "div", "section", "article", "ul", "ol", "dl", "table", "pre", "blockquote", "bq"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "block", "br", "a", "b", "i", "em"),
        *("strong", "span", "media", "note", "hr", "body", "body.content", "nitf-table"),
    }
)
# Tags of HTML and NITF and references; ``<ABCD.O>`` in a text is the code of a share.
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|small|sub|sup|font|center|ul|ol|li|dl|dt|dd|h[1-6r]|"
    r"img|table|tbody|t[rdh]|pre|block|blockquote|bq|q|section|article|html|head|body|nitf|"
    r"body\.content|hl[12]|media|note|location|person|org)(?:\s[^<>]*|/)?>|"
    r"&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z]+);",
    re.IGNORECASE,
)
# A string that begins so is as much a document of its own as an element of that name.
_DOCUMENT = re.compile(
    r"\s*(?:<\?xml\b[^<>]*>\s*)?(?:<!DOCTYPE\b[^<>]*>\s*)?<(nitf|html)[\s>]", re.IGNORECASE
)


class Sources:
    """Where each ``DataContent`` of a document lies in its source."""

    def __init__(self, document: text.Xml) -> None:
        self.source = document.source
        found = outermost(document.root, _DATA)
        extents = contents(document.source, (_DATA,), (0, len(document.source)))
        # Where tree and source do not agree nothing is found, and no account adds up.
        self._spans = dict(zip(found, extents, strict=True)) if len(found) == len(extents) else {}

    def span(self, data: etree._Element) -> Span:
        return self._spans.get(data, (0, 0))


def kind(content: Content) -> str:
    """What kind of text a content is, one of :data:`RANK`."""
    if content.form is None:
        content.form = _form(content)
    return content.form


def _form(content: Content) -> str:
    data = content.data
    declared = _declared(content)
    if data is None or not len(data):
        return _form_of_string(content, declared)
    root = local_name(data[0]).lower()
    if root in ("nitf", "body.content"):
        return "nitf"
    if root == "html":
        return "xhtml"
    if declared in ("nitf", "xhtml", "html"):
        return "nitf" if declared == "nitf" else "xhtml"
    return "xhtml" if root in _BLOCKS else "undeclared"


def _form_of_string(content: Content, declared: str) -> str:
    """What was declared; where nothing was, what the string begins as."""
    if declared == "xhtml":
        return "html"
    if declared != "undeclared" or content.data is None or encodings(content.data):
        return declared
    found = _DOCUMENT.match(content.data.text or "")
    return found.group(1).lower() if found else declared


def _declared(content: Content) -> str:
    """By MIME type and format as agencies write them: ``NITF3.1``, ``bcNITF2.5``, ``XHTML``."""
    said = word(content.part.formal("MimeType")), word(content.part.formal("Format"))
    for name, meaning in _DECLARED:
        if any(name in value for value in said):
            return meaning
    return "plain" if any(value in _PLAIN for value in said) else "undeclared"


_DECLARED = (("nitf", "nitf"), ("xhtml", "xhtml"), ("html", "html"))
_PLAIN = frozenset({"textplain", "plain", "plaintext", "ascii", "asciitext", "text", "txt", "utf8"})


def content_type(content: Content, found: str) -> str:
    """The MIME type as declared, else that of what was found; empty when nobody knows."""
    declared = (content.part.formal("MimeType") or "").strip()
    return declared or _TYPES.get(found, "")


def as_sent(content: Content, sources: Sources) -> str:
    """Markup untouched; a string as the characters it is."""
    if content.data is None:
        return ""
    if not len(content.data):
        return content.data.text or ""
    return sources.source[slice(*sources.span(content.data))]


def read(content: Content, found: str, sources: Sources, profile: Profile) -> Words:
    """The words of one content of the kind ``found``."""
    data = content.data
    if data is None:
        return Words()
    span = sources.span(data)
    steps = [step for step in encodings(data) if step not in _UNENCODED]
    if steps:
        return _encoded(data, sources.source[slice(*span)], steps, found, profile)
    if not len(data):
        naive = text.naive_xml(sources.source[slice(*span)])
        return _string(found, one_line_end(all_characters(data)), one_line_end(naive), profile)
    return _tree(data, found, sources.source, span, profile)


# --- markup as elements --------------------------------------------------------------------------


def _tree(data: etree._Element, found: str, source: str, span: Span, profile: Profile) -> Words:
    root = local_name(data[0]).lower()
    if root == "nitf" and _is_alone(data):
        words = nitf_words(data[0], source, span, profile)
        if words.span is not None:
            return words
    if root == "html" and _is_alone(data):
        return _page(data[0], source, span, profile)
    words = _fragment(data, found, source, span, profile)
    return words if found != "undeclared" else unsure(words, f"the element {root[:60]}")


def _is_alone(data: etree._Element) -> bool:
    beside = [data.text, *(child.tail for child in data)]
    return len(data) == 1 and not any((characters or "").strip() for characters in beside)


def _page(page: etree._Element, source: str, span: Span, profile: Profile) -> Words:
    """The ``body`` of a page; the naive walk takes everything but its head."""
    body, head = page.find("{*}body"), page.find("{*}head")
    cut = None if head is None else extent(head, page, source, span)
    begin, end = cut or (span[0], span[0])
    naive = source[span[0] : begin] + source[end : span[1]]
    return settle(
        lambda: text.from_xml(
            page if body is None else body,
            "xhtml",
            selector=profile.body_selector,
            omit=profile.omit,
        ),
        lambda: text.naive_xml(naive),
    )


def _fragment(data: etree._Element, found: str, source: str, span: Span, profile: Profile) -> Words:
    """Everything inside: AFP writes paragraphs without a document around them."""
    return settle(
        lambda: text.from_xml(
            data,
            "nitf" if found == "nitf" else "xhtml",
            selector=profile.body_selector,
            omit=profile.omit,
        ),
        lambda: text.naive_xml(source[slice(*span)]),
    )


# --- strings -------------------------------------------------------------------------------------


def _string(found: str, value: str, naive: str, profile: Profile) -> Words:
    """Text in a string; ``naive`` are the same characters, found without the parser."""
    if found == "nitf":
        return _nitf_string(value, naive, profile)
    if found in ("html", "xhtml"):
        return _html(value, naive, profile)
    if _MARKUP.search(value) is None:
        return settle(lambda: text.from_plain(value), lambda: naive)
    return unsure(_html(value, naive, profile), "markup in a text that is not declared as such")


def _html(value: str, naive: str, profile: Profile) -> Words:
    return settle(
        lambda: text.from_html(value, selector=profile.body_selector, omit=profile.omit),
        lambda: text.naive_html(naive),
    )


def _nitf_string(value: str, naive: str, profile: Profile) -> Words:
    """NITF in a string is a document of its own, or a piece of one."""
    if value != naive:
        return _failed("words-unaccounted", "the characters of the string are not those sent")
    is_document = value.lstrip().startswith(("<nitf", "<?xml", "<!DOCTYPE"))
    source = value if is_document else f"<{_DATA}>{value}</{_DATA}>"
    try:
        xml = text.parse_xml(text.Decoded(text=source, declared=None, used="utf-8", repairs=()))
    except text.TextError as error:
        return _failed("body-unreadable", str(error))
    whole = (0, len(xml.source))
    if is_document:
        words = nitf_words(xml.root, xml.source, whole, profile)
    else:
        span = contents(xml.source, (_DATA,), whole)[0]
        words = (
            _tree(xml.root, "nitf", xml.source, span, profile)
            if len(xml.root)
            else (_fragment(xml.root, "nitf", xml.source, span, profile))
        )
    return msgspec.structs.replace(words, repairs=words.repairs + xml.repairs)


def nitf_in_string(data: etree._Element) -> etree._Element | None:
    """The root of an NITF document that came as a string; None when it cannot be read."""
    steps = [step for step in encodings(data) if step not in _UNENCODED]
    try:
        said = all_characters(data)
        value = _decoded(said, steps).text if steps else said
        decoded = text.Decoded(text=value.strip(), declared=None, used="utf-8", repairs=())
        return text.parse_xml(decoded).root if value.lstrip().startswith("<") else None
    except (ValueError, text.TextError):
        return None  # reading the words says why


def _encoded(
    data: etree._Element, fragment: str, steps: list[str], found: str, profile: Profile
) -> Words:
    """Base64 is undone once; what else an agency may have done to it nobody here can undo."""
    try:
        value = _decoded(all_characters(data), steps)
        naive = _decoded(text.naive_xml(fragment), steps)
    except (ValueError, text.TextError) as error:
        return _failed("body-unreadable", str(error))
    words = _string(found, one_line_end(value.text), one_line_end(naive.text), profile)
    return msgspec.structs.replace(words, repairs=words.repairs + value.repairs)


def _decoded(value: str, steps: list[str]) -> text.Decoded:
    """The characters; a document inside says its own charset, as any XML does."""
    if steps != ["base64"]:
        raise ValueError(f"encoding {' in '.join(steps)[:60]} is not known here")
    if len(value) > _LARGEST_ENCODED:
        raise ValueError(f"{len(value)} encoded characters: more than {_LARGEST_ENCODED}")
    try:
        raw = base64.b64decode("".join(value.split()), validate=True)
    except binascii.Error as error:
        raise ValueError(f"not base64: {error}") from error
    return text.decode_xml(raw)


# --- doubts --------------------------------------------------------------------------------------


def unsure(words: Words, detail: str) -> Words:
    """The words, held because nobody said in a known way what they are."""
    return msgspec.structs.replace(
        words,
        holds=tuple(dict.fromkeys((*words.holds, "body-type-unknown"))),
        remarks=(*words.remarks, _remark("body-type-unknown", detail)),
    )


def _failed(code: str, detail: str) -> Words:
    return Words(holds=(code,), remarks=(_remark(code, detail),))


def _remark(code: str, detail: str) -> Remark:
    return Remark(code=code, path="DataContent", detail=detail[:200])
