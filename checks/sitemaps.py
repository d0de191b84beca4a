"""Sitemaps against their schemas and limits (sitemaps.org; Google's news sitemaps)."""

import re
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from functools import cache
from pathlib import Path

from lxml import etree

from checks.finding import Finding
from checks.programs import module
from checks.saved import Answer
from checks.saved import Site

_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
_SCHEMAS = Path(__file__).parent / "schemas"
_BYTES = 50 * 1024 * 1024
_URLS = 50_000
_NEWS_URLS = 1_000
_NEWS_AGE = timedelta(days=2, hours=1)
_ROBOTS = re.compile(rb'<meta name="robots" content="noindex')
_LASTMOD = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?")


def sitemaps(site: Site) -> Iterator[Finding]:
    """Every sitemap that the site serves: schema, limits, times, and addresses of its own."""
    now = datetime.now(UTC)
    for answer in site.answers.values():
        if "sitemap" in answer.address and answer.status == 200:
            yield from _checked(site, answer, now)


def _checked(site: Site, answer: Answer, now: datetime) -> Iterator[Finding]:
    try:
        root = etree.fromstring(answer.body, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError as error:
        yield _fault(answer, "xml", str(error))
        return
    schema = _schemas().get(str(root.tag))
    if schema is None:
        yield _fault(answer, "schema", f"{root.tag} is no sitemap")
    elif not schema.validate(root):
        for line in str(schema.error_log).splitlines():
            yield _fault(answer, "schema", line.partition("SCHEMASV:")[2])
    places = [(one.text or "").strip() for one in root.iter(f"{_SITEMAP}loc")]
    if len(answer.body) > _BYTES or len(places) > _URLS:
        yield _fault(answer, "limits", f"{len(places)} addresses, {len(answer.body)} bytes")
    if len(set(places)) != len(places):
        yield _fault(answer, "twice", "an address is listed twice")
    for place in places:
        yield from _listed(site, answer, place)
    for one in root.iter(f"{_SITEMAP}lastmod"):
        if not _LASTMOD.fullmatch(one.text or ""):
            yield _fault(answer, "lastmod", f"{one.text}: a time needs a zone")
    yield from _news(answer, root, now)


def _listed(site: Site, answer: Answer, place: str) -> Iterator[Finding]:
    if not place.startswith(answer.base + "/"):
        yield _fault(answer, "elsewhere", f"{place} is not on this site")
        return
    target = site.answers.get(place)
    if target is None or target.status != 200:
        yield _fault(answer, "broken", f"{place} answers {target.status if target else 'nothing'}")
    elif _ROBOTS.search(target.body):
        yield _fault(answer, "noindex", f"{place} asks not to be indexed")


def _news(answer: Answer, root: etree._Element, now: datetime) -> Iterator[Finding]:
    told = list(root.iter(f"{_NEWS}publication_date"))
    if len(told) > _NEWS_URLS:
        yield _fault(answer, "news-limits", f"{len(told)} stories of {_NEWS_URLS}")
    for one in told:
        try:
            at = datetime.fromisoformat(one.text or "")
            late = now - at > _NEWS_AGE
        except (ValueError, TypeError):
            yield _fault(answer, "news-date", f"{one.text}: no time with a zone")
        else:
            if late:
                yield _fault(answer, "news-age", f"{one.text} is more than two days ago")


@cache
def _schemas() -> dict[str, etree.XMLSchema]:
    """By the root's name: the published schema with ours of news, and ours of the index."""
    published = module("sitemap/schema/sitemap.xsd")
    both = "".join(
        f'<xsd:import namespace="{name[1:-1]}" schemaLocation="{file.as_uri()}"/>'
        for name, file in ((_SITEMAP, published), (_NEWS, _SCHEMAS / "news.xsd"))
    )
    driver = f'<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">{both}</xsd:schema>'
    return {
        f"{_SITEMAP}urlset": etree.XMLSchema(etree.fromstring(driver)),
        f"{_SITEMAP}sitemapindex": etree.XMLSchema(etree.parse(_SCHEMAS / "index.xsd")),
    }


def _fault(answer: Answer, rule: str, text: str) -> Finding:
    return Finding(tool="sitemaps", address=answer.address, rule=rule, text=text)
