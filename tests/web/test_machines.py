"""What machines are served at fixed addresses, and told on every answer."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.newsroom import making
from tests.newsroom.making import AGENCY
from tests.newsroom.making import BASE
from tests.newsroom.making import House
from tests.newsroom.making import config
from tests.newsroom.making import ninjs

pytestmark = pytest.mark.anyio

FILES = {
    "/robots.txt": "text/plain; charset=utf-8",
    "/trust.txt": "text/plain; charset=utf-8",
    "/.well-known/trust.txt": "text/plain; charset=utf-8",
    "/.well-known/tdmrep.json": "application/json",
    "/manifest.webmanifest": "application/manifest+json",
    "/opensearch.xml": "application/opensearchdescription+xml",
    "/favicon.ico": "image/vnd.microsoft.icon",
}
OPEN = "train_ai = true\nai_input = true\ntdm = true\n"
ALLOWED = {"train_ai": True, "ai_input": True, "tdm": True}


@contextmanager
def opened(
    tmp_path: Path, *, contract: str = "", sources: Any = None, **site: Any
) -> Iterator[House]:
    """A house that has a profile of the agency with these lines of a contract."""
    folder = tmp_path / "agencies"
    folder.mkdir(parents=True)
    (folder / f"{AGENCY}.toml").write_text(
        f'id = "{AGENCY}"\nname = "Seaboard"\n[contract]\n{contract}'
    )
    settings = config(agencies=str(folder), site={"url": BASE} | site, sources=sources or {})
    with making.house(tmp_path / "data", settings) as house:
        yield house


@pytest.mark.parametrize("path", FILES)
async def test_each_is_served_and_revalidates(path: str, house: House) -> None:
    answer = await house.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FILES[path]
    assert answer.content
    again = await house.get(path, headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_every_answer_reserves_what_nobody_allowed(house: House) -> None:
    story = house.send()
    for path in ("/", f"/s/{story.id}", f"/s/{story.id}.txt", "/feed.atom", "/robots.txt", "/none"):
        headers = (await house.get(path)).headers
        assert headers.get_list("content-usage") == ["train-ai=n"], path
        assert headers.get_list("tdm-reservation") == ["1"], path
    assert "Content-Usage: train-ai=n" in (await house.get("/robots.txt")).text
    assert (await house.get("/.well-known/tdmrep.json")).json()[0]["tdm-reservation"] == 1
    assert "datatrainingallowed=no" in (await house.get("/trust.txt")).text


async def test_a_story_speaks_for_its_own_agency_and_lists_for_all(tmp_path: Path) -> None:
    with opened(tmp_path, contract=OPEN, machines=ALLOWED) as house:
        own = house.send()
        assert (await house.get("/")).headers["content-usage"] == "train-ai=y"
        other = house.delivery(ninjs("urn:other"), agency="otherwire")
        house.receive(other)
        id = house.desk.find("otherwire", "urn:other")
        assert (await house.get(f"/s/{own.id}")).headers["content-usage"] == "train-ai=y"
        assert (await house.get(f"/s/{own.id}")).headers["tdm-reservation"] == "0"
        assert (await house.get(f"/s/{id}")).headers["content-usage"] == "train-ai=n"
        for path in ("/", "/feed.json"):
            assert (await house.get(path)).headers["content-usage"] == "train-ai=n"
        assert "User-agent: GPTBot" in (await house.get("/robots.txt")).text


async def test_the_site_may_be_stricter_than_every_contract(tmp_path: Path) -> None:
    with opened(tmp_path, contract=OPEN) as house:
        story = house.send()
        assert (await house.get(f"/s/{story.id}")).headers["content-usage"] == "train-ai=n"


async def test_a_source_may_be_stricter_than_its_agency(tmp_path: Path) -> None:
    sources = {"feed": {"route": "push", "agency": AGENCY, "contract": {}}}
    with opened(tmp_path, contract=OPEN, machines=ALLOWED, sources=sources) as house:
        story = house.send()
        assert (await house.get(f"/s/{story.id}")).headers["content-usage"] == "train-ai=n"


async def test_a_site_that_is_for_no_search_engine_says_so_everywhere(tmp_path: Path) -> None:
    with opened(tmp_path, machines={"search": False}) as house:
        story = house.send()
        for path in ("/", f"/s/{story.id}", "/robots.txt", "/none"):
            assert (await house.get(path)).headers.get_list("x-robots-tag") == ["noindex"], path
        assert "Sitemap" not in (await house.get("/robots.txt")).text


async def test_security_txt_is_there_only_with_a_contact(tmp_path: Path, house: House) -> None:
    assert (await house.get("/.well-known/security.txt")).status_code == 404
    with opened(tmp_path / "x", security_contact="sec@desk.example") as reached:
        first = (await reached.get("/.well-known/security.txt")).text
        assert "Contact: mailto:sec@desk.example\n" in first
        reached.now += timedelta(days=400)
        assert (await reached.get("/.well-known/security.txt")).text != first, "it goes on"


async def test_the_apps_files_are_json_and_not_moved(tmp_path: Path) -> None:
    app = {"name": "App", "url": "https://open.example.org/s/", "ios_team": "T.app"}
    with opened(tmp_path, app=app) as house:
        for name in ("apple-app-site-association", "assetlinks.json"):
            answer = await house.get(f"/.well-known/{name}")
            assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
            json.loads(answer.content)


async def test_the_house_s_own_pages_are_served_and_no_others(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "about.txt").write_text("Who we are.\n\nAnd why.", "utf-8")
    (pages / "imprint.html").write_text("<p>Printed by <em>nobody</em></p>", "utf-8")
    (pages / "ethics.txt").write_text("  \n", "utf-8")
    with opened(tmp_path, pages=str(pages)) as house:
        about = await house.get("/about")
        assert about.status_code == 200
        assert "<p>Who we are.</p>" in about.text
        assert "<em>nobody</em>" in (await house.get("/about/imprint")).text
        for empty in ("ethics", "contact"):
            assert (await house.get(f"/about/{empty}")).status_code == 404
        front = (await house.get("/")).text
        assert 'href="/about"' in front
        assert 'href="/about/imprint"' in front
        assert "/about/ethics" not in front


async def test_an_icon_of_the_house_is_where_browsers_look_for_it(tmp_path: Path) -> None:
    icon = tmp_path / "own.svg"
    icon.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    with opened(tmp_path, icon=str(icon)) as house:
        moved = await house.get("/favicon.ico", headers={"host": "evil.example"})
        assert moved.status_code == 302
        path = moved.headers["location"]
        assert path.startswith("/assets/")
        answer = await house.get(path)
        assert answer.content == icon.read_bytes()
        assert answer.headers["content-type"] == "image/svg+xml"
        assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_the_manifest_may_be_fetched_by_the_page_that_names_it(house: House) -> None:
    assert "manifest-src 'self'" in (await house.get("/")).headers["content-security-policy"]
