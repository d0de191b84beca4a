"""The breaker at the desk: what goes over a limit is not published, a person is called, and only
a person's word makes it go on."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from copytaster.config import Config
from copytaster.store import Face
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.story import State
from tests.newsroom.making import AGENCY
from tests.newsroom.making import TEXT
from tests.newsroom.making import House
from tests.newsroom.making import codes
from tests.newsroom.making import config
from tests.newsroom.making import feed
from tests.newsroom.making import ninjs
from tests.pager import Pager

pytestmark = pytest.mark.anyio

TRIPPED = ("breaker-tripped", "inbox")
OLD = {"versioncreated": "2026-02-20T08:55:00Z"}


def settings(**breaker: Any) -> Config:
    push = {"route": "push", "agency": AGENCY, "token_env": "UNUSED"}
    return config(breaker=breaker, sources={"other": push | {"breaker": {"obituaries": 2}}})


class Watched(House):
    """A house whose desk has somebody to call."""

    def _open(self) -> None:
        super()._open()
        self.desk.alert = self.pager = Pager()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Watched]:
    opened = Watched(tmp_path / "data", settings(obituaries=5, old_items=5, changes=5))
    yield opened
    opened.desk.close()


def item(number: int, **fields: Any) -> bytes:
    """A story whose words are its own."""
    own = " ".join(f"crate {number}-{n}" for n in range(20))
    text = f"{TEXT} It was ferry {number}, and had on board: {own}."
    given = {"headline": f"Ferry number {number} sails", "text": text}
    return ninjs(f"urn:{number}", **(given | fields))


def death(number: int, **fields: Any) -> bytes:
    return item(number, headline=f"Captain number {number} dies at 90", **fields)


def public(house: House, numbers: range = range(100)) -> list[int]:
    """Which of the stories readers see."""
    found = []
    for number in numbers:
        id = house.desk.find(AGENCY, f"urn:{number}")
        story = house.desk.store.story(id) if id else None
        if story is not None and story.face is Face.live:
            found.append(number)
    return found


async def test_what_goes_over_the_limit_is_never_public(house: Watched) -> None:
    for number in range(9):
        house.receive(death(number))
    assert public(house) == [0, 1, 2, 3, 4]
    assert codes(house.story("urn:5")) == codes(house.story("urn:8")) == ["paused"]
    assert (await house.get(f"/s/{house.story('urn:5').id}")).status_code == 404
    assert house.pager.about == [TRIPPED]
    assert "more than 5 obituaries within 10 minutes" in house.pager.calls[0][1]
    assert "`copytaster resume inbox`" in house.pager.calls[0][1]


def test_a_batch_over_the_limit_publishes_none_of_itself(house: Watched) -> None:
    house.receive(*(death(number) for number in range(30)))
    assert public(house) == []
    assert house.pager.about == [TRIPPED]


def test_one_delivery_over_the_limit_publishes_none_of_itself(house: Watched) -> None:
    entries = [
        (f"urn:{n}", f"Captain number {n} dies at 90", "He was well known.") for n in range(30)
    ]
    house.receive(feed(*entries))
    assert public(house) == []
    assert codes(house.story("urn:29")) == ["paused"]


def test_kills_and_holds_go_on(house: Watched) -> None:
    house.receive(*(death(number) for number in range(4)))
    house.receive(*(death(number) for number in range(4, 8)))
    assert public(house) == [0, 1, 2, 3]
    later = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z", "pubstatus": "canceled"}
    house.receive(ninjs("urn:0", **later))
    house.receive(ninjs("urn:6", **later))
    assert house.story("urn:0").face is Face.gone
    assert house.story("urn:6").state is State.killed
    assert house.hold("urn:1").face is Face.hold


def test_the_kill_in_the_batch_that_trips_goes_through(house: Watched) -> None:
    house.send("urn:live")
    kill = ninjs(
        "urn:live", version="2", pubstatus="canceled", versioncreated="2026-03-02T08:58:00Z"
    )
    house.receive(*(death(number) for number in range(30)), kill)
    assert house.story("urn:live").face is Face.gone
    assert public(house) == []


def test_other_sources_go_on_and_have_limits_of_their_own(house: Watched) -> None:
    house.receive(*(death(number) for number in range(6)))
    for number in range(10, 14):
        house.receive(house.delivery(death(number), source="other"))
    assert public(house) == [10, 11]
    assert house.desk.paused == {"inbox", "other"}
    assert set(house.desk.tripped) == {"inbox", "other"}


def test_resume_is_the_answer_and_counts_anew(house: Watched) -> None:
    house.receive(*(death(number) for number in range(8)))
    assert house.desk.resume("inbox") == 8
    house.desk.settle()
    assert public(house) == list(range(8)), "a person looked: what waited goes out"
    assert house.pager.ended == [TRIPPED]
    assert house.desk.paused == frozenset()
    assert dict(house.desk.tripped) == {}
    for number in range(20, 26):
        house.receive(death(number))
    assert public(house, range(20, 26)) == [20, 21, 22, 23, 24]
    assert house.pager.about == [TRIPPED, TRIPPED]


def test_resuming_everything_closes_every_breaker(house: Watched) -> None:
    house.receive(*(death(number) for number in range(8)))
    house.desk.resume()
    assert house.pager.ended == [TRIPPED]
    assert dict(house.desk.tripped) == {}


def test_a_restart_neither_closes_the_breaker_nor_forgets_what_was_counted(house: Watched) -> None:
    for number in range(4):
        house.receive(death(number))
    house.restart()
    for number in range(4, 8):
        house.receive(death(number))
    assert public(house) == [0, 1, 2, 3, 4]
    house.restart()
    house.receive(death(8))
    assert public(house) == [0, 1, 2, 3, 4]
    assert house.desk.tripped["inbox"].rule == "obituaries"
    house.desk.resume("inbox")
    house.restart()
    house.desk.settle()
    assert len(public(house)) == 9


def test_a_desk_that_died_between_tripping_and_pausing_is_paused(house: Watched) -> None:
    house.receive(*(death(number) for number in range(8)))
    house.desk.store.keep_setting("paused", None)
    house.restart()
    assert house.desk.paused == {"inbox"}


def test_a_person_is_called_again_while_copy_goes_on_waiting(house: Watched) -> None:
    house.receive(*(death(number) for number in range(8)))
    for number in range(20, 30):
        house.now += timedelta(minutes=20)
        house.receive(death(number))
    assert house.pager.about == [TRIPPED] * 4


def test_old_copy_in_a_burst_waits_and_as_archive_it_is_no_burst(house: Watched) -> None:
    archive = [item(n, **OLD) for n in range(30)]
    house.receive(*(house.delivery(one, archive=True) for one in archive))
    assert house.pager.calls == []
    house.receive(*(item(n, **OLD) for n in range(30, 36)))
    assert public(house) == []
    assert "more than 5 items older than 2 days" in house.pager.calls[0][1]


def test_an_embargo_does_not_hide_a_burst(house: Watched) -> None:
    house.receive(*(death(number, embargoed="2026-03-02T09:30:00Z") for number in range(30)))
    assert house.pager.about == [TRIPPED]
    house.wait(hours=1)
    assert public(house) == []


def test_live_stories_that_all_change_at_once_keep_their_old_words(house: Watched) -> None:
    for number in range(8):
        house.receive(item(number))
    changed = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z", "headline": "Gone"}
    house.receive(*(item(number, **changed) for number in range(8)))
    assert {house.story(f"urn:{number}").edition for number in range(8)} == {1}
    assert public(house) == list(range(8))
    assert "more than 5 live stories changed" in house.pager.calls[0][1]


def test_a_feed_that_says_the_same_at_every_poll_is_no_burst(house: Watched) -> None:
    entries = [(f"urn:{n}", f"Captain number {n} dies at 90", "He was known.") for n in range(5)]
    for _ in range(5):
        house.receive(feed(*entries))
        house.now += timedelta(minutes=1)
    assert public(house) == [0, 1, 2, 3, 4]
    assert house.pager.calls == []


def test_a_share_of_kills_stops_what_is_new_and_no_kill(tmp_path: Path) -> None:
    house = Watched(tmp_path / "data", settings(kill_share=0.5, kill_sample=10))
    try:
        for number in range(10):
            house.receive(item(number))
        later = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z"}
        for number in range(10):
            house.receive(item(number, pubstatus="canceled", **later))
        assert public(house) == []
        assert house.pager.about == [TRIPPED]
        assert codes(house.send("urn:new")) == ["paused"]
    finally:
        house.desk.close()


def test_what_was_kept_of_the_breaker_and_cannot_be_read_opens_nothing(
    house: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    house.receive(*(death(number) for number in range(8)))
    house.desk.store.keep_setting("breaker", "{")
    house.restart()
    assert house.desk.paused == {"inbox"}
    assert "cannot be read" in caplog.text


# --- the limits a house has where it sets none --------------------------------------------------


def test_a_busy_wire_trips_nothing_by_default(tmp_path: Path) -> None:
    """A first poll of fifty, thirty pushes at once, their updates, kills and some deaths."""
    house = Watched(tmp_path / "data", config())
    try:
        entries = [(f"urn:{n}", f"Harbour board meets, part {n}", "It met.") for n in range(50)]
        house.receive(feed(*entries))
        house.receive(*(item(n) for n in range(100, 130)))
        house.receive(*(death(n) for n in range(200, 212)))
        later = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z", "headline": "Again"}
        house.receive(*(item(n, **later) for n in range(110, 130)))
        house.receive(*(item(n, pubstatus="canceled", **later) for n in range(100, 110)))
        assert house.pager.calls == []
        assert story_count(house) == 82
    finally:
        house.desk.close()


def story_count(house: House) -> int:
    return house.desk.store.counts()["live"]


def test_a_drill_is_not_counted(house: Watched) -> None:
    """Its stories are the desk's own: a drill a minute must not stop a source."""
    for number in range(8):
        story = Story(
            id=f"{number:016}", agency=AGENCY, guid=f"urn:{number}", state=State.held, drill=True
        )
        house.desk.store.commit([StoryChange(story=story)])
        house.receive(death(number))
    assert house.pager.calls == []
