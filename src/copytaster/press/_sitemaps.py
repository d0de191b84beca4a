"""Sitemaps and robots.txt (sitemaps.org; RFC 9309; IETF aipref vocabulary of August 2026)."""

from collections.abc import Iterable
from datetime import datetime

from lxml import etree

from copytaster.agency import Indexing
from copytaster.press._times import machine
from copytaster.press._types import Entry
from copytaster.press._types import Site
from copytaster.press._xml import put
from copytaster.press._xml import root
from copytaster.press._xml import written

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_NAMES: dict[str | None, str] = {None: _SITEMAP}
_NEWS_NAMES: dict[str | None, str] = {None: _SITEMAP, "news": _NEWS}
_MOST_NEWS = 1000
"""Google's limit of news:news elements in one file"""


def sitemap_path(number: int) -> str:
    """The address of part ``number``."""
    return f"/sitemap/{number}.xml"


def sitemap_index(parts: Iterable[tuple[int, datetime]], site: Site) -> bytes:
    """``/sitemap.xml`` from (part number, when a public face in it last changed)."""
    top = root(f"{{{_SITEMAP}}}sitemapindex", _NAMES)
    for number, changed in parts:
        _place(top, "sitemap", f"{site.url}{sitemap_path(number)}", changed)
    return written(top)


def sitemap_part(stories: Iterable[tuple[str, datetime]], site: Site) -> bytes:
    """One part from (story id, when its public face last changed). The caller leaves out
    stories whose contract keeps them from search engines: see :func:`in_sitemap`."""
    top = root(f"{{{_SITEMAP}}}urlset", _NAMES)
    for story, changed in stories:
        _place(top, "url", f"{site.url}/s/{story}", changed)
    return written(top)


def in_sitemap(indexing: str) -> bool:
    """A contract's mode allows general search (publishing §1.4)."""
    return indexing in (Indexing.own, Indexing.news_noindex)


def news_sitemap(entries: Iterable[Entry], site: Site) -> bytes:
    """``/news-sitemap.xml``: stories of the last two days (the caller's choice) whose contract
    allows news search; at most 1,000."""
    top = root(f"{{{_SITEMAP}}}urlset", _NEWS_NAMES)
    allowed = [entry for entry in entries if entry.indexing == Indexing.own]
    for entry in allowed[:_MOST_NEWS]:
        url = put(top, f"{{{_SITEMAP}}}url")
        put(url, f"{{{_SITEMAP}}}loc", f"{site.url}/s/{entry.story}")
        news = put(url, f"{{{_NEWS}}}news")
        publication = put(news, f"{{{_NEWS}}}publication")
        put(publication, f"{{{_NEWS}}}name", site.name)
        language = entry.language.split("-")[0].lower()
        put(publication, f"{{{_NEWS}}}language", language)
        put(news, f"{{{_NEWS}}}publication_date", machine(entry.published))
        put(news, f"{{{_NEWS}}}title", entry.headline)
    return written(top)


def _place(top: etree._Element, name: str, address: str, changed: datetime) -> None:
    node = put(top, f"{{{_SITEMAP}}}{name}")
    put(node, f"{{{_SITEMAP}}}loc", address)
    put(node, f"{{{_SITEMAP}}}lastmod", machine(changed))


def robots(site: Site) -> bytes:
    """``/robots.txt``. Agency copy is licensed for reading, so training is declined; whether a
    story may be indexed is said on its own page."""
    lines = (
        "User-agent: *",
        "Content-Usage: train-ai=n",
        "Disallow: /wire/",
        "Disallow: /desk",
        "Disallow: /search",
        "",
        f"Sitemap: {site.url}/sitemap.xml",
        f"Sitemap: {site.url}/news-sitemap.xml",
    )
    return ("\n".join(lines) + "\n").encode()
