"""``kill -9`` of the log's writer at everything it does: the log never forks, and is never torn.

COPYTASTER_LOG_CRASHES says how often (5 in ``make test``, 50 in ``make ci``, 500 in ``make
soak``). The crashes of a whole desk look at the log too.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.crash


def test_a_writer_that_is_killed_at_every_write_goes_on_with_the_same_log(
    tmp_path: Path, project: Path
) -> None:
    kills = os.environ.get("COPYTASTER_LOG_CRASHES", "5")
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash.log_writer", str(tmp_path / "data"), kills],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    assert done.stdout.startswith(f"killed {kills} times")
