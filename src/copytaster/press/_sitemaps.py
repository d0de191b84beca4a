"""Sitemaps (sitemaps.org) and the news sitemap (Google)."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from copytaster.agency import Indexing
from copytaster.press._markup import escape
from copytaster.press._times import machine
from copytaster.press._types import Entry
from copytaster.press._types import Site
from copytaster.press._xml import put
from copytaster.press._xml import root
from copytaster.press._xml import written

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_NEWS_NAMES: dict[str | None, str] = {None: _SITEMAP, "news": _NEWS}
_MOST_NEWS = 1000
"""Google's limit of news:news elements in one file"""


def sitemap_path(number: int) -> str:
    """The address of part ``number``."""
    return f"/sitemap/{number}.xml"


def sitemap_index(parts: Iterable[tuple[int, datetime]], site: Site) -> bytes:
    """``/sitemap.xml`` from (part number, when a public face in it last changed)."""
    places = ((f"{site.url}{sitemap_path(number)}", changed) for number, changed in parts)
    return _listing("sitemapindex", "sitemap", places)


def sitemap_part(stories: Iterable[tuple[str, datetime]], site: Site) -> bytes:
    """One part from (story id, when its public face last changed). The caller leaves out
    stories whose contract keeps them from search engines: see :func:`in_sitemap`."""
    places = ((f"{site.url}/s/{story}", changed) for story, changed in stories)
    return _listing("urlset", "url", places)


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


def _listing(root: str, name: str, places: Iterable[tuple[str, datetime]]) -> bytes:
    """Addresses with their dates. Written as text: a part has a thousand, is made anew at every
    kill, and holds nothing but addresses of our own."""
    lines = "".join(_listed(name, address, changed) for address, changed in places)
    head = "<?xml version='1.0' encoding='UTF-8'?>\n"
    return f'{head}<{root} xmlns="{_SITEMAP}">{lines}</{root}>'.encode()


@lru_cache(maxsize=4096)
def _listed(name: str, address: str, changed: datetime) -> str:
    """One of them, written once: when one of a thousand leaves, the others stay as they are."""
    return f"<{name}><loc>{escape(address)}</loc><lastmod>{machine(changed)}</lastmod></{name}>"
