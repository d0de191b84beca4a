"""A desk that is killed again and again while agencies push, and what is left of it."""

import os
import random
import threading
import time
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from enum import StrEnum
from http.client import HTTPException
from pathlib import Path

import msgspec
import pytest

from bench.desk import Desk
from bench.desk import DeskFailed
from bench.stories import Writer
from tests.newsroom.logs import read_whole

AGENCY = "bench"
_SENDERS = 4
_EACH = 10
"""crashes that one data folder goes through"""


class Kind(StrEnum):
    """What a message does."""

    story = "story"
    update = "update"
    again = "again"
    """the same bytes a second time"""
    kill = "kill"
    embargoed = "embargoed"
    """until long after the test"""
    soon = "soon"
    """under an embargo that ends while the test runs"""


class Pushed(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt to hand in a message."""

    kind: Kind
    number: int
    """of the story"""
    version: int
    data: bytes
    opens: datetime | None = None
    delivery: str | None = None
    """its id, when it was acknowledged; else it may or may not have been kept"""


class Aftermath(msgspec.Struct, frozen=True, kw_only=True):
    """What was sent to one data folder through all its crashes, and the desk that has it now."""

    desk: Desk
    writer: Writer
    pushed: list[Pushed]
    torn: list[str]
    """pages that were not whole on the disk right after a crash"""
    logs: list[list[bytes]]
    """what the public log's files said right after each crash"""

    def acknowledged(self) -> list[Pushed]:
        return [one for one in self.pushed if one.delivery is not None]

    def stories(self) -> dict[int, list[Pushed]]:
        """Everything sent about each story that has at least one acknowledged message."""
        found: dict[int, list[Pushed]] = {}
        for one in self.pushed:
            found.setdefault(one.number, []).append(one)
        known = {one.number for one in self.acknowledged()}
        return {number: sent for number, sent in found.items() if number in known}


class Agency:
    """Decides what is sent next; the same for the same seed. Safe from several threads."""

    def __init__(self, seed: int, writer: Writer, pushed: list[Pushed]) -> None:
        self._chance = random.Random(seed)
        self._writer = writer
        self._pushed = pushed
        self._lock = threading.Lock()
        self._next = 1 + max((one.number for one in pushed), default=-1)
        self._open: list[int] = []
        """stories of this round that may still change"""
        self._versions: dict[int, int] = {}

    def next(self) -> Pushed:
        with self._lock:
            kind = self._choose()
            if kind is Kind.again:
                old = self._chance.choice(self._pushed)
                return msgspec.structs.replace(old, kind=kind, delivery=None)
            if kind in (Kind.update, Kind.kill):
                return self._change(kind)
            return self._new(kind)

    def _choose(self) -> Kind:
        kinds = [Kind.story, Kind.update, Kind.again, Kind.kill, Kind.embargoed, Kind.soon]
        kind = self._chance.choices(kinds, weights=[10, 3, 2, 2, 2, 1])[0]
        if kind is Kind.again and not self._pushed:
            return Kind.story
        return Kind.story if kind in (Kind.update, Kind.kill) and not self._open else kind

    def _new(self, kind: Kind) -> Pushed:
        number, self._next = self._next, self._next + 1
        data = self._writer.story(number, _a_moment_ago())
        opens = None
        if kind is Kind.story:
            self._open.append(number)
        else:
            ahead = timedelta(days=1) if kind is Kind.embargoed else timedelta(seconds=1.5)
            opens = datetime.now(UTC) + ahead
            tag = f"<embargoed>{opens.isoformat()}</embargoed>"
            data = data.replace(b"<pubStatus", tag.encode() + b"<pubStatus")
        return Pushed(kind=kind, number=number, version=1, data=data, opens=opens)

    def _change(self, kind: Kind) -> Pushed:
        number = self._chance.choice(self._open)
        if kind is Kind.kill:
            self._open.remove(number)
        version = self._versions[number] = self._versions.get(number, 1) + 1
        status = "canceled" if kind is Kind.kill else "usable"
        data = self._writer.story(number, _a_moment_ago(), version=version, status=status)
        return Pushed(kind=kind, number=number, version=version, data=data)

    def note(self, one: Pushed) -> None:
        with self._lock:
            self._pushed.append(one)


def _a_moment_ago() -> datetime:
    return datetime.now(UTC) - timedelta(seconds=1)


def _push(desk: Desk, agency: Agency, first: threading.Event) -> None:
    """Send until the desk is gone; note each attempt, acknowledged or not."""
    with desk.speak() as voice:
        while True:
            one = agency.next()
            try:
                delivery = voice.push(one.data, agency=AGENCY)
            except (OSError, HTTPException):
                agency.note(one)
                return
            agency.note(msgspec.structs.replace(one, delivery=delivery))
            first.set()


def _crash(desk: Desk, agency: Agency, chance: random.Random) -> None:
    """Push from several threads, and kill the desk at some moment under load."""
    first = threading.Event()
    senders = [threading.Thread(target=_push, args=(desk, agency, first)) for _ in range(_SENDERS)]
    for sender in senders:
        sender.start()
    if not first.wait(30):
        desk.kill()
        raise DeskFailed(f"nothing was acknowledged: {desk.said()[-2000:]}")
    time.sleep(chance.uniform(0.0, 0.8))
    desk.kill()
    for sender in senders:
        sender.join()


def _lots() -> list[tuple[int, int]]:
    """(seed, crashes) of each data folder."""
    wanted = int(os.environ.get("COPYTASTER_CRASHES", "0"))
    whole, rest = divmod(wanted, _EACH)
    sizes = [_EACH] * whole + ([rest] if rest else [])
    seed = int(os.environ.get("COPYTASTER_SEED", "1"))
    return [(seed + number, crashes) for number, crashes in enumerate(sizes)] or [(seed, 0)]


@pytest.fixture(scope="module", params=_lots(), ids=lambda lot: f"seed{lot[0]}-{lot[1]}crashes")
def aftermath(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Aftermath]:
    """After all crashes of one data folder, with a desk running on it."""
    seed, crashes = request.param
    if not crashes:
        pytest.skip("no crashes asked for: set COPYTASTER_CRASHES")
    folder = Path(tmp_path_factory.mktemp("crash"))
    chance = random.Random(seed)
    writer = Writer(seed)
    pushed: list[Pushed] = []
    torn: list[str] = []
    logs: list[list[bytes]] = []
    desk = Desk(folder / "data")
    for number in range(crashes):
        desk.start()
        _crash(desk, Agency(seed * 1000 + number, writer, pushed), chance)
        torn += [path.name for path in _pages(desk) if not is_whole(path.read_bytes())]
        logs.append(_log(desk))
    with desk:
        yield Aftermath(desk=desk, writer=writer, pushed=pushed, torn=torn, logs=logs)


def _log(desk: Desk) -> list[bytes]:
    """The entries of the public log, by its files alone; none before it was first signed."""
    folder = desk.data / "site" / "log"
    return read_whole(folder)[1] if (folder / "checkpoint").exists() else []


def _pages(desk: Desk) -> list[Path]:
    """Every page on the disk that an address may be answered with."""
    return [*(desk.data / "site").rglob("*.html")]


def is_whole(page: bytes) -> bool:
    return page.rstrip().endswith(b"</html>")
