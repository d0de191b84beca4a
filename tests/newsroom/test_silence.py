"""A source that falls silent calls a person, once, until it speaks again."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from copytaster.newsroom._latch import Bell
from copytaster.newsroom._rhythm import HOUR
from copytaster.newsroom._rhythm import whole
from copytaster.newsroom._silence import SILENT
from copytaster.newsroom._silence import Silence
from copytaster.newsroom._silence import Word
from copytaster.newsroom._silence import told
from copytaster.newsroom.alerts import Alerts
from copytaster.store import Came
from tests.newsroom.making import MORNING
from tests.newsroom.making import House
from tests.newsroom.making import config
from tests.newsroom.making import house as opened_house

pytestmark = pytest.mark.anyio
WEEK = timedelta(weeks=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened_house(tmp_path / "data") as house:
        yield house


class Watched:
    """A house whose sources are looked at, and who was called."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.alerts = Alerts(house.data, lambda: house.now)
        self.restart()

    def restart(self) -> None:
        self.silence = Silence(self.house.desk, self.alerts, lambda: self.alerts.opened)

    def learn(self, weeks: int = 3) -> None:
        """Weeks in which every hour of the day brought five; the last one ends now."""
        hours = [week * WEEK + hour * HOUR for week in range(weeks + 1) for hour in range(-4, 9)]
        now = self.house.now + weeks * WEEK
        instants = [self.house.now + past + n * MINUTE for past in hours for n in range(5)]
        self.bring(*(at for at in instants if at <= now))
        self.house.now = now

    def bring(self, *instants: datetime) -> None:
        sent = [
            self.house.delivery(f"{at}".encode(), received=at)
            for at in instants or [self.house.now]
        ]
        self.house.desk.accept(sent)

    def at(self, **span: float) -> list[str]:
        """Who is called for, so long after now."""
        self.house.now += timedelta(**span)
        self.silence.look()
        return [bell.about for bell in self.alerts.opened if bell.code == SILENT]


@pytest.fixture
def watched(house: House) -> Watched:
    return Watched(house)


def test_a_person_is_called_after_three_silent_hours_and_not_before(watched: Watched) -> None:
    watched.learn()
    assert watched.at(minutes=0) == []
    assert watched.at(hours=3, minutes=59) == []
    assert watched.at(minutes=1) == ["inbox"]
    (bell,) = watched.alerts.opened
    assert "nothing has come since 2026-03-23 09:00 UTC" in bell.text
    assert "/desk/health/inbox" in bell.text


def test_what_comes_ends_it_at_the_next_look(watched: Watched) -> None:
    watched.learn()
    watched.at(hours=4)
    watched.bring()
    assert watched.at(minutes=1) == []
    assert watched.at(minutes=30) == []


def test_a_call_is_ended_by_what_came_before_a_desk_that_ended_looked(watched: Watched) -> None:
    watched.learn()
    watched.at(hours=4)
    watched.house.now += 5 * MINUTE
    watched.bring()
    watched.house.now += 3 * HOUR
    watched.restart()
    assert watched.at(minutes=0) == []


def test_it_rings_once_an_hour_for_as_long_as_it_is_silent(watched: Watched) -> None:
    watched.learn()
    watched.at(hours=4)
    for _ in range(59):
        watched.at(minutes=1)
    assert [bell.times for bell in watched.alerts.opened] == [1]
    watched.at(minutes=1)
    assert [bell.times for bell in watched.alerts.opened] == [2]


def test_a_night_ends_no_call(watched: Watched) -> None:
    watched.learn()
    watched.at(hours=4)
    assert watched.at(hours=8) == ["inbox"]


def test_a_desk_that_was_not_there_waits_before_it_calls(watched: Watched) -> None:
    watched.learn()
    watched.house.now += 4 * HOUR
    watched.restart()
    assert watched.at(minutes=0) == []
    assert watched.at(hours=2, minutes=59) == []
    assert watched.at(minutes=1) == ["inbox"]


def test_in_a_pause_nobody_is_called_and_all_clears_are_given(watched: Watched) -> None:
    watched.learn()
    watched.house.desk.pause()
    assert watched.at(hours=4) == []
    watched.house.desk.resume()
    assert watched.at(minutes=0) == ["inbox"]
    watched.house.desk.pause("inbox")
    watched.bring()
    assert watched.at(minutes=1) == []


