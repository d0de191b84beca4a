"""A drill happens when it is due, by the kept result of the last one, and is missed aloud."""

from datetime import datetime
from datetime import timedelta
from random import Random

import pytest

from copytaster.newsroom import drill_schedule
from copytaster.newsroom.drill import Busy
from copytaster.newsroom.drill_report import LAST
from copytaster.newsroom.drill_report import Outcome
from copytaster.newsroom.drill_report import Report
from copytaster.newsroom.drill_report import encoded
from copytaster.newsroom.drill_schedule import Schedule
from copytaster.store import Face
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.story import State
from tests.newsroom.calls import Calls
from tests.newsroom.making import MORNING
from tests.newsroom.making import House

pytestmark = pytest.mark.anyio


class Drill:
    """Keeps a clean report, or raises what it is given."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.fault: Exception | None = None
        self.ran: list[datetime] = []
        self.stuck: list[Story] = []

    def unproved(self) -> list[Story]:
        return self.stuck

    async def run(self) -> None:
        if self.fault is not None:
            raise self.fault
        self.ran.append(self.house.now)
        keep(self.house, self.house.now)


def keep(house: House, began: datetime, outcome: Outcome = Outcome.clean, **facts: object) -> None:
    report = Report(began=began, outcome=outcome, slow_seconds=5.0, **facts)
    house.desk.store.keep_setting(LAST, encoded(report))


@pytest.fixture
def drill(house: House) -> Drill:
    return Drill(house)


@pytest.fixture
def calls() -> Calls:
    return Calls()


def schedule(house: House, drill: Drill, calls: Calls, seed: int = 1) -> Schedule:
    return Schedule(
        drill,
        house.desk.store,
        lambda: house.now,
        calls,
        every_hours=24,
        chance=Random(seed),
    )


async def pass_hours(house: House, watch: Schedule, hours: float) -> None:
    """Time passes by two minutes at once."""
    for _ in range(int(hours * 30)):
        house.now += timedelta(minutes=2)
        await watch.tick()


async def test_the_first_drill_comes_within_minutes_and_the_next_within_a_day(
    house: House, drill: Drill, calls: Calls
) -> None:
    watch = schedule(house, drill, calls)
    await watch.tick()
    assert drill.ran == []
    await pass_hours(house, watch, 73)
    assert MORNING + timedelta(minutes=1) <= drill.ran[0] <= MORNING + timedelta(minutes=12)
    gaps = [later - former for former, later in zip(drill.ran, drill.ran[1:], strict=False)]
    assert len(gaps) == 3
    assert all(timedelta(hours=21.5) <= gap <= timedelta(hours=24.1) for gap in gaps)
    assert len(set(gaps)) > 1, "not at the same minute every day"


async def test_desks_that_are_started_together_do_not_drill_together(
    house: House, drill: Drill, calls: Calls
) -> None:
    assert schedule(house, drill, calls, 1).due() != schedule(house, drill, calls, 2).due()


async def test_a_restart_does_not_drill_again_before_it_is_due(
    house: House, drill: Drill, calls: Calls
) -> None:
    keep(house, MORNING - timedelta(hours=3))
    watch = schedule(house, drill, calls)
    await pass_hours(house, watch, 18)
    assert drill.ran == []
    await pass_hours(house, watch, 4)
    assert len(drill.ran) == 1


async def test_a_drill_that_fell_due_while_the_desk_was_down_is_made_up_for(
    house: House, drill: Drill, calls: Calls
) -> None:
    keep(house, MORNING - timedelta(days=9))
    watch = schedule(house, drill, calls)
    await pass_hours(house, watch, 0.2)
    assert len(drill.ran) == 1


async def test_a_drill_that_a_crash_left_public_is_taken_back_soon(
    house: House, drill: Drill, calls: Calls
) -> None:
    keep(house, MORNING - timedelta(hours=1))
    left = Story(
        id="0" * 16,
        agency="copytaster-drill",
        guid="urn:left",
        state=State.live,
        face=Face.live,
        edition=1,
        first_public=MORNING,
        face_changed=MORNING,
        drill=True,
    )
    house.desk.store.commit([StoryChange(story=left)])
    await pass_hours(house, schedule(house, drill, calls), 0.2)
    assert drill.ran


async def test_drills_wait_while_earlier_ones_are_not_seen_to_be_gone(
    house: House, drill: Drill, calls: Calls
) -> None:
    watch = schedule(house, drill, calls)
    drill.stuck = [
        Story(id=f"{n:016d}", agency="copytaster-drill", guid=f"urn:{n}", state=State.killed)
        for n in range(3)
    ]
    await pass_hours(house, watch, 1)
    assert drill.ran == []
    assert calls.open == [("drill-dirty", "drill")]
    assert "3 drills are not seen to be gone" in calls.text("drill-dirty")
    drill.stuck.pop()
    await pass_hours(house, watch, 0.2)
    assert len(drill.ran) == 1


async def test_a_clock_set_back_does_not_put_drills_off(
    house: House, drill: Drill, calls: Calls
) -> None:
    keep(house, MORNING + timedelta(days=400))
    watch = schedule(house, drill, calls)
    await pass_hours(house, watch, 0.2)
    assert len(drill.ran) == 1


async def test_a_drill_that_does_not_happen_calls_a_person_and_is_tried_again(
    house: House, drill: Drill, calls: Calls
) -> None:
    watch = schedule(house, drill, calls)
    drill.fault = OSError("no room on the disk")
    await pass_hours(house, watch, 1)
    assert calls.open == [("drill-missed", "drill")]
    assert "did not happen: OSError: no room on the disk; try `copytaster drill`" in calls.text(
        "drill-missed"
    )
    assert 4 <= len(calls.all) <= 6, "every ten minutes"
    drill.fault = None
    await pass_hours(house, watch, 0.2)
    assert len(drill.ran) == 1


async def test_a_drill_that_somebody_asked_for_counts(
    house: House, drill: Drill, calls: Calls
) -> None:
    watch = schedule(house, drill, calls)
    drill.fault = Busy("a drill has been running since nine")
    await pass_hours(house, watch, 0.2)
    assert calls.all == []


# --- what the doctor says -----------------------------------------------------------------------


def told(house: House, every_hours: float = 24) -> list[str]:
    return list(drill_schedule.faults(house.desk.store, every_hours, house.now))


def test_the_doctor_finds_nothing_wrong_with_a_new_desk(
    house: House, drill: Drill, calls: Calls
) -> None:
    assert told(house) == []
    schedule(house, drill, calls)
    house.now += timedelta(hours=30)
    assert told(house) == []


def test_the_doctor_misses_a_drill_that_never_happened(
    house: House, drill: Drill, calls: Calls
) -> None:
    schedule(house, drill, calls)
    house.now += timedelta(hours=32)
    (line,) = told(house)
    assert line.startswith("no drill since 2026-03-02T09:00:00+00:00, though one is due every 24")
    assert told(house, every_hours=0) == []


def test_the_doctor_tells_of_a_drill_that_went_wrong_until_the_next_is_clean(house: House) -> None:
    keep(house, house.now, Outcome.dirty, faults=("/: still listed", "another"))
    (line,) = told(house)
    assert line.endswith(
        "the drill went wrong: /: still listed (and 1 more); see `copytaster drill --last`"
    )
    keep(house, house.now, Outcome.slow, to_publish=0.2, to_clean=7.25)
    (line,) = told(house)
    assert "was slow: public after 0.200 s, gone after 7.250 s; allowed are 5 s" in line
    keep(house, house.now)
    assert told(house) == []
    house.now += timedelta(hours=32)
    assert len(told(house)) == 1
