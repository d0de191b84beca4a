"""How many readers one story has: a page of 30 KB asked for as fast as it is answered.

The desk answers on one core and wrk asks from another. Where other programs have those cores too,
requests for each second of the server's own CPU say what a core to itself would do, and that is
what is held against the target; what the clock says stands beside it.
"""

import os
import random
import re
import shutil
import subprocess
import sys
import time
from datetime import UTC
from datetime import datetime
from pathlib import Path

import msgspec

from bench import front
from bench.desk import Desk
from bench.measures import Scale
from bench.numbers import Result
from bench.sender import AGENCY
from bench.stories import paragraph
from copytaster.config import Config
from copytaster.newsroom.house import site

WRK = shutil.which("wrk")
_BYTES = 30_000
_CONNECTIONS = 16
_TICK = os.sysconf("SC_CLK_TCK")
_COUNT = re.compile(r"(\d+) requests in ([0-9.]+)s")
_FAILED = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.+)")


def serving(desk: Desk, scale: Scale) -> list[Result]:
    """Pages and 304s a second of the desk, and of nginx over its files."""
    if WRK is None:
        print("serving: not measured, no wrk here (Debian: wrk)", file=sys.stderr)
        return []
    address, size = _story(desk)
    found: list[Result] = []
    found += _both(desk.base + address, desk.pid, "our server", size, scale, (2_000, 5_000))
    if front.NGINX is None:
        print("serving: nginx not measured, none here (Debian: nginx-light)", file=sys.stderr)
        return found
    home, root = desk.base.removeprefix("http://"), desk.data / "site"
    with front.nginx(desk.data / "nginx", site(Config(), desk.base), root, home) as (base, pid):
        found += _both(base + address, pid, "nginx", size, scale, (None, None))
    return found


def _story(desk: Desk) -> tuple[str, int]:
    """The address of a page of 30 KB, and its bytes."""
    chance, text = random.Random(8), ""
    while len(text) < _BYTES:
        text += f"{paragraph(chance)}\n\n"
    with desk.speak() as voice:
        for size in range(_BYTES, 0, -1_000):
            item = {
                "uri": f"urn:bench:served:{size}",
                "version": "1",
                "versioncreated": datetime.now(UTC).isoformat(timespec="seconds"),
                "pubstatus": "usable",
                "headline": f"A long report of {size} characters",
                "byline": "A. Writer",
                "body_text": text[:size].rstrip(),
            }
            told = voice.settled(
                voice.push(
                    msgspec.json.encode(item), agency=AGENCY, content_type="application/json"
                )
            )
            address = told["stories"][0]["address"]
            status, page = voice.get(address)
            if status == 200 and len(page) <= _BYTES * 1.02:
                return address, len(page)
    raise RuntimeError("no story made a page of 30 KB")


def _both(
    url: str,
    pid: int,
    who: str,
    size: int,
    scale: Scale,
    targets: tuple[float | None, float | None],
) -> list[Result]:
    told = subprocess.run(["curl", "-sI", url], capture_output=True, text=True, check=True).stdout
    etag = re.search(r"(?im)^etag: (\S+)", told)
    if etag is None:
        raise RuntimeError(f"{who} gives no ETag: {told}")
    asked: tuple[tuple[str, list[str]], ...] = (
        ("pages", []),
        ("304s", ["-H", f"If-None-Match: {etag[1]}"]),
    )
    return [
        _answered(url, pid, f"{what} a second, {who}", size, scale, more, target)
        for (what, more), target in zip(asked, targets, strict=True)
    ]


def _answered(
    url: str, pid: int, name: str, size: int, scale: Scale, more: list[str], target: float | None
) -> Result:
    """The median of three: answers for each second of the server's CPU."""
    _pin(pid, 0)
    runs = sorted(_run(url, pid, scale.serving, more) for _ in range(3))
    per_cpu, per_second = runs[1]
    load = (
        f"one page of {size:,} bytes, {_CONNECTIONS} connections, {scale.serving:.0f} s; for each "
        f"second of CPU, {per_second:,.0f} for each second of the clock"
    )
    return Result(
        name=name, value=per_cpu, unit="/s of a core", target=target, at_least=True, load=load
    )


def _run(url: str, pid: int, seconds: float, more: list[str]) -> tuple[float, float]:
    before = _cpu(pid)
    command = [WRK or "wrk", "-t1", f"-c{_CONNECTIONS}", f"-d{seconds:.0f}", *more, url]
    told = subprocess.run(_on_core(1, command), capture_output=True, text=True, check=True).stdout
    used = _cpu(pid) - before
    if failed := _FAILED.search(told):
        raise RuntimeError(f"{url}: {failed[0]}")
    count = _COUNT.search(told)
    if count is None:
        raise RuntimeError(f"wrk said {told!r}")
    return int(count[1]) / used, int(count[1]) / float(count[2])


def _cpu(pid: int) -> float:
    """Seconds of CPU a process has used; Linux only, as wrk's cores are."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def _pin(pid: int, core: int) -> None:
    if (os.cpu_count() or 1) > 1:
        for task in Path(f"/proc/{pid}/task").iterdir():
            os.sched_setaffinity(int(task.name), {core})


def _on_core(core: int, command: list[str]) -> list[str]:
    return ["taskset", "-c", str(core), *command] if (os.cpu_count() or 1) > core else command


def rebuilding(desk: Desk, scale: Scale) -> list[Result]:
    """``copytaster rebuild`` of all there is, the desk stopped meanwhile."""
    cores = os.cpu_count() or 1
    desk.stop()
    seconds, used, stories = _rebuilt(desk.data)
    desk.start()
    load = f"{stories:,} stories, {cores} cores, {used:.0f} s of CPU"
    return [
        Result(
            name="rebuilding the files of 100,000 stories",
            value=seconds * 100_000 / stories,
            unit="s",
            target=300.0,
            load=load if stories >= scale.many else f"{load}; from these, by proportion",
        ),
    ]


def _rebuilt(data: Path) -> tuple[float, float, int]:
    """Seconds, seconds of CPU of all processes, and how many stories."""
    program = "from copytaster.cli import main; main()"
    began, before = time.monotonic(), os.times()
    ran = subprocess.run(
        [sys.executable, "-c", program, "rebuild", "--data", str(data), "--json"],
        stdout=subprocess.PIPE,
        check=True,
    )
    after = os.times()
    used = after.children_user + after.children_system
    used -= before.children_user + before.children_system
    return time.monotonic() - began, used, int(msgspec.json.decode(ran.stdout)["made"])
