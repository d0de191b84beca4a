"""Two clocks, each one field (design §6): every surface is read in every state, and shows the
right one. The agency's time is when it sent the first and this version; the face's time is when
what the public sees last changed. No surface has a third."""

import json
import re
from collections.abc import Awaitable
from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import etree

from copytaster.store import Story
from tests.newsroom.making import AGENCY
from tests.newsroom.making import MORNING
from tests.newsroom.making import House
from tests.newsroom.test_taken_back import BAD
from tests.newsroom.test_taken_back import GOOD
from tests.newsroom.test_taken_back import GUID as QUAY
from tests.newsroom.test_taken_back import IANS
from tests.newsroom.test_taken_back import KILL
from tests.web.test_machines import opened

pytestmark = pytest.mark.anyio


def utc(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 3, 2, hour, minute, second, tzinfo=UTC)


# --- the states ----------------------------------------------------------------------------------


class State(msgspec.Struct, frozen=True, kw_only=True):
    """How a story gets into it, and what its clocks show then."""

    way: Callable[[House], Story]
    kind: str = "live"
    """live, hold, gone or expired: what its address shows"""
    first: datetime = utc(8, 55)
    """the agency's time of its first version"""
    version: datetime | None = None
    """the agency's time of this version, where it is another"""
    face: datetime
    contract: str = ""
    agency: str = AGENCY


def sent(house: House) -> Story:
    house.now = MORNING
    return house.send()


def sent_again(house: House, **fields: Any) -> Story:
    sent(house)
    house.now = utc(10)
    again = {"version": "2", "versioncreated": "2026-03-02T09:58:00Z", "headline": "Ferry full"}
    return house.send(**(again | fields))


def decided(order: Callable[[House], Story]) -> Callable[[House], Story]:
    def way(house: House) -> Story:
        sent_again(house)
        house.now = utc(11)
        return order(house)

    return way


def held_and_released(house: House) -> Story:
    decided(House.hold)(house)
    house.now = utc(12)
    return house.release()


def let_expire(house: House) -> Story:
    sent(house)
    house.now = utc(20, 55)
    house.wait(minutes=0)
    return house.story()


def edition_taken_back(house: House) -> Story:
    for minute, data in enumerate((BAD, GOOD, KILL)):
        house.now = MORNING + timedelta(minutes=minute)
        house.receive(house.delivery(data, agency=IANS))
    found = house.desk.store.story(house.desk.find(IANS, QUAY) or "")
    assert found is not None
    return found


VERSION = utc(9, 58)
STATES = {
    "published": State(way=sent, face=MORNING),
    "updated": State(way=sent_again, version=VERSION, face=utc(10)),
    "corrected": State(
        way=lambda house: sent_again(house, signals=["sig:correction"]),
        version=VERSION,
        face=utc(10),
    ),
    "held": State(way=decided(House.hold), kind="hold", face=utc(11, 0, 1)),
    "released": State(way=held_and_released, version=VERSION, face=utc(12, 0, 1)),
    "killed": State(way=decided(House.kill), kind="gone", face=utc(11, 0, 1)),
    "expired": State(
        way=let_expire, kind="expired", face=utc(20, 55), contract="retention_hours = 12"
    ),
    "edition withdrawn": State(
        way=edition_taken_back,
        first=utc(6, 26),
        version=utc(7, 14),
        face=MORNING + timedelta(minutes=2),
        agency=IANS,
    ),
}


# --- the surfaces --------------------------------------------------------------------------------

Read = Callable[[House, str], Awaitable[str | None]]


async def _page(house: House, id: str) -> str:
    return (await house.get(f"/s/{id}")).text


def _first(pattern: str, text: str) -> str | None:
    found = re.search(pattern, text, re.DOTALL)
    return found[1] if found else None


def on_page(pattern: str) -> Read:
    async def read(house: House, id: str) -> str | None:
        return _first(pattern, await _page(house, id))

    return read


def in_json_ld(name: str) -> Read:
    async def read(house: House, id: str) -> str | None:
        data = _first(r'<script type="application/ld\+json">(.+?)</script>', await _page(house, id))
        graph = json.loads(data)["@graph"] if data else []
        articles = [one for one in graph if one["@type"] == "NewsArticle"]
        return articles[0].get(name) if articles else None

    return read


def in_json(path: str, name: str) -> Read:
    async def read(house: House, id: str) -> str | None:
        return (await house.get(path.format(id=id))).json().get(name)

    return read


def in_xml(path: str, entry: str, name: str) -> Read:
    async def read(house: House, id: str) -> str | None:
        root = etree.fromstring((await house.get(path)).content)
        for one in root.iter(f"{{*}}{entry}"):
            if id in etree.tostring(one).decode():
                return next((str(found.text) for found in one.iter(f"{{*}}{name}")), None)
        return None

    return read


def in_list(path: str, entries: str, name: str) -> Read:
    """Of a JSON list the newest entry that names the story."""

    async def read(house: House, id: str) -> str | None:
        found = [one for one in (await house.get(path)).json()[entries] if id in one["id"]]
        return found[-1].get(name) if found else None

    return read


