"""Which rendition of a news item is its body, and its words.

The children of ``contentSet`` are alternatives, never parts (handbook: formats §1.1). One is
chosen: XHTML, then NITF, then HTML, then plain text, by what it really holds and then by what
it says it holds. A rendition that may not be published is no candidate.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable

import msgspec
from lxml import etree

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats._children import Children
from copytaster.formats._children import children
from copytaster.formats._g2_meta import is_constrained
from copytaster.formats._g2_meta import local
from copytaster.formats._nitf_body import nitf_words
from copytaster.formats._scan import Span
from copytaster.formats._scan import extents
from copytaster.formats._scan import local_name
from copytaster.formats._scan import outermost
from copytaster.formats._words import Words
from copytaster.formats._words import all_characters
from copytaster.formats._words import one_line_end
from copytaster.formats._words import settle
from copytaster.item import Body
from copytaster.item import BodyKind
from copytaster.item import Remark

_INLINES = ("inlineXML", "inlineData")
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
    """Where each inlineXML and inlineData of a document lies in its source; looked for once."""

    def __init__(self, document: text.Xml) -> None:
        self.source = document.source
        self._root = document.root
        self._spans: dict[etree._Element, Span] | None = None

    def span(self, element: etree._Element) -> Span:
        if self._spans is None:
            elements = outermost(self._root, *_INLINES)
            found = extents(elements, self.source, (0, len(self.source)))
            self._spans = dict(zip(elements, found, strict=False))
        return self._spans.get(element, (0, 0))


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """The chosen rendition and its words."""

    bodies: tuple[Body, ...] = ()
    kind: BodyKind = BodyKind.none
    words: Words = Words()
    nitf: etree._Element | None = None
    """the body's ``nitf``, whose head may tell what the item's metadata does not"""


def choose(
    content: etree._Element | None, inline: Inlines, profile: Profile, *, words: bool = True
) -> Chosen:
    """The best of the alternatives that are inside the item and may be published.

    Of two of one kind the one that ``@original`` names, from which the others were made. With
    ``words`` false it is only found, not read.
    """
    if content is None or is_constrained(content):
        return Chosen()
    found = [(_kind(e), e) for e in content if _is_candidate(e)]
    known = [pair for pair in found if pair[0] in _PREFERENCE]
    if not known:
        return Chosen(words=Words(remarks=tuple(map(_unsupported, [e for _, e in found]))))
    original = content.get("original")
    kind, element = min(
        known,
        key=lambda pair: (
            _PREFERENCE.index(pair[0]),
            original is None or pair[1].get("id") != original,
        ),
    )
    return _Rendition(kind, element, inline, profile, words=words).chosen()


def _is_candidate(element: etree._Element) -> bool:
    if local_name(element) not in _INLINES:
        return False
    empty = len(element) == 0 and not (element.text or "").strip()
    return not empty and not is_constrained(element) and element.get("hascontent") != "false"


def _kind(element: etree._Element) -> str:
    """By the root of what is inside; else by the declared type; else nothing."""
    if local_name(element) == "inlineXML" and len(element):
        root = local_name(element[0])
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


class _Rendition:
    """One rendition that is read."""

    def __init__(
        self,
        kind: str,
        element: etree._Element,
        inline: Inlines,
        profile: Profile,
        *,
        words: bool,
    ) -> None:
        self.kind = kind
        self.element = element
        self.source = inline.source
        self.span = inline.span(element)
        self.profile = profile
        self.wanted = words

    def chosen(self) -> Chosen:
        """The rendition as a body, and its words."""
        words, value = self._words()
        element = self.element
        body = Body(
            value=value,
            content_type=_content_type(element),
            selector=self.profile.body_selector,
            char_count=_count(element, "charcount"),
            word_count=_count(element, "wordcount"),
            sha256=hashlib.sha256(value.encode()).hexdigest(),
        )
        has_words = bool(words.copy.blocks) or not self.wanted
        return Chosen(
            bodies=(body,),
            kind=BodyKind.full if has_words else BodyKind.none,
            words=words,
            nitf=element[0] if self.kind == "nitf" and len(element) else None,
        )

    def _words(self) -> tuple[Words, str]:
        element, source, span = self.element, self.source, self.span
        encoding = local(element.get("encoding") or element.get("encodinguri"))
        if encoding is not None:
            return self._encoded(source[slice(*span)], encoding)
        if self.kind == "nitf" and len(element):
            words = nitf_words(element[0], source, span, self.profile, words=self.wanted)
            return _alone(element, words), source[slice(*(words.span or span))]
        if self.kind == "xhtml" and len(element):
            return self._xhtml()
        value = one_line_end(all_characters(element))
        return self._text(value, lambda: text.naive_xml(source[slice(*span)])), value

    def _xhtml(self) -> tuple[Words, str]:
        """The ``body`` of a whole page, else everything inside the rendition.

        The naive walk takes the whole rendition but the page's head, so that words in a second
        body or beside the page are missed.
        """
        element, source, span = self.element, self.source, self.span
        page = children(element).get("html", ())
        parts = children(page[0]) if page else {}
        if "body" not in parts:
            return self._marked(element, source[slice(*span)]), source[slice(*span)]
        body, head = self._page(parts)
        naive = source[span[0] : head[0]] + source[head[1] : span[1]]
        return self._marked(parts["body"][0], naive), source[slice(*body)]

    def _page(self, parts: Children) -> tuple[Span, Span]:
        """Where the body and the head of a page lie; a head that is not there has no extent."""
        named = outermost(self.element, "head", "body")
        spans = extents(named, self.source, self.span)
        found = dict(zip(named, spans, strict=True)) if len(named) == len(spans) else {}
        begin = self.span[0]
        head = found.get(parts["head"][0], (begin, begin)) if "head" in parts else (begin, begin)
        return found.get(parts["body"][0], (0, 0)), head

    def _marked(self, element: etree._Element, naive: str) -> Words:
        """The words of an element of XHTML, which the naive walk finds in its source."""
        if not self.wanted:
            return Words()
        selector, omit = self.profile.body_selector, self.profile.omit
        return settle(
            lambda: text.from_xml(element, "xhtml", selector=selector, omit=omit),
            lambda: text.naive_xml(naive),
        )

    def _text(self, value: str, naive: Callable[[], str]) -> Words:
        """Plain text, or markup sent as text; ``naive`` are the same characters found otherwise."""
        if not self.wanted:
            return Words()
        if self.kind == "plain":
            return settle(lambda: text.from_plain(value), naive)
        selector, omit = self.profile.body_selector, self.profile.omit
        return settle(
            lambda: text.from_html(value, selector=selector, omit=omit),
            lambda: text.naive_html(naive()),
        )

    def _encoded(self, fragment: str, encoding: str) -> tuple[Words, str]:
        """Base64 is undone; any other encoding is one nobody here can read."""
        try:
            value = _decoded(all_characters(self.element), encoding)
            naive = _decoded(text.naive_xml(fragment), encoding)
        except ValueError as error:
            remark = Remark(code="body-unreadable", path="contentSet", detail=str(error))
            return Words(holds=("body-unreadable",), remarks=(remark,)), fragment
        return self._text(one_line_end(value), lambda: one_line_end(naive)), value


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


def _decoded(value: str, encoding: str) -> str:
    if encoding.lower() not in ("base64", "b64"):
        raise ValueError(f"encoding {encoding[:40]} is not known here")
    try:
        raw = base64.b64decode("".join(value.split()), validate=True)
    except binascii.Error as error:
        raise ValueError(f"not base64: {error}") from error
    return raw.decode("utf-8-sig")
