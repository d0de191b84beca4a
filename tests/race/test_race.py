"""A kill that comes at the same instant as its story.

COPYTASTER_RACES says how often a kill races its story: 20 times in ``make test``, 1,000 times in
``make race`` and ``make ci``.
"""

import asyncio
import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from copytaster.store import Face
from copytaster.store import Receipt
from copytaster.store import WorkKind
from copytaster.story import State
from tests.newsroom import live as lives
from tests.newsroom.making import MORNING
from tests.race.watching import Look
from tests.race.watching import Race
from tests.race.watching import going
from tests.race.watching import race

pytestmark = [pytest.mark.anyio, pytest.mark.race]

RACES = int(os.environ.get("COPYTASTER_RACES", "20"))
LOTS = [range(first, min(first + 100, RACES)) for first in range(0, RACES, 100)]
"""those that share a desk"""
_AT_ONCE = 5


async def _run(data: Path, numbers: Sequence[int]) -> list[Race]:
    """All of these races, a few at a time, on one desk."""
    gate = asyncio.Semaphore(_AT_ONCE)
    async with lives.live(data, clock=going()) as live:

        async def one(number: int) -> Race:
            async with gate:
                return await race(live, number)

        return await asyncio.gather(*map(one, numbers))


@pytest.mark.parametrize("numbers", LOTS, ids=lambda lot: f"from{lot[0]}")
async def test_a_kill_that_races_its_story_is_never_seen_to_lose(
    numbers: range, tmp_path: Path
) -> None:
    races = await _run(tmp_path / "data", numbers)
    assert [(one.number, look) for one in races for look in one.wrong()] == []
    assert {one.state for one in races} == {State.killed}
    assert {one.face for one in races} <= {Face.none, Face.gone}
    # The race is one: the story was seen in some, and was never public in others.
    assert any(one.was_shown for one in races)
    assert any(one.face is Face.none for one in races)
    assert all(len(one.looks) >= 8 for one in races)


def test_a_word_seen_after_the_receipt_would_be_told() -> None:
    """The test above can fail."""
    receipt = Receipt(
        story="s", channel="site", address="/s/s", kind=WorkKind.withdraw, since=MORNING,
        seen=MORNING + timedelta(seconds=1), clean=True,
    )  # fmt: skip
    early = Look(MORNING, "/s/s", 200, shown=True)
    late = Look(MORNING + timedelta(seconds=2), "/s/s", 200, shown=True)
    gone = Look(MORNING + timedelta(seconds=3), "/s/s", 410, shown=False)
    told = {"number": 1, "looks": [early, late, gone], "state": State.killed, "face": Face.gone}
    assert Race(receipts=[receipt], **told).wrong() == [late]
    assert Race(receipts=[], **told).wrong() == [early, late]
