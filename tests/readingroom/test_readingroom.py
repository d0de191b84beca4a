"""Texts read in a process of its own: the same notes, whatever becomes of the process."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from copytaster.readingroom import ReadingRoom
from copytaster.readingroom import Text
from copytaster.readingroom import TooLong

_PATIENCE = 20.0
_STAND_IN = """
import sys, time
from multiprocessing.connection import Connection
line = Connection(int(sys.argv[1]))
line.send_bytes(b"")
"""
SILENT = _STAND_IN + "time.sleep(600)"
BABBLING = _STAND_IN + "line.recv_bytes(); line.send_bytes(b'<html>'); time.sleep(600)"
GONE = "raise SystemExit(3)"


def text(number: int, sent: str = "2026-11-30T00:10:00+05:30") -> Text:
    said = f'LONDON (Reuters) - "Boat {number} sails today," said Ana Reyes of the harbour board.\n'
    return Text(text=said, language="en", sent=datetime.fromisoformat(sent), agency="reuters")


def until(is_so: Callable[[], bool]) -> None:
    ends = time.monotonic() + _PATIENCE
    while not is_so():
        assert time.monotonic() < ends, "not in time"
        time.sleep(0.01)


def stand_in(program: str, seconds: float = 0.2) -> ReadingRoom:
    """With a process that does something else; it is there."""
    room = ReadingRoom(seconds, (sys.executable, "-c", program))
    room.open()
    return room


@pytest.fixture
def room() -> Iterator[ReadingRoom]:
    with closing(ReadingRoom()) as one:
        one.open()
        until(lambda: one.is_ready)
        yield one


def process_of(room: ReadingRoom, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids of the processes that it starts from now on."""
    started: list[int] = []
    begin: Any = subprocess.Popen

    def noted(*args: Any, **options: Any) -> Any:
        process = begin(*args, **options)
        started.append(process.pid)
        return process

    monkeypatch.setattr(subprocess, "Popen", noted)
    room.open()
    until(lambda: room.is_ready)
    return started


def test_it_gives_the_notes_that_reading_here_gives(room: ReadingRoom) -> None:
    texts = [text(number) for number in range(40)]
    texts.append(Text(text="कल", language="hi"))
    texts.append(Text(text="", language=None))
    texts.append(Text(text='Half a \ud83d pair, "it is," said Ana Reyes.', language="en"))
    texts.append(Text(text="\N{RIGHT-TO-LEFT OVERRIDE}“\n", language="xx", agency="nobody"))
    room.ahead(texts)
    assert [room.read(one) for one in texts] == [one.read() for one in texts]


def test_texts_that_differ_in_the_offset_of_one_moment_are_told_apart(
    room: ReadingRoom,
) -> None:
    india, london = text(1), text(1, "2026-11-29T18:40:00+00:00")
    assert india.sent == london.sent
    room.ahead([india, london])
    days = [room.read(one).dates[0].value for one in (london, india)]
    assert days == ["2026-11-29", "2026-11-30"]


def test_what_was_never_handed_over_is_read_here(room: ReadingRoom) -> None:
    room.ahead([text(1)])
    room.ahead([text(2)])
    assert room.read(text(3)) == text(3).read()
    assert room.read(text(1)) == text(1).read()
    assert room.read(text(2)) == text(2).read()


def test_more_than_it_takes_at_a_time_is_read_all_the_same(room: ReadingRoom) -> None:
    texts = [text(number) for number in range(600)]
    room.ahead(texts)
    assert [room.read(one) for one in texts[::7]] == [one.read() for one in texts[::7]]


def test_without_a_process_texts_are_read_here() -> None:
    room = ReadingRoom()
    room.ahead([text(1)])
    assert room.read(text(1)) == text(1).read()
    room.close()


def test_a_process_that_is_killed_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(ReadingRoom()) as room:
        (first, *others) = started = process_of(room, monkeypatch)
        assert not others
        room.ahead([text(1)])
        assert room.read(text(1)) == text(1).read()
        os.kill(first, signal.SIGKILL)
        room.ahead([text(2), text(3)])
        assert room.read(text(2)) == text(2).read()
        assert room.read(text(3)) == text(3).read()
        until(lambda: room.is_ready)
        assert len(started) == 2
        room.ahead([text(4)])
        assert room.read(text(4)) == text(4).read()


@pytest.mark.parametrize("program", [GONE, BABBLING, SILENT])
def test_one_that_never_answers_is_given_up(program: str, caplog: pytest.LogCaptureFixture) -> None:
    with closing(stand_in(program)) as room, caplog.at_level(logging.WARNING):
        until(lambda: room.is_ready or bool(caplog.records))
        room.ahead([text(1), text(2)])
        if program == SILENT:
            with pytest.raises(TooLong, match=r"not read within 0\.2 s"):
                room.read(text(1))
        assert room.read(text(2)) == text(2).read()
        assert not room.is_ready
    assert "there is no process that reads" in caplog.text


def test_only_the_text_that_it_is_stuck_with_goes_without_notes() -> None:
    with closing(stand_in(SILENT)) as room:
        until(lambda: room.is_ready)
        room.ahead([text(1), text(2)])
        assert room.read(text(2)) == text(2).read()


def test_it_ends_when_it_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    room = ReadingRoom()
    (process,) = process_of(room, monkeypatch)
    room.close()
    assert not is_running(process)
    room.close()
    assert room.read(text(1)) == text(1).read()


def test_it_ends_with_the_desk_that_was_killed() -> None:
    program = (
        "import os, signal, subprocess\n"
        "from copytaster.readingroom import ReadingRoom\n"
        "begin = subprocess.Popen\n"
        "def told(*a, **k):\n"
        "    process = begin(*a, **k); print(process.pid, flush=True); return process\n"
        "subprocess.Popen = told\n"
        "room = ReadingRoom(); room.open()\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL
    process = int(ended.stdout)
    until(lambda: not is_running(process))


def is_running(process: int) -> bool:
    try:
        told = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
    return told.rpartition(")")[2].split()[0] != "Z"
