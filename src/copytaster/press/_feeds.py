"""Feeds with whole text: Atom (RFC 4287, RFC 6721), RSS 2.0 with modules, JSON Feed 1.1.

Disclosure and credit ride inside the content, so that they arrive wherever it does. A story
that is held or gone keeps its id, with the notice as its title and content, because no
reader we know of acts on tombstones alone (publishing §0, point 2). ``updated`` is the time
the public face changed; ``published`` is the agency's.
"""

from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

import msgspec
from lxml import etree

from copytaster.press._content import content_html
from copytaster.press._content import notice_html
from copytaster.press._corrections import correction_html
from copytaster.press._corrections import correction_title
from copytaster.press._entries import Same
from copytaster.press._entries import disclosure_of
from copytaster.press._markup import escape
from copytaster.press._notice import say
from copytaster.press._pictures import credit_of
from copytaster.press._pictures import fit
from copytaster.press._pictures import for_feeds
from copytaster.press._sections import section_name
from copytaster.press._times import machine
from copytaster.press._types import CorrectionFacts
from copytaster.press._types import Entry
from copytaster.press._types import FeedLine
from copytaster.press._types import NoticeFacts
from copytaster.press._types import NoticeKind
from copytaster.press._types import Picture
from copytaster.press._types import Site
from copytaster.press._words import tongue
from copytaster.press._xml import part
from copytaster.press._xml import put
from copytaster.press._xml import root
from copytaster.press._xml import written

_ATOM = "http://www.w3.org/2005/Atom"
_AT = "http://purl.org/atompub/tombstones/1.0"
_DC = "http://purl.org/dc/elements/1.1/"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_ATOM_NAMES: dict[str | None, str] = {None: _ATOM, "at": _AT}
_MEDIA = "http://search.yahoo.com/mrss/"
_RSS_NAMES: dict[str | None, str] = {
    "atom": _ATOM,
    "dc": _DC,
    "content": _CONTENT,
    "media": _MEDIA,
}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_EMPTY = datetime(1970, 1, 1, tzinfo=UTC)
_PARTS = 2048
"""entries kept as written: the newest of all lists that are read often; a few megabytes"""


_Told = Entry | NoticeFacts | CorrectionFacts


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    """What all three formats say of one story."""

    url: str
    title: str
    content: str
    language: str
    updated: datetime
    status: str
    entry: Entry | None
    """None for a notice"""
    agency: str
    pictures: tuple[Picture, ...] = ()


def _line(line: FeedLine, site: Site) -> _Line:
    story = line.story
    url = f"{site.url}/s/{story.story}"
    if isinstance(story, Entry):
        return _Line(
            url=url,
            title=story.headline,
            content=content_html(story, site),
            language=tongue(story.language).tag,
            updated=line.face_changed,
            status="usable",
            entry=story,
            agency=story.agency_name,
            pictures=fit(line.pictures),
        )
    if isinstance(story, CorrectionFacts):
        return _corrected(story, line.face_changed, site)
    said = say(story, site)
    return _Line(
        url=url,
        title=said.title,
        content=notice_html(said),
        language=said.tongue.tag,
        updated=line.face_changed,
        status="withheld" if story.kind is NoticeKind.hold else "canceled",
        entry=None,
        agency=story.agency.name,
    )


def _corrected(facts: CorrectionFacts, changed: datetime, site: Site) -> _Line:
    """Its address is that of the edition, since a story may be corrected again; and an edition
    that corrected another may be withdrawn."""
    gone = "#withdrawn" if facts.what == "withdrawn" else ""
    return _Line(
        url=f"{site.url}/s/{facts.story}/v{facts.edition}{gone}",
        title=correction_title(facts, site),
        content=correction_html(facts, site),
        language=site.tongue(site.tongue(site.language).own).tag,
        updated=changed,
        status="usable" if facts.quoted else "canceled",
        entry=None,
        agency=facts.agency.name,
    )


def _address(site: Site, path: str, suffix: str, asked: str) -> str:
    return f"{site.url}{path.rstrip('/')}/feed.{suffix}{asked}"


