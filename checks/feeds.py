"""The rules of Atom (RFC 4287, RFC 6721), RSS 2.0 and JSON Feed 1.1.

W3C's feed validator is no package, so its rules that concern us are written down here, each with
the section it comes from; feedparser, which is one, reads every feed besides.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import feedparser
from lxml import etree

from checks import json_feed
from checks.finding import Finding
from checks.saved import Answer
from checks.saved import Site

_ATOM = "{http://www.w3.org/2005/Atom}"
_TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_ONCE = ("id", "title", "updated")
_AT_MOST_ONCE = ("published", "summary", "content", "rights", "subtitle", "logo", "icon")
_CHANNEL = frozenset(
    "title link description language copyright managingEditor webMaster pubDate lastBuildDate "
    "category generator docs cloud ttl image rating textInput skipHours skipDays item".split()
)
_ITEM = frozenset(
    "title link description author category comments enclosure guid pubDate source".split()
)
Fault = tuple[str, str]
"""(rule, what is wrong)"""


def feeds(site: Site) -> Iterator[Finding]:
    """Every feed that the site serves."""
    for answer in site.of_type(*_RULES):
        for rule, text in _RULES[answer.media_type](answer):
            yield Finding(tool="feeds", address=answer.address, rule=rule, text=text)


def _atom(answer: Answer) -> Iterator[Fault]:
    root = _parsed(answer.body)
    if isinstance(root, str):
        yield "xml", root
        return
    if root.tag != f"{_ATOM}feed":
        yield "atom-4.1.1", f"the root is {root.tag}"
        return
    yield from _counted(root, "feed")
    entries = root.findall(f"{_ATOM}entry")
    if root.find(f"{_ATOM}author") is None and any(
        entry.find(f"{_ATOM}author") is None for entry in entries
    ):
        yield "atom-4.1.1", "neither the feed nor each entry has an author"
    if not _links(root, "self"):
        yield "atom-4.1.1", 'no link rel="self"'
    ids = [(e.findtext(f"{_ATOM}id"), e.findtext(f"{_ATOM}updated")) for e in entries]
    if len(set(ids)) != len(ids):
        yield "atom-4.1.1", "two entries have one id and one time"
    for entry in entries:
        yield from _entry(entry)
    for gone in root.findall(_TOMBSTONE):
        if not gone.get("ref") or not _DATE.fullmatch(gone.get("when", "")):
            yield "rfc6721-3", "a deleted-entry without ref or when"
    yield from _read(answer, len(entries))


def _entry(entry: etree._Element) -> Iterator[Fault]:
    yield from _counted(entry, "entry")
    content = entry.find(f"{_ATOM}content")
    if content is None and not _links(entry, "alternate"):
        yield "atom-4.1.2", "an entry with neither content nor a link to it"
    kinds = [(link.get("type"), link.get("hreflang")) for link in _links(entry, "alternate")]
    if len(set(kinds)) != len(kinds):
        yield "atom-4.1.2", "two alternate links of one type and language"
    for text in entry.iter(f"{_ATOM}title", f"{_ATOM}summary", f"{_ATOM}content"):
        if text.get("type", "text") == "text" and len(text):
            yield "atom-3.1.1.1", "a text construct with elements in it"
        if text.get("type") == "html" and len(text):
            yield "atom-3.1.1.2", "html that is not escaped"


def _counted(element: etree._Element, what: str) -> Iterator[Fault]:
    """Which children there must be, how often, and what their values are."""
    for name in _ONCE:
        found = element.findall(f"{_ATOM}{name}")
        if len(found) != 1:
            yield "atom-4.1", f"{what}: {name} {len(found)} times, not once"
    for name in _AT_MOST_ONCE:
        if len(element.findall(f"{_ATOM}{name}")) > 1:
            yield "atom-4.1", f"{what}: more than one {name}"
    yield from _valued(element, what)
    for link in element.findall(f"{_ATOM}link"):
        if not link.get("href"):
            yield "atom-4.2.7.1", f"{what}: a link without href"
    for person in element.findall(f"{_ATOM}author"):
        if not (person.findtext(f"{_ATOM}name") or "").strip():
            yield "atom-3.2.1", f"{what}: an author without a name"


def _valued(element: etree._Element, what: str) -> Iterator[Fault]:
    for one in element.iterchildren(f"{_ATOM}updated", f"{_ATOM}published"):
        if not _is_time(one.text or ""):
            yield "atom-3.3", f"{what}: {one.text!r} is no RFC 3339 time"
    id = element.findtext(f"{_ATOM}id") or ""
    if not urlsplit(id).scheme:
        yield "atom-4.2.6", f"{what}: id {id!r} is no IRI"
    if not (element.findtext(f"{_ATOM}title") or "").strip():
        yield "atom-4.2.14", f"{what}: an empty title"


def _links(element: etree._Element, rel: str) -> list[etree._Element]:
    found = element.findall(f"{_ATOM}link")
    return [link for link in found if link.get("rel", "alternate") == rel]


def _rss(answer: Answer) -> Iterator[Fault]:
    root = _parsed(answer.body)
    if isinstance(root, str):
        yield "xml", root
        return
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        yield "rss", f"{root.tag} {root.get('version')} is not RSS 2.0 with a channel"
        return
    for name in ("title", "link", "description"):
        if not (channel.findtext(name) or "").strip():
            yield "rss-channel", f"{name} is missing"
    yield from _known(channel, _CHANNEL)
    if not [one for one in _links(channel, "self") if one.get("href")]:
        yield "rss-self", 'no atom:link rel="self" (RSS Advisory Board, best practices)'
    items = channel.findall("item")
    guids = [item.findtext("guid") for item in items]
    if len(set(guids)) != len(guids):
        yield "rss-guid", "two items have one guid"
    for item in items:
        yield from _item(item)
    yield from _read(answer, len(items))


def _item(item: etree._Element) -> Iterator[Fault]:
    yield from _known(item, _ITEM)
    if not item.findtext("title") and not item.findtext("description"):
        yield "rss-item", "an item with neither title nor description"
    guid = item.find("guid")
    if guid is None or not guid.text:
        yield "rss-guid", "an item without guid"
    elif guid.get("isPermaLink", "true") == "true" and not urlsplit(guid.text).netloc:
        yield "rss-guid", f"{guid.text} is said to be a permalink and is no address"
    for date in item.findall("pubDate"):
        if not _is_mail_date(date.text or ""):
            yield "rss-pubDate", f"{date.text!r} is no RFC 822 date with four digits and a zone"
    for enclosure in item.findall("enclosure"):
        if not all(enclosure.get(name) for name in ("url", "length", "type")):
            yield "rss-enclosure", "an enclosure without url, length or type"


def _known(element: etree._Element, names: frozenset[str]) -> Iterator[Fault]:
    for child in element.iterchildren(etree.Element):
        name = str(child.tag)
        if not name.startswith("{") and name not in names:
            yield "rss-unknown", f"{name} is no element of RSS 2.0 in {element.tag}"


def _json(answer: Answer) -> Iterator[Fault]:
    try:
        feed: Any = json.loads(answer.body)
    except ValueError as error:
        yield "json", str(error)
        return
    yield from json_feed.faults(feed)


def _read(answer: Answer, entries: int) -> Iterator[Fault]:
    """feedparser finds the same, and nothing to complain of."""
    told = feedparser.parse(answer.body, response_headers=answer.headers)
    if told.get("bozo"):
        yield "feedparser-bozo", str(told.get("bozo_exception"))
    if len(told.entries) != entries:
        yield "feedparser-entries", f"{len(told.entries)} entries read of {entries}"
    for entry in told.entries:
        missing = [name for name in ("id", "title", "link") if not entry.get(name)]
        if missing:
            yield "feedparser-entry", f"an entry is read without {', '.join(missing)}"


def _parsed(body: bytes) -> etree._Element | str:
    try:
        return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return str(error)


def _is_time(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_mail_date(text: str) -> bool:
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return False
    return at.tzinfo is not None and re.search(r"\b\d{4}\b", text) is not None


_RULES = {
    "application/atom+xml": _atom,
    "application/rss+xml": _rss,
    "application/feed+json": _json,
}
