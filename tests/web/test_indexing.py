"""What a contract lets search engines do, read from everything that says it, in every mode."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import etree

from copytaster import press
from tests.newsroom.making import AGENCY
from tests.newsroom.making import BASE
from tests.newsroom.making import House
from tests.press.making import SITE
from tests.web.test_machines import opened

pytestmark = pytest.mark.anyio

THERE = "https://seaboard.example/ferry"
OURS = "{base}/s/{id}"


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What must be said of a story."""

    metas: tuple[str, ...]
    canonical: str = OURS
    usage: str = "train-ai=n"
    mapped: bool
    news: bool


OWN = Said(metas=("robots: max-image-preview:large",), mapped=True, news=True)
NEWS_NOINDEX = Said(metas=("Googlebot-News: noindex",), mapped=True, news=False)
NOINDEX = Said(metas=("robots: noindex",), usage="train-ai=n, search=n", mapped=False, news=False)
ELSEWHERE = Said(metas=(), canonical=THERE, mapped=False, news=False)

MODES = {
    "self": OWN,
    "news-noindex": NEWS_NOINDEX,
    "noindex": NOINDEX,
    "canonical-to-source": ELSEWHERE,
}


@contextmanager
def a_house(tmp_path: Path, agency: str, source: str | None = None) -> Iterator[House]:
    sources = None
    if source is not None:
        narrower = {"route": "push", "agency": AGENCY, "contract": {"indexing": source}}
        sources = {"inbox": narrower}
    with opened(tmp_path, contract=f'indexing = "{agency}"', sources=sources) as house:
        yield house


async def said(house: House, id: str) -> Said:
    """What pages, headers and maps say."""
    page = await house.get(f"/s/{id}")
    metas = re.findall(r'<meta name="(robots|Googlebot-News)" content="([^"]*)">', page.text)
    canonical = re.search(r'<link rel="canonical" href="([^"]*)">', page.text)
    assert canonical is not None
    assert "x-robots-tag" not in page.headers, "a page says it in its head, once"
    return Said(
        metas=tuple(f"{name}: {content}" for name, content in metas),
        canonical=canonical[1].replace(f"{BASE}/s/{id}", OURS),
        usage=page.headers["content-usage"],
        mapped=id in (await house.get("/sitemap/0.xml")).text,
        news=id in (await house.get("/news-sitemap.xml")).text,
    )


async def check_other_forms(house: House, id: str) -> None:
    """They have no head to say it in: kept out of every index, whatever the contract."""
    for path in (f"/s/{id}.txt", f"/s/{id}.json", f"/s/{id}/v1.json", f"/api/stories/{id}"):
        assert (await house.get(path)).headers["x-robots-tag"] == "noindex", path
    for path in ("/feed.atom", "/feed.rss", "/feed.json", "/api/stories", "/api/changes"):
        answer = await house.get(path)
        assert answer.headers["x-robots-tag"] == "noindex", path
        assert id in answer.text, "the mode is about search, not about feeds"
    assert "x-robots-tag" not in (await house.get("/")).headers
    assert id in (await house.get("/")).text


@pytest.mark.parametrize("mode", MODES)
async def test_every_surface_says_what_the_agencys_contract_says(mode: str, tmp_path: Path) -> None:
    with a_house(tmp_path, mode) as house:
        story = house.send(links=[{"rel": "canonical", "href": THERE}])
        assert await said(house, story.id) == MODES[mode]
        await check_other_forms(house, story.id)


@pytest.mark.parametrize(
    ("agency", "source", "wanted"),
    [
        ("self", "news-noindex", NEWS_NOINDEX),
        ("self", "noindex", NOINDEX),
        ("news-noindex", "self", NEWS_NOINDEX),
        ("noindex", "self", NOINDEX),
        ("self", "canonical-to-source", ELSEWHERE),
        ("noindex", "canonical-to-source", NOINDEX),
    ],
)
async def test_of_agency_and_source_the_stricter_holds_on_every_surface(
    agency: str, source: str, wanted: Said, tmp_path: Path
) -> None:
    with a_house(tmp_path, agency, source) as house:
        story = house.send(links=[{"rel": "canonical", "href": THERE}])
        assert await said(house, story.id) == wanted
        await check_other_forms(house, story.id)


async def test_without_an_address_of_the_agencys_there_is_nothing_to_point_at(
    tmp_path: Path,
) -> None:
    with a_house(tmp_path, "canonical-to-source") as house:
        story = house.send()
        found = await said(house, story.id)
        assert (found.metas, found.canonical) == (("robots: noindex",), OURS)
        assert not found.mapped
        assert not found.news


async def test_the_end_of_a_licence_is_said_on_the_page(tmp_path: Path) -> None:
    with opened(tmp_path, contract='indexing = "self"\nretention_days = 30') as house:
        story = house.send()
        assert (await said(house, story.id)).metas == (
            "robots: max-image-preview:large",
            "robots: unavailable_after: 2026-04-01T08:55:00+00:00",
        )


async def test_a_withdrawn_story_is_in_no_map_and_no_index(tmp_path: Path) -> None:
    with a_house(tmp_path, "self") as house:
        story = house.send()
        house.hold()
        answer = await house.get(f"/s/{story.id}")
        assert answer.headers["x-robots-tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in answer.text
        for path in ("/sitemap/0.xml", "/news-sitemap.xml"):
            assert story.id not in (await house.get(path)).text


async def test_old_news_is_not_news_because_it_came_late(tmp_path: Path) -> None:
    with a_house(tmp_path, "self") as house:
        late = house.send(versioncreated="2026-02-20T08:00:00Z")
        assert late.face.value == "live"
        assert late.id not in (await house.get("/news-sitemap.xml")).text
        assert late.id in (await house.get("/sitemap/0.xml")).text


async def test_maps_name_dates_with_their_zone_and_stay_within_their_limits(
    tmp_path: Path,
) -> None:
    with a_house(tmp_path, "self") as house:
        house.send()
        for path in ("/sitemap.xml", "/sitemap/0.xml", "/news-sitemap.xml"):
            root = etree.fromstring((await house.get(path)).content)
            dates = [one.text for one in root.iter() if "mod" in one.tag or "date" in one.tag]
            assert dates, path
            assert all(re.fullmatch(r"[\d-]{10}T[\d:]{8}[+-]\d\d:\d\d", d or "") for d in dates)
    moment: Any = house.now
    part = press.sitemap_part([("0" * 16, moment)] * 1000, SITE)
    assert part.count(b"<url>") == 1000, "of 50,000 that are allowed"
    assert len(part) < 50 * 1024 * 1024
