"""Stories that are versions of one text stand together, on pages and in lists."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from copytaster import reading
from copytaster.store import StoryChange
from copytaster.store import Twin
from copytaster.story import State
from tests.newsroom import making
from tests.newsroom.making import House
from tests.newsroom.making import ninjs

pytestmark = pytest.mark.anyio

OPENING = """\
The footbridge over the Aune at Kell was closed on Monday after divers found cracks in two of its \
four piers, the harbour office said.

Nobody was hurt. The cracks are as wide as a hand and run from the water line to the bed of the \
river, an engineer who saw the pictures said."""
MORE = """

The bridge was built in 1934 and carries four thousand people a day to the mill quarter. A ferry \
takes them across from Tuesday on, every ten minutes, and costs nothing.

Repairs begin when the water falls, which in most years it does in May. The town has put aside \
1.2 million for them, and hopes that the county pays half."""
OTHER = """\
The choir of the old customs house sang for the last time on Monday, after sixty years under one \
conductor, who told the audience that she would miss the echo more than the applause.

Its library of songs goes to the school at Vester, where nobody has sung since the war."""


def arrive(house: House, agency: str, guid: str, text: str, **fields: Any) -> str:
    """The story's id, live a minute after the last."""
    house.now += timedelta(minutes=1)
    house.receive(house.delivery(ninjs(guid, text=text, **fields), agency=agency))
    found = house.desk.find(agency, guid)
    assert found is not None
    return found


def twins(house: House, story: str) -> list[str]:
    return [twin.other for twin in house.desk.store.twins.of(story)]


def twin(house: House, story: str) -> Twin:
    (found,) = house.desk.store.twins.of(story)
    return found


async def page(house: House, path: str) -> str:
    answer = await house.get(path)
    assert answer.status_code == 200, path
    return answer.text


async def line(house: House, story: str, begins: str) -> str:
    """What a story's page says of its twins, without markup."""
    found = re.findall(rf"<li>({begins}.*?)</li>", await page(house, f"/s/{story}"), re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found[0])) if found else ""


async def headed(house: House, path: str = "/") -> list[str]:
    """The stories that a list shows by their headlines."""
    text = await page(house, path)
    return re.findall(r'<h\d[^>]*><a href="/s/(\w{16})">', text)


async def named(house: House, path: str = "/") -> set[str]:
    return set(re.findall(r'href="/s/(\w{16})"', await page(house, path)))


# --- found ---------------------------------------------------------------------------------------


def test_another_agency_s_version_is_found_and_which_has_more(house: House) -> None:
    short = arrive(house, "harbour", "bridge", OPENING)
    arrive(house, "harbour", "choir", OTHER)
    long = arrive(house, "seaboard", "kell", OPENING + MORE)
    found = twin(house, long)
    assert (found.other, found.of_other, found.is_top) == (short, 1.0, True)
    assert found.in_other < 0.6
    assert twin(house, short).in_other == 1.0


def test_two_that_come_in_one_batch_are_found(house: House) -> None:
    sent = [(agency, ninjs("bridge", text=OPENING)) for agency in ("harbour", "seaboard")]
    house.receive(*(house.delivery(data, agency=agency) for agency, data in sent))
    one, other = (house.desk.find(agency, "bridge") or "" for agency, _ in sent)
    assert (twins(house, one), twins(house, other)) == ([other], [one])


def test_one_is_found_before_the_other_is_in_the_window(house: House) -> None:
    for agency in ("harbour", "seaboard"):
        house.desk.accept([house.delivery(ninjs("bridge", text=OPENING), agency=agency)])
        house.desk.read()
    one, other = (house.desk.find(agency, "bridge") or "" for agency in ("harbour", "seaboard"))
    assert twins(house, one) == [other]


def test_a_desk_that_ended_before_its_window_was_filled_misses_nothing(house: House) -> None:
    house.desk.accept([house.delivery(ninjs("bridge", text=OPENING), agency="harbour")])
    house.desk.read()
    house.restart()
    house.desk.settle()
    one = house.desk.find("harbour", "bridge") or ""
    assert twins(house, arrive(house, "seaboard", "kell", OPENING)) == [one]


def test_on_a_full_disk_stories_are_live_and_found_when_there_is_room(tmp_path: Path) -> None:
    with making.house(tmp_path / "data") as before:
        before.desk.accept([before.delivery(ninjs("bridge", text=OPENING), agency="harbour")])
    no_room = making.config(limits={"disk_reserve_bytes": 2**62})
    with making.house(tmp_path / "data", no_room) as full:
        full.desk.settle()
        assert full.desk.store.window.missing(reading.SCHEME, full.now - timedelta(days=1))
    with making.house(tmp_path / "data") as house:
        house.desk.settle()
        one = house.desk.find("harbour", "bridge") or ""
        assert twins(house, arrive(house, "seaboard", "kell", OPENING)) == [one]


