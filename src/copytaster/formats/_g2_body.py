"""Which rendition of a news item is its body, and its words.

The children of ``contentSet`` are alternatives, never parts (handbook: formats §1.1). One is
chosen: XHTML, then NITF, then HTML, then plain text, by what it really holds and then by what
it says it holds. A rendition that may not be published is no candidate.
"""

import base64
import binascii
import hashlib

import msgspec
from lxml import etree

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats._g2_meta import is_constrained
from copytaster.formats._g2_meta import local
from copytaster.formats._nitf_body import nitf_words
from copytaster.formats._scan import Span
from copytaster.formats._scan import inlines
from copytaster.formats._scan import inside
from copytaster.formats._words import Words
from copytaster.formats._words import all_characters
from copytaster.formats._words import one_line_end
from copytaster.formats._words import settle
from copytaster.item import Body
from copytaster.item import BodyKind
from copytaster.item import Remark

_PREFERENCE = ("xhtml", "nitf", "html", "plain")
# As seen in G2 bodies, the wrong ones of Reuters, STT and TT included.
_TYPES = {
    "application/xhtml+xml": "xhtml",
    "application/xhtml+html": "xhtml",
    "xhtml/xml": "xhtml",
    "text/html": "html",
    "application/nitf+xml": "nitf",
    "application/ttnitf+xml": "nitf",
    "text/plain": "plain",
}
_XHTML_ROOTS = frozenset({"html", "body", "div", "section", "article", "main", "p"})


class Inlines:
    """Where each inlineXML and inlineData of a document lies in its source."""

    def __init__(self, document: text.Xml) -> None:
        self.source = document.source
        elements = document.root.iter("{*}inlineXML", "{*}inlineData")
        outermost = [e for e in elements if not _is_nested(e)]
        self._spans = dict(zip(outermost, inlines(document.source), strict=False))

    def span(self, element: etree._Element) -> Span:
        return self._spans.get(element, (0, 0))


def _is_nested(element: etree._Element) -> bool:
    return next(element.iterancestors("{*}inlineXML", "{*}inlineData"), None) is not None


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """The chosen rendition and its words."""

    bodies: tuple[Body, ...] = ()
    kind: BodyKind = BodyKind.none
    words: Words = Words()
    nitf: bool = False
    """the body is NITF, whose head may tell what the item's metadata does not"""


def choose(content: etree._Element | None, inline: Inlines, profile: Profile) -> Chosen:
    """The best of the alternatives that are inside the item and may be published."""
    if content is None or is_constrained(content):
        return Chosen()
    found = [(_kind(e), e) for e in content.iterfind("{*}*") if _is_candidate(e)]
    known = [pair for pair in found if pair[0] in _PREFERENCE]
    if not known:
        return Chosen(words=Words(remarks=tuple(map(_unsupported, [e for _, e in found]))))
    kind, element = min(known, key=lambda pair: _PREFERENCE.index(pair[0]))
    return _read(kind, element, inline, profile)


def _is_candidate(element: etree._Element) -> bool:
    if etree.QName(element).localname not in ("inlineXML", "inlineData"):
        return False
    empty = len(element) == 0 and not (element.text or "").strip()
    return not empty and not is_constrained(element) and element.get("hascontent") != "false"


def _kind(element: etree._Element) -> str:
    """By the root of what is inside; else by the declared type; else nothing."""
    if etree.QName(element).localname == "inlineXML" and len(element):
        root = etree.QName(element[0]).localname
        if root == "nitf":
            return "nitf"
        declared = _declared(element)
        if root in _XHTML_ROOTS or declared in ("xhtml", "html"):
            return "xhtml"
        return ""
    return _declared(element)


def _declared(element: etree._Element) -> str:
    return _TYPES.get(_content_type(element).split(";")[0].strip().lower(), "")


def _content_type(element: etree._Element) -> str:
    return element.get("contenttype", "")


def _unsupported(element: etree._Element) -> Remark:
    detail = _content_type(element) or "no content type"
    return Remark(code="body-unsupported", path="contentSet", detail=detail[:100])