def _title(title: str | None, site: Site) -> str:
    return f"{title} \N{EN DASH} {site.name}" if title else site.name


def _updated(lines: Sequence[FeedLine]) -> datetime:
    return max((line.face_changed for line in lines), default=_EMPTY)


# --- Atom ------------------------------------------------------------------------------------


def atom(
    title: str | None, lines: Sequence[FeedLine], site: Site, *, path: str, asked: str = ""
) -> bytes:
    """The list at ``path`` as Atom; ``asked`` is what of its address makes it this one (``?q=…``).

    A feed without lines is dated 1970: nothing ever changed."""
    top = root(f"{{{_ATOM}}}feed", _ATOM_NAMES)
    top.set(_LANG, tongue(site.language).tag)
    here = _address(site, path, "atom", asked)
    _atom(top, "id", here)
    _atom(top, "title", _title(title, site))
    if site.tagline:
        _atom(top, "subtitle", site.tagline)
    _atom(top, "updated", _utc(_updated(lines)))
    _atom(top, "link", rel="self", type="application/atom+xml", href=here)
    _atom(top, "link", rel="alternate", type="text/html", href=f"{site.url}{path}{asked}")
    _atom(_atom(top, "author"), "name", site.name)
    _atom(top, "entry")  # where the entries go
    for line in lines:
        if isinstance(line.story, NoticeFacts) and line.story.kind is not NoticeKind.hold:
            _tombstone(top, line, site)
    return written(top).replace(b"<entry/>", _parts("atom", lines, site), 1)


def _atom(
    parent: etree._Element, name: str, text: str | None = None, **attributes: str
) -> etree._Element:
    return put(parent, f"{{{_ATOM}}}{name}", text, **attributes)


def _atom_entry(top: etree._Element, line: _Line, site: Site) -> None:
    entry = line.entry
    node = _atom(top, "entry")
    node.set(_LANG, line.language)
    _atom(node, "id", line.url)
    _atom(node, "title", line.title, type="text")
    _atom(node, "link", rel="alternate", type="text/html", href=line.url)
    _atom(node, "updated", _utc(line.updated))
    author = _atom(node, "author")
    _atom(author, "name", entry.byline if entry else line.agency)
    if entry:
        _atom(node, "published", machine(entry.published))
        for code in entry.sections:
            _atom(
                node,
                "category",
                term=code,
                label=section_name(code, line.language, among=site.vocabulary),
            )
        if entry.rights:
            _atom(node, "rights", entry.rights)
        if entry.teaser:
            _atom(node, "summary", escape(entry.teaser), type="html")
    for picture in line.pictures:
        file = for_feeds(picture)
        length, href = str(file.size), f"{site.url}{file.path}"
        _atom(node, "link", rel="enclosure", type=file.media_type, length=length, href=href)
    _atom(node, "content", line.content, type="html")


def _tombstone(top: etree._Element, line: FeedLine, site: Site) -> None:
    ref = f"{site.url}/s/{line.story.story}"
    put(top, f"{{{_AT}}}deleted-entry", ref=ref, when=_utc(line.face_changed))


# --- RSS -------------------------------------------------------------------------------------


def rss(
    title: str | None, lines: Sequence[FeedLine], site: Site, *, path: str, asked: str = ""
) -> bytes:
    """The list at ``path`` as RSS 2.0; descriptions and contents are HTML, titles are text."""
    top = root("rss", _RSS_NAMES)
    top.set("version", "2.0")
    channel = put(top, "channel")
    put(channel, "title", _title(title, site))
    put(channel, "link", f"{site.url}{path}{asked}")
    put(channel, "description", site.tagline or title or site.name)
    put(channel, "language", tongue(site.language).tag)
    put(channel, "lastBuildDate", format_datetime(_updated(lines)))
    here = _address(site, path, "rss", asked)
    _atom(channel, "link", rel="self", type="application/rss+xml", href=here)
    put(channel, "item")  # where the items go
    return written(top).replace(b"<item/>", _parts("rss", lines, site), 1)


