"""The desk's API: a program sees what editors see, and orders what they order, by the same
rules."""

import asyncio
import io
import threading
import zipfile
from pathlib import Path
from typing import Any

import httpx2
import pytest

from copytaster import copydesk
from copytaster.newsroom import _looks
from copytaster.newsroom import _watching
from copytaster.newsroom.orders import dossier
from copytaster.story import State
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import House
from tests.web.desk.making import FORM
from tests.web.desk.making import App
from tests.web.desk.test_between_editors import GRAVE
from tests.web.desk.test_between_editors import staffed
from tests.web.desk.test_health import bells
from tests.web.desk.test_letters import bury
from tests.web.desk.test_wire import send

pytestmark = pytest.mark.anyio
CHIEF = "chief ida"
NOWHERE = "0" * 16


@pytest.fixture
def app(house: House) -> App:
    return App(house)


async def get(app: App, path: str, seat: str = "reader bo") -> dict[str, Any]:
    answer = await app.call("GET", path, seat)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "noindex" in answer.headers["x-robots-tag"]
    return dict(answer.json())


async def post(app: App, path: str, seat: str = "editor ada", **body: Any) -> httpx2.Response:
    return await app.call("POST", path, seat, json=body)


def error(answer: httpx2.Response, status: int) -> str:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    return str(answer.json()["error"])


def held(house: House, guid: str = "held") -> Any:
    """A story that only an editor's release lifts."""
    return house.send(guid, pubstatus="embargoed-by-someone", text=f"Words of {guid}.")


