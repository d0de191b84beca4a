"""What the desk does with what arrives: nothing stalls, nothing is lost, nothing twice."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from copytaster import formats
from copytaster import verdict
from copytaster.agency import Profile
from copytaster.channels import SiteFolder
from copytaster.config import Config
from copytaster.formats import Context
from copytaster.formats import Format
from copytaster.formats import Parsed
from copytaster.formats import _reading
from copytaster.item import RawRef
from copytaster.newsroom import Desk
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import FateState
from copytaster.store import Full
from copytaster.store import Moved
from copytaster.store import Store
from copytaster.store import StoryChange
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import State
from copytaster.verdict import Verdict
from tests.newsroom import making
from tests.newsroom.making import GUID
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import TEXT
from tests.newsroom.making import House
from tests.newsroom.making import codes
from tests.newsroom.making import config
from tests.newsroom.making import feed
from tests.newsroom.making import ninjs
from tests.pager import Pager

pytestmark = pytest.mark.anyio

GARBAGE = {
    "nothing": b"",
    "white space": b" \n\t ",
    "binary": bytes(range(256)),
    "half an XML document": b"<rss version='2.0'><channel><item><title>Ferry",
    "half a JSON document": b'{"uri": "urn:x:1", "headline": "Fer',
    "an error page": b"<!doctype html><title>502 Bad Gateway</title>",
    "a format nobody knows": b"<recipe xmlns='urn:kitchen'><salt/></recipe>",
    "an entity bomb": b"<!DOCTYPE rss [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><rss>&b;</rss>",
}


class Around:
    """The store, with one deed done differently; everything else is the store's own."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)


def desk_over(house: House, store: Any) -> Desk:
    return Desk(
        house.desk.house,
        store,
        SiteFolder(house.data / "site"),
        lambda: house.now,
        let_go=lambda: None,
    )


def fails_for(guid: str, error: Exception) -> Any:
    """The verdict room, with a defect that one story brings out."""

    def decide(messages: Sequence[Message], *rest: Any) -> Verdict:
        if any(message.item.guid == guid for message in messages):
            raise error
        return real(messages, *rest)

    real = verdict.decide
    return decide


# --- bad deliveries -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", GARBAGE)
def test_a_bad_delivery_is_a_dead_letter_and_its_neighbours_are_published(
    name: str, house: House
) -> None:
    _, bad, _ = house.receive(ninjs("urn:a"), GARBAGE[name], ninjs("urn:b"))
    fate = house.desk.store.fate(bad)
    assert fate is not None
    assert fate.state is FateState.dead
    assert fate.error
    assert "\n" not in fate.error
    assert [letter.delivery for letter in house.desk.store.dead_letters()] == [bad]
    assert house.story("urn:a").state is house.story("urn:b").state is State.live
    assert house.desk.store.delivery(bad).data == GARBAGE[name]


def test_a_parser_with_a_defect_stalls_nothing_and_retry_reads_the_letter_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(document: Any, raw: RawRef, profile: Profile, context: Context) -> Parsed:
        raise RecursionError("too deep for this reader")

    def claims(sniff: formats.Sniff) -> bool:
        return sniff.root == "menu"

    menu = {"menu": Format(name="menu", claims=claims, read=read)}
    with monkeypatch.context() as patch:
        real = _reading.registered()
        patch.setattr(_reading, "registered", lambda: {**real, **menu})
        bad, _ = house.receive(b"<menu><dish/></menu>", ninjs())
    (letter,) = house.desk.store.dead_letters()
    assert letter.error == "reading failed: RecursionError: too deep for this reader; retry it"
    assert house.story().state is State.live

    house.desk.store.retry(bad)
    house.desk.settle()
    assert "no format known here" in house.desk.store.dead_letters()[0].error