def _rss_item(channel: etree._Element, line: _Line, site: Site) -> None:
    entry = line.entry
    node = put(channel, "item")
    put(node, "title", line.title)
    put(node, "link", line.url)
    put(node, "guid", line.url, isPermaLink="true")
    if entry:
        if entry.teaser:
            put(node, "description", escape(entry.teaser))
        put(node, "pubDate", format_datetime(entry.published))
        for code in entry.sections:
            put(node, "category", section_name(code, line.language, among=site.vocabulary))
        if entry.rights:
            put(node, f"{{{_DC}}}rights", entry.rights)
    put(node, f"{{{_DC}}}creator", entry.byline if entry else line.agency)
    put(node, f"{{{_DC}}}language", line.language)
    _atom(node, "updated", _utc(line.updated))
    put(node, f"{{{_CONTENT}}}encoded", line.content)
    for picture in line.pictures:
        _rss_picture(node, picture, site)


def _rss_picture(item: etree._Element, picture: Picture, site: Site) -> None:
    """Media RSS 1.5.1; its words are plain text."""
    file = for_feeds(picture)
    node = put(
        item,
        f"{{{_MEDIA}}}content",
        url=f"{site.url}{file.path}",
        medium="image",
        type=file.media_type,
        fileSize=str(file.size),
        width=str(file.width),
        height=str(file.height),
    )
    for name, words in (("description", picture.caption), ("credit", credit_of(picture))):
        if words:
            put(node, f"{{{_MEDIA}}}{name}", words)


# --- JSON Feed -------------------------------------------------------------------------------


def json_feed(
    title: str | None, lines: Sequence[FeedLine], site: Site, *, path: str, asked: str = ""
) -> bytes:
    """The list at ``path`` as JSON Feed 1.1, with the wire facts under ``_wire``."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(title, site),
        "home_page_url": f"{site.url}{path}{asked}",
        "feed_url": _address(site, path, "json", asked),
        "language": tongue(site.language).tag,
        "items": msgspec.Raw(b"[" + _parts("json", lines, site) + b"]"),
    }
    return msgspec.json.encode(feed)


def _json_item(line: _Line, site: Site) -> dict[str, object]:
    item: dict[str, object] = {
        "id": line.url,
        "url": line.url,
        "title": line.title,
        "content_html": line.content,
        "date_modified": _utc(line.updated),
        "language": line.language,
        "_wire": {"status": line.status, "source": line.agency},
    }
    if line.entry is None:
        return item
    entry = line.entry
    wire = {
        "status": line.status,
        "source": line.agency,
        "version": entry.edition,
        "disclosure": disclosure_of(entry, site),
    }
    if entry.language_source is not None:
        wire["languageSource"] = entry.language_source
    extra = {
        "summary": entry.teaser,
        "date_published": machine(entry.published),
        "authors": [{"name": entry.byline}],
        "image": next((f"{site.url}{for_feeds(one).path}" for one in line.pictures), None),
        "tags": [
            section_name(code, line.language, among=site.vocabulary) for code in entry.sections
        ],
        "_wire": wire,
    }
    return item | {name: value for name, value in extra.items() if value}


# --- entries made once -------------------------------------------------------------------------


def _parts(kind: str, lines: Sequence[FeedLine], site: Site) -> bytes:
    """The lines as they stand in a feed of this kind. Each is written once and kept: when one of
    fifty stories changes, forty-nine say what they said before."""
    parts = (
        _part(kind, Same(line.story), line.face_changed, line.pictures, site) for line in lines
    )
    return (b"," if kind == "json" else b"").join(parts)


@lru_cache(maxsize=_PARTS)
def _part(
    kind: str, same: Same[_Told], changed: datetime, pictures: tuple[Picture, ...], site: Site
) -> bytes:
    line = FeedLine(story=same.told, face_changed=changed, pictures=pictures)
    told = _line(line, site)
    if kind == "json":
        return msgspec.json.encode(_json_item(told, site))
    if kind == "rss":
        return part(root("rss", _RSS_NAMES), lambda top: _rss_item(top, told, site))
    return part(root(f"{{{_ATOM}}}feed", _ATOM_NAMES), lambda top: _atom_entry(top, told, site))


# --- shared ----------------------------------------------------------------------------------


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