@pytest.mark.parametrize(
    ("tables", "silent"),
    [
        ({"health": {"silent_minutes": 0}}, False),
        ({"health": {"silent_minutes": 30}}, True),
        ({"sources": {"inbox": {"route": "push", "silent_minutes": 30}}}, True),
        (
            {
                "health": {"silent_minutes": 30},
                "sources": {"inbox": {"route": "push", "silent_minutes": 0}},
            },
            False,
        ),
    ],
)
def test_how_long_is_a_setting_of_the_house_and_of_the_source(
    tmp_path: Path, tables: dict[str, object], silent: bool
) -> None:
    with opened_house(tmp_path / "data", config(**tables)) as house:
        watched = Watched(house)
        watched.learn()
        assert watched.at(hours=2, minutes=29) == []
        assert bool(watched.at(minutes=1)) is silent


def test_a_source_that_is_gone_from_the_settings_rings_no_more(watched: Watched) -> None:
    watched.alerts(SILENT, "long ago", about="gone")
    assert watched.at(minutes=0) == []


async def test_it_looks_again_and_again_and_a_fault_ends_nothing(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched.learn()
    watched.house.now += 4 * HOUR
    naps: list[float] = []

    def fails(*_: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr(watched.house.desk.store, "came", fails)

    async def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 2:
            monkeypatch.undo()
        if len(naps) == 3:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await watched.silence.run(nap)
    assert [bell.code for bell in watched.alerts.opened] == [SILENT]


# --- always and never ------------------------------------------------------------------------

QUARTER = timedelta(minutes=15)
OF_THREE_DAYS = 3 * 24 * 4


def looks(arrived: Sequence[datetime]) -> Iterator[tuple[datetime, Came]]:
    """Every half hour of three days after five weeks, and what had come by then."""
    coming, hours = sorted(arrived, reverse=True), Counter[datetime]()
    first, last = coming[-1], None
    for look in range(2 * 3 * 24):
        now = MORNING + 5 * WEEK + look * HOUR / 2
        while coming and coming[-1] <= now:
            last = coming.pop()
            hours[whole(last)] += 1
        yield now, Came(first=first, last=last, hours=hours)


@settings(max_examples=30)
@given(
    st.lists(st.integers(0, OF_THREE_DAYS), max_size=6),
    st.sets(st.integers(0, 23), min_size=12),
    st.integers(0, 5),
    st.integers(0, 300),
)
def test_nobody_is_called_before_the_rhythm_is_known_and_every_delivery_ends_a_call(
    more: list[int], times: set[int], weeks: int, grace: int
) -> None:
    """Three an hour at these times of day for some of five weeks, then whatever comes."""
    began = MORNING + (5 - weeks) * WEEK
    steady = [
        began + hour * HOUR + n * QUARTER
        for hour in range(weeks * 7 * 24)
        if hour % 24 in times
        for n in range(3)
    ]
    bell, allowed = None, timedelta(minutes=grace)
    for now, came in looks([began, *steady, *(MORNING + 5 * WEEK + n * QUARTER for n in more)]):
        assert came.last is not None
        word = told(came, now, began=MORNING, allowed=allowed, bell=bell)
        if word is Word.call:
            assert began <= now - 2 * WEEK - HOUR
            assert came.last < whole(now) - HOUR
            bell = bell or Bell(code=SILENT, about="x", text="", since=now, rang=now)
        elif bell is not None:
            assert (word is Word.over) is (came.last > bell.since)
        bell = None if word is Word.over else bell


@settings(max_examples=30)
@given(st.lists(st.integers(0, 2 * 7 * 24 * 4), max_size=200), st.integers(0, 47))
def test_in_its_first_two_weeks_a_source_calls_nobody(arrived: list[int], hours: int) -> None:
    now = MORNING + 2 * WEEK + hours * HOUR
    instants = sorted(now - n * QUARTER for n in arrived)
    hours = Counter(whole(at) for at in instants)
    first, last = (instants[0], instants[-1]) if instants else (None, None)
    came = Came(first=first, last=last, hours=hours)
    assert told(came, now, began=MORNING, allowed=timedelta(0), bell=None) is None
