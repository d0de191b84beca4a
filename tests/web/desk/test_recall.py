"""Recalling from the app: look, see which, do, watch, undo."""

import asyncio
import threading

import pytest

from copytaster.newsroom import _looks
from copytaster.story import State
from tests.newsroom.making import House
from tests.web.desk.making import App
from tests.web.desk.making import seen
from tests.web.desk.test_wire import send

pytestmark = pytest.mark.anyio
CHIEF = "chief ida"


@pytest.fixture
def app(house: House) -> App:
    send(house, "one", headline="Ferry runs", text="The ferry runs, said Ana Reyes.")
    send(house, "two", headline="Bank holds", text="The bank holds, said Ana Reyes.")
    send(house, "three", headline="Choir sings", text="The choir sings to nobody.")
    return App(house)


async def look(app: App, asked: str) -> str:
    """The address of a look that has ended."""
    answer = await app.post("/desk/recall", CHIEF, q=asked)
    assert answer.status_code == 303, seen(answer)
    path = answer.headers["location"]
    for thread in threading.enumerate():
        if thread.name == "look":
            await asyncio.to_thread(thread.join, 20)
    return path


def state(app: App, guid: str) -> State:
    found = app.house.desk.store.story(app.house.desk.find("harbour", guid) or "")
    assert found is not None
    return found.state


async def test_a_look_says_which_and_how_many_and_changes_nothing(app: App) -> None:
    told = seen(await app.get(await look(app, 'person:"Ana Reyes"'), CHIEF))
    assert "2 stories answer. 3 were looked at. Nothing was changed." in told
    assert "by agency harbour 2" in told
    assert "Ferry runs" in told
    assert "Choir sings" not in told
    assert state(app, "one") is State.live


async def test_what_was_seen_is_recalled_when_its_number_is_typed(app: App) -> None:
    path = await look(app, 'person:"Ana Reyes"')
    wrong = await app.post(path, CHIEF, kind="kill", why="it is false", count="3")
    assert wrong.status_code == 422
    assert "You typed another number than 2: nothing was done." in seen(wrong)
    assert state(app, "one") is State.live
    answer = await app.post(path, CHIEF, kind="kill", why="it is false", count="2")
    told = seen(await app.get(answer.headers["location"], CHIEF))
    assert "Kill of 2 stories" in told
    assert "by ida: it is false" in told
    assert [state(app, guid) for guid in ("one", "two", "three")] == [
        State.killed,
        State.killed,
        State.live,
    ]
    assert "kill of 2 stories by ida" in seen(await app.get("/desk/recall", CHIEF))


async def test_a_recall_is_undone(app: App) -> None:
    path = await look(app, "agency:harbour")
    answer = await app.post(path, CHIEF, kind="hold", why="wait", count="3")
    batch = answer.headers["location"]
    assert state(app, "three") is State.held
    refused = await app.post(f"{batch}/undo", CHIEF, why=" ")
    assert refused.status_code == 422
    await app.post(f"{batch}/undo", CHIEF, why="all is well")
    assert state(app, "three") is State.live
    assert "by ida: all is well" in seen(await app.get(batch, CHIEF))
    again = await app.post(f"{batch}/undo", CHIEF, why="all is well")
    assert again.status_code == 409


async def test_a_query_that_is_wrong_says_where_and_stays_to_be_mended(app: App) -> None:
    answer = await app.post("/desk/recall", CHIEF, q='person:"Ana')
    assert answer.status_code == 422
    assert "Not looked" in seen(answer)
    assert "person:&quot;Ana" in answer.text


async def test_what_is_not_kept_is_not_found(app: App) -> None:
    assert (await app.get("/desk/recall/0000000000000000", CHIEF)).status_code == 404
    assert (await app.get("/desk/recall/b/0000000000000000", CHIEF)).status_code == 404
    said = {"kind": "kill", "why": "x", "count": "1"}
    assert (await app.post("/desk/recall/0000000000000000", CHIEF, **said)).status_code == 404


async def test_only_a_chief_recalls(app: App) -> None:
    assert (await app.get("/desk/recall")).status_code == 403
    assert (await app.post("/desk/recall", q="agency:harbour")).status_code == 403
    assert "Recall" not in seen(await app.get("/desk"))
    assert "Recall" in seen(await app.get("/desk", CHIEF))


async def test_no_more_look_at_a_time_than_may(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_looks, "_AT_A_TIME", 0)
    answer = await app.post("/desk/recall", CHIEF, q="agency:harbour")
    assert "two others are looking through everything" in seen(answer)
