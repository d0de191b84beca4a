"""What editors say to each other: notes, whose a story is, and releases that two agree to."""

from pathlib import Path

import httpx2
import pytest

from copytaster.story import State
from tests.newsroom.making import House
from tests.newsroom.making import config
from tests.newsroom.staffed import Staffed
from tests.web.desk.making import App
from tests.web.desk.making import seen
from tests.web.desk.test_wire import rows
from tests.web.desk.test_wire import send

pytestmark = pytest.mark.anyio
HELD = {"pubstatus": "embargoed-by-someone"}
GRAVE = config(desk={"second_person": ["status-unknown"]})


def staffed(house: House) -> App:
    """Ada and Bo are editors, Cy is a chief, Di may only read."""
    staff = Staffed(house.desk.store.people)
    for name, role in (("cy", "admin"), ("ada", "editor"), ("bo", "editor"), ("di", "reader")):
        staff.join(name, role)
    return App(house)


@pytest.fixture
def app(house: House) -> App:
    return staffed(house)


@pytest.fixture
def grave(tmp_path: Path) -> App:
    """A house where the release of what is held for an unknown status takes two."""
    return staffed(House(tmp_path / "grave", GRAVE))


async def done(answer: httpx2.Response, app: App, seat: str = "editor ada") -> str:
    """The page that the browser is led to."""
    assert answer.status_code == 303
    return seen(await app.get(answer.headers["location"], seat))


# --- notes -------------------------------------------------------------------------------------


async def test_a_note_is_read_by_the_next_and_by_no_reader(app: App) -> None:
    id = send(app.house, "one")
    answer = await app.post(f"/desk/s/{id}/note", words=" Ask <the> mill.\nTwice. ")
    told = await done(answer, app)
    assert "Your note is kept." in told
    assert "ada : Ask <the> mill. Twice." in told
    assert "ada : Ask <the> mill." in seen(await app.get(f"/desk/s/{id}", "reader di"))
    assert "1 note" in rows(await app.get("/desk"))[0]
    assert "mill" not in (await app.house.get(f"/s/{id}")).text
    (deed,) = app.house.desk.people.trail.deeds(about=id)
    assert (deed.what, deed.by, deed.why) == ("note", "ada", "")


@pytest.mark.parametrize(
    ("words", "says"),
    [("  \n", "There are no words in it"), ("x" * 2001, "A note has 2000 characters at most")],
)
async def test_a_note_that_cannot_be_kept_is_told(app: App, words: str, says: str) -> None:
    id = send(app.house, "one")
    answer = await app.post(f"/desk/s/{id}/note", words=words)
    assert answer.status_code == 422
    assert says in seen(answer)
    assert app.house.desk.store.remarks.of(id) == []


async def test_of_no_story_nothing_is_said(app: App) -> None:
    for path, fields in (("note", {"words": "x"}), ("give", {"person": "bo"})):
        answer = await app.post(f"/desk/s/0000000000000000/{path}", **fields)
        assert answer.status_code == 404


# --- whose it is -------------------------------------------------------------------------------


async def test_what_is_given_to_somebody_stands_in_their_queue_until_it_is_decided(
    app: App,
) -> None:
    one, two = send(app.house, "one", **HELD), send(app.house, "two", **HELD)
    told = await done(await app.post(f"/desk/s/{one}/give", person="bo"), app)
    assert "bo sees to it" in told
    assert "ada gave it to bo" in told
    assert "Yours 1" in seen(await app.get("/desk/queue", "editor bo"))
    assert "Yours 0" in seen(await app.get("/desk/queue", "editor ada"))
    (line,) = rows(await app.get("/desk/queue?kind=yours", "editor bo"))
    assert "bo sees to it" in line
    assert len(rows(await app.get("/desk/queue", "editor bo"))) == 2
    await app.post(f"/desk/s/{two}/give", person="bo")
    await app.post(f"/desk/s/{two}/give", person="")
    assert "Yours 1" in seen(await app.get("/desk/queue", "editor bo"))
    story = app.house.desk.store.story(one)
    assert story is not None
    decided = {"kind": "kill", "cause": "desk", "why": "wrong", "revision": str(story.revision)}
    await app.post(f"/desk/s/{one}/decide", "editor bo", **decided)
    assert "Yours 0" in seen(await app.get("/desk/queue", "editor bo"))
    assert rows(await app.get("/desk/queue?kind=yours", "editor bo")) == []