def test_a_defect_in_comparing_holds_up_no_story(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(house, "harbour", "bridge", OPENING)

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(reading, "compare", broken)
    other = arrive(house, "seaboard", "kell", OPENING)
    assert house.story("kell").state is State.live
    assert twins(house, other) == []


def test_stories_from_before_there_were_twins_find_each_other(house: House) -> None:
    one = arrive(house, "harbour", "bridge", OPENING)
    other = arrive(house, "seaboard", "kell", OPENING)
    for story in filter(None, map(house.desk.store.story, (one, other))):
        house.desk.store.commit([StoryChange(story=story, twins=())])
    house.desk.store.window.forget(house.now + timedelta(days=1), limit=99)
    house.restart()
    house.desk.settle()
    assert twins(house, one) == [other]


def test_an_update_that_has_other_words_is_no_twin_any_more(house: House) -> None:
    one = arrive(house, "harbour", "bridge", OPENING)
    other = arrive(house, "seaboard", "kell", OPENING)
    assert twins(house, one) == [other]
    arrive(house, "seaboard", "kell", OTHER, version="2", versioncreated="2026-03-02T09:01:00Z")
    assert twins(house, one) == twins(house, other) == []


def test_what_the_agency_declares_comes_before_any_comparing(house: House) -> None:
    one = arrive(house, "seaboard", "urn:seaboard:one", OPENING)
    replacing = {"associations": None, "replacing": ["urn:seaboard:one"]}
    other = arrive(house, "seaboard", "urn:seaboard:two", OTHER, **replacing)
    found = house.desk.store.twins.of(other)
    assert [(t.other, t.link) for t in found] == [(one, "replacement")]


def test_after_a_week_nothing_is_compared(house: House) -> None:
    arrive(house, "harbour", "bridge", OPENING)
    house.wait(days=8)
    assert twins(house, arrive(house, "seaboard", "kell", OPENING)) == []


# --- on a story's page -----------------------------------------------------------------------


async def test_a_page_names_who_has_it_too_and_how_much_of_it(house: House) -> None:
    short = arrive(house, "harbour", "bridge", OPENING)
    long = arrive(house, "seaboard", "kell", OPENING + MORE)
    assert re.search(r"^Also reported by harbour, .*, shorter$", await line(house, long, "Also"))
    assert re.search(r"^Also reported by seaboard, .*, longer$", await line(house, short, "Also"))


async def test_an_agency_s_own_versions_are_in_their_order(house: House) -> None:
    first = arrive(house, "seaboard", "one", OPENING)
    second = arrive(house, "seaboard", "two", OPENING + MORE)
    assert ", newer, longer" in await line(house, first, "Other versions")
    assert ", earlier, shorter" in await line(house, second, "Other versions")


async def test_no_word_of_another_story_is_on_the_page(house: House) -> None:
    arrive(house, "harbour", "bridge", OPENING + MORE, headline="Cracked piers close a bridge")
    other = arrive(house, "seaboard", "kell", OPENING)
    text = await page(house, f"/s/{other}")
    assert "Also reported by" in text
    assert "Cracked" not in text


async def test_who_is_killed_is_named_no_more_and_comes_back_when_released(house: House) -> None:
    one = arrive(house, "harbour", "bridge", OPENING)
    other = arrive(house, "seaboard", "kell", OPENING)
    house.hold("kell")
    assert await line(house, one, "Also") == ""
    house.release("kell")
    assert "seaboard" in await line(house, one, "Also")
    house.kill("kell")
    assert await line(house, one, "Also") == ""
    assert other not in await page(house, f"/s/{one}")


async def test_an_older_edition_names_nobody(house: House) -> None:
    one = arrive(house, "harbour", "bridge", OPENING)
    arrive(house, "seaboard", "kell", OPENING)
    arrive(house, "harbour", "bridge", OPENING + MORE, version="2")
    assert "Also reported by" in await page(house, f"/s/{one}")
    assert "Also reported by" not in await page(house, f"/s/{one}/v1")


# --- in lists ------------------------------------------------------------------------------------


async def test_a_front_shows_the_newest_of_a_family_and_names_the_others(house: House) -> None:
    one = arrive(house, "harbour", "bridge", OPENING)
    alone = arrive(house, "harbour", "choir", OTHER)
    two = arrive(house, "seaboard", "kell", OPENING)
    three = arrive(house, "ap", "kell", OPENING + MORE)
    assert await headed(house) == [three, alone]
    assert await named(house) >= {one, two, three, alone}
    assert "Also reported by" in await page(house, "/")


async def test_a_kill_brings_up_the_next(house: House) -> None:
    one = arrive(house, "harbour", "bridge", OPENING)
    arrive(house, "seaboard", "kell", OPENING)
    assert one not in await headed(house)
    house.kill("kell")
    assert await headed(house) == [one]
    assert "Also reported by" not in await page(house, "/")


async def test_a_list_folds_only_what_it_has(house: House) -> None:
    one = arrive(house, "harbour", "bridge", OPENING)
    two = arrive(house, "seaboard", "kell", OPENING)
    assert await headed(house, "/agency/harbour") == [one]
    assert await named(house, "/agency/harbour") == {one}
    assert await headed(house) == [two]


async def test_feeds_and_search_have_each_by_itself(house: House) -> None:
    both = {
        arrive(house, "harbour", "bridge", OPENING),
        arrive(house, "seaboard", "kell", OPENING),
    }
    feed = (await house.get("/feed.json")).json()
    assert {item["id"].rpartition("/")[2] for item in feed["items"]} == both
    assert await named(house, "/search?q=footbridge") >= both


@pytest.mark.parametrize("agency", ["harbour", "seaboard"])
async def test_more_than_an_entry_names_stand_by_themselves(house: House, agency: str) -> None:
    """Nothing that is live is missing from the front."""
    stories = {arrive(house, agency, f"bridge-{n}", OPENING) for n in range(16)}
    assert await named(house) == stories
    assert len(await headed(house)) == 4
