"""What cannot be read calls a person: it may be a kill, and nobody else will ever read it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from copytaster import formats
from copytaster import verdict
from copytaster.agency import Profile
from copytaster.item import PubStatus
from copytaster.item import Target
from copytaster.newsroom import _intake
from copytaster.newsroom import letter_orders
from copytaster.newsroom.alerts import Alerts
from copytaster.store import Dismissal
from copytaster.store import Face
from copytaster.store import Full
from copytaster.verdict import notices
from tests.formats.test_anpa_1312 import message
from tests.newsroom.making import TEXT
from tests.newsroom.making import House
from tests.newsroom.making import ninjs
from tests.pager import Pager

NOISE = b"\x00\x01 no format reads this"
KILL = b'{"uri": "urn:seaboard:ferry", "pubstatus": "canceled",, }'


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path / "data")
    yield house
    house.desk.close()


@pytest.fixture
def pager(house: House) -> Pager:
    house.desk.alert = pager = Pager()
    return pager


def fails(error: Exception) -> Any:
    def fail(*_: Any, **__: Any) -> Any:
        raise error

    return fail


# --- whom it calls ------------------------------------------------------------------------------


def test_a_delivery_that_cannot_be_read_calls_a_person(house: House, pager: Pager) -> None:
    (bad,) = house.receive(NOISE)
    ((code, text),) = pager.calls
    assert code == "dead-letter"
    assert bad in text
    assert "copytaster retry" in text
    assert pager.about == [("dead-letter", "inbox")]


def test_what_may_be_a_kill_calls_louder_and_for_itself(house: House, pager: Pager) -> None:
    house.send()
    (bad,) = house.receive(KILL)
    assert pager.about == [("dead-letter-kill", bad)]
    assert "MAY TAKE A STORY BACK" in pager.calls[0][1]
    assert house.story().face is Face.live, "nobody can tell which story it means"


def test_a_kill_that_was_read_and_could_not_be_ruled_on_is_loud_too(
    house: House, pager: Pager, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(verdict, "decide", fails(ValueError("a slip")))
        (bad,) = house.receive(ninjs("urn:unknown", pubstatus="canceled", body_text=None))
    assert ("dead-letter-kill", bad) in pager.about


def test_a_notice_that_called_already_does_not_call_twice(
    house: House, pager: Pager, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.send()
    with monkeypatch.context() as patch:
        patch.setattr(notices, "resolve", fails(ValueError("a slip")))
        (bad,) = house.receive(
            ninjs("urn:notice", headline="KILL KILL KILL", text="Please kill item seaboard 157.")
        )
    assert [about for _, about in pager.about] == [bad]
    assert pager.about[0][0] == "notice-not-linked"
    house.desk.store.retry(bad)
    house.desk.settle()
    assert ("notice-not-linked", bad) in pager.ended


def test_a_flood_of_them_is_one_call(house: House, tmp_path: Path) -> None:
    house.desk.alert = alerts = Alerts(tmp_path, lambda: house.now)
    house.receive(*[NOISE + b"%d" % n for n in range(70)])
    (bell,) = alerts.opened
    assert bell.code == "dead-letter"
    house.receive(*[b"KILL KILL KILL %d" % n for n in range(70)])
    assert len(alerts.opened) == 1 + 21, "twenty, and one more for all others"


def test_a_defect_in_looking_for_kills_calls_louder_and_stalls_nothing(
    house: House, pager: Pager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "may_take_back", fails(RecursionError("too deep")))
    bad, _ = house.receive(NOISE, ninjs())
    assert pager.about == [("dead-letter-kill", bad)]
    assert house.story().face is Face.live


# --- the all-clear ------------------------------------------------------------------------------


@pytest.mark.parametrize(("data", "about"), [(NOISE, "inbox"), (KILL, None)])
def test_a_letter_that_is_read_at_last_ends_its_call(
    data: bytes,
    about: str | None,
    house: House,
    pager: Pager,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (bad,) = house.receive(data)
    assert pager.open
    real = formats.parse
    with monkeypatch.context() as patch:
        patch.setattr(formats, "parse", lambda _data, *rest: real(ninjs(), *rest))
        letter_orders.retry(house.desk, [bad])
        house.desk.settle()
    assert pager.open == set()
    assert pager.about[0][1] == (about or bad)


def test_the_call_of_a_source_ends_with_its_last_letter(house: House, pager: Pager) -> None:
    one, two = house.receive(NOISE, NOISE + b"2")
    letter_orders.dismiss(house.desk, [one], why="a test of theirs", by="ada")
    assert ("dead-letter", "inbox") in pager.open
    letter_orders.dismiss(house.desk, [two], why="a test of theirs", by="ada")
    assert pager.open == set()


def test_a_dismissed_letter_keeps_its_bytes_and_who_dismissed_it(
    house: House, pager: Pager
) -> None:
    (bad,) = house.receive(KILL)
    assert letter_orders.dismiss(house.desk, [bad], why="killed by hand", by="ada") == [bad]
    assert pager.open == set()
    fate = house.desk.store.fate(bad)
    assert fate is not None
    assert fate.dismissed is not None
    assert (fate.dismissed.by, fate.dismissed.why) == ("ada", "killed by hand")
    assert house.desk.store.delivery(bad).data == KILL
    assert letter_orders.retry(house.desk, [bad]) == [bad], "it can be read again all the same"


def test_only_what_is_dead_can_be_dismissed(house: House, pager: Pager) -> None:
    (good,) = house.receive(ninjs())
    (bad,) = house.receive(NOISE)
    with pytest.raises(LookupError, match=f"no dead letter is called {good}"):
        letter_orders.dismiss(house.desk, [bad, good], why="no", by="ada")
    assert pager.open == {("dead-letter", "inbox")}


def test_a_desk_that_ended_before_the_all_clear_gives_it_when_it_starts_anew(
    house: House, tmp_path: Path
) -> None:
    house.desk.alert = alerts = Alerts(tmp_path, lambda: house.now)
    noise, kill = house.receive(NOISE, KILL)
    house.desk.end_old_calls(alerts.opened)
    assert len(alerts.opened) == 2, "nothing has ended"
    said = Dismissal(at=house.now, by="ada", why="noise")
    assert all(house.desk.store.dismiss(id, said) for id in (noise, kill))
    house.restart()
    house.desk.alert = again = Alerts(tmp_path, lambda: house.now)
    house.desk.end_old_calls(again.opened)
    assert again.opened == []


# --- parts that were left out -------------------------------------------------------------------


def test_an_item_that_cannot_be_read_among_others_calls_once(house: House, pager: Pager) -> None:
    wires = message() + b"\x01no header\r\n\x02x\x03\x04"
    house.receive(wires)
    assert pager.about == [("entry-unreadable", "inbox")]
    assert "no ANPA 1312 header" in pager.calls[0][1]
    house.receive(wires)
    assert len(pager.calls) == 1, "a feed says the same at every poll"


def test_an_item_that_cannot_be_read_calls_although_the_first_commit_failed(
    house: House, pager: Pager, monkeypatch: pytest.MonkeyPatch
) -> None:
    wires = message() + b"\x01no header\r\n\x02x\x03\x04"
    house.desk.accept([house.delivery(wires)])
    with monkeypatch.context() as full:
        full.setattr(house.desk.store, "commit", fails(Full("no room")))
        with pytest.raises(Full):
            house.desk.read()
    assert pager.about == []
    house.desk.settle()
    assert pager.about == [("entry-unreadable", "inbox")]


def test_what_cannot_be_read_in_two_deliveries_of_one_commit_calls_once(
    house: House, pager: Pager
) -> None:
    wires = message() + b"\x01no header\r\n\x02x\x03\x04"
    house.receive(wires, wires + b"\r\n")
    assert pager.about == [("entry-unreadable", "inbox")]


def test_more_than_one_delivery_may_say_of_other_stories_waits_for_a_person(
    house: House, pager: Pager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_intake, "MOST_TARGETS", 2)
    ids = [f"urn:{n}" for n in range(3)]
    house.receive(*[ninjs(id, text=f"Number {id}. {TEXT}") for id in ids])
    released = Target(idref="urn:3", new_status=PubStatus.usable)
    targets = (released, *(Target(idref=id) for id in ids))
    monkeypatch.setattr(formats, "parse", naming(*targets, targets[-1]))
    (letter,) = house.receive(ninjs("urn:notice"))
    assert ("notice-too-wide", letter) in pager.about
    assert any("says 2 things" in text for _, text in pager.calls)
    notice = house.desk.store.delivery(letter)
    opened = _intake.open_delivery(notice, house.desk.house.profile("seaboard"))
    assert [one.guid for one in opened.addressed] == ["urn:notice", *ids[:2]], "kills go first"


def naming(*targets: Target) -> Any:
    """A parser whose item names these."""

    def parse(data: bytes, profile: Profile, context: formats.Context) -> formats.Parsed:
        parsed = real(data, profile, context)
        return replace(parsed, items=tuple(replace(i, targets=targets) for i in parsed.items))

    real = formats.parse
    return parse