def _read(kind: str, element: etree._Element, inline: Inlines, profile: Profile) -> Chosen:
    span = inline.span(element)
    encoding = local(element.get("encoding") or element.get("encodinguri"))
    if encoding is not None:
        words, value = _encoded(kind, element, inline.source[slice(*span)], encoding, profile)
    elif kind == "nitf" and len(element):
        words = _alone(element, nitf_words(element[0], inline.source, span, profile))
        value = inline.source[slice(*(words.span or span))]
    elif kind == "xhtml" and len(element):
        words, span = _xhtml(element, inline.source, span, profile)
        value = inline.source[slice(*span)]
    else:
        value = one_line_end(all_characters(element))
        words = _text(kind, value, text.naive_xml(inline.source[slice(*span)]), profile)
    body = Body(
        value=value,
        content_type=_content_type(element),
        selector=profile.body_selector,
        char_count=_count(element, "charcount"),
        word_count=_count(element, "wordcount"),
        sha256=hashlib.sha256(value.encode()).hexdigest(),
    )
    whole = BodyKind.full if words.copy.blocks else BodyKind.none
    return Chosen(bodies=(body,), kind=whole, words=words, nitf=kind == "nitf")


def _alone(element: etree._Element, words: Words) -> Words:
    """Hold when words stand beside the document inside a rendition."""
    others = list(element)[1:]
    beside = [element.text, element[0].tail, *map(all_characters, others)]
    beside += [other.tail for other in others]
    if not any((characters or "").strip() for characters in beside):
        return words
    remark = Remark(code="words-unaccounted", path="contentSet", detail="words beside the body")
    holds = tuple(dict.fromkeys((*words.holds, remark.code)))
    return msgspec.structs.replace(words, holds=holds, remarks=(*words.remarks, remark))


def _count(element: etree._Element, name: str) -> int | None:
    value = element.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def _xhtml(
    element: etree._Element, source: str, span: Span, profile: Profile
) -> tuple[Words, Span]:
    """The ``body`` of a whole page, else everything inside the rendition.

    The naive walk takes the whole rendition but the page's head, so that words in a second body
    or beside the page are missed.
    """
    chosen, found, head = element, span, (span[0], span[0])
    body = element.find("{*}html/{*}body")
    if body is not None:
        chosen = body
        found = inside(source, ("html", "body"), span) or (0, 0)
        head = inside(source, ("html", "head"), span) or head
    naive = source[span[0] : head[0]] + source[head[1] : span[1]]
    words = settle(
        lambda: text.from_xml(chosen, "xhtml", selector=profile.body_selector, omit=profile.omit),
        lambda: text.naive_xml(naive),
    )
    return words, found


def _text(kind: str, value: str, naive: str, profile: Profile) -> Words:
    """Plain text, or markup sent as text; ``naive`` are the same characters found otherwise."""
    if kind == "plain":
        return settle(lambda: text.from_plain(value), lambda: naive)
    return settle(
        lambda: text.from_html(value, selector=profile.body_selector, omit=profile.omit),
        lambda: text.naive_html(naive),
    )


def _encoded(
    kind: str, element: etree._Element, fragment: str, encoding: str, profile: Profile
) -> tuple[Words, str]:
    """Base64 is undone; any other encoding is one nobody here can read."""
    try:
        value = _decoded(all_characters(element), encoding)
        naive = _decoded(text.naive_xml(fragment), encoding)
    except ValueError as error:
        remark = Remark(code="body-unreadable", path="contentSet", detail=str(error))
        return Words(holds=("body-unreadable",), remarks=(remark,)), fragment
    return _text(kind, one_line_end(value), one_line_end(naive), profile), value


def _decoded(value: str, encoding: str) -> str:
    if encoding.lower() not in ("base64", "b64"):
        raise ValueError(f"encoding {encoding[:40]} is not known here")
    try:
        raw = base64.b64decode("".join(value.split()), validate=True)
    except binascii.Error as error:
        raise ValueError(f"not base64: {error}") from error
    return raw.decode("utf-8-sig")
