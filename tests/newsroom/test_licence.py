"""Licences in a running house: chains, contracts that change, lists, and what shells are told."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from copytaster.newsroom import licence
from copytaster.newsroom import orders
from copytaster.newsroom.running import DeskThread
from copytaster.store import Face
from copytaster.story import State
from tests.newsroom import making
from tests.newsroom.live import live
from tests.newsroom.making import AGENCY
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import House
from tests.newsroom.making import codes

pytestmark = pytest.mark.anyio

CHAINED = """<?xml version="1.0"?><nitf><head><docdata management-status="usable">
<doc-id id-string="{guid}"/><date.issue norm="{made}"/><du-key key="quay"/></docdata></head>
<body><body.head><hedline><hl1>Quay {guid} opens</hl1></hedline></body.head>
<body.content><p>The quay opened on Monday.</p></body.content></body></nitf>"""


def chained(guid: str, made: str = "20260302T090000Z") -> bytes:
    return CHAINED.format(guid=guid, made=made).encode()


def contract(house_data: Path, **keys: Any) -> None:
    """Enter a contract for the agency; the desk reads it when it starts."""
    folder = house_data.parent / "agencies"
    folder.mkdir(exist_ok=True)
    lines = "".join(f"{key} = {value!r}\n" for key, value in keys.items())
    text = f'id = "{AGENCY}"\nname = "Seaboard"\n[contract]\n{lines}'
    (folder / f"{AGENCY}.toml").write_text(text)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    contract(tmp_path / "data", retention_days=2)
    return tmp_path / "data"


@pytest.fixture
def house(data: Path) -> Iterator[House]:
    settings = making.config(
        agencies=str(data.parent / "agencies"),
        site={"url": making.BASE, "territories": ["IN"]},
    )
    with making.house(data, settings) as opened:
        yield opened


def states(house: House, *guids: str) -> list[str]:
    return [house.story(guid).state.value for guid in guids]


# --- chains --------------------------------------------------------------------------------------


def test_all_stories_of_a_chain_expire_with_its_first(house: House) -> None:
    house.receive(chained("a"))
    house.wait(days=1)
    house.receive(chained("b", "20260303T090000Z"))
    house.wait(days=1, seconds=-1)
    assert states(house, "a", "b") == ["live", "live"]
    house.wait(seconds=1)
    assert states(house, "a", "b") == ["expired", "expired"]


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("order", ["ab", "ba"])
def test_the_clock_of_a_chain_does_not_depend_on_arrival(
    house: House, order: str, *, together: bool
) -> None:
    house.wait(days=1)
    made = {"a": "20260302T090000Z", "b": "20260303T090000Z"}
    sent = [chained(guid, made[guid]) for guid in order]
    for batch in [sent] if together else [[one] for one in sent]:
        house.receive(*batch)
    assert states(house, "a", "b") == ["live", "live"]
    house.wait(days=1)
    assert states(house, "a", "b") == ["expired", "expired"]


def test_a_chain_that_turns_out_older_expires_at_once(house: House) -> None:
    house.receive(chained("b"))
    house.receive(chained("a", "20260225T090000Z"))
    assert states(house, "a", "b") == ["expired", "expired"]
    assert house.story("a").face is Face.none


def test_a_restart_keeps_the_clock(house: House) -> None:
    house.receive(chained("a"))
    house.wait(days=2, seconds=-1)
    house.restart()
    house.desk.settle()
    assert states(house, "a") == ["live"]
    house.now = house.now.replace(second=0) + making.timedelta(minutes=1)
    house.restart()
    house.desk.settle()
    assert states(house, "a") == ["expired"]


def test_a_clock_set_back_after_the_end_brings_nothing_back_by_itself(house: House) -> None:
    house.send()
    house.wait(days=2)
    house.wait(hours=-1)
    assert house.story().state is State.expired


# --- contracts that change -----------------------------------------------------------------------


async def test_a_licence_that_is_renewed_brings_its_story_back(house: House, data: Path) -> None:
    story = house.send()
    house.wait(days=3)
    assert (await house.get(f"/s/{story.id}")).status_code == 410
    contract(data, retention_days=30)
    house.restart()
    house.desk.settle()
    answer = await house.get(f"/s/{story.id}")
    assert answer.status_code == 200
    assert house.story().edition == 1
    assert "unavailable_after: 2026-04-01T08:55:00+00:00" in answer.text


async def test_a_licence_that_is_cut_short_takes_its_story_down(house: House, data: Path) -> None:
    story = house.send()
    house.wait(hours=20)
    contract(data, retention_hours=12)
    house.restart()
    house.desk.settle()
    assert (await house.get(f"/s/{story.id}")).status_code == 410


async def test_the_pages_of_live_stories_tell_the_new_contract(house: House, data: Path) -> None:
    story = house.send()
    assert "2026-03-04T08:55:00" in (await house.get(f"/s/{story.id}")).text
    contract(data, retention_days=9, indexing="noindex")
    house.restart()
    house.desk.settle()
    page = (await house.get(f"/s/{story.id}")).text
    assert "2026-03-11T08:55:00" in page
    assert '<meta name="robots" content="noindex">' in page
    assert [event.kind.value for event in house.desk.store.events()] == ["published"]


def test_a_contract_that_did_not_change_wakes_nobody(house: House) -> None:
    house.send()
    assert licence.apply_contracts(house.desk.house, house.desk.store, house.now) == []
    house.restart()
    assert house.desk.store.due(house.now) == []


def test_a_killed_story_stays_killed_whatever_the_contract(house: House, data: Path) -> None:
    house.send()
    house.kill()
    contract(data, retention_days=30)
    house.restart()
    house.desk.settle()
    assert house.story().state is State.killed


def test_a_hold_for_rights_says_so_to_readers(house: House) -> None:
    house.send()
    story = house.send(version="2", usageterms="INDIA OUT")
    assert (story.face, story.cause, codes(story)) == (Face.hold, "rights", ["rights-restricted"])


# --- lists ---------------------------------------------------------------------------------------

FEEDS = ("/feed.atom", "/feed.rss", "/feed.json")


async def test_feeds_carry_no_more_than_the_contract_allows(house: House, data: Path) -> None:
    house.send()
    for allowed, headline, text in (
        ("full", True, True),
        ("headline", True, False),
        ("none", False, False),
    ):
        contract(data, feeds=allowed)
        house.restart()
        house.desk.settle()
        for path in FEEDS:
            feed = (await house.get(path)).text
            assert (HEADLINE in feed, "north quay" in feed) == (headline, text), (allowed, path)
        assert HEADLINE in (await house.get("/")).text


async def test_what_feeds_may_not_carry_takes_no_place_in_them(house: House) -> None:
    house.send("urn:old")
    for number in range(55):
        house.send(f"urn:{number}", headline=f"Notice {number}", usageterms="No RSS feeds")
    feed = (await house.get("/feed.atom")).text
    assert HEADLINE in feed
    assert "Notice" not in feed


async def test_an_expired_story_leaves_lists_and_tells_no_more(house: House) -> None:
    story = house.send(url="https://seaboard.example/ferry")
    house.wait(days=2)
    for path in ("/", "/sitemap/0.xml", *FEEDS):
        assert story.id not in (await house.get(path)).text
    for suffix in ("", ".txt", ".json"):
        answer = await house.get(f"/s/{story.id}{suffix}")
        assert answer.status_code == 410
        assert HEADLINE not in answer.text
        assert "icence" in answer.text
    page = (await house.get(f"/s/{story.id}")).text
    assert "No longer available under licence" in page


# --- what shells are told ------------------------------------------------------------------------


def test_the_dossier_tells_each_use(house: House) -> None:
    told = orders.dossier(house.desk, house.send().id)["rights"]
    assert [(row["use"], row["open"]) for row in told] == [
        ("page", True),
        ("archive", True),
        ("feeds", True),
        ("search", True),
        ("pictures", True),
        ("social", False),
        ("onward", False),
    ]
    assert told[0]["until"] == "2026-03-04T08:55:00+00:00"
    assert told[0]["rule"] == "retention"
    assert "2 days since first-version" in told[0]["words"]


def test_a_house_is_warned_of_agencies_without_a_contract(house: House) -> None:
    desk = house.desk
    house.send()
    assert list(licence.warnings(desk.house, desk.store)) == []
    house.receive(house.delivery(making.ninjs(), agency="harbour"))
    (warning,) = licence.warnings(desk.house, desk.store)
    assert warning.startswith("agency harbour: no contract")


def test_a_contract_for_countries_needs_a_site_that_says_where_it_is(
    tmp_path: Path, data: Path
) -> None:
    contract(data, territories=["IN"])
    settings = making.config(agencies=str(data.parent / "agencies"))
    with making.house(data, settings) as house:
        assert codes(house.send()) == ["rights-contract"]
        (finding,) = licence.findings(house.desk.house, house.desk.store)
        assert "[site] territories" in finding


def test_a_source_narrows_its_agencys_contract(data: Path) -> None:
    narrow = {"route": "push", "agency": AGENCY, "contract": {"retention_hours": 1}}
    settings = making.config(
        agencies=str(data.parent / "agencies"), sources={"inbox": narrow, "other": narrow}
    )
    with making.house(data, settings) as house:
        house.send()
        house.wait(hours=1)
        assert house.story().state is State.expired


async def test_what_expired_while_no_desk_ran_is_gone_before_a_reader_is_served(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = making.config(agencies=str(data.parent / "agencies"), site={"territories": ["IN"]})
    with making.house(data, settings) as house:
        stories = [house.send(f"urn:{n}", text=f"Number {n}. {making.TEXT}") for n in range(40)]
        assert {story.state for story in stories} == {State.live}
    later = making.MORNING + timedelta(days=3)
    monkeypatch.setattr(DeskThread, "_step", lambda _: False)
    async with live(data, settings, clock=lambda: later) as running:
        answers = [await running.client.get(f"/s/{story.id}") for story in stories]
    assert {answer.status_code for answer in answers} == {410}