def test_a_dead_letter_that_reads_well_later_is_published_as_if_it_had_come_now(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(formats, "parse", fails(ZeroDivisionError("a slip")))
        (letter,) = house.receive(ninjs())
    assert house.desk.find("seaboard", GUID) is None
    assert house.desk.store.retry(letter)
    house.desk.settle()
    assert house.story().state is State.live
    assert house.desk.store.dead_letters() == []


def fails(error: Exception) -> Any:
    def fail(*_: Any, **__: Any) -> Any:
        raise error

    return fail


def test_a_story_whose_ruling_fails_is_a_dead_letter_and_its_neighbours_are_published(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(verdict, "decide", fails_for("urn:bad", ValueError("no such day")))
        _, bad, _ = house.receive(ninjs("urn:a"), ninjs("urn:bad"), ninjs("urn:b"))
    (letter,) = house.desk.store.dead_letters()
    assert letter.delivery == bad
    assert letter.error == "ruling failed: ValueError: no such day; retry it"
    assert house.desk.find("seaboard", "urn:bad") is None
    assert house.story("urn:a").state is house.story("urn:b").state is State.live
    house.desk.store.retry(bad)
    house.desk.settle()
    assert house.story("urn:bad").state is State.live


def test_one_entry_of_a_feed_that_fails_does_not_take_the_feed_with_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(verdict, "decide", fails_for("bad", ValueError("no such day")))
        house.receive(feed(("a", "One", TEXT), ("bad", "Two", TEXT), ("c", "Three", TEXT)))
    assert house.desk.find("seaboard", "bad") is None
    assert {house.story("a").state, house.story("c").state} <= {State.live, State.held}
    assert len(house.desk.store.dead_letters()) == 1


def test_what_the_store_refuses_is_a_dead_letter_and_its_neighbours_are_published(
    house: House,
) -> None:
    class Picky(Around):
        def commit(self, changes: Sequence[StoryChange], *rest: Any) -> int:
            if any(change.story.guid == "urn:bad" for change in changes):
                raise ValueError("the store refuses the record")
            return self.store.commit(changes, *rest)

    _, bad, _ = batch = [house.delivery(ninjs(guid)) for guid in ("urn:a", "urn:bad", "urn:b")]
    house.desk.accept(batch)
    desk = desk_over(house, Picky(house.desk.store))
    desk.settle()
    (letter,) = desk.store.dead_letters()
    assert letter.delivery == bad.id
    assert letter.error == "keeping failed: ValueError: the store refuses the record; retry it"
    assert house.story("urn:a").state is house.story("urn:b").state is State.live


def test_a_failing_disk_is_nobodys_bad_item_everything_waits(house: House) -> None:
    class Out(Around):
        full = True

        def commit(self, changes: Sequence[StoryChange], *rest: Any) -> int:
            if self.full:
                raise Full("no room for the store")
            return self.store.commit(changes, *rest)

    store = Out(house.desk.store)
    desk = desk_over(house, store)
    desk.accept([house.delivery(ninjs("urn:a")), house.delivery(b"garbage")])
    with pytest.raises(Full):
        desk.read()
    assert desk.store.dead_letters() == []
    store.full = False
    desk.settle()
    assert house.story("urn:a").state is State.live
    assert len(desk.store.dead_letters()) == 1


def test_a_story_that_cannot_be_looked_at_again_does_not_stop_the_clock_of_the_others(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens = "2026-03-02T09:30:00Z"
    house.receive(ninjs("urn:bad", embargoed=opens), ninjs("urn:good", embargoed=opens))
    with monkeypatch.context() as patch:
        patch.setattr(verdict, "decide", fails_for("urn:bad", ValueError("no such day")))
        house.wait(minutes=30)
    assert house.story("urn:good").state is State.live
    assert codes(house.story("urn:bad")) == ["ruling-failed"], "what cannot be ruled on stays shut"
    assert house.story("urn:bad").face is Face.none
    assert house.desk.next_ring() == house.now + timedelta(minutes=1)
    house.wait(minutes=1)
    assert house.story("urn:bad").state is State.live


# --- what is already known ----------------------------------------------------------------------


def test_the_same_bytes_again_commit_nothing(house: House) -> None:
    first = house.send()
    sequence = house.desk.store.sequence
    house.now += timedelta(minutes=5)
    house.receive(ninjs(), ninjs())
    assert house.story() == first
    assert house.desk.store.sequence == sequence
    assert len(house.desk.store.history_of(first.id).messages) == 1


def test_a_duplicate_within_one_batch_is_one_message(house: House) -> None:
    house.receive(ninjs(), ninjs(), ninjs())
    story = house.story()
    assert len(house.desk.store.history_of(story.id).messages) == 1
    assert story.edition == 1
    assert story.revision == 1


def test_the_fate_of_a_duplicate_names_its_story(house: House) -> None:
    first = house.send()
    (again,) = house.receive(ninjs())
    fate = house.desk.store.fate(again)
    assert fate is not None
    assert fate.state is FateState.taken
    assert fate.stories == (first.id,)


def test_a_feed_polled_again_with_the_same_content_adds_no_message(house: House) -> None:
    polled = feed(("a", HEADLINE, TEXT), ("b", "Harbour closed", TEXT))
    house.receive(polled)
    story = house.story("a")
    for _ in range(3):
        house.now += timedelta(minutes=1)
        house.receive(polled)
    assert house.story("a") == story
    assert len(house.desk.store.history_of(story.id).messages) == 1


def test_a_feed_that_goes_there_and_back_shows_what_it_said_last(house: House) -> None:
    seen = []
    for text in (TEXT, "The ferry stays in port.", TEXT):
        house.receive(feed(("a", HEADLINE, text)))
        house.now += timedelta(minutes=1)
        seen.append(house.story("a"))
    assert [story.edition for story in seen] == [1, 2, 3]
    assert len(house.desk.store.history_of(seen[-1].id).messages) == 3
    page = house.desk.pressroom.folder.read(seen[-1].id, "v3.txt")
    assert page is not None
    assert TEXT.encode() in page


def test_of_two_versions_in_one_batch_only_the_newer_is_ever_public(house: House) -> None:
    house.receive(
        ninjs(version="2", headline="Second", versioncreated="2026-03-02T08:58:00Z"),
        ninjs(version="1", headline="First"),
    )
    story = house.story()
    assert (story.state, story.edition) == (State.live, 1)
    (event,) = house.desk.store.events(story=story.id)
    assert event.kind is EventKind.published
    assert len(house.desk.store.history_of(story.id).messages) == 2
    assert b"Second" in (house.desk.pressroom.folder.read(story.id, "v1.html") or b"")


@pytest.mark.parametrize("killed_first", [True, False])
async def test_a_kill_in_the_same_batch_as_its_story_is_never_public(
    killed_first: bool, house: House
) -> None:
    kill = ninjs(version="2", pubstatus="canceled", versioncreated="2026-03-02T08:58:00Z")
    pair = [kill, ninjs()] if killed_first else [ninjs(), kill]
    house.receive(*pair)
    story = house.story()
    assert story.state is State.killed
    assert story.face is Face.none
    assert story.edition == 0
    assert house.desk.store.events(story=story.id) == []
    assert (await house.get(f"/s/{story.id}")).status_code == 404
    assert list((house.data / "site").rglob(f"{story.id}*")) == []


# --- moved meanwhile ----------------------------------------------------------------------------


class Overtaking(Around):
    """A store in which a kill from elsewhere is kept just before the next commit."""

    def __init__(self, store: Store, kill: Any) -> None:
        super().__init__(store)
        self.kill = kill

    def commit(self, changes: Sequence[StoryChange], *rest: Any) -> int:
        kill, self.kill = self.kill, None
        if kill:
            kill()
        return self.store.commit(changes, *rest)


def test_a_story_that_moved_meanwhile_is_looked_at_again(house: House) -> None:
    story = house.send()
    other = desk_over(house, house.desk.store)

    def kill() -> None:
        other.decide(story.id, DecisionKind.kill, reason="desk", by="elsewhere")

    desk = desk_over(house, Overtaking(house.desk.store, kill))
    house.now += timedelta(minutes=5)
    update = ninjs(version="2", headline="New words", versioncreated="2026-03-02T09:04:00Z")
    desk.accept([house.delivery(update)])
    desk.settle()
    now = house.story()
    assert now.state is State.killed
    assert now.face is Face.gone
    assert now.edition == 1, "the update that came too late was never public"
    assert len(house.desk.store.history_of(story.id).messages) == 2, "and yet it is kept"


def test_a_story_that_never_stands_still_is_left_for_later(house: House) -> None:
    class Restless(Around):
        def commit(self, changes: Sequence[StoryChange], *rest: Any) -> int:
            raise Moved([change.story.id for change in changes])

    desk = desk_over(house, Restless(house.desk.store))
    desk.accept([house.delivery(ninjs())])
    with pytest.raises(Moved):
        desk.read()
    assert desk.store.counts()["waiting"] == 1
    house.desk.settle()
    assert house.story().state is State.live


# --- dates at the ends of the calendar ----------------------------------------------------------


@pytest.fixture
def far_away(tmp_path: Path) -> Config:
    """A house that shows agencies' times in the zones that are farthest from UTC."""
    folder = tmp_path / "agencies"
    folder.mkdir()
    for id, zone in (("east", "Pacific/Kiritimati"), ("west", "Pacific/Pago_Pago")):
        (folder / f"{id}.toml").write_text(f'id = "{id}"\nname = "{id}"\nzone = "{zone}"\n')
    return config(agencies=str(folder))


@pytest.mark.parametrize("agency", ["east", "west"])
@pytest.mark.parametrize("field", ["versioncreated", "firstcreated"])
@pytest.mark.parametrize("date", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_date_at_the_end_of_the_calendar_is_no_failure(
    date: str, field: str, agency: str, tmp_path: Path, far_away: Config
) -> None:
    with making.house(tmp_path / "data", far_away) as house:
        house.receive(house.delivery(ninjs(**{field: date}), agency=agency))
        id = house.desk.find(agency, GUID)
        assert id is not None
        story = house.desk.decide(id, DecisionKind.release, reason="desk", by="an editor")
        house.desk.settle()
        assert story.state is State.live
        page = house.desk.pressroom.folder.read(id, "v1.html")
        assert page is not None
        shown = f'<time datetime="{date[:4]}'.encode()
        assert shown not in page, "a time nobody can mean is not shown to readers"


# --- a story that cannot be looked at again -----------------------------------------------------


def test_a_story_whose_time_has_come_and_that_cannot_be_ruled_on_is_not_shown(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.desk.alert = pager = Pager()
    bad, good = house.send("urn:bad"), house.send("urn:good", text=f"Another. {TEXT}")
    for story in (bad, good):
        house.desk._rounds.wake([story.id], house.now)
    with monkeypatch.context() as patch:
        patch.setattr(verdict, "decide", fails_for("urn:bad", ValueError("no such day")))
        house.desk.ring()
        assert house.story("urn:bad").face is Face.hold
        assert [reason.code for reason in house.story("urn:bad").reasons] == ["ruling-failed"]
        assert house.story("urn:good").face is Face.live
        house.wait(minutes=1)
        assert set(pager.about) == {("story-not-ruled", bad.id)}
    house.wait(minutes=1)
    assert house.story("urn:bad").face is Face.live
    assert pager.open == set()


def test_a_copy_is_free_again_when_its_story_is_ruled_on_at_last(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = house.send("urn:first", text=f"{TEXT} {TEXT}")
    house.desk._rounds.wake([first.id], house.now)
    with monkeypatch.context() as patch:
        patch.setattr(verdict, "decide", fails_for("urn:first", ValueError("no such day")))
        house.desk.ring()
    assert house.send("urn:again", text=f"{TEXT} {TEXT}").state is State.held
    house.wait(minutes=1)
    assert house.story("urn:first").state is State.live
    assert house.story("urn:again").state is State.live


def test_what_cannot_be_ruled_on_is_taken_down_although_it_moved_meanwhile(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = house.send()
    commit, moved = house.desk.store.commit, [Moved([story.id])]

    def moves_once(changes: Sequence[StoryChange], *rest: Any) -> None:
        if moved:
            raise moved.pop()
        commit(changes, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(verdict, "decide", fails_for(GUID, ValueError("no such day")))
        patch.setattr(house.desk.store, "commit", moves_once)
        house.desk.accept([house.delivery(ninjs(version="2", pubstatus="canceled"))])
        house.desk.read()
    assert not moved
    assert house.story().face is Face.hold
    house.wait(minutes=1)
    assert house.story().state is State.killed
