"""The reading pane: what it says of a story, and decisions made on it."""

import pytest

from copytaster.story import State
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import House
from tests.newsroom.making import codes
from tests.newsroom.making import ninjs
from tests.web.desk.making import App
from tests.web.desk.making import seen

pytestmark = pytest.mark.anyio
TEXT = """\
The ferry to Vester was full on Monday, harbour master Ada Quay said. "We turned forty people \
away," Quay said. The company declined to comment.

A second boat is on its way from the mainland, the Associated Press reported, and will take \
passengers from Tuesday on."""


@pytest.fixture
def app(house: House) -> App:
    return App(house)


async def read(app: App, id: str, seat: str = "editor ada") -> str:
    answer = await app.get(f"/desk/s/{id}", seat)
    assert answer.status_code == 200
    return seen(answer)


def held(house: House) -> str:
    """A story that only an editor's release lifts."""
    return house.send(pubstatus="embargoed-by-someone", text=TEXT).id


# --- what it says ------------------------------------------------------------------------------


async def test_a_live_story_shows_its_text_who_says_what_and_its_sources(app: App) -> None:
    told = await read(app, app.house.send(text=TEXT).id)
    assert "● Live" in told
    assert HEADLINE in told
    assert "We turned forty people away" in told
    assert "Who says what Ada Quay We turned forty people away," in told
    assert "Sources: 2" in told
    assert "Associated Press agency, an agency of this house" in told
    assert "declined to comment asked, and gave no answer" in told


async def test_a_held_story_says_why_and_what_would_release_it(app: App) -> None:
    told = await read(app, held(app.house))
    assert "◐ Held" in told
    assert "The agency's status is not one that is known here" in told
    assert "You may release it: read the text first." in told
    assert "Release this text" in told
    embargoed = app.house.send("later", embargoed="2026-03-02T12:00:00Z")
    told = await read(app, embargoed.id)
    assert "This ends by itself. The desk looks again 2 Mar, 12:00:00" in told
    assert "Release this text" not in told


async def test_versions_are_told_apart_word_by_word_and_the_bytes_are_there(app: App) -> None:
    app.house.send(text="The ferry left at seven on Monday, the harbour office said.")
    story = app.house.send(
        text="The ferry left at eight on Monday, the harbour office said.",
        version="2",
        versioncreated="2026-03-02T08:58:00Z",
    )
    answer = await app.get(f"/desk/s/{story.id}")
    assert "Versions: 2" in seen(answer)
    assert "<del> seven</del><ins> eight</ins>" in answer.text
    raw = answer.text.partition('href="/desk/raw/')[2].partition('"')[0]
    bytes_ = await app.get(f"/desk/raw/{raw}")
    assert b"eight on Monday" in bytes_.content
    assert bytes_.headers["content-type"].startswith("text/plain")
    assert "sandbox" in bytes_.headers["content-security-policy"]
    assert (await app.get("/desk/raw/nothing")).status_code == 404


async def test_twins_are_told_with_what_differs(app: App) -> None:
    house = app.house
    more = TEXT + "\n\nNobody was hurt, and the captain thanked everybody for their patience."
    one = house.send(text=TEXT).id
    house.receive(house.delivery(ninjs("theirs", text=more), agency="harbour"))
    told = await read(app, one)
    assert "Versions of its text: 1" in told
    assert "100 % of this is in it" in told
    assert "Nobody was hurt, and the captain thanked everybody" in told


async def test_what_is_taken_back_shows_how_far_that_is(app: App) -> None:
    story = app.house.send()
    app.house.kill()
    told = await read(app, story.id)
    assert "✕ Killed" in told
    assert "Nothing lifts this." in told
    assert "Being taken back" in told
    assert "Kill this story" not in told


async def test_hostile_copy_is_text(app: App) -> None:
    bad = "<script>alert(1)</script> & {{ 7 * 7 }}"
    story = app.house.send(headline=bad, text=f"{bad} {TEXT}", byline=bad, slugline=bad)
    answer = await app.get(f"/desk/s/{story.id}")
    assert "<script>alert" not in answer.text
    assert "{{ 7 * 7 }}" in seen(answer)


@pytest.mark.parametrize("id", ["0" * 16, "nothing", "..%2f..", "ABCDEFGHJKMNPQRS"])
async def test_what_is_not_there_is_not_found(app: App, id: str) -> None:
    answer = await app.get(f"/desk/s/{id}")
    assert answer.status_code == 404


async def test_a_reader_sees_everything_and_decides_nothing(app: App) -> None:
    id = held(app.house)
    told = await read(app, id, "reader bo")
    assert "Held" in told
    assert "Release" not in told
    fields = {"kind": "kill", "cause": "desk", "why": "so"}
    assert (await app.post(f"/desk/s/{id}/decide", "reader bo", **fields)).status_code == 403
    assert app.house.story().state is State.held


# --- decisions -----------------------------------------------------------------------------------


