"""How much memory reading a feed takes, each reader in a process of its own.

``python -m bench.memory NAME`` reads the feed on its standard input with one reader and prints
by how many bytes the process's resident memory grew at its peak.
"""

import resource
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from pathlib import Path

from bench import peers
from bench import wires
from copytaster import agency
from copytaster import formats

_OURS = "copytaster"
_STATUS = Path("/proc/self/status")


def kept(items: int, names: Sequence[str]) -> dict[str, float]:
    """Peak growth over the size of the input, by reader."""
    data = _input(items)
    return {name: _grown(name, data) / len(data) for name in (_OURS, *names)}


def _input(items: int) -> bytes:
    return wires.rss(*(wires.story(number, size=4500) for number in range(items)))


def _grown(name: str, data: bytes) -> int:
    ran = subprocess.run(
        [sys.executable, "-m", "bench.memory", name],
        input=data,
        capture_output=True,
        check=True,
        cwd=Path(__file__).resolve().parent.parent,
    )
    return int(ran.stdout)


def _reader(name: str) -> peers.Count:
    if name != _OURS:
        return peers.gather(fetch=False).found[name]["rss"]
    profile = agency.load("bench")
    context = formats.Context(received=datetime(2026, 11, 22, tzinfo=UTC))
    return lambda data: len(formats.parse(data, profile, context).items)


def _peak() -> int:
    """The most that was ever resident, in bytes; on Linux since :func:`_forget`."""
    if _STATUS.exists():
        told = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(told.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _forget() -> None:
    """Begin to measure anew: a process starts with the peak of the one that started it."""
    if _STATUS.exists():
        Path("/proc/self/clear_refs").write_text("5")  # proc(5)


def main() -> None:
    read = _reader(sys.argv[1])
    read(_input(2))
    data = sys.stdin.buffer.read()
    _forget()
    before = _peak()
    read(data)
    print(_peak() - before)


if __name__ == "__main__":
    main()