async def last_modified(house: House, id: str) -> str | None:
    return (await house.get(f"/s/{id}")).headers.get("last-modified")


async def tombstone(house: House, id: str) -> str | None:
    return _first(rf'ref="[^"]*/s/{id}" when="([^"]+)"', (await house.get("/feed.atom")).text)


async def sitemap_index(house: House, id: str) -> str | None:
    return _first(r"<lastmod>([^<]+)</lastmod>", (await house.get("/sitemap.xml")).text)


TIME = r'<time datetime="([^"]+)"'
SURFACES: dict[str, tuple[Read, str, str, str, str]] = {
    # surface: how it is read, then what it shows while live, on hold, gone, expired
    "visible Published": (on_page(rf"Published {TIME}"), "first", "", "", ""),
    "visible Updated": (on_page(rf'class="when">Updated {TIME}'), "update", "", "", ""),
    "notice": (
        on_page(rf"<dt>(?:On hold since|Withdrawn|Licence ended)</dt><dd>{TIME}"),
        *("", "face", "face", "face"),
    ),
    "JSON-LD datePublished": (in_json_ld("datePublished"), "first", "", "", ""),
    "JSON-LD dateModified": (in_json_ld("dateModified"), "version", "face", "face", ""),
    "article:published_time": (
        on_page(r'property="article:published_time" content="([^"]+)"'),
        *("first", "", "", ""),
    ),
    "article:modified_time": (
        on_page(r'property="article:modified_time" content="([^"]+)"'),
        *("update", "", "", ""),
    ),
    "Last-Modified": (last_modified, "face", "", "", ""),
    "ninjs firstCreated": (in_json("/s/{id}.json", "firstCreated"), "first", "", "", ""),
    "ninjs versionCreated": (
        in_json("/s/{id}.json", "versionCreated"),
        *("version", "face", "face", "face"),
    ),
    "API story": (
        in_json("/api/stories/{id}", "versionCreated"),
        *("version", "face", "face", "face"),
    ),
    "API published": (in_list("/api/stories", "stories", "published"), "first", "", "", ""),
    "API updated": (in_list("/api/stories", "stories", "updated"), "update", "", "", ""),
    "API changed": (in_list("/api/stories", "stories", "changed"), "face", "", "", ""),
    "API changes": (in_list("/api/changes", "changes", "at"), "face", "face", "face", "face"),
    "Atom published": (in_xml("/feed.atom", "entry", "published"), "first", "", "", ""),
    "Atom updated": (in_xml("/feed.atom", "entry", "updated"), "face", "face", "face", ""),
    "Atom tombstone": (tombstone, "", "", "face", ""),
    "RSS pubDate": (in_xml("/feed.rss", "item", "pubDate"), "first", "", "", ""),
    "RSS atom:updated": (in_xml("/feed.rss", "item", "updated"), "face", "face", "face", ""),
    "JSON Feed published": (in_list("/feed.json", "items", "date_published"), "first", "", "", ""),
    "JSON Feed modified": (
        in_list("/feed.json", "items", "date_modified"),
        *("face", "face", "face", ""),
    ),
    "sitemap": (in_xml("/sitemap/0.xml", "url", "lastmod"), "face", "", "", ""),
    "sitemap index": (sitemap_index, "face", "", "", ""),
    "news sitemap": (
        in_xml("/news-sitemap.xml", "url", "publication_date"),
        *("news", "", "", ""),
    ),
}
KINDS = ("live", "hold", "gone", "expired")


def shown(state: State, clock: str) -> datetime | None:
    """What this clock shows in this state; None where nothing is to be seen."""
    return {
        "": None,
        "first": state.first,
        "update": state.version,
        "version": state.version or state.first,
        "face": state.face,
        # Only the agency of these tests has a contract that allows news search.
        "news": state.first if state.agency == AGENCY else None,
    }[clock]


def instant(found: str | None) -> datetime | None:
    """With its offset: a surface that had none would fail here."""
    if found is None:
        return None
    read = parsedate_to_datetime(found) if "," in found else datetime.fromisoformat(found)
    assert read.tzinfo is not None, found
    return read


@pytest.mark.parametrize("name", STATES)
async def test_every_surface_shows_the_right_clock(name: str, tmp_path: Path) -> None:
    state = STATES[name]
    with opened(tmp_path, contract=f'indexing = "self"\n{state.contract}') as house:
        story = state.way(house)
        assert story.face.value == state.kind
        house.now += timedelta(minutes=5)  # when somebody looks says nothing about a story
        found = {
            surface: instant(await read(house, story.id))
            for surface, (read, *_) in SURFACES.items()
        }
    at = KINDS.index(state.kind)
    wanted = {surface: shown(state, clocks[at]) for surface, (_, *clocks) in SURFACES.items()}
    assert found == wanted


def test_the_clocks_of_a_state_can_be_told_apart() -> None:
    """Else a surface could show the wrong one and nobody would see it."""
    for name, state in STATES.items():
        clocks = [state.first, state.face, *([state.version] if state.version else [])]
        assert len(set(clocks)) == len(clocks), name