async def decide(app: App, id: str, kind: str, **said: str) -> str:
    """What the page says that the decision leads to."""
    story = app.house.desk.store.story(id)
    assert story is not None
    given = {"kind": kind, "cause": "desk", "why": "seen it", "revision": str(story.revision)}
    answer = await app.post(f"/desk/s/{id}/decide", **(given | said))
    assert answer.status_code == 303, seen(answer)
    return seen(await app.get(answer.headers["location"]))


async def test_a_release_under_the_name_of_who_is_signed_in(app: App) -> None:
    id = held(app.house)
    assert "The story is released." in await decide(app, id, "release")
    assert app.house.story().state is State.live
    assert "release by ada: seen it" in await read(app, id)
    (line, *_) = app.house.desk.people.trail.deeds()
    assert (line.by, line.what, line.about, line.why) == ("ada", "release", id, "seen it")


async def test_a_hold_and_a_kill_with_what_readers_are_told(app: App) -> None:
    story = app.house.send()
    assert "on hold" in await decide(app, story.id, "hold")
    assert app.house.story().cause == "desk"
    assert "The story is killed." in await decide(app, story.id, "kill", cause="legal")
    assert codes(app.house.story()) == ["desk-kill"]
    assert app.house.story().cause == "legal"
    assert "✕ Killed" in await read(app, story.id)


async def test_what_an_editor_has_read_says_so_to_readers_until_a_new_version(app: App) -> None:
    story = app.house.send()
    unread = "No editor has reviewed it."
    assert unread in (await app.house.get(f"/s/{story.id}")).text
    told = await decide(app, story.id, "review", seen="")
    assert "Readers are told that an editor has read it" in told
    assert "read here 2 Mar, 09:00:00" in told
    public = await app.house.get(f"/s/{story.id}")
    assert "An editor of Copytaster has read it." in public.text
    assert unread not in public.text
    assert unread not in (await app.house.get("/feed.json")).text
    assert "Readers are told again" in await decide(app, story.id, "unreview")
    assert unread in (await app.house.get(f"/s/{story.id}")).text
    await decide(app, story.id, "review", seen="")
    app.house.send(text="Other words.", version="2", versioncreated="2026-03-02T08:58:00Z")
    assert unread in (await app.house.get(f"/s/{story.id}")).text
    assert "nobody here has read it" in await read(app, story.id)


async def test_what_changes_while_it_is_read_is_not_said_to_be_read(app: App) -> None:
    story = app.house.send()
    app.house.send(text="Other words.", version="2", versioncreated="2026-03-02T08:58:00Z")
    fields = {"kind": "review", "cause": "desk", "why": "read", "revision": str(story.revision)}
    answer = await app.post(f"/desk/s/{story.id}/decide", **fields)
    assert answer.status_code == 409
    assert "No editor has reviewed it." in (await app.house.get(f"/s/{story.id}")).text


async def test_a_decision_without_a_reason_is_not_made_and_loses_nothing(app: App) -> None:
    story = app.house.send()
    fields = {"kind": "kill", "cause": "legal", "why": "  "}
    answer = await app.post(f"/desk/s/{story.id}/decide", **fields)
    assert answer.status_code == 422
    assert "Say why, for the record." in seen(answer)
    assert 'value="legal" checked' in answer.text
    assert app.house.story().state is State.live


async def test_the_second_of_two_editors_sees_what_happened(app: App) -> None:
    id = held(app.house)
    before = app.house.story()
    await decide(app, id, "kill")
    fields = {"kind": "release", "cause": "desk", "why": "it is fine"}
    answer = await app.post(f"/desk/s/{id}/decide", revision=str(before.revision), **fields)
    assert answer.status_code == 409
    assert "The story has changed since you opened it: it is killed now." in seen(answer)
    assert app.house.story().state is State.killed


async def test_a_kill_waits_for_nothing_and_twice_is_once(app: App) -> None:
    story = app.house.send()
    assert "killed" in await decide(app, story.id, "kill", revision="0")
    assert "killed" in await decide(app, story.id, "kill", revision="0")
    assert app.house.story().state is State.killed


async def test_words_that_nobody_saw_are_not_released(app: App) -> None:
    id = held(app.house)
    story = app.house.story()
    fields = {"kind": "release", "cause": "desk", "why": "ok", "revision": str(story.revision)}
    answer = await app.post(f"/desk/s/{id}/decide", seen="0" * 64, **fields)
    assert answer.status_code == 409
    assert "Not done" in seen(answer)
    assert 'value="ok"' in answer.text
    assert app.house.story().state is State.held


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"kind": "erase"},
        {"kind": "kill", "cause": "spite"},
        {"kind": "kill", "x": "y" * 20_000},
    ],
)
async def test_what_no_form_says_is_not_heard(app: App, fields: dict[str, str]) -> None:
    story = app.house.send()
    answer = await app.post(f"/desk/s/{story.id}/decide", **({"why": "so"} | fields))
    assert answer.status_code == 404
    assert app.house.story().state is State.live
