"""The desk and its clock: the instant of an embargo, a restart beside it, a clock set back."""

from collections.abc import Callable
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path

import pytest

from copytaster.newsroom import open_desk
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import WorkKind
from copytaster.story import State
from tests.newsroom.making import MORNING
from tests.newsroom.making import House
from tests.newsroom.making import config

END = MORNING + timedelta(hours=1)
_MICROSECOND = timedelta(microseconds=1)
_SECOND = timedelta(seconds=1)
_HOUR = timedelta(hours=1)


def until(end: datetime) -> dict[str, str]:
    return {"embargoed": end.isoformat()}


def at(house: House, now: datetime) -> Face:
    """What readers see of the story once all is done at this instant."""
    house.now = now
    house.desk.settle()
    return house.story().face


def events(house: House) -> list[EventKind]:
    return [event.kind for event in house.desk.store.events(story=house.story().id)]


class Person:
    """Who is called."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def __call__(self, code: str, text: str, about: str | None = None) -> None:
        self.heard.append(f"{code} {about}")

    def over(self, code: str, about: str) -> None:
        self.heard.append(f"over {code} {about}")


CALLED = "clock-set-back clock"


@pytest.fixture
def calls(house: House) -> list[str]:
    """What a person was told."""
    house.desk.alert = person = Person()
    return person.heard


# --- the instant itself -------------------------------------------------------------------------


@pytest.mark.parametrize("before", [_SECOND, _MICROSECOND])
def test_an_embargo_ends_at_its_instant_and_not_before(house: House, before: timedelta) -> None:
    house.send(**until(END))
    assert at(house, END - before) is Face.none
    assert house.desk.next_ring() == END
    assert at(house, END) is Face.live
    assert at(house, END + before) is Face.live
    assert house.story().first_public == END


@pytest.mark.parametrize("before", [timedelta(seconds=0.9), _MICROSECOND])
def test_a_restart_in_the_last_second_opens_at_the_instant(house: House, before: timedelta) -> None:
    house.send(**until(END))
    house.now = END - before
    house.restart()
    assert at(house, house.now) is Face.none
    assert at(house, END) is Face.live


def test_what_was_due_while_the_desk_was_down_opens_when_it_comes_up(house: House) -> None:
    house.send(**until(END))
    house.now = END + timedelta(minutes=3)
    house.restart()
    house.desk.settle()
    assert house.story().face is Face.live


def test_what_comes_in_the_very_instant_is_not_early(house: House) -> None:
    house.now = END
    assert house.send(**until(END)).face is Face.live


@pytest.mark.parametrize(
    ("written", "end"),
    [
        ("2026-03-29T02:30:00+01:00", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        ("2026-03-08T02:30:00-05:00", datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),
    ],
    ids=["Berlin", "New York"],
)
def test_a_time_that_the_clocks_skip_is_an_instant_where_its_offset_is_written(
    house: House, written: str, end: datetime
) -> None:
    house.send(embargoed=written)
    assert at(house, end - _MICROSECOND) is Face.none
    assert at(house, end) is Face.live


# --- a clock that is set back -------------------------------------------------------------------


def opened(house: House) -> None:
    """The story went live at the end of its embargo."""
    house.send(**until(END))
    assert at(house, END + _SECOND) is Face.live


def test_a_clock_set_back_takes_down_what_it_opened_too_early(
    house: House, calls: list[str]
) -> None:
    """The clock may have been an hour ahead: then the embargo was broken."""
    opened(house)
    assert at(house, END - _HOUR) is Face.hold
    assert calls == [CALLED]
    assert house.story().state is State.embargoed
    assert at(house, END - _SECOND) is Face.hold
    assert at(house, END) is Face.live


def test_a_clock_set_back_closes_and_opens_once(house: House, calls: list[str]) -> None:
    opened(house)
    for minute in range(60):
        at(house, END - _HOUR + timedelta(minutes=minute))
        house.send(**until(END))
        house.send("urn:another", headline=f"Another story {minute}")
    at(house, END)
    at(house, END + _HOUR)
    assert events(house) == [EventKind.published, EventKind.held, EventKind.released]
    assert calls == [CALLED, f"over {CALLED}"]


def test_a_clock_set_back_leaves_alone_what_was_never_embargoed(
    house: House, calls: list[str]
) -> None:
    house.now = END
    house.send()
    assert at(house, END - _HOUR) is Face.live
    assert events(house) == [EventKind.published]
    assert calls == [CALLED]


def test_a_clock_set_back_while_the_desk_was_down_is_noticed_at_the_start(house: House) -> None:
    opened(house)
    house.now = END - _HOUR
    house.restart()
    house.desk.alert = person = Person()
    house.desk.settle()
    assert house.story().face is Face.hold
    assert person.heard == [CALLED]


def test_a_clock_that_goes_on_calls_nobody(house: House, calls: list[str]) -> None:
    opened(house)
    house.restart()
    house.desk.alert = person = Person()
    house.desk.settle()
    house.wait(seconds=30)
    assert [*calls, *person.heard] == []


@pytest.mark.parametrize("step", [timedelta(milliseconds=1), timedelta(seconds=0.99)])
def test_a_small_step_back_is_stood_still_through(
    house: House, calls: list[str], step: timedelta
) -> None:
    """Time services step a clock by less than a second; nothing flickers for that."""
    house.send(**until(END))
    assert at(house, END) is Face.live
    house.now = END - step
    assert house.desk.clock() == END
    house.send(version="2", **until(END), text="An update in the same second.")
    assert events(house) == [EventKind.published, EventKind.updated]
    assert calls == []
    house.now = END + _SECOND
    assert house.desk.clock() == END + _SECOND


def test_a_withdrawal_that_was_put_off_does_not_wait_for_the_old_time(house: House) -> None:
    house.now = END
    house.send()
    house.kill()  # pressed; to be pressed again in half a minute unless it is proved
    house.now = END - _HOUR
    house.desk.ring()
    owed = house.desk.press()
    assert [piece.kind for piece in owed] == [WorkKind.withdraw]


def test_an_editors_word_after_a_clock_was_set_back_is_the_newest(house: House) -> None:
    house.now = END
    house.send(pubstatus="commissioned")
    assert house.hold().state is State.held
    house.now = END - _HOUR
    assert house.release().state is State.live
    house.now = END - 2 * _HOUR
    assert house.hold().state is State.held


@pytest.fixture
def jittery(tmp_path: Path) -> Iterator[Callable[[timedelta], datetime]]:
    """A desk's clock, by what the system's says."""
    now = [MORNING]
    desk = open_desk(tmp_path / "jittery", config(), lambda: now[0])

    def tell(after: timedelta) -> datetime:
        now[0] = MORNING + after
        return desk.clock()

    yield tell
    desk.close()


def test_many_small_steps_back_never_take_the_clock_back(
    jittery: Callable[[timedelta], datetime],
) -> None:
    steps = [0.0, 0.4, 0.1, 0.9, 0.2, 0.0, 1.0, 0.5, 3.0, 2.5]
    told = [jittery(timedelta(seconds=step)) for step in steps]
    assert told == sorted(told)
    assert jittery(timedelta(seconds=-60)) == MORNING - timedelta(seconds=60)
