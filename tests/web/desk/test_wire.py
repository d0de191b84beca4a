"""The wire and the queue."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.newsroom.making import House
from tests.newsroom.making import ninjs
from tests.newsroom.test_twins import MORE
from tests.newsroom.test_twins import OPENING
from tests.web.desk.making import App
from tests.web.desk.making import seen

pytestmark = pytest.mark.anyio


@pytest.fixture
def app(house: House) -> App:
    return App(house)


def rows(answer: httpx2.Response) -> list[str]:
    """The lines of a list, each as its words."""
    assert answer.status_code == 200
    found = LexborHTMLParser(answer.content).css(".rows > li")
    return [" ".join(row.text(separator=" ").split()) for row in found]


def send(house: House, guid: str, agency: str = "harbour", **fields: Any) -> str:
    house.now += timedelta(minutes=1)
    fields.setdefault("text", f"What {guid} says is said by nobody else on the whole of the wire.")
    house.receive(house.delivery(ninjs(guid, **fields), agency=agency))
    return house.desk.find(agency, guid) or ""


async def test_an_empty_wire_says_what_to_expect(app: App) -> None:
    answer = await app.get("/desk")
    assert "Nothing has come yet." in seen(answer)
    assert rows(answer) == []


async def test_everything_stands_on_the_wire_the_last_thing_first(app: App) -> None:
    house = app.house
    send(house, "one", headline="Ferry runs", urgency=2)
    send(house, "two", headline="Bank holds", pubstatus="odd", slugline="bank-rate")
    send(house, "three", headline="Note to editors", ednote="x", profile="Advisory")
    first, second, third = rows(await app.get("/desk"))
    assert third == "2 Mar, 09:01:00 ● Live Urgent harbour Ferry runs"
    assert "◐ Held harbour bank-rate Bank holds" in second
    assert "You may release it." in second
    assert "Note to editors" in first
    send(
        house, "one", headline="Ferry runs late", version="2", versioncreated="2026-03-02T09:02:00Z"
    )
    first, *_ = rows(await app.get("/desk"))
    assert first == "2 Mar, 09:04:00 ● Live harbour version 2 Ferry runs late"


async def test_what_is_canceled_without_a_headline_is_known_by_the_one_it_had(app: App) -> None:
    id = send(app.house, "one", headline="Ferry runs")
    gone = {"pubstatus": "canceled", "version": "2", "versioncreated": "2026-03-02T09:02:00Z"}
    app.house.receive(app.house.delivery(ninjs("one", headline=None, **gone), agency="harbour"))
    (row,) = rows(await app.get("/desk"))
    assert "✕ Killed harbour version 2 Ferry runs" in row
    assert "Ferry runs" in seen(await app.get(f"/desk/s/{id}"))


async def test_versions_of_one_text_stand_under_the_newest(app: App) -> None:
    house = app.house
    send(house, "bridge", text=OPENING, headline="Bridge shut")
    send(house, "choir", headline="Choir sings")
    send(house, "kell", "seaboard", text=OPENING + MORE, headline="Bridge shut until May")
    first, second = rows(await app.get("/desk"))
    assert "Bridge shut until May harbour , 2 Mar, 09:01:00 ● Live Bridge shut" in first
    assert "Choir sings" in second


async def test_a_long_wire_has_pages_and_nothing_is_lost(app: App) -> None:
    house = app.house
    stories = [
        house.delivery(ninjs(f"n{n}", headline=f"Lot {n}", text=f"Lot {n}.")) for n in range(120)
    ]
    house.receive(*stories)
    path, found = "/desk", []
    for _ in range(4):
        answer = await app.get(path)
        found += rows(answer)
        older = LexborHTMLParser(answer.content).css_first("a[rel=next]")
        if older is None:
            break
        path = older.attributes["href"] or ""
    assert sorted(int(row.rpartition(" ")[2]) for row in found) == list(range(120))
    assert "Back to the newest" in seen(await app.get(path))


@pytest.mark.parametrize("before", ["0", "-1", "x", "9" * 30, "1e3"])
async def test_a_place_that_is_none_means_the_beginning(app: App, before: str) -> None:
    app.house.send()
    assert len(rows(await app.get(f"/desk?before={before}"))) == 1


async def test_the_queue_counts_what_waits_and_why(app: App) -> None:
    house = app.house
    send(house, "live")
    send(house, "odd", headline="Bank holds", pubstatus="odd")
    send(house, "later", headline="Prize", embargoed="2026-03-03T12:00:00Z")
    send(house, "withheld", headline="Doubt", pubstatus="withheld")
    answer = await app.get("/desk/queue")
    assert "Held 1 Under embargo 1 Withheld by the agency 1" in seen(answer)
    (row,) = rows(answer)
    assert "Bank holds The agency's status is not one that is known here" in row
    assert "Prize" in rows(await app.get("/desk/queue?kind=embargoed"))[0]
    assert "Doubt" in rows(await app.get("/desk/queue?kind=withheld"))[0]
    assert (await app.get("/desk/queue?kind=live")).status_code == 404


async def test_a_queue_with_nothing_in_it_says_so(app: App) -> None:
    app.house.send()
    assert "Nothing waits here." in seen(await app.get("/desk/queue"))
