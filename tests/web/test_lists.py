"""Fronts, feeds and sitemaps: views of the store, that a kill leaves at once."""

import asyncio
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from copytaster.store import Listed
from copytaster.store import ListQuery
from tests.newsroom import making
from tests.newsroom.making import AGENCY
from tests.newsroom.making import BASE
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import TEXT
from tests.newsroom.making import House
from tests.newsroom.making import config
from tests.newsroom.making import ninjs

pytestmark = pytest.mark.anyio

FEEDS = {
    "feed.atom": "application/atom+xml; charset=utf-8",
    "feed.rss": "application/rss+xml; charset=utf-8",
    "feed.json": "application/feed+json",
}
XML = "application/xml; charset=utf-8"
SECTION = {"subject": [{"code": "medtop:15000000", "name": "sport"}]}


def own_copy(tmp_path: Path) -> House:
    """A house whose one agency allows its copy in every index."""
    folder = tmp_path / "agencies"
    folder.mkdir()
    (folder / f"{AGENCY}.toml").write_text(
        f'id = "{AGENCY}"\nname = "Seaboard"\n[contract]\nindexing = "self"\n'
    )
    return House(tmp_path / "data", config(agencies=str(folder)))


def listed(text: str) -> list[str]:
    """Ids of the stories a list names, each once, in its order."""
    return list(dict.fromkeys(re.findall(r"/s/([0-9a-z]{16})", text)))


async def ids(house: House, path: str) -> list[str]:
    answer = await house.get(path)
    assert answer.status_code == 200, path
    return listed(answer.text)


# --- fronts -------------------------------------------------------------------------------------


async def test_a_front_is_newest_first_and_paged_to_the_end(house: House) -> None:
    sent = []
    for number in range(65):
        sent.append(house.send(f"urn:{number}").id)
        house.now += timedelta(seconds=1)
    sent.reverse()
    path, seen, pages = "/", [], 0
    while path:
        page = (await house.get(path)).text
        found = re.search(r'href="[^"]*(/\?before=[0-9]+-[0-9]+)"', page)
        seen += listed(page)
        pages += 1
        path = found[1] if found else ""
    assert seen == sent
    assert pages == 3


async def test_a_page_further_on_leads_back_to_the_newest(house: House) -> None:
    for number in range(31):
        house.send(f"urn:{number}")
    first = (await house.get("/")).text
    older = re.search(r"/\?before=[0-9]+-[0-9]+", first)
    assert older
    assert 'href="/"' in (await house.get(older[0])).text


async def test_stories_of_one_instant_are_all_listed_across_pages(house: House) -> None:
    house.receive(*(ninjs(f"urn:{number}") for number in range(35)))
    first = (await house.get("/")).text
    older = re.search(r"/\?before=[0-9]+-[0-9]+", first)
    assert older
    both = listed(first) + listed((await house.get(older[0])).text)
    assert len(both) == len(set(both)) == 35


NO_PLACE = [
    "",
    "x",
    "-",
    "1",
    "1-",
    "-1",
    "1-1-1",
    "1.0-1",
    "1-1%00",
    "1-1 ",
    "%31-x",
    "9" * 17 + "-1",
    "1-" + "9" * 13,
    "\u0661-\u0661",
    "1-1'--",
]


async def test_a_place_nobody_gave_out_is_no_page(house: House) -> None:
    house.send()
    for before in NO_PLACE:
        for front in ("/", f"/agency/{AGENCY}"):
            answer = await house.get(f"{front}?before={before}")
            assert answer.status_code == 404, before


@pytest.mark.parametrize("before", ["0-0", "9999999999999999-999999999999", "1-1"])
async def test_a_place_before_or_after_all_stories_is_a_page(before: str, house: House) -> None:
    house.send()
    assert (await house.get(f"/?before={before}")).status_code == 200


async def test_a_section_lists_its_own_stories_only(house: House) -> None:
    sport = house.send("urn:sport", **SECTION)
    house.send("urn:other")
    assert sport.sections == ("sport",)
    assert await ids(house, "/section/sport") == [sport.id]
    for feed in FEEDS:
        assert await ids(house, f"/section/sport/{feed}") == [sport.id]


