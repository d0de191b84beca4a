"""Headline, summary and body of a feed's item: which characters are text, which are markup.

RSS gives titles and descriptions no type. What holds a tag or a character reference after
the XML has been read is HTML, and is read as that exactly once, unless the feed's other items
show that it writes text (:mod:`._feed_evidence`); anything else is text (handbook: formats
§3.5). Nothing is ever unescaped until it looks right: copy whose markup was escaped twice is
held.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from collections.abc import Iterable
from typing import Any

import msgspec
from lxml import etree

from copytaster import text
from copytaster.formats import _words
from copytaster.formats._feed import Fields
from copytaster.formats._feed import Inherited
from copytaster.formats._feed import Notes
from copytaster.formats._feed import attribute
from copytaster.formats._feed import content
from copytaster.formats._feed import raw_content
from copytaster.formats._feed_evidence import TAG
from copytaster.formats._feed_evidence import Evidence
from copytaster.formats._feed_evidence import holds_markup
from copytaster.formats._feed_scan import Sources
from copytaster.formats._nitf_body import nitf_words
from copytaster.formats._types import Context
from copytaster.formats._words import Words
from copytaster.item import Body
from copytaster.item import Copy
from copytaster.item import Description
from copytaster.item import Remark

_LEFT_OVER = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,6}|#x[0-9a-fA-F]{1,5});")
NITF = "application/nitf+xml"
_UNREAD = Words()
_Settle = Callable[[Callable[[], Copy], Callable[[], str], str], Words]
_ENOUGH = 2
"""tags or references left in a text that show it was escaped twice; one may be a quotation"""


class Rendition(msgspec.Struct, frozen=True, kw_only=True):
    """A body as sent, and its words; without them where they were not asked for."""

    body: Body
    words: Words
    element: Any = None
    """where it stands in the tree"""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """Where an item stands in its document, and what may be used to read it."""

    index: int
    sources: Sources
    notes: Notes
    context: Context
    inherited: Inherited
    evidence: Evidence

    def source(self, element: etree._Element) -> str | None:
        """The source of a child's content, found without the parser."""
        return self.sources.of(element, self.index)

    def characters(self, element: etree._Element) -> str:
        """The naive reading. A body not found in the source accounts for nothing."""
        return text.naive_xml(self.source(element) or "")

    def base(self, element: etree._Element) -> str | None:
        """What relative links in the element are resolved against."""
        return self.inherited.base(element)


def headline(
    element: etree._Element, reading: Reading, path: str, *, html: bool | None = None
) -> str | None:
    """A line that readers take the story by: held when any of its characters is left out."""
    return _line(element, reading, path, html, _words.one_line)


def line(
    element: etree._Element, reading: Reading, path: str, *, html: bool | None = None
) -> str | None:
    """A summary as readers see it. ``html``: whether its type says HTML.

    Without a type the characters decide, and a decision for HTML is remarked on.
    """
    return _line(element, reading, path, html, _summary)


def _summary(read: Callable[[], Copy], naive: Callable[[], str], path: str) -> Words:
    """What is left out of a summary is told by name, as it is of a body."""
    words = _words.settle(read, naive)
    if omissions := words.copy.omissions:
        detail = ", ".join(f"{name}: {count}" for name, count in omissions.items())[:200]
        remark = Remark(code="summary-omissions", path=path, detail=detail)
        return msgspec.structs.replace(words, remarks=(*words.remarks, remark))
    return words


def _line(
    element: etree._Element, reading: Reading, path: str, html: bool | None, settle: _Settle
) -> str | None:
    value, notes = content(element), reading.notes
    if value is None:
        return None
    if len(element):
        words = settle(lambda: text.from_xml(element, "xhtml"), lambda: raw_content(element), path)
    else:
        if html is None:
            html = reading.evidence.is_html(path, value, notes)
        if not html:
            return value
        words = settle(lambda: text.from_html(value), lambda: text.naive_html(value), path)
    notes.add(words)
    shown = _text_of(words)
    _check_twice_escaped(shown, notes, path)
    return shown.rstrip("\n") or None


_MEDIA = frozenset(("media:group", "media:description"))


def of_media(fields: Fields, reading: Reading) -> Description | None:
    """The description of an item's media, where the item has no abstract of its own: of a
    film it is all that is said.
    """
    if not fields.has(_MEDIA):
        return None
    for place in (fields, *fields.inside("media:group")):
        for element in place.all("media:description"):
            html = attribute(element, "type") == "html" or None
            if found := line(element, reading, "media:description", html=html):
                return Description(value=found, lang=reading.inherited.own_language(element))
    return None


def decoded(element: etree._Element, notes: Notes, path: str) -> str | None:
    """The characters of content in base64 (Atom 0.3 ``mode``): UTF-8, or it is left aside."""
    try:
        octets = base64.b64decode("".join(raw_content(element).split()), validate=True)
        return octets.decode("utf-8")
    except (binascii.Error, ValueError):
        notes.remark("content-type-aside", path, "base64 that is no text in UTF-8")
        return None


