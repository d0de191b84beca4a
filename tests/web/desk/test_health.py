"""Whether all is well, on one page; and the pause."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser

from copytaster.newsroom._latch import Bell
from copytaster.story import State
from tests.newsroom.making import House
from tests.newsroom.making import ninjs
from tests.web.desk.making import App
from tests.web.desk.making import seen
from tests.web.desk.test_wire import send

pytestmark = pytest.mark.anyio
PATH = "/desk/health"
CHIEF = "chief ida"


@pytest.fixture
def app(house: House) -> App:
    return App(house)


def bells(house: House) -> Sequence[Bell]:
    return [
        Bell(
            code="feed-dead",
            about="<b>inbox",
            text="no feed",
            since=house.now,
            rang=house.now,
            times=3,
        )
    ]


async def test_a_desk_without_any_trouble_says_so(app: App) -> None:
    told = seen(await app.get(PATH))
    assert "Nobody is needed" in told
    assert "nothing came yet" in told
    assert "There was no drill yet" in told
    assert "The patrol has not been round yet" in told


async def test_what_somebody_is_called_for_stands_first_and_is_closed(house: House) -> None:
    app = App(house, bells=lambda: bells(house))
    answer = await app.get(PATH)
    assert b"<b>inbox" not in answer.content
    assert "Somebody is needed" in seen(answer)
    assert "no feed" in seen(answer)
    done = await app.post(PATH, do="close", code="feed-dead", about="<b>inbox")
    assert done.headers["location"] == f"{PATH}?done=close"
    assert app.ordered[-1] == ("close", {"code": "feed-dead", "about": "<b>inbox", "by": "ada"})
    assert "It is noted as done." in seen(await app.get(f"{PATH}?done=close"))


async def test_each_source_says_what_it_brought(app: App) -> None:
    house = app.house
    send(house, "one")
    house.receive(house.delivery(b"no news at all", agency="harbour"))
    house.now += timedelta(hours=1)
    send(house, "two")
    answer = await app.get(PATH)
    assert "3 in 24 hours" in seen(answer)
    assert "1 could not be read" in seen(answer)
    bars = LexborHTMLParser(answer.content).css(".sources svg")[0].css("rect")
    assert len(bars) == 24
    heights = [int(bar.attributes["height"] or "") for bar in bars]
    assert heights[-2] > heights[-1] > 0
    assert not any(heights[:-2])


async def test_a_source_that_is_quiet_is_marked(app: App) -> None:
    house = app.house
    for week in range(4):
        for n in range(5):
            house.receive(house.delivery(ninjs(f"w{week}-{n}"), agency="harbour"))
        house.now += timedelta(weeks=1)
    house.now += timedelta(hours=1)
    told = seen(await app.get(PATH))
    assert "◌ Quiet" in told
    assert "0 in the last whole hour, usual are 5" in told
    send(house, "again")
    assert "Quiet" not in seen(await app.get(PATH))


async def test_a_chief_pauses_and_goes_on(app: App) -> None:
    editor = seen(await app.get(PATH))
    assert "Pause all" not in editor
    refused = await app.post(PATH, do="pause", source="*")
    assert refused.status_code == 403
    assert app.house.desk.paused == frozenset()
    done = await app.post(PATH, CHIEF, do="pause", source="*")
    told = seen(await app.get(done.headers["location"], CHIEF))
    assert "Publishing is paused." in told
    waiting = app.house.desk.store.story(send(app.house, "waits"))
    assert waiting is not None
    assert waiting.state is State.held
    await app.post(PATH, CHIEF, do="resume", source="*")
    assert app.house.desk.paused == frozenset()


async def test_a_slip_of_the_finger_pauses_nothing_and_says_so(app: App) -> None:
    answer = await app.post(PATH, CHIEF, do="pause", source="nowhere")
    assert answer.status_code == 409
    assert "no source 'nowhere' to pause" in seen(answer)
    answer = await app.post(PATH, CHIEF, do="dance")
    assert answer.status_code == 422
