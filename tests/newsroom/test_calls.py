"""A person is called for what was kept, also by a desk that ended before it called."""

from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from copytaster.newsroom._calls import Switchboard
from copytaster.newsroom.alerts import Alerts
from copytaster.newsroom.alerts import Nobody
from copytaster.store import Call
from copytaster.store import Full
from copytaster.store import OwedCall
from copytaster.store import open_sqlite
from copytaster.story import DecisionKind
from tests.newsroom.making import House
from tests.newsroom.making import ninjs
from tests.pager import Pager

KILL = ninjs("urn:kill", headline="KILL KILL KILL", text="Please kill what moved this morning.")


class Ended(BaseException):
    """The process is gone: nothing catches this."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path / "data")
    yield house
    house.desk.close()


class DiesBeforeItCalls:
    """An alert that the process does not live to make."""

    def __call__(self, code: str, text: str, about: str | None = None) -> None:
        raise Ended

    def over(self, code: str, about: str) -> None:
        """Nobody was called."""


@pytest.mark.parametrize("sent", [KILL, b"\x00 noise", b'{"pubstatus": "canceled",,}'])
def test_a_desk_that_ends_between_the_commit_and_the_call_calls_when_it_starts_anew(
    sent: bytes, house: House
) -> None:
    house.desk.alert = DiesBeforeItCalls()
    with pytest.raises(Ended):
        house.receive(sent)
    assert house.desk.store.waiting(9) == [], "what it tells of was kept"
    house.restart()
    house.desk.alert = pager = Pager()
    house.desk.settle()
    assert len(pager.calls) == 1
    house.restart()
    house.desk.alert = again = Pager()
    house.desk.settle()
    assert again.calls == []


def test_a_call_of_a_decision_outlives_the_process_too(house: House) -> None:
    words = "The ferry to Vester left the north quay at seven on Monday, and came back at nine."
    story = house.send(text=words)
    house.receive(house.delivery(ninjs("urn:other", text=words), agency="harbour"))
    house.desk.alert = DiesBeforeItCalls()
    with pytest.raises(Ended):
        house.desk.decide(story.id, DecisionKind.kill, reason="desk", by="ada")
    house.restart()
    house.desk.alert = pager = Pager()
    house.desk.settle()
    assert "copy-elsewhere" in [code for code, _ in pager.calls]


def test_a_picture_that_was_taken_back_calls_though_the_desk_ended(house: House) -> None:
    house.desk.alert = DiesBeforeItCalls()
    with pytest.raises(Ended):
        house.desk.photos.eliminate(
            "seaboard", ["urn:picture"], reason="agency", by="seaboard", since=house.now
        )
    house.restart()
    house.desk.alert = pager = Pager()
    house.desk.settle()
    assert pager.about == [("picture-kill-waits", "urn:picture")]


def test_a_desk_with_nobody_to_call_keeps_the_calls_for_one_that_has(house: House) -> None:
    assert isinstance(house.desk.alert, Nobody)
    house.receive(KILL)
    house.desk.alert = pager = Pager()
    house.desk.settle()
    assert [code for code, _ in pager.calls] == ["notice-names-nothing"]


def test_a_call_made_twice_by_a_crash_is_one_alert(house: House, tmp_path: Path) -> None:
    class DiesAfterTheCall(Alerts):
        def __call__(self, code: str, text: str, about: str | None = None) -> None:
            super().__call__(code, text, about)
            raise Ended

    house.desk.alert = DiesAfterTheCall(tmp_path, lambda: house.now)
    with pytest.raises(Ended):
        house.receive(KILL)
    house.restart()
    house.desk.alert = alerts = Alerts(tmp_path, lambda: house.now)
    house.desk.settle()
    (bell,) = alerts.opened
    assert bell.times == 2


def test_a_disk_too_full_to_note_a_call_makes_it_once_and_stalls_nothing() -> None:
    class FullDisk:
        def __init__(self, calls: Any) -> None:
            self.calls = self
            self._calls = calls
            self.full = True

        def owed(self) -> list[OwedCall]:
            return list(self._calls.owed())

        def made(self, calls: Sequence[OwedCall]) -> None:
            if self.full:
                raise Full("no room")
            self._calls.made(calls)

    store = open_sqlite(":memory:")
    store.commit((), (), [Call(code="notice-waits", text="look", about="a")])
    disk = FullDisk(store.calls)
    board, pager = Switchboard(disk), Pager()  # type: ignore[arg-type]
    board.make(pager)
    board.make(pager)
    assert len(pager.calls) == 1
    disk.full = False
    board.make(pager)
    assert len(pager.calls) == 1
    assert store.calls.owed() == []
    store.close()
