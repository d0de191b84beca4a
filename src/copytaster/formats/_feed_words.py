"""Headline, summary and body of a feed's item: which characters are text, which are markup.

RSS gives titles and descriptions no type. What holds a tag or a character reference after
the XML has been read is HTML, and is read as that exactly once; anything else is text
(handbook: formats §3.5). Nothing is ever unescaped until it looks right: copy whose markup
was escaped twice is held.
"""

import hashlib
import re
from collections.abc import Callable
from collections.abc import Iterable
from html.entities import html5

import msgspec
from lxml import etree

from copytaster import text
from copytaster.formats import _words
from copytaster.formats._feed import Notes
from copytaster.formats._feed import base_of
from copytaster.formats._feed import content
from copytaster.formats._feed import raw_content
from copytaster.formats._feed_scan import Sources
from copytaster.formats._nitf_body import nitf_words
from copytaster.formats._types import Context
from copytaster.formats._words import Words
from copytaster.item import Body
from copytaster.item import Copy

_OBSOLETE = (  # and seldom seen
    "applet|area|base|basefont|bdi|bdo|bgsound|blink|canvas|col|colgroup|data|datalist|details|dfn|"
    "dialog|dir|fieldset|frame|frameset|hgroup|image|isindex|keygen|legend|listing|map|marquee|"
    "math|menu|meter|multicol|nobr|noembed|noframes|optgroup|option|output|plaintext|progress|rb|"
    "rp|rt|rtc|ruby|search|slot|spacer|summary|track|xmp|"
)
_ELEMENTS = _OBSOLETE + (
    "a|abbr|acronym|address|article|aside|b|big|blockquote|br|caption|center|cite|code|dd|del|div|"
    "dl|dt|em|embed|figcaption|figure|font|footer|form|h[1-6]|header|hr|i|iframe|img|input|ins|"
    "kbd|li|link|main|mark|meta|nav|object|ol|p|param|picture|pre|q|s|samp|script|section|small|"
    "source|span|strike|strong|style|sub|sup|table|tbody|td|tfoot|th|thead|time|tr|tt|u|ul|var|"
    "video|audio|wbr|html|head|body|title|noscript|svg|template|textarea|button|select|label"
)
_TAG = re.compile(rf"</?(?:{_ELEMENTS})(?=[\s/>])[^<>]*>|<!--", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|([a-zA-Z][a-zA-Z0-9]{1,31}));")
_LEFT_OVER = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,6}|#x[0-9a-fA-F]{1,5});")
NITF = "application/nitf+xml"
_Settle = Callable[[Callable[[], Copy], Callable[[], str], str], Words]
_ENOUGH = 2
"""tags or references left in a text that show it was escaped twice; one may be a quotation"""


class Rendition(msgspec.Struct, frozen=True, kw_only=True):
    """A body as sent, and its words."""

    body: Body
    words: Words


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """Where an item stands in its document, and what may be used to read it."""

    index: int
    sources: Sources
    notes: Notes
    context: Context

    def source(self, element: etree._Element) -> str | None:
        """The source of a child's content, found without the parser."""
        return self.sources.of(element, self.index)

    def characters(self, element: etree._Element) -> str:
        """The naive reading. A body not found in the source accounts for nothing."""
        return text.naive_xml(self.source(element) or "")

    def base(self, element: etree._Element) -> str | None:
        """What relative links in the element are resolved against."""
        return base_of(element, self.context)


def holds_markup(value: str) -> bool:
    """Whether characters hold a tag or a character reference of HTML."""
    if "<" in value and _TAG.search(value):
        return True
    if "&" not in value:
        return False
    names = (found.group(1) for found in _REFERENCE.finditer(value))
    return any(name is None or name + ";" in html5 for name in names)


def headline(
    element: etree._Element, notes: Notes, path: str, *, html: bool | None = None
) -> str | None:
    """A line that readers take the story by: held when any of its characters is left out."""
    return _line(element, notes, path, html, _words.one_line)


