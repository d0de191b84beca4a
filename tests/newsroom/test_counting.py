"""What is counted of a source with each delivery."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.agency import DRILL
from copytaster.agency import DRILL_SOURCE
from copytaster.newsroom._counting import FAR
from copytaster.newsroom._counting import STEPS
from copytaster.newsroom._counting import step
from copytaster.newsroom._counting import within
from copytaster.store import Count
from tests.formats.test_anpa_1312 import message
from tests.newsroom.making import House
from tests.newsroom.making import feed
from tests.newsroom.making import house as opened_house
from tests.newsroom.making import ninjs

Told = dict[tuple[str, str], int]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened_house(tmp_path / "data") as house:
        yield house


def counted(house: House, source: str = "inbox") -> Told:
    found = house.desk.store.figures.counted(source, house.now - timedelta(days=1))
    return {(one.what, one.kind): one.n for one in found}


def test_a_version_is_counted_with_its_lateness(house: House) -> None:
    house.send(versioncreated="2026-03-02T08:59:57Z")
    assert counted(house) == {("version", "1"): 1, ("late", "5"): 1}


def test_what_is_said_twice_is_counted_once(house: House) -> None:
    for _ in range(3):
        house.receive(feed(("a", "Quay", "The quay is open."), ("b", "Mole", "So is the mole.")))
    assert counted(house)["version", "1"] == 2


def test_further_versions_of_a_story_are_counted_by_their_place(house: House) -> None:
    for n in range(1, 8):
        house.send(version=f"{n}", text=f"The ferry runs {n} times.")
    told = counted(house)
    assert [told["version", f"{n}"] for n in range(1, 6)] == [1, 1, 1, 1, 3]


def test_a_date_that_is_still_to_come_is_no_lateness(house: House) -> None:
    house.send(versioncreated="2026-03-02T09:07:00Z")
    told = counted(house)
    assert told["ahead", "600"] == 1
    assert not any(what == "late" for what, _ in told)


def test_a_version_without_an_instant_is_undated(house: House) -> None:
    house.send(versioncreated=None)
    assert counted(house)["undated", ""] == 1


def test_of_an_archive_and_of_a_first_polls_older_entries_no_lateness_is_told(
    house: House,
) -> None:
    house.receive(house.delivery(ninjs("a"), archive=True))
    house.receive(house.delivery(ninjs("b"), publish_after=house.now))
    house.receive(house.delivery(ninjs("c"), publish_after=house.now - timedelta(hours=1)))
    told = counted(house)
    assert told["version", "1"] == 3
    assert sum(n for (what, _), n in told.items() if what == "late") == 1


def test_a_held_story_is_counted_under_each_of_its_reasons(house: House) -> None:
    house.send(pubstatus="awaiting-desk")
    story = house.story()
    assert {kind for what, kind in counted(house) if what == "held"} == {
        reason.code for reason in story.reasons
    }
    house.send("other")
    assert sum(n for (what, _), n in counted(house).items() if what == "held") == 1


def test_repairs_are_counted_by_their_kind(house: House) -> None:
    whole = feed(("a", "Quay", "Open."), ("b", "Mole", "Open too."))
    house.receive(whole.replace(b"Open.", b"Open & dry."))
    told = counted(house)
    assert {key: n for key, n in told.items() if key[0] == "repair"} == {("repair", "xml"): 2}


def test_what_cannot_be_read_is_counted_each_time_it_is_tried(house: House) -> None:
    (id,) = house.receive(b"no news at all")
    house.desk.store.retry(id)
    house.desk.settle()
    assert counted(house) == {("dead", ""): 2}


def test_an_entry_that_cannot_be_read_is_counted_beside_its_neighbours(house: House) -> None:
    house.receive(message() + b"\x01no header\r\n\x02x\x03\x04")
    told = counted(house)
    assert (told["version", "1"], told["unreadable", ""]) == (1, 1)


def test_each_source_has_its_own_figures(house: House) -> None:
    house.receive(house.delivery(ninjs("a"), source="wire"), house.delivery(ninjs("b")))
    assert counted(house)["version", "1"] == counted(house, "wire")["version", "1"] == 1


def test_a_drill_is_counted_for_nobody(house: House) -> None:
    drill = house.delivery(ninjs("drill"), source=DRILL_SOURCE, agency=DRILL.id)
    house.receive(drill)
    assert counted(house, DRILL_SOURCE) == {}


@given(st.lists(st.floats(0, 1e7), min_size=1, max_size=50), st.sampled_from((0.5, 0.9)))
def test_so_large_a_share_did_not_pass_the_step_that_is_told(
    seconds: list[float], share: float
) -> None:
    found = within([Count(what="late", kind=step(one)) for one in seconds], share)
    assert found is not None
    assert sum(one <= found for one in seconds) >= share * len(seconds)
    below = [one for one in (0, *STEPS, float("inf")) if one < found][-1]
    assert sum(one <= below for one in seconds) < share * len(seconds) or below == 0


def test_what_passes_every_step_is_far() -> None:
    assert (step(0), step(86_400), step(86_401)) == ("1", "86400", FAR)
    assert within([], 0.5) is None
    assert within([Count(what="late", kind=FAR)], 0.5) == float("inf")