# --- reading -----------------------------------------------------------------------------------


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of two lines."""
    monkeypatch.setattr(_watching, "_PAGE", 2)


@pytest.mark.usefixtures("short")
async def test_the_wire_is_told_page_by_page_each_line_once(app: App) -> None:
    one, two, three = [send(app.house, guid, headline=guid) for guid in ("one", "two", "three")]
    first = await get(app, "/api/desk/wire")
    assert [row["story"] for row in first["rows"]] == [three, two]
    assert first["rows"][0]["headline"] == "three"
    assert first["last"] == first["rows"][0]["place"]
    second = await get(app, first["next"])
    assert [row["story"] for row in second["rows"]] == [one]
    assert second["next"] is None


async def test_the_queue_says_why_each_story_waits_and_how_many_do(app: App) -> None:
    story = held(app.house)
    app.house.send("later", embargoed="2026-03-02T12:00:00Z")
    told = await get(app, "/api/desk/queue")
    assert told["kind"] == "held"
    assert {one["kind"]: one["count"] for one in told["waiting"]} == {
        "held": 1,
        "embargoed": 1,
        "withheld": 0,
        "yours": 0,
    }
    (row,) = told["rows"]
    assert (row["story"], row["releasable"]) == (story.id, True)
    assert "not one that is known here" in row["reasons"][0]
    (row,) = (await get(app, "/api/desk/queue?kind=embargoed"))["rows"]
    assert row["state"] == "embargoed"


@pytest.mark.usefixtures("short")
async def test_a_search_finds_what_readers_never_saw_and_goes_on(app: App) -> None:
    for n in range(3):
        held(app.house, f"waits {n}")
    app.house.send()
    first = await get(app, "/api/desk/search?q=state%3Aheld")
    assert len(first["rows"]) == 2
    assert "q=state%3Aheld" in first["next"]
    second = await get(app, first["next"])
    assert [row["state"] for row in second["rows"]] == ["held"]


async def test_what_is_no_query_says_at_which_character(app: App) -> None:
    answer = await app.call("GET", "/api/desk/search?q=ferry%20state%3Aodd")
    assert "odd" in error(answer, 422)
    assert answer.json()["at"] == 12
    assert "say what to look for" in error(await app.call("GET", "/api/desk/search?q=%20"), 422)


async def test_a_stream_of_what_is_no_query_says_where(app: App) -> None:
    answer = await app.call("GET", "/api/live?q=state%3Aodd")
    assert error(answer, 422)
    assert answer.json()["at"] == 6


async def test_a_search_is_kept_replaced_and_dropped(app: App) -> None:
    path = "/api/desk/searches"
    for q in ("ferry", "ferry state:held"):
        assert (await post(app, path, name=" my  ferries ", q=q)).json() == {"done": "keep"}
    (kept,) = (await get(app, path, "editor ada"))["searches"]
    assert (kept["name"], kept["asked"], kept["mayDrop"]) == (
        "my ferries",
        "ferry state:held",
        True,
    )
    assert (await get(app, path, "reader bo"))["searches"] == []
    assert "only they" in error(
        await post(app, f"{path}/drop", "reader bo", number=kept["number"]), 422
    )
    assert "no query" in error(await post(app, path, name="x", q='"'), 422)
    await post(app, f"{path}/drop", number=kept["number"])
    assert (await get(app, path, "editor ada"))["searches"] == []


async def test_evidence_is_taken_away_by_name(app: App) -> None:
    story = app.house.send()
    path = f"/api/desk/stories/{story.id}/evidence"
    answer = await app.call("GET", path, CHIEF)
    assert answer.headers["content-type"] == "application/zip"
    assert zipfile.is_zipfile(io.BytesIO(answer.content))
    (line, *_) = app.house.desk.people.trail.deeds()
    assert (line.by, line.token, line.about) == ("ida", "night-desk", story.id)
    assert error(await app.call("GET", f"/api/desk/stories/{NOWHERE}/evidence", CHIEF), 404)
    assert error(await app.call("GET", f"/api/desk/recalls/{NOWHERE}/evidence", CHIEF), 404)


async def test_a_story_is_told_with_its_words(app: App) -> None:
    story = app.house.send(text="The ferry runs, said Ada Quay.")
    assert await get(app, f"/api/desk/stories/{story.id}") == dossier(app.house.desk, story.id)
    words = await get(app, f"/api/desk/stories/{story.id}/words")
    (version,) = words["versions"]
    assert (words["headline"], version["headline"]) == (HEADLINE, HEADLINE)
    assert version["text"] == "The ferry runs, said Ada Quay.\n"
    raw = await app.call("GET", f"/api/desk/deliveries/{version['delivery']}", "reader bo")
    assert b"The ferry runs, said Ada Quay." in raw.content
    assert raw.headers["content-type"] == "application/octet-stream"
    assert raw.headers["content-disposition"].startswith("attachment")


async def test_letters_are_told_page_by_page_even_while_they_go(app: App) -> None:
    ids = bury(app, 3)[::-1]
    (told, *_) = (await get(app, "/api/desk/letters"))["letters"]
    assert set(told) == {"delivery", "source", "agency", "received", "attempts", "error"}
    below = await get(app, f"/api/desk/letters?before={ids[0]}")
    assert [one["delivery"] for one in below["letters"]] == ids[1:]
    assert (below["count"], below["next"]) == (3, None)
    gone = max(ids)
    await post(app, "/api/desk/letters/dismiss", letters=[gone], why="spam")
    below = await get(app, f"/api/desk/letters?before={gone}")
    assert {one["delivery"] for one in below["letters"]} == set(ids) - {gone}


async def test_more_letters_than_a_page_holds_have_a_next_page(app: App) -> None:
    bury(app, copydesk.LETTERS_SHOWN + 1)
    first = await get(app, "/api/desk/letters")
    assert len(first["letters"]) == copydesk.LETTERS_SHOWN
    (last,) = (await get(app, first["next"]))["letters"]
    assert last not in first["letters"]


async def test_health_is_told_as_the_page_shows_it(house: House) -> None:
    app = App(house, bells=lambda: bells(house))
    told = await get(app, "/api/desk/health")
    assert told["ringing"][0]["code"] == "feed-dead"
    assert told["isPaused"] is False
    assert {source["id"] for source in told["sources"]} >= {"inbox"}


async def test_a_source_and_what_kills_took_are_told_as_their_pages_show_it(app: App) -> None:
    send(app.house, "one")
    told = await get(app, "/api/desk/sources/inbox")
    assert told["line"]["id"] == "inbox"
    assert (told["week"]["versions"], told["callsAfter"]) == (1, 120.0)
    assert len(told["rhythm"]["usual"]) == 24
    told = await get(app, "/api/desk/proofs")
    assert (told["drills"], told["alarmSeconds"]) == ([], 10.0)


MISSING = (
    "/api/desk/sources/nowhere",
    f"/api/desk/stories/{NOWHERE}",
    f"/api/desk/stories/{NOWHERE}/words",
    "/api/desk/stories/..%2f..",
    f"/api/desk/recalls/{NOWHERE}",
    f"/api/desk/looks/{NOWHERE}",
    "/api/desk/deliveries/nothing",
    f"/api/desk/deliveries/{'0' * 26}",
    "/api/desk/nothing",
    "/api/desk/",
)
UNUSABLE = (
    "/api/desk/wire?before=x",
    "/api/desk/wire?before=0",
    "/api/desk/wire?before=99999999999999999999",
    "/api/desk/wire?befor=1",
    "/api/desk/wire?before=1&before=2",
    "/api/desk/queue?kind=odd",
    "/api/desk/search",
    "/api/desk/letters?before=1",
    "/api/desk/health?all=1",
    "/api/desk/proofs?days=1",
)


async def test_what_is_not_there_is_a_404_in_one_line(app: App) -> None:
    for path in MISSING:
        assert error(await app.call("GET", path, CHIEF), 404), path


async def test_a_parameter_that_cannot_be_used_is_refused(app: App) -> None:
    for path in UNUSABLE:
        told = error(await app.call("GET", path), 400)
        assert "known:" in told or "given twice" in told, path


async def test_an_address_asked_for_in_another_way_says_in_which(app: App) -> None:
    answer = await post(app, "/api/desk/wire")
    assert error(answer, 405) == "ask with GET"
    assert answer.headers["allow"] == "GET"
    answer = await app.call("DELETE", "/api/desk/recalls", CHIEF)
    assert answer.headers["allow"] == "GET, POST"


# --- decisions ---------------------------------------------------------------------------------


async def test_a_program_releases_what_it_read_and_kills_under_its_own_name(app: App) -> None:
    story = held(app.house)
    told = await get(app, f"/api/desk/stories/{story.id}")
    path = f"/api/desk/stories/{story.id}/decide"
    said = {"why": "read twice", "seen": told["current"], "revision": told["revision"]}
    answer = await post(app, path, kind="release", **said)
    assert answer.json()["state"] == "live"
    killed = await post(app, path, kind="kill", why="it is false", cause="legal")
    assert (killed.json()["state"], killed.json()["face"]) == ("killed", "legal")
    kill, release = app.house.desk.people.trail.deeds()
    assert (kill.by, kill.token, kill.what) == ("ada", "night-desk", "kill")
    assert (release.what, release.about, release.why) == ("release", story.id, "read twice")


async def test_a_release_of_what_has_moved_is_the_forms_409(app: App) -> None:
    story = held(app.house)
    path = f"/api/desk/stories/{story.id}"
    before = (await get(app, path))["revision"]
    assert (await post(app, f"{path}/decide", kind="kill", why="no")).status_code == 200
    answer = await post(app, f"{path}/decide", kind="release", why="ok", revision=before)
    told = error(answer, 409)
    assert told.startswith("The story has changed since you opened it: it is killed now.")
    assert app.house.story("held").state is State.killed


async def test_a_release_says_what_was_read(app: App) -> None:
    story = held(app.house)
    path = f"/api/desk/stories/{story.id}/decide"
    for kind in ("release", "review"):
        answer = await post(app, path, kind=kind, why="ok")
        assert "revision" in error(answer, 422)
    answer = await post(app, path, kind="release", why="ok", revision=story.revision, seen="0" * 64)
    assert error(answer, 409)
    assert app.house.story("held").state is State.held


async def test_a_kill_waits_for_nothing_and_twice_is_once(app: App) -> None:
    story = app.house.send()
    path = f"/api/desk/stories/{story.id}/decide"
    first, second = [await post(app, path, kind="kill", why="false") for _ in range(2)]
    assert first.json()["state"] == second.json()["state"] == "killed"
    told = await get(app, f"/api/desk/stories/{story.id}")
    assert [one["kind"] for one in told["decisions"]] == ["kill", "kill"]


JSON = {"content-type": "application/json"}
UNHEARD: tuple[tuple[dict[str, Any], int, str], ...] = (
    ({"json": {"kind": "kill", "why": "  "}}, 422, "Say why, for the record."),
    ({"json": {"kind": "kill"}}, 422, "`why`"),
    ({"json": {"kind": "erase", "why": "x"}}, 422, "'erase'"),
    ({"json": {"kind": "kill", "why": "x", "force": True}}, 422, "`force`"),
    ({"json": {"kind": "kill", "why": "x" * 301}}, 422, "<= 300"),
    ({"json": ["kill"]}, 422, "`object`"),
    ({"json": {"kind": "kill", "why": "x" * 20_000}}, 413, "16384"),
    ({"content": b"{", "headers": JSON}, 400, "no JSON"),
    ({"content": b'{"why": "\xff"}', "headers": JSON}, 400, "no JSON"),
    ({"content": b"[" * 9000, "headers": JSON}, 422, "`object`"),
    ({"content": b"kind=kill&why=x", "headers": {"content-type": FORM}}, 415, "json"),
)


async def test_what_is_not_as_documented_is_not_heard(app: App) -> None:
    story = app.house.send()
    for request, status, told in UNHEARD:
        answer = await app.call("POST", f"/api/desk/stories/{story.id}/decide", **request)
        assert told in error(answer, status)
    assert app.house.story().state is State.live
    assert app.ordered == []


async def test_nobody_and_who_may_not_are_told_so_as_programs_are(app: App) -> None:
    path = f"/api/desk/stories/{app.house.send().id}/decide"
    refused = await post(app, path, "reader bo", kind="kill", why="x")
    assert error(refused, 403) == "This needs the role editor; yours is reader."
    nobody = await post(app, path, "", kind="kill", why="x")
    assert error(nobody, 401) == "sign in, or give a token"
    foreign = {"x-token": "", "sec-fetch-site": "cross-site"}
    said = {"kind": "kill", "why": "x"}
    another = await app.call("POST", path, "editor ada", json=said, headers=foreign)
    assert "did not come from a page of this desk" in error(another, 403)
    assert app.house.story().state is State.live


@pytest.fixture
def grave(tmp_path: Path) -> App:
    """A house with persons, where the release of what is held for an unknown status takes two."""
    return staffed(House(tmp_path / "grave", GRAVE))


async def test_a_program_leaves_word_and_gives_a_story_to_somebody(grave: App) -> None:
    app, story = grave, held(grave.house)
    path = f"/api/desk/stories/{story.id}"
    assert (await post(app, f"{path}/notes", words="Ask the quay.")).json() == {"done": "note"}
    assert (await post(app, f"{path}/give", person="bo")).json() == {"done": "give"}
    between = (await get(app, f"{path}/words"))["between"]
    assert between["person"] == "bo"
    assert [(one["kind"], one["by"]) for one in between["said"]] == [
        ("given", "ada"),
        ("note", "ada"),
    ]
    assert between["said"][1]["words"] == "Ask the quay."
    (row,) = (await get(app, "/api/desk/queue?kind=yours", "editor bo"))["rows"]
    assert (row["story"], row["person"], row["notes"]) == (story.id, "bo", 1)
    assert "no words" in error(await post(app, f"{path}/notes", words=" "), 422)
    assert "no editor 'eve'" in error(await post(app, f"{path}/give", person="eve"), 422)
    for order, body in (("notes", {"words": "x"}), ("give", {"person": None})):
        assert error(await post(app, f"/api/desk/stories/{NOWHERE}/{order}", **body), 404)


async def test_a_release_that_takes_two_is_asked_for_first(grave: App) -> None:
    app, story = grave, held(grave.house)
    path = f"/api/desk/stories/{story.id}/decide"
    said = {"kind": "release", "why": "read", "revision": story.revision}
    asked = await post(app, path, **said)
    assert (asked.status_code, asked.json()) == (202, {"asked": True})
    assert "another person has to agree" in error(await post(app, path, **said), 409)
    assert app.house.story("held").state is State.held
    agreed = await post(app, path, "chief cy", **said)
    assert (agreed.status_code, agreed.json()["state"]) == (200, "live")


# --- the shelf, sources, calls -------------------------------------------------------------------


async def test_letters_are_read_again_and_done_with(app: App) -> None:
    one, two = bury(app, 2)
    assert (await post(app, "/api/desk/letters/retry", letters=[one])).json() == {"done": "retry"}
    assert (await post(app, "/api/desk/letters/retry", all=True)).status_code == 200
    assert [said["deliveries"] for _, said in app.ordered] == [[one], []]
    done = await post(app, "/api/desk/letters/dismiss", letters=[two], why="spam")
    assert done.json() == {"done": "dismiss"}
    (line, *_) = app.house.desk.people.trail.deeds()
    assert (line.what, line.about, line.why, line.token) == ("dismiss", two, "spam", "night-desk")


async def test_letters_that_are_not_there_and_reasons_that_are_not_given(app: App) -> None:
    bury(app)
    strange = "0" * 26
    for path, body, status in (
        ("retry", {}, 422),
        ("retry", {"letters": [strange], "all": True}, 422),
        ("retry", {"letters": [strange]}, 409),
        ("retry", {"letters": [strange] * 101}, 422),
        ("dismiss", {"letters": [], "why": "x"}, 422),
        ("dismiss", {"letters": [strange], "why": " "}, 422),
        ("dismiss", {"letters": [strange], "why": "x"}, 409),
    ):
        assert error(await post(app, f"/api/desk/letters/{path}", **body), status)
    assert (await get(app, "/api/desk/letters"))["count"] == 1


async def test_a_letter_dismissed_twice_is_dismissed_once(app: App) -> None:
    (id,) = bury(app)
    said = {"letters": [id], "why": "spam"}
    assert (await post(app, "/api/desk/letters/dismiss", **said)).status_code == 200
    assert "no dead letter" in error(await post(app, "/api/desk/letters/dismiss", **said), 409)


async def test_a_source_is_paused_and_goes_on(app: App) -> None:
    path = "/api/desk/sources/inbox"
    paused = await post(app, f"{path}/pause", CHIEF, why="a flood")
    assert paused.json() == {"paused": ["inbox"]}
    (line, *_) = app.house.desk.people.trail.deeds()
    assert (line.by, line.what, line.about, line.why) == ("ida", "pause", "inbox", "a flood")
    assert (await post(app, f"{path}/pause", CHIEF)).json() == {"paused": ["inbox"]}
    assert (await post(app, f"{path}/resume", CHIEF)).json() == {"paused": []}
    assert "is not paused" in error(await post(app, f"{path}/resume", CHIEF), 409)
    everything = await post(app, "/api/desk/sources/*/pause", CHIEF)
    assert everything.json() == {"paused": ["*"]}
    nowhere = await post(app, "/api/desk/sources/nowhere/pause", CHIEF)
    assert "no source 'nowhere' to pause" in error(nowhere, 409)


async def test_a_call_is_closed(app: App) -> None:
    answer = await post(app, "/api/desk/calls/close", code="feed-dead", about="inbox")
    assert answer.json() == {"done": "close"}
    assert app.ordered == [("close", {"code": "feed-dead", "about": "inbox", "by": "ada"})]


# --- recalls -----------------------------------------------------------------------------------


async def look(app: App, asked: str = "agency:harbour") -> dict[str, Any]:
    """A look that has ended."""
    answer = await post(app, "/api/desk/looks", CHIEF, q=asked)
    assert answer.status_code == 200, answer.text
    for thread in threading.enumerate():
        if thread.name == "look":
            await asyncio.to_thread(thread.join, 20)
    return await get(app, f"/api/desk/looks/{answer.json()['id']}", CHIEF)


async def test_a_program_looks_recalls_and_takes_back(app: App) -> None:
    send(app.house, "one", headline="Ferry runs")
    send(app.house, "two", headline="Bank holds")
    found = await look(app)
    assert (found["isDone"], found["count"], found["looked"]) == (True, 2, 2)
    said = {"look": found["id"], "kind": "hold", "why": "in doubt"}
    wrong = await post(app, "/api/desk/recalls", CHIEF, count=3, **said)
    assert "another number than 2" in error(wrong, 422)
    begun = (await post(app, "/api/desk/recalls", CHIEF, count=2, **said)).json()
    assert (begun["stories"], begun["kind"], begun["by"]) == (2, "hold", "ida")
    path = f"/api/desk/recalls/{begun['batch']}"
    assert (await get(app, path, CHIEF))["decided"] == 2
    assert [one["batch"] for one in (await get(app, "/api/desk/recalls", CHIEF))["recalls"]] == [
        begun["batch"]
    ]
    undone = await post(app, f"{path}/undo", CHIEF, why="all is well")
    assert undone.json()["undone"]["reason"] == "all is well"
    assert "undone already" in error(await post(app, f"{path}/undo", CHIEF, why="x"), 409)
    assert "Say why" in error(await post(app, f"{path}/undo", CHIEF, why=" "), 422)
    missing = await post(app, f"/api/desk/recalls/{NOWHERE}/undo", CHIEF, why="x")
    assert error(missing, 404)
    whats = [deed.what for deed in app.house.desk.people.trail.deeds()]
    assert whats == ["recall: undo", "recall: hold"]


async def test_a_recall_that_is_sent_twice_is_one(app: App) -> None:
    """By hand or by a program, at once or later: else undoing the first left the second."""
    send(app.house, "one")
    found = await look(app)
    said = {"kind": "kill", "why": "false", "count": 1, "look": found["id"]}
    both = await asyncio.gather(*(post(app, "/api/desk/recalls", CHIEF, **said) for _ in range(2)))
    (begun,) = {answer.json()["batch"] for answer in both}
    form = await app.post(f"/desk/recall/{found['id']}", CHIEF, kind="kill", why="x", count="1")
    assert form.headers["location"].endswith(begun)
    assert [order for order, _ in app.ordered] == ["recall"]
    await post(app, f"/api/desk/recalls/{begun}/undo", CHIEF, why="it was right")
    assert app.house.desk.store.story(found["sample"][0]["story"]).state is State.live  # type: ignore[union-attr]
    again = await post(app, "/api/desk/recalls", CHIEF, **said)
    assert again.json()["batch"] != begun


async def test_holding_first_and_killing_then_are_two_recalls(app: App) -> None:
    send(app.house, "one")
    found = await look(app)
    said = {"why": "false", "count": 1, "look": found["id"]}
    hold = await post(app, "/api/desk/recalls", CHIEF, kind="hold", **said)
    kill = await post(app, "/api/desk/recalls", CHIEF, kind="kill", **said)
    assert hold.json()["batch"] != kill.json()["batch"]


async def test_a_look_that_cannot_begin_says_why(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = await post(app, "/api/desk/looks", CHIEF, q='person:"Ana')
    assert error(answer, 422)
    assert answer.json()["at"] == 7
    monkeypatch.setattr(_looks, "_AT_A_TIME", 0)
    busy = await post(app, "/api/desk/looks", CHIEF, q="ferry")
    assert "two others" in error(busy, 409)
    missing = {"look": NOWHERE, "kind": "kill", "why": "x", "count": 1}
    assert "look again" in error(await post(app, "/api/desk/recalls", CHIEF, **missing), 404)
