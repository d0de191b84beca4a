"""The public eye complains when a script and the desk differ: a check that cannot fail is none."""

from datetime import UTC
from datetime import datetime
from pathlib import Path

import pytest

from copytaster.demo import read
from copytaster.demo.config import config
from tests.scenarios.virtual import run

pytestmark = pytest.mark.anyio

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
STORY = """# A story that went live, and one that was killed.
agency  seaboard  Europe/London
start   2026-03-02T09:00:00Z

09:00:00  send newsml-g2 ferry 1
    headline  Ferry turns back
    by        Asha Rao
    section   disaster
    text      The ferry turned back on Monday.
09:00:00  send newsml-g2 flood 1
    headline  Flood warning
    by        Asha Rao
    text      The weather office warned of floods.
09:01:00  send newsml-g2 flood 2  status canceled
"""


@pytest.mark.parametrize(
    "wrong",
    [
        "see ferry nowhere",
        "see ferry hold",
        "see ferry gone",
        "see ferry legal",
        "see ferry live  edition 2",
        'see ferry live  headline "Ferry turned back"',
        'see ferry live  by "Asha Rao"',
        'see ferry live  has "the ferry turned back"',
        'see ferry live  lacks "turned back on Monday"',
        'see ferry live  shows "Greenland Time"',
        'see ferry live  teaser "The ferry turned"',
        "see ferry live  published 2026-03-02T10:00:00",
        'see ferry live  note "A note nobody sent."',
        "see ferry live  label correction",
        "see ferry live  lang de",
        "see ferry live  app no",
        "see flood live",
        "see flood nowhere",
        "see flood hold",
        "lists lack ferry",
        "lists have flood",
        "feeds note ferry",
        "feeds drop ferry",
        "feeds drop flood",
        "events ferry published updated",
        "events flood published",
        "why ferry held",
        "why flood killed desk-kill",
        "dead letters 1",
    ],
)
async def test_a_wrong_expectation_fails(wrong: str, tmp_path: Path) -> None:
    script = read(f"{STORY}09:02:00  {wrong}\n", "wrong.wire")
    with pytest.raises(AssertionError, match=r"wrong\.wire:15: "):
        await run(script, tmp_path, config(), START)


@pytest.mark.parametrize(
    "right",
    [
        'see ferry live  edition 1  headline "Ferry turns back"  by "By Asha Rao"  app yes',
        'see ferry live  teaser "The ferry turned back on Monday."  shows "Greenwich Mean Time"',
        "see flood gone",
        "lists have ferry",
        "lists lack flood",
        "feeds note flood",
        "events flood published killed",
        "why flood killed canceled",
        "dead letters 0",
    ],
)
async def test_a_right_expectation_passes(right: str, tmp_path: Path) -> None:
    script = read(f"{STORY}09:02:00  {right}\n", "right.wire")
    await run(script, tmp_path, config(), START)
