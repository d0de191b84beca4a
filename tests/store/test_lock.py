"""One desk per data folder."""

import os
import re
from pathlib import Path

import pytest

from copytaster.store import Locked
from copytaster.store import lock_folder
from tests.store.making import NOON
from tests.store.test_files import in_child

HOLD_UNTIL_KILLED = """
import sys, time
from pathlib import Path
from copytaster.store import lock_folder
lock = lock_folder(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def test_a_second_desk_is_refused_and_told_who_has_the_folder(tmp_path: Path) -> None:
    with lock_folder(tmp_path, since=NOON), pytest.raises(Locked) as refused:
        lock_folder(tmp_path)
    told = str(refused.value)
    assert str(tmp_path) in told
    assert f"process {os.getpid()} since 2026-03-01T12:00:00+00:00" in told


def test_a_folder_let_go_of_can_be_had_again(tmp_path: Path) -> None:
    lock = lock_folder(tmp_path / "new" / "folder")
    lock.release()
    lock.release()
    lock_folder(tmp_path / "new" / "folder").release()


def test_two_folders_have_two_desks(tmp_path: Path) -> None:
    with lock_folder(tmp_path / "a"), lock_folder(tmp_path / "b"):
        assert {one.name for one in tmp_path.iterdir()} == {"a", "b"}


def test_another_process_is_refused_until_the_first_died(tmp_path: Path) -> None:
    with in_child(HOLD_UNTIL_KILLED, tmp_path) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Locked, match=re.escape(f"process {other.pid}")):
            lock_folder(tmp_path)
        other.kill()
        other.wait()
    lock_folder(tmp_path).release()