def line(
    element: etree._Element, notes: Notes, path: str, *, html: bool | None = None
) -> str | None:
    """A summary as readers see it. ``html``: whether its type says HTML.

    Without a type the characters decide, and a decision for HTML is remarked on.
    """
    return _line(element, notes, path, html, lambda read, naive, _: _words.settle(read, naive))


def _line(
    element: etree._Element, notes: Notes, path: str, html: bool | None, settle: _Settle
) -> str | None:
    value = content(element)
    if value is None:
        return None
    if html is None and not len(element) and (html := holds_markup(value)):
        notes.remark("read-as-html", path)
    if len(element):
        words = settle(lambda: text.from_xml(element, "xhtml"), lambda: raw_content(element), path)
    elif html:
        words = settle(lambda: text.from_html(value), lambda: text.naive_html(value), path)
    else:
        return value
    notes.add(words)
    _check_twice_escaped(words.copy, notes, path)
    return text.plain(words.copy).rstrip("\n") or None


def html_or_text(element: etree._Element, reading: Reading) -> Rendition:
    """A body without a declared type."""
    if holds_markup(raw_content(element)):
        return html(element, reading)
    return plain(element, reading)


def html(element: etree._Element, reading: Reading) -> Rendition:
    """A body sent as HTML: escaped, or in CDATA."""
    value, profile = raw_content(element), reading.notes.profile
    words = _words.settle(
        lambda: text.from_html(
            value, selector=profile.body_selector, omit=profile.omit, base=reading.base(element)
        ),
        lambda: text.naive_html(reading.characters(element)),
    )
    return Rendition(body=_body(value, "text/html", profile.body_selector), words=words)


def plain(element: etree._Element, reading: Reading) -> Rendition:
    """A body sent as text."""
    value = raw_content(element)
    words = _words.settle(lambda: text.from_plain(value), lambda: reading.characters(element))
    return Rendition(body=_body(value, "text/plain", None), words=words)


def xhtml(element: etree._Element, reading: Reading) -> Rendition:
    """A body sent as XHTML elements: everything inside ``element``."""
    profile = reading.notes.profile
    words = _words.settle(
        lambda: text.from_xml(
            element,
            "xhtml",
            selector=profile.body_selector,
            omit=profile.omit,
            base=reading.base(element),
        ),
        lambda: reading.characters(element),
    )
    value = reading.source(element) or ""
    body = _body(value, "application/xhtml+xml", profile.body_selector)
    return Rendition(body=body, words=words)


def nitf(element: etree._Element, reading: Reading) -> Rendition:
    """A body sent as an NITF document inside ``element``, as AP's Atom does."""
    span = reading.sources.span(element, reading.index) or (0, 0)
    words = nitf_words(element[0], reading.sources.source, span, reading.notes.profile)
    return Rendition(body=_body(reading.source(element) or "", NITF, None), words=words)


def choose(candidates: Iterable[Callable[[], Rendition]], notes: Notes) -> Rendition | None:
    """The first body that gives words, or that cannot be read: that one must be heard."""
    for candidate in candidates:
        rendition = candidate()
        if rendition.words.copy.blocks or rendition.words.holds:
            notes.add(rendition.words)
            _check_twice_escaped(rendition.words.copy, notes, "body")
            return rendition
    return None


def _body(value: str, content_type: str, selector: str | None) -> Body:
    digest = hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
    return Body(value=value, content_type=content_type, selector=selector, sha256=digest)


def _check_twice_escaped(copy: Copy, notes: Notes, path: str) -> None:
    """Hold when what was read as HTML once still shows tags or references."""
    words = text.plain(copy)
    left = len(_TAG.findall(words)) + len(_LEFT_OVER.findall(words))
    if left >= _ENOUGH:
        notes.hold("double-escaped", path, f"{left} tags or references left in the text")