FILED = {
    "subject": [
        {"code": "medtop:20000002", "name": "arts and ferries"},
        {"code": "cat:7", "name": "Harbours"},
        {"code": "ferries", "name": "ferries"},
    ],
    "place": [{"name": "São Tomé"}, {"name": "नई दिल्ली"}],
}
PLACES = {
    "/place/sao-tome": "São Tomé",
    "/place/%E0%A4%A8%E0%A4%88-%E0%A4%A6%E0%A4%BF%E0%A4%B2%E0%A5%8D%E0%A4%B2%E0%A5%80": "नई दिल्ली",
}


async def test_a_topic_and_a_place_list_their_own_stories_by_the_agencys_name(
    house: House,
) -> None:
    story = house.send("urn:filed", **FILED)
    house.send("urn:other")
    (own,) = (one for one in story.shelves if one.startswith("topic/x"))
    topics = {"/topic/20000002": "arts and ferries", f"/{own}": "Harbours"}
    for path, name in (topics | PLACES).items():
        assert await ids(house, path) == [story.id], path
        page = (await house.get(path)).text
        assert f">{name}</h1>" in page
        for feed in FEEDS:
            assert f"{path}/{feed}" in page
            assert await ids(house, f"{path}/{feed}") == [story.id]
    page = (await house.get(f"/s/{story.id}")).text
    assert '<meta property="article:tag" content="Harbours">' in page
    assert f'"{BASE}/topic/20000002"' in page
    assert '"contentLocation":[{"@type":"Place","name":"São Tomé"' in page


async def test_a_topic_is_called_as_its_newest_story_calls_it(house: House) -> None:
    house.send("urn:a", **FILED)
    house.now += timedelta(seconds=1)
    newer = {"subject": [{"code": "medtop:20000002", "name": "Kunst"}]}
    house.send("urn:b", headline="Bridge open", text="The bridge is open.", **newer)
    assert ">Kunst</h1>" in (await house.get("/topic/20000002")).text
    house.kill("urn:b")
    assert ">arts and ferries</h1>" in (await house.get("/topic/20000002")).text


async def test_a_topic_of_which_all_is_withdrawn_says_none_of_its_names(house: House) -> None:
    story = house.send("urn:filed", **FILED)
    house.kill("urn:filed")
    front = await house.get("/topic/20000002")
    assert front.status_code == 200
    assert "arts" not in front.text
    assert story.id not in front.text
    assert story.id in (await house.get("/topic/20000002/feed.atom")).text


async def test_an_agency_lists_its_own_stories_only(house: House) -> None:
    mine = house.send()
    house.receive(house.delivery(ninjs("urn:other"), agency="hillside"))
    assert await ids(house, f"/agency/{AGENCY}") == [mine.id]
    assert mine.id not in await ids(house, "/agency/hillside")


NO_LIST = [
    "/topic/20000003",
    "/topic/",
    "/topic/%00",
    "/place/nowhere",
    "/place/nowhere/feed.atom",
    f"/place/{'a' * 3000}",
    "/place/sport",
    "/topic/sport",
    "/feed.atom%0a",
    "/sitemap.xml%0a",
    "/robots.txt%0a",
    "/%0a",
    "/section/sport%0a",
    "/section/nonsense",
    "/section/SPORT",
    "/section/",
    "/section/sport/",
    "/section/sport/x",
    "/section/nonsense/feed.atom",
    "/agency/nobody",
    "/agency/nobody/feed.rss",
    "/agency/",
    "/agency/SEABOARD",
    "/agency/..%2fx",
    f"/agency/{'a' * 41}",
    "/agency/%00",
    "/feed.xml",
    "/feed",
    "/sitemap/x.xml",
    "/sitemap/-1.xml",
    "/sitemap/00.xml",
    "/sitemap/1.XML",
    "/sitemap/9999999999999999999999.xml",
    f"/sitemap/{'9' * 5000}.xml",
    "/sitemap/\u0661.xml",
    "/index.php",
    "/.env",
    "/desk.sqlite",
    "/control",
    "/secrets/inbox.token",
    "/metrics",
]


