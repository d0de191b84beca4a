"""One order about many stories: found, suspended together, proved, and taken back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from copytaster import query
from copytaster.newsroom import recalls
from copytaster.newsroom.recalls import NoBatch
from copytaster.newsroom.recalls import search
from copytaster.store import Batch
from copytaster.store import Face
from copytaster.store import WorkKind
from copytaster.story import DecisionKind
from copytaster.story import State
from tests.newsroom import live as lives
from tests.newsroom.live import Live
from tests.newsroom.making import TEXT
from tests.newsroom.making import House
from tests.newsroom.making import codes
from tests.newsroom.making import ninjs
from tests.pager import Pager

GUIDS = ("urn:a", "urn:b", "urn:c", "urn:d", "urn:e")
SECOND = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z"}
CITES = "The Shoreline Institute, a think tank, warned of higher tides on Monday."


@pytest.fixture
def five(house: House) -> House:
    house.receive(*(ninjs(guid, text=f"{TEXT} It is the ferry of {guid}.") for guid in GUIDS))
    return house


def found(house: House, text: str) -> list[str]:
    """The guids that answer."""
    asked = query.read(text)
    answers = search(house.desk.store, asked, house.desk.clock())
    stories = (house.desk.store.story(one.story) for one in answers if one is not None)
    return [story.guid for story in stories if story is not None]


def begin(house: House, *guids: str, kind: DecisionKind = DecisionKind.hold) -> Batch:
    stories = [house.story(guid).id for guid in guids]
    return house.desk.recalls.begin(stories, kind, reason="desk", by="chief", query="phrase:x")


def faces(house: House) -> list[str]:
    return [house.story(guid).face.value for guid in GUIDS]


# --- looking ------------------------------------------------------------------------------------


def test_what_readers_saw_is_found_whichever_version_said_it(house: House) -> None:
    house.send("urn:a", text=CITES)
    house.send("urn:a", text="The tides will be as they always were.", **SECOND)
    house.send("urn:b")
    assert found(house, 'person:"shoreline institute"') == ["urn:a"]
    assert found(house, "agency:seaboard") == ["urn:a", "urn:b"]
    assert found(house, "agency:other") == []


def test_a_version_that_waits_is_found_and_one_that_was_passed_over_is_not(house: House) -> None:
    house.send("urn:waits", text=CITES, embargoed="2026-03-02T12:00:00Z")
    house.receive(
        ninjs("urn:passed", text="Calm tides.", **SECOND), ninjs("urn:passed", text=CITES)
    )
    assert house.story("urn:passed").face is Face.live
    assert found(house, 'phrase:"shoreline institute"') == ["urn:waits"]


def test_what_is_over_is_found_only_when_a_state_is_asked_for(house: House) -> None:
    house.send("urn:a")
    house.kill("urn:a")
    assert found(house, "agency:seaboard") == []
    assert found(house, "agency:seaboard state:killed") == ["urn:a"]


def test_looking_goes_page_by_page_through_everything(
    five: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    past = five.desk.store.past

    def two_at_a_time(reach):
        asked.append(reach.after)
        return past(recalls.msgspec.structs.replace(reach, limit=2))

    monkeypatch.setattr(five.desk.store, "past", two_at_a_time)
    assert found(five, "agency:seaboard") == list(GUIDS)
    assert asked == [0, 2, 4, 5]


# --- doing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "face", "code"),
    [(DecisionKind.hold, "hold", "desk-hold"), (DecisionKind.kill, "gone", "desk-kill")],
)
def test_a_batch_withdraws_its_stories_and_no_other(
    kind: DecisionKind, face: str, code: str, five: House
) -> None:
    batch = begin(five, "urn:a", "urn:c", kind=kind)
    five.desk.settle()
    assert faces(five) == [face, "live", face, "live", "live"]
    reason = five.story("urn:a").reasons[0]
    assert (reason.code, reason.detail) == (code, f"desk, recall {batch.id}")
    progress = five.desk.store.batch_progress(batch.id)
    assert (progress.decided, progress.owed, progress.pressing) == (2, 0, 2)


def test_every_story_is_suspended_before_the_first_notice_is_pressed(
    five: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recalls, "_LOT", 2)
    begin(five, *GUIDS)
    assert [five.desk.recalls.step() for _ in range(4)] == [2, 2, 1, 0]
    assert faces(five) == ["hold"] * 5
    assert len(five.desk.store.work_in_bulk(five.now, 10)) == 5


def test_a_desk_that_was_killed_goes_on_where_it_was(
    five: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recalls, "_LOT", 2)
    batch = begin(five, *GUIDS)
    five.desk.recalls.step()
    five.restart()
    assert faces(five).count("hold") == 2
    five.desk.settle()
    assert faces(five) == ["hold"] * 5
    assert all(len(five.desk.store.history_of(five.story(g).id).decisions) == 1 for g in GUIDS)
    assert five.desk.store.batch_progress(batch.id).owed == 0


def test_copy_that_comes_later_is_not_caught_by_an_old_order(five: House) -> None:
    begin(five, *GUIDS)
    five.desk.settle()
    assert five.send("urn:new", text=CITES).face is Face.live


def test_a_later_version_of_a_held_story_stays_held(five: House) -> None:
    begin(five, "urn:a")
    five.desk.settle()
    assert five.send("urn:a", headline="Another", **SECOND).face is Face.hold


def test_a_single_kill_is_pressed_before_everything_of_a_batch(five: House) -> None:
    begin(five, *GUIDS[1:])
    while five.desk.recalls.step():
        pass
    kill = ninjs("urn:a", pubstatus="canceled", **SECOND)
    five.desk.accept([five.delivery(kill)])
    five.desk.read()
    (first,) = five.desk.press()
    assert (first.story, first.bulk) == (five.story("urn:a").id, False)
    assert all(piece.bulk for piece in five.desk.press_in_bulk())


@pytest.mark.parametrize(
    ("kind", "code"),
    [(DecisionKind.hold, "copy-of-held"), (DecisionKind.kill, "copy-of-killed")],
)
def test_what_says_the_same_is_held_with_a_batch_and_freed_with_it(
    kind: DecisionKind, code: str, five: House
) -> None:
    five.receive(ninjs("urn:copy", text=f"{TEXT} It is the ferry of urn:a."))
    batch = begin(five, "urn:a", "urn:b", kind=kind)
    while five.desk.recalls.step():
        pass
    assert codes(five.story("urn:copy")) == [code]
    works = five.desk.store.work_in_bulk(five.now, 10)
    assert five.story("urn:copy").id in {work.story for work in works}
    assert five.send("urn:late", text=f"{TEXT} It is the ferry of urn:b.").face is Face.none
    five.desk.recalls.undo(batch.id, reason="a mistake", by="chief")
    five.desk.settle()
    assert {five.story(guid).face for guid in (*GUIDS, "urn:copy", "urn:late")} == {Face.live}


def test_a_copy_that_cannot_be_ruled_on_keeps_no_story_up(
    five: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    five.receive(ninjs("urn:copy", text=f"{TEXT} It is the ferry of urn:a."))
    bad, rule = five.story("urn:copy").id, five.desk._ruler.rule

    def failing(pile):
        if pile.story.id == bad and pile.decisions:
            raise RuntimeError("a defect of ours")
        return rule(pile)

    monkeypatch.setattr(five.desk._ruler, "rule", failing)
    begin(five, "urn:a", kind=DecisionKind.kill)
    five.desk.settle()
    assert five.story("urn:a").face is Face.gone
    assert five.story("urn:copy").face is Face.hold


def test_a_story_that_cannot_be_decided_on_stalls_no_other(
    five: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = five.story("urn:b").id
    rule = five.desk._ruler.rule

    def failing(pile):
        if pile.story.id == bad and pile.decisions:
            raise RuntimeError("a defect of ours")
        return rule(pile)

    monkeypatch.setattr(five.desk._ruler, "rule", failing)
    five.desk.alert = pager = Pager()
    batch = begin(five, *GUIDS)
    five.desk.settle()
    assert pager.about == [("recall-failed", batch.id)]
    assert f"copytaster hold {bad}" in pager.calls[0][1]
    assert faces(five) == ["hold", "live", "hold", "hold", "hold"]
    told = five.desk.recalls.told(batch.id)
    assert (told["owed"], told["failed"]) == (1, 1)
    monkeypatch.undo()
    five.restart()
    five.desk.settle()
    assert faces(five) == ["hold"] * 5


def test_a_recall_only_holds_or_kills(five: House) -> None:
    with pytest.raises(ValueError, match="a recall holds or kills; it cannot release"):
        begin(five, "urn:a", kind=DecisionKind.release)
    with pytest.raises(NoBatch, match="no recall nothing"):
        five.desk.recalls.told("nothing")


# --- undoing ------------------------------------------------------------------------------------


@pytest.mark.anyio
@pytest.mark.parametrize("kind", [DecisionKind.hold, DecisionKind.kill])
async def test_an_undo_brings_the_same_pages_back(kind: DecisionKind, five: House) -> None:
    story = five.story("urn:a")
    before = (await five.get(f"/s/{story.id}.txt")).text
    batch = begin(five, *GUIDS, kind=kind)
    five.desk.settle()
    assert before not in (await five.get(f"/s/{story.id}.txt")).text
    five.wait(seconds=1)
    five.desk.recalls.undo(batch.id, reason="a mistake", by="chief")
    five.desk.settle()
    assert faces(five) == ["live"] * 5
    assert (await five.get(f"/s/{story.id}.txt")).text == before
    assert five.story("urn:a").edition == story.edition
    events = [event.kind.value for event in five.desk.store.events(story=story.id)]
    assert events == ["published", {"hold": "held", "kill": "killed"}[kind.value], "released"]
    with pytest.raises(NoBatch, match="was undone already"):
        five.desk.recalls.undo(batch.id, reason="again", by="chief")


def test_an_undo_lifts_neither_an_agencys_kill_nor_an_editors_hold(five: House) -> None:
    batch = begin(five, "urn:a", "urn:b", "urn:c", kind=DecisionKind.kill)
    five.desk.settle()
    five.send("urn:a", pubstatus="canceled", **SECOND)
    five.hold("urn:b")
    five.desk.recalls.undo(batch.id, reason="a mistake", by="chief")
    five.desk.settle()
    assert [five.story(guid).state for guid in GUIDS[:3]] == [
        State.killed,
        State.held,
        State.live,
    ]
    assert codes(five.story("urn:a")) == ["canceled"]


def test_an_undo_ends_a_batch_that_is_under_way(
    five: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recalls, "_LOT", 2)
    batch = begin(five, *GUIDS)
    five.desk.recalls.step()
    five.desk.recalls.undo(batch.id, reason="a mistake", by="chief")
    five.desk.settle()
    assert faces(five) == ["live"] * 5
    decided = [len(five.desk.store.history_of(five.story(g).id).decisions) for g in GUIDS]
    assert decided == [2, 2, 0, 0, 0]


# --- on a running desk --------------------------------------------------------------------------


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Live]:
    async with lives.live(tmp_path / "data") as running:
        yield running


@pytest.mark.anyio
async def test_a_running_desk_answers_when_all_was_seen_clean_and_takes_it_back(
    live: Live,
) -> None:
    texts = [f"{TEXT} It is ferry number {number}." for number in range(6)]
    stories = [await live.publish(f"urn:{n}", text=text) for n, text in enumerate(texts)]
    ids = [story.id for story in stories[:4]]
    said = {"reason": "desk", "by": "chief"}
    *_, done = await live.ask("recall", stories=ids, kind="hold", query="phrase:x", **said)
    assert (done["decided"], done["owed"], done["pressing"], done["failed"]) == (4, 0, 0, 0)
    for id in ids:
        withdrawn = [r for r in live.desk.store.receipts(id) if r.kind is WorkKind.withdraw]
        seen = {receipt.address: receipt for receipt in withdrawn}
        assert all(receipt.clean for receipt in withdrawn)
        assert {f"/s/{id}", f"/s/{id}.txt", f"/s/{id}/v1.json", "/", "/feed.atom"} <= set(seen)
        assert any(address.startswith("/?before=") for address in seen)
        face_changed = live.desk.store.story(id).face_changed
        assert all(receipt.seen > face_changed for receipt in withdrawn)
    front = (await live.client.get("/")).text
    assert [story.id in front for story in stories] == [False] * 4 + [True] * 2

    *_, back = await live.ask("undo", batch=done["batch"], **said)
    assert (back["decided"], back["pressing"], back["undone"]["by"]) == (0, 0, "chief")
    assert [live.desk.store.story(id).face for id in ids] == [Face.live] * 4


@pytest.mark.anyio
async def test_a_recall_that_cannot_be_is_refused_in_one_line(live: Live) -> None:
    said = {"reason": "desk", "by": "chief"}
    for order, arguments, told in (
        ("recall", {"stories": [], "kind": "release", "query": ""}, "it cannot release"),
        ("recall", {"stories": ["0" * 16], "kind": "hold", "query": ""}, "refuses the record"),
        ("undo", {"batch": "nothing"}, "recall nothing is not known"),
    ):
        with pytest.raises(ValueError, match=told):
            await live.ask(order, **said, **arguments)
