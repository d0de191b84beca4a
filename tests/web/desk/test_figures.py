"""One source on a page of its own, and whether kills work, over time."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from selectolax.lexbor import LexborHTMLParser
from selectolax.lexbor import LexborNode

from copytaster.newsroom._latch import Bell
from copytaster.newsroom.drill_report import REMEMBERED
from copytaster.store import DrillFigures
from copytaster.store import Receipt
from copytaster.store import WorkKind
from copytaster.wire.poll import PollState
from copytaster.wire.poll import encode
from tests.newsroom.making import GUID
from tests.newsroom.making import House
from tests.newsroom.making import config
from tests.newsroom.making import house as opened_house
from tests.newsroom.making import ninjs
from tests.web.desk.making import App
from tests.web.desk.making import seen

pytestmark = pytest.mark.anyio
INBOX = "/desk/health/inbox"
PROOFS = "/desk/proofs"
FEED = {"route": "poll", "agency": "harbour", "url": "https://feed.example/rss"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    tables = {"sources": {"feed": FEED}, "site": {"zone": "Asia/Kolkata"}}
    with opened_house(tmp_path / "data", config(**tables)) as house:
        yield house


@pytest.fixture
def app(house: House) -> App:
    return App(house)


def figures(answer: httpx2.Response) -> dict[str, list[str]]:
    """What the table of a day and a week says, by the head of the row."""
    rows = LexborHTMLParser(answer.content).css("table.figures tr")
    told = {
        row.css("th")[0].text(): [cell.text() for cell in row.css("td")]
        for row in rows
        if row.css("th")
    }
    return {head: cells for head, cells in told.items() if cells}


# --- a source --------------------------------------------------------------------------------


async def test_of_a_source_that_brought_nothing_the_page_says_so(app: App) -> None:
    answer = await app.get(INBOX)
    told = seen(answer)
    assert "nothing came yet" in told
    assert "Not known yet" in told
    assert figures(answer)["New versions"] == ["0", "0"]
    assert figures(answer)["Half came within"] == ["too few to tell", "too few to tell"]


async def test_a_source_that_the_house_does_not_have_is_not_found(app: App) -> None:
    answer = await app.get("/desk/health/%3Cb%3Enowhere")
    assert answer.status_code == 404
    assert b"<b>" not in answer.content


async def test_the_list_leads_to_each_source(app: App) -> None:
    page = LexborHTMLParser((await app.get("/desk/health")).content)
    assert [a.attributes["href"] for a in page.css(".sources a")] == [
        "/desk/health/feed",
        INBOX,
    ]


async def test_what_came_is_told_of_a_day_and_of_a_week(app: App) -> None:
    house = app.house
    for n in range(20):
        house.receive(
            ninjs(f"early {n}", text=f"Early {n}.", versioncreated="2026-03-02T08:59:56Z")
        )
    house.now += timedelta(days=2)
    house.receive(ninjs("late", versioncreated="2026-03-04T08:58:00Z", pubstatus="awaiting-desk"))
    house.receive(ninjs("late", version="2", versioncreated="2026-03-04T09:05:00Z", text="Other."))
    house.receive(b"no news at all")
    told = figures(await app.get(INBOX))
    assert told["Deliveries"] == ["3", "23"]
    assert told["New versions"] == ["2", "22"]
    assert told["… that began a story"] == ["1", "21"]
    assert told["… second versions"] == ["1", "1"]
    assert told["Versions per story"] == ["too few to tell", "1.0"]
    assert told["Half came within"] == ["too few to tell", "5 s"]
    assert told["Nine in ten came within"] == ["too few to tell", "5 s"]
    assert told["Dated in the future"] == ["1", "1"]
    assert told["… by no more than"] == ["5 min", "5 min"]
    assert told["Deliveries that could not be read"] == ["1", "1"]
    assert told["The agency's status is not one that is known here."] == ["1", "1"]
    house.now += timedelta(days=8)
    assert figures(await app.get(INBOX))["New versions"] == ["0", "0"]


async def test_of_a_feed_the_last_answer_counts_though_it_brought_nothing(app: App) -> None:
    house = app.house
    house.receive(house.delivery(ninjs(), source="feed", agency="harbour"))
    state = PollState(
        last_ok=house.now + timedelta(hours=5),
        failures=2,
        error="<b>answered 503",
        next_poll=house.now + timedelta(hours=7),
    )
    house.desk.store.keep_source_state("feed", encode(state))
    house.now += timedelta(hours=6)
    answer = await app.get("/desk/health/feed")
    told = seen(answer)
    assert b"<b>answered" not in answer.content
    assert "Last contact 2 Mar, 19:30:00 , the feed answered" in told
    assert "Last delivery 2 Mar, 14:30:00 , 6 h ago" in told
    assert "answered 503" in told
    assert "Asked again 2 Mar, 21:30:00" in told
    assert "last answer 2 Mar, 19:30:00" in seen(await app.get("/desk/health"))


async def test_what_is_usual_stands_by_hour_and_weekday_in_the_houses_zone(app: App) -> None:
    house = app.house
    for week in range(3):
        for n in range(4):
            came = house.now + timedelta(weeks=week)
            house.desk.accept([house.delivery(f"{week} {n}".encode(), received=came)])
    house.now += timedelta(weeks=3, hours=2)
    page = LexborHTMLParser((await app.get(INBOX)).content)
    rows = {row.css("th")[0].text(): row.css("td") for row in page.css("table.rhythm tbody tr")}
    assert list(rows)[14] == "14:30"
    monday = rows["14:30"][0]
    assert (monday.text(), monday.attributes["class"]) == ("4", "shade4")
    assert [cell.text() for cell in rows["14:30"][1:]] == ["0"] * 6
    assert rows["16:30"][0].text() == "0 now"
    assert "Quiet since 23 Mar, 16:30:00" not in seen(await app.get(INBOX))


async def test_a_quiet_source_says_since_when_and_who_is_called(house: House) -> None:
    for week in range(3):
        for n in range(4):
            came = house.now + timedelta(weeks=week)
            house.desk.accept([house.delivery(f"{week} {n}".encode(), received=came)])
    house.now += timedelta(weeks=3, hours=1)
    bell = Bell(
        code="source-silent", about="inbox", text="no word", since=house.now, rang=house.now
    )
    other = Bell(code="feed-dead", about="feed", text="dead", since=house.now, rang=house.now)
    told = seen(await App(house, bells=lambda: [bell, other]).get(INBOX))
    assert "Quiet since 23 Mar, 15:30:00" in told
    assert "after 120 minutes of quiet" in told
    assert "source-silent" in told
    assert "feed-dead" not in told


# --- proofs ----------------------------------------------------------------------------------


def marks(answer: httpx2.Response, section: str) -> list[LexborNode]:
    return LexborHTMLParser(answer.content).css(f"section[aria-labelledby={section}] .mark")


def words(answer: httpx2.Response, section: str) -> list[str]:
    return [mark.text() for mark in marks(answer, section)]


async def test_a_desk_without_drills_and_kills_says_so(app: App) -> None:
    answer = await app.get(PROOFS)
    told = seen(answer)
    for empty in (
        "no drill and no kill",
        "There was no drill",
        "corrected or taken",
        "held in these",
    ):
        assert empty in told
    assert b"<svg" not in answer.content


async def test_drills_are_drawn_and_told_in_figures(app: App) -> None:
    house = app.house
    clean = DrillFigures(
        began=house.now - timedelta(days=3),
        outcome="clean",
        slow=5.0,
        to_publish=0.042,
        to_clean=0.125,
        kinds={"own": 0.1, "feed": 0.125},
    )
    dirty = DrillFigures(began=house.now, outcome="dirty", slow=5.0)
    for one in (clean, dirty):
        house.desk.store.figures.keep_drill(one, REMEMBERED)
    answer = await app.get(PROOFS)
    assert words(answer, "clean") == [
        "Drill of 2026-03-02 14:30: never seen gone (dirty)",
        "Drill of 2026-02-27 14:30: gone after 0.125 s (clean)",
    ]
    assert words(answer, "page")[1] == "Drill of 2026-02-27 14:30: public after 0.042 s"
    told = seen(answer)
    assert "27 Feb 2026, 14:30:00 clean 0.042 s 0.125 s 0.125 s 0.100 s" in told
    assert "2 Mar 2026, 14:30:00 dirty never seen never seen – –" in told
    assert "too slow: 5 s" in told
    assert b"style=" not in answer.content


async def test_kills_corrections_and_holds_are_counted_by_day(app: App) -> None:
    house = app.house
    house.send()
    house.wait(hours=1)
    house.send(version="2", text="The ferry does not run.", signals=["sig:correction"])
    killed = house.kill()
    (work,) = [
        one
        for one in house.desk.store.work(house.now + timedelta(hours=1), 9)
        if one.story == killed.id
    ]
    for n in range(2):
        house.send(f"held {n}", pubstatus="awaiting-desk", text=f"Held {n}.")
    answer = await app.get(PROOFS)
    assert words(answer, "clean")[0].endswith("never seen gone (Killed at the desk)")
    receipt = Receipt(
        story=killed.id,
        channel="site",
        address=f"/s/{killed.id}",
        kind=WorkKind.withdraw,
        since=work.since,
        seen=work.since + timedelta(seconds=2.5),
        clean=True,
    )
    house.desk.store.note_receipts([receipt])
    answer = await app.get(PROOFS)
    assert words(answer, "clean")[0].endswith("gone after 2.500 s (Killed at the desk)")
    assert words(answer, "taken") == ["2 Mar: 1 story", "2 Mar: 1 story"]
    assert words(answer, "held") == ["2 Mar: 2 stories"]
    told = seen(answer)
    assert "Corrected by agencies 1 in 90 days" in told
    assert "Killed at the desk 1 in 90 days" in told
    assert "2026-03-02 The agency's status is not one that is known here. 2" in told
    assert house.story(GUID).id in answer.text
