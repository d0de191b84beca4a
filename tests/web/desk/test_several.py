"""One order for several stories: looked at first, then given for each by itself."""

from typing import Any

import httpx2
import pytest
from selectolax.lexbor import LexborHTMLParser

from copytaster.story import State
from tests.newsroom.making import House
from tests.web.desk.making import App
from tests.web.desk.making import seen
from tests.web.desk.test_wire import send

pytestmark = pytest.mark.anyio
HELD = {"pubstatus": "embargoed-by-someone"}


@pytest.fixture
def app(house: House) -> App:
    return App(house)


def state(app: App, id: str) -> State:
    story = app.house.desk.store.story(id)
    assert story is not None
    return story.state


async def look(app: App, order: str, *ids: str, seat: str = "editor ada") -> httpx2.Response:
    asked = "&".join(f"s={id}" for id in ids)
    return await app.get(f"/desk/several?order={order}&{asked}", seat)


def named(answer: httpx2.Response) -> list[str]:
    """The stories of the form, as they stood on the page."""
    assert answer.status_code == 200
    ticked = LexborHTMLParser(answer.content).css("form input[name=s]")
    return [str(one.attributes["value"]) for one in ticked]


async def order(app: App, kind: str, said: list[str], **fields: Any) -> httpx2.Response:
    given = {"order": kind, "cause": "desk", "why": "all read"} | fields
    return await app.post("/desk/several", s=said, **given)


async def test_the_queue_offers_to_release_or_kill_what_is_ticked(app: App) -> None:
    id = send(app.house, "one", **HELD)
    page = await app.get("/desk/queue")
    assert f'value="{id}" form="several"' in page.text
    assert "With those ticked: Release … Kill … You see what would happen first." in seen(page)
    assert 'form="several"' not in (await app.get("/desk/queue", "reader bo")).text
    assert 'form="several"' not in (await app.get("/desk")).text


async def test_looking_says_what_would_become_of_each_and_does_nothing(app: App) -> None:
    free, fixed = send(app.house, "free", **HELD), send(app.house, "fixed", embargoed="9999-01-01")
    live = send(app.house, "live", headline="Boats sail")
    page = await look(app, "release", free, fixed, live, "0000000000000000", "<script>")
    told = seen(page)
    assert "Release 1 story" in told
    assert "What free says is said by nobody else" in told
    assert "Left as they are: 2" in told
    assert "Boats sail Readers have it already." in told
    assert [one.split()[0] for one in named(page)] == [free]
    assert [state(app, id) for id in (free, live)] == [State.held, State.live]
    assert app.ordered == []


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("order=release", "Nothing was ticked."),
        ("s=0000000000000000", "Nothing was ticked."),
        ("order=erase&s=0000000000000000", "Nothing was ticked."),
        ("order=kill&" + "&".join(["s=0000000000000000"] * 101), "101 stories are too many"),
    ],
)
async def test_what_cannot_be_looked_at_is_told(app: App, asked: str, says: str) -> None:
    answer = await app.get(f"/desk/several?{asked}")
    assert answer.status_code == 422
    assert says in seen(answer)


async def test_all_that_is_ticked_is_released_with_one_reason(app: App) -> None:
    ids = [send(app.house, guid, **HELD) for guid in ("one", "two", "three")]
    said = named(await look(app, "release", *ids))
    answer = await order(app, "release", said[:2])
    assert "Released: 2 of 2" in seen(answer)
    assert [state(app, id) for id in ids] == [State.live, State.live, State.held]
    deeds = app.house.desk.people.trail.deeds()
    assert [(one.what, one.about, one.why, one.by) for one in deeds] == [
        ("release", id, "all read", "ada") for id in ids[1::-1]
    ]


async def test_one_that_moved_is_left_alone_and_stops_no_other(app: App) -> None:
    ids = [send(app.house, guid, **HELD) for guid in ("one", "two")]
    said = named(await look(app, "release", *ids))
    newer = {"version": "2", "versioncreated": "2026-03-02T08:59:30Z", "text": "Other words."}
    send(app.house, "one", **HELD, **newer)
    told = seen(await order(app, "release", said))
    assert "Released: 1 of 2" in told
    assert "The story has changed since you opened it: it is held now." in told
    assert [state(app, id) for id in ids] == [State.held, State.live]


async def test_a_kill_of_several_tells_readers_whose_word_it_was(app: App) -> None:
    ids = [send(app.house, guid) for guid in ("one", "two")]
    said = named(await look(app, "kill", *ids))
    send(app.house, "one", version="2", versioncreated="2026-03-02T08:59:30Z", text="Other words.")
    answer = await order(app, "kill", said, cause="legal")
    assert "Killed: 2 of 2" in seen(answer)
    assert [state(app, id) for id in ids] == [State.killed, State.killed]
    assert {said["reason"] for _, said in app.ordered} == {"legal"}


async def test_without_a_reason_nothing_is_done_and_nothing_is_lost(app: App) -> None:
    id = send(app.house, "one")
    said = named(await look(app, "kill", id))
    answer = await order(app, "kill", said, cause="agency", why="  ")
    assert answer.status_code == 422
    assert "Say why, for the record." in seen(answer)
    assert 'value="agency" checked' in answer.text
    assert state(app, id) is State.live


@pytest.mark.parametrize(
    "fields",
    [{"order": "erase"}, {"cause": "spite"}, {"s": []}, {"s": ["x 1", "1 2 3", "0" * 16 + " -1"]}],
)
async def test_what_no_form_says_does_nothing(app: App, fields: dict[str, Any]) -> None:
    id = send(app.house, "one")
    said = named(await look(app, "kill", id))
    given = {"order": "kill", "cause": "desk", "why": "so", "s": said} | fields
    answer = await app.post("/desk/several", **given)
    assert answer.status_code == 422
    assert state(app, id) is State.live
