"""Readers' search: what is live is found by its words, and a kill leaves it at once."""

import json
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from selectolax.lexbor import LexborHTMLParser

from copytaster.store import Face
from copytaster.story import DecisionKind
from tests.newsroom import making
from tests.newsroom.making import AGENCY
from tests.newsroom.making import BASE
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import TEXT
from tests.newsroom.making import House
from tests.newsroom.making import config
from tests.newsroom.making import ninjs
from tests.web.test_lists import FEEDS
from tests.web.test_lists import listed

pytestmark = pytest.mark.anyio

SECTION = {"subject": [{"code": "medtop:15000000", "name": "sport"}]}


async def search(house: House, typed: str, **fields: str) -> list[str]:
    """Ids of what is found."""
    return listed((await asked(house, typed, **fields)).html or "")


async def asked(house: House, typed: str, status: int = 200, **fields: str) -> LexborHTMLParser:
    address = f"/search?q={quote_plus(typed)}"
    address += "".join(f"&{name.rstrip('_')}={said}" for name, said in fields.items())
    answer = await house.get(address)
    assert answer.status_code == status
    assert answer.headers["x-robots-tag"] == "noindex"
    return LexborHTMLParser(answer.text)


async def test_a_story_is_found_by_headline_text_and_byline(house: House) -> None:
    story = house.send()
    house.send("urn:rain", headline="Rain", byline="Bo Brook", text="It rains in Vester.")
    assert await search(house, "FERRY north-quay") == [story.id]
    assert await search(house, '"ada quay" harbour') == [story.id]
    assert len(await search(house, "vester")) == 2
    assert await search(house, "vester -rains") == [story.id]
    assert await search(house, "ferr") == []


async def test_words_are_marked_where_they_stand(house: House) -> None:
    house.send()
    page = await asked(house, "ferry quay")
    assert [mark.text() for mark in page.css("article h2 mark")] == ["Ferry"]
    assert page.css_first("article .excerpt q").text() == TEXT
    assert [mark.text() for mark in page.css(".excerpt mark")] == ["ferry", "quay"]
    assert page.css_first(".count").text() == "One story, newest first"


@pytest.mark.parametrize("withdrawn", ["kill", "hold"])
async def test_what_is_withdrawn_is_not_found_one_request_later(
    withdrawn: str, house: House
) -> None:
    story = house.send()
    house.send("urn:stays", headline="Ferry stays", text="The ferry stays.")
    assert story.id in await search(house, "ferry")
    house.desk.decide(story.id, DecisionKind(withdrawn), reason="desk", by="x")  # nothing pressed
    for address in ("/search?q=ferry", *(f"/search/{feed}?q=ferry" for feed in FEEDS)):
        answer = (await house.get(address)).text
        assert story.id not in answer, address
        assert TEXT not in answer, address
        assert house.story("urn:stays").id in answer, address
    if withdrawn == "hold":
        house.release()
        assert story.id in await search(house, "ferry")


async def test_a_correction_is_found_by_its_own_words_only(house: House) -> None:
    story = house.send()
    house.send(version="2", versioncreated="2026-03-02T08:59:00Z", text="The tram is back.")
    assert await search(house, "tram") == [story.id]
    assert await search(house, "harbour office") == []


async def test_what_was_never_public_is_not_found(house: House) -> None:
    house.send(embargoed="2026-03-02T10:00:00Z")
    assert await search(house, "ferry") == []
    house.wait(hours=2)
    assert await search(house, "ferry") == [house.story().id]


async def test_pages_go_newest_first_to_the_end(house: House) -> None:
    sent = []
    for number in range(32):
        sent.append(house.send(f"urn:{number}").id)
        house.now += timedelta(seconds=1)
    first = await asked(house, "ferry", section="", agency=AGENCY)
    assert first.css_first(".count").text() == "32 stories, newest first"
    older = first.css_first("a[rel=next]").attributes["href"] or ""
    assert f"agency={AGENCY}" in older
    last = LexborHTMLParser((await house.get(older)).text)
    seen = [*listed(first.html or ""), *listed(last.html or "")]
    assert seen == sent[::-1]
    assert last.css_first("a[rel=next]") is None
    assert last.css_first("a[rel=prev]").attributes["href"] == f"/search?q=ferry&agency={AGENCY}"


async def test_filters_narrow_what_is_found(house: House) -> None:
    story = house.send(language="de", **SECTION)
    house.receive(house.delivery(ninjs("urn:other", language="en"), agency="hillside"))
    assert len(await search(house, "ferry")) == 2
    for fields in ({"agency": AGENCY}, {"section": "sport"}, {"language": "de"}):
        assert await search(house, "ferry", **fields) == [story.id], fields
    for fields in ({"agency": "nobody"}, {"section": "nonsense"}, {"language": "xx"}):
        assert await search(house, "ferry", **fields) == [], fields
    page = await asked(house, "ferry", section="sport")
    assert page.css_first("select[name=section] [selected]").attributes["value"] == "sport"