@pytest.mark.parametrize("person", ["eve", "di", "<b>"])
async def test_only_an_editor_can_be_given_a_story(app: App, person: str) -> None:
    id = send(app.house, "one", **HELD)
    answer = await app.post(f"/desk/s/{id}/give", person=person)
    assert answer.status_code == 422
    assert f"There is no editor '{person}' here." in seen(answer)
    assert app.house.desk.store.remarks.margins([id]) == {}


# --- releases that two agree to ------------------------------------------------------------------


async def release(app: App, id: str, seat: str, why: str = "it is right") -> httpx2.Response:
    """As the page that somebody has before them orders it."""
    story = app.house.desk.store.story(id)
    assert story is not None
    return await app.post(
        f"/desk/s/{id}/decide",
        seat,
        kind="release",
        cause="desk",
        why=why,
        revision=str(story.revision),
        seen=app.house.desk.sight(id).content or "",
    )


def state(app: App, id: str) -> State:
    story = app.house.desk.store.story(id)
    assert story is not None
    return story.state


async def test_the_first_asks_and_the_second_agrees(grave: App) -> None:
    id = send(grave.house, "one", **HELD)
    assert "a release takes two persons, one of them a chief" in seen(
        await grave.get(f"/desk/s/{id}")
    )
    told = await done(await release(grave, id, "editor ada", "the mill says so"), grave)
    assert "You asked for the release. It is on hold until another person agrees." in told
    assert "Another person has to agree; one of you has to be a chief." in told
    assert state(grave, id) is State.held
    assert "ada asked for its release." in rows(await grave.get("/desk/queue", "chief cy"))[0]
    told = seen(await grave.get(f"/desk/s/{id}", "chief cy"))
    assert "ada asks for the release of this text." in told
    assert "asked for its release: the mill says so" in told
    assert "Agree, and release this text" in told
    await release(grave, id, "chief cy")
    assert state(grave, id) is State.live
    deeds = grave.house.desk.people.trail.deeds(about=id)
    assert [(one.what, one.by) for one in deeds] == [
        ("release", "cy"),
        ("ask to release", "ada"),
    ]


async def test_a_chief_who_asks_needs_no_other_chief(grave: App) -> None:
    id = send(grave.house, "one", **HELD)
    await release(grave, id, "admin cy")
    assert state(grave, id) is State.held
    await release(grave, id, "editor ada")
    assert state(grave, id) is State.live


async def test_nobody_agrees_with_themselves_and_two_editors_are_not_enough(grave: App) -> None:
    id = send(grave.house, "one", **HELD)
    await release(grave, id, "editor ada")
    answer = await release(grave, id, "editor ada")
    assert answer.status_code == 409
    assert "You have asked for this release; another person has to agree." in seen(answer)
    answer = await release(grave, id, "editor bo")
    assert answer.status_code == 409
    assert "ada and you are editors; one of the two has to be a chief." in seen(answer)
    assert state(grave, id) is State.held


async def test_another_text_is_asked_for_anew(grave: App) -> None:
    id = send(grave.house, "one", **HELD)
    await release(grave, id, "editor ada")
    newer = {"version": "2", "versioncreated": "2026-03-02T08:59:30Z", "text": "Other words."}
    send(grave.house, "one", **HELD, **newer)
    assert "asks for the release" not in seen(await grave.get(f"/desk/s/{id}", "chief cy"))
    await release(grave, id, "chief cy")
    assert state(grave, id) is State.held


async def test_several_at_once_are_asked_for_too(grave: App) -> None:
    id = send(grave.house, "one", **HELD)
    story = grave.house.desk.store.story(id)
    assert story is not None
    said = f"{id} {story.revision} {grave.house.desk.sight(id).content}"
    answer = await grave.post(
        "/desk/several", order="release", cause="desk", why="all read", s=[said]
    )
    assert "Released: 0 of 1" in seen(answer)
    assert "Another person has to agree to its release" in seen(answer)
    assert state(grave, id) is State.held


async def test_a_kill_never_takes_two(grave: App) -> None:
    id = send(grave.house, "one", **HELD)
    await grave.post(f"/desk/s/{id}/decide", kind="kill", cause="desk", why="wrong", revision="0")
    assert state(grave, id) is State.killed