async def test_a_list_that_does_not_exist_is_a_404(house: House) -> None:
    house.send()
    for path in NO_LIST:
        assert (await house.get(path)).status_code == 404, path


async def test_an_agency_of_which_nothing_was_ever_public_does_not_exist(house: House) -> None:
    house.send(embargoed="2026-03-02T10:00:00Z")
    for path in (f"/agency/{AGENCY}", f"/agency/{AGENCY}/feed.atom"):
        assert (await house.get(path)).status_code == 404


# --- kept until the store moves -----------------------------------------------------------------


async def test_a_kill_leaves_every_list_at_once(tmp_path: Path) -> None:
    house = own_copy(tmp_path)
    filed = {**FILED, "subject": [*SECTION["subject"], *FILED["subject"]]}
    story = house.send(**filed)
    house.send("urn:stays", text="The bridge is open, the mayor said.", **filed)
    bases = ["", "/section/sport", f"/agency/{AGENCY}", "/topic/20000002", *PLACES]
    fronts = [*(base or "/" for base in bases), "/sitemap/0.xml", "/news-sitemap.xml"]
    feeds = [f"{base}/{feed}" for base in bases for feed in FEEDS]
    for path in (*fronts, *feeds):
        assert story.id in await ids(house, path), path
    house.desk.decide(story.id, making.DecisionKind.kill, reason="desk", by="x")  # nothing pressed
    for path in fronts:
        assert story.id not in (await house.get(path)).text, path
    for path in feeds:
        answer = (await house.get(path)).text
        assert TEXT not in answer, path
        assert "The bridge is open" in answer, path
    house.desk.close()