async def test_days_are_the_sites_own(tmp_path: Path) -> None:
    site = {"url": BASE, "zone": "Asia/Kolkata"}
    with making.house(tmp_path / "data", config(site=site)) as house:
        house.now += timedelta(hours=12)  # 21:00 UTC, in Kolkata the next day
        house.send(versioncreated="2026-03-02T20:55:00Z")
        assert len(await search(house, "ferry", from_="2026-03-03", to="2026-03-03")) == 1
        assert await search(house, "ferry", to="2026-03-02") == []
        assert await search(house, "ferry", from_="2026-03-04") == []


REFUSED = [
    ("x" * 201, {}),
    ("a b c d e f g h i j k l m n o p q r s t u", {}),
    ('"north quay', {}),
    ("-ferry", {}),
    ("ferry", {"from_": "yesterday"}),
    ("ferry", {"to": "9999-12-31"}),
    ("ferry", {"from_": "2026-02-30"}),
]


@pytest.mark.parametrize(("typed", "fields"), REFUSED)
async def test_what_cannot_be_looked_for_is_told_beside_the_form(
    typed: str, fields: dict[str, str], house: House
) -> None:
    house.send()
    page = await asked(house, typed, 400, **fields)
    assert page.css_first("[role=alert]").text()
    assert page.css_first("#q").attributes["value"] == typed[:201]
    assert listed(page.html or "") == []


async def test_nothing_asked_shows_the_form_and_nothing_found_says_so(house: House) -> None:
    assert (await asked(house, "")).css_first(".help").text()
    assert (await asked(house, "…")).css_first(".empty, [role=alert]") is None
    assert (await asked(house, "zebra")).css_first(".empty .sentence").text()
    assert (await asked(house, "zebra", before="5-5")).css_first(".empty")


HOSTILE = ["%00", "%ff%fe", "&before=x", "&agency=" + "a" * 5000, "&q=b", "%0a", "')--", "%22%22"]


async def test_whatever_readers_append_is_answered(house: House) -> None:
    house.send()
    for more in HOSTILE:
        status = (await house.get(f"/search?q=ferry{more}")).status_code
        assert status == (404 if "before" in more else 200), more


async def test_the_form_takes_no_part_in_a_reader_behind_a_cache(house: House) -> None:
    house.send()
    first = await house.get("/search?q=ferry")
    assert first.headers["cache-control"] == "public, max-age=0, must-revalidate"
    tag = first.headers["etag"]
    again = await house.get("/search?q=ferry", headers={"if-none-match": tag})
    assert again.status_code == 304
    house.kill()
    assert (await house.get("/search?q=ferry", headers={"if-none-match": tag})).status_code == 200


@pytest.mark.parametrize("feed", FEEDS)
async def test_a_search_has_feeds(feed: str, house: House) -> None:
    story = house.send()
    house.send("urn:rain", headline="Rain", text="It rains.")
    answer = await house.get(f"/search/{feed}?q=ferry&agency={AGENCY}")
    assert answer.headers["content-type"] == FEEDS[feed]
    assert set(listed(answer.text)) == {story.id}
    assert TEXT in answer.text
    told = answer.text.replace("&amp;", "&")
    assert f"{BASE}/search/{feed}?q=ferry&agency={AGENCY}" in told
    assert f"/search/{feed}?q=ferry" in (await house.get("/search?q=ferry")).text
    assert (await house.get(f"/search/{feed}")).status_code == 404
    assert (await house.get(f"/search/{feed}?q=-x")).status_code == 404


async def test_a_feed_carries_what_the_contract_allows(tmp_path: Path) -> None:
    folder = tmp_path / "agencies"
    folder.mkdir()
    profile = f'id = "{AGENCY}"\nname = "Seaboard"\n[contract]\nfeeds = "none"\n'
    (folder / f"{AGENCY}.toml").write_text(profile)
    with making.house(tmp_path / "data", config(agencies=str(folder))) as house:
        house.send()
        assert json.loads((await house.get("/search/feed.json?q=ferry")).text)["items"] == []
        assert await search(house, "ferry") == [house.story().id]


async def test_a_drill_is_found_by_nobody(house: House) -> None:
    story = house.send()
    for word in HEADLINE.split():
        assert await search(house, word) == [story.id]
    assert re.search(r'<form[^>]*role="search"', (await house.get("/search")).text)
    house.kill()
    assert house.story().face is Face.gone
    assert house.desk.store.shelves("section") == []
