"""The pages of the house itself, and what strangers are told."""

import re

import pytest

from tests.newsroom.making import BASE
from tests.newsroom.making import House

pytestmark = pytest.mark.anyio


async def test_robots_are_shown_the_sitemaps(house: House) -> None:
    answer = await house.get("/robots.txt")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert f"Sitemap: {BASE}/sitemap.xml" in answer.text


async def test_the_site_says_how_it_works(house: House) -> None:
    answer = await house.get("/about/automation")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    again = await house.get("/about/automation", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


async def test_every_asset_a_page_names_is_there_and_may_be_kept_for_ever(house: House) -> None:
    house.send()
    page = (await house.get("/")).text
    assets = re.findall(r'(?:href|src)="(/[^"]+\.(?:css|svg|png|ico|js|woff2))"', page)
    assert assets
    for path in assets:
        answer = await house.get(path)
        assert answer.status_code == 200, path
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["x-content-type-options"] == "nosniff"


async def test_operators_are_told_that_it_runs(house: House) -> None:
    assert (await house.get("/healthz")).text == "ok\n"
    assert (await house.get("/readyz")).text == "ready\n"


async def test_it_is_not_ready_when_the_store_does_not_answer(house: House) -> None:
    house.desk.store.close()
    answer = await house.get("/readyz")
    assert answer.status_code == 500
    assert "sqlite" not in answer.text.lower()
    assert answer.headers["cache-control"] == "no-store"


HOSTILE = "%3Cscript%3Ealert(1)%3C/script%3E"


@pytest.mark.parametrize(
    "path", ["/{}", "/s/{}", "/section/{}", "/agency/{}", "/?before={}", "/sitemap/{}.xml"]
)
async def test_a_404_reflects_nothing_of_the_request(path: str, house: House) -> None:
    plain = await house.get("/s/0123456789abcdef")
    headers = {"host": "evil.example", "referer": "https://evil.example/", "x-forwarded-host": "e"}
    answer = await house.get(path.format(HOSTILE), headers=headers)
    assert answer.status_code == 404
    assert answer.content == plain.content
    assert dict(answer.headers) == dict(plain.headers)


@pytest.mark.parametrize("path", ["/", "/section/sport/", "/about/automation/", "/feed.atom"])
async def test_the_host_header_is_not_believed(path: str, house: House) -> None:
    house.send()
    answer = await house.get(path, headers={"host": "evil.example"})
    assert "evil.example" not in answer.text
    assert all("evil.example" not in value for value in answer.headers.values())


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
async def test_nothing_but_reading_is_possible(method: str, house: House) -> None:
    story = house.send()
    for path in ("/", f"/s/{story.id}", "/feed.atom", "/robots.txt"):
        answer = await house.get(path, method=method)
        assert answer.status_code in {404, 405}
        assert story.id not in answer.text
