"""Every wire script, as a test: plain, with a restart at each step, and in other orders.

The statement each test makes is the first line of its script.
"""

import os
from datetime import UTC
from datetime import datetime
from pathlib import Path

import pytest

from copytaster.config import Config
from copytaster.demo import Script
from copytaster.demo import load
from copytaster.demo import show
from copytaster.demo.config import config
from tests.scenarios.virtual import only_looks_again
from tests.scenarios.virtual import run
from tests.scenarios.virtual import shuffles
from tests.scenarios.virtual import with_restart

DAY = load(show.DAY)
MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
SCRIPTS = {path.stem: load(path) for path in sorted(Path(__file__).parent.glob("*.wire"))}
IN_FULL = "COPYTASTER_EXAMPLES" in os.environ
"""`make properties` and the soak restart at every step; `make test` at two of each script"""


def _places(script: Script) -> list[int]:
    """The steps after which a restart may make a difference."""
    places = [n for n in range(len(script.steps)) if not only_looks_again(script, n)]
    few = {places[len(places) // 3], places[2 * len(places) // 3]}
    return places if IN_FULL else sorted(few)


RESTARTS = [(name, place) for name, one in SCRIPTS.items() for place in _places(one)]
ORDERS = [
    (name, number)
    for name, one in SCRIPTS.items()
    if one.any_order
    for number in range(len(shuffles(one)))
]

pytestmark = [pytest.mark.anyio, pytest.mark.examples]


@pytest.fixture
def house() -> Config:
    return config()


async def play(script: Script, data: Path, house: Config, **how: bool) -> None:
    assert script.start is not None, f"{script.name}: a test needs a start"
    await run(script, data, house, script.start, **how)


@pytest.mark.parametrize("name", SCRIPTS)
async def test_the_script_plays_as_written(name: str, tmp_path: Path, house: Config) -> None:
    await play(SCRIPTS[name], tmp_path, house)


@pytest.mark.parametrize(("name", "place"), RESTARTS)
async def test_a_restart_at_any_step_changes_nothing(
    name: str, place: int, tmp_path: Path, house: Config
) -> None:
    await play(with_restart(SCRIPTS[name], place), tmp_path, house)


@pytest.mark.parametrize("name", SCRIPTS)
async def test_a_restart_between_receiving_and_reading_changes_nothing(
    name: str, tmp_path: Path, house: Config
) -> None:
    await play(SCRIPTS[name], tmp_path, house, restart_before_reading=True)


@pytest.mark.parametrize(("name", "number"), ORDERS)
async def test_the_order_of_arrival_does_not_matter(
    name: str, number: int, tmp_path: Path, house: Config
) -> None:
    await play(shuffles(SCRIPTS[name])[number], tmp_path, house, any_order=True)


@pytest.mark.parametrize("pace", [1.0, 7.5])
async def test_the_day_of_the_demo_plays_as_written(
    pace: float, tmp_path: Path, house: Config
) -> None:
    await run(DAY, tmp_path, house, MORNING, pace=pace)