def html_or_text(element: etree._Element, reading: Reading, path: str | None = None) -> Rendition:
    """A body without a declared type. ``path``: of a field that some feeds write as text."""
    sent = raw_content(element)
    read_as = _html if _is_html(sent, path, reading) else _plain
    return read_as(element, reading, sent, in_source=True)


def _is_html(value: str, path: str | None, reading: Reading) -> bool:
    return holds_markup(value) if path is None else reading.evidence.is_html(path, value, None)


def html(element: etree._Element, reading: Reading, value: str | None = None) -> Rendition:
    """A body sent as HTML: escaped, or in CDATA. ``value``: its characters, where the source
    has them in base64; the naive walk then begins behind that.
    """
    sent = raw_content(element) if value is None else value
    return _html(element, reading, sent, in_source=value is None)


def plain(element: etree._Element, reading: Reading, value: str | None = None) -> Rendition:
    """A body sent as text."""
    sent = raw_content(element) if value is None else value
    return _plain(element, reading, sent, in_source=value is None)


def _html(element: etree._Element, reading: Reading, sent: str, *, in_source: bool) -> Rendition:
    profile = reading.notes.profile

    def characters() -> str:
        return text.naive_html(reading.characters(element) if in_source else sent)

    def read() -> Copy:
        return text.from_html(
            sent, selector=profile.body_selector, omit=profile.omit, base=reading.base(element)
        )

    return _rendition(sent, "text/html", element, reading, read, characters)


def _plain(element: etree._Element, reading: Reading, sent: str, *, in_source: bool) -> Rendition:
    def characters() -> str:
        return reading.characters(element) if in_source else sent

    return _rendition(
        sent, "text/plain", element, reading, lambda: text.from_plain(sent), characters
    )


def xhtml(element: etree._Element, reading: Reading) -> Rendition:
    """A body sent as XHTML elements: everything inside ``element``."""
    profile = reading.notes.profile

    def read() -> Copy:
        return text.from_xml(
            element,
            "xhtml",
            selector=profile.body_selector,
            omit=profile.omit,
            base=reading.base(element),
        )

    sent = reading.source(element) or ""
    return _rendition(
        sent, "application/xhtml+xml", element, reading, read, lambda: reading.characters(element)
    )


def nitf(element: etree._Element, reading: Reading) -> Rendition:
    """A body sent as an NITF document inside ``element``, as AP's Atom does.

    Where it marks the story as the block ``Main``, that block is the story (handbook: formats
    §1.3), unless the profile selects another.
    """
    span = reading.sources.span(element, reading.index) or (0, 0)
    profile = reading.notes.profile
    if profile.body_selector is None and element.find(".//{*}block[@id='Main']") is not None:
        profile = msgspec.structs.replace(profile, body_selector="Main")
    words = nitf_words(
        element[0], reading.sources.source, span, profile, words=reading.context.words
    )
    body = _body(reading.source(element) or "", NITF, profile.body_selector)
    return Rendition(body=body, words=words, element=element)


def choose(
    candidates: Iterable[Callable[[], Rendition]], notes: Notes, *, words: bool = True
) -> Rendition | None:
    """The first body that gives words, or that cannot be read: that one must be heard.

    ``words`` false: nothing was read; the first that is not blank.
    """
    for candidate in candidates:
        rendition = candidate()
        if not words:
            if rendition.body.value and not rendition.body.value.isspace():
                return rendition
        elif rendition.words.copy.blocks or rendition.words.holds:
            notes.add(rendition.words)
            _check_twice_escaped(_text_of(rendition.words), notes, "body")
            return rendition
    return None


def _rendition(
    sent: str,
    content_type: str,
    element: etree._Element,
    reading: Reading,
    read: Callable[[], Copy],
    characters: Callable[[], str],
) -> Rendition:
    selector = None if content_type == "text/plain" else reading.notes.profile.body_selector
    return Rendition(
        body=_body(sent, content_type, selector),
        words=_words.settle(read, characters) if reading.context.words else _UNREAD,
        element=element,
    )


def _body(value: str, content_type: str, selector: str | None) -> Body:
    digest = hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
    return Body(value=value, content_type=content_type, selector=selector, sha256=digest)


def _text_of(words: Words) -> str:
    return text.plain(words.copy) if words.text is None else words.text


def _check_twice_escaped(words: str, notes: Notes, path: str) -> None:
    """Hold when what was read as HTML once still shows tags or references."""
    left = len(TAG.findall(words)) if "<" in words else 0
    left += len(_LEFT_OVER.findall(words)) if "&" in words else 0
    if left >= _ENOUGH:
        notes.hold("double-escaped", path, f"{left} tags or references left in the text")