async def test_a_list_has_an_etag_that_moves_with_the_store(house: House) -> None:
    house.send("urn:a")
    for path in ("/", "/feed.atom", "/sitemap.xml"):
        first = await house.get(path)
        tag = first.headers["etag"]
        again = await house.get(path, headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert first.headers["cache-control"] == "public, max-age=0, must-revalidate"
    tag = (await house.get("/")).headers["etag"]
    house.send("urn:b")
    moved = await house.get("/", headers={"if-none-match": tag})
    assert moved.status_code == 200
    assert house.story("urn:b").id in moved.text


async def test_what_readers_append_to_an_address_makes_no_other_list(house: House) -> None:
    house.send()
    plain = await house.get("/feed.atom")
    for query in ("?utm_source=x", "?before=1-1", "?before=%00", "?x[]=1", "?" + "a" * 2000):
        answer = await house.get(f"/feed.atom{query}")
        assert (answer.status_code, answer.content) == (200, plain.content)
        assert answer.headers["etag"] == plain.headers["etag"]


# --- feeds --------------------------------------------------------------------------------------


@pytest.mark.parametrize("feed", FEEDS)
async def test_a_feed_has_its_type_and_the_whole_text(feed: str, house: House) -> None:
    house.send()
    answer = await house.get(f"/{feed}")
    assert answer.headers["content-type"] == FEEDS[feed]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert TEXT in answer.text
    assert f"{BASE}/s/{house.story().id}" in answer.text


@pytest.mark.parametrize("feed", FEEDS)
async def test_a_feed_keeps_a_killed_id_for_seven_days_with_the_notice(
    feed: str, house: House
) -> None:
    story = house.send()
    house.send("urn:other", headline="Bridge open", text="The bridge is open, the mayor said.")
    house.kill()
    for days in (0, 3, 3.9):
        house.wait(days=days)
        answer = (await house.get(f"/{feed}")).text
        assert story.id in answer, f"after {days} more days"
        assert HEADLINE not in answer
        assert TEXT not in answer
    house.wait(days=1)
    answer = (await house.get(f"/{feed}")).text
    assert story.id not in answer
    assert house.story("urn:other").id in answer


async def test_a_feed_of_an_agency_whose_only_story_was_killed_still_tells_of_it(
    house: House,
) -> None:
    story = house.send()
    house.kill()
    for base in ("", f"/agency/{AGENCY}"):
        answer = await house.get(f"{base}/feed.json")
        assert answer.status_code == 200
        (entry,) = json.loads(answer.text)["items"]
        assert entry["id"].endswith(f"/s/{story.id}")
        assert TEXT not in answer.text


async def test_a_hold_stays_in_feeds_without_its_words_and_comes_back(house: House) -> None:
    story = house.send()
    house.hold()
    held = (await house.get("/feed.atom")).text
    assert story.id in held
    assert HEADLINE not in held
    house.release()
    assert HEADLINE in (await house.get("/feed.atom")).text


# --- machines -----------------------------------------------------------------------------------


async def test_the_news_sitemap_holds_two_days(tmp_path: Path) -> None:
    house = own_copy(tmp_path)
    old = house.send("urn:old")
    house.wait(days=1.5)
    new = house.send("urn:new", versioncreated="2026-03-03T20:00:00Z")
    assert set(await ids(house, "/news-sitemap.xml")) == {old.id, new.id}
    house.wait(days=1)
    assert await ids(house, "/news-sitemap.xml") == [new.id]
    assert set(await ids(house, "/sitemap/0.xml")) == {old.id, new.id}
    house.desk.close()


async def test_the_sitemap_names_its_parts_and_they_name_the_stories(tmp_path: Path) -> None:
    house = own_copy(tmp_path)
    story = house.send()
    index = await house.get("/sitemap.xml")
    assert index.headers["content-type"] == XML
    assert re.findall(r"<loc>([^<]+)</loc>", index.text) == [f"{BASE}/sitemap/0.xml"]
    part = await house.get("/sitemap/0.xml")
    assert part.headers["content-type"] == XML
    assert re.findall(r"<loc>([^<]+)</loc>", part.text) == [f"{BASE}/s/{story.id}"]
    house.desk.close()


async def test_a_sitemap_leaves_out_what_the_contract_keeps_out_of_indexes(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "agencies"
    folder.mkdir()
    (folder / f"{AGENCY}.toml").write_text(
        f'id = "{AGENCY}"\nname = "Seaboard"\n[contract]\nindexing = "noindex"\n'
    )
    with making.house(tmp_path / "data", config(agencies=str(folder))) as house:
        story = house.send()
        assert story.id not in (await house.get("/sitemap/0.xml")).text
        assert story.id not in (await house.get("/news-sitemap.xml")).text
        assert story.id in (await house.get("/")).text


# --- made once ----------------------------------------------------------------------------------


async def test_however_many_ask_at_once_a_feed_is_read_once_for_all_formats(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.send()
    read = house.desk.store.feed
    limits = []

    def counting(query: ListQuery) -> list[Listed]:
        limits.append(query.limit)
        return read(query)

    monkeypatch.setattr(house.desk.store, "feed", counting)
    answers = await asyncio.gather(*(house.get(f"/{feed}") for feed in FEEDS for _ in range(4)))
    assert {answer.status_code for answer in answers} == {200}
    assert limits == [50]
    house.kill()
    assert TEXT not in (await house.get("/feed.rss")).text
    assert limits == [50, 50]


async def test_a_list_made_slowly_never_stands_in_for_one_made_later(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = house.send()
    read = house.desk.store.front
    killing = iter([True])

    def killed_meanwhile(query: ListQuery) -> list[Listed]:
        listed = read(query)
        if next(killing, False):
            house.kill()
            asyncio.run(house.get("/"))  # another reader, whose list is made in between
        return listed

    monkeypatch.setattr(house.desk.store, "front", killed_meanwhile)
    assert story.id in (await house.get("/")).text, "it was asked for before the kill"
    monkeypatch.setattr(house.desk.store, "front", read)
    assert story.id not in (await house.get("/")).text
